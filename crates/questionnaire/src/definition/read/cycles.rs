//! Values that are computed from each other in a circle.

use std::collections::BTreeMap;

use json::{Problem, Severity};

use super::Reader;
use crate::definition::{Element, Formula, Kind, Question, Survey, TriggerKind};

/// Something that writes a value when other values change.
struct Writer {
    kind: WriterKind,
    /// How people call it.
    label: String,
    /// JSON pointer.
    at: String,
    writes: String,
    reads: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum WriterKind {
    Calculated,
    Trigger,
    Question,
}

/// Says which calculated values, triggers and `setValueExpression`s form circles.
pub(super) fn check(survey: &Survey, places: &[String], reader: &Reader) {
    let mut writers = Vec::new();
    calculated(survey, &mut writers);
    triggers(survey, &mut writers);
    let mut places = places.iter();
    for page in &survey.pages {
        questions(&page.panel.elements, "", &mut places, &mut writers);
    }
    canonical(survey, &mut writers);
    let next = edges(&writers);
    let mut alive = vec![true; writers.len()];
    loop {
        prune(&next, &mut alive);
        let Some(start) = alive.iter().position(|it| *it) else {
            return;
        };
        let circle = walk(&next, &alive, start);
        for index in &circle {
            if let Some(slot) = alive.get_mut(*index) {
                *slot = false;
            }
        }
        report(&circle, &writers, reader);
    }
}

fn reads(formulas: &[&Option<Formula>], scope: &str) -> Vec<String> {
    formulas
        .iter()
        .filter_map(|formula| formula.as_ref()?.expression.as_ref())
        .flat_map(|expression| expression.variables())
        .map(|name| slot(name, scope))
        .collect()
}

/// The value that a variable belongs to: its first part, in lower case; inside a row or a dynamic
/// panel the row's own value.
fn slot(name: &str, scope: &str) -> String {
    let name = name.trim_start_matches(['#', '$']).to_lowercase();
    let scoped = ["panel.", "row."]
        .iter()
        .find_map(|prefix| name.strip_prefix(prefix))
        .filter(|_| !scope.is_empty());
    let (scope, name) = match scoped {
        Some(inner) => (scope, inner),
        None => ("", name.as_str()),
    };
    let root = name.split(['.', '[']).next().unwrap_or_default();
    format!("{scope}{root}")
}

fn calculated(survey: &Survey, writers: &mut Vec<Writer>) {
    for (index, value) in survey.calculated_values.iter().enumerate() {
        writers.push(Writer {
            kind: WriterKind::Calculated,
            label: value.name.clone(),
            at: format!("/calculatedValues/{index}"),
            writes: slot(&value.name, ""),
            reads: reads(&[&Some(value.expression.clone())], ""),
        });
    }
}

fn triggers(survey: &Survey, writers: &mut Vec<Writer>) {
    for (index, trigger) in survey.triggers.iter().enumerate() {
        let condition = Some(trigger.expression.clone());
        let mut reads = reads(&[&condition], "");
        let to = match &trigger.kind {
            TriggerKind::SetValue { to, .. } => to,
            TriggerKind::CopyValue { from, to, .. } => {
                reads.push(slot(from, ""));
                to
            }
            TriggerKind::RunExpression { to: Some(to), run } => {
                reads.extend(self::reads(&[&Some(run.clone())], ""));
                to
            }
            _ => continue,
        };
        writers.push(Writer {
            kind: WriterKind::Trigger,
            label: format!("trigger {}", index + 1),
            at: format!("/triggers/{index}"),
            writes: slot(to, ""),
            reads,
        });
    }
}

fn questions<'a>(
    elements: &[Element],
    scope: &str,
    places: &mut impl Iterator<Item = &'a String>,
    writers: &mut Vec<Writer>,
) {
    for element in elements {
        match element {
            Element::Panel(panel) => questions(&panel.elements, scope, places, writers),
            Element::Question(it) => question(it, scope, places, writers),
        }
    }
}

