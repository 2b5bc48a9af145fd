//! No hidden count can be told to be small.

use insight::published::{Publication, Published};
use insight::{Base, Dataset, Protection, Rounding};

use crate::follow_ups::at_least;
use crate::onlooker::{Cells, EARLY, Notes, Seen, Sight, cells};
use crate::people::{ALL_CELLS, BACKGROUNDS, CELLS, Person, QUESTIONS, dataset, people};
use crate::solver::{About, Solver};

/// Fewer than so many are a small group.
const GROUP: u32 = Protection::RESIDENTS.minimum_cell;

/// Groups as the dashboard makes them: everybody, each code, each pair of codes.
pub(crate) fn groups() -> Vec<(String, Cells)> {
    let mut groups = vec![("everybody".to_owned(), cells(|_| true))];
    for (one, (name, values)) in BACKGROUNDS.iter().enumerate() {
        for (a, code) in values.iter().enumerate() {
            groups.push((format!("{name} {code}"), cells(|it| it[one] == a)));
            for (two, (_, others)) in BACKGROUNDS.iter().enumerate().skip(one + 1) {
                for (b, other) in others.iter().enumerate() {
                    let within = cells(|it| it[one] == a && it[two] == b);
                    groups.push((format!("{name} {code}, {other}"), within));
                }
            }
        }
    }
    groups
}

/// How the attacker reads the tables of several questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// Each by itself, with the sizes of groups.
    Apart,
    /// All at once: they are answers of the same people.
    Together,
}

fn about<'a>(
    notes: &Notes,
    (question, choice): (usize, Option<usize>),
    seen: &'a Seen,
) -> About<'a> {
    let (name, values, _) = QUESTIONS[question];
    let n_answers = if choice.is_some() {
        3
    } else {
        values.len() + 1
    };
    About {
        seen,
        n_answers,
        at_least: at_least(&notes.asked, question, choice, n_answers),
        points: match name {
            "mood" => &[3.0, 2.0, 1.0],
            "services.bus" | "services.shop" => &[1.0, 2.0, 3.0],
            _ => &[],
        },
    }
}

/// What the attacker finds out, one line each, and how many counts were to be protected: none of
/// these groups may be known to have a small count, be it among all of them or within `waves`.
pub(crate) fn attack(
    people: &[Person],
    notes: &Notes,
    waves: &[(&str, Cells)],
) -> (Vec<String>, usize) {
    attack_reading(people, notes, waves, Reading::Apart)
}

fn attack_reading(
    people: &[Person],
    notes: &Notes,
    waves: &[(&str, Cells)],
    reading: Reading,
) -> (Vec<String>, usize) {
    let groups = groups();
    let mut found = Vec::new();
    let mut n_protected = 0;
    for ((question, choice), seen) in &notes.about {
        let (name, _, minimum) = QUESTIONS[*question];
        let own = about(notes, (*question, *choice), seen);
        let n_answers = own.n_answers;
        let others = notes
            .about
            .iter()
            .filter(|(other, _)| reading == Reading::Together && **other != (*question, *choice));
        let others = others
            .map(|(other, seen)| about(notes, *other, seen))
            .collect();
        let mut solver = Solver::new(notes, own, others);
        let wanted = waves.iter().flat_map(|(wave, of)| {
            groups
                .iter()
                .map(move |(group, it)| (wave, group, *it & *of))
        });
        for (wave, group, within) in wanted {
            let inside = || people.iter().filter(|it| within >> it.cell & 1 == 1);
            let size = inside().count();
            if (1..GROUP as usize).contains(&size) {
                n_protected += 1;
                let everyone = (within, (1 << n_answers) - 1);
                if !solver.can_reach(everyone, f64::from(GROUP)) {
                    found.push(format!(
                        "few: {name} tells that {size} are in {group}{wave}"
                    ));
                }
            }
            for answer in 0..n_answers - 1 {
                let gave = |it: &&Person| {
                    let chosen = &it.answers[*question];
                    match choice {
                        Some(_) if chosen.is_empty() => false,
                        Some(choice) => chosen.contains(choice) == (answer == 0),
                        None => chosen.contains(&answer),
                    }
                };
                let count = u32::try_from(inside().filter(gave).count()).unwrap_or(u32::MAX);
                if count == 0 || count >= minimum {
                    continue;
                }
                n_protected += 1;
                let those = (within, 1 << answer);
                // Of a group smaller than the minimum no count can be large.
                let can_be_large =
                    size >= minimum as usize && solver.can_reach(those, f64::from(minimum));
                let exact = f64::from(count);
                let is_open = can_be_large
                    || solver.can_reach(those, exact + 1.0)
                    || solver.can_sink(those, exact - 1.0);
                if !is_open || (size >= minimum as usize && !can_be_large) {
                    let how = if is_open { "few" } else { "known" };
                    found.push(format!(
                        "{how}: {name}: {count} in {group}{wave} ({size}) gave answer {answer} of {choice:?}"
                    ));
                }
            }
        }
    }
    (found, n_protected)
}

