//! An attacker with everything the dashboard would show, and a solver.
//!
//! Unknown are the numbers of respondents for each answer in each municipality and age band. Every
//! shown figure is an equation over them. The attacker maximises each small count under all
//! equations; if the largest possible value is below the minimum, the count is known to be small.

use insight::release::{Figures, Label};
use insight::{Base, Dataset, Protection, Query, Release};
use json::Value;

use crate::village::{answered, filtered};

const MUNICIPALITIES: [&str; 3] = ["hml", "rii", "jan"];
const AGES: [&str; 3] = ["u30", "3064", "65p"];
const MOODS: [&str; 3] = ["5", "3", "\"dk\""];
const MINIMUM: u32 = 5;

/// Places of municipality, age and mood; the last of each is "no answer".
type Person = (usize, usize, usize);

fn atom((municipality, age, mood): Person) -> usize {
    (municipality * 4 + age) * 4 + mood
}

const N_ATOMS: usize = 64;

struct Attacker {
    equations: Vec<([f64; N_ATOMS], f64)>,
}

impl Attacker {
    fn learn(&mut self, within: impl Fn(Person) -> bool, count: u32) {
        let mut row = [0.0; N_ATOMS];
        for municipality in 0..4 {
            for age in 0..4 {
                for mood in 0..4 {
                    let person = (municipality, age, mood);
                    row[atom(person)] = f64::from(u8::from(within(person)));
                }
            }
        }
        self.equations.push((row, f64::from(count)));
    }

    fn read_figures(&mut self, figures: &[Figures], within: impl Fn(Person) -> bool) {
        let Some(figures) = figures.iter().find(|it| it.name == "mood") else {
            return;
        };
        for row in &figures.rows {
            let mood = match &row.label {
                Label::Missing => Some(3),
                Label::Value(value) => MOODS
                    .iter()
                    .position(|it| Value::parse(it).as_ref() == Ok(value)),
                _ => None,
            };
            if let (Some(count), Some(mood)) = (row.count, mood) {
                self.learn(|it| it.2 == mood && within(it), count);
            }
        }
    }

    fn read(&mut self, release: &Release, within: impl Fn(Person) -> bool) {
        if let Some(n) = release.head().n {
            self.learn(&within, n);
        }
        self.read_figures(release.questions(), &within);
        for group in release.groups() {
            let inside = |it: Person| {
                within(it)
                    && group.by.iter().all(|(name, value)| {
                        let (codes, place) = if name == "municipality" {
                            (MUNICIPALITIES, it.0)
                        } else {
                            (AGES, it.1)
                        };
                        codes
                            .get(place)
                            .is_some_and(|it| Value::from(*it) == *value)
                    })
            };
            if let Some(n) = group.n {
                self.learn(inside, n);
            }
            self.read_figures(&group.questions, inside);
        }
    }

    /// The largest number of respondents that `wanted` could be.
    fn largest(&self, wanted: impl Fn(Person) -> bool) -> f64 {
        let mut aim = [0.0; N_ATOMS];
        for municipality in 0..4 {
            for age in 0..4 {
                for mood in 0..4 {
                    aim[atom((municipality, age, mood))] =
                        f64::from(u8::from(wanted((municipality, age, mood))));
                }
            }
        }
        maximise(&self.equations, &aim)
    }
}

