//! Beside each survey's file, one for each language: a resident needs one of them first.

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
