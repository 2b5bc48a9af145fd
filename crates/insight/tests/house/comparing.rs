//! Two groups and two rounds beside each other.

use insight::compare::{Comparison, Contrast, Method, Size, Verdict, Who, groups, rounds};
use insight::protocol::{Against, Layout, Reply, Request};
use insight::release::{Label, Refusal};
use insight::rounds::{Change, series};
use insight::{Codebook, Dataset, Desk, Loader, Protection, Query};
use json::Value;
use proptest::prelude::*;
use questionnaire::definition::Survey;

use crate::village::{SURVEY, answered, codebook, lines};

fn by(variable: &str) -> Query {
    Query {
        groups: vec![variable.to_owned()],
        ..Query::default()
    }
}

fn compared(
    dataset: &Dataset,
    protection: Protection,
    one: &str,
    other: Option<&str>,
) -> Comparison {
    let release = dataset.tabulate(&by("age_band"), &protection);
    let other = other.map(Value::from);
    groups(
        dataset.codebook(),
        &release,
        "age_band",
        &one.into(),
        other.as_ref(),
    )
}

fn contrast<'a>(comparison: &'a Comparison, name: &str) -> &'a Contrast {
    let mut all = comparison.questions.iter();
    all.find(|it| it.name == name).expect(name)
}

/// Moods by age: the old are in better spirits; hobbies and hours do not differ.
fn people() -> Vec<String> {
    let moods = [("u30", [2, 5, 10, 20, 13]), ("65p", [15, 20, 9, 4, 2])];
    let mut people = Vec::new();
    for (age, counts) in moods {
        for (mood, n) in [5, 4, 3, 2, 1].into_iter().zip(counts) {
            for it in 0..n {
                let hobbies = if it % 2 == 0 {
                    "\"walk\""
                } else {
                    "\"swim\",\"read\""
                };
                people.push(format!(
                    "\"age_band\":\"{age}\",\"mood\":{mood},\"hobbies\":[{hobbies}],\"hours\":{},\"moved\":{}",
                    5 + it % 4,
                    it % 3 == 0
                ));
            }
        }
    }
    people
}

#[test]
fn groups_are_not_tested_by_what_makes_them_nor_by_a_score_of_one_question() {
    let survey = r#"{"pages":[{"name":"p","elements":[
        {"type":"radiogroup","name":"age_band","choices":["u30","65p"],"kuuluu":{"role":"background"}},
        {"type":"rating","name":"work","rateMin":0,"rateMax":10,"kuuluu":{"instrument":{"id":"work_ability","item":"1"}}},
        {"type":"matrix","name":"phq","columns":[0,1,2,3],"rows":[
            {"value":"a","kuuluu":{"instrument":{"id":"phq2","item":"1"}}},
            {"value":"b","kuuluu":{"instrument":{"id":"phq2","item":"2"}}}]}]}],
        "kuuluu":{"id":"s","version":"1","languages":["fi"]}}"#;
    let codebook = Codebook::of(&Survey::parse(survey).survey);
    let mut loader = Loader::new(Dataset::new(codebook.clone()));
    for it in 0..40 {
        let age = if it % 2 == 0 { "u30" } else { "65p" };
        let line = format!(
            "{{\"answers\":{{\"age_band\":\"{age}\",\"work\":{},\"phq\":{{\"a\":{},\"b\":1}}}}}}\n",
            it % 11,
            it % 4
        );
        loader.push(line.as_bytes());
    }
    let (dataset, _) = loader.finish();
    let query = Query {
        scores: true,
        ..by("age_band")
    };
    let release = dataset.tabulate(&query, &Protection::none());
    let of = |it: &Comparison| -> Vec<String> {
        it.questions.iter().map(|it| it.name.clone()).collect()
    };
    let asked = ["work", "phq.a", "phq.b", "score.phq2", "score.phq2.band"];
    let compared = groups(
        &codebook,
        &release,
        "age_band",
        &"u30".into(),
        Some(&"65p".into()),
    );
    assert_eq!(of(&compared), asked);
    let tested = compared.questions.iter().filter(|it| it.test.is_some());
    assert_eq!(tested.count(), compared.tests as usize);
    let over_time = rounds((&codebook, &release), (&codebook, &release));
    assert_eq!(of(&over_time)[1..], asked);
}

