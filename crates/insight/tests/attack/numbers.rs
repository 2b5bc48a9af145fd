//! No mean of a few can be worked out: neither of a number nor of a score.
//!
//! A mean with its N is a sum. The sum over a group is known if the group is a combination of sets
//! whose sums are shown, and then so are its squares, from the spreads.

use std::collections::BTreeMap;

use insight::{Dataset, Protection, Query};

use crate::hidden_cells::{ONE, groups};
use crate::onlooker::{Cells, NUMBERS, Notes, Sight};
use crate::people::{CELLS, Person, dataset, people};

/// Fewer than so many are a few.
const FEW: u32 = Protection::RESIDENTS.score_minimum;

/// Sets as rows of zeros and ones over the cells, brought into reduced row echelon form.
struct Span {
    rows: Vec<(usize, Vec<f64>)>,
}

fn row(set: Cells) -> Vec<f64> {
    let bit = |it: usize| if set >> it & 1 == 1 { 1.0 } else { 0.0 };
    (0..CELLS).map(bit).collect()
}

fn is_zero(number: f64) -> bool {
    number.abs() < 1e-9
}

impl Span {
    fn of(sets: impl Iterator<Item = Cells>) -> Self {
        let mut span = Self { rows: Vec::new() };
        for set in sets {
            let left = span.rest(row(set));
            let Some(pivot) = left.iter().position(|it| !is_zero(*it)) else {
                continue;
            };
            let left: Vec<f64> = left.iter().map(|it| it / left[pivot]).collect();
            for (_, row) in &mut span.rows {
                let times = row[pivot];
                for (it, other) in row.iter_mut().zip(&left) {
                    *it -= times * other;
                }
            }
            span.rows.push((pivot, left));
        }
        span
    }

    /// What of a row is no combination of those in the span.
    fn rest(&self, mut of: Vec<f64>) -> Vec<f64> {
        for (pivot, row) in &self.rows {
            let times = of[*pivot];
            for (it, other) in of.iter_mut().zip(row) {
                *it -= times * other;
            }
        }
        of
    }

    fn holds(&self, set: Cells) -> bool {
        self.rest(row(set)).into_iter().all(is_zero)
    }

    /// Sets that are in the span by themselves, found on the way.
    fn sets(&self) -> impl Iterator<Item = Cells> {
        let is_set = |row: &Vec<f64>| row.iter().all(|it| is_zero(*it) || is_zero(*it - 1.0));
        let rows = self
            .rows
            .iter()
            .map(|it| &it.1)
            .filter(move |it| is_set(it));
        rows.map(|row| {
            let ones = row.iter().enumerate().filter(|it| !is_zero(*it.1));
            ones.fold(0, |set, (ix, _)| set | 1 << ix)
        })
    }
}

/// What is found out, one line each, and of how many groups nothing may be.
fn attack(people: &[Person], notes: &Notes) -> (Vec<String>, usize) {
    let (mut found, mut n) = (Vec::new(), 0);
    for name in NUMBERS {
        let is_in = |it: &&Person| name != "hours" || it.hours.is_some();
        let size = |set: Cells| {
            let inside = people.iter().filter(is_in);
            let inside = inside.filter(|it| set >> it.cell & 1 == 1).count();
            u32::try_from(inside).unwrap_or(u32::MAX)
        };
        let occupied = people.iter().filter(is_in);
        let occupied: Cells = occupied.fold(0, |set, it| set | 1 << it.cell);
        let means = notes.means.get(name).into_iter().flatten();
        for (set, n) in means.clone() {
            assert_eq!(size(*set), *n, "{name}");
        }
        let span = Span::of(means.map(|(set, _)| set & occupied));
        let few = |it: &(String, Cells)| (1..FEW).contains(&size(it.1));
        for (group, set) in groups().into_iter().filter(few) {
            n += 1;
            if span.holds(set & occupied) {
                found.push(format!("{name}: {} in {group}", size(set)));
            }
        }
        let sets = span.sets().filter(|it| (1..FEW).contains(&size(*it)));
        found.extend(sets.map(|it| format!("{name}: {} in {it:b}", size(it))));
    }
    (found, n)
}

#[test]
fn no_mean_of_a_few_can_be_worked_out() {
    let mut n_all = 0;
    for (n, seed, crossings) in [(40, 1, ONE), (120, 2, ONE), (300, 3, ONE), (120, 4, "[]")] {
        let people = people(n, seed * 7919);
        let notes = Notes::of_everything(&dataset(&people, crossings), Sight::Released);
        let (found, n_groups) = attack(&people, &notes);
        assert_eq!(found, Vec::<String>::new(), "{n} people, seed {seed}");
        let n_means: usize = notes.means.values().map(BTreeMap::len).sum();
        println!("{n} people: {n_means} means shown, {n_groups} groups of a few");
        assert!(n_means > 1);
        n_all += n_groups;
    }
    assert!(n_all > 50, "{n_all}");
}

#[test]
fn the_attacker_finds_means_that_a_threshold_alone_leaves_open() {
    let people = people(120, 2 * 7919);
    let notes = Notes::of_everything(&dataset(&people, ONE), Sight::Threshold);
    let (found, n) = attack(&people, &notes);
    println!("{} of {n} found", found.len());
    assert!(found.len() * 4 > n, "{} of {n}", found.len());
}

/// Where the mean of a score is shown, all rows of its items are: there is nothing left to find.
#[test]
fn a_score_tells_nothing_that_its_items_do_not() {
    let mut n_shown = 0;
    for (n, seed) in [(60, 1), (150, 2), (400, 3)] {
        let all: Dataset = dataset(&people(n, seed * 7919), ONE);
        for groups in [
            &[][..],
            &["municipality"],
            &["age"],
            &["municipality", "age"],
        ] {
            let query = Query {
                groups: groups.iter().map(|it| (*it).to_owned()).collect(),
                scores: true,
                ..Query::default()
            };
            let release = all.tabulate(&query, &Protection::RESIDENTS);
            let parts = release.groups().iter().map(|it| it.questions.as_slice());
            for figures in parts.chain([release.questions()]) {
                let of = |name: &str| figures.iter().find(|it| it.name == name);
                let score = of("score.gad2").and_then(|it| it.summary.as_ref());
                if score.is_none_or(|it| it.mean.is_none()) {
                    continue;
                }
                n_shown += 1;
                for item in ["tense", "worry"] {
                    let rows = of(item).map(|it| it.rows.as_slice()).unwrap_or_default();
                    assert!(!rows.is_empty() && rows.iter().all(|it| it.count.is_some()));
                }
            }
        }
    }
    assert!(n_shown > 5, "{n_shown}");
}
