//! JSON-stat 2.0: a collection with one dataset per variable.

use json::{Object, Value};

use super::table::code;
use crate::codebook::{Category, Codebook, Item};
use crate::protocol::object;
use crate::release::{Figures, Group, Label, Release, Row};

/// What is counted: the last dimension of every dataset.
const MEASURES: [(&str, &str); 2] = [("count", "N"), ("percent", "%")];

/// A collection of datasets, first over all respondents, then (if a breakdown was asked for) by
/// group. Hidden figures are `null` and have the status `hidden`. Texts are in `language`.
pub fn json_stat(release: &Release, codebook: &Codebook, language: &str) -> Value {
    let mut datasets = Vec::new();
    for figures in release.questions() {
        datasets.extend(dataset(codebook, language, figures, &[(None, figures)]));
    }
    if !release.groups().is_empty() {
        for whole in release.questions() {
            let of = |group| (Some(group), figures_of(group, &whole.name).unwrap_or(whole));
            let parts: Vec<_> = release.groups().iter().map(of).collect();
            datasets.extend(dataset(codebook, language, whole, &parts));
        }
    }
    object([
        ("version", Value::from("2.0")),
        ("class", Value::from("collection")),
        (
            "label",
            Value::from(text_of(&codebook.title, language, &codebook.survey)),
        ),
        ("link", object([("item", Value::List(datasets))])),
    ])
}

fn figures_of<'a>(group: &'a Group, name: &str) -> Option<&'a Figures> {
    group.questions.iter().find(|it| it.name == name)
}

/// One dataset: dimensions are the groupings, the answers and the measures, in this order. The
/// answers are those of `whole`.
fn dataset(
    codebook: &Codebook,
    language: &str,
    whole: &Figures,
    parts: &[(Option<&Group>, &Figures)],
) -> Option<Value> {
    let name = whole.name.as_str();
    let (question, item) = codebook.item(name)?;
    let (first, _) = parts.first()?;
    let rows = &whole.rows;
    if rows.is_empty() {
        return None;
    }
    let mut ids: Vec<String> = Vec::new();
    let mut sizes: Vec<usize> = Vec::new();
    let mut dimensions = Object::new();
    let groupings = first.map(|it| it.by.as_slice()).unwrap_or_default();
    for (place, (variable, _)) in groupings.iter().enumerate() {
        let (question, grouping) = codebook.item(variable)?;
        let codes = grouping.categories.iter();
        let codes = codes.map(|it| (it.code(), category_text(it, language)));
        let codes: Vec<_> = codes.collect();
        sizes.push(codes.len());
        let id = format!("by{}:{variable}", place + 1);
        let label = text_of(&question.title, language, variable);
        dimensions.insert(id.as_str(), dimension(&label, &codes));
        ids.push(id);
    }
    let answers: Vec<_> = rows.iter().map(|it| answer(item, it, language)).collect();
    sizes.push(answers.len());
    let title = text_of(&question.title, language, name);
    let label = match text_of(&item.text, language, "") {
        row if row.is_empty() => title,
        row => format!("{title}: {row}"),
    };
    dimensions.insert(name, dimension(&label, &answers));
    ids.push(name.to_owned());
    let measures = MEASURES.map(|(code, label)| (code.to_owned(), label.to_owned()));
    sizes.push(measures.len());
    dimensions.insert("measure", dimension("", &measures));
    ids.push("measure".to_owned());
    let (values, status) = values(parts, rows);
    let list = |names: Vec<String>| Value::List(names.into_iter().map(Value::from).collect());
    let mut out = Object::new();
    out.insert("version", Value::from("2.0"));
    out.insert("class", Value::from("dataset"));
    out.insert("label", Value::from(label));
    out.insert("id", list(ids));
    out.insert("size", Value::List(sizes.into_iter().map(number).collect()));
    out.insert(
        "role",
        object([("metric", list(vec!["measure".to_owned()]))]),
    );
    out.insert("dimension", Value::Object(dimensions));
    out.insert("value", Value::List(values));
    if !status.is_empty() {
        out.insert("status", Value::Object(status));
    }
    out.insert(
        "extension",
        object([
            ("base", Value::from(whole.base.name())),
            ("n", first.map_or_else(|| count(whole.n), |_| Value::Null)),
        ]),
    );
    Some(Value::Object(out))
}

/// Values in row-major order, and what is said of those that are missing.
fn values(parts: &[(Option<&Group>, &Figures)], rows: &[Row]) -> (Vec<Value>, Object) {
    let mut values = Vec::new();
    let mut status = Object::new();
    for (group, figures) in parts {
        let hidden_group = group.is_some_and(|it| it.hidden.is_some());
        for wanted in rows {
            let row = figures.rows.iter().find(|it| it.label == wanted.label);
            let (hidden, pair) = match row {
                _ if hidden_group => (true, [None, None]),
                Some(row) => (row.hidden.is_some(), [row.count, row.percent]),
                // A row that only others have: nobody here.
                None => (false, [Some(0), Some(0)]),
            };
            for it in pair {
                if hidden {
                    status.insert(values.len().to_string(), Value::from("hidden"));
                }
                values.push(count(it));
            }
        }
    }
    (values, status)
}

fn dimension(label: &str, codes: &[(String, String)]) -> Value {
    let index = codes.iter().map(|(code, _)| Value::from(code.as_str()));
    let labels = codes.iter();
    let labels = labels.map(|(code, label)| (code.clone(), Value::from(label.as_str())));
    object([
        ("label", Value::from(label)),
        (
            "category",
            object([
                ("index", Value::List(index.collect())),
                ("label", Value::Object(labels.collect())),
            ]),
        ),
    ])
}

fn answer(item: &Item, row: &Row, language: &str) -> (String, String) {
    let code = code(&row.label);
    let category = match &row.label {
        Label::Value(value) => item.categories.iter().find(|it| it.value == *value),
        _ => None,
    };
    let text = category.map_or_else(|| code.clone(), |it| category_text(it, language));
    (code, text)
}

fn category_text(category: &Category, language: &str) -> String {
    text_of(&category.text, language, &category.code())
}

fn text_of(text: &questionnaire::localized::Localized, language: &str, otherwise: &str) -> String {
    let resolved = text.resolve(language);
    resolved.map_or(otherwise, |it| it.text).to_owned()
}

fn count(it: Option<u32>) -> Value {
    it.map_or(Value::Null, |it| Value::Number(f64::from(it)))
}

#[expect(clippy::cast_precision_loss, reason = "a number of categories")]
fn number(it: usize) -> Value {
    Value::Number(it as f64)
}