#[test]
fn a_scale_is_tested_by_ranks_and_says_how_large_the_difference_is() {
    let dataset = answered(&people());
    let comparison = compared(&dataset, Protection::none(), "65p", Some("u30"));
    assert_eq!(
        comparison.one.who,
        Who::Group("age_band".to_owned(), "65p".into())
    );
    assert_eq!((comparison.one.n, comparison.other.n), (Some(50), Some(50)));
    let mood = contrast(&comparison, "mood");
    let test = mood.test.expect("a test");
    assert_eq!(test.method, Method::MannWhitney);
    assert_eq!(
        (mood.verdict, test.effect.size),
        (Verdict::Shown, Size::Large)
    );
    assert!(test.effect.value > 0.5 && test.p <= test.corrected);
    let good = mood.boxes.first().expect("a box");
    assert_eq!(good.label, Label::Box("good".to_owned()));
    let (low, high) = good.interval.expect("shown");
    let difference = good.difference.expect("shown");
    assert!((difference - (35.0 - 7.0) / 50.0).abs() < 1e-12);
    assert!(low > 0.3 && low < difference && difference < high && high < 0.8);
}

#[test]
fn what_does_not_differ_is_not_shown_to_and_every_test_is_corrected_together() {
    let dataset = answered(&people());
    let comparison = compared(&dataset, Protection::none(), "65p", Some("u30"));
    let moved = contrast(&comparison, "moved");
    assert_eq!(moved.verdict, Verdict::NotShown);
    assert_eq!(moved.test.map(|it| it.method), Some(Method::ChiSquare));
    let hobbies = contrast(&comparison, "hobbies");
    assert_eq!((hobbies.test, hobbies.verdict), (None, Verdict::NotTested));
    let walk = hobbies.rows.first().expect("walk");
    assert_eq!(walk.verdict, Some(Verdict::NotShown));
    let hours = contrast(&comparison, "hours");
    assert_eq!(hours.test.map(|it| it.method), Some(Method::Welch));
    let tests: Vec<_> = comparison
        .questions
        .iter()
        .flat_map(|it| {
            it.test
                .iter()
                .chain(it.rows.iter().filter_map(|it| it.test.as_ref()))
        })
        .collect();
    assert_eq!(tests.len(), comparison.tests as usize);
    for test in &tests {
        assert!(test.corrected >= test.p && test.corrected <= 1.0);
    }
    let smallest = tests.iter().map(|it| it.p).fold(1.0, f64::min);
    assert!(
        tests
            .iter()
            .any(|it| (it.corrected - smallest * f64::from(comparison.tests)).abs() < 1e-12)
    );
}

#[test]
fn a_group_against_the_rest_is_the_whole_without_it() {
    let mut all = people();
    all.extend((0..40).map(|it| {
        format!(
            "\"age_band\":\"3064\",\"mood\":{},\"hours\":{}",
            it % 5 + 1,
            it % 7
        )
    }));
    let dataset = answered(&all);
    let rest = compared(&dataset, Protection::none(), "65p", None);
    assert_eq!((rest.one.n, rest.other.n), (Some(50), Some(90)));
    // The same two sides, made by a background variable of two codes.
    let merged: Vec<String> = all
        .iter()
        .map(|it| it.replace("\"age_band\":\"3064\"", "\"age_band\":\"u30\""))
        .collect();
    let merged = compared(&answered(&merged), Protection::none(), "65p", Some("u30"));
    assert_eq!(contrast(&rest, "mood"), contrast(&merged, "mood"));
    let (ours, theirs) = (contrast(&rest, "hours"), contrast(&merged, "hours"));
    let (ours, theirs) = (ours.test.expect("tested"), theirs.test.expect("tested"));
    assert!((ours.p - theirs.p).abs() < 1e-9);
}

