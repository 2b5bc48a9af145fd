//! Findings about a survey file before a resident meets it.
//!
//! Nothing in a session calls this: it is for authors and costs a respondent no byte. Every
//! finding has a stable code, a JSON pointer, what was found, what is expected, and where one is
//! known a way to mend it. What reading itself says comes first and is included.

mod choices;
mod comparisons;
mod conditions;
mod counts;
mod domain;
mod instruments;
mod known;
mod language;
mod map;
mod mend;
mod names;
mod privacy;
mod references;
mod requirements;
mod resolve;
mod scales;
mod sites;
mod verdict;
mod visibility;

use json::{Severity, Value};

use crate::definition::Parsed;
use map::Map;

/// One thing to mend in a survey file.
pub type Finding = json::Problem;

/// Collects findings.
#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn error(&mut self, code: &'static str, at: String, found: String, expected: &str, mend: &str) {
        self.push(Severity::Error, code, at, found, expected, mend);
    }

    fn warning(
        &mut self,
        code: &'static str,
        at: String,
        found: String,
        expected: &str,
        mend: &str,
    ) {
        self.push(Severity::Warning, code, at, found, expected, mend);
    }

    /// An empty `mend` is no suggestion.
    fn push(
        &mut self,
        severity: Severity,
        code: &'static str,
        at: String,
        found: String,
        expected: &str,
        mend: &str,
    ) {
        self.0.push(Finding {
            severity,
            code,
            at,
            found,
            expected: expected.to_owned(),
            suggestion: Some(mend.to_owned()).filter(|it| !it.is_empty()),
        });
    }
}

/// Everything that is wrong with a survey, in the order of the document: what reading said, and
/// what the rules say about what was read.
pub fn lint(document: &Value, parsed: &Parsed) -> Vec<Finding> {
    let map = Map::new(document, &parsed.survey);
    let mut findings = Findings(parsed.problems.clone());
    findings.0.extend(crate::definition::cycles(document));
    names::check(&map, &mut findings);
    references::check(&map, &mut findings);
    counts::check(&map, &mut findings);
    choices::check(&map, &mut findings);
    let known = known::Known::new(&map);
    comparisons::check(&map, &known, &mut findings);
    conditions::check(&map, &known, &mut findings);
    visibility::check(&map, known, &mut findings);
    privacy::check(&map, &mut findings);
    language::check(&map, &mut findings);
    scales::check(&map, &mut findings);
    instruments::check(&map, &mut findings);
    let mut findings = findings.0;
    findings.sort_by_cached_key(|finding| (position(document, &finding.at), finding.code));
    findings.dedup_by(|a, b| {
        a.code == b.code && a.at == b.at && a.found == b.found && a.expected == b.expected
    });
    for finding in &mut findings {
        let way = || mend::way(finding.code).to_owned();
        finding.suggestion.get_or_insert_with(way);
    }
    findings
}

/// Where a pointer leads, as the index of each step.
fn position(document: &Value, pointer: &str) -> Vec<usize> {
    let mut here = Some(document);
    pointer
        .split('/')
        .skip(1)
        .map(|step| {
            let step = step.replace("~1", "/").replace("~0", "~");
            let (index, next) = match here {
                Some(Value::Object(object)) => {
                    match object
                        .iter()
                        .enumerate()
                        .find(|(_, (name, _))| *name == step)
                    {
                        Some((index, (_, value))) => (index, Some(value)),
                        None => (usize::MAX, None),
                    }
                }
                Some(Value::List(items)) => {
                    let index = step.parse().unwrap_or(usize::MAX);
                    (index, items.get(index))
                }
                _ => (usize::MAX, None),
            };
            here = next;
            index
        })
        .collect()
}