/// Attacks populations of these sizes and seeds; `SEEDS=20` in the environment attacks all seeds up
/// to that one instead, `FROM=9` begins with a later one, `PEOPLE=40` takes this size only.
pub(crate) fn attack_all(
    cases: &[(usize, &[u32])],
    attack: impl Fn(usize, u32) -> (Vec<String>, usize),
) {
    let number = |name| -> Option<u32> { std::env::var(name).ok()?.parse().ok() };
    let from = number("FROM").unwrap_or(1);
    let all_seeds: Option<Vec<u32>> = number("SEEDS").map(|last| (from..=last).collect());
    let only = number("PEOPLE").and_then(|it| usize::try_from(it).ok());
    let mut all = Vec::new();
    let mut n = 0;
    let only = only.map(|only| {
        let known = cases.iter().find(|it| it.0 == only);
        [(only, known.map_or(&[1][..], |it| it.1))]
    });
    for (size, seeds) in only.as_ref().map_or(cases, |it| it.as_slice()) {
        for seed in all_seeds.as_deref().unwrap_or(seeds) {
            let (found, n_protected) = attack(*size, seed * 7919);
            println!(
                "seed {seed}, {size} people: {} of {n_protected}",
                found.len()
            );
            n += n_protected;
            all.extend(
                found
                    .into_iter()
                    .map(|it| format!("seed {seed}, {size}: {it}")),
            );
        }
    }
    assert!(n > 100, "only {n} counts were to be protected");
    assert_eq!(all, Vec::<String>::new());
}

pub(crate) const ONE: &str = r#"[["municipality", "age"]]"#;
pub(crate) const STAR: &str = r#"[["municipality", "age"], ["municipality", "gender"]]"#;

/// Looks at everything that is released of so many people.
fn look(n: usize, seed: u32, crossings: &str, reading: Reading) -> (Vec<String>, usize) {
    let people = people(n, seed);
    let notes = Notes::of_everything(&dataset(&people, crossings), Sight::Released);
    attack_reading(&people, &notes, &[("", cells(|_| true))], reading)
}

#[test]
fn no_small_count_can_be_told_to_be_small() {
    // Beside the first those that once gave something away.
    attack_all(
        &[
            (40, &[1, 4, 11, 31, 38, 50, 55, 57, 138]),
            (60, &[1]),
            (120, &[1, 9, 47, 77, 184]),
            (300, &[1]),
            // With more than 500 not every table beside a crossing is proved to be safe.
            (600, &[1]),
            (1000, &[1]),
        ],
        |n, seed| look(n, seed, ONE, Reading::Apart),
    );
}

#[test]
fn questions_that_are_read_together_tell_no_more() {
    attack_all(&[(40, &[1])], |n, seed| {
        look(n, seed, ONE, Reading::Together)
    });
}

#[test]
fn two_variables_that_are_crossed_with_a_third_tell_nothing_of_each_other() {
    attack_all(&[(60, &[1, 27]), (120, &[1]), (250, &[1])], |n, seed| {
        look(n, seed, STAR, Reading::Apart)
    });
}

