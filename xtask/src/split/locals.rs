//! Sets of a function's locals, and which of them are still needed where.

use wasmparser::Operator;

use super::points::Listing;

/// A set of locals.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub(super) struct Locals(Vec<u64>);

impl Locals {
    pub(super) fn add(&mut self, local: u32) {
        let word = local as usize / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (local % 64);
    }

    fn remove(&mut self, local: u32) {
        if let Some(word) = self.0.get_mut(local as usize / 64) {
            *word &= !(1 << (local % 64));
        }
    }

    pub(super) fn add_all(&mut self, others: &Self) {
        if self.0.len() < others.0.len() {
            self.0.resize(others.0.len(), 0);
        }
        for (word, other) in self.0.iter_mut().zip(&others.0) {
            *word |= other;
        }
    }

    pub(super) fn both(&self, others: &Self) -> Vec<u32> {
        (0u32..)
            .zip(self.0.iter().zip(&others.0))
            .flat_map(|(word, (one, other))| {
                (0..64)
                    .filter(move |bit| one & other & (1 << bit) != 0)
                    .map(move |bit| word * 64 + bit)
            })
            .collect()
    }

    /// Whether nothing is in `self` that is not in `others`.
    fn within(&self, others: &Self) -> bool {
        self.0
            .iter()
            .enumerate()
            .all(|(word, bits)| bits & !others.0.get(word).copied().unwrap_or(0) == 0)
    }
}

/// What is needed where a list of operators breaks off.
#[derive(Clone, Default)]
pub(super) struct Needed {
    /// At the break itself.
    pub(super) here: Locals,
    /// After the list.
    pub(super) after: Locals,
    /// Where a branch out of the list leads, the innermost block first.
    pub(super) labels: Vec<Locals>,
}

/// Finds what is needed at each of `breaks`, places of operators in order; at most one in a list.
pub(super) fn needed(listing: &Listing<'_>, breaks: &[usize]) -> Vec<Needed> {
    let mut search = Search {
        listing,
        breaks,
        found: vec![Needed::default(); breaks.len()],
        labels: vec![Locals::default()],
    };
    search.list(0, listing.operators.len() - 1, Locals::default());
    search.found
}

struct Search<'s> {
    listing: &'s Listing<'s>,
    breaks: &'s [usize],
    found: Vec<Needed>,
    /// The outermost block first.
    labels: Vec<Locals>,
}

impl Search<'_> {
    fn label(&self, depth: u32) -> &Locals {
        &self.labels[self.labels.len() - 1 - depth as usize]
    }

    /// What is needed before the operators from `from` up to `to`, when `after` is needed after
    /// them.
    fn list(&mut self, from: usize, to: usize, after: Locals) -> Locals {
        let mut now = after.clone();
        let mut place = to;
        while place > from {
            place -= 1;
            match &self.listing.operators[place] {
                Operator::End => {
                    let opener = self.listing.partner[place];
                    now = self.block(opener, place, now);
                    place = opener;
                }
                Operator::LocalGet { local_index } => now.add(*local_index),
                Operator::LocalSet { local_index } | Operator::LocalTee { local_index } => {
                    now.remove(*local_index);
                }
                Operator::Br { relative_depth } => now = self.label(*relative_depth).clone(),
                Operator::BrIf { relative_depth } => {
                    let label = self.label(*relative_depth).clone();
                    now.add_all(&label);
                }
                Operator::BrTable { targets } => {
                    now = self.label(targets.default()).clone();
                    for target in targets.targets().flatten() {
                        let label = self.label(target).clone();
                        now.add_all(&label);
                    }
                }
                Operator::Return
                | Operator::Unreachable
                | Operator::ReturnCall { .. }
                | Operator::ReturnCallIndirect { .. } => now = Locals::default(),
                _ => {}
            }
            if let Ok(found) = self.breaks.binary_search(&place) {
                self.found[found] = Needed {
                    here: now.clone(),
                    after: after.clone(),
                    labels: self.labels.iter().rev().cloned().collect(),
                };
            }
        }
        now
    }

    fn block(&mut self, opener: usize, end: usize, after: Locals) -> Locals {
        match self.listing.operators[opener] {
            Operator::Loop { .. } => {
                self.labels.push(Locals::default());
                loop {
                    let before = self.list(opener + 1, end, after.clone());
                    let known = self.labels.len() - 1;
                    if before.within(&self.labels[known]) {
                        self.labels.pop();
                        return before;
                    }
                    self.labels[known].add_all(&before);
                }
            }
            Operator::If { .. } => {
                self.labels.push(after.clone());
                let mut before = match self.listing.other_arm[opener] {
                    Some(other) => {
                        let mut before = self.list(other + 1, end, after.clone());
                        before.add_all(&self.list(opener + 1, other, after));
                        before
                    }
                    None => self.list(opener + 1, end, after.clone()),
                };
                if self.listing.other_arm[opener].is_none() {
                    before.add_all(&self.labels[self.labels.len() - 1]);
                }
                self.labels.pop();
                before
            }
            _ => {
                self.labels.push(after.clone());
                let before = self.list(opener + 1, end, after);
                self.labels.pop();
                before
            }
        }
    }
}
