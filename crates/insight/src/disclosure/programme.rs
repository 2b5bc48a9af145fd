//! Another world by linear programming, where moves in circles find no way.
//!
//! A circle exchanges two answers at a time; whether a count could be larger is decided by all of
//! them together. What is shown of a crossing, and of either variable alone, are equations over the
//! changes of all counts; the cheapest changes that fulfil them are sought.

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem, SolveOutcome, Variable};

use super::cells::PRICE;
use super::crossing::{Field, Held, Shown};
use super::network::Aim;
use super::plane::Place;
use super::targets::Target;

/// With more counts than this a programme would take too long: what it should protect is then not
/// shown.
const MOST: usize = 1000;

/// A change smaller than this is none.
const NOTHING: f64 = 1e-6;

/// Counts that can change.
struct Programme {
    problem: Problem,
    /// Per count that can change: its number, and by how much it grows and shrinks.
    changes: Vec<(usize, Variable, Variable)>,
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
        let shrinks = self.problem.add_var(price, (0.0, f64::from(minus)));
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
                sum.add(*shrinks, -1.0);
                any = true;
            }
        }
        if any || by != 0 {
            let by = f64::from(by);
            self.problem.add_constraint(sum, ComparisonOp::Eq, by);
        }
    }

    /// The counts that change, if there is such a world.
    fn solve(self) -> Option<Vec<usize>> {
        let Ok(SolveOutcome::Solution(world)) = self.problem.solve() else {
            return None;
        };
        let changed = |it: &&(usize, Variable, Variable)| {
            (world.var_value(it.1) - world.var_value(it.2)).abs() > NOTHING
        };
        Some(self.changes.iter().filter(changed).map(|it| it.0).collect())
    }
}

impl Field<'_> {
    /// The same where circles find no way, but exchanges among all answers do.
    pub(super) fn protect_by_programme(&self, target: Target, shown: &mut Shown) -> Option<Held> {
        let mut ways = core::iter::once(target).chain(target.other_way());
        ways.find_map(|it| self.exchange(it, shown))
    }

    fn exchange(&self, target: Target, shown: &mut Shown) -> Option<Held> {
        let n = self.plane.len();
        let (n_answers, n_strata) = (self.counts.len(), self.strata.len());
        let number = |stratum: usize, answer: usize, place: Place| {
            (stratum * n_answers + answer) * n + place
        };
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
                    if is_fixed || (is_shown && self.is_none(answer)) {
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
            self.keep(&mut programme, |answer, place| {
                number(stratum, answer, place)
            });
        }
        let by = i32::try_from(target.least).ok()?;
        let strata = 0..n_strata;
        let columns = self.plane.columns.n;
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
        let mut cells: Vec<(usize, Place)> = programme
            .solve()?
            .into_iter()
            .map(|it| (it / n % n_answers, it % n))
            .collect();
        cells.sort_unstable();
        cells.dedup();
        for (answer, place) in &cells {
            *shown.get_mut(*answer)?.get_mut(*place)? = false;
        }
        Some(Held {
            target: Target {
                amount: target.least,
                ..target
            },
            cells,
        })
    }

    /// What stays as it is within a stratum.
    fn keep(&self, programme: &mut Programme, number: impl Fn(usize, Place) -> usize) {
        let n = self.plane.len();
        let answers = 0..self.counts.len();
        for place in (0..n).filter(|it| self.is_size_known(*it)) {
            programme.together(answers.clone().map(|it| number(it, place)), 0);
        }
        for (side, turned) in [false, true].into_iter().enumerate() {
            let closed = self.sums_closed.get(side).map(Vec::as_slice);
            for (line, closed) in closed.unwrap_or_default().iter().enumerate() {
                let along = |answer: usize| {
                    let number = &number;
                    self.along(line, turned)
                        .map(move |place| number(answer, place))
                };
                programme.together(answers.clone().flat_map(along), 0);
                let hidden = self.sums.get(side);
                for answer in answers.clone().filter(|_| !closed) {
                    let sums = hidden.and_then(|it| it.get(answer));
                    if sums.and_then(|it| it.get(line)) != Some(&true) {
                        programme.together(along(answer), 0);
                    }
                }
            }
        }
        for answer in answers {
            programme.together((0..n).map(|place| number(answer, place)), 0);
        }
    }
}
