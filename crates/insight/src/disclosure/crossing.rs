//! What a crossing of two background variables hides.
//!
//! Both variables alone have their patterns already, and codes that are hidden there are one line
//! or column here. A small count is safe if answers could be moved, without changing anything that
//! is shown of the crossing or of either variable alone, until it is small no longer
//! ([`super::network`]); whatever stands in the way of the cheapest such move is hidden too.

use super::cells::{PRICE, Table, is_small};
use super::network::{Aim, CLOSED, Edge, Network, Sum};

/// One background variable of a crossing: its codes and a last one for those without.
#[derive(Debug, Clone)]
pub(super) struct Axis {
    /// Per code, its place among lines (or columns).
    pub place: Vec<usize>,
    /// How many lines (or columns) there are; the last holds all codes that are hidden.
    pub n: usize,
    /// True if nothing but those without a code is in the last one: how many they are is known.
    pub only_rest: bool,
}

impl Axis {
    /// `hidden` as in [`super::Pattern::hidden`]: the last is for those without a code.
    pub(super) fn new(hidden: &[bool]) -> Self {
        let n_shown = hidden.iter().filter(|it| !**it).count();
        let mut next = 0;
        let place = hidden.iter().map(|hidden| {
            if *hidden {
                n_shown
            } else {
                next += 1;
                next - 1
            }
        });
        Self {
            place: place.collect(),
            n: n_shown + 1,
            only_rest: hidden.len() == n_shown + 1,
        }
    }
}

/// Both variables.
#[derive(Debug, Clone)]
pub(super) struct Plane {
    pub lines: Axis,
    pub columns: Axis,
}

/// A cell of the plane.
type Place = usize;

impl Plane {
    /// Number of cells.
    fn len(&self) -> usize {
        self.lines.n * self.columns.n
    }

    /// Sums what was counted per pair of codes into the plane's cells.
    pub(super) fn gather(&self, counts: &[u32]) -> Vec<u32> {
        let mut sums = vec![0; self.len()];
        for (place, count) in self.places().zip(counts) {
            if let Some(slot) = sums.get_mut(place) {
                *slot += count;
            }
        }
        sums
    }

    /// The other way: what holds for a cell holds for every pair of codes in it.
    pub(super) fn spread(&self, of: &[bool]) -> Vec<bool> {
        let places = self.places();
        places
            .map(|it| of.get(it).copied().unwrap_or(true))
            .collect()
    }

    /// Per cell what holds for each pair of codes in it.
    pub(super) fn collect(&self, of: &[bool]) -> Vec<bool> {
        let mut cells = vec![true; self.len()];
        for (place, it) in self.places().zip(of) {
            if let Some(slot) = cells.get_mut(place) {
                *slot = *it;
            }
        }
        cells
    }

    fn places(&self) -> impl Iterator<Item = Place> {
        let lines = self.lines.place.iter();
        lines.flat_map(move |line| {
            let columns = self.columns.place.iter();
            columns.map(move |column| line * self.columns.n + column)
        })
    }

    /// Line and column of a cell.
    fn at(&self, place: Place) -> (usize, usize) {
        (place / self.columns.n, place % self.columns.n)
    }

    /// True for those without a code, of whom it is known how many they are.
    fn is_rest(&self, place: Place) -> bool {
        let (line, column) = self.at(place);
        (self.lines.only_rest && line + 1 == self.lines.n)
            || (self.columns.only_rest && column + 1 == self.columns.n)
    }

    /// True for cells that have no place of their own on the page.
    fn is_unpublished(&self, place: Place) -> bool {
        let (line, column) = self.at(place);
        line + 1 == self.lines.n || column + 1 == self.columns.n
    }
}

/// Which groups are hidden, from how many respondents are in each; `None` if the crossing cannot
/// be shown at all.
pub(super) fn hide_groups(plane: &Plane, sizes: &[u32], minimum: u32) -> Option<Vec<bool>> {
    let hidden: Vec<bool> = sizes
        .iter()
        .enumerate()
        .map(|(ix, size)| plane.is_unpublished(ix) || is_small(*size, minimum))
        .collect();
    let small = sizes.iter().enumerate();
    let small = small.map(|(ix, size)| is_small(*size, minimum) && !plane.is_rest(ix));
    let table = Table {
        counts: sizes.to_vec(),
        n_columns: plane.columns.n,
        closed: (0..sizes.len()).map(|ix| plane.is_rest(ix)).collect(),
        minimum,
    };
    table.hide(&hidden, &small.collect::<Vec<bool>>())
}

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
    /// Per answer, whether it is never shown by itself.
    pub unseen: Vec<bool>,
    /// Per answer, whether it is hidden in each line, and in each column, of the variables alone.
    pub sums: [Vec<Vec<bool>>; 2],
    /// Per line, and per column, whether nothing about the variable is shown there.
    pub sums_closed: [Vec<bool>; 2],
    pub minimum: u32,
}

