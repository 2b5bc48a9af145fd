//! The expression engine against what survey-core 3.1.1 answers.

use json::{Object, Value};
use questionnaire::expression::{Expression, ObjectScope, Outcome};

const FIRST: &str = include_str!("../../../tests/conformance/expressions-first.tsv");

/// Where the engine means something else on purpose (see docs/format/expressions.md).
const DIFFERENCES: &[(&str, &str, &str)] = &[
    // A number with a decimal comma is a number, in a quoted text too.
    ("{a} = '1,5'", r#"{"a":1.5}"#, "true"),
    ("'1,5' + 1", "{}", "2.5"),
];

fn answer(expression: &str, values: Object) -> String {
    let scope = ObjectScope {
        values,
        today: (2026, 3, 13),
    };
    match Expression::parse(expression).map(|it| it.evaluate(&scope)) {
        Err(_) => "CANNOT PARSE".to_owned(),
        Ok(Outcome::Undefined) => "undefined".to_owned(),
        Ok(Outcome::Value(value)) => value.to_string(),
    }
}

fn object(text: &str) -> Object {
    match Value::parse(text) {
        Ok(Value::Object(object)) => object,
        other => panic!("not an object: {other:?}"),
    }
}

#[test]
fn the_first_vectors_hold_save_for_documented_differences() {
    let mut wrong = Vec::new();
    let mut held = 0;
    for line in FIRST.lines().skip(1) {
        let [expression, values, expected] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("not three columns: {line}");
        };
        let expected = match expected {
            "Date" => r#""2020-03-02T00:00:00.000Z""#,
            expected => DIFFERENCES
                .iter()
                .find(|(e, v, _)| *e == expression && *v == values)
                .map_or(expected, |(_, _, ours)| ours),
        };
        let found = answer(expression, object(values));
        if found == expected {
            held += 1;
        } else {
            wrong.push(format!(
                "{expression} with {values}: {found}, expected {expected}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(held, 173);
}
