//! Sums, means and rounding over any number of values and lists.

use core::cmp::Ordering;

use super::super::arithmetic::add;
use super::super::compare::compared;
use super::super::datum::Datum;
use super::super::number;

/// Every value, lists opened, nothing left out, texts that are numbers as numbers.
fn flat(given: Vec<Datum>) -> Vec<Datum> {
    fn collect<'a>(given: Vec<Datum<'a>>, into: &mut Vec<Datum<'a>>) {
        for datum in given {
            match datum {
                Datum::List(items) => collect(items, into),
                missing if missing.is_missing() => {}
                other => into.push(other.as_number().map_or(other, Datum::Number)),
            }
        }
    }
    let mut values = Vec::with_capacity(given.len());
    collect(given, &mut values);
    values
}

fn total<'a>(values: impl IntoIterator<Item = Datum<'a>>) -> Datum<'a> {
    values.into_iter().fold(Datum::Number(0.0), add)
}

pub(super) fn sum(given: Vec<Datum>) -> Datum {
    total(flat(given))
}

pub(super) fn count(given: Vec<Datum>) -> Datum<'_> {
    number_of(flat(given).len())
}

pub(super) fn number_of<'a>(count: usize) -> Datum<'a> {
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
    Datum::Number(count as f64)
}

pub(super) fn average(given: Vec<Datum>) -> Datum {
    let values = flat(given);
    if values.is_empty() {
        return Datum::Number(0.0);
    }
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
    let count = values.len() as f64;
    Datum::Number(total(values).forced_number() / count)
}

/// The least or the greatest; undefined of nothing.
pub(super) fn extreme(given: Vec<Datum>, wanted: Ordering) -> Datum {
    flat(given)
        .into_iter()
        .reduce(|best, next| {
            if compared(&next, &best) == Some(wanted) {
                next
            } else {
                best
            }
        })
        .unwrap_or(Datum::Undefined)
}

/// `round(number, decimals)`, halves away from zero as the decimals are written.
pub(super) fn round<'a>(given: &[Datum]) -> Datum<'a> {
    scaled(given, |number| {
        let size = number.abs();
        let rounded = if size.fract() >= 0.5 { size.ceil() } else { size.floor() };
        rounded.copysign(number)
    })
}

/// `trunc(number, decimals)`.
pub(super) fn trunc<'a>(given: &[Datum]) -> Datum<'a> {
    scaled(given, f64::trunc)
}

/// Shifts the decimal point on the written number, so that 1.005 is a half exactly.
fn scaled<'a>(given: &[Datum], whole: fn(f64) -> f64) -> Datum<'a> {
    let value = given.first().and_then(Datum::as_number);
    let digits = given.get(1).map_or(Some(0.0), Datum::as_number);
    let (Some(value), Some(digits)) = (value, digits) else {
        return Datum::Number(f64::NAN);
    };
    Datum::Number(shifted(whole(shifted(value, digits)), -digits))
}

fn shifted(value: f64, places: f64) -> f64 {
    let text = number::write(value);
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: f64 = exponent.parse().unwrap_or(0.0);
    [digits, "e", &number::write(exponent + places)]
        .concat()
        .parse()
        .unwrap_or(f64::NAN)
}
