//! Writing compact JSON, byte for byte as `JSON.stringify` does.

use core::fmt::Write as _;

use crate::Value;

pub(crate) fn value(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(it) => number(*it, out),
        Value::Text(it) => text(it, out),
        Value::List(items) => {
            out.push('[');
            for (ix, item) in items.iter().enumerate() {
                if ix > 0 {
                    out.push(',');
                }
                self::value(item, out);
            }
            out.push(']');
        }
        Value::Object(object) => {
            out.push('{');
            for (ix, (name, member)) in object.iter().enumerate() {
                if ix > 0 {
                    out.push(',');
                }
                text(name, out);
                out.push(':');
                self::value(member, out);
            }
            out.push('}');
        }
    }
}

fn text(text: &str, out: &mut String) {
    out.push('"');
    for it in text.chars() {
        match it {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if it < ' ' => {
                let _ = write!(out, "\\u{:04x}", u32::from(it));
            }
            _ => out.push(it),
        }
    }
    out.push('"');
}

/// A number; what is not finite becomes `null`.
fn number(number: f64, out: &mut String) {
    if number.is_finite() {
        crate::decimal::write(number, out);
    } else {
        out.push_str("null");
    }
}
