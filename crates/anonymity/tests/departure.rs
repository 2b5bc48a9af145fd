//! What leaves a device, and what stays.

use anonymity::{Declaration, Departure, Refusal, minimise};
use expect_test::expect;
use json::{Object, Value};
use proptest::prelude::*;
use questionnaire::definition::Survey;
use wire::{Digest, Envelope, Receipt};

const SURVEY: &str = r#"{
  "kuuluu": {"id": "koe", "version": "2026.1", "languages": ["fi"], "mode": "anonymous"},
  "calculatedValues": [
    {"name": "score", "expression": "1", "includeIntoResult": true},
    {"name": "helper", "expression": "2"}
  ],
  "pages": [{"name": "p", "elements": [
    {"type": "radiogroup", "name": "life", "choices": [1, 2, 3], "showOtherItem": true},
    {"type": "checkbox", "name": "help", "choices": ["a", "b", "c"], "showNoneItem": true},
    {"type": "ranking", "name": "order", "choices": ["x", "y", "z"]},
    {"type": "panel", "name": "inner", "elements": [
      {"type": "comment", "name": "open", "maxLength": 20},
      {"type": "html", "name": "info", "html": "Tietoa"}
    ]},
    {"type": "text", "name": "age", "inputType": "number"},
    {"type": "matrix", "name": "who5", "rows": ["calm", "glad"], "columns": [0, 1, 2, 3, 4, 5]},
    {"type": "paneldynamic", "name": "goals", "maxPanelCount": 2, "templateElements": [
      {"type": "text", "name": "title"},
      {"type": "boolean", "name": "done"}
    ]}
  ]}]
}"#;

fn survey() -> Survey {
    Survey::parse(SURVEY).survey
}

fn data(text: &str) -> Object {
    match Value::parse(text).expect("JSON") {
        Value::Object(object) => object,
        other => panic!("{other:?}"),
    }
}

fn leave(text: &str) -> Departure {
    let day = "2026-11-22".parse().expect("a day");
    minimise(&survey(), &data(text), "fi", day, [0xab; 16]).expect("may leave")
}

fn answers(departure: &Departure) -> Object {
    let envelope = Envelope::parse(&departure.body().bytes).expect("an envelope");
    envelope.into_parts().answers
}

