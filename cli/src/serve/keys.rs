//! Organisers' keys: one file per survey, readable by the operator alone.
//!
//! The collector itself gets only a key's hash. The key stays in the operator's data folder so that
//! every start can print the same link; removing the file and starting again makes a new key, and
//! the old link is worth nothing.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use wire::SurveyId;

/// Where the keys of a data folder are.
fn folder(data: &Path) -> PathBuf {
    data.join("keys")
}

/// Makes a folder that only its owner may enter, if it is not there.
pub(super) fn private_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// The key of a survey: the one of the last start, or a new one.
pub(super) fn key(data: &Path, survey: &SurveyId) -> io::Result<String> {
    let folder = folder(data);
    private_folder(&folder)?;
    let path = folder.join(format!("{survey}.key"));
    match new_file(&path) {
        Ok(mut file) => {
            let key = fresh()?;
            file.write_all(key.as_bytes())?;
            file.sync_all()?;
            Ok(key)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => read(&path),
        Err(error) => Err(error),
    }
}

/// Every survey that has a key, with the key, by survey.
pub(crate) fn all(data: &Path) -> io::Result<Vec<(SurveyId, String)>> {
    let mut keys = Vec::new();
    for entry in std::fs::read_dir(folder(data))? {
        let path = entry?.path();
        let survey = path.file_stem().and_then(|it| it.to_str());
        if let Some(survey) = survey.and_then(|it| it.parse().ok()) {
            keys.push((survey, read(&path)?));
        }
    }
    keys.sort();
    Ok(keys)
}

fn read(path: &Path) -> io::Result<String> {
    let mut key = String::new();
    File::open(path)?.take(1_000).read_to_string(&mut key)?;
    let key = key.trim();
    if key.len() >= 32 && key.bytes().all(|it| it.is_ascii_alphanumeric()) {
        Ok(key.to_owned())
    } else {
        let reason = format!(
            "{} holds no key of at least 32 letters and digits",
            path.display()
        );
        Err(io::Error::new(ErrorKind::InvalidData, reason))
    }
}

fn new_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// 128 random bits as 32 hexadecimal digits.
fn fresh() -> io::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(wire::ResponseId::from_random(bytes).to_string())
}
