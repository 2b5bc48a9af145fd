//! Comparisons as datasets.

use json::{Object, Value};

use super::super::differences::{Beside, Line, Part};
use super::super::edition::Edition;
use super::{Dataset, count, dimension, label_of, written};
use crate::protocol::{object, write_test};

/// What a comparison says of each row.
const COMPARED: [&str; 5] = ["one", "other", "difference", "low", "high"];

/// One dataset for each variable that is compared.
pub(super) fn differences(beside: Beside<'_>, edition: &Edition<'_>) -> Vec<Value> {
    let lines = beside.lines(edition);
    let of_same = |one: &Line<'_>, other: &Line<'_>| one.found.name == other.found.name;
    let datasets = lines.chunk_by(of_same);
    datasets
        .filter_map(|lines| differences_of(lines, beside, edition))
        .collect()
}

/// `lines` are the whole of a variable and then its rows or its mean.
fn differences_of(lines: &[Line<'_>], beside: Beside<'_>, edition: &Edition<'_>) -> Option<Value> {
    let (whole, rows) = lines.split_first()?;
    let rows = if rows.is_empty() {
        core::slice::from_ref(whole)
    } else {
        rows
    };
    let answers = rows.iter().map(|it| {
        let label = match it.part {
            Part::Row(row) => edition.label(it.item, &row.label),
            Part::Mean(_) => edition.say("mean"),
            Part::Whole => edition.say("whole"),
        };
        (it.code(), label)
    });
    let answers: Vec<_> = answers.collect();
    let sides = beside.sides(edition);
    let labels = [
        sides.0,
        sides.1,
        edition.say("difference"),
        edition.say("difference.low"),
        edition.say("difference.high"),
    ];
    let measures: Vec<_> = COMPARED
        .map(str::to_owned)
        .into_iter()
        .zip(labels)
        .collect();
    let mut values = Vec::new();
    let mut status = Object::new();
    for row in rows {
        let it = row.numbers();
        let why = match (whole.found.changes.is_empty(), &row.part) {
            (false, Part::Whole) => "changed",
            _ => "hidden",
        };
        for number in [it.one, it.other, it.difference, it.low, it.high] {
            if it.difference.is_none() {
                status.insert(values.len().to_string(), Value::from(why));
            }
            values.push(number.map_or(Value::Null, Value::Number));
        }
    }
    let label = label_of(whole.question, whole.item, edition);
    let name = whole.found.name.as_str();
    let tests = lines.iter().filter_map(|it| Some((it.code(), it.test()?)));
    let tests = tests.map(|(code, test)| (code, write_test(test)));
    let changes = whole.found.changes.iter().map(|it| Value::from(it.name()));
    let (one, other) = beside.codes();
    let extension = object([
        ("one", Value::from(one)),
        ("other", Value::from(other)),
        ("nOne", count(whole.found.n.0)),
        ("nOther", count(whole.found.n.1)),
        ("verdict", Value::from(whole.found.verdict.name())),
        (
            "says",
            Value::from(whole.says(beside.comparison.is_of_rounds(), edition)),
        ),
        ("changes", Value::List(changes.collect())),
        ("tests", Value::Object(tests.collect())),
    ]);
    Some(written(Dataset {
        label,
        dimensions: vec![
            (name.to_owned(), dimension("", &answers), answers.len()),
            (
                "compared".to_owned(),
                dimension("", &measures),
                measures.len(),
            ),
        ],
        metric: "compared",
        values,
        status,
        extension,
    }))
}
