//! No mean of a few can be worked out: neither of a number nor of a score.
//!
//! A mean with its N is a sum. The sum over a group is known if the group is a combination of sets
//! whose sums are shown, and then so are its squares, from the spreads. Medians, quartiles and
//! classes are no sums; what they tell besides is left to a linear programme ([`crate::values`]).

use std::collections::BTreeMap;

use insight::release::Figures;
use insight::{Dataset, Protection, Query};

use crate::hidden_cells::{ONE, STAR, groups, publish};
use crate::onlooker::{Cells, EARLY, NUMBERS, Notes, Sight, cells};
use crate::people::{ALL_CELLS, BACKGROUNDS, CELLS, Person, dataset, people};
use crate::values::Values;

/// Fewer than so many are a few.
const FEW: u32 = Protection::RESIDENTS.score_minimum;

/// Sets as rows of zeros and ones over the cells, brought into reduced row echelon form.
struct Span {
    rows: Vec<(usize, Vec<f64>)>,
}

fn row(set: Cells) -> Vec<f64> {
    let bit = |it: usize| if set >> it & 1 == 1 { 1.0 } else { 0.0 };
    (0..ALL_CELLS).map(bit).collect()
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

/// What is found out, one line each, and of how many groups nothing may be; `deep` asks the linear
/// programme, too.
fn attack(
    people: &[Person],
    notes: &Notes,
    waves: &[(&str, Cells)],
    deep: bool,
) -> (Vec<String>, usize) {
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
        let middles = notes.middles.get(name).into_iter().flatten();
        for (set, middle) in middles.clone() {
            assert_eq!(size(*set), middle.n, "{name}");
        }
        let span = Span::of(middles.map(|(set, _)| set & occupied));
        let mut values = Values::new(notes, name, occupied);
        let groups = groups().into_iter().flat_map(|(group, set)| {
            let of = move |(wave, within): &(&str, Cells)| (format!("{group}{wave}"), set & within);
            waves.iter().map(of)
        });
        let few = |it: &(String, Cells)| (1..FEW).contains(&size(it.1));
        for (group, set) in groups.filter(few) {
            n += 1;
            if span.holds(set & occupied) {
                found.push(format!("{name}: {} in {group}", size(set)));
            } else if deep && name == "hours" {
                let those = people.iter().filter(|it| set >> it.cell & 1 == 1);
                let sum: u32 = those.filter_map(|it| it.hours).sum();
                if let Some(guess) = values.guess(set, f64::from(sum)) {
                    found.push(format!(
                        "{name}: {sum} of {} in {group} by {guess}",
                        size(set)
                    ));
                }
            }
        }
        let sets = span.sets().filter(|it| (1..FEW).contains(&size(*it)));
        found.extend(sets.map(|it| format!("{name}: {} in {it:b}", size(it))));
    }
    (found, n)
}

fn number(name: &str) -> Option<u32> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn no_mean_of_a_few_can_be_worked_out() {
    let (first, last) = (number("FROM").unwrap_or(1), number("SEEDS").unwrap_or(1));
    let (mut all, mut n_all, mut n_means) = (Vec::new(), 0, 0);
    for seed in first..=last {
        for (n, crossings) in [(40, ONE), (120, ONE), (300, ONE), (120, "[]"), (200, STAR)] {
            let people = people(n, seed * 7919);
            let notes = Notes::of_everything(&dataset(&people, crossings), Sight::Released);
            let deep = number("DEEP").map_or(n == 120 && crossings == ONE, |it| it > 0);
            let (found, n_groups) = attack(&people, &notes, &[("", cells(|_| true))], deep);
            n_means += notes.middles.values().map(BTreeMap::len).sum::<usize>();
            println!("seed {seed}, {n} people, {crossings}: {}", found.len());
            all.extend(
                found
                    .iter()
                    .map(|it| format!("{seed}, {n}, {crossings}: {it}")),
            );
            n_all += n_groups;
        }
    }
    println!("{n_means} means shown, {n_all} groups of a few");
    assert_eq!(all, Vec::<String>::new());
    assert!(n_means > 20 && n_all > 50, "{n_means}, {n_all}");
}

/// Middles and spreads of two times, and of those who came in between.
#[test]
fn no_mean_of_a_few_can_be_worked_out_from_results_that_were_published_earlier() {
    let (first, last) = (number("FROM").unwrap_or(1), number("SEEDS").unwrap_or(1));
    let (mut all, mut n_all) = (Vec::new(), 0);
    for seed in first..=last {
        for (n, late) in [(60, 0), (60, 7), (150, 12), (150, 40)] {
            let mut people = people(n, seed * 7919);
            let published = publish(&dataset(&people[..n - late], ONE));
            let mut now = dataset(&people, ONE);
            assert!(now.published_before(published.clone()));
            let mut notes = Notes::of_everything(&now, Sight::Released);
            notes.add_published(&published);
            for person in people.iter_mut().skip(n - late) {
                person.cell += CELLS;
            }
            let everyone = cells(|_| true);
            let waves = [
                ("", everyone),
                (", early", EARLY),
                (", late", everyone & !EARLY),
            ];
            let deep = number("DEEP").map_or(n == 60, |it| it > 0);
            let (found, n_groups) = attack(&people, &notes, &waves, deep);
            println!("seed {seed}, {late} of {n} people late: {}", found.len());
            all.extend(
                found
                    .iter()
                    .map(|it| format!("{seed}, {late} of {n}: {it}")),
            );
            n_all += n_groups;
        }
    }
    assert_eq!(all, Vec::<String>::new());
    assert!(n_all > 50, "{n_all}");
}

/// Where few came to a class since results were published, the class is hidden of all, and the groups
/// must not tell it as their sum.
#[test]
fn classes_that_are_hidden_of_all_are_shown_of_no_group() {
    let (mut n_hidden, mut n_shown) = (0, 0);
    for (seed, (n, late)) in (1..=4).flat_map(|it| [(it, (300, 30)), (it, (1000, 300))]) {
        let people = people(n, seed * 7919);
        let published = publish(&dataset(&people[..n - late], ONE));
        let mut now = dataset(&people, ONE);
        assert!(now.published_before(published));
        for (name, _) in BACKGROUNDS {
            let query = Query {
                groups: vec![name.to_owned()],
                ..Query::default()
            };
            let release = now.tabulate(&query, &Protection::RESIDENTS);
            let rows = |figures: Option<&Figures>| -> Vec<Option<u32>> {
                let rows = figures.map(|it| it.rows.as_slice()).unwrap_or_default();
                rows.iter().map(|it| it.count).collect()
            };
            let of_all = rows(release.figures("hours"));
            let of_groups = release
                .groups()
                .iter()
                .filter(|it| it.n.is_some_and(|n| n > 0));
            let of_groups = of_groups.flat_map(|it| rows(it.figures("hours")));
            let shown = of_groups.flatten().count();
            if of_all.contains(&None) {
                n_hidden += 1;
                assert_eq!(shown, 0, "{seed}, {late} of {n}, {name}");
            } else {
                n_shown += usize::from(shown > 0);
            }
        }
    }
    println!("hidden of all: {n_hidden}, shown of groups: {n_shown}");
    assert!(n_hidden > 3, "{n_hidden}");
}

#[test]
fn the_attacker_finds_means_that_a_threshold_alone_leaves_open() {
    let people = people(120, 2 * 7919);
    let notes = Notes::of_everything(&dataset(&people, ONE), Sight::Threshold);
    let (found, n) = attack(&people, &notes, &[("", cells(|_| true))], false);
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
