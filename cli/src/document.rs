//! Reading the JSON files that the subcommands are given.

use std::fs;
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

use json::{Object, Value};

/// Reads a JSON file, with or without a byte order mark; `-` is standard input.
///
/// # Errors
/// Why it cannot be read, without its name.
pub(crate) fn read(path: &Path) -> Result<Value, String> {
    parse(&read_text(path)?)
}

/// The JSON document that a text is.
///
/// # Errors
/// Why it is none.
pub(crate) fn parse(text: &str) -> Result<Value, String> {
    Value::parse(text).map_err(|error| format!("it is not JSON: {error}"))
}

/// The text of a file without its byte order mark; `-` is standard input.
///
/// # Errors
/// Why it cannot be read, without its name.
pub(crate) fn read_text(path: &Path) -> Result<String, String> {
    let bytes = if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        fs::read(path)
    };
    let text = String::from_utf8(bytes.map_err(|error| why(&error))?)
        .map_err(|_| "it is not text in UTF-8; save it as UTF-8".to_owned())?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(text) => text.to_owned(),
        None => text,
    })
}

/// Why a file cannot be read, and what to do.
fn why(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file; check its name and folder".to_owned(),
        ErrorKind::IsADirectory => "it is a folder; name the files in it".to_owned(),
        ErrorKind::PermissionDenied => "you may not read it; change its permissions".to_owned(),
        _ => error.to_string(),
    }
}

/// [`read`], with the file's name before the reason.
///
/// # Errors
/// As [`read`].
pub(crate) fn read_named(path: &Path) -> Result<Value, String> {
    read(path).map_err(|why| format!("{}: {why}", path.display()))
}

/// [`read_named`] of an object: `what` it is, and how it looks.
///
/// # Errors
/// As [`read`], or that it is something else.
pub(crate) fn read_object(path: &Path, what: &str, like: &str) -> Result<Object, String> {
    match read_named(path)? {
        Value::Object(object) => Ok(object),
        _ => Err(format!(
            "{}: {what} is wanted, such as {like}",
            path.display()
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_not_there_or_no_json_says_which_and_why() {
        let missing = read_named(Path::new("no-such-survey.json")).expect_err("not there");
        assert!(missing.starts_with("no-such-survey.json: "), "{missing}");
        let folder = read(Path::new("src")).expect_err("a folder");
        assert!(folder.contains("name the files in it"), "{folder}");
        let manifest = read(Path::new("Cargo.toml")).expect_err("not JSON");
        assert!(manifest.starts_with("it is not JSON: "), "{manifest}");
    }
}
