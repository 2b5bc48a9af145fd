//! What results of two times tell of a background variable by which the earlier ones were not broken
//! down.
//!
//! How many had each of its codes then, and how many gave each answer then, is known; how many have
//! both today may be shown. These are the three sides of a table of times, codes and answers, and
//! what is within may follow: of a code few gave an answer then, or since. Another world is one in
//! which those of one time have each other's codes: nothing else that is shown changes, as nothing
//! is shown of the code and other variables together. Where in no such world a count reaches the
//! minimum, the question is not shown by the variable.

use microlp::OptimizationDirection::{self, Maximize, Minimize};
use microlp::{ComparisonOp, Problem, Solution, SolveOptions, SolveOutcome, Variable};

use super::alone::{is_unseen, others};
use super::earlier::{Before, Edition};
use super::pattern::ItemPattern;
use super::rows::Rows;
use crate::codebook::Kind;
use crate::dataset::Dataset;

/// A count smaller by no more than this is no smaller.
const NOTHING: f64 = 1e-6;

/// Times, as they are counted here.
const THEN: usize = 0;
const SINCE: usize = 1;

/// Respondents with each code of the variable, the last those without any, then and today; `None`
/// for what is hidden.
struct Codes {
    all: [u32; 2],
    now: Vec<u32>,
    told: [Vec<Option<u32>>; 2],
}

/// One answer to a question, the last of several being none.
struct Answer {
    /// How many gave it, then and today; `None` for what is hidden.
    all: [Option<u32>; 2],
    /// How many of each code gave it, where that is shown today.
    shown: Vec<Option<u32>>,
}

impl Answer {
    /// `counts` are how many of each code gave it today; `is_known` if they are known together.
    fn new(
        counts: &[u32],
        then: Before,
        is_known: bool,
        is_hidden: impl Fn(usize) -> bool,
    ) -> Self {
        let cells = counts.iter().copied().enumerate();
        Self {
            all: [told(then), is_known.then(|| counts.iter().sum())],
            shown: cells
                .map(|(cell, n)| (!is_hidden(cell)).then_some(n))
                .collect(),
        }
    }
}

/// Leaves nothing of `own`, a question by this variable, if two times tell too much; of several
/// choices, only of those of which they do.
pub(super) fn limit(
    dataset: &Dataset,
    variable: usize,
    groups: (&[u32], &[bool]),
    (rows, whole): (&Rows, &ItemPattern),
    mut own: ItemPattern,
) -> ItemPattern {
    let Some((_, item)) = dataset.codebook().items().nth(variable) else {
        return own;
    };
    let earlier = dataset.earlier();
    let n = dataset.responses();
    let sizes = earlier.values(item);
    for ((then, sizes), edition) in earlier.respondents().zip(&sizes).zip(&rows.before) {
        let is_broken_down = edition.cells.iter().any(|it| it.answered != Before::Untold);
        if is_broken_down || then >= n || own.hidden.iter().all(|it| *it) {
            continue;
        }
        let codes = Codes::new([then, n], sizes, groups);
        let told = Told {
            rows,
            whole,
            edition,
            codes: &codes,
        };
        if rows.kind == Kind::Multiple {
            if !codes.are_safe(&told.given(&own), rows.minimum) {
                return ItemPattern::closed(own.rows.len(), own.hidden.len());
            }
            for row in 0..rows.counts.len() {
                let answers = told.choice(row, &own);
                let is_safe = answers.is_none_or(|it| codes.are_safe(&it, rows.minimum));
                if let Some(cells) = own.rows.get_mut(row).filter(|_| !is_safe) {
                    cells.fill(true);
                }
            }
        } else if !codes.are_safe(&told.answers(&own), rows.minimum) {
            return ItemPattern::closed(own.rows.len(), own.hidden.len());
        }
    }
    own
}

