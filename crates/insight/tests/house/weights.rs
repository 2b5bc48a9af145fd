//! Raking, against pandas on random people, and what a weighted release may say.

use insight::protocol::{Layout, Reply, Request};
use insight::weights::{Margins, Unfit, Weighting};
use insight::{Base, Codebook, Dataset, Desk, Loader, Protection, Query, Release, Rounding};
use json::Value;
use proptest::prelude::*;
use questionnaire::definition::Survey;

use crate::village::{SURVEY, answered, lines};

const VECTORS: &str = include_str!("../../../../tests/conformance/statistics.json");

fn margins(of: &str) -> Margins {
    let text = format!(r#"{{"format":"kuuluu-margins/1","source":"test","margins":{{{of}}}}}"#);
    Margins::parse(&text).expect("margins")
}

fn weighted(dataset: &Dataset, protection: Protection, groups: &[&str]) -> Release {
    let query = Query {
        groups: groups.iter().map(|it| (*it).to_owned()).collect(),
        rounding: Rounding::LargestRemainder,
        weighted: true,
        ..Query::default()
    };
    dataset.tabulate(&query, &protection)
}

fn percents(release: &Release, name: &str) -> Vec<Option<u32>> {
    let rows = release.figures(name).map(|it| it.rows.iter());
    let rows = rows.into_iter().flatten();
    rows.map(|it| it.weighted.map(|it| it.percent)).collect()
}

#[test]
fn raking_agrees_with_a_plain_loop_over_pandas() {
    let survey = r#"{"pages":[{"name":"p","elements":[
        {"type":"radiogroup","name":"a","choices":[0,1,2,3],"kuuluu":{"role":"background"}},
        {"type":"radiogroup","name":"b","choices":[0,1,2,3],"kuuluu":{"role":"background"}},
        {"type":"radiogroup","name":"yes","choices":[1,0]}]}],
        "kuuluu":{"id":"w","version":"1","languages":["fi"]}}"#;
    let all = Value::parse(VECTORS).expect("the vectors are JSON");
    let cases = all.get("raking").and_then(Value::as_list).expect("cases");
    assert_eq!(cases.len(), 8);
    for case in cases {
        let mut loader = Loader::new(Dataset::new(Codebook::of(&Survey::parse(survey).survey)));
        for person in case.get("people").and_then(Value::as_list).expect("people") {
            let it: Vec<f64> = person
                .as_list()
                .expect("codes")
                .iter()
                .filter_map(Value::as_f64)
                .collect();
            let line = format!(
                "{{\"answers\":{{\"a\":{},\"b\":{},\"yes\":{}}}}}\n",
                it[0], it[1], it[2]
            );
            loader.push(line.as_bytes());
        }
        let mut dataset = loader.finish().0;
        let shares = |name: &str| {
            let shares = case.get("margins").and_then(|it| it.get(name));
            let shares = shares.and_then(Value::as_list).expect("shares").iter();
            let parts: Vec<String> = shares
                .filter_map(Value::as_f64)
                .enumerate()
                .map(|(code, share)| format!("\"{code}\":{share}"))
                .collect();
            format!("\"{name}\":{{{}}}", parts.join(","))
        };
        let margins = margins(&format!("{},{}", shares("a"), shares("b")));
        let weighting = dataset.weigh(margins).expect("weights");
        let number = |name: &str| case.get(name).and_then(Value::as_f64).expect("a number");
        assert!(weighting.converged && weighting.largest_gap < 1e-6);
        assert_eq!((weighting.trimmed, weighting.empty.len()), (0, 0));
        assert!((f64::from(weighting.effective_n) - number("effectiveN").floor()).abs() < 0.5);
        let release = weighted(&dataset, Protection::none(), &[]);
        let first = percents(&release, "yes")
            .first()
            .copied()
            .flatten()
            .expect("a share");
        assert!((f64::from(first) - number("share") * 100.0).abs() <= 0.5 + 1e-6);
    }
}

