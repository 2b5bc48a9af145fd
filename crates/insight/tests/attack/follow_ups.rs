//! Questions that are asked of some only: their N must not tell how few gave which answer to the
//! question that decides it.

use insight::Protection;
use insight::release::Figures;

use crate::hidden_cells::{ONE, STAR, attack, attack_all, publish};
use crate::onlooker::{Cells, EARLY, Notes, Sight, cells};
use crate::people::{BACKGROUNDS, CELLS, Person, QUESTIONS, Random, codes, dataset_with, people};

/// On what it depends whether a follow-up is asked.
#[derive(Debug, Clone, Copy, PartialEq)]
enum On {
    /// Which answers to one of [`QUESTIONS`] (one bit each).
    Question(usize, u32),
    /// Which codes of one of [`BACKGROUNDS`].
    Background(usize, u32),
    /// Hours, from so many on.
    Hours(u32),
}

struct FollowUp {
    name: &'static str,
    visible_if: &'static str,
    on: On,
    asks: Asks,
}

/// What is asked of some only.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Asks {
    /// The question.
    Question,
    /// Its first choice by a condition of its own; the question is asked of everybody.
    Choice,
    /// The same by a condition on all choices.
    Choices,
}

const FOLLOW_UPS: [FollowUp; 11] = [
    FollowUp {
        name: "mood_why",
        visible_if: "{mood} anyof [1, 2]",
        on: On::Question(0, 0b0110),
        asks: Asks::Question,
    },
    FollowUp {
        name: "drinks_more",
        visible_if: "{drinks} notempty and {drinks} != 'no'",
        on: On::Question(1, 0b01),
        asks: Asks::Question,
    },
    FollowUp {
        name: "bus_why",
        visible_if: "{services.bus} = 3",
        on: On::Question(2, 0b100),
        asks: Asks::Question,
    },
    FollowUp {
        name: "walks",
        visible_if: "{hobbies} contains 'walk'",
        on: On::Question(4, 0b001),
        asks: Asks::Question,
    },
    FollowUp {
        name: "at_age",
        visible_if: "{age} anyof ['mid', 'old']",
        on: On::Background(1, 0b110),
        asks: Asks::Question,
    },
    FollowUp {
        name: "as_woman",
        visible_if: "{gender} = 'f'",
        on: On::Background(2, 0b01),
        asks: Asks::Question,
    },
    FollowUp {
        name: "long_hours",
        visible_if: "{hours} >= 30",
        on: On::Hours(30),
        asks: Asks::Question,
    },
    FollowUp {
        name: "mood_choice",
        visible_if: "{mood} anyof [1, 2]",
        on: On::Question(0, 0b0110),
        asks: Asks::Choice,
    },
    FollowUp {
        name: "bus_choices",
        visible_if: "{item} = 'b' or {services.bus} = 3",
        on: On::Question(2, 0b100),
        asks: Asks::Choices,
    },
    FollowUp {
        name: "walk_choice",
        visible_if: "{hobbies} contains 'walk'",
        on: On::Question(4, 0b001),
        asks: Asks::Choice,
    },
    FollowUp {
        name: "woman_choice",
        visible_if: "{gender} = 'f'",
        on: On::Background(2, 0b01),
        asks: Asks::Choice,
    },
];

/// A follow-up's N in cells.
pub(crate) type Asked = (usize, Cells, u32);

/// Whose answers to which question there are at least so many of, as a follow-up tells: a question
/// with its choice, or all of them, cells, answers.
pub(crate) fn at_least(
    asked: &[Asked],
    question: usize,
    choice: Option<usize>,
    n_answers: usize,
) -> Vec<((Cells, u32), u32)> {
    let told = asked.iter().filter_map(|(ix, within, n)| {
        let those = match FOLLOW_UPS[*ix].on {
            On::Question(it, answers) if it == question => match choice {
                None => (*within, answers),
                Some(choice) => (answers >> choice & 1 == 1).then_some((*within, 0b1))?,
            },
            On::Background(ix, codes) => {
                let here = cells(|it| codes >> it[ix] & 1 == 1);
                (*within & here, (1 << n_answers) - 1)
            }
            _ => return None,
        };
        (*n > 0).then_some((those, *n))
    });
    told.collect()
}

