//! Linear programming over what was seen: the largest and the smallest that a number can be.

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOutcome, Variable};

use crate::onlooker::{Notes, Seen, Those};

/// Numbers of people per cell and answer that fit all that was seen.
pub(crate) type World = Vec<f64>;

/// What was seen of one variable.
#[derive(Clone)]
pub(crate) struct About<'a> {
    pub seen: &'a Seen,
    /// With "no answer".
    pub n_answers: usize,
    /// Points of the answers, for sums.
    pub points: &'a [f64],
    /// Those of whom there are at least so many.
    pub at_least: Vec<(Those, u32)>,
}

/// Knows everything about one variable, and what others tell of how many are in which cells.
pub(crate) struct Solver<'a> {
    notes: &'a Notes,
    about: About<'a>,
    others: Vec<About<'a>>,
    /// Worlds found so far: one may show more than it was looked for.
    pub worlds: Vec<World>,
}

impl<'a> Solver<'a> {
    pub(crate) fn new(notes: &'a Notes, about: About<'a>, others: Vec<About<'a>>) -> Self {
        Self {
            notes,
            about,
            others,
            worlds: Vec::new(),
        }
    }

    /// How many are meant in a world.
    fn in_world(&self, world: &World, those: Those) -> f64 {
        let places = self.about.places(self.notes.n_cells, those);
        places.map(|it| world[it]).sum()
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

    fn furthest(&mut self, direction: OptimizationDirection, those: Those) -> f64 {
        let n_cells = self.notes.n_cells;
        let mut problem = Problem::new(direction);
        let mut aim = vec![0.0; n_cells * self.about.n_answers];
        for place in self.about.places(n_cells, those) {
            aim[place] = 1.0;
        }
        let unknown = self.about.unknown(self.notes, &aim, &mut problem);
        for other in &self.others {
            let aim = vec![0.0; n_cells * other.n_answers];
            let theirs = other.unknown(self.notes, &aim, &mut problem);
            for cell in 0..n_cells {
                let mut balance: Vec<(Variable, f64)> = Vec::new();
                for (about, unknown, sign) in [(&self.about, &unknown, 1.0), (other, &theirs, -1.0)]
                {
                    let places = about.places(n_cells, (1 << cell, about.everyone()));
                    balance.extend(places.filter_map(|it| Some((unknown[it]?, sign))));
                }
                if !balance.is_empty() {
                    problem.add_constraint(&balance, ComparisonOp::Eq, 0.0);
                }
            }
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

impl About<'_> {
    fn everyone(&self) -> u32 {
        (1 << self.n_answers) - 1
    }

    fn places(&self, n_cells: usize, (within, answers): Those) -> impl Iterator<Item = usize> {
        let n_answers = self.n_answers;
        (0..n_cells * n_answers).filter(move |it| {
            within >> (it / n_answers) & 1 == 1 && answers >> (it % n_answers) & 1 == 1
        })
    }

    /// Everything that is known, as those who are meant and how many they are.
    fn known(&self, notes: &Notes) -> impl Iterator<Item = (Those, u32)> {
        let everyone = self.everyone();
        let sizes = notes.sizes.iter();
        let sizes = sizes.map(move |(within, count)| ((*within, everyone), *count));
        let counts = self.seen.counts.iter();
        sizes.chain(counts.map(|(those, count)| (*those, *count)))
    }

    /// How many are in each cell and gave each answer, where that is not known to be nobody.
    fn unknown(&self, notes: &Notes, aim: &[f64], problem: &mut Problem) -> Vec<Option<Variable>> {
        let mut most = vec![f64::INFINITY; aim.len()];
        for (those, _) in self.known(notes).filter(|it| it.1 == 0) {
            for place in self.places(notes.n_cells, those) {
                most[place] = 0.0;
            }
        }
        let pairs = aim.iter().zip(&most);
        let unknown: Vec<_> = pairs
            .map(|(aim, most)| (*most > 0.0).then(|| problem.add_var(*aim, (0.0, *most))))
            .collect();
        for (those, count) in self.known(notes).filter(|it| it.1 > 0) {
            let places = self.places(notes.n_cells, those);
            let terms: Vec<_> = places.filter_map(|it| Some((unknown[it]?, 1.0))).collect();
            problem.add_constraint(&terms, ComparisonOp::Eq, f64::from(count));
        }
        for (those, least) in &self.at_least {
            let places = self.places(notes.n_cells, *those);
            let terms: Vec<_> = places.filter_map(|it| Some((unknown[it]?, 1.0))).collect();
            problem.add_constraint(&terms, ComparisonOp::Ge, f64::from(*least));
        }
        for (within, sum) in &self.seen.sums {
            let answers = (1 << self.points.len()) - 1;
            let places = self.places(notes.n_cells, (*within, answers));
            let terms: Vec<_> = places
                .filter_map(|it| Some((unknown[it]?, self.points[it % self.n_answers])))
                .collect();
            problem.add_constraint(&terms, ComparisonOp::Eq, *sum);
        }
        unknown
    }
}
