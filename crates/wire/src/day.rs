//! A day: the finest time that is ever written down about a response.

use core::fmt;
use core::str::FromStr;

use crate::Malformed;

/// A day of the Gregorian calendar between the years 1000 and 9999, written `2026-11-22`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: u16,
    month: u8,
    of_month: u8,
}

const MALFORMED: Malformed = Malformed {
    expected: "a day such as 2026-11-22",
};

impl Day {
    /// The day with these numbers.
    ///
    /// # Errors
    ///
    /// When the calendar has no such day.
    pub fn new(year: i32, month: u8, day: u8) -> Result<Self, Malformed> {
        let year = u16::try_from(year)
            .ok()
            .filter(|it| (1000..=9999).contains(it))
            .ok_or(MALFORMED)?;
        if (1..=days_in(year, month)).contains(&day) {
            Ok(Self {
                year,
                month,
                of_month: day,
            })
        } else {
            Err(MALFORMED)
        }
    }

    /// The day that is `days` days after 1 January 1970.
    ///
    /// # Errors
    ///
    /// When it lies outside the years 1000 to 9999.
    pub fn from_days_since_1970(days: i64) -> Result<Self, Malformed> {
        // H. Hinnant, "chrono-compatible low-level date algorithms": years begin in March, eras
        // have 400 years.
        let days = days.checked_add(719_468).ok_or(MALFORMED)?;
        let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 {
            shifted + 3
        } else {
            shifted - 9
        };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self::new(
            i32::try_from(year).map_err(|_| MALFORMED)?,
            u8::try_from(month).map_err(|_| MALFORMED)?,
            u8::try_from(day).map_err(|_| MALFORMED)?,
        )
    }

    /// Year, 1000 to 9999.
    pub const fn year(self) -> u16 {
        self.year
    }

    /// Month, 1 to 12.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// Day of the month, 1 to 31.
    pub const fn day(self) -> u8 {
        self.of_month
    }

    /// The day after; the last day of 9999 stays where it is.
    #[must_use]
    pub fn next(self) -> Self {
        let (year, month) = (i32::from(self.year), self.month);
        Self::new(year, month, self.of_month.saturating_add(1))
            .or_else(|_| Self::new(year, month.saturating_add(1), 1))
            .or_else(|_| Self::new(year + 1, 1, 1))
            .unwrap_or(self)
    }
}

fn days_in(year: u16, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 0,
    }
}

impl FromStr for Day {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] = text.as_bytes() else {
            return Err(MALFORMED);
        };
        let number = |digits: &[u8]| {
            digits.iter().try_fold(0_u16, |sum, digit| {
                let digit = digit.is_ascii_digit().then(|| digit - b'0')?;
                Some(sum * 10 + u16::from(digit))
            })
        };
        let small = |tens: u8, ones: u8| {
            number(&[tens, ones])
                .and_then(|it| u8::try_from(it).ok())
                .ok_or(MALFORMED)
        };
        let year = number(&[*y0, *y1, *y2, *y3]).ok_or(MALFORMED)?;
        Self::new(i32::from(year), small(*m0, *m1)?, small(*d0, *d1)?)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.of_month)
    }
}

#[cfg(test)]
mod tests {
    use super::Day;

    #[test]
    fn only_days_of_the_calendar_exist() {
        for fine in ["2026-11-22", "2000-02-29", "2024-02-29", "9999-12-31"] {
            assert_eq!(fine.parse::<Day>().expect("a day").to_string(), fine);
        }
        for bad in [
            "2026-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-00-01",
            "2026-01-00",
            "2026-1-1",
            "2026-11-22T10:00",
            "0999-01-01",
            "20261122",
            "",
        ] {
            assert!(bad.parse::<Day>().is_err(), "{bad}");
        }
    }

    #[test]
    fn days_are_counted_from_1970() {
        let day = |days| {
            Day::from_days_since_1970(days)
                .expect("in range")
                .to_string()
        };
        assert_eq!(day(0), "1970-01-01");
        assert_eq!(day(-1), "1969-12-31");
        assert_eq!(day(11_016), "2000-02-29");
        assert_eq!(day(20_779), "2026-11-22");
        assert!(Day::from_days_since_1970(i64::MAX).is_err());
    }

    #[test]
    fn each_day_is_followed_by_the_next_one_of_the_calendar() {
        let mut day = Day::from_days_since_1970(0).expect("in range");
        for days in 1..40_000 {
            day = day.next();
            assert_eq!(Ok(day), Day::from_days_since_1970(days));
        }
    }
}
