//! The expression engine against what survey-core 3.1.1 answers.

use std::collections::BTreeSet;

use json::{Object, Value};
use proptest::prelude::*;
use questionnaire::expression::{Expression, ObjectScope, Outcome, lookup};

const FIRST: &str = include_str!("../../../tests/conformance/expressions-first.tsv");
const MANY: &str = include_str!("../../../tests/conformance/expressions.ndjson");

/// Where the engine means something else on purpose, and what (see docs/format/expressions.md):
/// a number with a decimal comma is a number, in a quoted text too.
const DIFFERENCES: &[(&str, &str)] = &[
    ("{a} = '1,5'", r#"{"value":true}"#),
    ("'1,5' + 1", r#"{"value":2.5}"#),
];

fn answer(expression: &str, values: Object) -> Value {
    let scope = ObjectScope {
        values,
        today: (2026, 3, 13),
    };
    let (name, value) = match Expression::parse(expression).map(|it| it.evaluate(&scope)) {
        Err(_) => ("error", "parse".into()),
        Ok(Outcome::Undefined) => ("value", member("undefined", true.into())),
        Ok(Outcome::Value(value)) => ("value", value),
    };
    member(name, value)
}

fn member(name: &str, value: Value) -> Value {
    Value::Object(Object::from_iter([(name.to_owned(), value)]))
}

fn json(text: &str) -> Value {
    Value::parse(text).unwrap_or_else(|error| panic!("{error} in {text}"))
}

fn object(text: &str) -> Object {
    match json(text) {
        Value::Object(object) => object,
        other => panic!("not an object: {other:?}"),
    }
}

/// What is expected of `expression`, and whether that is a difference on purpose.
fn expected(expression: &str, reference: Value) -> Value {
    DIFFERENCES
        .iter()
        .find(|(other, _)| *other == expression)
        .map_or(reference, |(_, ours)| json(ours))
}

#[test]
fn the_first_vectors_hold_save_for_documented_differences() {
    let mut wrong = Vec::new();
    let mut held = 0;
    for line in FIRST.lines().skip(1) {
        let [expression, values, reference] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("not three columns: {line}");
        };
        let reference = match reference {
            "CANNOT PARSE" => member("error", "parse".into()),
            "undefined" => member("value", member("undefined", true.into())),
            "Date" => member("value", "2020-03-02T00:00:00.000Z".into()),
            value => member("value", json(value)),
        };
        let (found, expected) = (
            answer(expression, object(values)),
            expected(expression, reference),
        );
        if written(&found) == written(&expected) {
            held += 1;
        } else {
            wrong.push(format!("{expression} with {values}: {}", found.to_string()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(held, 173);
}

#[test]
fn six_thousand_vectors_hold_save_for_documented_differences() {
    let mut wrong = Vec::new();
    let mut held = 0;
    let mut kinds = BTreeSet::new();
    for line in MANY.lines() {
        let vector = json(line);
        let text = |name: &str| vector.get(name).and_then(Value::as_str);
        let expression = text("expr").expect("every vector has an expression");
        kinds.extend(text("kind").map(str::to_owned));
        let values = vector.get("values").and_then(Value::as_object);
        let reference = match vector.get("value") {
            Some(value) => member("value", value.clone()),
            None => member("error", "parse".into()),
        };
        let found = answer(expression, values.cloned().unwrap_or_default());
        if written(&found) == written(&expected(expression, reference)) {
            held += 1;
        } else {
            wrong.push(format!("{line}\n    {}", found.to_string()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!((held, kinds.len()), (6_000, 2));
}

/// JSON with the members of objects in the order of their names, not-a-number as null.
fn written(value: &Value) -> String {
    match value {
        Value::List(items) => format!(
            "[{}]",
            items.iter().map(written).collect::<Vec<_>>().join(",")
        ),
        Value::Object(members) => {
            let members: BTreeSet<String> = members
                .iter()
                .map(|(name, value)| format!("{name:?}:{}", written(value)))
                .collect();
            format!("{{{}}}", Vec::from_iter(members).join(","))
        }
        other => other.to_string(),
    }
}

#[test]
fn a_path_goes_through_names_positions_and_lengths() {
    let values =
        object(r#"{"a.b":1,"A":{"b":2,"c":[{"d":"x"},{"d":"yz"}]},"n":null,"list":[[1,2],[3]]}"#);
    let found = |name: &str| lookup(&values, name).map(|value| value.to_string());
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(found("A.B"), some("1"), "a dotted name before a path");
    assert_eq!(found("a.b.x"), None, "a longer name that is found is final");
    assert_eq!(found("a.c[0].D"), some("\"x\""));
    assert_eq!(found("a.c[-1].d"), some("\"yz\""));
    assert_eq!(found("a.c[-3].d"), None);
    assert_eq!(found("a.c.1.d.length"), some("2"));
    assert_eq!(found("a.c.length"), some("2"));
    assert_eq!(found("a.c.Length"), None);
    assert_eq!(found("nothing.at.all.length"), some("0"));
    assert_eq!(found("list[0].1"), some("2"));
    assert_eq!(found("n"), some("null"));
}

#[test]
fn what_an_expression_reads_and_calls_is_told_once() {
    let source = "{a} > 1 and sum({b.c}, {a}) = {#d} or displayValue('e') = nope([{f[0].x}])";
    let expression = Expression::parse(source).expect("it is an expression");
    assert_eq!(expression.variables(), ["a", "b.c", "d", "e", "f[0].x"]);
    assert_eq!(expression.functions(), ["sum", "displayValue", "nope"]);
}

#[test]
fn a_condition_holds_for_true_and_one_alone() {
    let scope = |values: &str| ObjectScope {
        values: object(values),
        today: (2026, 3, 13),
    };
    let holds = |source: &str, values: &str| {
        Expression::parse(source).is_ok_and(|it| it.is_true(&scope(values)))
    };
    assert!(holds("{a} = 'Kyllä'", r#"{"a":"kyllä "}"#));
    assert!(holds("{a}", r#"{"a":true}"#));
    assert!(holds("{a}", r#"{"a":"1"}"#));
    assert!(!holds("{a}", r#"{"a":2}"#));
    assert!(!holds("{a}", r#"{"a":"x"}"#));
    assert!(!holds("{a}", "{}"));
}

#[test]
fn where_reading_stopped_is_told() {
    let offset = |source: &str| Expression::parse(source).map_err(|error| error.offset);
    assert_eq!(offset("{a} = 1 }").unwrap_err(), 8);
    assert!(offset("{a} = ").unwrap_err() <= 6);
}

#[test]
fn nesting_is_bounded_and_long_chains_are_not_nesting() {
    for nest in ["(", "!", "[", "sum(", "negate ", "!("] {
        assert!(
            Expression::parse(&(nest.repeat(100_000) + "1")).is_err(),
            "{nest}"
        );
    }
    let shallow = "(".repeat(90) + "1" + &")".repeat(90);
    assert!(Expression::parse(&shallow).is_ok());
    let long = vec!["{a} = 1"; 20_000].join(" or ");
    let expression = Expression::parse(&long).expect("a long chain is an expression");
    assert!(!expression.is_true(&ObjectScope {
        values: Object::new(),
        today: (2026, 3, 13),
    }));
}

#[test]
fn brackets_that_nobody_closes_are_read_once() {
    // Tried again from every bracket around it, the last operand would be read 2^80 times.
    for operand in ["(a * ", "f(a * ", "[f(a * ", "!(a + "] {
        let source = operand.repeat(40) + "[";
        assert!(Expression::parse(&source).is_err(), "{source}");
    }
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<f64>().prop_map(Value::Number),
        "[0-9a-zÄ ,.:TZ+-]{0,12}".prop_map(Value::Text),
        Just(Value::Text("2026-02-29T25:61".to_owned())),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::List),
            prop::collection::vec(("[a-c]", inner), 0..4)
                .prop_map(|members| Value::Object(Object::from_iter(members))),
        ]
    })
}

/// Texts made of the language's own words, and now and then of anything.
fn any_source() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        8 => prop::sample::select(&[
            "{a}", "{b}", "{#c}", "{a.b[0].c}", "{c[-1]}", "{a.length}", "1", "-1.5", "0x10", "'x'", "\"1,5\"",
            "'2026-03-13'", "null", "true", "(", ")", "[", "]", ",", "!", "=", "<>", "<", ">=", "+", "-", "*", "/",
            "%", "^", " and ", " or ", " contains ", " anyof ", " noneof ", " empty", " notempty", "sum(", "round(",
            "trunc(", "iif(", "dateAdd(", "dateDiff(", "today(", "weekday(", "age(", "substring(", "maxInArray(",
            "sumInArray({a},'b',", "equals ", " ",
        ][..]).prop_map(str::to_owned),
        1 => "\\PC{0,4}",
    ];
    prop::collection::vec(word, 0..12).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_and_no_answers_make_the_engine_panic(
        source in any_source(),
        a in any_value(), b in any_value(), c in any_value(),
        today in (any::<i32>(), any::<u8>(), any::<u8>()),
    ) {
        let mut values = Object::new();
        for (name, value) in [("a", a), ("b", b), ("c", c)] {
            values.insert(name, value);
        }
        if let Ok(expression) = Expression::parse(&source) {
            let scope = ObjectScope { values, today };
            let first = expression.evaluate(&scope);
            let again = Expression::parse(&source).expect("it was read before").evaluate(&scope);
            prop_assert_eq!(format!("{first:?}"), format!("{again:?}"));
        }
    }

    #[test]
    fn arbitrary_text_is_read_or_refused_within_itself(source in "\\PC{0,60}") {
        if let Err(error) = Expression::parse(&source) {
            prop_assert!(error.offset <= source.len());
        }
    }
}