#[test]
fn no_count_can_be_told_to_be_small_although_three_crossings_are_shown() {
    attack_all(&[(80, &[1]), (250, &[1])], |n, seed| {
        look(n, seed, "[]", Reading::Apart)
    });
}

/// What is published of these answers: by two variables.
pub(crate) fn publish(early: &Dataset) -> Published {
    let publication = Publication {
        base: Base::All,
        rounding: Rounding::HalfUp,
        breakdowns: vec!["municipality".to_owned(), "gender".to_owned()],
        day: "2026-11-25".parse().expect("a day"),
        sample: false,
    };
    let published = early.publish(&publication, &Protection::RESIDENTS);
    Published::open(&published.expect("enough answers")).expect("whole")
}

/// Publishes when all but `late` have answered, and looks again when they have, too.
fn look_twice(n: usize, late: usize, seed: u32, is_told: bool) -> (Vec<String>, usize) {
    let mut people = people(n, seed);
    let (early, all) = (dataset(&people[..n - late], ONE), dataset(&people, ONE));
    let published = publish(&early);
    let mut all = all;
    if is_told {
        assert!(all.published_before(published.clone()));
    }
    let mut notes = Notes::of_everything(&all, Sight::Released);
    notes.add_published(&published);
    for person in people.iter_mut().skip(n - late) {
        person.cell += CELLS;
    }
    let waves = [
        ("", cells(|_| true)),
        (", early", EARLY),
        (", late", cells(|_| true) & !EARLY),
    ];
    attack(&people, &notes, &waves)
}

#[test]
fn nothing_can_be_told_from_results_that_were_published_earlier() {
    for late in [0, 2, 7, 30] {
        // Beside the first those that once gave something away.
        let of_40: &[u32] = match late {
            7 => &[26, 28, 34],
            30 => &[84, 129, 158],
            _ => &[],
        };
        let of_60: &[u32] = if late == 7 { &[1, 12, 17, 38] } else { &[1] };
        let of_150: &[u32] = if late == 30 { &[1, 2] } else { &[1] };
        attack_all(&[(40, of_40), (60, of_60), (150, of_150)], |n, seed| {
            look_twice(n, late, seed, true)
        });
    }
}

#[test]
fn the_attacker_wins_where_earlier_results_are_forgotten() {
    for late in [2, 7] {
        let (found, _) = look_twice(60, late, 7919, false);
        println!("{late} late: {} found", found.len());
        assert!(found.len() > 3, "{late} late, {found:?}");
    }
}

#[test]
fn the_attacker_wins_against_a_threshold_alone() {
    // The tables of one variable, without any filter, are enough.
    let people = people(120, 7919);
    let dataset = dataset(&people, ONE);
    let wins = |sight| {
        let notes = Notes::of_tables(&dataset, sight);
        attack(&people, &notes, &[("", cells(|_| true))])
    };
    let (found, n) = wins(Sight::Threshold);
    println!("{} of {n} found", found.len());
    assert!(found.len() * 8 > n, "{} of {n}", found.len());
    assert_eq!(wins(Sight::Released).0, Vec::<String>::new());
}

#[test]
fn the_attacker_wins_against_counts_that_are_merely_left_out() {
    // 33 in all, 32 of them shown: the solver itself is held to what can be seen by eye.
    let mut notes = Notes {
        n_cells: CELLS,
        ..Notes::default()
    };
    notes.sizes.insert(cells(|_| true), 33);
    notes.sizes.insert(cells(|it| it[0] != 2), 32);
    let seen = crate::onlooker::Seen::default();
    let about = About {
        seen: &seen,
        n_answers: 1,
        points: &[],
        at_least: Vec::new(),
    };
    let mut solver = Solver::new(&notes, about, Vec::new());
    let last = (cells(|it| it[0] == 2), 1);
    assert!(!solver.can_reach(last, 2.0));
    assert!(solver.can_reach(last, 1.0));
    assert_eq!(cells(|_| true).count_ones() as usize, ALL_CELLS);
}
