//! Codes that `LimeSurvey` gives by itself: `SQ001` to rows and choices, `A1` or `AO01` to answers.
//!
//! They say nothing but an order, so they are taken for places, counted from one. That is a guess: the
//! survey over there may have had other rows and answers, or the same in another order. Where
//! something speaks against it, it is said that the guess is not sure.

use std::collections::BTreeMap;

use super::guess::category;
use crate::codebook::{Item, Kind};

/// What stands for an answer in one's own words.
const OTHER: &str = "-oth-";

/// Whether rows, choices or answers were taken in their order, and how sure that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Order {
    /// Nothing speaks against it.
    Plain,
    /// There are more or fewer codes than choices or rows, or the choices' own codes are numbers in
    /// another order.
    Unsure,
}

impl Order {
    fn unsure_if(unsure: bool) -> Self {
        if unsure { Self::Unsure } else { Self::Plain }
    }
}

/// The number in a sub-question's own code, such as 1 of `SQ001`.
pub(super) fn sub_question(code: &str) -> Option<usize> {
    numbered(code, &["SQ"])
}

/// The place, counted from zero, that an answer's own code such as `A1` or `AO01` stands for; in a
/// ranking also `SQ001`.
fn answer(item: &Item, cell: &str) -> Option<usize> {
    let prefixes: &[&str] = match item.kind {
        Kind::Ranking => &["AO", "A", "SQ"],
        _ => &["AO", "A"],
    };
    numbered(cell, prefixes)?.checked_sub(1)
}

fn numbered(code: &str, prefixes: &[&str]) -> Option<usize> {
    let digits = prefixes.iter().find_map(|it| code.strip_prefix(it))?;
    let is_number = !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit());
    digits.parse().ok().filter(|_| is_number)
}

/// Which of `n` rows or choices the sub-question with number `own` is, among those of its question in
/// the order of the file. Numbers from one on are places; where some are left out, the order of the
/// file is the order of the sub-questions, if they are as many.
pub(super) fn place(own: usize, numbers: &[usize], n: usize) -> Option<(usize, Order)> {
    let is_plain = numbers.iter().copied().eq(1..=n);
    let by_number = own.checked_sub(1).filter(|it| *it < n);
    let place = if numbers.len() == n {
        numbers.iter().position(|it| *it == own)
    } else {
        by_number
    };
    Some((place?, Order::unsure_if(!is_plain)))
}

/// The category that a cell names by a code of `LimeSurvey`'s own.
pub(super) fn choice(item: &Item, cell: &str) -> Option<usize> {
    let coded = |code: &str| item.categories.iter().position(|it| it.code() == code);
    match cell {
        OTHER => coded("other"),
        "Y" => coded("true").or_else(|| coded("yes")),
        "N" => coded("false").or_else(|| coded("no")),
        "F" | "M" => gender(item, cell),
        _ => answer(item, cell).filter(|it| *it < item.categories.len()),
    }
}

/// What the question type "gender" writes, if the choices have both.
fn gender(item: &Item, cell: &str) -> Option<usize> {
    const FEMALE: [&str; 4] = ["female", "woman", "nainen", "kvinna"];
    const MALE: [&str; 3] = ["male", "man", "mies"];
    let one_of = |words: &[&str]| {
        let mut words = words.iter();
        words.find_map(|it| category(&item.categories, it))
    };
    let (female, male) = (one_of(&FEMALE)?, one_of(&MALE)?);
    (female != male).then_some(if cell == "F" { female } else { male })
}

/// True for cells that could be a code of `LimeSurvey`'s own for an answer to this variable: no choice
/// of it is called so.
pub(super) fn is_code(item: &Item, cell: &str) -> bool {
    answer(item, cell).is_some() && category(&item.categories, cell).is_none()
}

/// How sure the order of a column's cells is, if they were taken by it: those that are codes, each
/// with the category that it came to.
pub(super) fn order<'a>(
    item: &Item,
    codes: impl Iterator<Item = (&'a str, Option<usize>)>,
) -> Option<Order> {
    let (mut found, mut beyond, mut differs, mut may_be_numbers) = (false, false, false, true);
    for (cell, came_to) in codes {
        found = true;
        match choice(item, cell) {
            Some(place) if came_to == Some(place) => {
                // A1 may have been meant for the choice with the code 1, if all have such codes.
                let number = (place + 1).to_string();
                let named = item.categories.iter().position(|it| it.code() == number);
                may_be_numbers &= named.is_some();
                differs |= named != Some(place);
            }
            // A person has said what it stands for.
            Some(_) => return None,
            None => beyond = true,
        }
    }
    found.then(|| Order::unsure_if(beyond || (differs && may_be_numbers)))
}

/// What the codes of all choices stand for, written like `sample`: for a person to read and correct.
pub(super) fn translations(item: &Item, sample: &str) -> BTreeMap<String, String> {
    let prefix = sample.trim_end_matches(|it: char| it.is_ascii_digit());
    let width = sample.len() - prefix.len();
    let width = if prefix == "AO" { width } else { 0 };
    let codes = item.categories.iter().zip(1..).map(|(category, n)| {
        let written = format!("{prefix}{n:0width$}");
        (written, category.code())
    });
    codes.filter(|it| is_code(item, &it.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_codes_are_prefixes_with_a_number() {
        assert_eq!(sub_question("SQ012"), Some(12));
        let answer = |cell| numbered(cell, &["AO", "A"]);
        assert_eq!(answer("A1"), Some(1));
        assert_eq!(answer("AO03"), Some(3));
        for other in ["A", "A1b", "B1", "a1", "", "A+1"] {
            assert_eq!(answer(other), None, "{other}");
        }
        assert_eq!(sub_question("SQ"), None);
        assert_eq!(answer("A99999999999999999999999"), None);
    }

    #[test]
    fn sub_questions_are_places_and_where_some_are_left_out_in_the_order_of_the_file() {
        assert_eq!(place(2, &[1, 2, 3], 3), Some((1, Order::Plain)));
        assert_eq!(place(4, &[1, 2, 4], 3), Some((2, Order::Unsure)));
        assert_eq!(place(1, &[2, 1], 2), Some((1, Order::Unsure)));
        assert_eq!(place(2, &[1, 2], 3), Some((1, Order::Unsure)));
        assert_eq!(place(4, &[1, 2, 3, 4], 3), None);
    }
}
