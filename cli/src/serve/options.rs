//! The arguments of `kuuluu serve`.

use std::ffi::OsString;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use lexopt::prelude::{Long, Short, ValueExt as _};

pub(super) const HELP: &str = "\
Usage: kuuluu serve [OPTIONS]

Serves the app and collects responses, from one origin.

  --port N               listens on this port (8080; 0 takes any free one)
  --bind ADDRESS         listens on this address (127.0.0.1)
  --data DIR             keeps responses and organisers' keys here (data)
  --dist DIR             serves the app from here (dist)
  --no-sample            loads no synthetic sample responses
  --allow-origin ORIGIN  also takes responses from an app served elsewhere,
                         for example https://kysely.example.fi
";

#[derive(Debug, Clone)]
pub(super) struct Options {
    pub(super) port: u16,
    pub(super) bind: IpAddr,
    pub(super) data: PathBuf,
    pub(super) dist: PathBuf,
    pub(super) sample: bool,
    pub(super) allowed_origin: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 8080,
            bind: IpAddr::V4(Ipv4Addr::LOCALHOST),
            data: "data".into(),
            dist: "dist".into(),
            sample: true,
            allowed_origin: None,
        }
    }
}

pub(super) enum Asked {
    Help,
    Serve(Options),
}

pub(super) fn read(args: Vec<OsString>) -> Result<Asked, lexopt::Error> {
    let mut options = Options::default();
    let mut args = lexopt::Parser::from_args(args);
    while let Some(arg) = args.next()? {
        match arg {
            Short('h') | Long("help") => return Ok(Asked::Help),
            Long("port") => options.port = args.value()?.parse()?,
            Long("bind") => options.bind = args.value()?.parse()?,
            Long("data") => options.data = args.value()?.into(),
            Long("dist") => options.dist = args.value()?.into(),
            Long("no-sample") => options.sample = false,
            Long("allow-origin") => options.allowed_origin = Some(args.value()?.string()?),
            _ => return Err(arg.unexpected()),
        }
    }
    Ok(Asked::Serve(options))
}