/// The N of follow-ups among these figures.
pub(crate) fn read(figures: &[Figures], mut note: impl FnMut(usize, u32)) {
    for it in figures {
        let Some(ix) = FOLLOW_UPS.iter().position(|own| own.name == it.name) else {
            continue;
        };
        let missing = it
            .rows
            .iter()
            .find(|it| it.label == insight::release::Label::Missing);
        let Some(n) = it.n else { continue };
        let answered = n - missing.map_or(0, |it| it.count.expect("follows from N"));
        let row = |choice: &str| {
            let label = insight::release::Label::Value(choice.into());
            it.rows.iter().find(|it| it.label == label)?.count
        };
        if FOLLOW_UPS[ix].asks == Asks::Question {
            note(ix, answered);
        } else if let Some(n) = row("a").or_else(|| Some(answered - row("b")?)) {
            note(ix, n);
        }
    }
}

fn is_asked(person: &Person, on: On) -> bool {
    match on {
        On::Question(ix, answers) => person.answers[ix].iter().any(|it| answers >> it & 1 == 1),
        On::Background(ix, answers) => {
            let code = codes(person.cell)[ix];
            code < BACKGROUNDS[ix].1.len() && answers >> code & 1 == 1
        }
        On::Hours(least) => person.hours.is_some_and(|it| it >= least),
    }
}

/// What each person answers to the follow-ups; of those who are asked few do not.
fn answered(people: &[Person], seed: u32) -> Vec<String> {
    let mut random = Random(seed ^ 0x5bd1_e995);
    let one = |person: &Person| -> String {
        let members = FOLLOW_UPS.iter().filter_map(|it| {
            let answer = random.below(3);
            let silent = random.below(20) == 0;
            let is_asked = is_asked(person, it.on);
            let answer = match (it.asks, is_asked) {
                (Asks::Question, _) => ["a", "b", "b"][answer as usize],
                (_, true) => ["a", "a", "a", "b"][(answer + random.below(2)) as usize],
                (_, false) => "b",
            };
            let given = (is_asked || it.asks != Asks::Question) && !silent;
            given.then(|| format!(",\"{}\":\"{answer}\"", it.name))
        });
        members.collect()
    };
    people.iter().map(one).collect()
}

/// How much the survey says of whom it asks; of what it does not, nobody but the attacker knows.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Declared {
    Nothing,
    Questions,
    All,
}

/// The follow-ups as a survey asks them.
fn elements(declared: Declared) -> String {
    let one = |it: &FollowUp| {
        let own = |member: &str| {
            let is_told = match it.asks {
                Asks::Question => declared != Declared::Nothing,
                _ => declared == Declared::All,
            };
            if is_told {
                format!("\"{member}\": \"{}\", ", it.visible_if)
            } else {
                String::new()
            }
        };
        let (of_question, of_choice) = match it.asks {
            Asks::Question => (own("visibleIf"), String::new()),
            Asks::Choice => (String::new(), own("visibleIf")),
            Asks::Choices => (own("choicesVisibleIf"), String::new()),
        };
        format!(
            ",{{\"type\": \"radiogroup\", \"name\": \"{}\", {of_question}\"choices\": \
             [{{{of_choice}\"value\": \"a\"}}, \"b\"]}}",
            it.name
        )
    };
    FOLLOW_UPS.iter().map(one).collect()
}

