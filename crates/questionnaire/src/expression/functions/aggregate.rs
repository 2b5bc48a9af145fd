//! Sums, means and rounding over any number of values and lists.

use core::cmp::Ordering;

use super::super::arithmetic::{add, power};
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

#[inline(never)]
pub(super) fn sum(given: Vec<Datum>) -> Datum {
    total(flat(given))
}

#[inline(never)]
pub(super) fn count(given: Vec<Datum<'_>>) -> Datum<'_> {
    number_of(flat(given).len())
}

#[inline(never)]
pub(super) fn number_of<'a>(count: usize) -> Datum<'a> {
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
    Datum::Number(count as f64)
}

#[inline(never)]
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
#[inline(never)]
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

/// `round(number, decimals)`; the product is nudged up by one part in 2^52, so that 1.005 is a half.
#[inline(never)]
pub(super) fn round(given: Vec<Datum>) -> Datum {
    let Some((value, decimals)) = number_and_decimals(given) else {
        return Datum::Number(f64::NAN);
    };
    let factor = power(10.0, places(decimals));
    let scaled = value * factor * (1.0 + f64::EPSILON);
    let below = scaled.floor();
    let whole = if scaled - below >= 0.5 {
        below + 1.0
    } else {
        below
    };
    Datum::Number(whole / factor)
}

/// `trunc(number, decimals)`: cuts the written number after so many decimals.
#[inline(never)]
pub(super) fn trunc(given: Vec<Datum>) -> Datum {
    let Some((value, decimals)) = number_and_decimals(given) else {
        return Datum::Number(f64::NAN);
    };
    let digits = places(decimals);
    if digits.is_nan() {
        return Datum::Number(f64::NAN);
    }
    if digits <= 0.0 || digits.fract() != 0.0 {
        return Datum::Number(value.trunc());
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at most 400"
    )]
    let digits = digits.min(400.0) as usize;
    let text = number::write(value);
    let mantissa = text.split('e').next().unwrap_or_default();
    let end = mantissa.find('.').map_or(mantissa.len(), |point| {
        (point + 1 + digits).min(mantissa.len())
    });
    let cut = mantissa.get(..end).unwrap_or_default();
    Datum::Number(json::decimal::read(cut).unwrap_or(f64::NAN))
}

fn places(decimals: Option<Datum>) -> f64 {
    match decimals {
        Some(decimals) if decimals.is_truthy() => decimals.as_number().unwrap_or(f64::NAN),
        _ => 0.0,
    }
}

fn number_and_decimals(given: Vec<Datum>) -> Option<(f64, Option<Datum>)> {
    let mut values = flat(given).into_iter();
    let value = values.next()?.as_number()?;
    Some((value, values.next()))
}