#[test]
fn what_leaves_is_the_declared_part_in_the_order_of_the_survey() {
    let departure = leave(
        r#"{"goals": [{"done": true, "title": "Lenkki", "ip": "10.0.0.1"}], "helper": 2,
            "who5": {"glad": 4, "calm": 3, "time": 12}, "help": ["c", "a"], "order": ["z", "x"],
            "secret": "x", "info": "x", "inner": "x", "life": "other", "life-Comment": "muu",
            "open": "Hyvää", "score": 1, "age": 44, "open-Comment": "x", "email": "a@b.fi"}"#,
    );
    expect![[r#"{"format":"kuuluu-response/1","id":"abababababababababababababababab","survey":"koe","version":"2026.1","language":"fi","day":"2026-11-22","answers":{"life":"other","life-Comment":"muu","help":["a","c"],"order":["z","x"],"open":"Hyvää","age":44,"who5":{"calm":3,"glad":4},"goals":[{"title":"Lenkki","done":true}],"score":1}}"#]]
    .assert_eq(departure.shown());
}

#[test]
fn the_bytes_that_are_shown_are_the_bytes_that_are_sent() {
    let departure = leave(r#"{"life": 2}"#);
    assert_eq!(departure.shown().as_bytes(), departure.body().bytes);
    let resumed = Departure::resume(departure.body().bytes.clone()).expect("an envelope");
    assert_eq!(resumed, departure);
    assert!(Departure::resume(b"{}".to_vec()).is_err());
}

#[test]
fn the_order_in_which_somebody_answered_does_not_leave() {
    let one = leave(r#"{"life": 2, "help": ["a", "b"], "who5": {"calm": 1, "glad": 2}}"#);
    let other = leave(r#"{"who5": {"glad": 2, "calm": 1}, "help": ["b", "a"], "life": 2}"#);
    assert_eq!(one.body(), other.body());
}

#[test]
fn a_survey_that_stays_on_the_device_cannot_make_an_envelope() {
    let text = SURVEY.replace(r#""mode": "anonymous""#, r#""mode": "device""#);
    let survey = Survey::parse(&text).survey;
    let day = "2026-11-22".parse().expect("a day");
    let refused = minimise(&survey, &data(r#"{"life": 2}"#), "fi", day, [1; 16]);
    assert_eq!(refused, Err(Refusal::StaysOnDevice));
}

#[test]
fn a_survey_without_id_or_version_cannot_either() {
    for part in [r#""id": "koe", "#, r#""version": "2026.1", "#] {
        let survey = Survey::parse(&SURVEY.replace(part, "")).survey;
        let day = "2026-11-22".parse().expect("a day");
        let refused = minimise(&survey, &Object::new(), "fi", day, [1; 16]);
        assert_eq!(refused, Err(Refusal::Unidentified), "{part}");
    }
}

#[test]
fn only_a_receipt_for_these_bytes_acknowledges_them() {
    let departure = leave(r#"{"life": 2}"#);
    let receipt = Receipt {
        id: departure.id(),
        digest: departure.digest(),
    };
    assert!(departure.is_acknowledged_by(&receipt));
    let other_bytes = Receipt {
        digest: Digest::from_bytes([0; 32]),
        ..receipt
    };
    assert!(!departure.is_acknowledged_by(&other_bytes));
    let other_response = Receipt {
        id: wire::ResponseId::from_random([0; 16]),
        ..receipt
    };
    assert!(!departure.is_acknowledged_by(&other_response));
}

#[test]
fn the_digest_is_sha_256() {
    assert_eq!(
        anonymity::digest(b"abc").to_string(),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
}

#[test]
fn what_cannot_be_an_answer_is_named_by_its_place() {
    let answers = data(
        r#"{"life": 9, "help": ["a", "a"], "order": "x", "open": "a text that is much too long",
            "age": "44", "who5": {"calm": 6, "sad": 1}, "stranger": 1,
            "goals": [{}, {}, {}], "score": {}}"#,
    );
    let misfits = Declaration::of(&survey()).misfits(&answers);
    let lines: Vec<String> = misfits
        .iter()
        .map(|it| format!("{}: {}", it.at, it.expected))
        .collect();
    expect![[r#"
        /life: one of the question's values
        /help: a list of the question's values, each once
        /order: a list of the question's values, each once
        /open: a shorter text
        /age: a number
        /who5/calm: one of the question's values
        /who5/sad: no such answer
        /stranger: no such answer
        /goals: fewer rows
        /score: a text, a number, true or false"#]]
    .assert_eq(&lines.join("\n"));
}

fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (0..7).prop_map(Value::from),
        prop::sample::select(vec!["a", "b", "x", "z", "none", "other", "calm"])
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 20, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            members(inner).prop_map(Value::from),
        ]
    })
}

fn members(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Object> {
    let names = vec![
        "life",
        "life-Comment",
        "help",
        "order",
        "open",
        "info",
        "age",
        "who5",
        "calm",
        "glad",
        "goals",
        "title",
        "done",
        "score",
        "helper",
        "stranger",
        "ip",
        "time",
    ];
    prop::collection::vec((prop::sample::select(names), value), 0..8).prop_map(|it| {
        it.into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    })
}

fn names_in(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (name, member) in object.iter() {
                names.push(name.to_owned());
                names_in(member, names);
            }
        }
        Value::List(items) => items.iter().for_each(|item| names_in(item, names)),
        _ => {}
    }
}

proptest! {
    #[test]
    fn no_undeclared_name_ever_leaves(data in members(anything())) {
        let day = "2026-11-22".parse().expect("a day");
        let departure = minimise(&survey(), &data, "fi", day, [1; 16]).expect("may leave");
        let mut names = Vec::new();
        names_in(&Value::Object(answers(&departure)), &mut names);
        for name in names {
            let undeclared = ["info", "helper", "stranger", "ip", "time"];
            prop_assert!(!undeclared.contains(&name.as_str()), "{name}");
        }
    }

    #[test]
    fn minimising_twice_changes_nothing_more(data in members(anything())) {
        let declaration = Declaration::of(&survey());
        let once = declaration.keep(&data);
        prop_assert_eq!(declaration.keep(&once), once);
    }

    #[test]
    fn what_fits_is_kept_whole(data in members(anything())) {
        let declaration = Declaration::of(&survey());
        if declaration.misfits(&data).is_empty() {
            let kept = declaration.keep(&data);
            prop_assert_eq!(kept.len(), data.len());
            prop_assert!(declaration.misfits(&kept).is_empty());
        }
    }
}
