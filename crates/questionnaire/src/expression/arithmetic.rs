//! Sums, products and their corrections.

use std::borrow::Cow;

use super::datum::{Datum, joined};
use super::number;
use super::syntax::Operator;

/// `left operator right` for `+ - * / % ^`, with nothing counting as zero (or as an empty text or
/// list beside one).
#[inline(never)]
pub(super) fn calculate<'a>(operator: Operator, left: Datum<'a>, right: Datum<'a>) -> Datum<'a> {
    let (left, right) = levelled(left, right);
    if operator == Operator::Plus {
        return plus(left, right);
    }
    let (a, b) = (left.forced_number(), right.forced_number());
    match operator {
        Operator::Minus => Datum::Number(corrected(&left, &right, a - b)),
        Operator::Multiply => Datum::Number(product(&left, &right, a * b)),
        Operator::Divide if right.is_truthy() => Datum::Number(a / b),
        Operator::Remainder if right.is_truthy() => Datum::Number(a % b),
        Operator::Power => Datum::Number(power(a, b)),
        _ => Datum::Null,
    }
}

/// Both operands with nothing replaced by what counts as nothing beside the other.
pub(super) fn levelled<'a>(left: Datum<'a>, right: Datum<'a>) -> (Datum<'a>, Datum<'a>) {
    let left = beside(left, &right);
    let right = beside(right, &left);
    (left, right)
}

fn beside<'a>(datum: Datum<'a>, other: &Datum) -> Datum<'a> {
    match (&datum, other) {
        _ if !datum.is_empty() => datum,
        (Datum::Text(_), Datum::Number(_)) => Datum::Number(0.0),
        (Datum::Text(_), _) => datum,
        (_, Datum::Text(_)) => Datum::Text(Cow::Borrowed("")),
        (_, Datum::List(_)) => Datum::List(Vec::new()),
        _ => Datum::Number(0.0),
    }
}

/// `base` to the power of `exponent`; one to an infinite power is not a number.
pub(super) fn power(base: f64, exponent: f64) -> f64 {
    if exponent.is_nan() || number::same(base.abs(), 1.0) && exponent.is_infinite() {
        f64::NAN
    } else {
        base.powf(exponent)
    }
}

fn plus<'a>(left: Datum<'a>, right: Datum<'a>) -> Datum<'a> {
    match (left, right) {
        // A list of one number is written, and added, as that number's text.
        (left, right) if left.as_number().is_some() && right.as_number().is_some() => {
            add(left, right)
        }
        (Datum::List(mut left), Datum::List(right)) => {
            left.extend(right);
            Datum::List(left)
        }
        (Datum::List(items), Datum::Text(text)) => {
            Datum::Text((joined(&items, ", ") + &text).into())
        }
        (Datum::Text(text), Datum::List(items)) => {
            Datum::Text((text.into_owned() + &joined(&items, ", ")).into())
        }
        (Datum::List(items), Datum::Number(number))
        | (Datum::Number(number), Datum::List(items)) => {
            let numbers = items
                .into_iter()
                .filter(|item| matches!(item, Datum::Number(_)));
            let sum = numbers.fold(Datum::Number(0.0), add);
            add(sum, Datum::Number(number))
        }
        (left, right) => add(left, right),
    }
}

/// Adds as the reference's language does, and takes the noise of binary fractions off a sum.
pub(super) fn add<'a>(left: Datum<'a>, right: Datum<'a>) -> Datum<'a> {
    let is_text = |datum: &Datum| {
        matches!(
            datum,
            Datum::Text(_) | Datum::Date(_) | Datum::List(_) | Datum::Object(_)
        )
    };
    let is_decimal_comma = |datum: &Datum, other: &Datum| matches!((datum, other), (Datum::Text(text), Datum::Number(_)) if number::decimal_comma(text).is_some());
    let is_sum = is_decimal_comma(&left, &right) || is_decimal_comma(&right, &left);
    if !is_sum && (is_text(&left) || is_text(&right)) {
        return Datum::Text((left.written().into_owned() + &right.written()).into());
    }
    let sum = left.forced_number() + right.forced_number();
    Datum::Number(corrected(&left, &right, sum))
}

/// `result` of adding or subtracting, with no more decimals than the operands have.
fn corrected(left: &Datum, right: &Datum, result: f64) -> f64 {
    match decimals(left).max(decimals(right)) {
        0 => result,
        digits => number::fixed(result, digits),
    }
}

/// `result` of a multiplication, with no more decimals than the operands have together.
fn product(left: &Datum, right: &Datum, result: f64) -> f64 {
    match decimals(left) + decimals(right) {
        0 => result,
        digits => number::fixed(result, digits),
    }
}

fn decimals(datum: &Datum) -> usize {
    match datum {
        Datum::Number(it) if it.is_finite() => number::decimals(*it),
        Datum::Text(_) | Datum::List(_) if datum.as_number().is_some() => {
            number::decimals_written(&datum.written().replace(',', "."))
        }
        _ => 0,
    }
}
