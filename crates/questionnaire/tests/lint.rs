//! Every rule is triggered by a small file and is silent about one that differs in that alone.

use std::collections::BTreeSet;

use json::{Object, Value};
use questionnaire::definition::Survey;
use questionnaire::lint::{Finding, lint};

fn cases() -> Vec<(String, Value, Value)> {
    let cases = Value::parse(include_str!("lint_cases.json")).expect("lint_cases.json");
    cases
        .as_list()
        .expect("a list")
        .iter()
        .map(|case| {
            let survey = |which: &str| with_identity(case.get(which).expect(which).clone());
            let code = case.get("code").and_then(Value::as_str).expect("code");
            (code.to_owned(), survey("bad"), survey("good"))
        })
        .collect()
}

/// Cases leave out what is not their subject.
fn with_identity(survey: Value) -> Value {
    let Value::Object(mut survey) = survey else {
        panic!("a survey is an object");
    };
    if survey.get("kuuluu").is_none() {
        let identity = r#"{"id":"x","version":"1","languages":["en"],"mode":"group"}"#;
        survey.insert("kuuluu", Value::parse(identity).expect("identity"));
    }
    Value::Object(survey)
}

fn findings(document: &Value) -> Vec<Finding> {
    lint(document, &Survey::read(document))
}

#[test]
fn every_rule_finds_what_it_is_for() {
    for (code, bad, _) in cases() {
        let found = findings(&bad);
        assert!(
            found.iter().any(|it| it.code == code),
            "{code} not found in {}: {found:#?}",
            bad.to_string()
        );
        for it in found {
            assert!(
                it.suggestion.is_some_and(|it| !it.is_empty()),
                "{}",
                it.code
            );
        }
    }
}

#[test]
fn every_rule_is_silent_where_nothing_is_wrong() {
    for (code, _, good) in cases() {
        let found = findings(&good);
        assert!(
            found.is_empty(),
            "{code} in {}: {found:#?}",
            good.to_string()
        );
    }
}

#[test]
fn every_finding_points_into_the_document() {
    for (code, bad, _) in cases() {
        for finding in findings(&bad) {
            let mut here = Some(&bad);
            let steps: Vec<&str> = finding.at.split('/').skip(1).collect();
            for (index, step) in steps.iter().enumerate() {
                here = match here {
                    Some(Value::List(items)) => {
                        step.parse().ok().and_then(|it: usize| items.get(it))
                    }
                    Some(value) => value.get(step),
                    None => None,
                };
                let last = index + 1 == steps.len();
                assert!(
                    here.is_some() || last,
                    "{code}: {} leads nowhere",
                    finding.at
                );
            }
            assert!(
                !finding.expected.is_empty() && !finding.found.is_empty(),
                "{finding:?}"
            );
        }
    }
}

#[test]
fn the_reference_linter_s_rules_are_all_here() {
    let ours: BTreeSet<String> = cases().into_iter().map(|it| it.0).collect();
    for rule in include_str!("lint_rules_of_reference.txt").split_whitespace() {
        assert!(ours.contains(rule), "{rule} has no case");
    }
}

#[test]
fn what_depends_on_what_is_never_shown_is_found_to_the_end() {
    let text = r#"{"elements":[{"type":"text","name":"d"},{"type":"text","name":"a","visibleIf":"1 = 2"},
        {"type":"text","name":"b","visibleIf":"{a} notempty"},{"type":"text","name":"c","visibleIf":"{b} = 'x' and {d} notempty"}]}"#;
    let document = with_identity(Value::parse(text).expect("JSON"));
    let found = findings(&document);
    let found: Vec<&str> = found
        .iter()
        .filter(|it| it.code == "element/never-visible")
        .map(|it| it.at.as_str())
        .collect();
    assert_eq!(found, ["/elements/2/visibleIf", "/elements/3/visibleIf"]);
}

#[test]
fn findings_come_in_the_order_of_the_document() {
    let text = r#"{"elements":[{"type":"text","name":"a","visibleIf":"1 = 2"},{"type":"text","name":"constructor"}],
        "titel":"x","calculatedValues":[{"name":"c","expression":"{c}"}]}"#;
    let document = with_identity(Value::parse(text).expect("JSON"));
    let codes: Vec<&str> = findings(&document).iter().map(|it| it.code).collect();
    assert_eq!(
        codes,
        [
            "expression/contradiction",
            "name/reserved",
            "property/unknown",
            "cycle/calculated-value"
        ]
    );
}

#[test]
fn an_empty_document_is_linted_without_panic() {
    for text in [
        "{}",
        "[]",
        "null",
        "1",
        r#"{"pages":{}}"#,
        r#"{"pages":[1,{}]}"#,
    ] {
        let document = Value::parse(text).expect("JSON");
        let _ = findings(&document);
    }
    let _ = findings(&Value::Object(Object::new()));
}
