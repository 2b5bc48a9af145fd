//! Values while an expression is evaluated, and how they turn into each other.

use std::borrow::Cow;

use json::{Object, Value};

use super::{calendar, number};

/// A value inside the evaluator: JSON, and what JSON lacks.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Datum<'a> {
    /// No value at all.
    Undefined,
    /// No answer.
    Null,
    Bool(bool),
    /// Not-a-number and infinities included.
    Number(f64),
    Text(Cow<'a, str>),
    /// Milliseconds since 1970-01-01 00:00 local time; not-a-number for a date that is none.
    Date(f64),
    List(Vec<Datum<'a>>),
    Object(Object),
}

impl Datum<'_> {
    /// A JSON value as it stands.
    pub(super) fn plain(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(it) => Self::Bool(it),
            Value::Number(it) => Self::Number(it),
            Value::Text(it) => Self::Text(Cow::Owned(it)),
            Value::List(items) => Self::List(items.into_iter().map(Self::plain).collect()),
            Value::Object(it) => Self::Object(it),
        }
    }

    /// A variable's value: a text that looks like a number or a truth value becomes one, a text
    /// in quotes loses them.
    pub(super) fn converted(value: Value) -> Self {
        let Value::Text(text) = value else {
            return Self::plain(value);
        };
        if text.eq_ignore_ascii_case("true") {
            return Self::Bool(true);
        }
        if text.eq_ignore_ascii_case("false") {
            return Self::Bool(false);
        }
        if let Some(inner) = unquoted(&text) {
            return Self::Text(Cow::Owned(inner.to_owned()));
        }
        let has_leading_zero =
            matches!(text.as_bytes(), [b'0', next, ..] if !matches!(next, b'.' | b',' | b'x'));
        match number::read(&text) {
            Some(number) if !has_leading_zero => Self::Number(number),
            _ => Self::Text(Cow::Owned(text)),
        }
    }

    /// The same value without ties to the expression it came from.
    pub(super) fn into_value(self) -> Option<Value> {
        Some(match self {
            Self::Undefined => return None,
            Self::Null => Value::Null,
            Self::Bool(it) => Value::Bool(it),
            Self::Number(it) => Value::Number(it),
            Self::Text(it) => Value::Text(it.into_owned()),
            Self::Date(it) => calendar::iso(it).map_or(Value::Null, Value::Text),
            Self::List(items) => Value::List(
                items
                    .into_iter()
                    .map(|item| item.into_value().unwrap_or_default())
                    .collect(),
            ),
            Self::Object(it) => Value::Object(it),
        })
    }

    /// Undefined or null.
    pub(super) fn is_missing(&self) -> bool {
        matches!(self, Self::Undefined | Self::Null)
    }

    /// True for what counts as an answer of "yes" where a truth value is wanted.
    pub(super) fn is_truthy(&self) -> bool {
        match self {
            Self::Undefined | Self::Null => false,
            Self::Bool(it) => *it,
            Self::Number(it) => *it != 0.0 && !it.is_nan(),
            Self::Text(it) => !it.is_empty(),
            Self::Date(_) | Self::List(_) | Self::Object(_) => true,
        }
    }

    /// True for `true`, and for what is 1 as a number: how a condition's result is judged.
    pub(super) fn is_true(&self) -> bool {
        match self {
            Self::Bool(it) => *it,
            Self::Date(_) => false,
            other => number::same(other.forced_number(), 1.0),
        }
    }

    /// Nothing, an empty text, an empty list, an object of nothing, not-a-number.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Undefined | Self::Null => true,
            Self::Bool(_) | Self::Date(_) => false,
            Self::Number(it) => it.is_nan(),
            Self::Text(it) => it.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Object(members) => members.iter().all(|(_, value)| is_empty(value)),
        }
    }

    /// The number this is or is written as, if only in a list of one.
    pub(super) fn as_number(&self) -> Option<f64> {
        match self {
            Self::Number(it) => it.is_finite().then_some(*it),
            Self::Text(it) => number::read(it),
            Self::List(_) => {
                let number = self.forced_number();
                (number.is_finite() && !self.written().is_empty()).then_some(number)
            }
            _ => None,
        }
    }

    /// The number arithmetic makes of this.
    pub(super) fn forced_number(&self) -> f64 {
        match self {
            Self::Undefined | Self::Object(_) => f64::NAN,
            Self::Null => 0.0,
            Self::Bool(it) => f64::from(u8::from(*it)),
            Self::Number(it) | Self::Date(it) => *it,
            Self::Text(it) => number::decimal_comma(it).unwrap_or_else(|| number::forced(it)),
            Self::List(_) => number::forced(&self.written()),
        }
    }

    /// The text joining makes of this.
    pub(super) fn written(&self) -> Cow<'_, str> {
        match self {
            Self::Undefined => "undefined".into(),
            Self::Null => "null".into(),
            Self::Bool(it) => if *it { "true" } else { "false" }.into(),
            Self::Number(it) => number::write(*it).into(),
            Self::Text(it) => Cow::Borrowed(it),
            Self::Date(it) => calendar::spelled(*it).into(),
            Self::List(items) => joined(items, ",").into(),
            Self::Object(_) => "[object Object]".into(),
        }
    }
}

/// Items as text with `separator` between them; missing items leave nothing.
pub(super) fn joined(items: &[Datum], separator: &str) -> String {
    let mut text = String::new();
    for (ix, item) in items.iter().enumerate() {
        if ix > 0 {
            text.push_str(separator);
        }
        if !item.is_missing() {
            text.push_str(&item.written());
        }
    }
    text
}

/// True for JSON that carries no answer.
pub(crate) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(_) => false,
        Value::Number(it) => it.is_nan(),
        Value::Text(it) => it.is_empty(),
        Value::List(items) => items.is_empty(),
        Value::Object(members) => members.iter().all(|(_, value)| is_empty(value)),
    }
}

fn unquoted(text: &str) -> Option<&str> {
    let is_quote = |letter: char| matches!(letter, '\'' | '"');
    let inner = text.strip_prefix(is_quote)?.strip_suffix(is_quote)?;
    Some(inner)
}
