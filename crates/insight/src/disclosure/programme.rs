//! Another world by linear programming, where moves in circles find no way.
//!
//! A circle exchanges two answers at a time; whether a count could be larger is decided by all of
//! them together. What is shown of a crossing, and of either variable alone, are equations over the
//! changes of all counts; the cheapest changes that fulfil them are sought.

use std::collections::BTreeMap;

use microlp::{
    ComparisonOp, LinearExpr, OptimizationDirection, Problem, SolveOptions, SolveOutcome, Variable,
};

use super::cells::PRICE;
use super::crossing::{Field, Held, Shown};
use super::network::Aim;
use super::plane::Place;
use super::targets::Target;

/// With more counts than this a programme would take too long: what it should protect is then not
/// shown.
const MOST: usize = 1000;

/// So many other lines are tried at first.
const NEAR: usize = 3;

/// Among which answers an exchange is sought. Most are found in a few lines, or at least among what is
/// hidden already: these are much smaller programmes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// Hidden ones of a few lines.
    Near,
    /// Hidden ones.
    Hidden,
    /// All; those that it takes are then hidden.
    All,
}

/// A change smaller than this is none.
const NOTHING: f64 = 1e-6;

/// By how much answers in cells differ in another world; in their order.
pub(super) type World = Vec<((usize, Place), f64)>;

/// Counts that can change.
struct Programme {
    problem: Problem,
    /// Per count that can change: its number, and by how much it grows, and shrinks if anybody is
    /// there.
    changes: Vec<(usize, Variable, Option<Variable>)>,
}

impl Programme {
    fn new() -> Self {
        Self {
            problem: Problem::new(OptimizationDirection::Minimize),
            changes: Vec::new(),
        }
    }

    /// A count that can grow, and shrink by at most `minus`; a change by one has the price. Counts
    /// come in the order of their numbers.
    fn can_change(&mut self, number: usize, minus: u32, price: u32) {
        let price = f64::from(price) + 0.001;
        let grows = self.problem.add_var(price, (0.0, f64::INFINITY));
        let shrinks = (minus > 0).then(|| self.problem.add_var(price, (0.0, f64::from(minus))));
        self.changes.push((number, grows, shrinks));
    }

    /// Together these counts change by so many.
    fn together(&mut self, numbers: impl Iterator<Item = usize>, by: i32) {
        let mut sum = LinearExpr::empty();
        let mut any = false;
        for number in numbers {
            let found = self.changes.binary_search_by_key(&number, |it| it.0);
            let change = found.ok().and_then(|ix| self.changes.get(ix));
            if let Some((_, grows, shrinks)) = change {
                sum.add(*grows, 1.0);
                if let Some(shrinks) = shrinks {
                    sum.add(*shrinks, -1.0);
                }
                any = true;
            }
        }
        if any || by != 0 {
            let by = f64::from(by);
            self.problem.add_constraint(sum, ComparisonOp::Eq, by);
        }
    }

    /// The counts that change and by how much, if there is such a world.
    fn solve(self) -> Option<Vec<(usize, f64)>> {
        // Presolving removes no count, and takes longer than it saves.
        let mut options = SolveOptions::default();
        options.presolve = false;
        let Ok(SolveOutcome::Solution(world)) = self.problem.solve_with(options) else {
            return None;
        };
        let change = |it: &(usize, Variable, Option<Variable>)| {
            let shrinks = it.2.map_or(0.0, |it| world.var_value(it));
            (it.0, world.var_value(it.1) - shrinks)
        };
        let changes = self.changes.iter().map(change);
        Some(changes.filter(|it| it.1.abs() > NOTHING).collect())
    }
}

