//! Time, as coarse as the collector may know it.

use std::time::{SystemTime, UNIX_EPOCH};

use wire::Day;

/// A moment in the surveys' local time; kept in memory only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The day.
    pub day: Day,
    /// Minutes since midnight, 0 to 1439; only for the grace period after closing.
    pub minute: u16,
}

/// Where the collector gets the time from.
pub trait Clock: Send + Sync + 'static {
    /// Now.
    fn now(&self) -> Moment;
}

/// The machine's clock, in Finnish official time.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Moment {
        let seconds = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |it| it.as_secs());
        finnish(i64::try_from(seconds).unwrap_or_default())
    }
}

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// Finnish official time: two hours ahead of UTC, three in summer time, which lasts from 01:00 UTC
/// of the last Sunday of March to that of October (Directive 2000/84/EC).
fn finnish(unix_seconds: i64) -> Moment {
    let year = day_of(unix_seconds).year();
    let summer =
        unix_seconds >= last_sunday(year, 3) + HOUR && unix_seconds < last_sunday(year, 10) + HOUR;
    let local = unix_seconds + if summer { 3 * HOUR } else { 2 * HOUR };
    Moment {
        day: day_of(local),
        minute: u16::try_from(local.rem_euclid(DAY) / 60).unwrap_or_default(),
    }
}

fn day_of(unix_seconds: i64) -> Day {
    Day::from_days_since_1970(unix_seconds.div_euclid(DAY))
        .or_else(|_| Day::from_days_since_1970(0))
        .unwrap_or_else(|_| unreachable!("1970 is within the calendar"))
}

/// Midnight UTC of the last Sunday of a month with 31 days, in seconds since 1970.
fn last_sunday(year: u16, month: u8) -> i64 {
    let years = i64::from(year) - 1970;
    let leaps = (i64::from(year) - 1969).div_euclid(4);
    let of_leap_year = i64::from(year.is_multiple_of(4));
    let of_year = if month == 3 { 89 } else { 303 } + of_leap_year;
    let last = years * 365 + leaps + of_year;
    // 1 January 1970 was a Thursday.
    (last - (last + 4).rem_euclid(7)) * DAY
}

#[cfg(test)]
mod tests {
    use super::finnish;

    #[test]
    fn the_day_changes_at_finnish_midnight() {
        for (unix, day, minute) in [
            (1_795_384_799, "2026-11-22", 1_439),
            (1_795_384_800, "2026-11-23", 0),
            // Summer time begins 2026-03-29 at 03:00 and ends 2026-10-25 at 04:00.
            (1_774_745_999, "2026-03-29", 179),
            (1_774_746_000, "2026-03-29", 240),
            (1_792_889_999, "2026-10-25", 239),
            (1_792_890_000, "2026-10-25", 180),
            (1_782_853_199, "2026-06-30", 1_439),
            (1_782_853_200, "2026-07-01", 0),
            (1_709_157_600, "2024-02-29", 0),
        ] {
            let moment = finnish(unix);
            assert_eq!(
                (moment.day.to_string().as_str(), moment.minute),
                (day, minute)
            );
        }
    }
}
