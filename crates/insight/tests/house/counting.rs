//! Counts of every kind of question, against a slow count over JSON trees.

use crate::village::{answered, bare, counts, filtered};
use insight::codebook::Kind;
use insight::release::{Label, Refusal};
use insight::{Base, Codebook, Dataset, Query, Rounding};
use json::Value;
use proptest::prelude::*;
use questionnaire::definition::Survey;

#[test]
fn every_kind_of_question_is_counted_in_questionnaire_order() {
    let dataset = answered(&[
        r#""mood":5,"hobbies":["walk","read"],"trust":10,"moved":true,"services":{"bus":1,"shop":3},"hours":"7,5","wishes":"More buses","order":["b","a","c"]"#,
        r#""mood":"dk","hobbies":["none"],"trust":0,"moved":false,"services":{"bus":2},"hours":8,"order":["b","c","a"]"#,
        r#""mood":4,"wishes":"  ","hobbies":[]"#,
    ]);
    let release = bare(&dataset, &Query::default());
    let names: Vec<&str> = release
        .questions()
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "municipality",
            "age_band",
            "mood",
            "hobbies",
            "trust",
            "moved",
            "services.bus",
            "services.shop",
            "hours",
            "wishes",
            "order",
            "drinks"
        ]
    );
    assert_eq!(counts(&release, "mood"), [1, 1, 0, 0, 0, 1]);
    assert_eq!(counts(&release, "hobbies"), [1, 0, 1, 1]);
    assert_eq!(counts(&release, "trust"), [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    assert_eq!(counts(&release, "moved"), [1, 1]);
    assert_eq!(counts(&release, "services.bus"), [1, 1, 0]);
    assert_eq!(counts(&release, "services.shop"), [0, 0, 1]);
    assert_eq!(counts(&release, "order"), [0, 2, 0]);
    let n = |name| release.figures(name).and_then(|it| it.n);
    assert_eq!(n("wishes"), Some(1));
    assert_eq!(n("hobbies"), Some(2));
    let hours = release.figures("hours").and_then(|it| it.summary.as_ref());
    assert_eq!(hours.and_then(|it| it.mean), Some(7.75));
}

#[test]
fn cannot_say_is_counted_but_never_averaged() {
    let dataset = answered(&[r#""mood":5"#, r#""mood":2"#, r#""mood":"dk""#]);
    let release = bare(&dataset, &Query::default());
    let mood = release.figures("mood");
    assert_eq!(mood.and_then(|it| it.n), Some(3));
    let summary = mood.and_then(|it| it.summary.as_ref());
    assert_eq!(
        summary.map(|it| (it.n, it.median)),
        Some((Some(2), Some(3.5)))
    );
}

#[test]
fn boxes_follow_the_scale_and_the_unsure_come_last() {
    let dataset = answered(&[
        r#""mood":5"#,
        r#""mood":4"#,
        r#""mood":1"#,
        r#""mood":"dk""#,
        "",
    ]);
    let query = Query {
        base: Base::All,
        ..Query::default()
    };
    let release = bare(&dataset, &query);
    let boxes = release.figures("mood").map(|it| it.boxes.iter());
    let boxes: Vec<_> = boxes
        .into_iter()
        .flatten()
        .map(|it| (it.label.clone(), it.count))
        .collect();
    let named = |name: &str| Label::Box(name.to_owned());
    assert_eq!(
        boxes,
        [
            (named("good"), Some(2)),
            (named("middle"), Some(0)),
            (named("bad"), Some(1)),
            (Label::Unsure, Some(2))
        ]
    );
}

#[test]
fn a_value_outside_the_codebook_is_shown_as_other_so_that_rows_add_up() {
    let dataset = answered(&[r#""mood":5"#, r#""mood":"splendid""#]);
    let release = bare(&dataset, &Query::default());
    assert_eq!(counts(&release, "mood"), [1, 0, 0, 0, 0, 0, 1]);
}

#[test]
fn multiple_choice_is_rounded_half_up_even_under_largest_remainder() {
    let dataset = answered(&[
        r#""hobbies":["walk","swim"]"#,
        r#""hobbies":["walk"]"#,
        r#""hobbies":["walk"]"#,
    ]);
    let query = Query {
        rounding: Rounding::LargestRemainder,
        ..Query::default()
    };
    let release = bare(&dataset, &query);
    let rows = release.figures("hobbies").map(|it| it.rows.iter());
    let percents: Vec<_> = rows.into_iter().flatten().map(|it| it.percent).collect();
    assert_eq!(percents, [Some(100), Some(33), Some(0), Some(0)]);
}

#[test]
fn six_steps_of_maturity_have_the_middle_of_their_valid_answers() {
    let steps = [1, 2, 2, 3, 6, 6, 5, 4].map(|it| format!("\"trust\":{it}"));
    let release = bare(&answered(&steps), &Query::default());
    let summary = release.figures("trust").and_then(|it| it.summary.as_ref());
    assert_eq!(summary.and_then(|it| it.median), Some(3.5));
}

#[test]
fn a_filter_understands_names_values_and_connectives() {
    let dataset = answered(&[
        r#""municipality":"hml","age_band":"65p""#,
        r#""municipality":"rii","age_band":"65p""#,
        r#""municipality":"rii""#,
        "",
    ]);
    let n = |filter: &str| bare(&dataset, &filtered(filter)).head().n;
    for (filter, expected) in [
        (r#"age_band = "65p""#, 2),
        (r#"{age_band} = '65p' and municipality <> "hml""#, 1),
        ("municipality != hml", 3),
        ("municipality anyof ['hml', 'rii']", 3),
        ("not (municipality noneof [hml]) || age_band notempty", 2),
        ("age_band empty", 2),
        ("AGE_BAND equals '65p'", 2),
    ] {
        assert_eq!(n(filter), Some(expected), "{filter}");
    }
}

#[test]
fn a_filter_that_cannot_be_understood_says_where_and_why() {
    let dataset = answered(&[r#""mood":5"#]);
    for (filter, at, why) in [
        ("", 0, "syntax"),
        ("age_band =", 10, "syntax"),
        ("age_band = '65p' x", 17, "syntax"),
        ("age_band = 'u30", 11, "syntax"),
        ("(((((age_band = 'u30'", 21, "syntax"),
        ("shoe_size = 1", 0, "unknown-variable"),
        ("mood = 5", 0, "not-background"),
        ("age_band = 'x' or mood = 5", 11, "unknown-value"),
        ("age_band < old", 11, "unknown-value"),
    ] {
        let release = bare(&dataset, &filtered(filter));
        match release.refusal() {
            Some(Refusal::Filter { offset, code, .. }) => {
                assert_eq!((*offset, *code), (at, why), "{filter}");
            }
            other => panic!("{filter}: {other:?}"),
        }
        assert!(release.questions().is_empty());
    }
}

#[test]
fn only_background_variables_break_figures_down() {
    let dataset = answered(&[r#""mood":5"#]);
    let by = |names: &[&str]| {
        let query = Query {
            groups: names.iter().map(|it| (*it).to_owned()).collect(),
            ..Query::default()
        };
        bare(&dataset, &query).refusal().cloned()
    };
    assert_eq!(by(&["mood"]), Some(Refusal::Group("mood".to_owned())));
    assert_eq!(by(&["municipality", "age_band"]), None);
}

#[derive(Debug, Clone)]
struct Person {
    municipality: Option<usize>,
    age: Option<usize>,
    mood: Option<usize>,
    hobbies: Vec<usize>,
}

const MUNICIPALITIES: [&str; 3] = ["hml", "rii", "jan"];
const AGES: [&str; 3] = ["u30", "3064", "65p"];
const MOODS: [&str; 6] = ["5", "4", "3", "2", "1", "\"dk\""];
const HOBBIES: [&str; 3] = ["walk", "swim", "read"];

impl Person {
    fn json(&self) -> String {
        let mut members = Vec::new();
        members.extend(
            self.municipality
                .map(|it| format!("\"municipality\":\"{}\"", MUNICIPALITIES[it])),
        );
        members.extend(self.age.map(|it| format!("\"age_band\": \"{}\"", AGES[it])));
        members.extend(self.mood.map(|it| format!("\"mood\":{}", MOODS[it])));
        if !self.hobbies.is_empty() {
            let chosen: Vec<String> = self
                .hobbies
                .iter()
                .map(|it| format!("\"{}\"", HOBBIES[*it]))
                .collect();
            members.push(format!("\"hobbies\":[{}]", chosen.join(", ")));
        }
        members.join(",")
    }
}

fn person() -> impl Strategy<Value = Person> {
    let one = |n: usize| proptest::option::weighted(0.8, 0..n);
    let several = proptest::sample::subsequence(vec![0, 1, 2], 0..=3);
    (one(3), one(3), one(6), several).prop_map(|(municipality, age, mood, hobbies)| Person {
        municipality,
        age,
        mood,
        hobbies,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn counts_agree_with_counting_one_by_one(
        people in proptest::collection::vec(person(), 0..120),
        age in 0_usize..3,
        all in any::<bool>(),
    ) {
        let dataset: Dataset = answered(&people.iter().map(Person::json).collect::<Vec<_>>());
        let query = Query {
            groups: vec!["municipality".to_owned()],
            base: if all { Base::All } else { Base::Valid },
            ..filtered(&format!("age_band = '{}'", AGES[age]))
        };
        let release = bare(&dataset, &query);
        let chosen: Vec<&Person> = people.iter().filter(|it| it.age == Some(age)).collect();
        prop_assert_eq!(release.head().n, u32::try_from(chosen.len()).ok());

        let check = |figures: &[insight::release::Figures], people: &[&Person]| {
            for (code, mood) in MOODS.iter().enumerate() {
                let expected = people.iter().filter(|it| it.mood == Some(code)).count();
                let value = Value::parse(mood).unwrap_or_default();
                let rows = figures.iter().find(|it| it.name == "mood").map(|it| it.rows.as_slice());
                let row = rows.unwrap_or_default().iter().find(|it| it.label == Label::Value(value.clone()));
                assert_eq!(row.and_then(|it| it.count), u32::try_from(expected).ok());
            }
            let hobbies = figures.iter().find(|it| it.name == "hobbies");
            let n = if all { people.len() } else { people.iter().filter(|it| !it.hobbies.is_empty()).count() };
            assert_eq!(hobbies.and_then(|it| it.n), u32::try_from(n).ok());
            for (code, row) in (0..3).zip(hobbies.map(|it| it.rows.as_slice()).unwrap_or_default()) {
                let expected = people.iter().filter(|it| it.hobbies.contains(&code)).count();
                assert_eq!(row.count, u32::try_from(expected).ok());
            }
        };
        check(release.questions(), &chosen);
        for (place, group) in release.groups().iter().enumerate() {
            let part: Vec<&Person> = chosen.iter().copied().filter(|it| it.municipality == Some(place)).collect();
            prop_assert_eq!(group.n, u32::try_from(part.len()).ok());
            check(&group.questions, &part);
        }
    }

    #[test]
    fn parts_of_a_whole_add_up(people in proptest::collection::vec(person(), 1..200)) {
        let dataset = answered(&people.iter().map(Person::json).collect::<Vec<_>>());
        let query = Query { base: Base::All, rounding: Rounding::LargestRemainder, ..Query::default() };
        let release = bare(&dataset, &query);
        for name in ["municipality", "age_band", "mood", "trust"] {
            let figures = release.figures(name);
            let rows = figures.map(|it| it.rows.as_slice()).unwrap_or_default();
            prop_assert_eq!(Some(rows.iter().filter_map(|it| it.count).sum()), figures.and_then(|it| it.n));
            prop_assert_eq!(rows.iter().filter_map(|it| it.percent).sum::<u32>(), 100);
        }
    }
}

#[test]
fn numbers_of_a_register_are_names_and_have_no_mean() {
    let kind = |choices: &str| {
        let survey = format!(
            r#"{{"pages":[{{"name":"p","elements":[{{"type":"dropdown","name":"it","choices":{choices}}}]}}],
                "kuuluu":{{"id":"x","version":"1","languages":["fi"]}}}}"#
        );
        let codebook = Codebook::of(&Survey::parse(&survey).survey);
        codebook.questions.first().map(|it| it.kind)
    };
    assert_eq!(kind(r#"["061", "109", "433"]"#), Some(Kind::Single));
    assert_eq!(kind(r#"["0", "5", "10"]"#), Some(Kind::Scale));
}
