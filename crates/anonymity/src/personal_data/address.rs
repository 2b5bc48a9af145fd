//! Street addresses, and the staircase or flat of the writer's own house.

use core::ops::Range;

use super::words::{Text, Word};

/// What Finnish and Swedish street names end in, with the forms that a sentence gives them.
const STREETS: &[&str] = &[
    "katu",
    "kadun",
    "kadulla",
    "kadulta",
    "kadulle",
    "tie",
    "tien",
    "tiellä",
    "tieltä",
    "tielle",
    "kuja",
    "kujan",
    "kujalla",
    "polku",
    "polun",
    "polulla",
    "raitti",
    "raitin",
    "raitilla",
    "väylä",
    "väylän",
    "väylällä",
    "kaari",
    "kaaren",
    "kaarella",
    "rinne",
    "rinteen",
    "rinteellä",
    "bulevardi",
    "gatan",
    "vägen",
    "gränden",
    "stigen",
    "stråket",
];

/// Words that end like a street but are none.
const ORDINARY: &[&str] = &[
    "katu",
    "kadun",
    "kadulla",
    "kadulta",
    "kadulle",
    "tie",
    "tien",
    "tiellä",
    "tieltä",
    "tielle",
    "kuja",
    "kujan",
    "kujalla",
    "polku",
    "polun",
    "polulla",
    "raitti",
    "raitin",
    "raitilla",
    "väylä",
    "väylän",
    "väylällä",
    "kaari",
    "kaaren",
    "kaarella",
    "rinne",
    "rinteen",
    "rinteellä",
    "bulevardi",
    "gatan",
    "vägen",
    "gränden",
    "stigen",
    "stråket",
    "valtatie",
    "valtatien",
    "valtatiellä",
    "kantatie",
    "kantatien",
    "kantatiellä",
    "seututie",
    "seututien",
    "moottoritie",
    "moottoritien",
    "kevyenliikenteenväylä",
];

/// Parts of a house.
const PARTS: &[&str] = &[
    "rappu",
    "rapun",
    "rapussa",
    "rapusta",
    "porras",
    "portaassa",
    "asunto",
    "asunnossa",
    "trappa",
    "lägenhet",
];

pub(super) fn find(text: &Text<'_>) -> Vec<Range<usize>> {
    let words = text.words();
    words
        .iter()
        .enumerate()
        .filter_map(|(ix, word)| {
            let next = words
                .get(ix + 1)
                .filter(|next| adjacent(text, word, next))?;
            if is_street(word.text) && is_house_number(next.text) {
                let staircase = words
                    .get(ix + 2)
                    .filter(|it| adjacent(text, next, it) && is_staircase(it.text));
                return Some(word.range.start..staircase.unwrap_or(next).range.end);
            }
            let part = word.text.to_lowercase();
            let names_part = PARTS.contains(&part.as_str())
                && (is_staircase(next.text) || is_house_number(next.text));
            names_part.then_some(word.range.start..next.range.end)
        })
        .collect()
}

fn adjacent(text: &Text<'_>, first: &Word<'_>, second: &Word<'_>) -> bool {
    text.source
        .get(first.range.end..second.range.start)
        .is_some_and(|between| between == " " || between == "\u{a0}")
}

fn is_street(word: &str) -> bool {
    let lower = word.to_lowercase();
    STREETS
        .iter()
        .any(|ending| lower.len() > ending.len() && lower.ends_with(ending))
        && !ORDINARY.contains(&lower.as_str())
}

/// One to four digits, perhaps with a letter.
fn is_house_number(word: &str) -> bool {
    let digits = word.trim_end_matches(|it: char| it.is_ascii_alphabetic());
    (1..=4).contains(&digits.len())
        && digits.bytes().all(|it| it.is_ascii_digit())
        && word.len() <= digits.len() + 1
}

/// A single capital letter.
fn is_staircase(word: &str) -> bool {
    word.len() == 1 && word.bytes().all(|it| it.is_ascii_uppercase())
}
