//! Scorers against the reference scorer's vectors, and their data against itself.

use json::Value;
use questionnaire::scoring::{Person, Rule, Score, Sex, instrument, instruments, score};

const VECTORS: &str = include_str!("../../../tests/conformance/scoring.json");

fn vectors(name: &str) -> Vec<Value> {
    let all = Value::parse(VECTORS).expect("the vectors are JSON");
    let list = all
        .get(name)
        .and_then(Value::as_list)
        .expect("the instrument has vectors");
    assert!(!list.is_empty());
    list.to_vec()
}

fn answers(id: &str, vector: &Value) -> Vec<(&'static str, Option<f64>)> {
    let items = instrument(id).expect("there is a scorer").items;
    let given = vector.get("items");
    items
        .iter()
        .enumerate()
        .map(|(at, item)| {
            let code = match (given, item.id) {
                (Some(Value::List(codes)), _) => codes.get(at),
                (Some(codes), item) => codes.get(item),
                (None, "height") => vector.get("h"),
                (None, "weight") => vector.get("w"),
                (None, item) => vector.get(item),
            };
            (item.id, code.and_then(Value::as_f64))
        })
        .collect()
}

fn scored(id: &str, vector: &Value) -> Option<Score> {
    let person = Person {
        sex: vector
            .get("sex")
            .and_then(Value::as_str)
            .and_then(Sex::read),
        age: vector.get("age").and_then(Value::as_f64),
    };
    score(id, &answers(id, vector), person)
}

/// Holds the scorer `id` to its vectors: `value` names the score, `flags` the cuts.
fn hold(id: &str, value: &str, flags: &[(&str, &str)]) {
    for vector in vectors(id) {
        let found = scored(id, &vector);
        let expected = vector.get(value).and_then(Value::as_f64);
        match (&found, expected) {
            (None, None) => {}
            (Some(found), Some(expected)) => assert!(
                (found.value - expected).abs() < 5e-4,
                "{id} {}: {}",
                vector.to_string(),
                found.value
            ),
            _ => panic!("{id} {}: {found:?}", vector.to_string()),
        }
        for (theirs, ours) in flags {
            assert_eq!(
                found.as_ref().and_then(|found| found.flag(ours)),
                vector.get(theirs).and_then(Value::as_bool),
                "{id} {}",
                vector.to_string()
            );
        }
    }
}

#[test]
fn every_vector_of_the_reference_scorer_holds() {
    hold("who5", "score", &[]);
    hold("eurohis8", "score", &[("good", "good")]);
    hold("mhi5", "score", &[("le52", "strain")]);
    hold("phq2", "score", &[("positive", "positive")]);
    hold("auditc", "score", &[("risk", "risk")]);
    hold("esis", "score", &[]);
    hold("swemwbs", "metric", &[]);
    hold("ucla3", "score", &[("lonely6", "lonely6")]);
    hold("pa", "equiv", &[("meets", "meets")]);
    hold("bmi", "bmi", &[]);
}

#[test]
fn the_sum_behind_a_metric_value_is_kept() {
    for vector in vectors("swemwbs") {
        let raw = scored("swemwbs", &vector).and_then(|score| score.raw);
        assert_eq!(raw, vector.get("raw").and_then(Value::as_f64));
    }
}

#[test]
fn cut_offs_stand_on_the_right_side() {
    let all = |id: &str, code: f64, person: Person| {
        let items = instrument(id).expect("there is a scorer").items;
        let answers: Vec<_> = items.iter().map(|item| (item.id, Some(code))).collect();
        score(id, &answers, person).expect("everything is answered")
    };
    let anyone = Person::default();
    assert_eq!(all("gad2", 1.0, anyone).flag("positive"), Some(false));
    assert_eq!(all("gad2", 2.0, anyone).flag("positive"), Some(true));
    assert_eq!(all("srh", 2.0, anyone).flag("averageOrWorse"), Some(false));
    assert_eq!(all("srh", 3.0, anyone).flag("averageOrWorse"), Some(true));
    assert_eq!(all("lonely", 4.0, anyone).flag("oftenLonely"), Some(true));
    assert_eq!(all("work_ability", 7.0, anyone).flag("reduced"), Some(true));
    assert_eq!(all("work_ability", 8.0, anyone).flag("good"), Some(true));
    assert_eq!(all("swemwbs", 3.0, anyone).flag("low"), Some(true));
    assert_eq!(all("safe_evening", 3.0, anyone).flag("unsafe"), Some(true));
    assert_eq!(all("fies", 1.0, anyone).answered, 8);
    assert_eq!(
        all("auditc", 2.0, anyone).flag("risk"),
        None,
        "sex and age are unknown"
    );
}

