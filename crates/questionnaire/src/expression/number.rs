//! Numbers as the format's reference reads and writes them.

use json::decimal::Decimal;

/// The number that a text stands for as a whole, `None` if it is not one: decimal digits with a
/// decimal point or one decimal comma, an exponent with a positive power, or `0x` and digits.
///
/// Long runs of digits (more than 15 characters) are identifiers rather than numbers, and a text
/// with an operator inside is a formula or a date.
pub(super) fn read(text: &str) -> Option<f64> {
    let text = trimmed(text);
    if let Some(digits) = text.strip_prefix("0x") {
        return if text.len() > 32 {
            None
        } else {
            leading_hexadecimal(digits)
        };
    }
    let is_long = text.len() > 15 && text.bytes().all(|byte| byte.is_ascii_digit());
    let has_operator = text.char_indices().any(|(at, sign)| {
        matches!(sign, '*' | '^' | '/' | '%') || at > 0 && matches!(sign, '-' | '+')
    });
    if is_long || has_operator {
        return None;
    }
    let number = decimal(text).or_else(|| decimal_comma(text));
    // `0b…` and `0o…` count as numbers, but only their leading zero is read.
    number.or_else(|| prefixed(text).map(|_| 0.0))
}

/// The number that a text with one comma between or beside its digits stands for.
pub(super) fn decimal_comma(text: &str) -> Option<f64> {
    let (whole, fraction) = trimmed(text).split_once(',')?;
    decimal(&[whole, ".", fraction].concat())
}

/// The number a text becomes when arithmetic forces it, not-a-number if it cannot.
pub(super) fn forced(text: &str) -> f64 {
    let text = trimmed(text);
    if text.is_empty() {
        return 0.0;
    }
    let unsigned = text.trim_start_matches(['+', '-']);
    if unsigned == "Infinity" && text.len() <= unsigned.len() + 1 {
        return if text.starts_with('-') {
            f64::NEG_INFINITY
        } else {
            f64::INFINITY
        };
    }
    decimal(text).or_else(|| prefixed(text)).unwrap_or(f64::NAN)
}

/// `text` without the white space that surrounds it, the byte order mark included.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_matches(|letter: char| {
        letter.is_whitespace() && letter != '\u{85}' || letter == '\u{feff}'
    })
}

/// Digits, point, exponent; finite.
fn decimal(text: &str) -> Option<f64> {
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    let is_plain = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E'));
    if !(has_digit && is_plain) {
        return None;
    }
    json::decimal::read(text).filter(|number| number.is_finite())
}

fn prefixed(text: &str) -> Option<f64> {
    let (radix, digits) = match text.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, text.get(2..)?),
        [b'0', b'o' | b'O', ..] => (8, text.get(2..)?),
        [b'0', b'b' | b'B', ..] => (2, text.get(2..)?),
        _ => return None,
    };
    if digits.is_empty() {
        return None;
    }
    digits.chars().try_fold(0.0, |value, digit| {
        Some(value * f64::from(radix) + f64::from(digit.to_digit(radix)?))
    })
}

fn leading_hexadecimal(text: &str) -> Option<f64> {
    let mut digits = text
        .chars()
        .map_while(|digit| digit.to_digit(16))
        .peekable();
    digits.peek()?;
    Some(digits.fold(0.0, |value, digit| value * 16.0 + f64::from(digit)))
}

/// Writes a number the way the reference's language does: the shortest digits that read back, no
/// exponent from 1e-6 up to 1e21.
pub(super) fn write(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 {
            "Infinity"
        } else {
            "-Infinity"
        }
        .to_owned();
    }
    let mut text = String::new();
    json::decimal::write(number, &mut text);
    text
}

/// A sum without the noise of binary fractions: no more decimals than its parts have.
pub(crate) fn plus(a: f64, b: f64) -> f64 {
    match decimals(a).max(decimals(b)) {
        0 => a + b,
        digits => fixed(a + b, digits),
    }
}

/// `number` with `digits` decimals, halves away from zero, as a number again.
pub(crate) fn fixed(number: f64, digits: usize) -> f64 {
    if !number.is_finite() || number.abs() >= 1e21 {
        return number;
    }
    let size = number.abs();
    if size == 0.0 {
        return number;
    }
    let digits = u16::try_from(digits).unwrap_or(100).min(100);
    let rounded = Decimal::fixed(size, digits).to_double();
    if number.is_sign_negative() {
        -rounded
    } else {
        rounded
    }
}

/// The number of decimals in the way `number` is written.
pub(super) fn decimals(number: f64) -> usize {
    if number.fract() == 0.0 {
        return 0;
    }
    decimals_written(&write(number))
}

/// The length of what stands after the first point of `text`, up to the next one.
pub(super) fn decimals_written(text: &str) -> usize {
    text.split('.').nth(1).map_or(0, str::len)
}

/// True if two numbers are exactly the same; not-a-number is not the same as itself.
#[expect(clippy::float_cmp, reason = "equality of answers is exact")]
pub(super) fn same(left: f64, right: f64) -> bool {
    left == right
}
