//! The JSON that the command line prints.

use json::{Object, Value};

use super::differences::{Beside, Part};
use super::edition::Edition;
use crate::protocol::{object, write_comparison, write_weighting};
use crate::release::{Figures, Group, Label, Release, Response, Row, Summary};
use crate::rounds::{OverTime, Round};

/// `{"n":…,"total":…,"questions":{name:{"base","n","rows":[{"value","count","percent","hidden"}]}}}`,
/// with the parts of a breakdown under `"groups"`, by value (and for a second grouping again under
/// `"groups"`). A hidden figure is `null`. What is compared stands under `"comparison"`, with a
/// sentence for each question under `"says"`; rounds from the first one on under `"rounds"`, and
/// where questions changed under `"series"`.
pub fn summary_json(release: &Release, edition: &Edition<'_>) -> Value {
    let head = release.head();
    let mut out = Object::new();
    out.insert("survey", Value::from(head.survey.as_str()));
    out.insert(
        "filter",
        head.filter.as_deref().map_or(Value::Null, Value::from),
    );
    out.insert("n", optional(head.n));
    out.insert("total", optional(head.total));
    out.insert("base", Value::from(head.base.name()));
    out.insert("rounding", Value::from(head.rounding.name()));
    if let Some(weighting) = &head.weighting {
        out.insert("weighting", write_weighting(weighting));
    }
    out.insert("questions", questions(release.questions()));
    if let Some(it) = release.response() {
        out.insert("response", response(it));
    }
    if !release.groups().is_empty() {
        out.insert("groups", groups(release.groups()));
    }
    if let Some(beside) = edition.compared {
        out.insert("comparison", comparison(beside, edition));
    }
    if let Some(rounds) = edition.over_time {
        out.insert(
            "rounds",
            Value::List(rounds.rounds().iter().map(round).collect()),
        );
        out.insert("series", series(rounds));
    }
    Value::Object(out)
}

fn response(response: &Response) -> Value {
    let regions = response.sub_regions.iter().map(|it| {
        object([
            ("name", Value::from(it.name.as_str())),
            ("asked", optional(Some(it.asked))),
            ("answered", optional(it.answered)),
            ("percent", number(it.percent)),
        ])
    });
    let repeated = response.repeated.iter().map(|it| {
        object([
            ("code", Value::from(it.code.as_str())),
            ("answers", optional(Some(it.answers))),
        ])
    });
    let waiting = response.waiting.as_ref().map(|codes| {
        let codes = codes.iter().map(|it| Value::from(it.as_str()));
        Value::List(codes.collect())
    });
    object([
        ("asked", optional(Some(response.asked))),
        ("answered", optional(response.answered)),
        ("percent", number(response.percent)),
        ("waiting", waiting.unwrap_or(Value::Null)),
        ("repeated", Value::List(repeated.collect())),
        ("subRegions", Value::List(regions.collect())),
    ])
}

/// The comparison as page and worker write it, with names and words.
fn comparison(beside: Beside<'_>, edition: &Edition<'_>) -> Value {
    let mut tree = write_comparison(beside.comparison);
    let (one, other) = beside.sides(edition);
    let of_rounds = beside.comparison.is_of_rounds();
    let lines = beside.lines(edition);
    let wholes = lines.iter().filter(|it| matches!(it.part, Part::Whole));
    let said = wholes.map(|it| {
        (
            it.found.name.clone(),
            Value::from(it.says(of_rounds, edition)),
        )
    });
    if let Value::Object(members) = &mut tree {
        members.insert("names", Value::List(vec![one.into(), other.into()]));
        members.insert("says", Value::Object(said.collect()));
    }
    tree
}

fn round(round: &Round) -> Value {
    object([
        ("name", Value::from(round.name.as_str())),
        ("n", optional(round.release.head().n)),
        ("questions", questions(round.release.questions())),
    ])
}

