//! Beside each survey's file, one for each language, and beside all words those of the first page:
//! a resident needs these first.

use std::collections::BTreeSet;
use std::path::Path;

use json::Value;
use questionnaire::one_language;

use crate::command::{Outcome, files, read, write};

/// Writes `surveys/{survey}.{language}.json` for the languages of the survey and of the interface.
///
/// The whole file stays: organisers, the paper version and the change of language read it, and the
/// page falls back on it where a file of one language is not there.
pub(crate) fn split(dist: &Path) -> Outcome {
    let config = Value::parse(&read(&dist.join("config.json"))?)
        .map_err(|error| format!("config.json: {error}"))?;
    for file in files(&dist.join("surveys")) {
        let Some(name) = file.file_stem().and_then(|it| it.to_str()) else {
            continue;
        };
        // Kept earlier versions (`{survey}@{version}.json`) are read by the collector only.
        if name.contains(['.', '@']) || file.extension().is_none_or(|it| it != "json") {
            continue;
        }
        let survey =
            Value::parse(&read(&file)?).map_err(|error| format!("{}: {error}", file.display()))?;
        let own = survey.get("kuuluu").and_then(|it| it.get("languages"));
        let languages = [config.get("languages"), own];
        let languages: BTreeSet<&str> = languages
            .into_iter()
            .flatten()
            .filter_map(Value::as_list)
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        for language in languages {
            write(
                &file.with_file_name(format!("{name}.{language}.json")),
                one_language(&survey, language).to_string(),
            )?;
        }
    }
    Ok(())
}

/// Words whose keys are put together: the program does not name them whole.
const PUT_TOGETHER: [&str; 2] = ["engine.", "language."];

/// Tells the page that there are more words.
const MORE: &str = "words.more";

/// Writes `words/{language}.first.json`: the words whose keys `program` names, the first half of the
/// respondent's.
pub(crate) fn first_words(dist: &Path, program: &[u8]) -> Outcome {
    // A text finds a key much faster than windows of bytes do.
    let program = String::from_utf8_lossy(program);
    let names = |key: &str| program.contains(key);
    for file in files(&dist.join("words")) {
        let stem = file.file_stem().and_then(|it| it.to_str());
        let Some(language) = stem.filter(|it| !it.starts_with("organise")) else {
            continue;
        };
        let words =
            Value::parse(&read(&file)?).map_err(|error| format!("{}: {error}", file.display()))?;
        let members = words.as_object().ok_or("words are no object")?.iter();
        let of_first_page = members
            .filter(|(key, _)| PUT_TOGETHER.iter().any(|it| key.starts_with(it)) || names(key))
            .map(|(key, text)| (key.to_owned(), text.clone()))
            .chain([(MORE.to_owned(), Value::from(""))])
            .collect();
        write(
            &file.with_file_name(format!("{language}.first.json")),
            Value::Object(of_first_page).to_string(),
        )?;
    }
    Ok(())
}
