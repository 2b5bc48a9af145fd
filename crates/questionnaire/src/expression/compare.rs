//! Equality, order and membership between values of any kinds.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::calendar;
use super::datum::{Datum, joined};
use super::number;

/// `left = right`.
pub(super) fn equal(left: &Datum, right: &Datum, order_matters: bool) -> bool {
    match dated(left, right) {
        Some((left, right)) => left == right,
        None => same(left, right, order_matters),
    }
}

/// `left < right` (or `>`, for the other `wanted`); never true beside an empty value.
pub(super) fn ordered(left: &Datum, right: &Datum, wanted: Ordering) -> bool {
    if left.is_empty() || right.is_empty() {
        return false;
    }
    let ordering = match (left, right) {
        (Datum::Text(left), Datum::Text(right)) => {
            Some(left.encode_utf16().cmp(right.encode_utf16()))
        }
        _ => match dated(left, right) {
            Some((left, right)) => left.partial_cmp(&right),
            None => compared(left, right),
        },
    };
    ordering == Some(wanted)
}

/// Two values as the reference's language orders them.
pub(super) fn compared(left: &Datum, right: &Datum) -> Option<Ordering> {
    let text = |datum: &Datum| match datum {
        Datum::Text(_) | Datum::List(_) | Datum::Object(_) => Some(datum.written().into_owned()),
        _ => None,
    };
    match (text(left), text(right)) {
        (Some(left), Some(right)) => Some(left.encode_utf16().cmp(right.encode_utf16())),
        _ => left.forced_number().partial_cmp(&right.forced_number()),
    }
}

/// A date beside a text compares by day if the text carries no time.
fn dated(left: &Datum, right: &Datum) -> Option<(f64, f64)> {
    match (left, right) {
        (Datum::Date(left), Datum::Text(right)) => {
            let right = calendar::read(right);
            Some((calendar::midnight(*left), calendar::midnight(right)))
        }
        (Datum::Text(left), Datum::Date(right)) => {
            let left = calendar::read(left);
            Some((calendar::midnight(left), calendar::midnight(*right)))
        }
        _ => None,
    }
}

/// The same answer: texts without regard to case and surrounding space, numbers however they are
/// written, lists in any order unless `order_matters`.
pub(super) fn same(left: &Datum, right: &Datum, order_matters: bool) -> bool {
    let (left, right) = (meant(left), meant(right));
    match (left, right) {
        (Datum::Undefined, Datum::Undefined)
        | (Datum::Null, Datum::Null)
        | (Datum::Undefined, Datum::Null)
        | (Datum::Null, Datum::Undefined) => return true,
        (Datum::List(items), Datum::Undefined) | (Datum::Undefined, Datum::List(items))
            if items.is_empty() =>
        {
            return true;
        }
        (Datum::Undefined | Datum::Null, Datum::Text(text))
        | (Datum::Text(text), Datum::Undefined | Datum::Null)
            if text.is_empty() =>
        {
            return true;
        }
        (Datum::Text(left), Datum::Text(right)) => {
            let (left, right) = (number::trimmed(left), number::trimmed(right));
            return left == right || left.to_lowercase() == right.to_lowercase();
        }
        (Datum::Date(left), Datum::Date(right)) => return left == right,
        _ => {}
    }
    if let (Some(left), Some(right)) = (as_count(left), as_count(right))
        && left == right
    {
        return true;
    }
    if left.is_empty() || right.is_empty() {
        return false;
    }
    match (left, right) {
        (Datum::Bool(it), Datum::Text(text)) | (Datum::Text(text), Datum::Bool(it)) => {
            text.to_lowercase() == if *it { "true" } else { "false" }
        }
        (Datum::List(left), Datum::List(right)) => same_items(left, right, order_matters),
        (Datum::Object(left), Datum::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(name, value)| {
                    right.get(name).is_some_and(|other| {
                        same(
                            &Datum::plain(value.clone()),
                            &Datum::plain(other.clone()),
                            order_matters,
                        )
                    })
                })
        }
        (Datum::List(_) | Datum::Object(_) | Datum::Date(_), _)
        | (_, Datum::List(_) | Datum::Object(_) | Datum::Date(_)) => false,
        _ => left.forced_number() == right.forced_number(),
    }
}

/// The text `undefined` means nothing at all.
fn meant<'d, 'a>(datum: &'d Datum<'a>) -> &'d Datum<'a> {
    match datum {
        Datum::Text(text) if text == "undefined" => &Datum::Undefined,
        other => other,
    }
}

/// The number that stands for a value in an equality.
fn as_count(datum: &Datum) -> Option<f64> {
    datum.as_number()
}

fn same_items(left: &[Datum], right: &[Datum], order_matters: bool) -> bool {
    if left.len() != right.len() {
        return false;
    }
    if order_matters {
        return left
            .iter()
            .zip(right)
            .all(|(left, right)| same(left, right, order_matters));
    }
    let mut unmatched: Vec<&Datum> = right.iter().collect();
    left.iter().all(|item| {
        let found = unmatched.iter().position(|other| same(item, other, false));
        found.is_some_and(|at| {
            unmatched.swap_remove(at);
            true
        })
    })
}

/// `left contains right`, or its contrary.
pub(super) fn contains(left: &Datum, right: &Datum, expected: bool) -> bool {
    let text: Cow<str> = match left {
        Datum::Undefined | Datum::Null => return false,
        Datum::Text(text) if text.is_empty() => return false,
        Datum::Number(it) if it.is_nan() => return false,
        Datum::List(items) if !items.is_empty() => return holds(items, right) == expected,
        Datum::List(items) => joined(items, ",").into(),
        other => other.written(),
    };
    if !right.is_truthy() {
        return false;
    }
    let found = match right {
        Datum::Text(right) => text.to_lowercase().contains(&right.to_lowercase()),
        right => text.contains(right.written().as_ref()),
    };
    found == expected
}

fn holds(items: &[Datum], wanted: &Datum) -> bool {
    let holds_one = |wanted: &Datum| items.iter().any(|item| same(item, wanted, false));
    match wanted {
        Datum::List(wanted) => wanted.iter().all(holds_one),
        wanted => holds_one(wanted),
    }
}

/// `left notcontains right`.
pub(super) fn contains_not(left: &Datum, right: &Datum) -> bool {
    if !left.is_truthy() && !right.is_empty() {
        return true;
    }
    contains(left, right, false)
}

/// `left anyof right`.
pub(super) fn any_of(left: &Datum, right: &Datum) -> bool {
    match (left, right) {
        _ if right.is_empty() => true,
        _ if left.is_empty() => false,
        (Datum::List(_), Datum::List(wanted)) => {
            wanted.iter().any(|wanted| contains(left, wanted, true))
        }
        (Datum::List(_), _) => contains(left, right, true),
        _ => contains(right, left, true),
    }
}

/// `left allof right`.
pub(super) fn all_of(left: &Datum, right: &Datum) -> bool {
    match right {
        _ if !left.is_truthy() && !right.is_empty() => false,
        Datum::List(wanted) => wanted.iter().all(|wanted| contains(left, wanted, true)),
        right => contains(left, right, true),
    }
}

/// `left noneof right`.
pub(super) fn none_of(left: &Datum, right: &Datum) -> bool {
    if right.is_empty() {
        return false;
    }
    left.is_empty() || !any_of(left, right)
}
