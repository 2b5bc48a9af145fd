//! Synthetic responses that an installation brings along, for a first look.

use collector::Store;
use wire::config::Config;
use wire::{Body, BodyKind, Envelope, ResponseId};

use super::options::Options;
use super::surveys::Opened;

/// Loads the samples that are not in the store yet; says what every start should say about them.
pub(super) fn load(
    config: &Config,
    options: &Options,
    opened: &[Opened],
    store: &dyn Store,
) -> Result<Vec<String>, String> {
    let mut notes = Vec::new();
    if !options.sample {
        return Ok(notes);
    }
    for entry in config.surveys.iter().filter(|entry| entry.sample) {
        let Some(survey) = opened.iter().find(|it| it.id == entry.id) else {
            continue;
        };
        let path = options
            .dist
            .join(format!("data/{}.sample.ndjson", entry.id));
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) => {
                notes.push(format!(
                    "{} has no sample: {}: {error}",
                    entry.id,
                    path.display()
                ));
                continue;
            }
        };
        let rows = text
            .lines()
            .enumerate()
            .map(|(ix, line)| {
                row(line, survey).map_err(|error| format!("{}:{}: {error}", path.display(), ix + 1))
            })
            .collect::<Result<Vec<_>, _>>()?;
        store
            .load(&entry.id, &rows)
            .map_err(|error| error.to_string())?;
        notes.push(format!(
            "{} holds {} synthetic sample responses; nobody gave them.",
            entry.id,
            rows.len()
        ));
    }
    Ok(notes)
}

fn row(line: &str, survey: &Opened) -> Result<(ResponseId, Body), String> {
    let bytes = line.as_bytes().to_vec();
    let envelope = Envelope::parse(&bytes).map_err(|error| error.to_string())?;
    let parts = envelope.parts();
    if parts.survey != survey.id {
        return Err(format!("a response to {}", parts.survey));
    }
    let shape = survey
        .versions
        .get(&parts.version)
        .ok_or_else(|| format!("a response to version {}", parts.version))?;
    collector::Shape::check(&**shape, &parts.answers).map_err(|misfits| {
        let all: Vec<String> = misfits
            .iter()
            .map(|it| format!("{}: expected {}", it.at, it.expected))
            .collect();
        all.join("; ")
    })?;
    let kind = BodyKind::Plain;
    Ok((parts.id, Body { kind, bytes }))
}