/// The simplex method with artificial variables, Bland's rule against cycles.
fn maximise(equations: &[([f64; N_ATOMS], f64)], aim: &[f64; N_ATOMS]) -> f64 {
    const TINY: f64 = 1e-7;
    let n_rows = equations.len();
    let width = N_ATOMS + n_rows + 1;
    let mut table: Vec<Vec<f64>> = Vec::new();
    for (ix, (row, value)) in equations.iter().enumerate() {
        let mut line = vec![0.0; width];
        line[..N_ATOMS].copy_from_slice(row);
        line[N_ATOMS + ix] = 1.0;
        line[width - 1] = *value;
        table.push(line);
    }
    let mut basis: Vec<usize> = (N_ATOMS..N_ATOMS + n_rows).collect();
    for phase in 0..2 {
        let mut goal = vec![0.0; width];
        if phase == 0 {
            for line in &table {
                for (goal, it) in goal.iter_mut().zip(line) {
                    *goal += it;
                }
            }
            goal[N_ATOMS..width - 1].fill(0.0);
        } else {
            goal[..N_ATOMS].copy_from_slice(aim);
            for (line, base) in table.iter().zip(&basis) {
                let weight = aim.get(*base).copied().unwrap_or(0.0);
                for (goal, it) in goal.iter_mut().zip(line) {
                    *goal -= weight * it;
                }
            }
        }
        while let Some(column) = (0..N_ATOMS).find(|ix| goal[*ix] > TINY) {
            let mut best: Option<(f64, usize, usize)> = None;
            for (ix, line) in table.iter().enumerate() {
                // An artificial variable that stayed at zero has to leave whichever way it turns.
                let stuck = phase == 1 && basis[ix] >= N_ATOMS && line[column].abs() > TINY;
                if line[column] > TINY || stuck {
                    let ratio = if stuck {
                        0.0
                    } else {
                        line[width - 1] / line[column]
                    };
                    let rank = (ratio, basis[ix], ix);
                    if best.is_none_or(|it| {
                        rank.0 < it.0 - 1e-12 || ((rank.0 - it.0).abs() <= 1e-12 && rank.1 < it.1)
                    }) {
                        best = Some(rank);
                    }
                }
            }
            let Some((_, _, pivot)) = best else {
                return f64::INFINITY;
            };
            let scale = table[pivot][column];
            for it in &mut table[pivot] {
                *it /= scale;
            }
            let chosen = table[pivot].clone();
            for (ix, line) in table.iter_mut().enumerate() {
                let factor = line[column];
                if ix != pivot && factor != 0.0 {
                    for (it, chosen) in line.iter_mut().zip(&chosen) {
                        *it -= factor * chosen;
                    }
                }
            }
            let factor = goal[column];
            for (it, chosen) in goal.iter_mut().zip(&chosen) {
                *it -= factor * chosen;
            }
            basis[pivot] = column;
        }
    }
    table
        .iter()
        .zip(&basis)
        .map(|(line, base)| aim.get(*base).copied().unwrap_or(0.0) * line[width - 1])
        .sum()
}

fn people(n: usize, seed: u32) -> Vec<Person> {
    let mut state = seed;
    let mut next = |weights: [u32; 4]| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let mut left = (state >> 8) % weights.iter().sum::<u32>();
        weights.iter().position(|weight| {
            let here = left < *weight;
            left = left.saturating_sub(*weight);
            here
        })
    };
    let mut person = || {
        let municipality = next([60, 30, 8, 2]).unwrap_or(3);
        (
            municipality,
            next([20, 50, 28, 2]).unwrap_or(3),
            next([50, 35, 12, 3]).unwrap_or(3),
        )
    };
    (0..n).map(|_| person()).collect()
}

fn dataset(people: &[Person]) -> Dataset {
    let lines = people.iter().map(|(municipality, age, mood)| {
        let mut members = Vec::new();
        members.extend(
            MUNICIPALITIES
                .get(*municipality)
                .map(|it| format!("\"municipality\":\"{it}\"")),
        );
        members.extend(AGES.get(*age).map(|it| format!("\"age_band\":\"{it}\"")));
        members.extend(MOODS.get(*mood).map(|it| format!("\"mood\":{it}")));
        members.join(",")
    });
    answered(&lines.collect::<Vec<_>>())
}

fn query(filter: Option<&str>, groups: &[&str]) -> Query {
    Query {
        groups: groups.iter().map(|it| (*it).to_owned()).collect(),
        base: Base::All,
        questions: vec!["mood".to_owned()],
        ..filter.map(filtered).unwrap_or_default()
    }
}

