//! Whole surveys with answers, held to what survey-core 3.1.1 makes of them.
//!
//! `tests/conformance/make-surveys.mjs` makes the vectors again. Where Kuuluu differs on purpose,
//! `docs/format/session.md` says so; that is why the bar is not at every last value.

use std::io::Write as _;
use std::process::{Command, Stdio};

use json::{Object, Value};

const VECTORS: &str = include_str!("../../tests/conformance/surveys.ndjson");

/// How many compared values agree, and how many surveys in all of their values.
#[derive(Debug, Default)]
struct Score {
    surveys: usize,
    surveys_agree: usize,
    values: usize,
    values_agree: usize,
}

/// Runs `kuuluu eval --batch` on the vectors of one kind.
fn score(kind: &str) -> Score {
    let vectors: Vec<Value> = VECTORS
        .lines()
        .map(|line| Value::parse(line).expect("a line of JSON"))
        .filter(|it| it.get("kind").and_then(Value::as_str) == Some(kind))
        .collect();
    let mut child = Command::new(env!("CARGO_BIN_EXE_kuuluu"))
        .args(["eval", "--batch", "--today", "2026-03-13"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("kuuluu starts");
    let mut input = child.stdin.take().expect("standard input");
    let requests: String = vectors
        .iter()
        .map(|it| {
            let mut request = Object::new();
            for name in ["survey", "answers"] {
                request.insert(name, it.get(name).cloned().unwrap_or_default());
            }
            Value::Object(request).to_string() + "\n"
        })
        .collect();
    let writer = std::thread::spawn(move || input.write_all(requests.as_bytes()));
    let output = child.wait_with_output().expect("kuuluu ends");
    writer.join().expect("a thread").expect("all was read");
    let output = String::from_utf8(output.stdout).expect("UTF-8");
    let mut score = Score::default();
    for (vector, line) in vectors.iter().zip(output.lines()) {
        let expected = vector.get("expected").expect("what is expected");
        let got = Value::parse(line).expect("a line of JSON");
        let (all, agree) = compare(expected, &got, 3);
        score.surveys += 1;
        score.surveys_agree += usize::from(all == agree);
        score.values += all;
        score.values_agree += agree;
    }
    assert_eq!(score.surveys, vectors.len(), "one line for each survey");
    score
}

/// Compares members down to `depth`; values below are one each.
fn compare(expected: &Value, got: &Value, depth: usize) -> (usize, usize) {
    if depth > 0
        && let (Value::Object(expected), Value::Object(got)) = (expected, got)
    {
        let mut names: Vec<&str> = expected.keys().chain(got.keys()).collect();
        names.sort_unstable();
        names.dedup();
        return names
            .into_iter()
            .map(|name| {
                let nothing = Value::Null;
                compare(
                    expected.get(name).unwrap_or(&nothing),
                    got.get(name).unwrap_or(&nothing),
                    depth - 1,
                )
            })
            .fold((0, 0), |(all, agree), (more, same)| {
                (all + more, agree + same)
            });
    }
    (1, usize::from(same(expected, got)))
}

/// Equal regardless of the order of members.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(name, it)| b.get(name).is_some_and(|other| same(it, other)))
        }
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        _ => a == b,
    }
}

#[test]
fn realistic_surveys_agree_in_999_of_1000_values() {
    let score = score("realistic");
    assert!(score.surveys >= 200, "{score:?}");
    assert!(score.values_agree * 1000 >= score.values * 999, "{score:?}");
    assert!(
        score.surveys_agree * 1000 >= score.surveys * 995,
        "{score:?}"
    );
}

#[test]
fn rough_surveys_agree_in_998_of_1000_values() {
    let score = score("rough");
    assert!(score.surveys >= 200, "{score:?}");
    assert!(score.values_agree * 1000 >= score.values * 998, "{score:?}");
    assert!(score.surveys_agree * 100 >= score.surveys * 97, "{score:?}");
}

#[test]
fn surveys_of_features_that_work_together_agree_in_998_of_1000_values() {
    let score = score("woven");
    assert!(score.surveys >= 200, "{score:?}");
    assert!(score.values_agree * 1000 >= score.values * 998, "{score:?}");
    assert!(
        score.surveys_agree * 1000 >= score.surveys * 995,
        "{score:?}"
    );
}

#[test]
fn surveys_as_authors_write_them_agree_in_999_of_1000_values() {
    let score = score("authored");
    assert!(score.surveys >= 200, "{score:?}");
    assert!(score.values_agree * 1000 >= score.values * 999, "{score:?}");
    assert!(score.surveys_agree * 100 >= score.surveys * 99, "{score:?}");
}

#[test]
fn health_surveys_with_wrong_answers_agree_in_998_of_1000_values() {
    let score = score("health");
    assert!(score.surveys >= 80, "{score:?}");
    assert!(score.values_agree * 1000 >= score.values * 998, "{score:?}");
    assert!(score.surveys_agree * 100 >= score.surveys * 91, "{score:?}");
}

#[test]
fn small_surveys_with_one_wrong_answer_agree_in_all_values() {
    let score = score("small");
    assert!(score.surveys >= 70, "{score:?}");
    assert_eq!(score.values_agree, score.values, "{score:?}");
}
