//! Any text with any answers: the first line is the expression, the rest the answers as JSON.
#![no_main]

use json::Value;
use libfuzzer_sys::fuzz_target;
use questionnaire::expression::{Expression, ObjectScope};

fuzz_target!(|data: &str| {
    let (source, values) = data.split_once('\n').unwrap_or((data, ""));
    let Ok(expression) = Expression::parse(source) else {
        return;
    };
    let values = match Value::parse(values) {
        Ok(Value::Object(values)) => values,
        _ => json::Object::new(),
    };
    let scope = ObjectScope {
        values,
        today: (2026, 3, 13),
    };
    let first = expression.evaluate(&scope);
    let again = expression.evaluate(&scope);
    assert_eq!(format!("{first:?}"), format!("{again:?}"));
    assert_eq!(expression.variables(), expression.variables());
});