fn knows_everything_shown(dataset: &Dataset) -> Attacker {
    let protection = Protection::RESIDENTS;
    let mut attacker = Attacker {
        equations: Vec::new(),
    };
    let mut look = |filter: Option<&str>, groups: &[&str], within: &dyn Fn(Person) -> bool| {
        attacker.read(
            &dataset.tabulate(&query(filter, groups), &protection),
            within,
        );
    };
    look(None, &[], &|_| true);
    look(None, &["municipality"], &|_| true);
    look(None, &["age_band"], &|_| true);
    look(None, &["municipality", "age_band"], &|_| true);
    for (place, code) in MUNICIPALITIES.iter().enumerate() {
        look(
            Some(&format!("municipality = '{code}'")),
            &["age_band"],
            &move |it| it.0 == place,
        );
        look(
            Some(&format!("municipality != '{code}'")),
            &["age_band"],
            &move |it| it.0 != place,
        );
        look(
            Some(&format!(
                "municipality != '{code}' and municipality notempty"
            )),
            &[],
            &move |it| it.0 != place && it.0 < 3,
        );
        for (age, band) in AGES.iter().enumerate() {
            let both = format!("municipality = '{code}' and age_band = '{band}'");
            look(Some(&both), &[], &move |it| it.0 == place && it.1 == age);
            let either = format!("municipality = '{code}' or age_band = '{band}'");
            look(Some(&either), &[], &move |it| it.0 == place || it.1 == age);
        }
    }
    for (age, band) in AGES.iter().enumerate() {
        look(
            Some(&format!("age_band = '{band}'")),
            &["municipality"],
            &move |it| it.1 == age,
        );
        look(
            Some(&format!("not (age_band = '{band}')")),
            &[],
            &move |it| it.1 != age,
        );
    }
    look(Some("age_band empty"), &[], &|it| it.1 == 3);
    attacker
}

#[test]
fn no_small_count_can_be_told_to_be_small() {
    for (n, seed) in [(60, 1), (140, 2), (400, 3), (900, 4)] {
        let people = people(n, seed);
        let attacker = knows_everything_shown(&dataset(&people));
        assert!(!attacker.equations.is_empty());
        let check = |name: String, wanted: &dyn Fn(Person) -> bool| {
            let count = people.iter().filter(|it| wanted(**it)).count();
            if count > 0 && count < MINIMUM as usize {
                let largest = attacker.largest(wanted);
                assert!(
                    largest > f64::from(MINIMUM) - 1e-6,
                    "{n} people: {name} is {count}, at most {largest}"
                );
            }
        };
        for mood in 0..3 {
            check(format!("mood {mood}"), &move |it| it.2 == mood);
            for place in 0..3 {
                check(format!("mood {mood}, municipality {place}"), &move |it| {
                    it.2 == mood && it.0 == place
                });
                check(format!("mood {mood}, age {place}"), &move |it| {
                    it.2 == mood && it.1 == place
                });
                for age in 0..3 {
                    check(format!("mood {mood}, {place}/{age}"), &move |it| {
                        (it.0, it.1, it.2) == (place, age, mood)
                    });
                }
            }
        }
    }
}

#[test]
fn an_attacker_wins_against_counts_that_are_merely_left_out() {
    // The solver itself is held to what can be seen by eye: 33 in all, 32 of them shown.
    let mut attacker = Attacker {
        equations: Vec::new(),
    };
    attacker.learn(|_| true, 33);
    attacker.learn(|it| it.0 != 2, 32);
    assert!((attacker.largest(|it| it.0 == 2) - 1.0).abs() < 1e-6);
}

#[test]
fn large_samples_still_show_most_of_their_cells() {
    let dataset = dataset(&people(2000, 5));
    let release = dataset.tabulate(&query(None, &["municipality"]), &Protection::RESIDENTS);
    let shown = |figures: &Figures| figures.rows.iter().filter(|it| it.count.is_some()).count();
    let groups = release.groups().iter().flat_map(|it| &it.questions);
    let n: usize = groups.map(shown).sum();
    assert!(n >= 9, "only {n} cells are shown");
}
