//! Set-up, build and test tasks: `cargo xtask help` lists them.

mod bench;
mod browser;
mod bundle;
mod command;
mod demo;
mod glue;
mod halves;
mod languages;
mod packed;
mod page;
mod samples;
mod split;
mod tidy;
mod tools;
mod verify;
mod web;

use std::process::ExitCode;

use command::Outcome;

const HELP: &str = "\
cargo xtask demo [--port N] [--data DIR] [--no-sample]
    Sets up what is missing, builds the app and serves it with an embedded store.
cargo xtask test
    Sets up what is missing and runs every check and test.
cargo xtask build
    Builds the static app into dist/.
cargo xtask dev [--port N]
    Builds without optimising, serves, and builds again when a source changes.
cargo xtask bench [engine|load|interact|insight]
    Measures Kuuluu beside others in one run and prints the ratios.
cargo xtask size
    Prints what a respondent downloads.
cargo xtask first-load
    Measures again which functions the first load runs (xtask/first-load.txt).
cargo xtask tidy
    Checks the house rules that no compiler checks.
cargo xtask samples
    Makes the synthetic answers of the demo again.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (task, rest) = match arguments.split_first() {
        Some((task, rest)) => (task.as_str(), rest),
        None => ("help", &[][..]),
    };
    match run(task, rest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("\nxtask {task} failed: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: &str, rest: &[String]) -> Outcome {
    std::env::set_current_dir(command::root()).map_err(|error| error.to_string())?;
    match task {
        "demo" => demo::run(rest),
        "test" => verify::run(),
        "build" => web::build(web::Optimise::Fully),
        "dev" => demo::dev(rest),
        "bench" => bench::run(rest),
        "size" => bundle::report(),
        "first-load" => halves::measure(),
        "tidy" => tidy::run(),
        "samples" => samples::run(),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        other => Err(format!("there is no task `{other}`\n\n{HELP}")),
    }
}
