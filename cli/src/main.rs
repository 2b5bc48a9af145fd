//! `kuuluu`: the one binary. Each subcommand has a file of its own and reads its own arguments.

mod check;
mod document;
mod eval;
mod expr;
mod headers;
mod keys;
mod serve;
mod simulate;
mod tabulate;
mod words;

use std::ffi::OsString;
use std::process::ExitCode;

/// A subcommand: what it is called, what it is for, and what runs it.
struct Subcommand {
    name: &'static str,
    about: &'static str,
    run: fn(Vec<OsString>) -> ExitCode,
}

const SUBCOMMANDS: &[Subcommand] = &[
    Subcommand {
        name: "serve",
        about: "serves the app and collects responses",
        run: serve::run,
    },
    Subcommand {
        name: "check",
        about: "checks survey files and configuration before publishing",
        run: check::run,
    },
    Subcommand {
        name: "eval",
        about: "gives answers to a survey and prints how everything stands",
        run: eval::run,
    },
    Subcommand {
        name: "expr",
        about: "evaluates expressions of the survey format",
        run: expr::run,
    },
    Subcommand {
        name: "simulate",
        about: "answers a survey with a seeded generator",
        run: simulate::run,
    },
    Subcommand {
        name: "tabulate",
        about: "computes released figures from responses",
        run: tabulate::run,
    },
    Subcommand {
        name: "headers",
        about: "prints the response headers that a web server should send with dist",
        run: headers::run,
    },
    Subcommand {
        name: "keys",
        about: "shows organisers' links",
        run: keys::run,
    },
];

fn main() -> ExitCode {
    let mut args = std::env::args_os().skip(1);
    let Some(first) = args.next() else {
        eprint!("{}", help());
        return ExitCode::from(2);
    };
    match first.to_str() {
        Some("--help" | "-h" | "help") => {
            print!("{}", help());
            ExitCode::SUCCESS
        }
        Some("--version" | "-V") => {
            println!("kuuluu {}", env!("CARGO_PKG_VERSION"));
            ExitCode::SUCCESS
        }
        Some(name) => match SUBCOMMANDS.iter().find(|it| it.name == name) {
            Some(subcommand) => (subcommand.run)(args.collect()),
            None => unknown(name),
        },
        None => unknown(&first.to_string_lossy()),
    }
}

fn unknown(name: &str) -> ExitCode {
    eprint!("kuuluu: there is no subcommand \"{name}\"\n\n{}", help());
    ExitCode::from(2)
}

/// Says what is wrong with the arguments of a subcommand, and where it says what it takes.
fn misused(subcommand: &str, error: &str) -> ExitCode {
    eprintln!("kuuluu {subcommand}: {error}\n`kuuluu {subcommand} --help` says what it takes.");
    ExitCode::from(2)
}

fn help() -> String {
    let mut text = String::from("Usage: kuuluu SUBCOMMAND [ARGUMENTS]\n\n");
    for Subcommand { name, about, .. } in SUBCOMMANDS {
        text.push_str(&format!("  {name:<10}{about}\n"));
    }
    text.push_str("\n`kuuluu SUBCOMMAND --help` says more about one of them.\n");
    text
}
