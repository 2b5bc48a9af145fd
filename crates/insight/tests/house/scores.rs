//! Scores of instruments as figures.

use insight::release::{Figures, Hidden, Label};
use insight::scores::share;
use insight::{Base, Codebook, Dataset, Loader, Protection, Query, Release};
use proptest::prelude::*;
use questionnaire::definition::Survey;

const SURVEY: &str = r#"{"pages":[{"name":"p","elements":[
    {"type":"radiogroup","name":"gender","choices":["f","m","other"],"kuuluu":{"role":"background"}},
    {"type":"radiogroup","name":"age_band","choices":["18_29","30_64","65p"],"kuuluu":{"role":"background"}},
    {"type":"matrix","name":"phq","columns":[0,1,2,3],"rows":[
        {"value":"a","kuuluu":{"instrument":{"id":"phq2","item":"1"}}},
        {"value":"b","kuuluu":{"instrument":{"id":"phq2","item":"2"}}}]},
    {"type":"radiogroup","name":"often","choices":[0,1,2,3,4],"kuuluu":{"instrument":{"id":"auditc","item":"1"}}},
    {"type":"radiogroup","name":"amount","choices":[0,1,2,3,4],"kuuluu":{"instrument":{"id":"auditc","item":"2"}}},
    {"type":"radiogroup","name":"six","choices":[0,1,2,3,4],"kuuluu":{"instrument":{"id":"auditc","item":"3"}}},
    {"type":"rating","name":"work","rateMin":0,"rateMax":10,"kuuluu":{"instrument":{"id":"work_ability","item":"1"}}},
    {"type":"text","name":"cm","inputType":"number","kuuluu":{"instrument":{"id":"bmi","item":"height"}}},
    {"type":"text","name":"kg","inputType":"number","kuuluu":{"instrument":{"id":"bmi","item":"weight"}}},
    {"type":"radiogroup","name":"who","choices":[0,1,2,3,4,5],"kuuluu":{"instrument":{"id":"who5","item":"1"}}}
  ]}],"kuuluu":{"id":"s","version":"1","languages":["fi"]}}"#;

fn codebook() -> Codebook {
    Codebook::of(&Survey::parse(SURVEY).survey)
}

fn load<T: AsRef<str>>(answers: &[T]) -> Dataset {
    let mut loader = Loader::new(Dataset::new(codebook()));
    for answers in answers {
        loader.push(format!("{{\"answers\":{{{}}}}}\n", answers.as_ref()).as_bytes());
    }
    let (dataset, report) = loader.finish();
    assert_eq!(report.bad_lines, 0);
    dataset
}

fn tabulate(dataset: &Dataset, groups: &[&str], protection: Protection) -> Release {
    let query = Query {
        groups: groups.iter().map(|it| (*it).to_owned()).collect(),
        scores: true,
        ..Query::default()
    };
    dataset.tabulate(&query, &protection)
}

fn counts(figures: Option<&Figures>) -> Vec<Option<u32>> {
    let rows = figures.map(|it| it.rows.iter());
    rows.into_iter().flatten().map(|it| it.count).collect()
}

fn band(dataset: &Dataset, instrument: &str) -> Vec<u32> {
    let release = tabulate(dataset, &[], Protection::none());
    let figures = release.figures(&format!("score.{instrument}.band"));
    counts(figures).into_iter().flatten().collect()
}

