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
    pub(super) fn protect_by_programme(
        &self,
        target: Target,
        movable: &[Vec<u32>],
        shown: &mut Shown,
    ) -> Option<Held> {
        if target.least == 0 {
            return None;
        }
        let n = self.plane.len();
        let number = |answer: usize, place: Place| answer * n + place;
        let mut programme = Programme::new();
        for (answer, movable) in movable.iter().enumerate() {
            for (place, movable) in movable.iter().enumerate() {
                let is_shown = shown.get(answer).and_then(|it| it.get(place)) == Some(&true);
                if is_shown && self.is_none(answer) {
                    continue;
                }
                let price = PRICE + self.count(answer, place).min(PRICE);
                let price = if is_shown { price } else { 0 };
                programme.can_change(number(answer, place), *movable, price);
            }
        }
        let answers = 0..self.counts.len();
        for place in (0..n).filter(|it| self.is_size_known(*it)) {
            programme.together(answers.clone().map(|it| number(it, place)), 0);
        }
        for (side, turned) in [false, true].into_iter().enumerate() {
            let closed = self.sums_closed.get(side).map(Vec::as_slice);
            for (line, closed) in closed.unwrap_or_default().iter().enumerate() {
                let along = |answer: usize| {
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
        let least = i32::try_from(target.least).ok()?;
        match target.aim {
            Aim::CellUp(line, column) | Aim::CellDown(line, column) => {
                let place = number(target.answer, line * self.plane.columns.n + column);
                let is_up = matches!(target.aim, Aim::CellUp(..));
                programme.together(core::iter::once(place), if is_up { least } else { -1 });
            }
            Aim::LineUp(line) => {
                let places = self.along(line, target.turned);
                programme.together(places.map(|it| number(target.answer, it)), least);
            }
        }
        let cells = programme.solve()?;
        let cells: Vec<(usize, Place)> = cells.into_iter().map(|it| (it / n, it % n)).collect();
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
}
