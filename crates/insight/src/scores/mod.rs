//! Scores of instruments, respondent by respondent, as columns like any other.
//!
//! A score is a number; where the instrument is cut, there is a band too, so that bands are parts of
//! a whole. Who answered too little has neither, and so is not in N: not scored are all the others.
//!
//! Disclosure control sees a score as a variable with the minimum for scores, and shows it nowhere
//! where it hides something of the instrument's items.

mod bands;
mod person;
mod scorer;

pub(crate) use bands::bands;
pub(crate) use scorer::{Outcome, Scorer};

use json::Value;

use crate::codebook::{Codebook, Item};
use crate::release::{Figures, Label};

/// How many of those scored a cut holds for, and how many are scored: the sum of the bands that
/// carry `flag`. `None` if one of these is hidden or there is none.
pub fn share(band: &Figures, flag: &str) -> Option<(u32, u32)> {
    let mut count = None;
    for row in &band.rows {
        if let Label::Value(Value::Text(code)) = &row.label
            && code.split('+').any(|it| it == flag)
        {
            count = Some(count.unwrap_or(0) + row.count?);
        }
    }
    Some((count?, band.n?))
}

/// Places of the items of the instrument that a score is made of.
pub(crate) fn sources(codebook: &Codebook, score: &Item) -> Vec<usize> {
    let id = score.instrument.as_ref().map(|it| it.id.as_str());
    let items = codebook.items().enumerate();
    let own = items.filter(|(_, (_, item))| {
        !item.score
            && item.instrument.is_some()
            && item.instrument.as_ref().map(|it| it.id.as_str()) == id
    });
    own.map(|(ix, _)| ix).collect()
}
