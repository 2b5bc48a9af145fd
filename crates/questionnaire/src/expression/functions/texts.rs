//! Parts of texts, and what an element shows.

use json::Value;

use super::super::Scope;
use super::super::datum::Datum;

/// `substring(text, start, end)`, in UTF-16 units as the reference counts.
#[inline(never)]
pub(super) fn substring<'a>(given: &[Datum<'a>]) -> Datum<'a> {
    let position = |datum: Option<&Datum>| datum.and_then(Datum::as_number);
    let (start, end) = (position(given.get(1)), position(given.get(2)));
    let (Some(Datum::Text(text)), Some(start)) = (given.first(), start) else {
        return Datum::Text("".into());
    };
    let units: Vec<u16> = text.encode_utf16().collect();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "negative numbers become 0, large ones the end"
    )]
    let clamp = |number: f64| (number as usize).min(units.len());
    let (start, end) = (clamp(start), end.map_or(units.len(), clamp));
    let part = units
        .get(start.min(end)..start.max(end))
        .unwrap_or_default();
    Datum::Text(String::from_utf16_lossy(part).into())
}

#[inline(never)]
pub(super) fn display_value<'a>(given: &[Datum], scope: &dyn Scope) -> Datum<'a> {
    match given {
        [Datum::Text(name), ..] => scope
            .display_value(name)
            .map_or(Datum::Undefined, Datum::plain),
        _ => Datum::Undefined,
    }
}

#[inline(never)]
pub(super) fn property<'a>(given: &[Datum], scope: &dyn Scope) -> Datum<'a> {
    match given {
        [Datum::Text(name), Datum::Text(property), ..] => scope
            .property(name, property)
            .map_or(Datum::Undefined, Datum::plain),
        _ => Datum::Undefined,
    }
}

/// `getComment(name)`: the text beside a question's answer.
#[inline(never)]
pub(super) fn comment<'a>(given: &[Datum], scope: &dyn Scope) -> Datum<'a> {
    match given {
        [Datum::Text(name), ..] => scope
            .variable(&[name, "-Comment"].concat())
            .map_or(Datum::Undefined, Datum::plain),
        _ => Datum::Undefined,
    }
}

/// `isContainerReady(name)`: the scope knows it as a property of the panel or page.
#[inline(never)]
pub(super) fn is_ready(given: &[Datum], scope: &dyn Scope) -> bool {
    match given {
        [Datum::Text(name), ..] => {
            scope.property(name, "isContainerReady") == Some(Value::Bool(true))
        }
        _ => false,
    }
}
