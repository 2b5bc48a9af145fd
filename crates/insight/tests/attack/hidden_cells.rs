//! No hidden count can be told to be small.

use crate::onlooker::{Cells, Notes, cells};
use crate::people::{BACKGROUNDS, CELLS, Person, QUESTIONS, dataset, people};
use crate::solver::Solver;

/// Groups as the dashboard makes them: everybody, each code, each pair of codes.
fn groups() -> Vec<(String, Cells)> {
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

/// What the attacker may not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    /// No count can be told to be below the minimum.
    NotSmall,
    /// No count can be told at all.
    NotKnown,
}

/// What the attacker finds out, one line each, and how many counts were to be protected.
fn attack(people: &[Person], crossings: &str, rule: Rule) -> (Vec<String>, usize) {
    let notes = Notes::of_everything(&dataset(people, crossings));
    let groups = groups();
    let mut found = Vec::new();
    let mut n_protected = 0;
    for ((question, choice), seen) in &notes.about {
        let (name, values, minimum) = QUESTIONS[*question];
        let points: &[f64] = match name {
            "mood" => &[3.0, 2.0, 1.0],
            "services.bus" | "services.shop" => &[1.0, 2.0, 3.0],
            _ => &[],
        };
        let n_answers = if choice.is_some() {
            3
        } else {
            values.len() + 1
        };
        let mut solver = Solver::new(&notes, seen, n_answers, points);
        for (group, within) in &groups {
            let inside = || people.iter().filter(|it| within >> it.cell & 1 == 1);
            let size = inside().count();
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
                // Of a group smaller than the minimum no count can be large.
                let safe = if size >= minimum as usize && rule == Rule::NotSmall {
                    solver.can_reach(*within, answer, f64::from(minimum))
                } else {
                    let count = f64::from(count);
                    solver.can_reach(*within, answer, count + 1.0)
                        || solver.can_sink(*within, answer, count - 1.0)
                };
                if !safe {
                    found.push(format!(
                        "{name}: {count} in {group} ({size}) gave answer {answer} of {choice:?}"
                    ));
                }
            }
        }
    }
    (found, n_protected)
}

/// Attacks populations of these sizes; `SEEDS=20` in the environment attacks more of them.
fn attack_all(sizes: &[usize], crossings: &str, rule: Rule) {
    let n_seeds = std::env::var("SEEDS").ok().and_then(|it| it.parse().ok());
    let mut all = Vec::new();
    let mut n = 0;
    for seed in 1..=n_seeds.unwrap_or(1) {
        for size in sizes {
            let (found, n_protected) = attack(&people(*size, seed * 7919), crossings, rule);
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

#[test]
fn no_small_count_can_be_told_to_be_small() {
    let one = r#"[["municipality", "age"]]"#;
    attack_all(&[40, 120, 300], one, Rule::NotSmall);
}

#[test]
fn no_count_can_be_told_although_three_crossings_are_shown() {
    attack_all(&[80, 250], "[]", Rule::NotKnown);
}

#[test]
fn the_attacker_wins_against_counts_that_are_merely_left_out() {
    // 33 in all, 32 of them shown: the solver itself is held to what can be seen by eye.
    let mut notes = Notes::default();
    notes.sizes.insert(cells(|_| true), 33);
    notes.sizes.insert(cells(|it| it[0] != 2), 32);
    let seen = crate::onlooker::Seen::default();
    let mut solver = Solver::new(&notes, &seen, 1, &[]);
    assert!(!solver.can_reach(cells(|it| it[0] == 2), 0, 2.0));
    assert!(solver.can_reach(cells(|it| it[0] == 2), 0, 1.0));
    assert_eq!(cells(|_| true).count_ones() as usize, CELLS);
}
