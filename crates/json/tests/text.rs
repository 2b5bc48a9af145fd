//! Reading and writing JSON text, against `serde_json` and against `JSON.stringify`.

use json::{Object, Value};
use proptest::prelude::*;

fn ours(value: &serde_json::Value) -> Value {
    match value {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(it) => Value::Bool(*it),
        serde_json::Value::Number(it) => Value::Number(it.as_f64().expect("a double")),
        serde_json::Value::String(it) => Value::Text(it.clone()),
        serde_json::Value::Array(items) => Value::List(items.iter().map(ours).collect()),
        serde_json::Value::Object(members) => members
            .iter()
            .map(|(name, member)| (name.clone(), ours(member)))
            .collect::<Object>()
            .into(),
    }
}

#[test]
fn numbers_are_written_as_javascript_writes_them() {
    for (number, written) in [
        (0.0, "0"),
        (-0.0, "0"),
        (1.0, "1"),
        (-1.5, "-1.5"),
        (0.1 + 0.2, "0.30000000000000004"),
        (100.0, "100"),
        (1e20, "100000000000000000000"),
        (123_456_789_012_345_680_000.0, "123456789012345680000"),
        (1e21, "1e+21"),
        (1.5e300, "1.5e+300"),
        (1e-6, "0.000001"),
        (1.25e-6, "0.00000125"),
        (1e-7, "1e-7"),
        (-1.5e-9, "-1.5e-9"),
        (5e-324, "5e-324"),
        (f64::MAX, "1.7976931348623157e+308"),
        (951_016_535_750_383.1, "951016535750383.1"),
        (f64::NAN, "null"),
        (f64::INFINITY, "null"),
    ] {
        assert_eq!(Value::Number(number).to_string(), written);
    }
}

#[test]
fn texts_are_escaped_no_more_than_needed() {
    let text = Value::from("\"\\/\u{8}\u{c}\n\r\t\u{1}\u{7f}äö😀\u{2028}");
    let written = "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\u{7f}äö😀\u{2028}\"";
    assert_eq!(text.to_string(), written);
    assert_eq!(Value::parse(written), Ok(text));
}

#[test]
fn escapes_are_read_with_their_surrogate_pairs() {
    assert_eq!(
        Value::parse(r#""\u00e4\ud83d\ude00\/""#),
        Ok(Value::from("ä😀/"))
    );
    for bad in [
        r#""\ud83d""#,
        r#""\ude00""#,
        r#""\ud83d\u0041""#,
        r#""\u12""#,
        r#""\x""#,
    ] {
        assert!(Value::parse(bad).is_err(), "{bad}");
    }
}

#[test]
fn a_later_member_replaces_an_earlier_one_in_its_place() {
    let value = Value::parse(r#"{"a":1,"b":2,"a":3}"#).expect("JSON");
    assert_eq!(value.to_string(), r#"{"a":3,"b":2}"#);
}

#[test]
fn errors_say_line_column_and_reason() {
    for (text, said) in [
        ("", "line 1, column 1: expected a value, found the end"),
        ("{\n  \"ä\": x}", "line 2, column 8: expected a value"),
        ("[1,]", "line 1, column 4: expected a value"),
        ("[1 2]", "line 1, column 4: expected \",\" or \"]\""),
        ("{1:2}", "line 1, column 2: expected a name in quotes"),
        ("{\"a\" 1}", "line 1, column 6: expected \":\""),
        ("1 1", "line 1, column 3: expected nothing more"),
        (
            "01",
            "line 1, column 3: expected a number without leading zeros",
        ),
        ("1.", "line 1, column 3: expected a digit after the point"),
        ("1e999", "line 1, column 6: expected a number within range"),
        (
            "\"abc",
            "line 1, column 5: expected a closing quote, found the end",
        ),
    ] {
        assert_eq!(Value::parse(text).expect_err(text).to_string(), said);
    }
}

#[test]
fn nesting_is_bounded() {
    let nested = |levels| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert!(Value::parse(&nested(128)).is_ok());
    assert!(Value::parse(&nested(129)).is_err());
    assert!(Value::parse(&"[".repeat(1_000_000)).is_err());
}

#[test]
fn an_object_with_many_equal_names_is_read_quickly() {
    let text = format!("{{{}}}", vec![r#""a":1,"b":2"#; 50_000].join(","));
    let value = Value::parse(&text).expect("JSON");
    assert_eq!(value.as_object().map(Object::len), Some(2));
}

proptest! {
    #[test]
    fn finite_numbers_come_back_as_they_were(bits in any::<u64>()) {
        let number = f64::from_bits(bits);
        prop_assume!(number.is_finite());
        let written = Value::Number(number).to_string();
        prop_assert_eq!(Value::parse(&written), Ok(Value::Number(number)));
    }

    #[test]
    fn any_text_is_read_as_serde_json_reads_it(text in r#"[\[\]{}:,"\\ntrufalsew0-9eE.+ \n-]{0,24}"#) {
        let oracle = serde_json::from_str::<serde_json::Value>(&text).ok().map(|it| ours(&it));
        prop_assert_eq!(Value::parse(&text).ok(), oracle);
    }

    #[test]
    fn texts_come_back_as_they_were(text in any::<String>()) {
        let value = Value::Text(text.clone());
        prop_assert_eq!(Value::parse(&value.to_string()), Ok(value.clone()));
        prop_assert_eq!(value.to_string(), serde_json::to_string(&text).expect("JSON"));
    }
}
