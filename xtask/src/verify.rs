//! `test`: cheap failures first.

use crate::command::{self, Outcome, program, step};
use crate::web::{self, Optimise};
use crate::{browser, bundle, tidy, tools};

/// The package that runs in a browser: linted for wasm, tested through the browser tests, and by
/// itself where no browser is needed. Built along with the others for this machine it would not
/// compile: its views are types too deep for the compiler unless they are erased.
const APP: &str = "kuuluu-app";

/// Runs everything.
pub(crate) fn run() -> Outcome {
    step("Formatting");
    cargo(&["fmt", "--all", "--check"])?;
    step("House rules");
    tidy::run()?;
    tools::wasm_target()?;
    step("Lints of the core and the programs");
    cargo(&[
        "clippy",
        "--locked",
        "--workspace",
        "--exclude",
        APP,
        "--exclude",
        "insight-worker",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ])?;
    step("Lints of the app");
    cargo(&[
        "clippy",
        "--locked",
        "-p",
        APP,
        "-p",
        "insight-worker",
        "--target",
        tools::WASM,
        "--",
        "-D",
        "warnings",
    ])?;
    step("Licences, advisories and sources of the crates");
    let deny = tools::deny()?;
    check_crates(&deny)?;
    step("Unit, property, conformance and doc tests");
    cargo(&[
        "test",
        "--locked",
        "--workspace",
        "--exclude",
        APP,
        "--exclude",
        "insight-worker",
    ])?;
    step("Tests of the app that need no browser");
    cargo(&["test", "--locked", "-p", APP, "--lib"])?;
    step("Building the kuuluu program");
    cargo(&["build", "--locked", "--package", "cli"])?;
    web::build(Optimise::Fully)?;
    step("Size of the first load");
    bundle::report()?;
    browser::run_tests()?;
    step("All checks and tests passed");
    Ok(())
}

fn cargo(arguments: &[&str]) -> Outcome {
    command::run(program("cargo").args(arguments))
}

fn check_crates(deny: &std::path::Path) -> Outcome {
    command::run(program(deny).args(["--workspace", "check", "licenses", "bans", "sources"]))
}