/// What is told of a question at two times.
struct Told<'a> {
    rows: &'a Rows,
    whole: &'a ItemPattern,
    edition: &'a Edition,
    codes: &'a Codes,
}

impl Told<'_> {
    /// Those who answered, and those who did not.
    fn given(&self, own: &ItemPattern) -> Vec<Answer> {
        let whole = &self.edition.whole;
        let is_hidden = |cell| is_at(&own.hidden, cell);
        vec![
            Answer::new(&self.rows.answered, whole.answered, true, is_hidden),
            self.none(own),
        ]
    }

    fn none(&self, own: &ItemPattern) -> Answer {
        let then = Before::Told(self.codes.all[0]).without([self.edition.whole.answered]);
        let counts = others(&self.codes.now, &self.rows.answered);
        Answer::new(&counts, then, true, |cell| is_at(&own.hidden, cell))
    }

    /// Each answer, and none.
    fn answers(&self, own: &ItemPattern) -> Vec<Answer> {
        let is_shown = |row: &Vec<bool>| row.contains(&false);
        if !own.rows.iter().any(is_shown) {
            return self.given(own);
        }
        let row = |(ix, counts): (usize, &Vec<u32>)| {
            Answer::new(counts, self.then(ix), self.is_known(ix), |cell| {
                is_hidden(own, ix, cell)
            })
        };
        let rows = self.rows.counts.iter().enumerate().map(row);
        rows.chain([self.none(own)]).collect()
    }

    /// Those who chose this, those who did not, and those who did not answer; `None` if it is hidden
    /// anyway.
    fn choice(&self, ix: usize, own: &ItemPattern) -> Option<Vec<Answer>> {
        let chosen = self.rows.counts.get(ix)?;
        let is_hidden = |cell| is_hidden(own, ix, cell);
        if (0..chosen.len()).all(is_hidden) {
            return None;
        }
        let then = self.then(ix);
        let not_then = self.edition.whole.answered.without([then]);
        let not = others(&self.rows.answered, chosen);
        Some(vec![
            Answer::new(chosen, then, self.is_known(ix), is_hidden),
            Answer::new(&not, not_then, self.is_known(ix), is_hidden),
            self.none(own),
        ])
    }

    fn then(&self, row: usize) -> Before {
        let rows = &self.edition.whole.rows;
        rows.get(row).copied().unwrap_or(Before::Untold)
    }

    fn is_known(&self, row: usize) -> bool {
        !is_unseen(self.whole, row)
    }
}

fn told(before: Before) -> Option<u32> {
    match before {
        Before::Told(n) => Some(n),
        Before::Untold | Before::Hidden => None,
    }
}

fn is_at(cells: &[bool], cell: usize) -> bool {
    cells.get(cell).copied().unwrap_or(true)
}

fn is_hidden(own: &ItemPattern, row: usize, cell: usize) -> bool {
    is_at(&own.hidden, cell) || own.rows.get(row).is_none_or(|it| is_at(it, cell))
}

impl Codes {
    fn new(all: [u32; 2], before: &[Before], (now, hidden): (&[u32], &[bool])) -> Self {
        let n_codes = now.len().saturating_sub(1);
        // Those whose value is outside the codebook have no code, either.
        let codes = before.iter().take(n_codes).copied().map(told);
        let mut others = before.iter().skip(n_codes).copied().map(told);
        let without = others.try_fold(0, |sum, it| it.map(|it| sum + it));
        let shown = now.iter().enumerate();
        let shown = shown.map(|(cell, n)| (!is_at(hidden, cell)).then_some(*n));
        Self {
            all,
            told: [codes.chain([without]).collect(), shown.collect()],
            now: now.to_vec(),
        }
    }

