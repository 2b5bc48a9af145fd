//! What a crossing of two background variables hides.
//!
//! Both variables alone have their patterns already, and codes that are hidden there are one line
//! or column here. A small count is safe if answers could be moved, without changing anything that
//! is shown of the crossing or of either variable alone, until it is small no longer
//! ([`super::network`]); whatever stands in the way of the cheapest such move is hidden too.

use super::cells::{PRICE, is_small};
use super::network::{Aim, CLOSED, Edge, Network, Sum};
use super::plane::{Place, Plane};

/// Sizes of moves that are tried.
fn amounts(missing: u32) -> impl Iterator<Item = u32> {
    let mut next = missing;
    core::iter::from_fn(move || {
        let this = next;
        next /= 2;
        (this > 0).then_some(this)
    })
}

/// The answers to one variable (or one of its choices) in all cells of a plane.
#[derive(Debug)]
pub(super) struct Field<'a> {
    pub plane: &'a Plane,
    /// Respondents per cell.
    pub sizes: &'a [u32],
    /// Cells of which not even the size is shown.
    pub groups_hidden: &'a [bool],
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
    pub minimum: u32,
    /// True if it must not be told either that all in a cell answered alike.
    pub is_sensitive: bool,
    /// True for those who chose one of several and those who did not.
    pub is_several: bool,
}

/// Shown cells: per answer, per cell.
pub(super) type Shown = Vec<Vec<bool>>;

/// Something to be protected.
#[derive(Debug, Clone, Copy)]
struct Target {
    aim: Aim,
    /// True if the plane is looked at with lines and columns exchanged.
    turned: bool,
    answer: usize,
    amount: u32,
    /// True if less than `amount`, or the other way, will do.
    lenient: bool,
}

/// A target that is protected, by another world in which these answers in these cells differ.
struct Held {
    target: Target,
    cells: Vec<(usize, Place)>,
}