/// Many young who are well, few old who are not.
fn people() -> Vec<String> {
    let mut people = Vec::new();
    for it in 0..400 {
        let (age, mood) = if it % 4 == 0 {
            ("65p", if it % 8 == 0 { 1 } else { 2 })
        } else {
            ("u30", if it % 3 == 0 { 4 } else { 5 })
        };
        let place = if it % 2 == 0 { "hml" } else { "rii" };
        people.push(format!(
            "\"age_band\":\"{age}\",\"municipality\":\"{place}\",\"mood\":{mood},\"moved\":{}",
            it % 3 == 1
        ));
    }
    people
}

#[test]
fn weights_turn_a_quarter_into_a_half_and_say_what_that_costs() {
    let mut dataset = answered(&people());
    let weighting = dataset
        .weigh(margins(r#""age_band":{"u30":50,"65p":50}"#))
        .expect("weights");
    // Weights 2/3 and 2: (300·2/3 + 100·2)² / (300·4/9 + 100·4) = 300.
    assert_eq!(weighting.effective_n, 300);
    assert_eq!(weighting.source.as_deref(), Some("test"));
    let release = weighted(&dataset, Protection::none(), &[]);
    assert_eq!(release.head().weighting.as_ref(), Some(&weighting));
    assert_eq!(
        percents(&release, "mood")[..5],
        [33, 17, 0, 25, 25].map(Some)[..]
    );
    let boxes = release
        .figures("mood")
        .map(|it| it.boxes.clone())
        .unwrap_or_default();
    let boxes: Vec<_> = boxes
        .iter()
        .map(|it| it.weighted.map(|it| it.percent))
        .collect();
    assert_eq!(boxes, [50, 0, 50, 0].map(Some));
    let plain = dataset.tabulate(&Query::default(), &Protection::none());
    assert_eq!(plain.head().weighting, None);
    assert_eq!(percents(&plain, "mood"), [None; 6]);
}

#[test]
fn what_nobody_answered_for_is_said_and_extreme_weights_are_cut() {
    let mut dataset = answered(&people());
    let of = margins(r#""age_band":{"u30":1,"65p":99,"3064":50}"#);
    let weighting = dataset.weigh(of).expect("weights");
    assert_eq!(
        weighting.empty,
        [("age_band".to_owned(), "3064".to_owned())]
    );
    assert!(weighting.converged && weighting.trimmed == 300 && weighting.largest_gap > 1.0);
    assert!(weighting.rounds <= Weighting::MOST_ROUNDS);
}

#[test]
fn margins_that_contradict_each_other_do_not_converge_and_say_so() {
    // Everybody in one place is young; the margins want half of them old and in the other.
    let mut people = vec![r#""age_band":"u30","municipality":"hml","mood":5"#; 50];
    people.extend([r#""age_band":"65p","municipality":"rii","mood":1"#; 50]);
    let mut dataset = answered(&people);
    let of = margins(r#""age_band":{"u30":0.5,"65p":0.5},"municipality":{"hml":0.9,"rii":0.1}"#);
    let weighting = dataset.weigh(of).expect("weights");
    assert!(!weighting.converged);
    assert_eq!(weighting.rounds, Weighting::MOST_ROUNDS);
    assert!(weighting.largest_gap > 10.0);
}

#[test]
fn what_is_no_background_variable_cannot_be_weighted_by() {
    let mut dataset = answered(&people());
    assert_eq!(
        dataset.weigh(margins(r#""mood":{"5":1}"#)),
        Err(Unfit::Variable("mood".to_owned()))
    );
    let misspelt = dataset.weigh(margins(r#""age_band":{"u30":50,"65+":50}"#));
    assert_eq!(
        misspelt.map_err(|it| it.to_string()),
        Err(
            r#"/margins/age_band/65+: "age_band" has no code "65+"; it has u30, 3064, 65p"#
                .to_owned()
        )
    );
    assert!(Margins::parse("{}").is_err());
    let bad = r#"{"format":"kuuluu-margins/1","margins":{"age_band":{"u30":-1}}}"#;
    assert_eq!(
        Margins::parse(bad),
        Err("/margins/age_band/u30: expected a number from 0".to_owned())
    );
}

#[test]
fn nothing_is_weighted_where_a_table_by_a_weighting_variable_hides_a_row() {
    let mut people = people();
    people.extend(vec![
        r#""age_band":"65p","municipality":"hml","mood":3,"moved":true"#.to_owned();
        2
    ]);
    people.extend(vec![
        r#""age_band":"u30","municipality":"hml","mood":3,"moved":true"#.to_owned();
        9
    ]);
    let mut dataset = answered(&people);
    dataset
        .weigh(margins(r#""age_band":{"u30":50,"65p":50}"#))
        .expect("weights");
    let release = weighted(&dataset, Protection::RESIDENTS, &[]);
    let unweighted = release
        .figures("mood")
        .map(|it| it.rows.clone())
        .unwrap_or_default();
    assert!(unweighted.iter().all(|it| it.hidden.is_none()));
    assert_eq!(percents(&release, "mood"), [None; 6]);
    assert!(percents(&release, "moved").iter().all(Option::is_some));
}

#[test]
fn the_desk_weighs_on_request_and_messages_come_back() {
    let mut desk = Desk::new();
    let weigh = Request::Weigh {
        margins: r#"{"format":"kuuluu-margins/1","margins":{"age_band":{"u30":1,"65p":1}}}"#
            .to_owned(),
    };
    assert_eq!(Request::read(&weigh.to_text()), Ok(weigh.clone()));
    assert!(matches!(
        desk.ask(weigh.clone()),
        Some(Reply::Failed { .. })
    ));
    let open = Request::Open {
        definition: SURVEY.to_owned(),
        minima: None,
    };
    desk.ask(open);
    let begin = Request::Begin {
        source: String::new(),
        layout: Layout::Ndjson,
        bytes: None,
    };
    desk.ask(begin);
    desk.read(lines(&people()).as_bytes());
    desk.ask(Request::End);
    let reply = desk.ask(weigh).expect("a reply");
    assert!(matches!(reply, Reply::Weighed { .. }), "{reply:?}");
    crate::village::check_sent(&reply);
    let tabulate = Request::Tabulate {
        id: 1,
        round: 0,
        query: Query {
            weighted: true,
            ..Query::default()
        },
    };
    let reply = desk.ask(tabulate).expect("a reply");
    crate::village::check_sent(&reply);
    let Reply::Released { release, .. } = reply else {
        panic!("{reply:?}");
    };
    assert!(release.head().weighting.is_some());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn weighted_parts_add_to_a_hundred_and_equal_weights_change_nothing(
        people in proptest::collection::vec((0..2_usize, 1..6_u32, any::<bool>()), 4..60),
        all in any::<bool>(),
    ) {
        let n_young = people.iter().filter(|it| it.0 == 0).count();
        prop_assume!(n_young > 0 && n_young < people.len());
        let lines: Vec<String> = people
            .iter()
            .map(|(age, mood, answers)| {
                let mood = if *answers { format!(",\"mood\":{mood}") } else { String::new() };
                format!("\"age_band\":\"{}\"{mood}", ["u30", "65p"][*age])
            })
            .collect();
        let mut dataset = answered(&lines);
        let query = Query {
            base: if all { Base::All } else { Base::Valid },
            rounding: Rounding::LargestRemainder,
            weighted: true,
            ..Query::default()
        };
        let tabulate = |dataset: &Dataset| dataset.tabulate(&query, &Protection::none());
        dataset.weigh(margins(r#""age_band":{"u30":3,"65p":2}"#)).expect("weights");
        let release = tabulate(&dataset);
        let given = percents(&release, "mood");
        if given.iter().any(Option::is_some) {
            prop_assert_eq!(given.iter().flatten().sum::<u32>(), 100);
        }
        let same = format!("\"age_band\":{{\"u30\":{n_young},\"65p\":{}}}", people.len() - n_young);
        let weighting = dataset.weigh(margins(&same)).expect("weights");
        prop_assert_eq!(weighting.effective_n as usize, people.len());
        let release = tabulate(&dataset);
        let figures = release.figures("mood").expect("mood");
        for row in figures.rows.iter().chain(&figures.boxes) {
            let (weighted, plain) = (row.weighted.map(|it| it.percent), row.percent);
            // Equal remainders may fall to another row by a billionth.
            let near = weighted.zip(plain).is_none_or(|(one, other)| one.abs_diff(other) <= 1);
            prop_assert!(near && weighted.is_some() == plain.is_some());
        }
    }
}
