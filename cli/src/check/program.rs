//! Findings for programs.

use json::{Object, Problem, Severity, Value};

use super::{Checked, Outcome};

/// One JSON object, with a list of files.
pub(super) fn written(checked: &[Checked]) -> String {
    let mut report = Object::new();
    report.insert("format", "kuuluu-check/1".into());
    report.insert("files", Value::List(checked.iter().map(file).collect()));
    format!("{}\n", Value::Object(report).to_string())
}

fn file(checked: &Checked) -> Value {
    let mut object = Object::new();
    object.insert("file", checked.path.display().to_string().into());
    match &checked.outcome {
        Outcome::Unreadable(why) => object.insert("unreadable", why.as_str().into()),
        Outcome::Read { findings, .. } => {
            object.insert(
                "findings",
                Value::List(findings.iter().map(finding).collect()),
            );
        }
    }
    Value::Object(object)
}

fn finding(problem: &Problem) -> Value {
    let mut object = Object::new();
    object.insert("code", problem.code.into());
    let severity = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    object.insert("severity", severity.into());
    object.insert("at", problem.at.as_str().into());
    object.insert("found", problem.found.as_str().into());
    object.insert("expected", problem.expected.as_str().into());
    if let Some(suggestion) = &problem.suggestion {
        object.insert("suggestion", suggestion.as_str().into());
    }
    Value::Object(object)
}
