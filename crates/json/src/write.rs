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

/// `Number::toString` of ECMA-262 (6.1.6.1.20): the shortest digits that read back as the same
/// number, with an exponent from 10^21 on and below 10^-6; what is not finite becomes `null`.
fn number(number: f64, out: &mut String) {
    if !number.is_finite() {
        out.push_str("null");
        return;
    }
    if number == 0.0 {
        out.push('0');
        return;
    }
    let scientific = format!("{number:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    if mantissa.starts_with('-') {
        out.push('-');
    }
    let fraction = digits.get(1..).unwrap_or_default();
    match usize::try_from(exponent) {
        Ok(exponent) if exponent <= 20 => {
            let point = exponent + 1;
            match digits.split_at_checked(point) {
                Some((whole, "")) => out.push_str(whole),
                Some((whole, fraction)) => {
                    out.push_str(whole);
                    out.push('.');
                    out.push_str(fraction);
                }
                None => {
                    out.push_str(&digits);
                    out.extend(core::iter::repeat_n('0', point - digits.len()));
                }
            }
        }
        Err(_) if exponent >= -6 => {
            out.push_str("0.");
            out.extend((exponent..-1).map(|_| '0'));
            out.push_str(&digits);
        }
        _ => {
            out.push_str(digits.get(..1).unwrap_or_default());
            if !fraction.is_empty() {
                out.push('.');
                out.push_str(fraction);
            }
            out.push_str(if exponent < 0 { "e" } else { "e+" });
            let _ = write!(out, "{exponent}");
        }
    }
}