impl Field<'_> {
    /// The same where circles find no way, but exchanges among all answers do.
    pub(super) fn protect_by_programme(
        &self,
        target: Target,
        shown: &mut Shown,
        worlds: &mut Vec<World>,
    ) -> Option<Held> {
        let ways = || core::iter::once(target).chain(target.other_way());
        let known = ways().find_map(|way| {
            let is_reached = |it: &&World| {
                self.gained(way, it) > way.wanted() - NOTHING
                    && (!way.is_cell() || self.keeps_shared_sums(it))
            };
            Some(held(way, worlds.iter().find(is_reached)?))
        });
        known.or_else(|| {
            let mut tries = [Extent::Near, Extent::Hidden, Extent::All]
                .into_iter()
                .flat_map(|extent| ways().map(move |way| (way, extent)));
            tries.find_map(|(way, extent)| {
                let world = self.exchange(way, shown, extent)?;
                let held = held(way, &world);
                worlds.push(world);
                Some(held)
            })
        })
    }

    /// Whether the sums stay in a world that stay where the count of a cell is to change.
    fn keeps_shared_sums(&self, world: &World) -> bool {
        [false, true]
            .into_iter()
            .zip(self.sums_stay)
            .all(|(turned, stay)| {
                let mut changes = BTreeMap::<(usize, usize), f64>::new();
                for ((answer, place), by) in world.iter().filter(|_| stay) {
                    let (line, column) = self.plane.at(*place);
                    let along = if turned { column } else { line };
                    *changes.entry((*answer, along)).or_default() += by;
                }
                changes.values().all(|it| it.abs() < NOTHING)
            })
    }

    /// By how much a world is on the way to a target.
    fn gained(&self, target: Target, world: &World) -> f64 {
        let change = |answer: usize, place: Place| {
            let found = world.binary_search_by_key(&(answer, place), |it| it.0);
            found
                .ok()
                .and_then(|ix| world.get(ix))
                .map_or(0.0, |it| it.1)
        };
        let of_cell = |line: usize, column: usize| line * self.plane.columns.n + column;
        let along = |line: usize| -> f64 {
            let places = self.along(line, target.turned);
            places.map(|place| change(target.answer, place)).sum()
        };
        match target.aim {
            Aim::CellUp(line, column) => change(target.answer, of_cell(line, column)),
            Aim::CellDown(line, column) => -change(target.answer, of_cell(line, column)),
            Aim::LineUp(line) => along(line),
            Aim::LineDown(line) => -along(line),
            Aim::SizeUp(line, column) => {
                let place = of_cell(line, column);
                (0..self.counts.len()).map(|it| change(it, place)).sum()
            }
        }
    }

    /// Per cell, whether it is in the lines of most use for a cell's count: its own, and those in which
    /// most hidden answers are in its column. `None` for other targets, and where that is all.
    fn near(&self, target: Target, shown: &Shown) -> Option<Vec<bool>> {
        let (Aim::CellUp(line, column) | Aim::CellDown(line, column)) = target.aim else {
            return None;
        };
        let lines = self.plane.lines.n;
        if lines <= NEAR + 1 {
            return None;
        }
        let hidden = |it: usize| -> u32 {
            let place = it * self.plane.columns.n + column;
            let rows = shown.iter().enumerate();
            let hidden = rows.filter(|(_, row)| row.get(place) == Some(&false));
            hidden.map(|(answer, _)| self.count(answer, place)).sum()
        };
        let mut others: Vec<usize> = (0..lines).filter(|it| *it != line).collect();
        others.sort_by_key(|it| core::cmp::Reverse(hidden(*it)));
        others.truncate(NEAR);
        others.push(line);
        let cells = 0..self.plane.len();
        Some(
            cells
                .map(|it| others.contains(&self.plane.at(it).0))
                .collect(),
        )
    }

    fn exchange(&self, target: Target, shown: &mut Shown, extent: Extent) -> Option<World> {
        let may_hide = extent == Extent::All;
        let near = match extent {
            Extent::Near => Some(self.near(target, shown)?),
            _ => None,
        };
        let n = self.plane.len();
        let (n_answers, n_strata) = (self.counts.len(), self.strata.len());
        let number = |stratum: usize, answer: usize, place: Place| {
            (stratum * n_answers + answer) * n + place
        };
        let columns = self.plane.columns.n;
        let mut programme = Programme::new();
        for (stratum, counts) in self.strata.iter().enumerate() {
            for (answer, movable) in counts.iter().enumerate() {
                for (place, movable) in movable.iter().enumerate() {
                    let is_shown = shown.get(answer).and_then(|it| it.get(place)) == Some(&true);
                    let anybody = || {
                        counts
                            .iter()
                            .any(|it| it.get(place).is_some_and(|n| *n > 0))
                    };
                    let is_fixed = self.is_size_known(place) && !anybody();
                    let is_far = near.as_ref().is_some_and(|it| it.get(place) != Some(&true));
                    if is_fixed || is_far || (is_shown && (!may_hide || self.is_none(answer))) {
                        continue;
                    }
                    let price = PRICE + self.count(answer, place).min(PRICE);
                    let price = if is_shown { price } else { 0 };
                    programme.can_change(number(stratum, answer, place), *movable, price);
                }
            }
        }
        if programme.changes.len() > MOST {
            return None;
        }
        for stratum in 0..n_strata {
            self.keep(&mut programme, target.is_cell(), |answer, place| {
                number(stratum, answer, place)
            });
        }
        let by = i32::try_from(target.least).ok()?;
        let strata = 0..n_strata;
        match target.aim {
            Aim::CellUp(line, column) | Aim::CellDown(line, column) => {
                let is_up = matches!(target.aim, Aim::CellUp(..));
                let place = line * columns + column;
                let those = strata.map(|it| number(it, target.answer, place));
                programme.together(those, if is_up { by } else { -1 });
            }
            Aim::LineUp(line) | Aim::LineDown(line) => {
                let is_up = matches!(target.aim, Aim::LineUp(_));
                let along = |stratum| {
                    let places = self.along(line, target.turned);
                    places.map(move |place| number(stratum, target.answer, place))
                };
                programme.together(strata.flat_map(along), if is_up { by } else { -1 });
            }
            Aim::SizeUp(line, column) => {
                let place = line * columns + column;
                let all = |stratum| (0..n_answers).map(move |it| number(stratum, it, place));
                programme.together(strata.flat_map(all), by);
            }
        }
        let mut changes: World = programme
            .solve()?
            .into_iter()
            .map(|(it, by)| ((it / n % n_answers, it % n), by))
            .collect();
        changes.sort_unstable_by_key(|it| it.0);
        let mut world = World::new();
        for (cell, by) in changes {
            match world.last_mut().filter(|it| it.0 == cell) {
                Some(known) => known.1 += by,
                None => world.push((cell, by)),
            }
            *shown.get_mut(cell.0)?.get_mut(cell.1)? = false;
        }
        Some(world)
    }

    /// What stays as it is within a stratum.
    fn keep(
        &self,
        programme: &mut Programme,
        is_of_cell: bool,
        number: impl Fn(usize, Place) -> usize,
    ) {
        let n = self.plane.len();
        let answers = 0..self.counts.len();
        for place in (0..n).filter(|it| self.is_size_known(*it)) {
            programme.together(answers.clone().map(|it| number(it, place)), 0);
        }
        // Answers whose sums are kept all along one variable.
        let mut is_kept = vec![false; self.counts.len()];
        for (side, turned) in [false, true].into_iter().enumerate() {
            let closed = self.sums_closed.get(side).map(Vec::as_slice);
            let closed = closed.unwrap_or_default();
            let stay = is_of_cell && self.sums_stay.get(side) == Some(&true);
            let hidden = self.sums.get(side).filter(|_| !stay);
            let keeps = |answer: usize, line: usize| {
                let sums = hidden.and_then(|it| it.get(answer));
                closed.get(line) == Some(&false) && sums.and_then(|it| it.get(line)) != Some(&true)
            };
            for line in 0..closed.len() {
                let along = |answer: usize| {
                    let number = &number;
                    self.along(line, turned)
                        .map(move |place| number(answer, place))
                };
                for answer in answers.clone().filter(|it| keeps(*it, line)) {
                    programme.together(along(answer), 0);
                }
                // Else it follows.
                if !answers.clone().all(|it| keeps(it, line))
                    && !self.along(line, turned).all(|it| self.is_size_known(it))
                {
                    programme.together(answers.clone().flat_map(along), 0);
                }
            }
            for (answer, slot) in is_kept.iter_mut().enumerate() {
                *slot |= (0..closed.len()).all(|line| keeps(answer, line));
            }
        }
        for (answer, _) in is_kept.iter().enumerate().filter(|it| !it.1) {
            programme.together((0..n).map(|place| number(answer, place)), 0);
        }
    }
}

fn held(target: Target, world: &World) -> Held {
    Held {
        target: Target {
            amount: target.least,
            ..target
        },
        cells: world.iter().map(|it| it.0).collect(),
    }
}