    /// True if of every code as many as the minimum could have given each answer, or any, then and
    /// since, or it is certain that nobody did. Of fewer than the minimum with a code it is enough that
    /// it is not certain how many gave each.
    fn are_safe(&self, answers: &[Answer], minimum: u32) -> bool {
        let enough = f64::from(minimum) - NOTHING;
        let is_small = |it: &Target| self.size(*it).is_some_and(|it| it < minimum);
        let targets = self.targets(answers.len());
        let targets = targets.filter(|it| it.answer.is_some() || !is_small(it));
        let targets = targets.filter(|it| self.at_most(answers, *it) > 0);
        let (small, large): (Vec<Target>, Vec<Target>) = targets.partition(is_small);
        let mut worlds = Worlds::new(self, answers);
        let tightest = large.iter().min_by_key(|it| self.at_most(answers, **it));
        let first = tightest.map(core::slice::from_ref);
        let together = large.chunk_by(|one, other| one.line == other.line);
        for aims in first.into_iter().chain(together).chain(large.chunks(1)) {
            let mut left = aims.to_vec();
            left.retain(|it| worlds.range(*it).1 <= enough);
            if left.is_empty() {
                continue;
            }
            if !worlds.look(Maximize, &left) {
                return false;
            }
            if let [one] = left.as_slice()
                && (NOTHING..enough).contains(&worlds.range(*one).1)
            {
                return false;
            }
        }
        worlds.can_be_open(&small)
    }

    /// What is told of a count by the sums it is in.
    fn at_most(&self, answers: &[Answer], target: Target) -> u32 {
        let of = |[then, now]: [Option<u32>; 2]| match target.time {
            THEN => then,
            _ => now?.checked_sub(then?),
        };
        let of_code = of([THEN, SINCE].map(|it| self.told[it].get(target.code).copied().flatten()));
        let given = answers.split_last().map_or(&[][..], |it| it.1);
        let of_answers = given.iter().enumerate().filter_map(|(ix, answer)| {
            let is_meant = target.answer.is_none_or(|it| it == ix);
            let shown = answer.shown.get(target.code).copied().flatten();
            is_meant.then(|| least([shown, of(answer.all)]))
        });
        let of_answers = of_answers.fold(0_u32, u32::saturating_add);
        of_answers.min(least([of_code]))
    }

    /// How many had the code at the time, if that was told.
    fn size(&self, target: Target) -> Option<u32> {
        let then = self.told[THEN].get(target.code).copied().flatten()?;
        let now = self.now.get(target.code)?;
        Some(if target.time == THEN {
            then
        } else {
            now.saturating_sub(then)
        })
    }

    /// By their lines.
    fn targets(&self, n_answers: usize) -> impl Iterator<Item = Target> {
        let n_codes = self.now.len().saturating_sub(1);
        let last = n_answers.saturating_sub(1);
        let answers = move || (0..last).map(Some).chain((last > 1).then_some(None));
        let of = move |(time, answer): (usize, Option<usize>)| {
            (0..n_codes).map(move |code| Target {
                time,
                code,
                answer,
                line: answer.map_or(last + time, |it| (it + code + time) % last.max(1)),
            })
        };
        let times = [THEN, SINCE].into_iter();
        let pairs = times.flat_map(move |time| answers().map(move |it| (time, it)));
        let mut targets: Vec<Target> = pairs.flat_map(of).collect();
        targets.sort_by_key(|it| it.line);
        targets.into_iter()
    }
}

/// The smallest of some bounds, as far as there are any.
fn least<const N: usize>(bounds: [Option<u32>; N]) -> u32 {
    bounds.into_iter().flatten().min().unwrap_or(u32::MAX)
}

/// Worlds that were found: one shows more than it was looked for.
struct Worlds<'a> {
    codes: &'a Codes,
    answers: &'a [Answer],
    found: Vec<Found>,
}

impl<'a> Worlds<'a> {
    fn new(codes: &'a Codes, answers: &'a [Answer]) -> Self {
        Self {
            codes,
            answers,
            found: Vec::new(),
        }
    }

