//! Linear programming over numbers: how many of each cell gave which one.

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOutcome};

use crate::onlooker::{Cells, Class, Middle, Notes};
use crate::people::{HOUR_STEP, HOURS};

/// A sum is guessed if it is known to be within this share of what it is.
const CLOSE: f64 = 0.1;

/// Knows everything about one number.
pub(crate) struct Values<'a> {
    notes: &'a Notes,
    middles: Vec<(Cells, Middle)>,
    classes: &'a [Class],
    /// Cells with somebody who gave a number, as if that were known.
    occupied: Cells,
}

fn value(place: usize) -> f64 {
    let place = u32::try_from(place).unwrap_or(u32::MAX);
    f64::from(place * HOUR_STEP)
}

impl<'a> Values<'a> {
    pub(crate) fn new(notes: &'a Notes, name: &str, occupied: Cells) -> Self {
        let middles = notes.middles.get(name).into_iter().flatten();
        Self {
            notes,
            middles: middles.map(|(set, it)| (*set & occupied, *it)).collect(),
            classes: notes.classes.get(name).map_or(&[], Vec::as_slice),
            occupied,
        }
    }

    /// Between what the sum over a group must be, if both are close to what it is.
    pub(crate) fn guess(&mut self, of: Cells, sum: f64) -> Option<String> {
        let least = self.furthest(OptimizationDirection::Minimize, of);
        if least < sum * (1.0 - CLOSE) - 1e-6 {
            return None;
        }
        let most = self.furthest(OptimizationDirection::Maximize, of);
        (most <= sum * (1.0 + CLOSE) + 1e-6).then(|| format!("{least:.2} to {most:.2}"))
    }

    fn furthest(&self, direction: OptimizationDirection, of: Cells) -> f64 {
        let n_values = HOURS as usize;
        let in_set = |set: Cells, cell: usize| (set & self.occupied) >> cell & 1 == 1;
        let mut problem = Problem::new(direction);
        let mut unknown = Vec::new();
        for cell in (0..self.notes.n_cells).filter(|it| in_set(self.occupied, *it)) {
            for place in 0..n_values {
                let price = if in_set(of, cell) { value(place) } else { 0.0 };
                unknown.push((
                    cell,
                    value(place),
                    problem.add_var(price, (0.0, f64::INFINITY)),
                ));
            }
        }
        let mut must = |set: Cells, op, by: f64, weight: &dyn Fn(f64) -> f64| {
            let inside = unknown.iter().filter(|it| in_set(set, it.0));
            let terms: Vec<_> = inside.map(|it| (it.2, weight(it.1))).collect();
            if !terms.is_empty() {
                problem.add_constraint(&terms, op, by);
            }
        };
        let one_if = |is: bool| if is { 1.0 } else { 0.0 };
        for (set, middle) in &self.middles {
            let n = f64::from(middle.n);
            must(*set, ComparisonOp::Eq, n, &|_| 1.0);
            must(*set, ComparisonOp::Eq, n * middle.mean, &|it| it);
            if let Some(deviation) = middle.deviation {
                let squares = (n - 1.0) * deviation * deviation;
                // Scaled, so that it is as large as the others.
                let from_mean = |it: f64| (it - middle.mean) * (it - middle.mean) / 100.0;
                must(*set, ComparisonOp::Eq, squares / 100.0, &from_mean);
            }
            for (quartile, share) in middle.quartiles.iter().zip([0.25, 0.5, 0.75]) {
                let place = share * (n - 1.0);
                // With as many below as there must be, and as many not above.
                let below = |it: f64| one_if(it < quartile - 1e-9);
                let up_to = |it: f64| one_if(it < quartile + 1e-9);
                must(*set, ComparisonOp::Le, place.ceil(), &below);
                must(*set, ComparisonOp::Ge, place.floor() + 1.0, &up_to);
            }
        }
        for (set, (from, to), count) in self.classes {
            // The last class holds its end, which nobody gives here.
            let inside = |it: f64| one_if(it >= *from && it < *to);
            must(*set, ComparisonOp::Eq, f64::from(*count), &inside);
        }
        match problem.solve() {
            Ok(SolveOutcome::Solution(solution)) => solution.objective(),
            Err(microlp::Error::Unbounded) => f64::INFINITY,
            other => panic!("the truth itself fits, but: {other:?}"),
        }
    }
}
