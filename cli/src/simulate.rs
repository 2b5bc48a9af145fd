//! `kuuluu simulate`: not built yet.

use std::ffi::OsString;
use std::process::ExitCode;

/// Says that it is not built yet.
pub(crate) fn run(_args: Vec<OsString>) -> ExitCode {
    eprintln!("kuuluu simulate: not built yet");
    ExitCode::FAILURE
}