/// Shown cells: per answer, per cell.
pub(super) type Shown = Vec<Vec<bool>>;

/// Something to be protected.
struct Target {
    aim: Aim,
    /// True if the plane is looked at with lines and columns exchanged.
    turned: bool,
    answer: usize,
    amount: u32,
    /// True if less than `amount`, or the other way, will do.
    lenient: bool,
}

impl Field<'_> {
    /// Which cells can be shown; `None` if none can.
    pub(super) fn shown(&self) -> Option<Shown> {
        let mut shown: Shown = (self.counts.iter().enumerate())
            .map(|(answer, row)| {
                (row.iter().enumerate())
                    .map(|(place, count)| {
                        !self.is_hidden_anyway(place)
                            && self.unseen.get(answer) == Some(&false)
                            && !is_small(*count, self.minimum)
                    })
                    .collect()
            })
            .collect();
        for target in self.targets() {
            self.protect_somehow(target, &mut shown)?;
        }
        Some(shown)
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
                self.protect(&target, &mut shown)?;
            }
        }
        shown.into_iter().next()
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
        let mut targets: Vec<Target> = cells
            .into_iter()
            .map(|(count, place, answer)| self.target(count, place, answer))
            .collect();
        for turned in [false, true] {
            let n = if turned {
                self.plane.columns.n
            } else {
                self.plane.lines.n
            };
            for line in 0..n - 1 {
                for answer in 0..self.counts.len() {
                    let count = self.sum(answer, line, turned);
                    if is_small(count, self.minimum) {
                        targets.push(Target {
                            aim: Aim::LineUp(line),
                            turned,
                            answer,
                            amount: (self.minimum - count).max(2),
                            lenient: true,
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
        let places = (0..self.plane.len()).filter(|place| {
            let (here, there) = self.plane.at(*place);
            (if turned { there } else { here }) == line
        });
        places.map(|place| self.count(answer, place)).sum()
    }

    /// Hides what it takes. Where so few are that the count can only be uncertain, it does not
    /// matter whether it could be larger or smaller.
    fn protect_somehow(&self, target: Target, shown: &mut Shown) -> Option<()> {
        let mut trial = shown.clone();
        let mut done = self.protect(&target, &mut trial);
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
            done = self.protect(&smaller, &mut trial);
        }
        done.map(|()| *shown = trial)
    }

    /// Hides what it takes.
    fn protect(&self, target: &Target, shown: &mut Shown) -> Option<()> {
        let mut left = self.counts.clone();
        let mut missing = target.amount;
        while missing > 0 {
            let Some(best) = self.best(target, missing, &left, shown) else {
                let reached = missing < target.amount;
                return (target.lenient && reached).then_some(());
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
                    let count = left.get_mut(answer)?.get_mut(*place)?;
                    *count = if is_winner {
                        count.saturating_add(best.amount)
                    } else {
                        count.saturating_sub(best.amount)
                    };
                }
            }
            missing -= best.amount;
        }
        Some(())
    }

    /// The cheapest move towards a target.
    fn best(
        &self,
        target: &Target,
        missing: u32,
        left: &[Vec<u32>],
        shown: &Shown,
    ) -> Option<Best> {
        let others = (0..self.counts.len()).filter(|it| *it != target.answer);
        let mut best: Option<(u64, Best)> = None;
        for other in core::iter::once(None).chain(others.map(Some)) {
            let network = self.network(target, other, left, shown);
            let own = self.own_step(target);
            let own_edge = own.and_then(|(ix, _)| network.edges.get(ix));
            for amount in amounts(missing) {
                let room = match (own, own_edge) {
                    (Some((_, true)), Some(edge)) => edge.plus,
                    (Some((_, false)), Some(edge)) => edge.minus,
                    _ => u32::MAX,
                };
                let own_price = own_edge.map_or(0, |it| it.price);
                if room < amount || own_price == CLOSED {
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
    ) -> Network {
        let at = |answer: usize, place: Place| {
            let row = left.get(answer);
            row.and_then(|it| it.get(place)).copied().unwrap_or(0)
        };
        let price = |answer: usize, place: Place| {
            let is_shown = shown.get(answer).and_then(|it| it.get(place)) == Some(&true);
            if is_shown {
                PRICE + self.count(answer, place).min(PRICE)
            } else {
                0
            }
        };
        let edge = |place: Place| match other {
            Some(other) => Edge {
                plus: at(other, place),
                minus: at(target.answer, place),
                price: price(target.answer, place) + price(other, place),
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

struct Best {
    amount: u32,
    other: Option<usize>,
    steps: Vec<(Place, bool)>,
}
