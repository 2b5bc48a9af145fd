//! What a crossing of two background variables hides.
//!
//! Both variables alone have their patterns already, and codes that are hidden there are one line
//! or column here. A small count is safe if answers could be moved, without changing anything that
//! is shown of the crossing or of either variable alone, until it is small no longer
//! ([`super::circles`]); whatever stands in the way of the cheapest such move is hidden too.

use super::cells::is_small;
use super::plane::{Place, Plane};
use super::targets::Target;

/// The answers to one variable (or one of its choices) in all cells of a plane.
#[derive(Debug, Clone)]
pub(super) struct Field<'a> {
    pub plane: &'a Plane,
    /// Respondents per cell.
    pub sizes: &'a [u32],
    /// Cells of which not even the size is shown.
    pub groups_hidden: &'a [bool],
    /// By how many more each of these must be able to hold.
    pub size_needs: &'a [u32],
    /// Cells of which nothing about the variable is shown.
    pub closed: Vec<bool>,
    /// Per answer, per cell.
    pub counts: Vec<Vec<u32>>,
    /// The same within each stratum ([`super::strata`]).
    pub strata: Vec<Vec<Vec<u32>>>,
    /// Per answer, whether it is never shown by itself.
    pub unseen: Vec<bool>,
    /// Per answer, whether it is hidden in each line, and in each column, of the variables alone.
    pub sums: [Vec<Vec<bool>>; 2],
    /// Per line, and per column, whether nothing about the variable is shown there.
    pub sums_closed: [Vec<bool>; 2],
    /// Whether hidden sums of lines, and of columns, stay as they are all the same where the count of a
    /// cell is to change: another crossing of the variable tells within which bounds they are.
    pub sums_stay: [bool; 2],
    pub minimum: u32,
    /// True if it must not be told either that all in a cell answered alike.
    pub is_sensitive: bool,
    /// True for those who chose one of several and those who did not.
    pub is_several: bool,
    /// True if the last of the answers is none: in cells that are not closed it is known how many
    /// gave none.
    pub has_none: bool,
}

/// Shown cells: per answer, per cell.
pub(super) type Shown = Vec<Vec<bool>>;

/// A target that is protected, by another world in which these answers in these cells differ.
pub(super) struct Held {
    pub target: Target,
    pub cells: Vec<(usize, Place)>,
}