#[test]
fn a_score_on_a_cut_is_on_it_and_not_a_rounding_beside_it() {
    // Every way to answer: the same score as in whole numbers, to the last digit.
    for answered in 3..=5_u32 {
        for ways in 0..6_u32.pow(answered) {
            let items = instrument("mhi5").expect("there is a scorer").items;
            let digit = |at: u32| ways / 6_u32.pow(at) % 6;
            let codes = items.iter().zip(0..answered);
            let codes: Vec<_> = codes
                .map(|(item, at)| (item.id, Some(f64::from(digit(at) + 1))))
                .collect();
            let directed = items.iter().zip(0..answered).map(|(item, at)| {
                if item.reversed {
                    5 - digit(at)
                } else {
                    digit(at)
                }
            });
            let (above, below) = (directed.sum::<u32>() * 100, answered * 5);
            let scored = score("mhi5", &codes, Person::default()).expect("enough is answered");
            assert_eq!(
                scored.value.to_bits(),
                (f64::from(above) / f64::from(below)).to_bits()
            );
            assert_eq!(
                scored.flag("strain"),
                Some(above <= 52 * below),
                "{codes:?}"
            );
        }
    }
    let body = [("height", Some(170.0)), ("weight", Some(72.25))];
    let scored = score("bmi", &body, Person::default()).expect("a score");
    assert_eq!(scored.value.to_bits(), 25.0_f64.to_bits());
}

#[test]
fn older_people_need_balance_and_children_get_no_body_mass() {
    let aged = |age| Person {
        sex: None,
        age: Some(age),
    };
    let active = [
        ("moderate", Some(150.0)),
        ("strength", Some(2.0)),
        ("balance", Some(1.0)),
    ];
    let meets = |age| score("pa", &active, aged(age)).and_then(|score| score.flag("meets"));
    assert_eq!((meets(64.0), meets(65.0)), (Some(true), Some(false)));
    let body = [("height", Some(170.0)), ("weight", Some(86.7))];
    assert_eq!(score("bmi", &body, aged(17.0)), None);
    let adult = score("bmi", &body, aged(18.0)).expect("adults have one");
    assert_eq!((adult.value, adult.flag("atLeast30")), (30.0, Some(true)));
}

#[test]
fn a_code_that_is_none_counts_as_missing() {
    let codes = |last| [("1", Some(1.0)), ("2", Some(last))];
    assert_eq!(score("phq2", &codes(9.0), Person::default()), None);
    assert!(score("phq2", &codes(3.0), Person::default()).is_some());
    assert_eq!(score("nothing", &codes(3.0), Person::default()), None);
    let food = &instrument("food2").expect("there is a scorer").items[0];
    assert_eq!((food.read("sometimes"), food.read("dk")), (Some(1.0), None));
}

#[test]
fn extreme_answers_reach_the_ends_of_every_range() {
    for instrument in instruments() {
        let ends = [false, true].map(|best| {
            let answers: Vec<_> = instrument
                .items
                .iter()
                .map(|item| {
                    (
                        item.id,
                        Some(if best == item.reversed {
                            item.lowest
                        } else {
                            item.highest
                        }),
                    )
                })
                .collect();
            score(instrument.id, &answers, Person::default())
                .expect("all is answered")
                .value
        });
        assert!(instrument.least >= 1 && instrument.least <= instrument.items.len());
        if matches!(instrument.rule, Rule::ActivityMinutes | Rule::BodyMass) {
            continue;
        }
        assert_eq!((ends[0], ends[1]), instrument.range, "{}", instrument.id);
    }
}

#[test]
fn metric_values_rise_with_the_sum() {
    let Rule::Table(values) = instrument("swemwbs").expect("there is a scorer").rule else {
        panic!("it has a table");
    };
    assert_eq!(values.len(), 29);
    assert!(values.is_sorted_by(|low, high| low < high));
}

#[test]
fn a_scorer_holds_no_wording() {
    let ids = instruments().iter().flat_map(|it| {
        it.items
            .iter()
            .map(|item| item.id)
            .chain([it.id])
            .chain(it.cuts.iter().map(|cut| cut.flag))
    });
    for id in ids {
        assert!(id.len() <= 18 && !id.contains(' '), "{id}");
    }
}
