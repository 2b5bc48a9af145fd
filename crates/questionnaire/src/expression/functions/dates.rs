//! Functions of dates.

use std::borrow::Cow;

use super::super::Scope;
use super::super::calendar::{self, DAY, Parts};
use super::super::datum::Datum;
use super::Function;

/// Calls one of the functions of dates.
#[inline(never)]
pub(super) fn call<'a>(function: Function, given: &[Datum], scope: &dyn Scope) -> Datum<'a> {
    let first = given.first();
    match function {
        Function::Today => today(given, scope),
        Function::CurrentDate => Datum::Date(calendar::today(scope)),
        Function::CurrentYear => part(calendar::today(scope), |parts| parts.year),
        Function::GetYear => match given {
            [date] if date.is_truthy() => part(moment_of(date), |parts| parts.year),
            _ => Datum::Undefined,
        },
        Function::GetDate => match first {
            Some(date) if date.is_truthy() => Datum::Date(moment_of(date)),
            _ => Datum::Null,
        },
        Function::Year => part(moment_or_today(first, scope), |parts| parts.year),
        Function::Month => part(moment_or_today(first, scope), |parts| parts.month),
        Function::Day => part(moment_or_today(first, scope), |parts| parts.day),
        Function::Weekday => {
            let moment = moment_or_today(first, scope);
            Datum::Number(calendar::parts(moment).map_or(f64::NAN, |_| calendar::weekday(moment)))
        }
        Function::DateAdd => date_add(given),
        Function::DateDiff => match given {
            [from, to, rest @ ..] if from.is_truthy() && to.is_truthy() => {
                let unit = unit_of(rest);
                difference(moment_of(from), moment_of(to), &unit)
            }
            _ => Datum::Null,
        },
        Function::DiffDays => match given {
            [from, to] if from.is_truthy() && to.is_truthy() => {
                difference(moment_of(from), moment_of(to), "days")
            }
            _ => Datum::Number(0.0),
        },
        Function::Age => match given {
            [date, rest @ ..] if date.is_truthy() => {
                match rest.first().map_or("years".into(), Datum::written).as_ref() {
                    // The reference counts days only between two dates that are given.
                    "days" => Datum::Number(0.0),
                    "months" => difference(moment_of(date), calendar::today(scope), "months"),
                    _ => difference(moment_of(date), calendar::today(scope), "years"),
                }
            }
            _ => Datum::Null,
        },
        _ => Datum::Null,
    }
}

fn moment_of(datum: &Datum) -> f64 {
    match datum {
        Datum::Date(it) => *it,
        Datum::Number(it) => it.trunc(),
        Datum::Bool(it) => f64::from(u8::from(*it)),
        other => calendar::read(&other.written()),
    }
}

fn moment_or_today(datum: Option<&Datum>, scope: &dyn Scope) -> f64 {
    match datum {
        Some(datum) if datum.is_truthy() => moment_of(datum),
        _ => calendar::today(scope),
    }
}

fn part<'a>(moment: f64, read: fn(Parts) -> i64) -> Datum<'a> {
    #[expect(clippy::cast_precision_loss, reason = "parts of dates are small")]
    Datum::Number(calendar::parts(moment).map_or(f64::NAN, |parts| read(parts) as f64))
}

/// The unit that is asked for; days if none is.
fn unit_of<'d>(rest: &'d [Datum]) -> Cow<'d, str> {
    match rest.first() {
        Some(unit) if unit.is_truthy() => unit.written(),
        _ => "days".into(),
    }
}

/// A day of the month plus something: a text is joined to it, as the reference does.
fn advanced(base: i64, step: &Datum) -> f64 {
    match step {
        Datum::Text(_) | Datum::List(_) | Datum::Object(_) | Datum::Date(_) => {
            super::super::number::forced(&(base.to_string() + &step.written()))
        }
        #[expect(clippy::cast_precision_loss, reason = "parts of dates are small")]
        step => base as f64 + step.forced_number(),
    }
}

fn today<'a>(given: &[Datum], scope: &dyn Scope) -> Datum<'a> {
    let today = calendar::today(scope);
    match (given, calendar::parts(today)) {
        ([offset], Some(parts)) => Datum::Date(moved(parts, 0.0, advanced(parts.day, offset))),
        _ => Datum::Date(today),
    }
}

/// The same time of day, `months` months on, on day `day`.
fn moved(parts: Parts, months: f64, day: f64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "parts of dates are small")]
    calendar::moment(
        parts.year as f64,
        parts.month as f64 + months,
        day,
        parts.milliseconds,
    )
}

fn date_add<'a>(given: &[Datum]) -> Datum<'a> {
    let [date, step, rest @ ..] = given else {
        return Datum::Null;
    };
    if !date.is_truthy() || !step.is_truthy() {
        return Datum::Null;
    }
    let moment = moment_of(date);
    let Some(parts) = calendar::parts(moment) else {
        return Datum::Date(f64::NAN);
    };
    let unit = unit_of(rest);
    #[expect(clippy::cast_precision_loss, reason = "parts of dates are small")]
    Datum::Date(match unit.as_ref() {
        "days" => moved(parts, 0.0, advanced(parts.day, step)),
        "months" => moved(
            parts,
            advanced(parts.month - 1, step).trunc() + 1.0 - parts.month as f64,
            parts.day as f64,
        ),
        "years" => {
            let years = advanced(parts.year, step).trunc() - parts.year as f64;
            moved(parts, years * 12.0, parts.day as f64)
        }
        "hours" => moment + step.forced_number().trunc() * 3_600_000.0,
        "minutes" => moment + step.forced_number().trunc() * 60_000.0,
        "seconds" => moment + step.forced_number().trunc() * 1_000.0,
        _ => moment,
    })
}

/// The distance between two moments: days, hours, minutes and seconds without a sign, months and
/// years with one.
fn difference<'a>(from: f64, to: f64, unit: &str) -> Datum<'a> {
    let distance = (to - from).abs();
    Datum::Number(match unit {
        "days" => (calendar::midnight(to) - calendar::midnight(from)).abs() / DAY,
        "hours" => (distance / 3_600_000.0).ceil(),
        "minutes" => (distance / 60_000.0).ceil(),
        "seconds" => (distance / 1_000.0).ceil(),
        "months" => months(from, to).unwrap_or(f64::NAN),
        _ => months(from, to).map_or(0.0, |months| (months / 12.0).trunc()),
    })
}

/// Whole months from one day to another.
fn months(from: f64, to: f64) -> Option<f64> {
    let (from, to) = (calendar::parts(from)?, calendar::parts(to)?);
    let months = (to.year - from.year) * 12 + to.month - from.month - i64::from(to.day < from.day);
    #[expect(clippy::cast_precision_loss, reason = "parts of dates are small")]
    Some(months as f64)
}