impl Field<'_> {
    /// Which cells can be shown; `None` if none can. Strictly, everything must be protected within
    /// strata.
    pub(super) fn shown(&self, is_strict: bool) -> Option<Shown> {
        let places = |answer: usize| (0..self.plane.len()).map(move |place| (answer, place));
        let at_first: Shown = (0..self.counts.len())
            .map(|answer| {
                let cells = places(answer);
                cells
                    .map(|(answer, place)| self.may_be_shown(answer, place))
                    .collect()
            })
            .collect();
        let mut shown = at_first.clone();
        let merged = (!is_strict && self.strata.len() > 1).then(|| self.merged());
        let mut held = Vec::new();
        let mut worlds = Vec::new();
        for target in self.targets() {
            let ways = core::iter::once(self).filter(|_| merged.is_none());
            let done = self.protect_somehow(target, &mut shown).or_else(|| {
                let merged = merged.as_ref()?;
                merged.protect_somehow(target, &mut shown)
            });
            let done = done.or_else(|| {
                let mut ways = ways.chain(&merged);
                ways.find_map(|it| it.protect_by_programme(target, &mut shown, &mut worlds))
            });
            match done {
                Some(it) => held.push(it),
                None if !is_strict && target.is_uncertain_anyway() => {}
                None => return None,
            }
        }
        self.show_again(&at_first, &mut shown, &mut held);
        Some(shown)
    }

    /// The same as if respondents could not be told apart by anything else.
    fn merged(&self) -> Self {
        let mut sums = vec![vec![0; self.plane.len()]; self.counts.len()];
        for stratum in &self.strata {
            for (sums, counts) in sums.iter_mut().zip(stratum) {
                for (sum, count) in sums.iter_mut().zip(counts) {
                    *sum += count;
                }
            }
        }
        Self {
            strata: vec![sums],
            ..self.clone()
        }
    }

    /// True for the row of those who gave no answer.
    pub(super) fn is_none(&self, answer: usize) -> bool {
        self.has_none && answer + 1 == self.counts.len()
    }

    /// The answers, without that of those who gave none.
    pub(super) fn answers(&self) -> core::ops::Range<usize> {
        0..self.counts.len() - usize::from(self.has_none)
    }

    fn may_be_shown(&self, answer: usize, place: Place) -> bool {
        if self.is_none(answer) {
            return !self.closed.get(place).copied().unwrap_or(true);
        }
        let (line, column) = self.plane.at(place);
        let is_sum_hidden = |side: usize, ix: usize| {
            let sums = self.sums.get(side).and_then(|it| it.get(answer));
            sums.and_then(|it| it.get(ix)).copied().unwrap_or(true)
        };
        // Where nobody gave it, or of several choices everybody did, it need not change.
        let is_fixed = self.count(answer, place) == 0
            || (self.is_several && self.count(1 - answer.min(1), place) == 0);
        !self.is_hidden_anyway(place)
            && self.unseen.get(answer) == Some(&false)
            && !is_small(self.count(answer, place), self.minimum)
            && self.alike(place) != Some(answer)
            // A hidden sum must be able to change, and in all crossings alike.
            && (is_fixed || !(is_sum_hidden(0, line) || is_sum_hidden(1, column)))
    }

    /// Later targets may have made it needless to hide a cell for an earlier one.
    fn show_again(&self, at_first: &Shown, shown: &mut Shown, held: &mut [Held]) {
        let cells = (0..self.counts.len())
            .flat_map(|answer| (0..self.plane.len()).map(move |place| (answer, place)));
        let is_in = |shown: &Shown, (answer, place): (usize, Place)| {
            shown.get(answer).and_then(|it| it.get(place)) == Some(&true)
        };
        let mut hidden: Vec<(usize, Place)> = cells
            .filter(|it| is_in(at_first, *it) && !is_in(shown, *it))
            .collect();
        hidden.sort_by_key(|it| core::cmp::Reverse(self.count(it.0, it.1)));
        for cell in hidden {
            let mut trial = shown.clone();
            if let Some(slot) = trial.get_mut(cell.0).and_then(|it| it.get_mut(cell.1)) {
                *slot = true;
            }
            let concerned = held.iter().enumerate();
            let concerned = concerned.filter(|(_, it)| it.cells.contains(&cell));
            let again: Option<Vec<(usize, Held)>> = concerned
                .map(|(ix, it)| Some((ix, self.protect(&it.target, &mut trial, false)?)))
                .collect();
            if let Some(again) = again {
                *shown = trial;
                for (ix, now) in again {
                    if let Some(slot) = held.get_mut(ix) {
                        *slot = now;
                    }
                }
            }
        }
    }

    /// Of a field of those who answered and those who did not: where it can be shown how many
    /// answered. Where the group is smaller than the minimum that is no secret.
    pub(super) fn shown_sizes(&self) -> Option<Vec<bool>> {
        let answered = self.counts.first()?;
        let few = |place: Place| {
            self.is_hidden_anyway(place) || is_small(self.count(0, place), self.minimum)
        };
        let is_shown: Vec<bool> = (0..answered.len()).map(|it| !few(it)).collect();
        let mut shown = vec![is_shown, vec![false; answered.len()]];
        for (place, count) in answered.iter().enumerate() {
            let size = self.sizes.get(place).copied().unwrap_or(0);
            if size >= self.minimum && is_small(*count, self.minimum) {
                let target = self.target(*count, place, 0);
                self.protect(&target, &mut shown, true)?;
            }
        }
        shown.into_iter().next()
    }

    /// The answer that all in a cell gave, if that must not be told.
    pub(super) fn alike(&self, place: Place) -> Option<usize> {
        let mut given = self.answers().filter(|it| self.count(*it, place) > 0);
        let only = given.next().filter(|_| self.is_sensitive)?;
        // That nobody chose one of several is no secret.
        let is_told = self.is_several && only > 0;
        (given.next().is_none() && !is_told).then_some(only)
    }

    pub(super) fn is_hidden_anyway(&self, place: Place) -> bool {
        self.closed.get(place).copied().unwrap_or(true)
            || self.groups_hidden.get(place).copied().unwrap_or(true)
    }

    pub(super) fn count(&self, answer: usize, place: Place) -> u32 {
        let row = self.counts.get(answer);
        row.and_then(|it| it.get(place)).copied().unwrap_or(0)
    }

    pub(super) fn along(&self, line: usize, turned: bool) -> impl Iterator<Item = Place> {
        (0..self.plane.len()).filter(move |place| {
            let (here, there) = self.plane.at(*place);
            (if turned { there } else { here }) == line
        })
    }

    pub(super) fn is_size_known(&self, place: Place) -> bool {
        !self.groups_hidden.get(place).copied().unwrap_or(true) || self.plane.is_rest(place)
    }
}
