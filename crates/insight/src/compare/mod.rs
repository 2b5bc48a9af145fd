//! Two groups or two rounds beside each other.
//!
//! # Invariants
//!
//! - A comparison is made of two releases and nothing else, so it cannot tell more than they do.
//! - A row that one side hides is not compared; a question of which one side hides a row that a
//!   test would need is not tested.
//! - What is not comparable is not compared, and the reasons are given.
//! - Verdicts are codes; a page that words them says "shown" and "not shown", never "is" and "is not".

mod contrast;
mod said;
mod sides;
mod verdict;

pub use said::{SENTENCES, Words, said};
pub use verdict::{Effect, Measure, Method, Size, Test, Verdict};

use json::Value;

use crate::codebook::{Codebook, Item};
use crate::release::{Hidden, Label, Refusal, Release};
use crate::rounds::{Change, Identity, changes};
use crate::scores::sources;

/// Two parts of the answers, question by question.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Comparison {
    /// What the first side is.
    pub one: Side,
    /// What it is compared with.
    pub other: Side,
    /// Why there is nothing to compare.
    pub refusal: Option<Refusal>,
    /// One per variable that both sides know or could know; those of texts are left out.
    pub questions: Vec<Contrast>,
    /// Between rounds: whole months from the end of the earlier to the start of the later, where
    /// both are known. Much else may have changed in them.
    pub months_apart: Option<u32>,
    /// How many tests were made, and so corrected together (Holm).
    pub tests: u32,
}

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Side {
    /// Who they are.
    pub who: Who,
    /// Respondents; `None` if hidden.
    pub n: Option<u32>,
}

/// Who is on a side.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Who {
    /// Those of a background variable's value.
    Group(String, Value),
    /// All others of those the filter left.
    Rest(String, Value),
    /// A round: its name, and the version of its wording.
    Round(Option<String>, String),
}

/// One variable on both sides.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Contrast {
    /// Its name; between rounds, the later one's.
    pub name: String,
    /// What shares are of, on each side; `None` if hidden.
    pub n: (Option<u32>, Option<u32>),
    /// Why it does not compare; empty if it does.
    pub changes: Vec<Change>,
    /// Why nothing of it is shown on a side.
    pub hidden: Option<Hidden>,
    /// Row by row as in a release; empty for numbers.
    pub rows: Vec<Difference>,
    /// The scale's own groups.
    pub boxes: Vec<Difference>,
    /// Of numbers and scores: the means.
    pub means: Option<Means>,
    /// The test of the question as a whole; of several choices each row has its own.
    pub test: Option<Test>,
    /// What may be said.
    pub verdict: Verdict,
}

/// One row on both sides; shares are from 0 to 1.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Difference {
    /// What it stands for.
    pub label: Label,
    /// Share on the first side; `None` if hidden.
    pub one: Option<f64>,
    /// Share on the other side; `None` if hidden.
    pub other: Option<f64>,
    /// First minus other.
    pub difference: Option<f64>,
    /// Newcombe's 95 % interval of the difference, for this row alone.
    pub interval: Option<(f64, f64)>,
    /// Of several choices: the test of this row, with Cohen's h.
    pub test: Option<Test>,
    /// Of several choices: what may be said of this row.
    pub verdict: Option<Verdict>,
}

/// Means of both sides.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Means {
    /// Of the first side.
    pub one: f64,
    /// Of the other side.
    pub other: f64,
    /// First minus other.
    pub difference: f64,
    /// Welch's 95 % interval of the difference; `None` without spread.
    pub interval: Option<(f64, f64)>,
}

/// Two groups of a release broken down by `variable` alone; without an `other`, the first against
/// all the rest that the filter left. The variable itself, in which they differ by what they are, is
/// not compared.
pub fn groups(
    codebook: &Codebook,
    release: &Release,
    variable: &str,
    one: &Value,
    other: Option<&Value>,
) -> Comparison {
    let named = |value: &Value| Who::Group(variable.to_owned(), value.clone());
    let sides = match other {
        Some(other) => (
            sides::group(release, variable, one),
            sides::group(release, variable, other),
        ),
        None => (
            sides::group(release, variable, one),
            sides::rest(release, variable, one),
        ),
    };
    let whos = match other {
        Some(other) => (named(one), named(other)),
        None => (named(one), Who::Rest(variable.to_owned(), one.clone())),
    };
    let refusal = release.refusal().cloned().or_else(|| {
        // A value that is none of the variable's is no group of it.
        let known = |it: &Value| {
            release
                .groups()
                .iter()
                .any(|group| group.by == [(variable.to_owned(), it.clone())])
        };
        let all_known = known(one) && other.is_none_or(known);
        (!all_known).then(|| Refusal::Group(variable.to_owned()))
    });
    let items = codebook
        .items()
        .map(|(_, item)| item)
        .filter(|it| it.name != variable && !repeats_a_question(codebook, it))
        .map(|item| (item, item.name.as_str(), Vec::new()));
    contrast::compare((whos.0, sides.0), (whos.1, sides.1), refusal, items)
}

/// Two rounds, each with its own codebook and release: the later one first, so that a positive
/// difference is a rise.
pub fn rounds(
    (earlier_codebook, earlier): (&Codebook, &Release),
    (later_codebook, later): (&Codebook, &Release),
) -> Comparison {
    let round = |codebook: &Codebook| Who::Round(codebook.round.clone(), codebook.version.clone());
    let identity = Identity::of(earlier_codebook);
    let items = later_codebook.items();
    let items = items.filter(|it| !repeats_a_question(later_codebook, it.1));
    let items = items.map(|(question, item)| {
        let before = identity.find(item);
        let changes = changes(earlier_codebook, before, (question, item));
        (
            item,
            before.map_or("", |(_, before)| before.name.as_str()),
            changes,
        )
    });
    let refusal = later.refusal().or(earlier.refusal()).cloned();
    let ended = earlier_codebook.period.1.as_deref();
    let months_apart = ended.zip(later_codebook.period.0.as_deref());
    Comparison {
        months_apart: months_apart.and_then(|(from, to)| months(from, to)),
        ..contrast::compare(
            (round(later_codebook), sides::whole(later)),
            (round(earlier_codebook), sides::whole(earlier)),
            refusal,
            items,
        )
    }
}

/// A score of one question says what the question says. It is not tested a second time, or the
/// correction for the number of tests would count it again.
fn repeats_a_question(codebook: &Codebook, item: &Item) -> bool {
    item.score && sources(codebook, item).len() == 1
}

/// Whole months from one ISO date to another, counted by the calendar; nothing if it is earlier.
fn months(from: &str, to: &str) -> Option<u32> {
    let month = |date: &str| {
        let mut parts = date.splitn(3, '-');
        let year: u32 = parts.next()?.parse().ok()?;
        let month: u32 = parts.next()?.parse().ok()?;
        (1..=12).contains(&month).then_some(year * 12 + month)
    };
    month(to)?.checked_sub(month(from)?)
}
