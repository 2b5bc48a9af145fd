//! Scores of instruments, as data: items, coding, reversal, missing rule, cut-offs. No wording.
//!
//! [`instruments`] is the list, [`score`] applies one of them to one person's answers.
//!
//! # Invariants
//!
//! - A scorer knows item ids and codes, never the text of a question or of a class.
//! - A code outside an item's range (a "don't know", a refusal) counts as missing.
//! - Too few answers give no score, never a guess.

mod instruments;
mod person;
mod rule;

pub use instruments::{instrument, instruments};
pub use person::{Person, Sex};
pub use rule::{Bound, Cut, Rule, Who};

/// A scale: what is asked, how it becomes one number, and where that number is cut.
#[derive(Debug, Clone, PartialEq)]
pub struct Instrument {
    /// For example `who5`; the `id` of a question's `kuuluu.instrument`.
    pub id: &'static str,
    /// The items in order.
    pub items: &'static [Item],
    /// How the score is made.
    pub rule: Rule,
    /// The fewest items that must be answered.
    pub least: usize,
    /// The least and the greatest score, as far as there is such a thing.
    pub range: (f64, f64),
    /// Where the score is cut.
    pub cuts: &'static [Cut],
    /// What may be done with the wording.
    pub licence: Licence,
}

/// One question of an instrument.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// For example `1` or `calm`; the `item` of a question's `kuuluu.instrument`.
    pub id: &'static str,
    /// The lowest code.
    pub lowest: f64,
    /// The highest code.
    pub highest: f64,
    /// True if a high code means the opposite of what a high code of the others means.
    pub reversed: bool,
    /// Codes that are words, and the numbers they stand for.
    pub words: &'static [(&'static str, f64)],
}

/// What the terms of an instrument allow to be done with its wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Licence {
    /// A: free to copy, change and pass on.
    Free,
    /// B: for non-commercial use; the wording lies in a package of its own.
    NonCommercial,
    /// C: the wording may not be passed on; the organiser brings it.
    BringYourOwn,
}

/// What one person's answers come to.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// The score on the instrument's own range, not rounded unless the instrument says so.
    pub value: f64,
    /// The sum of codes that a table turned into `value`, for instruments with a table.
    pub raw: Option<f64>,
    /// How many items were answered.
    pub answered: usize,
    /// Whether each cut holds, in the instrument's order; `None` where it cannot be said of this
    /// person.
    pub flags: Vec<(&'static str, Option<bool>)>,
}

impl Score {
    /// Whether the cut called `name` holds; `None` if unknown or there is no such cut.
    pub fn flag(&self, name: &str) -> Option<bool> {
        self.flags.iter().find(|(flag, _)| *flag == name)?.1
    }
}

impl Item {
    /// The number a stored answer stands for: a code word, or a number in range.
    pub fn read(&self, answer: &str) -> Option<f64> {
        let word = self.words.iter().find(|(word, _)| *word == answer);
        word.map(|(_, number)| *number)
            .or_else(|| self.valid(json::decimal::read(answer.trim())?))
    }

    /// `code`, if it is one of the item's.
    pub fn valid(&self, code: f64) -> Option<f64> {
        (code >= self.lowest && code <= self.highest).then_some(code)
    }

    /// `code` with the direction of the others.
    pub(crate) fn directed(&self, code: f64) -> f64 {
        if self.reversed {
            self.lowest + self.highest - code
        } else {
            code
        }
    }

    /// How far the highest code is from the lowest.
    fn range(&self) -> f64 {
        self.highest - self.lowest
    }
}

/// Scores `answers` (item id and code, in any order) on the instrument `id`.
///
/// `None` if there is no such instrument, too little is answered, or the score is not given for
/// this person.
pub fn score(id: &str, answers: &[(&str, Option<f64>)], person: Person) -> Option<Score> {
    let instrument = instrument(id)?;
    let codes: Vec<Option<f64>> = instrument
        .items
        .iter()
        .map(|item| {
            let (_, code) = answers.iter().find(|(id, _)| *id == item.id)?;
            item.valid((*code)?)
        })
        .collect();
    let answered = codes.iter().flatten().count();
    if answered < instrument.least {
        return None;
    }
    let result = instrument.rule.apply(instrument.items, &codes, person)?;
    let flags = instrument
        .cuts
        .iter()
        .map(|cut| {
            (
                cut.flag,
                cut.holds(result.value, instrument.items, &codes, person),
            )
        })
        .collect::<Vec<_>>();
    Some(Score {
        value: result.value,
        raw: result.raw,
        answered,
        flags: joined(flags),
    })
}

/// Several cuts of one name are alternatives for different people: the first that applies counts.
fn joined(flags: Vec<(&'static str, Option<bool>)>) -> Vec<(&'static str, Option<bool>)> {
    let mut kept: Vec<(&'static str, Option<bool>)> = Vec::with_capacity(flags.len());
    for (name, holds) in flags {
        match kept.iter_mut().find(|(other, _)| *other == name) {
            None => kept.push((name, holds)),
            Some((_, known)) => *known = known.or(holds),
        }
    }
    kept
}
