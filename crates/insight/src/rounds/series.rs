//! How far back each variable may be followed.

use super::Change;
use super::changes::{Identity, changes};
use crate::codebook::{Codebook, Item, Question};

/// One variable of the last round, followed back.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Series {
    /// Its name in the last round.
    pub name: String,
    /// Its name in each round, the first one first; `None` where it was not asked.
    pub names: Vec<Option<String>>,
    /// Where the line must be broken, in order.
    pub breaks: Vec<Break>,
}

/// A place where a series breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Break {
    /// The round (counted from zero) that does not compare with the one before it.
    pub at: usize,
    /// Why.
    pub changes: Vec<Change>,
}

/// What a variable was in an earlier round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Then<'a> {
    /// Its name in that round.
    pub name: &'a str,
    /// True if the scale's own groups were drawn alike ever since.
    pub boxes: bool,
}

impl Series {
    /// What the variable was in `round` (counted from zero), if that compares with the last round.
    /// A round in which it was not asked parts nothing: what came before it compares over the gap.
    pub fn comparable(&self, round: usize) -> Option<Then<'_>> {
        let name = self.names.get(round)?.as_deref()?;
        let mut since = self.breaks.iter().filter(|it| it.at > round);
        let mut boxes = true;
        let parted = since.any(|it| {
            boxes &= !it.changes.contains(&Change::Boxes);
            let mut changes = it.changes.iter();
            changes.any(|it| !matches!(it, Change::Boxes | Change::New))
        });
        (!parted).then_some(Then { name, boxes })
    }
}

/// Follows every variable of the last of `rounds` (in order of time) back, round by round.
pub fn series(rounds: &[&Codebook]) -> Vec<Series> {
    let Some(last) = rounds.last() else {
        return Vec::new();
    };
    let identities: Vec<Identity<'_>> = rounds.iter().map(|it| Identity::of(it)).collect();
    last.items()
        .map(|place| follow(rounds, &identities, place))
        .collect()
}

fn follow<'a>(
    rounds: &[&'a Codebook],
    identities: &[Identity<'a>],
    place: (&'a Question, &'a Item),
) -> Series {
    let mut names = vec![Some(place.1.name.clone())];
    let mut breaks = Vec::new();
    let mut now = place;
    for at in (1..rounds.len()).rev() {
        let before = identities.get(at - 1).and_then(|it| it.find(now.1));
        names.push(before.map(|it| it.1.name.clone()));
        let changes = rounds
            .get(at - 1)
            .map(|earlier| changes(earlier, before, now))
            .unwrap_or_default();
        // A round without the question is a gap; what came before it is compared over the gap.
        if let Some(before) = before {
            now = before;
        }
        if !changes.is_empty() {
            breaks.push(Break { at, changes });
        }
    }
    names.reverse();
    breaks.reverse();
    Series {
        name: place.1.name.clone(),
        names,
        breaks,
    }
}
