//! `kuuluu keys`: organisers' links, again.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use lexopt::prelude::{Long, Short, ValueExt as _};

use crate::serve::organisers_keys;

const HELP: &str = "\
Usage: kuuluu keys [OPTIONS]

Prints the organisers' links of an installation that has been started before.
Whoever has such a link can read all responses to its survey.

  --data DIR     where responses and keys are kept (data)
  --origin URL   where the app is served (http://127.0.0.1:8080)
";

struct Options {
    data: PathBuf,
    origin: String,
}

pub(crate) fn run(args: Vec<OsString>) -> ExitCode {
    let options = match arguments(args) {
        Ok(Some(options)) => options,
        Ok(None) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(error) => return crate::misused("keys", &error.to_string()),
    };
    match organisers_keys(&options.data) {
        Ok(keys) => {
            let origin = options.origin.trim_end_matches('/');
            for (survey, key) in keys {
                println!("{origin}/organise/{survey}#key={key}");
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("kuuluu keys: {}: {error}", options.data.display());
            ExitCode::FAILURE
        }
    }
}

fn arguments(args: Vec<OsString>) -> Result<Option<Options>, lexopt::Error> {
    let mut options = Options {
        data: "data".into(),
        origin: "http://127.0.0.1:8080".to_owned(),
    };
    let mut args = lexopt::Parser::from_args(args);
    while let Some(arg) = args.next()? {
        match arg {
            Short('h') | Long("help") => return Ok(None),
            Long("data") => options.data = args.value()?.into(),
            Long("origin") => options.origin = args.value()?.string()?,
            _ => return Err(arg.unexpected()),
        }
    }
    Ok(Some(options))
}
