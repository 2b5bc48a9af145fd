//! `kuuluu check`: says what is wrong with survey files and configurations before residents do.

mod person;
mod program;

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use json::{Problem, Severity, Value};
use questionnaire::definition::Survey;
use questionnaire::lint::lint;
use questionnaire::one_language;
use wire::config::Config;
use wire::legal::Legal;

use crate::document::{parse, read, read_text};

const HELP: &str = "\
kuuluu check FILE… [--json]   checks survey files and configurations before publishing

Finds what is wrong in survey files (*.json), in config.json and in the legal.json beside it, with
the place in the file, what stands there, what is expected, and a way to mend it.
  --json   writes one JSON object for programs instead of text for people

Exit code: 0 nothing found, 1 something found, 2 a file could not be read.
";

/// What was found in one file.
struct Checked {
    path: PathBuf,
    outcome: Outcome,
}

enum Outcome {
    /// The file is no JSON document, or not there: why.
    Unreadable(String),
    /// The document with everything found in it.
    Read {
        document: Value,
        findings: Vec<Problem>,
    },
}

/// Runs the subcommand.
pub(crate) fn run(args: Vec<OsString>) -> ExitCode {
    let mut files = Vec::new();
    let mut json = false;
    for arg in args {
        match arg.to_str() {
            Some("--json") => json = true,
            Some("--help" | "-h") => {
                print!("{HELP}");
                return ExitCode::SUCCESS;
            }
            Some(option) if option.starts_with('-') && option.len() > 1 => {
                return crate::misused("check", &format!("there is no option {option}"));
            }
            _ => files.push(PathBuf::from(arg)),
        }
    }
    if files.is_empty() {
        eprint!("{HELP}");
        return ExitCode::from(2);
    }
    let checked = check_all(files);
    let text = if json {
        program::written(&checked)
    } else {
        person::written(&checked)
    };
    print!("{text}");
    exit_code(&checked)
}

fn exit_code(checked: &[Checked]) -> ExitCode {
    let worst = checked
        .iter()
        .map(|it| match &it.outcome {
            Outcome::Unreadable(_) => 2,
            Outcome::Read { findings, .. } => u8::from(!findings.is_empty()),
        })
        .max();
    ExitCode::from(worst.unwrap_or_default())
}

/// Checks each file once; what stands beside a configuration and must not be empty comes with it.
fn check_all(files: Vec<PathBuf>) -> Vec<Checked> {
    let mut checked: Vec<Checked> = Vec::new();
    let add = |path: PathBuf, checked: &mut Vec<Checked>| {
        if !checked.iter().any(|it| it.path == path) {
            checked.push(check(path));
        }
    };
    for file in files {
        let legal = file.with_file_name("legal.json");
        add(file, &mut checked);
        if let Some(Outcome::Read { document, .. }) = checked.last().map(|it| &it.outcome)
            && has_format(document, "kuuluu-config/")
        {
            add(legal, &mut checked);
        }
    }
    checked
}

fn has_format(document: &Value, start: &str) -> bool {
    let format = document.get("format").and_then(Value::as_str);
    format.is_some_and(|it| it.starts_with(start))
}

fn check(path: PathBuf) -> Checked {
    let text = read_text(&path);
    let outcome = match text.and_then(|text| Ok((parse(&text)?, text))) {
        Ok((document, text)) => {
            let mut findings: Vec<Problem> = repeated(&text).collect();
            findings.extend(self::findings(&document, &path));
            Outcome::Read { document, findings }
        }
        Err(why) => Outcome::Unreadable(why),
    };
    Checked { path, outcome }
}

/// Names that stand twice in one object: what they say first is lost.
fn repeated(text: &str) -> impl Iterator<Item = Problem> {
    json::repeated_names(text).into_iter().map(|at| Problem {
        severity: Severity::Error,
        code: "json/repeated-name",
        found: format!(
            "{} a second time",
            at.rsplit('/').next().unwrap_or_default()
        ),
        at,
        expected: "each name once in an object".to_owned(),
        suggestion: Some("only the last one counts: take the others out".to_owned()),
    })
}