/// Per variable its name in each round (`null` where it was not asked), and where the line breaks:
/// the place of the first round after the break, counted from zero, and why.
fn series(rounds: &OverTime) -> Value {
    let lines = rounds.series().iter().map(|it| {
        let names = it.names.iter();
        let names = names.map(|it| it.as_deref().map_or(Value::Null, Value::from));
        let breaks = it.breaks.iter().map(|it| {
            let changes = it.changes.iter().map(|it| Value::from(it.name()));
            object([
                ("at", optional(u32::try_from(it.at).ok())),
                ("changes", Value::List(changes.collect())),
            ])
        });
        let line = object([
            ("names", Value::List(names.collect())),
            ("breaks", Value::List(breaks.collect())),
        ]);
        (it.name.clone(), line)
    });
    Value::Object(lines.collect())
}

fn groups(groups: &[Group]) -> Value {
    let mut out = Object::new();
    for group in groups {
        let figures = object([
            ("n", optional(group.n)),
            ("hidden", Value::Bool(group.hidden.is_some())),
            ("questions", questions(&group.questions)),
        ]);
        let keys: Vec<String> = group.by.iter().map(|(_, value)| code(value)).collect();
        match keys.as_slice() {
            [only] => out.insert(only.as_str(), figures),
            [first, second] => {
                if out.get(first).is_none() {
                    let empty = object([("groups", Value::Object(Object::new()))]);
                    out.insert(first.as_str(), empty);
                }
                if let Some(Value::Object(outer)) = out.get_mut(first)
                    && let Some(Value::Object(inner)) = outer.get_mut("groups")
                {
                    inner.insert(second.as_str(), figures);
                }
            }
            _ => {}
        }
    }
    Value::Object(out)
}

fn questions(all: &[Figures]) -> Value {
    let mut out = Object::new();
    for figures in all {
        let mut entry = Object::new();
        entry.insert("base", Value::from(figures.base.name()));
        entry.insert("n", optional(figures.n));
        if let Some(why) = figures.hidden {
            entry.insert("hidden", Value::from(why.name()));
        }
        entry.insert("rows", Value::List(figures.rows.iter().map(row).collect()));
        if !figures.boxes.is_empty() {
            entry.insert(
                "boxes",
                Value::List(figures.boxes.iter().map(row).collect()),
            );
        }
        if let Some(it) = &figures.summary {
            entry.insert("summary", summary(it));
        }
        out.insert(figures.name.as_str(), Value::Object(entry));
    }
    Value::Object(out)
}

fn row(row: &Row) -> Value {
    let (value, kind) = match &row.label {
        Label::Value(value) => (value.clone(), None),
        Label::Box(name) => (Value::from(name.as_str()), None),
        Label::Unsure => (Value::Null, Some("unsure")),
        Label::Missing => (Value::Null, Some("missing")),
        Label::Other => (Value::Null, Some("other")),
        Label::Range(from, to) => (
            Value::List(vec![Value::Number(*from), Value::Number(*to)]),
            Some("range"),
        ),
        Label::Whole(from, to) => (
            Value::List(vec![Value::Number(*from), Value::Number(*to)]),
            Some("whole"),
        ),
    };
    let mut out = Object::new();
    out.insert("value", value);
    out.insert("count", optional(row.count));
    out.insert("percent", optional(row.percent));
    out.insert("hidden", Value::Bool(row.hidden.is_some()));
    if let Some(kind) = kind {
        out.insert("kind", Value::from(kind));
    }
    if let Some(weighted) = row.weighted {
        out.insert("weighted", optional(Some(weighted.percent)));
    }
    if let Some((low, high)) = row.interval {
        out.insert(
            "interval",
            Value::List(vec![Value::Number(low), Value::Number(high)]),
        );
    }
    Value::Object(out)
}

fn summary(it: &Summary) -> Value {
    object([
        ("n", optional(it.n)),
        ("lowerQuartile", number(it.lower_quartile)),
        ("median", number(it.median)),
        ("upperQuartile", number(it.upper_quartile)),
        ("mean", number(it.mean)),
        ("deviation", number(it.deviation)),
        ("min", number(it.range.map(|it| it.0))),
        ("max", number(it.range.map(|it| it.1))),
        ("hidden", Value::Bool(it.hidden.is_some())),
    ])
}

fn optional(count: Option<u32>) -> Value {
    count.map_or(Value::Null, |it| Value::Number(f64::from(it)))
}

fn number(it: Option<f64>) -> Value {
    it.map_or(Value::Null, Value::Number)
}

fn code(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        other => other.to_string(),
    }
}
