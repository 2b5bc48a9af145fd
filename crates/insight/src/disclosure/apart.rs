//! What the tables of a question by two background variables tell of both variables together.
//!
//! Where two variables are not shown together, it still follows from both tables that of those who
//! gave an answer no more have both codes than have either; summed over the answers that may be
//! fewer than the minimum. It does not follow where respondents who answered alike could have each
//! other's code, all else that is shown being the same, or where both tables leave enough open.
//! Otherwise the question is shown by the first of the two variables only.

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOutcome, Variable};

use super::alone::is_unseen;
use super::groups::{are_few, group_minimum};
use super::pairs::{Pair, Part, Side, crossed_with, is_crossed, is_grouping, pairs, parts};
use super::pattern::ItemPattern;
use super::strata::sets;
use crate::columns::{Bitmap, Column};
use crate::dataset::Dataset;
use crate::query::Protection;

/// A background variable that is not shown together with the one of a pattern.
pub(super) struct Apart {
    /// Its place in the codebook.
    pub other: usize,
    /// Both: the other, then the pattern's own.
    sides: [Side; 2],
    minimum: u32,
    pairs: Vec<Pair>,
}

/// Answers that are told apart, the last being none; each with the row of patterns that shows it.
struct Answers {
    sets: Vec<(Bitmap, Option<usize>)>,
}

/// The variables before this one that are not certain to be shown together with it.
pub(super) fn apart(dataset: &Dataset, variable: usize, protection: Protection) -> Vec<Apart> {
    let others = (0..variable).filter(|it| is_grouping(dataset, *it));
    let found = others.filter_map(|other| {
        if !are_few(dataset) && is_crossed(dataset, [other, variable], protection) {
            return None;
        }
        let minimum = group_minimum(dataset, other, protection)
            .max(group_minimum(dataset, variable, protection));
        let both = [other, variable];
        let near = [0, 1].map(|side| crossed_with(dataset, both[side], both[1 - side], protection));
        let sides = [0, 1].map(|side| Side {
            parts: parts(dataset, both[side], protection),
            is_free: near[side].is_empty(),
        });
        let near = near.map(|it| {
            let parts = it.iter().map(|it| parts(dataset, *it, protection));
            parts.collect::<Vec<_>>()
        });
        let pairs = pairs(dataset, both, (&sides, &near), minimum);
        (!pairs.is_empty()).then_some(Apart {
            other,
            sides,
            minimum,
            pairs,
        })
    });
    found.collect()
}

impl Apart {
    /// What of a question may be shown by the later variable beside what is shown by the other.
    pub(super) fn limit(
        &self,
        dataset: &Dataset,
        item_ix: usize,
        (whole, other): (&ItemPattern, &ItemPattern),
        own: ItemPattern,
    ) -> ItemPattern {
        let all = Bitmap::full(dataset.responses() as usize);
        let Some(column) = dataset.columns().get(item_ix) else {
            return own;
        };
        let n_rows = own.rows.len();
        let closed = |own: &ItemPattern| ItemPattern::closed(n_rows, own.hidden.len());
        let is_safe = |own: &ItemPattern, answers: &Answers| self.is_safe([other, own], answers);
        if own.hidden.iter().all(|it| *it) || other.hidden.iter().all(|it| *it) {
            return own;
        }
        if let Column::Many { answered, .. } = column {
            let none = || (answered.complement(&all), None);
            let given = Answers {
                sets: vec![(answered.clone(), None), none()],
            };
            if !is_safe(&own, &given) {
                return closed(&own);
            }
            let mut own = own;
            for (row, chosen) in sets(column).into_iter().enumerate() {
                let not = chosen.complement(answered);
                let answers = Answers {
                    sets: vec![(chosen.clone(), Some(row)), (not, Some(row)), none()],
                };
                if !is_unseen(whole, row)
                    && !is_safe(&own, &answers)
                    && let Some(cells) = own.rows.get_mut(row)
                {
                    cells.fill(true);
                }
            }
            return own;
        }
        let rows = sets(column);
        if rows.is_empty() {
            return own;
        }
        let mut answers = Vec::new();
        let (mut unseen, mut given) = (Bitmap::default(), Bitmap::default());
        for (row, set) in rows.into_iter().enumerate() {
            given = given.or(set);
            if is_unseen(whole, row) {
                unseen = unseen.or(set);
            } else {
                answers.push((set.clone(), Some(row)));
            }
        }
        let others = [unseen, given.complement(&all)];
        answers.extend(others.into_iter().map(|it| (it, None)));
        if is_safe(&own, &Answers { sets: answers }) {
            own
        } else {
            closed(&own)
        }
    }

