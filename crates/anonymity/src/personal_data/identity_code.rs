//! The Finnish personal identity code: `DDMMYY`, a sign for the century, three digits, a check
//! character (Government decree 128/2010; signs as extended in 2023).

use core::ops::Range;

use super::words::{Text, digit};

const CHECK: &[u8; 31] = b"0123456789ABCDEFHJKLMNPRSTUVWXY";

/// Words after which a code without its sign, or with a wrong check character, is meant as one all
/// the same.
const CONTEXT: &[&str] = &["hetu", "henkilötunnu", "sotu", "personbeteckning"];

pub(super) fn find(text: &Text<'_>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut place = 0;
    while place < text.len() {
        match code_at(text, place) {
            Some(end) => {
                found.push(text.bytes(place, end));
                place = end;
            }
            None => place += 1,
        }
    }
    found
}

/// The end of a code that begins at `place`.
fn code_at(text: &Text<'_>, place: usize) -> Option<usize> {
    if text.before(place).is_some_and(char::is_alphanumeric) {
        return None;
    }
    let mut cursor = place;
    let day = number(text, &mut cursor, 2)?;
    let month = number(text, &mut cursor, 2)?;
    let year = number(text, &mut cursor, 2)?;
    let after_date = cursor;
    skip_spaces(text, &mut cursor);
    let century = match text.at(cursor).and_then(century) {
        Some(century) => {
            cursor += 1;
            skip_spaces(text, &mut cursor);
            Some(century)
        }
        None if cursor == after_date && follows_context(text, place) => None,
        None => return None,
    };
    let individual = number(text, &mut cursor, 3)?;
    let check = text.at(cursor)?.to_ascii_uppercase();
    cursor += 1;
    if text.at(cursor).is_some_and(char::is_alphanumeric) || individual < 2 {
        return None;
    }
    let is_date = match century {
        Some(century) => exists(century + year, month, day),
        None => exists(1900 + year, month, day) || exists(2000 + year, month, day),
    };
    let number = ((day * 100 + month) * 100 + year) * 1_000 + individual;
    let expected = CHECK.get(usize::try_from(number % 31).ok()?)?;
    let is_meant = char::from(*expected) == check
        || (check.is_ascii_alphanumeric() && follows_context(text, place));
    (is_date && is_meant).then_some(cursor)
}

fn number(text: &Text<'_>, cursor: &mut usize, digits: usize) -> Option<u32> {
    let mut number = 0;
    for _ in 0..digits {
        number = number * 10 + digit(text.at(*cursor)?)?;
        *cursor += 1;
    }
    Some(number)
}

fn skip_spaces(text: &Text<'_>, cursor: &mut usize) {
    while text
        .at(*cursor)
        .is_some_and(|it| it == ' ' || it == '\u{a0}')
    {
        *cursor += 1;
    }
}

fn century(sign: char) -> Option<u32> {
    match sign.to_ascii_uppercase() {
        '+' => Some(1800),
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | 'U'..='Y' => Some(1900),
        'A'..='F' => Some(2000),
        _ => None,
    }
}

fn follows_context(text: &Text<'_>, place: usize) -> bool {
    let before = text
        .source
        .get(..text.bytes(place, place).start)
        .unwrap_or_default();
    let last_words = before
        .rsplit(|it: char| !it.is_alphanumeric())
        .filter(|it| !it.is_empty())
        .take(2);
    last_words
        .map(str::to_lowercase)
        .any(|word| CONTEXT.iter().any(|it| word.starts_with(it)))
}

fn exists(year: u32, month: u32, day: u32) -> bool {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=days).contains(&day)
}
