//! `kuuluu headers`: what a web server should send with the app's files.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use lexopt::prelude::{Long, Short};
use wire::config::Config;

use crate::serve::{headers_of_page, inline_script_hashes};

const HELP: &str = "\
Usage: kuuluu headers [--dist DIR]

Prints the response headers that a web server should send with the files of
DIR (dist), made from its config.json and the inline scripts of its pages.
";

pub(crate) fn run(args: Vec<OsString>) -> ExitCode {
    let dist = match arguments(args) {
        Ok(Some(dist)) => dist,
        Ok(None) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(error) => return crate::misused("headers", &error.to_string()),
    };
    match headers(&dist) {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("kuuluu headers: {message}");
            ExitCode::FAILURE
        }
    }
}

fn arguments(args: Vec<OsString>) -> Result<Option<PathBuf>, lexopt::Error> {
    let mut dist = PathBuf::from("dist");
    let mut args = lexopt::Parser::from_args(args);
    while let Some(arg) = args.next()? {
        match arg {
            Short('h') | Long("help") => return Ok(None),
            Long("dist") => dist = args.value()?.into(),
            _ => return Err(arg.unexpected()),
        }
    }
    Ok(Some(dist))
}

fn headers(dist: &Path) -> Result<String, String> {
    let read = |name: &str| {
        let path = dist.join(name);
        std::fs::read_to_string(&path)
            .map_err(|error| format!("cannot read {}: {error}", path.display()))
    };
    let config = Config::parse(&read("config.json")?)
        .map_err(|problems| format!("config.json is not complete ({} problems)", problems.len()))?;
    let mut hashes = Vec::new();
    for page in ["index.html", "organise.html"] {
        hashes.extend(inline_script_hashes(&read(page)?));
    }
    hashes.dedup();
    Ok(headers_of_page(Some(&config.endpoint), &hashes)
        .into_iter()
        .map(|(name, value)| [name, ": ", &value, "\n"].concat())
        .collect())
}
