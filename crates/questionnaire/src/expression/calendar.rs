//! Days and times of day as milliseconds since 1970-01-01 00:00, without time zones.

use super::Scope;

/// Milliseconds in a day.
pub(super) const DAY: f64 = 86_400_000.0;

/// The parts of a moment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parts {
    pub(super) year: i64,
    /// From 1.
    pub(super) month: i64,
    /// From 1.
    pub(super) day: i64,
    /// Since midnight.
    pub(super) milliseconds: f64,
}

/// The parts of `moment`, `None` if it is not a date.
pub(super) fn parts(moment: f64) -> Option<Parts> {
    if !moment.is_finite() || moment.abs() > 8.64e15 {
        return None;
    }
    let days = (moment / DAY).floor();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "at most 1e8 days either way"
    )]
    let (year, month, day) = civil(days as i64);
    Some(Parts {
        year,
        month,
        day,
        milliseconds: moment - days * DAY,
    })
}

/// The moment of a day that may lie outside its month, of a month that may lie outside its year.
pub(super) fn moment(year: f64, month: f64, day: f64, milliseconds: f64) -> f64 {
    let (year, month, day) = (year.trunc(), month.trunc(), day.trunc());
    if ![year, month, day].iter().all(|part| part.abs() < 1e9) {
        return f64::NAN;
    }
    let months = year * 12.0 + (month - 1.0);
    #[expect(clippy::cast_possible_truncation, reason = "bounded above")]
    let first = days(
        (months / 12.0).floor() as i64,
        (months.rem_euclid(12.0)) as i64 + 1,
    );
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
    let moment = (first as f64 + day - 1.0) * DAY + milliseconds;
    if moment.abs() <= 8.64e15 {
        moment
    } else {
        f64::NAN
    }
}

/// The date of a day counted from 1970-01-01, as [`super::Scope::today`] wants it.
pub fn date_of_day(days: i32) -> (i32, u8, u8) {
    let (year, month, day) = civil(i64::from(days));
    let narrow = |part: i64| u8::try_from(part).unwrap_or(1);
    (
        i32::try_from(year).unwrap_or_default(),
        narrow(month),
        narrow(day),
    )
}

/// Whether the calendar has this day.
pub fn is_day(year: i32, month: u8, day: u8) -> bool {
    let at = days(i64::from(year), i64::from(month)) + i64::from(day) - 1;
    (1..=12).contains(&month) && civil(at) == (i64::from(year), i64::from(month), i64::from(day))
}

/// The midnight that today began with.
pub(super) fn today(scope: &dyn Scope) -> f64 {
    let (year, month, day) = scope.today();
    moment(f64::from(year), f64::from(month), f64::from(day), 0.0)
}

/// The midnight that `moment`'s day began with.
pub(super) fn midnight(moment: f64) -> f64 {
    (moment / DAY).floor() * DAY
}

/// 0 for Sunday.
pub(super) fn weekday(moment: f64) -> f64 {
    ((moment / DAY).floor() + 4.0).rem_euclid(7.0)
}

/// Days from 1970-01-01 to the first day of a month (1 to 12).
fn days(year: i64, month: i64) -> i64 {
    // Years that begin in March put the leap day last.
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * month + 2) / 5;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let (year, month) = if month < 10 {
        (0, month + 3)
    } else {
        (1, month - 9)
    };
    (era * 400 + year_of_era + year, month, day)
}

/// Reads a date as an answer carries it: `2026`, `2026-03`, `2026-03-13`, with or without a time
/// and a distance from UTC; numbers with other signs between them as month, day, year. Not-a-number
/// for anything else.
pub(crate) fn read(text: &str) -> f64 {
    match text.split_once('T') {
        None => iso_date(text).or_else(|| loose_date(text)),
        Some((date, time)) => iso_date(date)
            .and_then(|day| Some(day + iso_time(time)?))
            .or_else(|| Some(loose_date(date)? + iso_time(time)?)),
    }
    .unwrap_or(f64::NAN)
}

fn iso_date(text: &str) -> Option<f64> {
    let mut parts = text.split('-');
    let year = digits(parts.next()?, 4)?;
    let month = parts.next().map_or(Some(1.0), |part| digits(part, 2))?;
    let day = parts.next().map_or(Some(1.0), |part| digits(part, 2))?;
    if parts.next().is_some() || !(1.0..=12.0).contains(&month) || !(1.0..=31.0).contains(&day) {
        return None;
    }
    Some(moment(year, month, day, 0.0))
}