fn look(n: usize, seed: u32, crossings: &str, declared: Declared) -> (Vec<String>, usize) {
    let people = people(n, seed);
    let more = answered(&people, seed);
    let dataset = dataset_with(&people, crossings, (&elements(declared), &more));
    let notes = Notes::of_everything(&dataset, Sight::Released);
    let (mut found, n) = attack(&people, &notes, &[("", cells(|_| true))]);
    found.extend(few_hours(&people, &notes));
    (found, n)
}

/// Where the N of the follow-up on hours tells that few worked less, and the classes do not.
fn few_hours(people: &[Person], notes: &Notes) -> Vec<String> {
    let mut found = Vec::new();
    for (ix, within, n) in &notes.asked {
        if FOLLOW_UPS[*ix].name != "long_hours" {
            continue;
        }
        let inside = |it: &&Person| within >> it.cell & 1 == 1;
        let those = || people.iter().filter(inside);
        let given = those().filter(|it| it.hours.is_some()).count();
        let less = those()
            .filter(|it| it.hours.is_some_and(|it| it < 30))
            .count();
        if less > 0 && given - (*n as usize) < 5 {
            found.push(format!("{less} worked less than 30 hours"));
        }
    }
    found
}

#[test]
fn the_attacker_wins_where_nobody_knows_of_whom_a_question_was_asked() {
    let (found, of) = look(60, 7919, ONE, Declared::Nothing);
    println!("{} of {of} found", found.len());
    assert!(found.len() > 3, "{found:?}");
}

#[test]
fn the_attacker_wins_where_nobody_knows_to_whom_a_choice_was_offered() {
    let (found, of) = look(120, 7919, ONE, Declared::Questions);
    println!("{} of {of} found", found.len());
    assert!(found.len() > 3, "{found:?}");
}

#[test]
fn the_n_of_a_follow_up_tells_nothing_of_what_it_follows() {
    // Beside the first those that once gave something away.
    attack_all(
        &[(40, &[40, 54]), (60, &[1, 14, 29]), (120, &[1, 25])],
        |n, seed| look(n, seed, ONE, Declared::All),
    );
    attack_all(&[(120, &[1])], |n, seed| look(n, seed, STAR, Declared::All));
}

#[test]
fn nor_beside_results_that_were_published_earlier() {
    for late in [2, 30] {
        // Beside the first those that once gave something away.
        let cases: &[(usize, &[u32])] = match late {
            30 => &[(40, &[3]), (60, &[1, 12])],
            _ => &[(60, &[1])],
        };
        attack_all(cases, |n, seed| {
            let mut people = people(n, seed);
            let more = answered(&people, seed);
            let early = n - late;
            let open =
                |n: usize| dataset_with(&people[..n], ONE, (&elements(Declared::All), &more[..n]));
            let published = publish(&open(early));
            let mut all = open(n);
            assert!(all.published_before(published.clone()));
            let mut notes = Notes::of_everything(&all, Sight::Released);
            notes.add_published(&published);
            for person in people.iter_mut().skip(early) {
                person.cell += CELLS;
            }
            let late = cells(|_| true) & !EARLY;
            let waves = [("", cells(|_| true)), (", early", EARLY), (", late", late)];
            attack(&people, &notes, &waves)
        });
    }
}

/// How much of the follow-ups is still shown: that nothing is, would be safe, too.
#[test]
fn follow_ups_are_shown_where_what_they_follow_is() {
    let people = people(300, 7919);
    let more = answered(&people, 7919);
    let dataset = dataset_with(&people, ONE, (&elements(Declared::All), &more));
    let notes = Notes::of_tables(&dataset, Sight::Released);
    let whole = cells(|_| true);
    let of_all = notes.asked.iter().filter(|it| it.1 == whole).count();
    let of_groups = notes.asked.iter().filter(|it| it.1 != whole).count();
    println!("{of_all} of all, {of_groups} of groups");
    assert!(of_all >= 4 && of_groups >= 8, "{of_all}, {of_groups}");
    assert_eq!(Protection::RESIDENTS.minimum_cell, QUESTIONS[0].2);
}
