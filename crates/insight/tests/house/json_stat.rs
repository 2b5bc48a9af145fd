//! JSON-stat is held to every rule of its schema (version 2.0, revised 1.03) that our output can
//! meet, and to what the format says beyond the schema about how parts fit together.

use insight::export::json_stat;
use insight::release::Figures;
use insight::{Protection, Query};
use json::{Object, Value};

use crate::exports::{by_municipality, edition, village};
use crate::village::{answered, codebook};

/// Members that a node may have, in several lists, and those that it must.
struct Members(&'static [&'static [&'static str]], &'static [&'static str]);

/// What every response may have, whatever its class.
const RESPONSE: &[&str] = &[
    "version",
    "class",
    "href",
    "label",
    "note",
    "link",
    "updated",
    "source",
    "error",
    "extension",
];
const COLLECTION: Members = Members(&[RESPONSE], &["version", "class", "link"]);
const DATASET: Members = Members(
    &[
        RESPONSE,
        &["id", "size", "role", "dimension", "value", "status"],
    ],
    &["version", "class", "id", "size", "dimension", "value"],
);
const DIMENSION: Members = Members(
    &[&["href", "label", "note", "link", "extension", "category"]],
    &["category"],
);
const CATEGORY: Members = Members(
    &[&["index", "label", "note", "unit", "coordinates", "child"]],
    &["index"],
);

type Checked<T> = Result<T, String>;

fn members<'a>(node: &'a Value, allowed: &Members, at: &str) -> Checked<Vec<(&'a str, &'a Value)>> {
    let object = node.as_object().ok_or(format!("{at}: no object"))?;
    let members: Vec<(&str, &Value)> = object.iter().collect();
    for (name, _) in &members {
        if !allowed.0.iter().any(|it| it.contains(name)) {
            return Err(format!("{at}: {name} is not allowed"));
        }
    }
    for name in allowed.1 {
        if object.get(name).is_none() {
            return Err(format!("{at}: {name} is missing"));
        }
    }
    Ok(members)
}

/// A list of different texts.
fn texts<'a>(node: Option<&'a Value>, at: &str) -> Checked<Vec<&'a str>> {
    let list = node
        .and_then(Value::as_list)
        .ok_or(format!("{at}: no list"))?;
    let texts: Option<Vec<&str>> = list.iter().map(Value::as_str).collect();
    let texts = texts.ok_or(format!("{at}: not all are texts"))?;
    let mut different = texts.clone();
    different.sort_unstable();
    different.dedup();
    if different.len() < texts.len() {
        return Err(format!("{at}: not all differ"));
    }
    Ok(texts)
}

fn is(node: &Value, name: &str, wanted: &str) -> Checked<()> {
    let found = node.get(name).and_then(Value::as_str);
    (found == Some(wanted))
        .then_some(())
        .ok_or(format!("{name} is {found:?}, not {wanted}"))
}

fn text_if_any(node: &Value, name: &str, at: &str) -> Checked<()> {
    let fits = node.get(name).is_none_or(|it| it.as_str().is_some());
    fits.then_some(()).ok_or(format!("{at}: {name} is no text"))
}

/// How many categories a dimension has.
fn dimension(node: &Value, at: &str) -> Checked<usize> {
    members(node, &DIMENSION, at)?;
    text_if_any(node, "label", at)?;
    let category = node.get("category").ok_or("no category")?;
    members(category, &CATEGORY, at)?;
    let codes = texts(category.get("index"), at)?;
    let labels = category.get("label").and_then(Value::as_object);
    for (code, label) in labels.ok_or(format!("{at}: no labels"))?.iter() {
        if !codes.contains(&code) || label.as_str().is_none() {
            return Err(format!("{at}: the label of {code}"));
        }
    }
    Ok(codes.len())
}

fn dataset(node: &Value, at: &str) -> Checked<()> {
    members(node, &DATASET, at)?;
    is(node, "version", "2.0")?;
    is(node, "class", "dataset")?;
    text_if_any(node, "label", at)?;
    let ids = texts(node.get("id"), at)?;
    let dimensions = node.get("dimension").and_then(Value::as_object);
    let dimensions = dimensions.ok_or(format!("{at}: no dimensions"))?;
    if dimensions.iter().count() != ids.len() {
        return Err(format!("{at}: {ids:?} are not the dimensions"));
    }
    let sizes = node.get("size").and_then(Value::as_list);
    let sizes = sizes.ok_or(format!("{at}: no sizes"))?;
    let mut n_cells = 1;
    for (ix, id) in ids.iter().enumerate() {
        let it = dimensions.get(id).ok_or(format!("{at}: no {id}"))?;
        let n = dimension(it, &format!("{at}/{id}"))?;
        if sizes.get(ix) != i32::try_from(n).ok().map(Value::from).as_ref() {
            return Err(format!("{at}: the size of {id} is not {n}"));
        }
        n_cells *= n;
    }
    if sizes.len() != ids.len() {
        return Err(format!("{at}: more sizes than dimensions"));
    }
    if let Some(role) = node.get("role") {
        let kinds = Members(&[&["time", "geo", "metric"]], &[]);
        for (kind, of) in members(role, &kinds, at)? {
            let named = texts(Some(of), at)?;
            if !named.iter().all(|it| ids.contains(it)) {
                return Err(format!("{at}: the role {kind} names {named:?}"));
            }
        }
    }
    let values = node.get("value").and_then(Value::as_list);
    let values = values.ok_or(format!("{at}: no values"))?;
    let fits = |it: &Value| it.is_null() || it.as_f64().is_some() || it.as_str().is_some();
    if values.len() != n_cells || !values.iter().all(fits) {
        return Err(format!("{at}: {} values for {n_cells} cells", values.len()));
    }
    for (place, status) in node
        .get("status")
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(Object::iter)
    {
        let value = place.parse::<usize>().ok().and_then(|it| values.get(it));
        if value.is_none() || status.as_str().is_none() {
            return Err(format!("{at}: the status of {place}"));
        }
    }
    let is_object = |name: &str| node.get(name).is_none_or(|it| it.as_object().is_some());
    (is_object("extension") && is_object("status"))
        .then_some(())
        .ok_or(format!("{at}: no object"))
}

