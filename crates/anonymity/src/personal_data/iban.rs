//! Bank accounts: IBAN (ISO 13616), with or without spaces, checked modulo 97.

use core::ops::Range;

use super::words::Text;

pub(super) fn find(text: &Text<'_>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut place = 0;
    while place < text.len() {
        match account_at(text, place) {
            Some(end) => {
                found.push(text.bytes(place, end));
                place = end;
            }
            None => place += 1,
        }
    }
    found
}

fn account_at(text: &Text<'_>, place: usize) -> Option<usize> {
    let is_letter = |at: usize| text.at(at).is_some_and(|it| it.is_ascii_alphabetic());
    let is_digit = |at: usize| text.at(at).is_some_and(|it| it.is_ascii_digit());
    let begins = !text.before(place).is_some_and(char::is_alphanumeric)
        && is_letter(place)
        && is_letter(place + 1)
        && is_digit(place + 2)
        && is_digit(place + 3);
    if !begins {
        return None;
    }
    let mut characters = String::new();
    let mut fits = None;
    let mut cursor = place;
    while let Some(it) = text.at(cursor) {
        cursor += 1;
        if it.is_ascii_alphanumeric() {
            characters.push(it.to_ascii_uppercase());
        } else if it != ' ' && it != '\u{a0}' {
            break;
        }
        if characters.len() > 34 {
            break;
        }
        let ends =
            it.is_ascii_alphanumeric() && !text.at(cursor).is_some_and(char::is_alphanumeric);
        if ends && is_account(&characters) {
            fits = Some(cursor);
        }
    }
    fits
}

fn is_account(characters: &str) -> bool {
    let expected = if characters.starts_with("FI") {
        18..=18
    } else {
        15..=34
    };
    let Some((head, tail)) = characters.split_at_checked(4) else {
        return false;
    };
    let remainder = tail
        .chars()
        .chain(head.chars())
        .filter_map(|it| it.to_digit(36))
        .fold(0, |sum, value| {
            if value < 10 {
                (sum * 10 + value) % 97
            } else {
                (sum * 100 + value) % 97
            }
        });
    expected.contains(&characters.len()) && remainder == 1
}
