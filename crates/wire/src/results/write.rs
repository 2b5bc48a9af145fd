//! Writing a snapshot. What is absent is left out.

use json::{Object, Value};

use super::{Figures, Item, Question, RESULTS_FORMAT, Repeated, Results, Row, RowLabel, Summary};
use crate::Localised;

pub(super) fn results(it: &Results) -> Value {
    let mut out = Object::new();
    out.insert("format", Value::from(RESULTS_FORMAT));
    out.insert("survey", Value::from(it.survey.as_str()));
    out.insert("version", Value::from(it.version.as_str()));
    text(&mut out, "round", it.round.as_deref());
    out.insert("day", Value::from(it.day.to_string()));
    flag(&mut out, "sample", it.sample);
    out.insert("mode", Value::from(it.mode));
    localised(&mut out, "title", &it.title);
    out.insert("base", Value::from(it.base));
    out.insert("rounding", Value::from(it.rounding));
    let minima = it.minima.iter().map(|it| Value::Number(f64::from(*it)));
    out.insert("minima", Value::List(minima.collect()));
    count(&mut out, "n", it.n);
    if let Some(it) = &it.response {
        let mut response = Object::new();
        count(&mut response, "asked", Some(it.asked));
        count(&mut response, "answered", it.answered);
        if !it.repeated.is_empty() {
            response.insert("repeated", list(&it.repeated, repeated));
        }
        out.insert("response", Value::Object(response));
    }
    let pages = it.pages.iter().map(Localised::to_value);
    out.insert("pages", Value::List(pages.collect()));
    out.insert("questions", list(&it.questions, question));
    out.insert("figures", list(&it.figures, figures));
    out.insert(
        "breakdowns",
        list(&it.breakdowns, |it| {
            let mut out = Object::new();
            out.insert("by", Value::from(it.by.as_str()));
            let groups = list(&it.groups, |it| {
                let mut out = Object::new();
                out.insert("value", it.value.clone());
                count(&mut out, "n", it.n);
                text(&mut out, "hidden", it.hidden);
                out.insert("figures", list(&it.figures, figures));
                out
            });
            out.insert("groups", groups);
            out
        }),
    );
    Value::Object(out)
}

fn repeated(it: &Repeated) -> Object {
    let mut out = Object::new();
    out.insert("code", Value::from(it.code.as_str()));
    localised(&mut out, "name", &it.name);
    count(&mut out, "answers", Some(it.answers));
    out
}

fn question(it: &Question) -> Object {
    let mut out = Object::new();
    out.insert("name", Value::from(it.name.as_str()));
    count(&mut out, "page", Some(it.page));
    out.insert("kind", Value::from(it.kind));
    flag(&mut out, "background", it.background);
    localised(&mut out, "title", &it.title);
    text(&mut out, "note", it.note.as_deref());
    out.insert("items", list(&it.items, item));
    out
}

fn item(it: &Item) -> Object {
    let mut out = Object::new();
    out.insert("name", Value::from(it.name.as_str()));
    out.insert("kind", Value::from(it.kind));
    localised(&mut out, "text", &it.text);
    flag(&mut out, "sensitive", it.sensitive);
    let categories = list(&it.categories, |it| {
        let mut out = Object::new();
        out.insert("value", it.value.clone());
        localised(&mut out, "text", &it.text);
        text(&mut out, "meaning", it.meaning);
        text(&mut out, "group", it.group.as_deref());
        out
    });
    out.insert("categories", categories);
    out
}

fn figures(it: &Figures) -> Object {
    let mut out = Object::new();
    out.insert("name", Value::from(it.name.as_str()));
    count(&mut out, "n", it.n);
    text(&mut out, "hidden", it.hidden);
    out.insert("rows", list(&it.rows, row));
    out.insert("boxes", list(&it.boxes, row));
    if let Some(it) = &it.summary {
        out.insert("summary", summary(it));
    }
    out
}

fn row(it: &Row) -> Object {
    let mut out = Object::new();
    match &it.label {
        RowLabel::Value(value) => out.insert("value", value.clone()),
        RowLabel::Box(name) => out.insert("box", Value::from(name.as_str())),
        RowLabel::Kind(kind) => out.insert("kind", Value::from(*kind)),
        RowLabel::Range(from, to) => out.insert("range", pair((*from, *to))),
        RowLabel::Whole(from, to) => out.insert("whole", pair((*from, *to))),
    }
    count(&mut out, "count", it.count);
    count(&mut out, "percent", it.percent);
    if let Some(interval) = it.interval {
        out.insert("interval", pair(interval));
    }
    text(&mut out, "hidden", it.hidden);
    out
}

fn summary(it: &Summary) -> Value {
    let mut out = Object::new();
    count(&mut out, "n", it.n);
    for (name, number) in [
        ("lowerQuartile", it.lower_quartile),
        ("median", it.median),
        ("upperQuartile", it.upper_quartile),
        ("mean", it.mean),
        ("deviation", it.deviation),
    ] {
        if let Some(number) = number {
            out.insert(name, Value::Number(number));
        }
    }
    text(&mut out, "hidden", it.hidden);
    Value::Object(out)
}

fn text(out: &mut Object, name: &str, it: Option<&str>) {
    if let Some(it) = it {
        out.insert(name, Value::from(it));
    }
}

fn localised(out: &mut Object, name: &str, it: &Localised) {
    if !it.is_empty() {
        out.insert(name, it.to_value());
    }
}

fn flag(out: &mut Object, name: &str, it: bool) {
    if it {
        out.insert(name, Value::Bool(true));
    }
}

fn count(out: &mut Object, name: &str, it: Option<u32>) {
    if let Some(it) = it {
        out.insert(name, Value::Number(f64::from(it)));
    }
}

fn pair((from, to): (f64, f64)) -> Value {
    Value::List(vec![Value::Number(from), Value::Number(to)])
}

fn list<T>(items: &[T], write: impl Fn(&T) -> Object) -> Value {
    let items = items.iter().map(|it| Value::Object(write(it)));
    Value::List(items.collect())
}