/// `places` has the pointers of the writing questions in the order they are met here.
fn question<'a>(
    question: &Question,
    scope: &str,
    places: &mut impl Iterator<Item = &'a String>,
    writers: &mut Vec<Writer>,
) {
    let inner = || format!("{}/", question.name.to_lowercase());
    match &question.kind {
        Kind::PanelDynamic { template, .. } => questions(template, &inner(), places, writers),
        Kind::MatrixDropdown {
            columns, detail, ..
        }
        | Kind::MatrixDynamic {
            columns, detail, ..
        } => {
            for column in columns {
                self::question(&column.question, &inner(), places, writers);
            }
            questions(&detail.elements, &inner(), places, writers);
        }
        Kind::Single { choices, .. }
        | Kind::Multiple { choices, .. }
        | Kind::Ranking { choices, .. }
        | Kind::ImagePicker { choices, .. } => {
            for choice in &choices.items {
                questions(&choice.elements, scope, places, writers);
            }
        }
        _ => {}
    }
    if writes(question) {
        let name = question.value_name.as_ref().unwrap_or(&question.name);
        writers.push(Writer {
            kind: WriterKind::Question,
            label: question.name.clone(),
            at: places.next().cloned().unwrap_or_default(),
            writes: slot(
                &if scope.is_empty() {
                    name.clone()
                } else {
                    format!("row.{name}")
                },
                scope,
            ),
            reads: reads(
                &[
                    &question.set_value_if,
                    &question.set_value_expression,
                    &question.reset_value_if,
                ],
                scope,
            ),
        });
    }
}

/// True for a question that writes its own value when others change.
pub(super) fn writes(question: &Question) -> bool {
    question.set_value_expression.is_some() || question.reset_value_if.is_some()
}

/// A question may be read by its name and by its `valueName`: both become the same.
fn canonical(survey: &Survey, writers: &mut [Writer]) {
    let mut names = BTreeMap::new();
    for page in &survey.pages {
        value_names(&page.panel.elements, &mut names);
    }
    for writer in writers {
        for name in writer.reads.iter_mut().chain([&mut writer.writes]) {
            if let Some(value_name) = names.get(name) {
                name.clone_from(value_name);
            }
        }
    }
}

fn value_names(elements: &[Element], names: &mut BTreeMap<String, String>) {
    for element in elements {
        match element {
            Element::Panel(panel) => value_names(&panel.elements, names),
            Element::Question(question) => {
                if let Some(value_name) = &question.value_name {
                    names.insert(question.name.to_lowercase(), value_name.to_lowercase());
                }
            }
        }
    }
}

/// For each writer, those that read what it writes.
fn edges(writers: &[Writer]) -> Vec<Vec<usize>> {
    let mut readers: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, writer) in writers.iter().enumerate() {
        for name in &writer.reads {
            readers.entry(name).or_default().push(index);
        }
    }
    writers
        .iter()
        .map(|writer| {
            readers
                .get(writer.writes.as_str())
                .cloned()
                .unwrap_or_default()
        })
        .collect()
}

/// Drops everything that leads nowhere, until only circles and what leads to them are left.
fn prune(next: &[Vec<usize>], alive: &mut [bool]) {
    loop {
        let mut changed = false;
        for index in (0..next.len()).rev() {
            let leads = next
                .get(index)
                .is_some_and(|it| it.iter().any(|it| alive.get(*it) == Some(&true)));
            if let Some(slot) = alive.get_mut(index)
                && *slot
                && !leads
            {
                *slot = false;
                changed = true;
            }
        }
        if !changed {
            return;
        }
    }
}

/// Follows what is alive from `start` until a writer comes again; those from there on are a circle.
fn walk(next: &[Vec<usize>], alive: &[bool], start: usize) -> Vec<usize> {
    let mut path = vec![start];
    let mut here = start;
    loop {
        let step = next
            .get(here)
            .and_then(|it| it.iter().find(|it| alive.get(**it) == Some(&true)));
        let Some(step) = step else { return path };
        if let Some(first) = path.iter().position(|it| it == step) {
            return path.split_off(first);
        }
        path.push(*step);
        here = *step;
    }
}

fn report(circle: &[usize], writers: &[Writer], reader: &Reader) {
    let members: Vec<&Writer> = circle.iter().filter_map(|it| writers.get(*it)).collect();
    let Some(first) = members.first() else { return };
    let all = |kind| members.iter().all(|it| it.kind == kind);
    let (severity, code) = if all(WriterKind::Calculated) {
        (Severity::Error, "cycle/calculated-value")
    } else if all(WriterKind::Trigger) {
        (Severity::Warning, "cycle/trigger")
    } else {
        (Severity::Warning, "cycle/value-write")
    };
    let mut labels: Vec<&str> = members.iter().map(|it| it.label.as_str()).collect();
    labels.push(&first.label);
    reader.push(Problem {
        severity,
        code,
        at: first.at.clone(),
        found: labels.join(" → "),
        expected: "values that do not depend on themselves".to_owned(),
        suggestion: None,
    });
}