/// A configuration and legal texts say so in `format`; everything else is a survey.
fn findings(document: &Value, path: &Path) -> Vec<Problem> {
    if has_format(document, "kuuluu-config/") {
        return config_findings(document, path);
    }
    if has_format(document, "kuuluu-legal/") {
        return legal_findings(document, path);
    }
    lint(document, &Survey::read(document))
}

fn config_findings(document: &Value, path: &Path) -> Vec<Problem> {
    let config = match Config::read(document) {
        Ok(config) => config,
        Err(problems) => return problems,
    };
    let mut findings = config.warnings.clone();
    let folder = path.parent().unwrap_or(Path::new("."));
    for (index, survey) in config.surveys.iter().enumerate() {
        if let Some((found, expected)) =
            survey_mismatch(&folder.join(&survey.file), survey.id.as_str())
        {
            findings.push(Problem {
                severity: Severity::Error,
                code: "config/survey-file",
                at: format!("/surveys/{index}/file"),
                found,
                expected,
                suggestion: None,
            });
        }
        for file in stale(&folder.join(&survey.file)) {
            findings.push(Problem {
                severity: Severity::Error,
                code: "config/stale-file",
                at: format!("/surveys/{index}/file"),
                found: format!("{} from another version of the survey", file.display()),
                expected: format!("the texts of {}", survey.file),
                suggestion: Some(format!(
                    "delete {}.*.json and what is compressed beside them; the page reads {} then",
                    file.with_file_name(survey.id.as_str()).display(),
                    survey.file
                )),
            });
        }
    }
    findings
}

/// Files of one language beside a survey's own that do not say what it says: whoever answers would
/// get another survey.
fn stale(whole: &Path) -> Vec<PathBuf> {
    let (Ok(document), Some(stem)) = (read(whole), whole.file_stem().and_then(OsStr::to_str))
    else {
        return Vec::new();
    };
    let beside = whole.parent().and_then(|it| fs::read_dir(it).ok());
    let mut found: Vec<PathBuf> = beside
        .into_iter()
        .flatten()
        .flatten()
        .map(|it| it.path())
        .filter(|path| {
            let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
            let language = name
                .strip_prefix(stem)
                .and_then(|it| it.strip_prefix('.')?.strip_suffix(".json"));
            language
                .is_some_and(|it| read(path).ok().as_ref() != Some(&one_language(&document, it)))
        })
        .collect();
    found.sort();
    found
}

/// The languages are those of the configuration beside the file, else those that the texts have.
fn legal_findings(document: &Value, path: &Path) -> Vec<Problem> {
    let legal = match Legal::read(document) {
        Ok(legal) => legal,
        Err(problems) => return problems,
    };
    let config = read(&path.with_file_name("config.json"))
        .ok()
        .and_then(|it| Config::read(&it).ok());
    let languages = config.map_or_else(|| legal.languages(), |it| it.languages);
    let mut findings = legal.warnings.clone();
    for field in legal.empty_fields(&languages) {
        findings.push(Problem {
            severity: Severity::Error,
            code: "config/legal-text",
            at: field.at,
            found: format!("no text in {}", field.language),
            expected: "a text in every language of the installation".to_owned(),
            suggestion: Some("nothing is published while a legal text is missing".to_owned()),
        });
    }
    findings
}

/// What stands in the file and should be there, if they differ.
fn survey_mismatch(path: &Path, id: &str) -> Option<(String, String)> {
    let shown = path.display();
    let document = match read(path) {
        Ok(document) => document,
        Err(why) => return Some((format!("{shown}: {why}"), "a survey file".to_owned())),
    };
    let own = document
        .get("kuuluu")
        .and_then(|it| it.get("id"))
        .and_then(Value::as_str);
    (own != Some(id)).then(|| {
        (
            format!("{shown} with kuuluu.id {}", own.unwrap_or("missing")),
            format!("kuuluu.id {id}, as in the configuration"),
        )
    })
}
