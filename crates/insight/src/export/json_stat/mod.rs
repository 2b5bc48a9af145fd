//! JSON-stat 2.0: a collection with one dataset per variable.

mod differences;
mod middles;

use json::{Object, Value};

use differences::differences;
use middles::middles;

use super::edition::Edition;
use super::table::code;
use crate::codebook::{Item, Question};
use crate::protocol::object;
use crate::release::{Figures, Group, Release, Row};

/// What is counted, the last dimension of every dataset: codes that are words of an edition, too,
/// and what they are called where there are none.
const MEASURES: [(&str, &str); 2] = [("count", "count"), ("percent", "%")];

/// A collection of datasets, first over all respondents (of each variable its answers, then its
/// middle and spread), then (if a breakdown was asked for) by group, then (if two groups or rounds
/// are compared) the differences. Hidden figures are `null` and have the status `hidden`; of a
/// variable that changed there is one row of nulls with the status `changed`, and `extension` says
/// why.
pub fn json_stat(release: &Release, edition: &Edition<'_>) -> Value {
    let mut datasets = Vec::new();
    for figures in release.questions() {
        let whole = [(None, figures)];
        datasets.extend(dataset(edition, figures, &whole));
        datasets.extend(middles(edition, figures, &whole));
    }
    if !release.groups().is_empty() {
        for whole in release.questions() {
            let of = |group| (Some(group), figures_of(group, &whole.name).unwrap_or(whole));
            let parts: Vec<_> = release.groups().iter().map(of).collect();
            datasets.extend(dataset(edition, whole, &parts));
            datasets.extend(middles(edition, whole, &parts));
        }
    }
    if let Some(beside) = edition.compared {
        datasets.extend(differences(beside, edition));
    }
    let mut out = Object::new();
    out.insert("version", Value::from("2.0"));
    out.insert("class", Value::from("collection"));
    out.insert("label", Value::from(edition.title()));
    if edition.sample {
        out.insert("note", Value::List(vec![edition.say("sample.is").into()]));
    }
    out.insert("link", object([("item", Value::List(datasets))]));
    Value::Object(out)
}

fn figures_of<'a>(group: &'a Group, name: &str) -> Option<&'a Figures> {
    group.questions.iter().find(|it| it.name == name)
}

/// One dataset: dimensions are the groupings, the answers and the measures, in this order. The
/// answers are those of `whole`.
fn dataset(
    edition: &Edition<'_>,
    whole: &Figures,
    parts: &[(Option<&Group>, &Figures)],
) -> Option<Value> {
    let name = whole.name.as_str();
    let (question, item) = edition.codebook.item(name)?;
    let (first, _) = parts.first()?;
    let rows = &whole.rows;
    if rows.is_empty() {
        return None;
    }
    let mut dimensions = by(edition, *first)?;
    let answer = |it: &Row| (code(&it.label), edition.label(item, &it.label));
    let answers: Vec<_> = rows.iter().map(answer).collect();
    let label = label_of(question, item, edition);
    dimensions.push((name.to_owned(), dimension(&label, &answers), answers.len()));
    let measures = MEASURES.map(|(code, or)| {
        let said = edition.say(code);
        let label = if said.is_empty() { or.to_owned() } else { said };
        (code.to_owned(), label)
    });
    let n_measures = measures.len();
    dimensions.push(("measure".to_owned(), dimension("", &measures), n_measures));
    let (values, status) = values(parts, rows);
    Some(written(Dataset {
        label,
        dimensions,
        metric: "measure",
        values,
        status,
        extension: object([
            ("base", Value::from(whole.base.name())),
            ("n", first.map_or_else(|| count(whole.n), |_| Value::Null)),
        ]),
    }))
}

/// The dimensions of the groupings; none for the whole.
fn by(edition: &Edition<'_>, group: Option<&Group>) -> Option<Vec<Dimension>> {
    let groupings = group.map(|it| it.by.as_slice()).unwrap_or_default();
    let mut dimensions = Vec::new();
    for (place, (variable, _)) in groupings.iter().enumerate() {
        let (question, grouping) = edition.codebook.item(variable)?;
        let codes = grouping.categories.iter();
        let codes = codes.map(|it| (it.code(), edition.category(grouping, it)));
        let codes: Vec<_> = codes.collect();
        let label = edition.question(question);
        let id = format!("by{}:{variable}", place + 1);
        dimensions.push((id, dimension(&label, &codes), codes.len()));
    }
    Some(dimensions)
}

/// The question, and the row where it has several.
fn label_of(question: &Question, item: &Item, edition: &Edition<'_>) -> String {
    let title = edition.question(question);
    match edition.item(item) {
        row if row.is_empty() => title,
        row => format!("{title}: {row}"),
    }
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

/// Id, dimension and size.
type Dimension = (String, Value, usize);

/// A dataset before it is written.
struct Dataset {
    label: String,
    dimensions: Vec<Dimension>,
    /// The dimension of the measures.
    metric: &'static str,
    values: Vec<Value>,
    status: Object,
    extension: Value,
}

fn written(it: Dataset) -> Value {
    let list = |names: Vec<String>| Value::List(names.into_iter().map(Value::from).collect());
    let ids = it.dimensions.iter().map(|it| it.0.clone()).collect();
    let sizes = it.dimensions.iter().map(|it| number(it.2)).collect();
    let dimensions = it.dimensions.into_iter().map(|(id, it, _)| (id, it));
    let mut out = Object::new();
    out.insert("version", Value::from("2.0"));
    out.insert("class", Value::from("dataset"));
    out.insert("label", Value::from(it.label));
    out.insert("id", list(ids));
    out.insert("size", Value::List(sizes));
    let metric = list(vec![it.metric.to_owned()]);
    out.insert("role", object([("metric", metric)]));
    out.insert("dimension", Value::Object(dimensions.collect()));
    out.insert("value", Value::List(it.values));
    if !it.status.is_empty() {
        out.insert("status", Value::Object(it.status));
    }
    out.insert("extension", it.extension);
    Value::Object(out)
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

fn count(it: Option<u32>) -> Value {
    it.map_or(Value::Null, |it| Value::Number(f64::from(it)))
}

#[expect(clippy::cast_precision_loss, reason = "a number of categories")]
fn number(it: usize) -> Value {
    Value::Number(it as f64)
}