impl Field<'_> {
    /// Which cells can be shown; `None` if none can.
    pub(super) fn shown(&self) -> Option<Shown> {
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
        let mut held = Vec::new();
        let merged = vec![self.of_all_strata()];
        for target in self.targets() {
            let held_now = self
                .protect_somehow(target, &self.strata, &mut shown)
                .or_else(|| self.protect_somehow(target, &merged, &mut shown));
            match held_now {
                Some(it) => held.push(it),
                // Of a sum all cells that are not nobody are hidden anyway.
                None if matches!(target.aim, Aim::LineUp(_)) && target.lenient => {}
                None => return None,
            }
        }
        self.show_again(&at_first, &mut shown, &mut held);
        Some(shown)
    }

    /// Those who can change their answer, whatever else they can be told apart by.
    fn of_all_strata(&self) -> Vec<Vec<u32>> {
        let mut sums = vec![vec![0; self.plane.len()]; self.counts.len()];
        for stratum in &self.strata {
            for (sums, counts) in sums.iter_mut().zip(stratum) {
                for (sum, count) in sums.iter_mut().zip(counts) {
                    *sum += count;
                }
            }
        }
        sums
    }

    fn may_be_shown(&self, answer: usize, place: Place) -> bool {
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
                .map(|(ix, it)| {
                    Some((
                        ix,
                        self.protect(&it.target, &self.strata, &mut trial, false)?,
                    ))
                })
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
                let target = Target {
                    lenient: true,
                    ..self.target(*count, place, 0)
                };
                self.protect(&target, &self.strata, &mut shown, true)?;
            }
        }
        shown.into_iter().next()
    }

    /// The answer that all in a cell gave, if that must not be told.
    fn alike(&self, place: Place) -> Option<usize> {
        let mut given = (0..self.counts.len()).filter(|it| self.count(*it, place) > 0);
        let only = given.next().filter(|_| self.is_sensitive)?;
        // That nobody chose one of several is no secret.
        let is_told = self.is_several && only > 0;
        (given.next().is_none() && !is_told).then_some(only)
    }

    fn is_hidden_anyway(&self, place: Place) -> bool {
        self.closed.get(place).copied().unwrap_or(true)
            || self.groups_hidden.get(place).copied().unwrap_or(true)
    }

    fn count(&self, answer: usize, place: Place) -> u32 {
        let row = self.counts.get(answer);
        row.and_then(|it| it.get(place)).copied().unwrap_or(0)
    }

    /// Small counts, the smallest first; those of the variables alone at the end.
    fn targets(&self) -> Vec<Target> {
        let mut cells = Vec::new();
        for answer in 0..self.counts.len() {
            for place in 0..self.plane.len() {
                let count = self.count(answer, place);
                if is_small(count, self.minimum) {
                    cells.push((count, place, answer));
                }
            }
        }
        cells.sort_unstable();
        let alike = (0..self.plane.len())
            .filter(|place| !self.is_hidden_anyway(*place))
            .filter_map(|place| Some((place, self.alike(place)?)))
            .filter(|(place, answer)| !is_small(self.count(*answer, *place), self.minimum));
        let alike = alike.map(|(place, answer)| {
            let (line, column) = self.plane.at(place);
            Target {
                aim: Aim::CellDown(line, column),
                turned: false,
                answer,
                amount: 1,
                lenient: false,
            }
        });
        let mut targets: Vec<Target> = cells
            .into_iter()
            .map(|(count, place, answer)| self.target(count, place, answer))
            .chain(alike)
            .collect();
        for turned in [false, true] {
            let axis = if turned {
                &self.plane.columns
            } else {
                &self.plane.lines
            };
            for line in 0..axis.n - usize::from(axis.only_rest) {
                // Of codes that are hidden for others' sake it must not be told either.
                let lenient = line + 1 < axis.n || self.sizes_along(line, turned) < self.minimum;
                for answer in 0..self.counts.len() {
                    let count = self.sum(answer, line, turned);
                    if is_small(count, self.minimum) {
                        targets.push(Target {
                            aim: Aim::LineUp(line),
                            turned,
                            answer,
                            amount: (self.minimum - count).max(2),
                            lenient,
                        });
                    }
                }
            }
        }
        targets
    }

    fn target(&self, count: u32, place: Place, answer: usize) -> Target {
        let (line, column) = self.plane.at(place);
        let size = self.sizes.get(place).copied().unwrap_or(0);
        let wanted = (self.minimum - count).max(2);
        let is_size_known =
            !self.groups_hidden.get(place).copied().unwrap_or(true) || self.plane.is_rest(place);
        let room = size.saturating_sub(count);
        let (aim, amount) = match (is_size_known, room) {
            // All of them gave this answer; it must not be certain that they did.
            (true, 0) => (Aim::CellDown(line, column), 1),
            _ if size < self.minimum => (Aim::CellUp(line, column), 1),
            (true, room) => (Aim::CellUp(line, column), room.min(wanted)),
            (false, _) => (Aim::CellUp(line, column), wanted),
        };
        Target {
            aim,
            turned: false,
            answer,
            amount,
            lenient: true,
        }
    }

    fn sum(&self, answer: usize, line: usize, turned: bool) -> u32 {
        let places = self.along(line, turned);
        places.map(|place| self.count(answer, place)).sum()
    }

    /// How many respondents can change their answers along a line or a column.
    fn sizes_along(&self, line: usize, turned: bool) -> u32 {
        let movable = self.of_all_strata();
        let places = self.along(line, turned);
        let at = |place: Place| {
            movable
                .iter()
                .filter_map(move |it| it.get(place))
                .sum::<u32>()
        };
        places.map(at).sum()
    }

    fn along(&self, line: usize, turned: bool) -> impl Iterator<Item = Place> {
        (0..self.plane.len()).filter(move |place| {
            let (here, there) = self.plane.at(*place);
            (if turned { there } else { here }) == line
        })
    }

    /// Hides what it takes. Where so few are that the count can only be uncertain, it does not
    /// matter whether it could be larger or smaller.
    fn protect_somehow(
        &self,
        target: Target,
        strata: &[Vec<Vec<u32>>],
        shown: &mut Shown,
    ) -> Option<Held> {
        let mut trial = shown.clone();
        let mut done = self.protect(&target, strata, &mut trial, true);
        if done.is_none()
            && target.lenient
            && let Aim::CellUp(line, column) = target.aim
        {
            trial.clone_from(shown);
            let smaller = Target {
                aim: Aim::CellDown(line, column),
                amount: 1,
                ..target
            };
            done = self.protect(&smaller, strata, &mut trial, true);
        }
        if done.is_some() {
            *shown = trial;
        }
        done
    }

    /// Hides what it takes, if that is allowed.
    fn protect(
        &self,
        target: &Target,
        strata: &[Vec<Vec<u32>>],
        shown: &mut Shown,
        may_hide: bool,
    ) -> Option<Held> {
        let mut left = strata.to_vec();
        let mut missing = target.amount;
        let mut cells = Vec::new();
        while missing > 0 {
            let Some(best) = self.best(target, missing, &left, shown, may_hide) else {
                break;
            };
            for (place, grows) in &best.steps {
                let (winner, loser) = if *grows {
                    (Some(target.answer), best.other)
                } else {
                    (best.other, Some(target.answer))
                };
                for (answer, is_winner) in [(winner, true), (loser, false)] {
                    let Some(answer) = answer else { continue };
                    *shown.get_mut(answer)?.get_mut(*place)? = false;
                    cells.push((answer, *place));
                    let counts = left.get_mut(best.stratum)?;
                    let count = counts.get_mut(answer)?.get_mut(*place)?;
                    *count = if is_winner {
                        count.saturating_add(best.amount)
                    } else {
                        count.saturating_sub(best.amount)
                    };
                }
            }
            missing -= best.amount;
        }
        let reached = target.amount - missing;
        let enough = missing == 0 || (target.lenient && reached > 0);
        enough.then_some(Held {
            target: Target {
                amount: reached,
                lenient: false,
                ..*target
            },
            cells,
        })
    }

    /// The cheapest move towards a target.
    fn best(
        &self,
        target: &Target,
        missing: u32,
        left: &[Vec<Vec<u32>>],
        shown: &Shown,
        may_hide: bool,
    ) -> Option<Best> {
        let mut best: Option<(u64, Best)> = None;
        for (stratum, left) in left.iter().enumerate() {
            let others = (0..self.counts.len()).filter(|it| *it != target.answer);
            for other in core::iter::once(None).chain(others.map(Some)) {
                let own = self.own_step(target);
                if room(target, own, other, left) == 0 {
                    continue;
                }
                let network = self.network(target, other, left, shown, may_hide);
                let own_edge = own.and_then(|(ix, _)| network.edges.get(ix));
                let own_price = own_edge.map_or(0, |it| it.price);
                if own_price == CLOSED {
                    continue;
                }
                for amount in amounts(missing) {
                    if room(target, own, other, left) < amount {
                        continue;
                    }
                    let Some(chain) = network.cheapest(target.aim, amount) else {
                        continue;
                    };
                    let price = chain.price.saturating_add(own_price);
                    let rank = u64::from(price) * u64::from(missing.div_ceil(amount));
                    if best.as_ref().is_none_or(|(best, _)| rank < *best) {
                        let steps = chain.steps.into_iter().chain(own);
                        let steps = steps.map(|(ix, grows)| (self.turn(ix, target.turned), grows));
                        best = Some((
                            rank,
                            Best {
                                amount,
                                stratum,
                                other,
                                steps: steps.collect(),
                            },
                        ));
                    }
                    if rank == 0 {
                        return best.map(|(_, it)| it);
                    }
                }
            }
        }
        best.map(|(_, it)| it)
    }

    /// The cell aimed at, as an edge of the network, and whether it grows.
    fn own_step(&self, target: &Target) -> Option<(usize, bool)> {
        match target.aim {
            Aim::CellUp(line, column) => Some((line * self.plane.columns.n + column, true)),
            Aim::CellDown(line, column) => Some((line * self.plane.columns.n + column, false)),
            Aim::LineUp(_) => None,
        }
    }

    /// The cell of an edge of the network.
    fn turn(&self, ix: usize, turned: bool) -> Place {
        if turned {
            let (lines, columns) = (self.plane.lines.n, self.plane.columns.n);
            ix % lines * columns + ix / lines
        } else {
            ix
        }
    }

    /// Moves between the target's answer and `other`; without another, between groups whose size
    /// is hidden.
    fn network(
        &self,
        target: &Target,
        other: Option<usize>,
        left: &[Vec<u32>],
        shown: &Shown,
        may_hide: bool,
    ) -> Network {
        let at = |answer: usize, place: Place| {
            let row = left.get(answer);
            row.and_then(|it| it.get(place)).copied().unwrap_or(0)
        };
        let price = |answer: usize, place: Place| {
            let is_shown = shown.get(answer).and_then(|it| it.get(place)) == Some(&true);
            match (is_shown, may_hide) {
                (false, _) => 0,
                (true, true) => PRICE + self.count(answer, place).min(PRICE),
                (true, false) => CLOSED,
            }
        };
        let edge = |place: Place| match other {
            Some(other) => Edge {
                plus: at(other, place),
                minus: at(target.answer, place),
                price: price(target.answer, place).saturating_add(price(other, place)),
            },
            None => Edge {
                plus: u32::MAX,
                minus: at(target.answer, place),
                price: if self.groups_hidden.get(place) == Some(&true) && !self.plane.is_rest(place)
                {
                    0
                } else {
                    CLOSED
                },
            },
        };
        let edges = (0..self.plane.len()).map(|ix| edge(self.turn(ix, target.turned)));
        let [mut lines, mut columns] = [0, 1].map(|side| self.sums(side, target.answer, other));
        if target.turned {
            core::mem::swap(&mut lines, &mut columns);
        }
        Network {
            edges: edges.collect(),
            lines,
            columns,
        }
    }

    fn sums(&self, side: usize, answer: usize, other: Option<usize>) -> Vec<Sum> {
        let closed = self
            .sums_closed
            .get(side)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let hidden = |answer: usize, ix: usize| {
            let row = self.sums.get(side).and_then(|it| it.get(answer));
            row.and_then(|it| it.get(ix)).copied().unwrap_or(false)
        };
        let sum = |(ix, closed): (usize, &bool)| match other {
            Some(other) if hidden(answer, ix) && hidden(other, ix) => Sum::Pool(1),
            Some(_) if *closed => Sum::Pool(0),
            None | Some(_) => Sum::Kept,
        };
        closed.iter().enumerate().map(sum).collect()
    }
}

/// By how many the target itself can change at the expense of another answer.
fn room(
    target: &Target,
    own: Option<(usize, bool)>,
    other: Option<usize>,
    left: &[Vec<u32>],
) -> u32 {
    let Some((place, grows)) = own else {
        return u32::MAX;
    };
    let giver = if grows { other } else { Some(target.answer) };
    giver.map_or(u32::MAX, |it| {
        let row = left.get(it);
        row.and_then(|it| it.get(place)).copied().unwrap_or(0)
    })
}

struct Best {
    amount: u32,
    stratum: usize,
    other: Option<usize>,
    steps: Vec<(Place, bool)>,
}