#[test]
fn hidden_rows_are_tested_as_one_and_few_answers_not_at_all() {
    let mut all = vec![r#""age_band":"u30","mood":5,"moved":true"#.to_owned(); 30];
    all.extend(vec![
        r#""age_band":"65p","mood":3,"moved":true"#.to_owned();
        28
    ]);
    all.extend(vec![
        r#""age_band":"65p","mood":1,"moved":false"#.to_owned();
        2
    ]);
    let dataset = answered(&all);
    let comparison = compared(&dataset, Protection::RESIDENTS, "u30", Some("65p"));
    let mood = contrast(&comparison, "mood");
    let test = mood.test.expect("neighbours on the scale are one point");
    assert_eq!((test.method, test.pooled), (Method::MannWhitney, 2));
    assert_eq!((mood.verdict, test.effect.value), (Verdict::Shown, 1.0));
    assert!(mood.rows.iter().any(|it| it.difference.is_none()));
    let few = answered(&[
        r#""age_band":"u30","mood":5"#,
        r#""age_band":"65p","mood":3"#,
    ]);
    let comparison = compared(&few, Protection::none(), "u30", Some("65p"));
    assert_eq!(contrast(&comparison, "mood").verdict, Verdict::TooFew);
    assert_eq!(comparison.tests, 0);
}

#[test]
fn a_value_that_is_none_is_refused() {
    let dataset = answered(&people());
    let comparison = compared(&dataset, Protection::none(), "65p", Some("90p"));
    assert_eq!(
        comparison.refusal,
        Some(Refusal::Group("age_band".to_owned()))
    );
    assert_eq!(comparison.questions, []);
}

fn version(version: &str, edit: impl Fn(&str) -> String) -> Codebook {
    let text = edit(&SURVEY.replace(r#""version": "1""#, &format!(r#""version": "{version}""#)));
    let parsed = Survey::parse(&text);
    assert!(parsed.is_usable(), "{:?}", parsed.problems);
    Codebook::of(&parsed.survey)
}

fn changed(now: &Codebook, name: &str) -> Vec<Change> {
    let before = codebook();
    let all = series(&[&before, now]);
    let series = all.iter().find(|it| it.name == name).expect(name);
    series
        .breaks
        .iter()
        .flat_map(|it| it.changes.clone())
        .collect()
}

#[test]
fn a_series_breaks_where_wording_choices_or_scale_changed_and_says_why() {
    let worded = |title: &str| {
        let title = title.to_owned();
        move |text: &str| {
            text.replace(
                r#""name": "moved""#,
                &format!(r#""name": "moved", "title": {{"fi": "{title}"}}"#),
            )
        }
    };
    let same = version("2", str::to_owned);
    assert!(
        series(&[&codebook(), &same])
            .iter()
            .all(|it| it.breaks.is_empty())
    );
    let old = version("1", worded("Muutitko?"));
    let spaced = version("2", worded("Muutitko? "));
    assert!(
        series(&[&old, &spaced])
            .iter()
            .all(|it| it.breaks.is_empty())
    );
    let new = version("2", worded("Oletko muuttanut?"));
    let reworded = series(&[&old, &new]);
    let reworded: Vec<_> = reworded.iter().filter(|it| !it.breaks.is_empty()).collect();
    assert_eq!(reworded.len(), 1);
    assert_eq!(reworded[0].breaks[0].changes, [Change::Wording]);
    let more = version("2", |it| {
        it.replace(
            r#""choices": ["yes", "no"]"#,
            r#""choices": ["yes", "no", "other"]"#,
        )
    });
    assert_eq!(changed(&more, "drinks"), [Change::Choices]);
    let scale = version("2", |it| {
        it.replace(
            r#"{"value": "dk", "kuuluu": {"meaning": "dontKnow"}}"#,
            r#"{"value": "dk"}"#,
        )
    });
    assert_eq!(changed(&scale, "mood"), [Change::Scale]);
    let boxes = version("2", |it| {
        it.replace(
            r#"{"value": 3, "kuuluu": {"group": "middle"}}"#,
            r#"{"value": 3, "kuuluu": {"group": "bad"}}"#,
        )
    });
    assert_eq!(changed(&boxes, "mood"), [Change::Boxes]);
    let kind = version("2", |it| {
        it.replace(
            r#"{"type": "boolean", "name": "moved"}"#,
            r#"{"type": "text", "name": "moved", "inputType": "number"}"#,
        )
    });
    assert_eq!(changed(&kind, "moved"), [Change::Kind, Change::Choices]);
    let renamed = version("2", |it| {
        it.replace(r#""name": "moved""#, r#""name": "moved_house""#)
    });
    assert_eq!(changed(&renamed, "moved_house"), [Change::New]);
}

#[test]
fn the_survey_itself_may_say_since_when_a_wording_stands() {
    let since = |since: &str, title: &str| {
        let extra = format!(
            r#""name": "moved", "title": {{"fi": "{title}"}}, "kuuluu": {{"since": "{since}"}}"#
        );
        move |text: &str| text.replace(r#""name": "moved""#, &extra)
    };
    let old = version("1", since("1", "Muutitkko?"));
    let corrected = version("2", since("1", "Muutitko?"));
    let anew = version("2", since("2", "Muutitkko?"));
    let breaks = |now: &Codebook| {
        series(&[&old, now])
            .iter()
            .map(|it| it.breaks.len())
            .sum::<usize>()
    };
    assert_eq!((breaks(&corrected), breaks(&anew)), (0, 1));
    // What a version number says does not make other words the same question.
    let reworded = version("1", since("1", "Oletko muuttanut tänä vuonna?"));
    let of_moved = series(&[&old, &reworded]);
    let of_moved = of_moved.iter().find(|it| it.name == "moved");
    let changes = of_moved.and_then(|it| Some(it.breaks.first()?.changes.clone()));
    assert_eq!(changes, Some(vec![Change::Wording]));
}

#[test]
fn a_round_compares_with_the_last_unless_a_break_parts_them() {
    let text = |from: &'static str, to: &'static str| move |it: &str| it.replace(from, to);
    let without = text(r#""name": "moved""#, r#""name": "left""#);
    let boxes = text(
        r#"{"value": 3, "kuuluu": {"group": "middle"}}"#,
        r#"{"value": 3, "kuuluu": {"group": "bad"}}"#,
    );
    let first = version("1", str::to_owned);
    let second = version("2", without);
    let third = version("3", boxes);
    let all = series(&[&first, &second, &third]);
    let at = |name: &str, round: usize| {
        let series = all.iter().find(|it| it.name == name).expect(name);
        let then = series.comparable(round)?;
        Some((then.name.to_owned(), then.boxes))
    };
    let moved = |boxes| Some(("moved".to_owned(), boxes));
    // Not asked in the second round, the same question in the first.
    assert_eq!((at("moved", 0), at("moved", 1)), (moved(true), None));
    assert_eq!(at("mood", 0), Some(("mood".to_owned(), false)));
    let choices = version(
        "2",
        text(
            r#""choices": ["yes", "no"]"#,
            r#""choices": ["yes", "no", "other"]"#,
        ),
    );
    let all = series(&[&first, &choices, &choices]);
    let drinks = all.iter().find(|it| it.name == "drinks").expect("drinks");
    assert_eq!(drinks.comparable(0), None);
    assert!(drinks.comparable(1).is_some_and(|it| it.boxes));
}

#[test]
fn an_instruments_item_is_the_same_question_under_another_name() {
    let instrument = |name: &str| {
        let with = format!(
            r#""name": "{name}", "kuuluu": {{"instrument": {{"id": "life", "item": "1"}}}}"#
        );
        move |text: &str| text.replace(r#""name": "trust""#, &with)
    };
    let (old, new) = (
        version("1", instrument("trust")),
        version("2", instrument("life_sat")),
    );
    let all = series(&[&old, &new]);
    let found = all
        .iter()
        .find(|it| it.name == "life_sat")
        .expect("followed");
    assert_eq!(
        found.names,
        [Some("trust".to_owned()), Some("life_sat".to_owned())]
    );
    assert_eq!(found.breaks, []);
}

#[test]
fn rounds_are_compared_through_the_desk_and_what_changed_is_not() {
    let later = SURVEY
        .replace(r#""version": "1""#, r#""version": "2", "round": "2027""#)
        .replace(
            r#""choices": ["walk", "swim", "read"]"#,
            r#""choices": ["walk", "swim", "sing"]"#,
        );
    let mut desk = Desk::new();
    let open = Request::Open {
        definition: SURVEY.to_owned(),
        minima: None,
    };
    let round = Request::Round {
        definition: later,
        minima: None,
    };
    for (request, moods) in [(open, ["2", "3"]), (round, ["4", "3"])] {
        assert!(matches!(desk.ask(request), Some(Reply::Opened { .. })));
        let begin = Request::Begin {
            source: "file".to_owned(),
            layout: Layout::Ndjson,
            bytes: None,
        };
        assert_eq!(desk.ask(begin), None);
        let people: Vec<String> = (0..60)
            .map(|it| {
                format!(
                    "\"mood\":{},\"hobbies\":[\"walk\"]",
                    moods[usize::from(it % 3 == 0)]
                )
            })
            .collect();
        desk.read(lines(&people).as_bytes());
        assert!(matches!(desk.ask(Request::End), Some(Reply::Loaded { .. })));
    }
    let against = Against::Rounds {
        earlier: 0,
        later: 1,
    };
    let compare = Request::Compare {
        id: 9,
        query: Query::default(),
        against,
    };
    assert_eq!(Request::read(&compare.to_text()), Ok(compare.clone()));
    let reply = desk.ask(compare).expect("a reply");
    crate::village::check_sent(&reply);
    let Reply::Compared { id: 9, comparison } = reply else {
        panic!("{reply:?}");
    };
    assert_eq!(
        comparison.one.who,
        Who::Round(Some("2027".to_owned()), "2".to_owned())
    );
    let mood = contrast(&comparison, "mood");
    assert_eq!(mood.verdict, Verdict::Shown);
    assert!(mood.test.is_some_and(|it| it.effect.value > 0.0));
    let hobbies = contrast(&comparison, "hobbies");
    assert_eq!(
        (hobbies.verdict, &hobbies.changes[..]),
        (Verdict::Changed, &[Change::Choices][..])
    );
    assert_eq!((hobbies.rows.len(), hobbies.test), (0, None));
    let followed = desk.ask(Request::Follow { id: 3 }).expect("a reply");
    crate::village::check_sent(&followed);
    assert!(matches!(followed, Reply::Followed { id: 3, series } if series.len() == 12));
    let earlier = Request::Tabulate {
        id: 4,
        round: 0,
        query: Query::default(),
    };
    assert!(matches!(desk.ask(earlier), Some(Reply::Released { .. })));
    let groups = Request::Compare {
        id: 10,
        query: Query::default(),
        against: Against::Groups {
            variable: "age_band".to_owned(),
            one: "65p".into(),
            other: None,
        },
    };
    assert_eq!(Request::read(&groups.to_text()), Ok(groups));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10))]

    #[test]
    fn nothing_that_a_release_hides_is_in_a_comparison(
        people in proptest::collection::vec((0..3_usize, 1..6_u32, any::<bool>()), 20..120),
    ) {
        let people: Vec<String> = people
            .into_iter()
            .map(|(age, mood, moved)| {
                let age = ["u30", "3064", "65p"][age];
                format!("\"age_band\":\"{age}\",\"mood\":{mood},\"moved\":{moved}")
            })
            .collect();
        let dataset = answered(&people);
        let release = dataset.tabulate(&by("age_band"), &Protection::RESIDENTS);
        for other in [Some("65p"), None] {
            let comparison = compared(&dataset, Protection::RESIDENTS, "u30", other);
            for contrast in &comparison.questions {
                let shown = |side: &str| {
                    let group = release.groups().iter().find(|it| it.by[0].1 == Value::from(side));
                    group.and_then(|it| it.figures(&contrast.name))
                };
                let sides = ["u30"].into_iter().chain(other);
                let sides: Vec<_> = sides.map(shown).collect();
                let hides_all = sides.iter().any(|it| it.is_none_or(|it| {
                    it.hidden.is_some() || it.rows.iter().all(|it| it.hidden.is_some())
                }));
                let n_hidden = sides.iter().flatten().map(|it| {
                    it.rows.iter().filter(|it| it.hidden.is_some()).count()
                });
                let n_hidden = n_hidden.max().unwrap_or(0);
                if let Some(test) = contrast.test {
                    prop_assert!(!hides_all);
                    // A sum of several hidden rows follows from what is shown; one alone would be told.
                    prop_assert!(n_hidden == 0 || test.pooled as usize >= n_hidden.max(2));
                }
                for row in &contrast.rows {
                    let own = shown("u30").and_then(|it| it.rows.iter().find(|it| it.label == row.label));
                    if own.is_none_or(|it| it.count.is_none()) {
                        prop_assert_eq!((row.one, row.difference), (None, None));
                    }
                }
            }
        }
    }

    #[test]
    fn rounds_with_the_same_answers_show_no_difference(
        moods in proptest::collection::vec(1..6_u32, 10..60),
    ) {
        let people: Vec<String> = moods.iter().map(|it| format!("\"mood\":{it}")).collect();
        let dataset = answered(&people);
        let release = dataset.tabulate(&Query::default(), &Protection::none());
        let comparison = rounds((dataset.codebook(), &release), (dataset.codebook(), &release));
        for contrast in &comparison.questions {
            prop_assert!(!matches!(contrast.verdict, Verdict::Shown | Verdict::Slight));
            for row in contrast.rows.iter().filter(|it| it.difference.is_some()) {
                let (low, high) = row.interval.expect("an interval");
                prop_assert_eq!(row.difference, Some(0.0));
                prop_assert!(low <= 0.0 && high >= 0.0);
            }
        }
    }
}

#[test]
fn a_gap_in_a_series_is_a_break_and_the_question_is_found_again_before_it() {
    let without = version("2", |it| {
        it.replace(
            r#"{"type": "boolean", "name": "moved"}"#,
            r#"{"type": "boolean", "name": "else"}"#,
        )
    });
    let (first, last) = (codebook(), version("3", str::to_owned));
    let all = series(&[&first, &without, &last]);
    let moved = all.iter().find(|it| it.name == "moved").expect("followed");
    let name = || Some("moved".to_owned());
    assert_eq!(moved.names, [name(), None, name()]);
    assert_eq!(moved.breaks.iter().map(|it| it.at).collect::<Vec<_>>(), [2]);
}