#[test]
fn a_survey_has_the_scores_of_instruments_of_which_enough_is_asked() {
    let names: Vec<String> = codebook().scores.iter().map(|it| it.name.clone()).collect();
    assert_eq!(
        names,
        [
            "score.phq2",
            "score.auditc",
            "score.work_ability",
            "score.bmi"
        ]
    );
    let dataset = load(&[r#""phq":{"a":1,"b":1}"#]);
    let plain = dataset.tabulate(&Query::default(), &Protection::none());
    assert!(
        plain
            .questions()
            .iter()
            .all(|it| !it.name.starts_with("score."))
    );
    let asked = Query {
        questions: vec!["score.phq2".to_owned()],
        ..Query::default()
    };
    let release = dataset.tabulate(&asked, &Protection::none());
    let names: Vec<&str> = release
        .questions()
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    assert_eq!(names, ["score.phq2", "score.phq2.band"]);
}

#[test]
fn bands_mean_and_spread_are_of_those_scored_and_the_rest_is_not_scored() {
    let dataset = load(&[
        r#""phq":{"a":0,"b":2}"#,
        r#""phq":{"a":1,"b":2}"#,
        r#""phq":{"a":3,"b":3}"#,
        r#""phq":{"a":3}"#,
        "",
    ]);
    let query = Query {
        base: Base::All,
        scores: true,
        ..Query::default()
    };
    let release = dataset.tabulate(&query, &Protection::none());
    let score = release.figures("score.phq2").expect("a score");
    let summary = score.summary.as_ref().expect("numbers");
    assert_eq!((summary.n, summary.median), (Some(3), Some(3.0)));
    let mean = 11.0 / 3.0;
    assert!(summary.mean.is_some_and(|it| (it - mean).abs() < 1e-12));
    let band = release.figures("score.phq2.band").expect("a band");
    // None, positive; not scored.
    assert_eq!(counts(Some(band)), [Some(1), Some(2), Some(2)]);
    assert_eq!(share(band, "positive"), Some((2, 5)));
    assert_eq!(share(band, "elsewhere"), None);
}

#[test]
fn the_limit_of_risk_is_that_of_sex_and_age_and_unknown_sex_is_in_no_band() {
    let drinks = r#""often":3,"amount":1,"six":1"#;
    let person =
        |sex: &str, age: &str| format!("\"gender\":\"{sex}\",\"age_band\":\"{age}\",{drinks}");
    let people = [
        person("f", "30_64"),
        person("m", "30_64"),
        person("m", "65p"),
        person("other", "18_29"),
        r#""gender":"m","age_band":"18_29","often":0"#.to_owned(),
    ];
    let dataset = load(&people);
    // Five points: a risk for the woman of working age and for the old man.
    assert_eq!(band(&dataset, "auditc"), [2, 2]);
    let release = tabulate(&dataset, &[], Protection::none());
    assert_eq!(release.figures("score.auditc").and_then(|it| it.n), Some(5));
}

#[test]
fn scores_of_numbers_are_worked_out_one_by_one() {
    let dataset = load(&[
        r#""cm":170,"kg":86.7"#,
        r#""cm":170,"kg":72.25"#,
        r#""cm":180,"kg":60"#,
        r#""cm":180"#,
    ]);
    assert_eq!(band(&dataset, "bmi"), [1, 1, 1]);
    let work = load(&[r#""work":5"#, r#""work":7"#, r#""work":8"#, r#""work":10"#]);
    let release = tabulate(&work, &[], Protection::none());
    let band = release.figures("score.work_ability.band").expect("a band");
    assert_eq!(counts(Some(band)), [Some(1), Some(1), Some(1), Some(1)]);
    assert_eq!(share(band, "reduced"), Some((2, 4)));
}

#[test]
fn scores_follow_what_is_added_cancelled_and_on_either_side_of_a_block() {
    let many = vec![r#""phq":{"a":3,"b":0}"#; 65_530];
    let dataset = load(&many);
    let mut loader = Loader::new(dataset);
    for it in 0..10 {
        let line = format!("{{\"answers\":{{\"phq\":{{\"a\":0,\"b\":{}}}}}}}\n", it % 2);
        loader.push(line.as_bytes());
    }
    let dataset = loader.finish().0;
    assert_eq!(band(&dataset, "phq2"), [10, 65_530]);
    let mut loader = Loader::new(dataset);
    loader.push(b"{\"answers\":{\"phq\":{\"a\":3,\"b\":3}}}\n");
    assert_eq!(band(&loader.cancel(), "phq2"), [10, 65_530]);
}

#[test]
fn fewer_than_ten_scores_are_not_shown() {
    let nine = load(&[r#""work":7"#; 9]);
    let release = tabulate(&nine, &[], Protection::RESIDENTS);
    let score = release.figures("score.work_ability").expect("a score");
    assert_eq!((score.n, score.hidden), (None, Some(Hidden::Protects)));
    let ten = load(&[r#""work":7"#; 10]);
    let release = tabulate(&ten, &[], Protection::RESIDENTS);
    let score = release.figures("score.work_ability").expect("a score");
    assert_eq!(score.n, Some(10));
    assert_eq!(score.summary.as_ref().and_then(|it| it.mean), Some(7.0));
}

#[test]
fn bands_of_one_item_are_shown_where_all_that_is_hidden_of_it_is_in_one_of_them() {
    let mut people = vec![r#""work":3"#; 30];
    people.extend([r#""work":8"#; 40]);
    people.extend([r#""work":1"#; 4]);
    people.extend([r#""work":2"#; 9]);
    let release = tabulate(&load(&people), &[], Protection::RESIDENTS);
    let item = release.figures("work").expect("shown");
    assert_eq!(counts(Some(item))[..4], [Some(0), None, None, Some(30)]);
    let band = release.figures("score.work_ability.band");
    assert_eq!(counts(band), [Some(43), Some(0), Some(40), Some(0)]);
    let score = release.figures("score.work_ability").expect("shown");
    let summary = score.summary.as_ref().expect("withheld");
    assert_eq!(
        (score.n, summary.mean, summary.hidden),
        (Some(83), None, Some(Hidden::Protects))
    );
    people.extend([r#""work":6"#; 3]);
    people.retain(|it| *it != r#""work":1"#);
    let release = tabulate(&load(&people), &[], Protection::RESIDENTS);
    let band = release.figures("score.work_ability.band").expect("listed");
    assert_eq!((band.n, band.hidden), (None, Some(Hidden::Protects)));
    assert!(band.rows.iter().all(|it| it.label != Label::Other));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn a_score_is_shown_only_where_it_follows_from_the_rows_of_its_items(
        people in proptest::collection::vec((0..3_usize, 0..4_u32, 0..4_u32, 4..11_u32), 30..200),
        lean in 0..4_u32,
    ) {
        let people: Vec<String> = people
            .into_iter()
            .map(|(age, a, b, work)| {
                let age_band = ["18_29", "30_64", "65p"][age];
                format!(
                    "\"age_band\":\"{age_band}\",\"phq\":{{\"a\":{},\"b\":{}}},\"work\":{work}",
                    a.min(lean), b.min(lean)
                )
            })
            .collect();
        let dataset = load(&people);
        let release = tabulate(&dataset, &["age_band"], Protection::RESIDENTS);
        let parts = release.groups().iter().map(|it| it.questions.as_slice());
        for questions in parts.chain([release.questions()]) {
            let find = |name: &str| questions.iter().find(|it| it.name == name);
            // Rows that are hidden; of the item with a score of its own, where these are on its scale.
            let hidden = |name: &str| find(name).filter(|it| it.hidden.is_none()).map(|it| {
                let rows = it.rows.iter().filter(|it| it.hidden.is_some());
                rows.map(|it| match &it.label {
                    Label::Value(value) => value.as_f64().unwrap_or(-1.0),
                    _ => -1.0,
                }).collect::<Vec<f64>>()
            });
            let in_one = |rows: &[f64], name: &str| {
                let parts: Vec<(f64, f64)> = if name.contains(".band") {
                    vec![(0.0, 5.0), (6.0, 7.0), (8.0, 9.0), (10.0, 10.0)]
                } else {
                    let classes = find(name).map(|it| it.rows.iter());
                    classes.into_iter().flatten().filter_map(|it| match it.label {
                        Label::Whole(from, to) => Some((from, to)),
                        _ => None,
                    }).collect()
                };
                let first = rows.first().copied().unwrap_or_default();
                let part = parts.iter().rfind(|it| it.0 <= first);
                let next = part.and_then(|it| parts.iter().find(|next| next.0 > it.0));
                part.is_some_and(|it| rows.iter().all(|row| {
                    *row >= it.0 && next.is_none_or(|next| *row < next.0)
                }))
            };
            for (score, items) in [("phq2", &["phq.a", "phq.b"][..]), ("work_ability", &["work"])] {
                for name in [format!("score.{score}"), format!("score.{score}.band")] {
                    let shown = find(&name).is_some_and(|it| it.hidden.is_none());
                    if shown {
                        for item in items {
                            let rows = hidden(item);
                            let follows = |rows: &[f64]| {
                                rows.is_empty() || (items.len() == 1 && in_one(rows, &name))
                            };
                            prop_assert!(rows.as_deref().is_some_and(follows), "{} in {:?}", name, questions);
                            let mean = find(&name).and_then(|it| it.summary.as_ref()?.mean);
                            prop_assert!(mean.is_none() || rows.is_none_or(|it| it.is_empty()));
                        }
                        let figures = find(&name).expect("shown");
                        let n = figures.n.unwrap_or(0);
                        prop_assert!(n == 0 || n >= 10);
                        let hides = figures.rows.iter().any(|it| it.hidden.is_some());
                        let sum: u32 = figures.rows.iter().filter_map(|it| it.count).sum();
                        prop_assert!(sum == n || (hides && sum < n));
                    }
                }
            }
        }
    }
}
