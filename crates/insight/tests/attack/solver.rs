//! Linear programming over what was seen: the largest and the smallest that a number can be.

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOutcome};

use crate::onlooker::{Cells, Notes, Seen, Those};

/// Numbers of people per cell and answer that fit all that was seen.
pub(crate) type World = Vec<f64>;

/// Knows everything about one variable.
pub(crate) struct Solver<'a> {
    seen: &'a Seen,
    notes: &'a Notes,
    n_answers: usize,
    /// Points of the answers, for sums.
    points: &'a [f64],
    /// Worlds found so far: one may show more than it was looked for.
    pub worlds: Vec<World>,
}

impl<'a> Solver<'a> {
    /// `n_answers` with "no answer".
    pub(crate) fn new(
        notes: &'a Notes,
        seen: &'a Seen,
        n_answers: usize,
        points: &'a [f64],
    ) -> Self {
        Self {
            seen,
            notes,
            n_answers,
            points,
            worlds: Vec::new(),
        }
    }

    fn places(&self, within: Cells, answers: u32) -> impl Iterator<Item = usize> {
        let n_answers = self.n_answers;
        (0..self.notes.n_cells * n_answers).filter(move |it| {
            within >> (it / n_answers) & 1 == 1 && answers >> (it % n_answers) & 1 == 1
        })
    }

    /// How many are meant in a world.
    fn in_world(&self, world: &World, (within, answers): Those) -> f64 {
        self.places(within, answers).map(|it| world[it]).sum()
    }

    /// True if in some world they are at least `wanted`.
    pub(crate) fn can_reach(&mut self, those: Those, wanted: f64) -> bool {
        let reached = |it: &World| self.in_world(it, those) > wanted - 1e-6;
        if self.worlds.iter().any(reached) {
            return true;
        }
        self.furthest(OptimizationDirection::Maximize, those) > wanted - 1e-6
    }

    /// True if in some world they are at most `wanted`.
    pub(crate) fn can_sink(&mut self, those: Those, wanted: f64) -> bool {
        let sunk = |it: &World| self.in_world(it, those) < wanted + 1e-6;
        if self.worlds.iter().any(sunk) {
            return true;
        }
        self.furthest(OptimizationDirection::Minimize, those) < wanted + 1e-6
    }

    /// Everything that is known, as those who are meant and how many they are.
    fn known(&self) -> impl Iterator<Item = (Those, u32)> {
        let everyone = (1 << self.n_answers) - 1;
        let sizes = self.notes.sizes.iter();
        let sizes = sizes.map(move |(within, count)| ((*within, everyone), *count));
        let counts = self.seen.counts.iter();
        sizes.chain(counts.map(|(those, count)| (*those, *count)))
    }

    fn furthest(&mut self, direction: OptimizationDirection, those: Those) -> f64 {
        let mut problem = Problem::new(direction);
        let mut aim = vec![0.0; self.notes.n_cells * self.n_answers];
        let mut most = vec![f64::INFINITY; aim.len()];
        for place in self.places(those.0, those.1) {
            aim[place] = 1.0;
        }
        for ((within, answers), _) in self.known().filter(|it| it.1 == 0) {
            for place in self.places(within, answers) {
                most[place] = 0.0;
            }
        }
        let unknown: Vec<_> = aim
            .iter()
            .zip(&most)
            .map(|(aim, most)| (*most > 0.0).then(|| problem.add_var(*aim, (0.0, *most))))
            .collect();
        for ((within, answers), count) in self.known().filter(|it| it.1 > 0) {
            let places = self.places(within, answers);
            let terms: Vec<_> = places.filter_map(|it| Some((unknown[it]?, 1.0))).collect();
            problem.add_constraint(&terms, ComparisonOp::Eq, f64::from(count));
        }
        for (within, sum) in &self.seen.sums {
            let answers = (1 << self.points.len()) - 1;
            let places = self.places(*within, answers);
            let terms: Vec<_> = places
                .filter_map(|it| Some((unknown[it]?, self.points[it % self.n_answers])))
                .collect();
            problem.add_constraint(&terms, ComparisonOp::Eq, *sum);
        }
        let solution = match problem.solve() {
            Ok(SolveOutcome::Solution(solution)) => solution,
            Ok(outcome) => panic!("{outcome:?}"),
            Err(microlp::Error::Unbounded) if direction == OptimizationDirection::Maximize => {
                return f64::INFINITY;
            }
            Err(error) => panic!("the truth itself fits, but: {error}"),
        };
        let number = |it: &Option<_>| it.map_or(0.0, |it| solution[it]);
        let world: World = unknown.iter().map(number).collect();
        let reached = self.in_world(&world, those);
        self.worlds.push(world);
        reached
    }
}
