//! Findings for people: where, what stands there, what is expected, what to do.

use std::fmt::Write;

use json::{Problem, Severity, Value};

use super::{Checked, Outcome};

/// All files, then a line that sums up.
pub(super) fn written(checked: &[Checked]) -> String {
    let mut text = String::new();
    for it in checked {
        match &it.outcome {
            Outcome::Unreadable(why) => {
                let _ = writeln!(text, "{}\n  cannot be read: {why}\n", it.path.display());
            }
            Outcome::Read { findings, .. } if findings.is_empty() => {
                let _ = writeln!(text, "{}\n  nothing to mend\n", it.path.display());
            }
            Outcome::Read { document, findings } => {
                let _ = writeln!(text, "{}", it.path.display());
                for finding in findings {
                    text.push_str(&one(document, finding));
                }
                text.push('\n');
            }
        }
    }
    text.push_str(&sum(checked));
    text
}

fn one(document: &Value, finding: &Problem) -> String {
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let at = if finding.at.is_empty() {
        "/"
    } else {
        &finding.at
    };
    let mut text = format!("  {severity}  {at}  [{}]\n", finding.code);
    let place = place(document, &finding.at);
    let lines = [
        ("in", place.as_str()),
        ("found", finding.found.as_str()),
        ("expected", finding.expected.as_str()),
        ("to mend", finding.suggestion.as_deref().unwrap_or_default()),
    ];
    for (label, line) in lines.iter().filter(|(_, line)| !line.is_empty()) {
        let _ = writeln!(text, "    {label:<9} {line}");
    }
    text
}

/// The names on the way to a pointer: `page start › question age`.
fn place(document: &Value, pointer: &str) -> String {
    let mut here = document;
    let mut names = Vec::new();
    let mut list = "";
    for step in pointer.split('/').skip(1) {
        let next = match here {
            Value::List(items) => step.parse().ok().and_then(|it: usize| items.get(it)),
            other => {
                list = step;
                other.get(step)
            }
        };
        let Some(next) = next else { break };
        here = next;
        let name = here.get("name").or_else(|| here.get("value"));
        if let Some(name) = name.and_then(shown).filter(|_| here.as_object().is_some()) {
            names.push(format!("{} {name}", noun(list, here)));
        }
    }
    names.join(" › ")
}

fn shown(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Number(_) => Some(value.to_string()),
        _ => None,
    }
}

fn noun(list: &str, element: &Value) -> &'static str {
    match list {
        "pages" => "page",
        "choices" | "rateValues" => "choice",
        "rows" => "row",
        "columns" => "column",
        "items" => "item",
        "calculatedValues" => "calculated value",
        "triggers" => "trigger",
        _ if element.get("type").and_then(Value::as_str) == Some("panel") => "panel",
        _ => "question",
    }
}

fn sum(checked: &[Checked]) -> String {
    let count = |severity| -> usize {
        checked
            .iter()
            .map(|it| match &it.outcome {
                Outcome::Unreadable(_) => 0,
                Outcome::Read { findings, .. } => {
                    findings.iter().filter(|it| it.severity == severity).count()
                }
            })
            .sum()
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let unreadable = checked
        .iter()
        .filter(|it| matches!(it.outcome, Outcome::Unreadable(_)))
        .count();
    let mut parts = Vec::new();
    if unreadable > 0 {
        parts.push(format!("{unreadable} unreadable"));
    }
    if errors > 0 {
        parts.push(format!("{} that must be mended", counted(errors, "error")));
    }
    if warnings > 0 {
        parts.push(counted(warnings, "warning"));
    }
    let files = counted(checked.len(), "file");
    if parts.is_empty() {
        return format!("{files}: nothing to mend.\n");
    }
    format!("{files}: {}.\n", parts.join(", "))
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