/// A collection whose items are whole datasets; how many there are.
pub(crate) fn collection(node: &Value) -> Checked<usize> {
    members(node, &COLLECTION, "")?;
    is(node, "version", "2.0")?;
    is(node, "class", "collection")?;
    text_if_any(node, "label", "")?;
    let link = node.get("link").ok_or("no link")?;
    members(link, &Members(&[&["item"]], &["item"]), "/link")?;
    let items = link
        .get("item")
        .and_then(Value::as_list)
        .ok_or("no items")?;
    for (ix, item) in items.iter().enumerate() {
        dataset(item, &format!("/link/item/{ix}"))?;
    }
    Ok(items.len())
}

#[test]
fn json_stat_is_valid_for_every_kind_of_question_with_and_without_groups() {
    let crossed = ["municipality", "age_band"].map(str::to_owned).to_vec();
    for groups in [Vec::new(), vec!["municipality".to_owned()], crossed] {
        let query = Query {
            groups,
            ..Query::default()
        };
        for protection in [Protection::RESIDENTS, Protection::none()] {
            let release = village().tabulate(&query, &protection);
            let tree = json_stat(&release, &edition(&codebook()));
            let text = tree.to_string();
            let read = Value::parse(&text).expect("JSON");
            let checked = collection(&read);
            assert!(matches!(checked, Ok(n) if n > 2), "{checked:?} in {text}");
        }
    }
}

#[test]
fn what_the_schema_forbids_is_found() {
    let release = village().tabulate(&by_municipality(), &Protection::RESIDENTS);
    let text = json_stat(&release, &edition(&codebook())).to_string();
    assert_eq!(collection(&Value::parse(&text).expect("JSON")), Ok(2));
    for (part, instead) in [
        ("\"class\":\"dataset\"", "\"class\":\"data\""),
        (
            "\"version\":\"2.0\",\"class\":\"dataset\"",
            "\"class\":\"dataset\"",
        ),
        ("\"size\":[2,2]", "\"size\":[2,3]"),
        ("\"value\":[", "\"value\":[1,"),
        ("\"metric\":[\"measure\"]", "\"metric\":[\"nothing\"]"),
        ("\"extension\":{", "\"n\":1,\"extension\":{"),
        ("\"7\":\"hidden\"", "\"99\":\"hidden\""),
        (
            "\"index\":[\"count\",\"percent\"]",
            "\"index\":[\"count\",\"count\"]",
        ),
        ("\"item\":", "\"items\":"),
    ] {
        let broken = text.replacen(part, instead, 1);
        assert_ne!(broken, text, "{part} in {text}");
        let read = Value::parse(&broken).expect("JSON");
        assert!(collection(&read).is_err(), "{instead}");
    }
}

/// Neither a zero, which would tell that nobody was there, nor a figure of everybody stands where
/// something is hidden, and nothing tells for which reason it is.
#[test]
fn what_is_hidden_is_null_and_hidden_alike() {
    let mut people = vec![r#""municipality":"hml","mood":5,"hours":3,"hobbies":["walk"]"#; 30];
    people.extend(vec![r#""municipality":"rii","mood":4,"drinks":"no""#; 14]);
    people.extend(vec![r#""municipality":"rii","mood":"x","hours":40"#; 2]);
    people.extend(vec![r#""municipality":"jan","mood":1"#; 3]);
    let dataset = answered(&people);
    let query = Query {
        groups: vec!["municipality".to_owned()],
        ..Query::default()
    };
    let release = dataset.tabulate(&query, &Protection::RESIDENTS);
    let groups = release.groups().iter();
    assert!(groups.clone().any(|it| it.hidden.is_some()));
    let hidden = |figures: &Figures| figures.rows.iter().filter(|it| it.hidden.is_some()).count();
    let of_all = release.questions().iter().map(hidden);
    let of_groups = groups.flat_map(|group| {
        let all = release.questions().iter();
        all.map(move |whole| {
            if group.hidden.is_some() {
                return whole.rows.len();
            }
            let own = group.questions.iter().find(|it| it.name == whole.name);
            own.map_or(0, hidden)
        })
    });
    // A count and a per cent each.
    let expected = 2 * of_all.chain(of_groups).sum::<usize>();
    let tree = json_stat(&release, &edition(&codebook()));
    let datasets = tree.get("link").and_then(|it| it.get("item")?.as_list());
    let mut found = 0;
    for it in datasets.expect("datasets") {
        let values = it.get("value").and_then(Value::as_list).expect("values");
        let status = it.get("status").and_then(Value::as_object);
        let status: Vec<(&str, &Value)> = status.into_iter().flat_map(Object::iter).collect();
        for (place, why) in &status {
            let place: usize = place.parse().expect("a place");
            assert_eq!(values[place], Value::Null);
            assert_eq!(**why, Value::from("hidden"));
        }
        let dimensions = it.get("dimension").expect("dimensions");
        if dimensions.get("measure").is_some() {
            found += status.len();
        }
    }
    assert!(expected > 20, "only {expected}");
    assert_eq!(found, expected);
}
