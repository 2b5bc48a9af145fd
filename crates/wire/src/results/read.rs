//! Reading a snapshot: strict, with the place of everything that is wrong.

use json::{Node, Problem, Problems, Severity, Value};

use super::{
    BASES, Breakdown, Category, Figures, Group, HIDDEN, Item, KINDS, MAX_RESULTS_BYTES, MEANINGS,
    MODES, Question, RESULTS_FORMAT, ROUNDINGS, ROW_KINDS, Repeated, Response, Results, Row,
    RowLabel, Summary,
};
use crate::{Day, Localised};

pub(super) fn results(text: &str) -> Result<Results, Vec<Problem>> {
    let problem = |found: String, expected: &str| {
        vec![Problem {
            severity: Severity::Error,
            code: "json/syntax",
            at: String::new(),
            found,
            expected: expected.to_owned(),
            suggestion: None,
        }]
    };
    if text.len() > MAX_RESULTS_BYTES {
        return Err(problem("more".to_owned(), "at most 4 MiB"));
    }
    let value = Value::parse(text)
        .map_err(|error| problem(format!("a mistake in {error}"), "a JSON document"))?;
    let problems = Problems::new();
    let read = read(&Node::root(&value, &problems));
    match (read, problems.into_vec()) {
        (Some(results), problems) if problems.is_empty() => Ok(results),
        (_, problems) => Err(problems),
    }
}

fn read(node: &Node<'_>) -> Option<Results> {
    node.object()?;
    only(
        node,
        &[
            "format",
            "survey",
            "version",
            "round",
            "day",
            "sample",
            "mode",
            "title",
            "base",
            "rounding",
            "minima",
            "n",
            "response",
            "pages",
            "questions",
            "figures",
            "breakdowns",
        ],
    );
    let format = node.required("format", "\"kuuluu-results/1\"")?;
    if format.text()? != RESULTS_FORMAT {
        format.wrong("\"kuuluu-results/1\"");
        return None;
    }
    let survey = node.required("survey", "the survey's id")?;
    let id = survey.text()?.parse();
    if id.is_err() {
        survey.wrong("a survey's id");
    }
    let day = node.required("day", "a day such as \"2026-11-25\"")?;
    let parsed: Option<Day> = day.text()?.parse().ok();
    if parsed.is_none() {
        day.wrong("a day such as \"2026-11-25\"");
    }
    let minima = list(node, "minima", count);
    let minima = minima.try_into().ok();
    if minima.is_none() {
        node.wrong("three minima");
    }
    Some(Results {
        survey: id.ok()?,
        version: text(node, "version")?,
        round: optional_text(node, "round"),
        day: parsed?,
        sample: flag(node, "sample"),
        mode: one_of(node, "mode", MODES)?,
        title: localised(node, "title"),
        base: one_of(node, "base", BASES)?,
        rounding: one_of(node, "rounding", ROUNDINGS)?,
        minima: minima?,
        n: optional_count(node, "n"),
        response: node.member("response").and_then(|it| {
            only(&it, &["asked", "answered", "repeated"]);
            let asked = it.required("asked", "a count")?;
            let given = it.member("repeated").is_some();
            Some(Response {
                asked: count(&asked)?,
                answered: optional_count(&it, "answered"),
                repeated: if given {
                    list(&it, "repeated", repeated)
                } else {
                    Vec::new()
                },
            })
        }),
        pages: list(node, "pages", |it| Some(Localised::read(it))),
        questions: list(node, "questions", question),
        figures: list(node, "figures", figures),
        breakdowns: list(node, "breakdowns", breakdown),
    })
}

fn repeated(node: &Node<'_>) -> Option<Repeated> {
    node.object()?;
    only(node, &["code", "name", "answers"]);
    Some(Repeated {
        code: text(node, "code")?,
        name: localised(node, "name"),
        answers: count(&node.required("answers", "a count")?)?,
    })
}

fn question(node: &Node<'_>) -> Option<Question> {
    node.object()?;
    only(
        node,
        &[
            "name",
            "page",
            "kind",
            "background",
            "title",
            "note",
            "items",
        ],
    );
    Some(Question {
        name: text(node, "name")?,
        page: count(&node.required("page", "a page, counted from zero")?)?,
        kind: one_of(node, "kind", KINDS)?,
        background: flag(node, "background"),
        title: localised(node, "title"),
        note: optional_text(node, "note"),
        items: list(node, "items", item),
    })
}

fn item(node: &Node<'_>) -> Option<Item> {
    node.object()?;
    only(node, &["name", "kind", "text", "sensitive", "categories"]);
    Some(Item {
        name: text(node, "name")?,
        kind: one_of(node, "kind", KINDS)?,
        text: localised(node, "text"),
        sensitive: flag(node, "sensitive"),
        categories: list(node, "categories", |node| {
            node.object()?;
            only(node, &["value", "text", "meaning", "group"]);
            Some(Category {
                value: scalar(&node.required("value", "a value")?)?,
                text: localised(node, "text"),
                meaning: maybe_one_of(node, "meaning", MEANINGS),
                group: optional_text(node, "group"),
            })
        }),
    })
}