    /// True if as many as the minimum could have every pair of parts.
    fn is_safe(&self, patterns: [&ItemPattern; 2], answers: &Answers) -> bool {
        let given = |row: usize| answers.sets.iter().position(|it| it.0.has(row));
        let has_free = self.sides.iter().any(|it| it.is_free);
        self.pairs.iter().all(|pair| {
            (0..2).any(|side| pair.exchanged(side, &given) >= self.minimum)
                || (has_free && self.most(pair, patterns, answers) > f64::from(self.minimum) - 1e-6)
        })
    }

    /// How many could have both parts at most, for all that both tables tell.
    fn most(&self, pair: &Pair, patterns: [&ItemPattern; 2], answers: &Answers) -> f64 {
        let mut problem = Problem::new(OptimizationDirection::Maximize);
        let n_answers = answers.sets.len();
        let tables = [0, 1].map(|side| {
            let (it, pattern) = (&self.sides[side], patterns[side]);
            let table = it.parts.iter().map(|part| {
                let row = it.row(&mut problem, part, pattern, answers);
                let sum = row.iter().map(|it| (*it, 1.0)).collect::<Vec<_>>();
                let n = f64::from(part.set.count());
                problem.add_constraint(&sum, ComparisonOp::Eq, n);
                row
            });
            table.collect::<Vec<_>>()
        });
        for answer in 0..n_answers {
            let both = problem.add_var(1.0, (0.0, f64::INFINITY));
            let n = answers.sets.get(answer).map_or(0, |it| it.0.count());
            for (table, part) in tables.iter().zip(pair.parts) {
                let rows = table.iter().filter_map(|row| row.get(answer));
                let sum: Vec<_> = rows.map(|it| (*it, 1.0)).collect();
                problem.add_constraint(&sum, ComparisonOp::Eq, f64::from(n));
                if let Some(all) = table.get(part).and_then(|row| row.get(answer)) {
                    problem.add_constraint([(both, 1.0), (*all, -1.0)], ComparisonOp::Le, 0.0);
                }
            }
        }
        match problem.solve() {
            Ok(SolveOutcome::Solution(world)) => world.objective(),
            _ => 0.0,
        }
    }
}

impl Side {
    /// How many of a part gave each answer: as it is where that is shown, or must not change.
    fn row(
        &self,
        problem: &mut Problem,
        part: &Part,
        pattern: &ItemPattern,
        answers: &Answers,
    ) -> Vec<Variable> {
        let last = answers.sets.len().saturating_sub(1);
        let is_at = |cells: Option<&Vec<bool>>, cell: usize| {
            cells.and_then(|it| it.get(cell)).copied().unwrap_or(true)
        };
        let set = |(answer, (set, row)): (usize, &(Bitmap, Option<usize>))| {
            let n = f64::from(part.set.and(set).count());
            let is_known = part.cell.is_some_and(|cell| {
                let is_open = !is_at(Some(&pattern.hidden), cell);
                let is_row_shown = row.is_some_and(|it| !is_at(pattern.rows.get(it), cell));
                is_open && (answer == last || is_row_shown)
            });
            let range = if is_known || !self.is_free {
                (n, n)
            } else {
                (0.0, f64::INFINITY)
            };
            problem.add_var(0.0, range)
        };
        answers.sets.iter().enumerate().map(set).collect()
    }
}
