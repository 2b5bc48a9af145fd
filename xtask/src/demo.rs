//! `demo` and `dev`: the app and its collector from one origin.

use std::process::Child;
use std::time::{Duration, SystemTime};

use crate::command::{self, Outcome, files, program, root, step, target};
use crate::web::{self, Optimise};

/// Builds everything and serves it.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    check(arguments, &["--port", "--data"], &["--no-sample"])?;
    web::build(Optimise::Fully)?;
    step("Building the kuuluu program");
    command::run(program("cargo").args(["build", "--release", "--locked", "--package", "cli"]))?;
    step("Starting");
    let kuuluu = target().join("release/kuuluu");
    command::run(
        program(kuuluu)
            .args(["serve", "--dist", "dist"])
            .args(arguments),
    )
}

/// Builds quickly, serves, and builds again when a source has changed.
pub(crate) fn dev(arguments: &[String]) -> Outcome {
    check(arguments, &["--port"], &[])?;
    web::build(Optimise::Not)?;
    build_program()?;
    let mut server = serve(arguments)?;
    let mut seen = newest();
    step("Watching src, crates, style, public and the entry pages");
    loop {
        std::thread::sleep(Duration::from_millis(500));
        if let Ok(Some(status)) = server.try_wait() {
            return Err(format!("the server ended with {status}"));
        }
        let now = newest();
        if now > seen {
            seen = now;
            step("A source has changed");
            match web::build(Optimise::Not) {
                Ok(()) => step("Built; reload the page"),
                Err(message) => step(&format!("Not built: {message}")),
            }
        }
    }
}

fn build_program() -> Outcome {
    step("Building the kuuluu program");
    command::run(program("cargo").args(["build", "--locked", "--package", "cli"]))
}

fn serve(arguments: &[String]) -> Outcome<Child> {
    program(target().join("debug/kuuluu"))
        .args(["serve", "--dist", "dist"])
        .args(arguments)
        .spawn()
        .map_err(|error| error.to_string())
}

fn newest() -> Option<SystemTime> {
    let folders = ["src", "crates", "style", "public"].map(|name| root().join(name));
    let pages = ["index.html", "organise.html"].map(|name| root().join(name));
    let all = folders.iter().flat_map(|folder| files(folder)).chain(pages);
    all.filter_map(|path| path.metadata().and_then(|it| it.modified()).ok())
        .max()
}

fn check(arguments: &[String], with_value: &[&str], flags: &[&str]) -> Outcome {
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        if with_value.contains(&argument.as_str()) {
            rest.next()
                .ok_or_else(|| format!("{argument} needs a value"))?;
        } else if !flags.contains(&argument.as_str()) {
            return Err(format!(
                "`{argument}` is not known here; cargo xtask help lists what is"
            ));
        }
    }
    Ok(())
}