fn iso_time(text: &str) -> Option<f64> {
    let (text, zone) = if let Some(text) = text.strip_suffix('Z') {
        (text, 0.0)
    } else if let Some(at) = text.rfind(['+', '-']) {
        let (hours, minutes) = text.get(at + 1..)?.split_once(':')?;
        let distance = digits(hours, 2)? * 60.0 + digits(minutes, 2)?;
        let sign = if text.get(at..)?.starts_with('-') {
            -1.0
        } else {
            1.0
        };
        (text.get(..at)?, sign * distance)
    } else {
        (text, 0.0)
    };
    let mut parts = text.split(':');
    let hours = digits(parts.next()?, 2)?;
    let minutes = digits(parts.next()?, 2)?;
    let (seconds, fraction) = match parts.next().unwrap_or("00").split_once('.') {
        Some((seconds, fraction)) => (seconds.to_owned(), fraction.to_owned()),
        None => (
            text.split(':').nth(2).unwrap_or("00").to_owned(),
            String::new(),
        ),
    };
    let seconds = digits(&seconds, 2)?;
    let milliseconds = if fraction.is_empty() {
        0.0
    } else if fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        let padded: String = fraction.chars().chain("00".chars()).take(3).collect();
        digits(&padded, 3)?
    } else {
        return None;
    };
    let is_time = parts.next().is_none()
        && minutes < 60.0
        && seconds < 60.0
        && (hours < 24.0 || hours <= 24.0 && minutes + seconds + milliseconds == 0.0);
    let minutes = hours * 60.0 + minutes - zone;
    is_time.then_some(minutes * 60_000.0 + seconds * 1_000.0 + milliseconds)
}

fn digits(text: &str, length: usize) -> Option<f64> {
    let is_number = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| json::decimal::read(text))?
}

/// One to three numbers with a sign between them: month, day, year; or year, month, day if the
/// first can only be a year.
fn loose_date(text: &str) -> Option<f64> {
    let mut numbers = Vec::with_capacity(3);
    let is_iso_day = text
        .as_bytes()
        .first_chunk::<5>()
        .is_some_and(|start| start.ends_with(b"-") && start[..4].iter().all(u8::is_ascii_digit));
    if is_iso_day && text.contains(' ') {
        return None;
    }
    for part in text
        .split(['.', '/', '-', ' ', ','])
        .filter(|part| !part.is_empty())
    {
        let is_number = part.len() <= 6 && part.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number || numbers.len() == 3 {
            return None;
        }
        numbers.push(json::decimal::read(part)?);
    }
    let is_day = |number: f64| (1.0..=31.0).contains(&number);
    let (year, month, day) = match *numbers {
        [year, month, day] if !is_day(year) => (year, month, day),
        [month, day, year] => (year, month, day),
        [year, month] if !is_day(year) => (year, month, 1.0),
        [month, day] => (2001.0, month, day),
        [year] if !is_day(year) => (year, 1.0, 1.0),
        [month] => (2001.0, month, 1.0),
        _ => return None,
    };
    if !(1.0..=12.0).contains(&month) || !is_day(day) {
        return None;
    }
    let century = match year {
        0.0..50.0 => 2000.0,
        50.0..100.0 => 1900.0,
        _ => 0.0,
    };
    Some(moment(year + century, month, day, 0.0))
}

/// `2026-03-13T00:00:00.000Z`; `None` for a date that is none.
pub(super) fn iso(moment: f64) -> Option<String> {
    let parts = parts(moment)?;
    let mut text = match parts.year {
        year @ 0..=9999 => padded(year, 4),
        year if year < 0 => "-".to_owned() + &padded(-year, 6),
        year => "+".to_owned() + &padded(year, 6),
    };
    text.push('-');
    text += &padded(parts.month, 2);
    text.push('-');
    text += &padded(parts.day, 2);
    text.push('T');
    text += &clock(parts.milliseconds);
    text.push('.');
    text += &padded(whole(parts.milliseconds) % 1_000, 3);
    text.push('Z');
    Some(text)
}

/// A date the way the reference's language joins it to a text.
pub(super) fn spelled(moment: f64) -> String {
    const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let Some(parts) = parts(moment) else {
        return "Invalid Date".to_owned();
    };
    let name = |names: &[&'static str], ix: i64| {
        usize::try_from(ix)
            .ok()
            .and_then(|ix| names.get(ix).copied())
            .unwrap_or_default()
    };
    [
        name(&DAYS, whole(weekday(moment))),
        name(&MONTHS, parts.month - 1),
        &padded(parts.day, 2),
        &padded(parts.year, 4),
        &clock(parts.milliseconds),
        "GMT+0000 (Coordinated Universal Time)",
    ]
    .join(" ")
}

fn clock(milliseconds: f64) -> String {
    let seconds = whole(milliseconds) / 1_000;
    [seconds / 3_600, seconds / 60 % 60, seconds % 60]
        .map(|part| padded(part, 2))
        .join(":")
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "milliseconds of a day, or a weekday"
)]
fn whole(number: f64) -> i64 {
    number as i64
}

fn padded(number: i64, width: usize) -> String {
    let digits = number.to_string();
    "0".repeat(width.saturating_sub(digits.len())) + &digits
}
