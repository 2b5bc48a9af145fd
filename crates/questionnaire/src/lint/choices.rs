//! Choices that stand twice, and values that are no choice.

use std::collections::BTreeMap;

use json::Value;

use super::Findings;
use super::domain::{Shape, choices, same, shape, shown, special, values};
use super::map::{Entry, Map};
use crate::definition::{Choice, Kind, Question, TriggerKind};

pub(super) fn check(map: &Map<'_>, findings: &mut Findings) {
    for (entry, question) in map.questions() {
        duplicates(entry, question, findings);
        for (property, value) in [
            ("defaultValue", &question.default_value),
            ("correctAnswer", &question.correct_answer),
        ] {
            if let Some(value) = value {
                not_a_choice(map, question, value, &entry.at_property(property), findings);
            }
        }
    }
    for (index, trigger) in map.survey.triggers.iter().enumerate() {
        if let TriggerKind::SetValue {
            to,
            value,
            is_variable: false,
        } = &trigger.kind
            && let Some((_, question)) = map.question(to)
        {
            not_a_choice(
                map,
                question,
                value,
                &format!("/triggers/{index}/setValue"),
                findings,
            );
        }
    }
}

fn duplicates(entry: &Entry<'_>, question: &Question, findings: &mut Findings) {
    match &question.kind {
        Kind::Matrix { base, columns, .. } => {
            twice(
                &entry.at_property("columns"),
                columns.iter().map(|it| &it.value),
                findings,
            );
            twice(
                &entry.at_property("rows"),
                base.rows.iter().map(|it| &it.value),
                findings,
            );
        }
        Kind::MatrixDropdown { base, .. } => {
            twice(
                &entry.at_property("rows"),
                base.rows.iter().map(|it| &it.value),
                findings,
            );
        }
        Kind::Rating { items, .. } if entry.property("rateValues").is_some() => {
            twice(
                &entry.at_property("rateValues"),
                items.iter().map(|it| &it.choice.value),
                findings,
            );
        }
        _ => {}
    }
    let Some(choices) = choices(question).filter(|_| entry.property("choices").is_some()) else {
        return;
    };
    let at = entry.at_property("choices");
    twice(&at, choices.items.iter().map(|it| &it.value), findings);
    for (value, property) in special(choices) {
        let text = Value::from(value);
        if let Some(index) = choices
            .items
            .iter()
            .position(|it: &Choice| same(&it.value, &text))
        {
            findings.error(
                "choices/duplicate",
                format!("{at}/{index}"),
                shown(&text),
                &format!("a value other than the one that {property} stores"),
                &format!("leave out this choice or {property}"),
            );
        }
    }
}

fn twice<'v>(at: &str, values: impl Iterator<Item = &'v Value>, findings: &mut Findings) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (index, value) in values.enumerate() {
        let key = match super::domain::number(value) {
            Some(number) => number.to_string(),
            None => value
                .as_str()
                .map_or_else(|| value.to_string(), |it| it.trim().to_lowercase()),
        };
        if seen.insert(key, index).is_some() {
            findings.error(
                "choices/duplicate",
                format!("{at}/{index}"),
                shown(value),
                "a value that no other item has",
                "two items with one value cannot be told apart in the results",
            );
        }
    }
}

fn not_a_choice(
    map: &Map<'_>,
    question: &Question,
    value: &Value,
    at: &str,
    findings: &mut Findings,
) {
    if let Kind::Matrix { .. } | Kind::MultipleText { .. } = &question.kind {
        keys(question, value, at, findings);
    }
    let Some(values) = values(map, question) else {
        return;
    };
    let given: Vec<&Value> = match (shape(question), value) {
        (Shape::Several, Value::List(items)) => items.iter().collect(),
        (Shape::Structure, _) | (_, Value::Object(_) | Value::Null) => return,
        _ => vec![value],
    };
    for value in given {
        if !values.iter().any(|it| same(it, value)) {
            findings.error(
                "value/not-a-choice",
                at.to_owned(),
                shown(value),
                "one of the question's choices",
                "an answer that is no choice is dropped",
            );
        }
    }
}

/// Rows and columns of a matrix, items of a multiple text.
fn keys(question: &Question, value: &Value, at: &str, findings: &mut Findings) {
    let Some(object) = value.as_object() else {
        return;
    };
    for (name, value) in object.iter() {
        let key = Value::from(name);
        let (known, column_known) = match &question.kind {
            Kind::Matrix { base, columns, .. } => (
                base.rows.iter().any(|row| same(&row.value, &key)),
                value.as_list().is_some()
                    || columns.iter().any(|column| same(&column.value, value)),
            ),
            Kind::MultipleText { items, .. } => (items.iter().any(|it| it.name == name), true),
            _ => return,
        };
        if !known || !column_known {
            findings.error(
                "value/not-a-choice",
                format!("{at}/{name}"),
                if known { shown(value) } else { name.to_owned() },
                if known {
                    "a column of the matrix"
                } else {
                    "a row or an item of this question"
                },
                "",
            );
        }
    }
}
