//! What `docs/format.md` and its pages say is what the engine reads: every example is a file
//! without findings, and every property that a table names is one that the reader knows.

use json::{Object, Value};
use questionnaire::definition::Survey;
use questionnaire::lint::lint;

const FORMAT: &str = include_str!("../../../docs/format.md");
const PAGES: [&str; 4] = [
    FORMAT,
    include_str!("../../../docs/format/expressions.md"),
    include_str!("../../../docs/format/session.md"),
    include_str!("../../../docs/format/giving-back.md"),
];

/// The blocks of JSON on all pages.
fn examples() -> Vec<&'static str> {
    let blocks = PAGES
        .iter()
        .flat_map(|page| page.split("```json\n").skip(1));
    blocks.filter_map(|it| it.split("```").next()).collect()
}

/// A survey of what an example shows: the example itself, an element, elements, or properties of
/// an element, one a line.
fn surveys_of(example: &str) -> Vec<Value> {
    let survey = |members: &str| {
        let identity = r#""kuuluu":{"id":"x","version":"1","languages":["fi"],"mode":"group"}"#;
        Value::parse(&format!("{{{identity},{members}}}")).expect("JSON")
    };
    match Value::parse(example) {
        Ok(whole) if whole.get("pages").is_some() || whole.get("elements").is_some() => vec![whole],
        Ok(whole) if whole.get("type").is_some() => {
            vec![survey(&format!(r#""elements":[{example}]"#))]
        }
        Ok(Value::List(_)) => vec![survey(&format!(r#""elements":{example}"#))],
        Ok(other) => panic!("what is this an example of: {other:?}"),
        Err(_) => example
            .lines()
            .map(|line| {
                let element = format!(r#"{{"type":"text","name":"a",{line}}}"#);
                Value::parse(&element).unwrap_or_else(|error| panic!("{line}: {error}"));
                survey(&format!(r#""elements":[{element}]"#))
            })
            .collect(),
    }
}

#[test]
fn every_example_is_without_findings() {
    let examples = examples();
    assert!(examples.len() >= 2);
    for example in examples {
        for document in surveys_of(example) {
            let findings: Vec<String> = lint(&document, &Survey::read(&document))
                .iter()
                .map(|it| format!("{} {it}", it.code))
                // An example in two languages stands in a survey of one here.
                .filter(|it| !it.contains("language/undeclared"))
                .collect();
            assert_eq!(findings, Vec::<String>::new(), "{example}");
        }
    }
}

/// Names in code marks in the first cell of the rows of the tables under a heading.
fn properties(heading: &str) -> Vec<&'static str> {
    let text = FORMAT
        .split_once(&format!("\n{heading}\n"))
        .unwrap_or_else(|| panic!("{heading} is no heading"))
        .1;
    let text = text.split("\n#").next().unwrap_or_default();
    let rows = text.lines().filter(|it| it.starts_with("| `"));
    let cells = rows.filter_map(|it| it.split('|').nth(1));
    let names: Vec<&str> = cells
        .flat_map(|it| it.split('`').skip(1).step_by(2))
        .collect();
    assert!(!names.is_empty(), "nothing under {heading}");
    names
}

/// Whether the reader knows the property of the object at `at` in `document`.
fn is_known(document: &Value, name: &str) -> bool {
    let parsed = Survey::read(document);
    !parsed
        .problems
        .iter()
        .any(|it| it.code == "property/unknown" && it.at.ends_with(&format!("/{name}")))
}

fn with(base: &str, name: &str) -> Value {
    let Ok(Value::Object(mut object)) = Value::parse(base) else {
        panic!("{base} is no object");
    };
    if object.get(name).is_none() {
        object.insert(name, "x".into());
    }
    Value::Object(object)
}

fn survey_with(element: Value) -> Value {
    let mut survey = Object::new();
    survey.insert("elements", Value::List(vec![element]));
    Value::Object(survey)
}

#[test]
fn every_property_in_a_table_is_read() {
    for name in properties("## The survey") {
        assert!(is_known(&with(r#"{"elements":[]}"#, name), name), "{name}");
    }
    for name in properties("## Pages and panels") {
        let page = with(r#"{"elements":[{"type":"text","name":"a"}]}"#, name);
        let panel = with(
            r#"{"type":"panel","name":"p","elements":[{"type":"text","name":"a"}]}"#,
            name,
        );
        let mut survey = Object::new();
        survey.insert("pages", Value::List(vec![page]));
        let known = is_known(&Value::Object(survey), name) || is_known(&survey_with(panel), name);
        assert!(known, "{name} of a page or panel");
    }
    for name in properties("## What all questions share") {
        for base in [
            r#"{"type":"text","name":"a"}"#,
            r#"{"type":"checkbox","name":"a","choices":[1]}"#,
            r#"{"type":"paneldynamic","name":"a"}"#,
        ] {
            assert!(
                is_known(&survey_with(with(base, name)), name),
                "{name} of {base}"
            );
        }
    }
    for heading in FORMAT.lines().filter(|it| it.starts_with("### `")) {
        let types: Vec<&str> = heading.split('`').skip(1).step_by(2).collect();
        let text = FORMAT.split_once(heading).map_or("", |it| it.1);
        let text = text.split("\n#").next().unwrap_or_default();
        if !text.contains("| `") {
            continue;
        }
        for name in properties(heading) {
            let known = types.iter().any(|kind| {
                let base = format!(r#"{{"type":"{kind}","name":"a"}}"#);
                is_known(&survey_with(with(&base, name)), name)
            });
            assert!(known, "{name} of {types:?}");
        }
    }
}

/// The test above would notice a property that is not there.
#[test]
fn a_property_that_is_not_read_is_noticed() {
    let element = with(r#"{"type":"text","name":"a"}"#, "nonsense");
    assert!(!is_known(&survey_with(element), "nonsense"));
}
