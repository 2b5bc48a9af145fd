//! Registration plates: three letters, a hyphen, two or three digits; other forms only beside a
//! word that says so.

use core::ops::Range;

use super::words::{Text, Word};

/// Instruments, vitamins and the like that are written as plates are.
const STOP: &[&str] = &[
    "PHQ", "GAD", "WHO", "AUD", "EQ", "SF", "BDI", "GDS", "MMS", "SDQ", "SOC", "WAI", "KHQ", "DSM",
    "ICD", "ICF", "COV", "COVID", "SARS", "EU", "ISO", "PCL", "ISI", "CES", "KEL", "YLE",
];

const CONTEXT: &[&str] = &[
    "auto",
    "rekisteri",
    "rekkari",
    "kilpi",
    "kilven",
    "bil",
    "regist",
];

pub(super) fn find(text: &Text<'_>) -> Vec<Range<usize>> {
    let words = text.words();
    let has_context = words.iter().any(|word| {
        let lower = word.text.to_lowercase();
        CONTEXT.iter().any(|it| lower.starts_with(it))
    });
    words
        .iter()
        .enumerate()
        .filter_map(|(ix, letters)| {
            let digits = words.get(ix + 1)?;
            let joined = text.source.get(letters.range.end..digits.range.start)? == "-";
            let apart = !continues(text, letters.range.start, digits.range.end);
            (joined && apart && is_plate(letters, digits, has_context))
                .then_some(letters.range.start..digits.range.end)
        })
        .collect()
}

fn is_plate(letters: &Word<'_>, digits: &Word<'_>, has_context: bool) -> bool {
    let count = letters.text.chars().count();
    let capitals = letters
        .text
        .chars()
        .all(|it| it.is_ascii_uppercase() || "ÅÄÖ".contains(it));
    let is_number = (1..=3).contains(&digits.text.len())
        && digits.text.bytes().all(|it| it.is_ascii_digit())
        && !digits.text.starts_with('0');
    let form = if has_context {
        (2..=3).contains(&count)
    } else {
        count == 3 && digits.text.len() >= 2
    };
    capitals && is_number && form && !STOP.contains(&letters.text)
}

/// Whether the text goes on with another hyphen on either side.
fn continues(text: &Text<'_>, start: usize, end: usize) -> bool {
    let before = text.source.get(..start).is_some_and(|it| it.ends_with('-'));
    let after = text.source.get(end..).is_some_and(|it| {
        let mut rest = it.chars();
        rest.next() == Some('-') && rest.next().is_some_and(char::is_alphanumeric)
    });
    before || after
}