fn figures(node: &Node<'_>) -> Option<Figures> {
    node.object()?;
    only(node, &["name", "n", "hidden", "rows", "boxes", "summary"]);
    Some(Figures {
        name: text(node, "name")?,
        n: optional_count(node, "n"),
        hidden: maybe_one_of(node, "hidden", HIDDEN),
        rows: list(node, "rows", row),
        boxes: list(node, "boxes", row),
        summary: node.member("summary").map(|it| summary(&it)),
    })
}

fn row(node: &Node<'_>) -> Option<Row> {
    node.object()?;
    only(
        node,
        &[
            "value", "box", "kind", "range", "whole", "count", "percent", "interval", "hidden",
        ],
    );
    let label = if let Some(value) = node.member("value") {
        RowLabel::Value(scalar(&value)?)
    } else if let Some(name) = node.member("box") {
        RowLabel::Box(name.text()?.to_owned())
    } else if let Some((from, to)) = pair(node, "range") {
        RowLabel::Range(from, to)
    } else if let Some((from, to)) = pair(node, "whole") {
        RowLabel::Whole(from, to)
    } else {
        RowLabel::Kind(one_of(node, "kind", ROW_KINDS)?)
    };
    let percent = optional_count(node, "percent");
    if percent.is_some_and(|it| it > 100) {
        node.wrong("at most 100 per cent");
    }
    Some(Row {
        label,
        count: optional_count(node, "count"),
        percent,
        interval: pair(node, "interval"),
        hidden: maybe_one_of(node, "hidden", HIDDEN),
    })
}

fn summary(node: &Node<'_>) -> Summary {
    only(
        node,
        &[
            "n",
            "lowerQuartile",
            "median",
            "upperQuartile",
            "mean",
            "deviation",
            "hidden",
        ],
    );
    let number = |name| node.member(name).and_then(|it| it.number());
    Summary {
        n: optional_count(node, "n"),
        lower_quartile: number("lowerQuartile"),
        median: number("median"),
        upper_quartile: number("upperQuartile"),
        mean: number("mean"),
        deviation: number("deviation"),
        hidden: maybe_one_of(node, "hidden", HIDDEN),
    }
}

fn breakdown(node: &Node<'_>) -> Option<Breakdown> {
    node.object()?;
    only(node, &["by", "groups"]);
    Some(Breakdown {
        by: text(node, "by")?,
        groups: list(node, "groups", |node| {
            node.object()?;
            only(node, &["value", "n", "hidden", "figures"]);
            Some(Group {
                value: scalar(&node.required("value", "a value")?)?,
                n: optional_count(node, "n"),
                hidden: maybe_one_of(node, "hidden", HIDDEN),
                figures: list(node, "figures", figures),
            })
        }),
    })
}

fn only(node: &Node<'_>, known: &[&str]) {
    node.only(Severity::Error, known);
}

fn text(node: &Node<'_>, name: &str) -> Option<String> {
    Some(node.required(name, "a text")?.text()?.to_owned())
}

fn optional_text(node: &Node<'_>, name: &str) -> Option<String> {
    Some(node.member(name)?.text()?.to_owned())
}

fn localised(node: &Node<'_>, name: &str) -> Localised {
    let member = node.member(name);
    member.map_or_else(Localised::default, |it| Localised::read(&it))
}

fn flag(node: &Node<'_>, name: &str) -> bool {
    node.member(name).and_then(|it| it.bool()).unwrap_or(false)
}

fn count(node: &Node<'_>) -> Option<u32> {
    let number = node.number()?;
    if number.fract() != 0.0 || !(0.0..=f64::from(u32::MAX)).contains(&number) {
        node.wrong("a whole number from 0");
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole and in range"
    )]
    Some(number as u32)
}

fn optional_count(node: &Node<'_>, name: &str) -> Option<u32> {
    count(&node.member(name)?)
}

fn pair(node: &Node<'_>, name: &str) -> Option<(f64, f64)> {
    let member = node.member(name)?;
    if let Some([Value::Number(from), Value::Number(to)]) = member.value().as_list() {
        return Some((*from, *to));
    }
    member.wrong("two numbers");
    None
}

fn scalar(node: &Node<'_>) -> Option<Value> {
    let value = node.value();
    if let Value::Text(_) | Value::Number(_) | Value::Bool(_) = value {
        return Some(value.clone());
    }
    node.wrong("a text, a number or a truth value");
    None
}

fn one_of(node: &Node<'_>, name: &str, known: &[&'static str]) -> Option<&'static str> {
    let member = node.required(name, &known.join(", "))?;
    let found = member.value().as_str();
    let known_one = known.iter().find(|it| found == Some(**it)).copied();
    if known_one.is_none() {
        member.wrong(&known.join(", "));
    }
    known_one
}

fn maybe_one_of(node: &Node<'_>, name: &str, known: &[&'static str]) -> Option<&'static str> {
    node.member(name)?;
    one_of(node, name, known)
}

fn list<T>(node: &Node<'_>, name: &str, read: impl Fn(&Node<'_>) -> Option<T>) -> Vec<T> {
    let items = node.required(name, "a list").map(|it| it.items());
    items.iter().flatten().filter_map(read).collect()
}
