//! From the survey files of an installation to what the collector takes in.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use anonymity::Declaration;
use collector::{KeyHash, Misfit, Shape, SurveyRules, Window};
use json::Object;
use questionnaire::definition::{Mode, Survey};
use wire::config::{Config, SurveyEntry};
use wire::{Day, SurveyId};

use super::keys;
use super::options::Options;

/// A survey that collects.
pub(super) struct Opened {
    pub(super) id: SurveyId,
    pub(super) key: String,
    pub(super) versions: BTreeMap<String, Arc<Declared>>,
    languages: Vec<String>,
    window: Window,
    daily_limit: Option<u32>,
}

/// A declaration as the collector's [`Shape`].
pub(super) struct Declared(Declaration);

impl Shape for Declared {
    fn check(&self, answers: &Object) -> Result<(), Vec<Misfit>> {
        let misfits: Vec<Misfit> = self
            .0
            .misfits(answers)
            .into_iter()
            .map(|it| Misfit {
                at: it.at,
                expected: it.expected.to_owned(),
            })
            .collect();
        if misfits.is_empty() {
            Ok(())
        } else {
            Err(misfits)
        }
    }
}

impl Opened {
    pub(super) fn rules(&self) -> SurveyRules {
        SurveyRules {
            versions: self
                .versions
                .iter()
                .map(|(version, declared)| {
                    let shape: Arc<dyn Shape> = declared.clone();
                    (version.clone(), shape)
                })
                .collect(),
            languages: self.languages.clone(),
            window: self.window,
            daily_limit: self.daily_limit,
            key: KeyHash::of(&self.key),
        }
    }
}

/// Opens every survey that sends anything. A survey that cannot be opened is told and left out: the
/// others go on.
pub(super) fn open(config: &Config, options: &Options) -> Vec<Opened> {
    let mut opened = Vec::new();
    for entry in &config.surveys {
        match read(&options.dist.join(&entry.file)) {
            Ok(survey) if survey.kuuluu.mode == Mode::Device => {}
            Ok(survey) => match open_one(&survey, entry, config, options) {
                Ok(it) => opened.push(it),
                Err(message) => eprintln!("{} collects nothing: {message}", entry.id),
            },
            Err(message) => eprintln!("{} collects nothing: {message}", entry.id),
        }
    }
    opened
}

fn open_one(
    survey: &Survey,
    entry: &SurveyEntry,
    config: &Config,
    options: &Options,
) -> Result<Opened, String> {
    let extension = &survey.kuuluu;
    if extension.id.as_deref() != Some(entry.id.as_str()) {
        return Err("its kuuluu.id differs from the id in config.json".to_owned());
    }
    let mut versions = earlier_versions(&options.dist, entry);
    let version = extension
        .version
        .clone()
        .ok_or("it has no kuuluu.version")?;
    versions.insert(version, Arc::new(Declared(Declaration::of(survey))));
    let mut languages = extension.languages.clone();
    languages.extend(config.languages.iter().cloned());
    let day = |text: &Option<String>, name: &str| {
        text.as_deref()
            .map(str::parse::<Day>)
            .transpose()
            .map_err(|error| format!("kuuluu.{name}: {error}"))
    };
    Ok(Opened {
        id: entry.id.clone(),
        key: keys::key(&options.data, &entry.id).map_err(|error| error.to_string())?,
        versions,
        languages,
        window: Window {
            opens: day(&extension.opens, "opens")?,
            closes: day(&extension.closes, "closes")?,
            grace_minutes: extension.grace_minutes,
        },
        daily_limit: entry.daily_limit,
    })
}

/// Versions that may still be on somebody's screen: files beside the survey's own, named
/// `{id}@{anything}.json`.
fn earlier_versions(dist: &Path, entry: &SurveyEntry) -> BTreeMap<String, Arc<Declared>> {
    let path = dist.join(&entry.file);
    let folder = path.parent().and_then(|it| std::fs::read_dir(it).ok());
    let start = format!("{}@", entry.id);
    folder
        .into_iter()
        .flatten()
        .flatten()
        .filter(|file| {
            let name = file.file_name();
            let name = name.to_string_lossy();
            name.starts_with(&start) && name.ends_with(".json")
        })
        .filter_map(|file| {
            let survey = read(&file.path()).ok()?;
            let version = survey.kuuluu.version.clone()?;
            Some((version, Arc::new(Declared(Declaration::of(&survey)))))
        })
        .collect()
}

fn read(path: &Path) -> Result<Survey, String> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    let parsed = Survey::parse(&text);
    match parsed
        .problems
        .iter()
        .find(|it| it.severity == json::Severity::Error)
    {
        Some(problem) => Err(format!("{}{problem}", path.display())),
        None => Ok(parsed.survey),
    }
}
