//! Another world by moving answers in circles ([`super::network`]), and what must be hidden for it.

use super::cells::PRICE;
use super::crossing::{Field, Held, Shown};
use super::network::{Aim, CLOSED, Edge, Network, Sum};
use super::plane::Place;
use super::targets::Target;

/// Sizes of moves that are tried.
fn amounts(missing: u32) -> impl Iterator<Item = u32> {
    let mut next = missing;
    core::iter::from_fn(move || {
        let this = next;
        next /= 2;
        (this > 0).then_some(this)
    })
}

impl Field<'_> {
    /// Hides what it takes. Where so few are that the count can only be uncertain, it does not
    /// matter whether it could be larger or smaller.
    pub(super) fn protect_somehow(&self, target: Target, shown: &mut Shown) -> Option<Held> {
        let ways = core::iter::once(target).chain(target.other_way());
        let mut protected = ways.filter_map(|target| {
            let mut trial = shown.clone();
            let held = self.protect(&target, &mut trial, true)?;
            Some((trial, held))
        });
        let (trial, held) = protected.next()?;
        drop(protected);
        *shown = trial;
        Some(held)
    }

    /// Hides what it takes, if that is allowed.
    pub(super) fn protect(
        &self,
        target: &Target,
        shown: &mut Shown,
        may_hide: bool,
    ) -> Option<Held> {
        if let Aim::SizeUp(..) = target.aim {
            return self.protect_size(target);
        }
        let mut left = self.strata.clone();
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
        let is_enough = reached >= target.least.max(1);
        is_enough.then_some(Held {
            target: Target {
                amount: reached,
                least: reached,
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
            Aim::LineUp(_) | Aim::LineDown(_) | Aim::SizeUp(..) => None,
        }
    }

    /// More respondents in a cell, with whatever answers, where only cells change of which not even
    /// the size is shown.
    fn protect_size(&self, target: &Target) -> Option<Held> {
        let Aim::SizeUp(line, column) = target.aim else {
            return None;
        };
        let unseen = vec![vec![false; self.plane.len()]; self.counts.len()];
        let mut left = self.strata.clone();
        let mut missing = target.amount;
        let places = 0..left.len();
        let all = places.flat_map(|stratum| (0..self.counts.len()).map(move |it| (stratum, it)));
        for (stratum, answer) in all {
            let one = Target {
                aim: Aim::CellUp(line, column),
                answer,
                ..*target
            };
            while missing > 0 {
                let counts = left.get(stratum)?;
                let network = self.network(&one, None, counts, &unseen, false);
                let found = network.best(one.aim, missing);
                let Some((amount, chain)) = found else {
                    break;
                };
                let row = left.get_mut(stratum)?.get_mut(answer)?;
                for (place, grows) in chain.steps {
                    let count = row.get_mut(place)?;
                    *count = if grows {
                        count.saturating_add(amount)
                    } else {
                        count.saturating_sub(amount)
                    };
                }
                missing -= amount;
            }
        }
        (missing == 0).then_some(Held {
            target: *target,
            cells: Vec::new(),
        })
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
            match (is_shown, may_hide && !self.is_none(answer)) {
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
        let [mut lines, mut columns] = [0, 1].map(|side| self.sums(side, target, other));
        if target.turned {
            core::mem::swap(&mut lines, &mut columns);
        }
        Network {
            edges: edges.collect(),
            lines,
            columns,
        }
    }

    fn sums(&self, side: usize, target: &Target, other: Option<usize>) -> Vec<Sum> {
        let stay = target.is_cell() && self.sums_stay.get(side) == Some(&true);
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
            Some(other) if !stay && hidden(target.answer, ix) && hidden(other, ix) => Sum::Pool(1),
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