    /// The smallest and the largest that a count is in any of them.
    fn range(&self, target: Target) -> (f64, f64) {
        let counts = self.found.iter().map(|it| it.count(target));
        let range = |(least, most): (f64, f64), it: f64| (it.min(least), it.max(most));
        counts.fold((f64::INFINITY, 0.0), range)
    }

    /// Looks for the world with the fewest, or the most, of all these together; false if there is none.
    fn look(&mut self, direction: OptimizationDirection, aims: &[Target]) -> bool {
        let world = World::new(self.codes, self.answers, direction, aims).solve();
        let is_found = world.is_some();
        self.found.extend(world);
        is_found
    }

    /// True if none of these is certain, but where it is that it is nobody.
    fn can_be_open(&mut self, targets: &[Target]) -> bool {
        let together = targets.chunk_by(|one, other| one.line == other.line);
        for aims in together {
            if !aims.iter().all(|it| self.is_open(*it)) && !self.look(Maximize, aims) {
                return false;
            }
        }
        targets.iter().all(|target| {
            let mut ways = [Maximize, Minimize].into_iter();
            ways.all(|it| self.is_open(*target) || self.look(it, &[*target]))
                && (self.is_open(*target) || self.range(*target).1 < NOTHING)
        })
    }

    fn is_open(&self, target: Target) -> bool {
        let (least, most) = self.range(target);
        least < most - 1.0 + NOTHING
    }
}

/// Those of one time with a code who gave an answer, or any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Target {
    time: usize,
    code: usize,
    answer: Option<usize>,
    /// In a line are different answers of different codes: many can be large in the same world.
    line: usize,
}

/// How many of a code gave an answer.
#[derive(Debug, Clone, Copy)]
struct Cell {
    /// Then; `None` for nobody.
    then: Option<Variable>,
    /// Since, where it does not follow from both times together.
    since: Option<Variable>,
    /// At both times, where that is shown.
    shown: Option<u32>,
}

impl Cell {
    /// Those of one time: a number that can change, whether it is taken from another, and that one.
    fn at(&self, time: usize) -> (Option<Variable>, f64, f64) {
        match (time, self.shown) {
            (THEN, _) => (self.then, 1.0, 0.0),
            (_, Some(both)) => (self.then, -1.0, f64::from(both)),
            (_, None) => (self.since, 1.0, 0.0),
        }
    }
}

/// How many could be where.
struct World {
    problem: Problem,
    /// Per code and answer.
    cells: Vec<Vec<Cell>>,
}

/// A world that was found.
struct Found {
    cells: Vec<Vec<Cell>>,
    world: Solution,
}

impl Found {
    fn count(&self, target: Target) -> f64 {
        let counts = meant(&self.cells, target).map(|(number, sign, from)| {
            from + number.map_or(0.0, |it| sign * self.world.var_value(it))
        });
        counts.sum()
    }
}

/// The counts that are meant.
fn meant(
    cells: &[Vec<Cell>],
    target: Target,
) -> impl Iterator<Item = (Option<Variable>, f64, f64)> + '_ {
    let row = cells.get(target.code).map(Vec::as_slice);
    let row = row.unwrap_or_default();
    let given = row.split_last().map_or(&[][..], |it| it.1);
    let those = given.iter().enumerate();
    let those = those.filter(move |(ix, _)| target.answer.is_none_or(|it| it == *ix));
    those.map(move |(_, it)| it.at(target.time))
}

