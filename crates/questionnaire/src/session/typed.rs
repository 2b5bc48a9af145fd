//! What people type: numbers with a decimal comma and spaces, dates as `d.m.yyyy`.

use crate::definition::InputType;

/// A number as people in Finland write it: `1 234,5`, also `1234.5` and `−3`.
pub(super) fn number(text: &str) -> Option<f64> {
    let mut plain = String::with_capacity(text.len());
    for letter in text.trim().chars() {
        match letter {
            ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\'' => {}
            ',' => plain.push('.'),
            '\u{2212}' => plain.push('-'),
            '0'..='9' | '.' | '-' | '+' => plain.push(letter),
            _ => return None,
        }
    }
    if plain.is_empty() || !plain.bytes().any(|it| it.is_ascii_digit()) {
        return None;
    }
    json::decimal::read(&plain).filter(|it| it.is_finite())
}

/// A number as it stands in a field: from five digits on with a narrow space before each three, in
/// every language, since a comma or a full stop there would be read back as the decimals'.
pub(super) fn spaced(text: &str) -> String {
    let whole = text.find([',', '.']).unwrap_or(text.len());
    let start = text.find(|it: char| it.is_ascii_digit()).unwrap_or(whole);
    let mut spaced = text.to_owned();
    if whole.saturating_sub(start) > 4 && text[start..whole].bytes().all(|it| it.is_ascii_digit()) {
        let mut at = whole;
        while at > start + 3 {
            at -= 3;
            spaced.insert(at, '\u{202f}');
        }
    }
    spaced
}

/// A date, month, week or time in the form in which it is stored; `None` if it is not one.
pub(super) fn moment(kind: InputType, text: &str) -> Option<String> {
    let text = text.trim();
    match kind {
        InputType::Date => date(text),
        InputType::DateTimeLocal => {
            let (day, time) = text
                .split_once('T')
                .or_else(|| text.split_once(' '))
                .unwrap_or((text, "00.00"));
            Some(format!("{}T{}", date(day)?, time_of_day(time)?))
        }
        InputType::Month => {
            if let Some((year, month)) = text.split_once('-') {
                return month_text(year, month);
            }
            let (month, year) = text.split_once(['.', '/'])?;
            month_text(year, month)
        }
        InputType::Time => time_of_day(text),
        InputType::Week => {
            let (year, week) = text.split_once("-W")?;
            let week: u8 = week.parse().ok()?;
            (year.len() == 4 && year.parse::<u16>().is_ok() && (1..=53).contains(&week))
                .then(|| format!("{year}-W{week:02}"))
        }
        _ => Some(text.to_owned()),
    }
}

fn month_text(year: &str, month: &str) -> Option<String> {
    let year: u16 = year.trim().parse().ok()?;
    let month: u8 = month.trim().parse().ok()?;
    ((1..=12).contains(&month) && (1000..=9999).contains(&year))
        .then(|| format!("{year:04}-{month:02}"))
}

fn date(text: &str) -> Option<String> {
    let text = text.trim();
    let parts: Vec<&str> = text.split(['.', '/', '-']).map(str::trim).collect();
    let [first, second, third] = parts.as_slice() else {
        return None;
    };
    let (year, month, day) = if first.len() == 4 {
        (first, second, third)
    } else {
        (third, second, first)
    };
    if year.len() != 4 {
        return None;
    }
    let year: i32 = year.parse().ok()?;
    let month: u8 = month.parse().ok()?;
    let day: u8 = day.parse().ok()?;
    (day >= 1 && day <= days_in(year, month)?).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

fn days_in(year: i32, month: u8) -> Option<u8> {
    Some(match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 => 29,
        2 => 28,
        _ => return None,
    })
}

fn time_of_day(text: &str) -> Option<String> {
    let (hour, rest) = text.trim().split_once(['.', ':'])?;
    let minute = rest.split(['.', ':']).next()?;
    let hour: u8 = hour.parse().ok()?;
    let minute: u8 = minute.parse().ok()?;
    (hour < 24 && minute < 60).then(|| format!("{hour:02}:{minute:02}"))
}

/// Year, month and day of a stored date.
pub(super) fn parts(text: &str) -> Option<(i32, u8, u8)> {
    let text = text.get(..10)?;
    let mut parts = text.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    Some((year, month, day))
}

#[cfg(test)]
mod tests {
    use super::{date, number, spaced, time_of_day};

    #[test]
    fn numbers_may_have_a_comma_and_spaces() {
        assert_eq!(number("1 234,5"), Some(1234.5));
        assert_eq!(number("1\u{202f}000"), Some(1000.0));
        assert_eq!(number("\u{2212}3"), Some(-3.0));
        assert_eq!(number("2.50"), Some(2.5));
        assert_eq!(number("1,2,3"), None);
        assert_eq!(number("kolme"), None);
        assert_eq!(number(""), None);
    }

    #[test]
    fn long_numbers_are_shown_with_spaces_and_read_back() {
        for (plain, shown, meant) in [
            ("1950", "1950", 1950.0),
            ("12345", "12\u{202f}345", 12345.0),
            ("-123456,75", "-123\u{202f}456,75", -123_456.75),
            (
                "\u{2212}1234567.125",
                "\u{2212}1\u{202f}234\u{202f}567.125",
                -1_234_567.125,
            ),
            ("0,12345", "0,12345", 0.12345),
        ] {
            assert_eq!(spaced(plain), shown);
            assert_eq!(number(shown), Some(meant));
        }
        for strange in ["", ",", "kolme", "1e21", "12 345 678", "1,2,345"] {
            assert_eq!(spaced(strange), strange);
        }
    }

    #[test]
    fn dates_are_typed_day_first_and_stored_year_first() {
        assert_eq!(date("1.3.2026").as_deref(), Some("2026-03-01"));
        assert_eq!(date("31.12.1948").as_deref(), Some("1948-12-31"));
        assert_eq!(date("2026-03-01").as_deref(), Some("2026-03-01"));
        assert_eq!(date("29.2.2026"), None);
        assert_eq!(date("1.3.26"), None);
    }

    #[test]
    fn times_may_be_written_with_a_point() {
        assert_eq!(time_of_day("7.05").as_deref(), Some("07:05"));
        assert_eq!(time_of_day("24:00"), None);
    }
}
