//! Telephone numbers: `+` or `00` and a country, or a Finnish prefix.

use core::ops::Range;

use super::words::Text;

/// The longest number with its separators is shorter than this.
const LONGEST: usize = 24;

pub(super) fn find(text: &Text<'_>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut place = 0;
    while place < text.len() {
        match number_at(text, place) {
            Some(end) => {
                found.push(text.bytes(place, end));
                place = end;
            }
            None => place += 1,
        }
    }
    found
}

fn number_at(text: &Text<'_>, place: usize) -> Option<usize> {
    let first = text.at(place)?;
    let international = first == '+';
    let stands_alone = !text
        .before(place)
        .is_some_and(|it| it.is_alphanumeric() || it == '+' || it == ',' || it == '.' || it == '/');
    if !stands_alone || !international && first != '0' && first != '(' {
        return None;
    }
    let mut digits = String::new();
    let mut groups = 0;
    let mut end = place;
    let mut in_group = false;
    let mut cursor = place;
    while let Some(it) = text.at(cursor) {
        if it.is_ascii_digit() {
            groups += usize::from(!in_group);
            in_group = true;
            digits.push(it);
            end = cursor + 1;
        } else if cursor == place && international || is_separator(text, cursor) {
            in_group = false;
        } else {
            break;
        }
        cursor += 1;
        if cursor - place > LONGEST {
            break;
        }
    }
    if text.at(end).is_some_and(char::is_alphabetic) || is_amount_or_time(text, end) {
        return None;
    }
    let plausible = if international {
        (8..=15).contains(&digits.len())
    } else if let Some(foreign) = digits.strip_prefix("00") {
        (8..=15).contains(&foreign.len())
    } else {
        is_national(&digits) && (groups >= 2 || digits.len() >= 9)
    };
    plausible.then_some(end)
}

/// One space, hyphen or bracket between groups.
fn is_separator(text: &Text<'_>, cursor: usize) -> bool {
    let joins = |it: char| " \u{a0}-()".contains(it);
    let followed = text
        .at(cursor + 1)
        .is_some_and(|it| it.is_ascii_digit() || joins(it));
    text.at(cursor).is_some_and(joins) && followed
}

/// Mobile (04x, 050) and area numbers (02, 03, 05, 06, 08, 09, 013 to 019), with 7 to 12 digits.
fn is_national(digits: &str) -> bool {
    let known = ["04", "050", "02", "03", "05", "06", "08", "09"]
        .iter()
        .any(|prefix| digits.starts_with(prefix))
        || digits
            .strip_prefix("01")
            .is_some_and(|rest| rest.starts_with(|it| ('3'..='9').contains(&it)));
    known && (7..=12).contains(&digits.len())
}

/// What follows makes it a sum, a share, a date or a time.
fn is_amount_or_time(text: &Text<'_>, end: usize) -> bool {
    let next = if text.at(end) == Some(' ') {
        text.at(end + 1)
    } else {
        text.at(end)
    };
    let digit_after = text.at(end + 1).is_some_and(|it| it.is_ascii_digit());
    match next {
        Some('€' | '%') => true,
        Some(':' | '.' | ',' | '/') if text.at(end) == next => digit_after,
        _ => false,
    }
}