impl World {
    /// Everything that is told, where the most or the fewest of all these together are sought.
    fn new(
        codes: &Codes,
        answers: &[Answer],
        direction: OptimizationDirection,
        aims: &[Target],
    ) -> Self {
        let mut problem = Problem::new(direction);
        let none = answers.len().saturating_sub(1);
        let price = |time: usize, code: usize, answer: usize| {
            let is_meant = |it: &Target| {
                let is_answer = it.answer.map_or(answer < none, |it| it == answer);
                is_answer && it.time == time && it.code == code
            };
            if aims.iter().any(is_meant) { 1.0 } else { 0.0 }
        };
        let is_nobody = |of: [Option<u32>; 2], time: usize| match (of, time) {
            ([Some(then), _], THEN) => then == 0,
            ([Some(then), Some(now)], _) => then == now,
            _ => false,
        };
        let cells = (0..codes.now.len()).map(|code| {
            let of_code = [0, 1].map(|it| codes.told[it].get(code).copied().flatten());
            let row = answers.iter().enumerate().map(|(ix, answer)| {
                let shown = answer.shown.get(code).copied().flatten();
                let is_empty = |time| is_nobody(of_code, time) || is_nobody(answer.all, time);
                let [then, since] = [THEN, SINCE].map(|it| price(it, code, ix));
                let (price, least, most) = match shown {
                    None => (then, 0.0, f64::INFINITY),
                    Some(n) if is_empty(SINCE) => (then - since, f64::from(n), f64::from(n)),
                    Some(n) => (then - since, 0.0, f64::from(n)),
                };
                let is_somebody = shown != Some(0) && !is_empty(THEN);
                let is_apart = shown.is_none() && !is_empty(SINCE);
                Cell {
                    then: is_somebody.then(|| problem.add_var(price, (least, most))),
                    since: is_apart.then(|| problem.add_var(since, (0.0, f64::INFINITY))),
                    shown,
                }
            });
            row.collect()
        });
        let cells = cells.collect();
        let mut world = Self { problem, cells };
        let n_answers = answers.len();
        for n_times in [1, 2] {
            let of = |it: usize| (0..n_answers).map(move |answer| (it, answer)).collect();
            let told = codes.told[n_times - 1].iter().copied();
            world.add_up(told, &of, n_times, codes.all[n_times - 1]);
            let of = |it: usize| (0..codes.now.len()).map(move |code| (code, it)).collect();
            let told = answers.iter().map(|it| it.all[n_times - 1]);
            world.add_up(told, &of, n_times, codes.all[n_times - 1]);
        }
        world
    }

    /// These parts of all are so many; those that are hidden, all the others together.
    fn add_up(
        &mut self,
        told: impl Iterator<Item = Option<u32>>,
        of: &dyn Fn(usize) -> Vec<(usize, usize)>,
        n_times: usize,
        all: u32,
    ) {
        let (mut left, mut hidden) = (all, Vec::new());
        for (ix, n) in told.enumerate() {
            match n {
                Some(n) => {
                    left = left.saturating_sub(n);
                    self.are(&of(ix), n_times, n);
                }
                None => hidden.extend(of(ix)),
            }
        }
        self.are(&hidden, n_times, left);
    }

    /// In these cells are so many, then or at both times.
    fn are(&mut self, cells: &[(usize, usize)], n_times: usize, n: u32) {
        let cells = cells.iter();
        let cells = cells.filter_map(|(code, answer)| self.cells.get(*code)?.get(*answer));
        let mut left = f64::from(n);
        let mut terms = Vec::new();
        for cell in cells {
            match (n_times, cell.shown) {
                (1, _) => terms.extend(cell.then),
                (_, Some(both)) => left -= f64::from(both),
                (_, None) => terms.extend(cell.then.into_iter().chain(cell.since)),
            }
        }
        if !terms.is_empty() {
            let terms: Vec<_> = terms.into_iter().map(|it| (it, 1.0)).collect();
            self.problem.add_constraint(&terms, ComparisonOp::Eq, left);
        }
    }

    fn solve(self) -> Option<Found> {
        // Presolving takes longer than it saves.
        let mut options = SolveOptions::default();
        options.presolve = false;
        let Ok(SolveOutcome::Solution(world)) = self.problem.solve_with(options) else {
            return None;
        };
        Some(Found {
            cells: self.cells,
            world,
        })
    }
}
