//! Reading the JSON files that the subcommands are given.

use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

use json::Value;

/// Reads a JSON file, with or without a byte order mark; `-` is standard input.
///
/// # Errors
/// Why it cannot be read, without its name.
pub(crate) fn read(path: &Path) -> Result<Value, String> {
    let bytes = if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        fs::read(path)
    };
    let text = String::from_utf8(bytes.map_err(|error| error.to_string())?)
        .map_err(|_| "it is not text in UTF-8; save it as UTF-8".to_owned())?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Value::parse(text).map_err(|error| format!("it is not JSON: {error}"))
}

/// [`read`], with the file's name before the reason.
///
/// # Errors
/// As [`read`].
pub(crate) fn read_named(path: &Path) -> Result<Value, String> {
    read(path).map_err(|why| format!("{}: {why}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_not_there_or_no_json_says_which_and_why() {
        let missing = read_named(Path::new("no-such-survey.json")).expect_err("not there");
        assert!(missing.starts_with("no-such-survey.json: "), "{missing}");
        let manifest = read(Path::new("Cargo.toml")).expect_err("not JSON");
        assert!(manifest.starts_with("it is not JSON: "), "{manifest}");
    }
}
