//! Equality, order and membership between values of any kinds.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::datum::Datum;
use super::number;
use super::{Scope, calendar};

/// `left = right`.
pub(super) fn equal(left: &Datum, right: &Datum, scope: &dyn Scope) -> bool {
    match dated(left, right, scope) {
        Some((left, right)) => number::same(left, right),
        None => same(left, right),
    }
}

/// `left < right` (or `>`, for the other `wanted`); never true beside nothing.
#[inline(never)]
pub(super) fn ordered(left: &Datum, right: &Datum, wanted: Ordering, scope: &dyn Scope) -> bool {
    if left.is_missing() || right.is_missing() {
        return false;
    }
    let ordering = match (left, right) {
        (Datum::Text(left), Datum::Text(right)) => {
            Some(left.encode_utf16().cmp(right.encode_utf16()))
        }
        _ => match dated(left, right, scope) {
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
        _ => measured(left).partial_cmp(&measured(right)),
    }
}

/// As a number; a date that a formula has left in an answer by its milliseconds.
fn measured(datum: &Datum) -> f64 {
    match datum {
        Datum::Text(text) if text.len() == 24 && text.ends_with('Z') => calendar::read(text),
        other => other.forced_number(),
    }
}

/// A date beside a text: both by day, and an empty text as today.
#[inline(never)]
fn dated(left: &Datum, right: &Datum, scope: &dyn Scope) -> Option<(f64, f64)> {
    let day = |text: &str| match text {
        "" => calendar::today(scope),
        text => calendar::midnight(calendar::read(text)),
    };
    match (left, right) {
        (Datum::Date(left), Datum::Text(right)) => Some((calendar::midnight(*left), day(right))),
        (Datum::Text(left), Datum::Date(right)) => Some((day(left), calendar::midnight(*right))),
        _ => None,
    }
}

/// The same answer: texts without regard to case and surrounding space, numbers however they are
/// written, lists in any order.
pub(super) fn same(left: &Datum, right: &Datum) -> bool {
    let (left, right) = (meant(left), meant(right));
    match (left, right) {
        (Datum::Undefined | Datum::Null, Datum::Undefined | Datum::Null) => return true,
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
        (Datum::Date(left), Datum::Date(right)) => return number::same(*left, *right),
        _ => {}
    }
    if let (Some(left), Some(right)) = (as_count(left), as_count(right))
        && number::same(left, right)
    {
        return true;
    }
    if left.is_empty() != right.is_empty() {
        return false;
    }
    match (left, right) {
        (Datum::Bool(it), Datum::Text(text)) | (Datum::Text(text), Datum::Bool(it)) => {
            text.to_lowercase() == if *it { "true" } else { "false" }
        }
        (Datum::List(left), Datum::List(right)) => same_items(left, right),
        (Datum::Object(left), Datum::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(name, value)| {
                    right.get(name).is_some_and(|other| {
                        same(&Datum::plain(value.clone()), &Datum::plain(other.clone()))
                    })
                })
        }
        (Datum::List(_), Datum::Object(members)) | (Datum::Object(members), Datum::List(_)) => {
            members.is_empty()
        }
        (Datum::List(_) | Datum::Object(_) | Datum::Date(_), _)
        | (_, Datum::List(_) | Datum::Object(_) | Datum::Date(_)) => false,
        _ => number::same(left.forced_number(), right.forced_number()),
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
    match datum {
        Datum::Number(_) | Datum::Text(_) => datum.as_number(),
        _ => None,
    }
}

/// Lists are put in the order of their written items first, as the reference does.
#[inline(never)]
fn same_items(left: &[Datum], right: &[Datum]) -> bool {
    let sorted = |items: &[Datum]| -> Vec<usize> {
        let keys: Vec<Vec<u16>> = items
            .iter()
            .map(|item| item.written().encode_utf16().collect())
            .collect();
        let mut order: Vec<usize> = (0..items.len()).collect();
        order.sort_by(|a, b| keys.get(*a).cmp(&keys.get(*b)));
        order
    };
    left.len() == right.len()
        && sorted(left).into_iter().zip(sorted(right)).all(|(l, r)| {
            left.get(l)
                .zip(right.get(r))
                .is_some_and(|(left, right)| same(left, right))
        })
}

/// `left contains right`, or its contrary.
#[inline(never)]
pub(super) fn contains(left: &Datum, right: &Datum, expected: bool) -> bool {
    let text: Cow<str> = match left {
        Datum::Undefined | Datum::Null => return false,
        Datum::Text(text) if text.is_empty() => return false,
        Datum::Number(it) if it.is_nan() => return false,
        Datum::List(items) if !items.is_empty() => return holds(items, right) == expected,
        Datum::List(_) => return !expected,
        other => other.written(),
    };
    if !right.is_truthy() {
        return false;
    }
    let found = text
        .to_lowercase()
        .contains(&right.written().to_lowercase());
    found == expected
}

fn holds(items: &[Datum], wanted: &Datum) -> bool {
    let holds_one = |wanted: &Datum| items.iter().any(|item| same(item, wanted));
    match wanted {
        Datum::List(wanted) => wanted.iter().all(holds_one),
        wanted => holds_one(wanted),
    }
}

/// `left notcontains right`.
#[inline(never)]
pub(super) fn contains_not(left: &Datum, right: &Datum) -> bool {
    if !left.is_truthy() && !right.is_empty() {
        return true;
    }
    contains(left, right, false)
}

/// `left anyof right`.
#[inline(never)]
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
#[inline(never)]
pub(super) fn all_of(left: &Datum, right: &Datum) -> bool {
    match right {
        _ if !left.is_truthy() && !right.is_empty() => false,
        Datum::List(wanted) => wanted.iter().all(|wanted| contains(left, wanted, true)),
        right => contains(left, right, true),
    }
}

/// `left noneof right`.
#[inline(never)]
pub(super) fn none_of(left: &Datum, right: &Datum) -> bool {
    if right.is_empty() {
        return false;
    }
    left.is_empty() || !any_of(left, right)
}
