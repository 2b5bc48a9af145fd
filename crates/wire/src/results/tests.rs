use json::Value;

use super::{
    Breakdown, Category, Figures, Group, Item, Question, Repeated, Response, Results, Row,
    RowLabel, Summary,
};
use crate::Localised;

/// What was published once must be readable for ever.
const FROZEN: &str = include_str!("frozen.json");

fn row(label: RowLabel, count: u32, percent: u32) -> Row {
    Row {
        label,
        count: Some(count),
        percent: Some(percent),
        interval: None,
        hidden: None,
    }
}

fn results() -> Results {
    let figures = Figures {
        name: "mood".to_owned(),
        n: Some(20),
        hidden: None,
        rows: vec![
            Row {
                interval: Some((0.25, 0.75)),
                ..row(RowLabel::Value(Value::from(5)), 12, 60)
            },
            Row {
                count: None,
                percent: None,
                hidden: Some("protects"),
                ..row(RowLabel::Value(Value::from("dk")), 0, 0)
            },
            row(RowLabel::Kind("missing"), 5, 25),
            row(RowLabel::Range(1.0, 2.5), 1, 5),
        ],
        boxes: vec![row(RowLabel::Box("good".to_owned()), 12, 60)],
        summary: Some(Summary {
            n: Some(18),
            median: Some(4.5),
            mean: Some(4.25),
            ..Summary::default()
        }),
    };
    Results {
        survey: "asukas".parse().expect("well-formed"),
        version: "1".to_owned(),
        round: Some("2026".to_owned()),
        day: "2026-11-25".parse().expect("a day"),
        sample: true,
        mode: "anonymous",
        title: [("fi", "Kysely"), ("sv", "Enkät")].into(),
        base: "valid",
        rounding: "largest-remainder",
        minima: [5, 10, 10],
        n: Some(20),
        response: Some(Response {
            asked: 40,
            answered: Some(20),
            repeated: Vec::new(),
        }),
        pages: vec![Localised::default(), [("", "Page")].into()],
        questions: vec![Question {
            name: "mood".to_owned(),
            page: 0,
            kind: "scale",
            background: true,
            title: [("fi", "Mieliala")].into(),
            note: Some("own wording".to_owned()),
            items: vec![Item {
                name: "mood".to_owned(),
                kind: "scale",
                text: Localised::default(),
                sensitive: true,
                categories: vec![Category {
                    value: Value::from("dk"),
                    text: [("fi", "En osaa sanoa")].into(),
                    meaning: Some("dont-know"),
                    group: Some("good".to_owned()),
                }],
            }],
        }],
        figures: vec![figures.clone()],
        breakdowns: vec![Breakdown {
            by: "mood".to_owned(),
            groups: vec![
                Group {
                    value: Value::from(5),
                    n: Some(12),
                    hidden: None,
                    figures: vec![figures],
                },
                Group {
                    value: Value::from("dk"),
                    n: None,
                    hidden: Some("too-few"),
                    figures: Vec::new(),
                },
            ],
        }],
    }
}

#[test]
fn its_json_is_frozen() {
    assert_eq!(results().to_json(), FROZEN.trim_end());
    assert_eq!(Results::parse(FROZEN), Ok(results()));
}

#[test]
fn who_answered_more_than_once_is_written_and_read_and_older_files_say_nothing_of_it() {
    let mut twice = results();
    let repeated = Repeated {
        code: "061".to_owned(),
        name: [("fi", "Forssa")].into(),
        answers: 2,
    };
    twice.response.as_mut().expect("a frame").repeated = vec![repeated];
    let text = twice.to_json();
    let said = r#""answered":20,"repeated":[{"code":"061","name":{"fi":"Forssa"},"answers":2}]}"#;
    assert!(text.contains(said), "{text}");
    assert_eq!(Results::parse(&text), Ok(twice));
    let wrong = text.replace(r#""answers":2"#, r#""answers":"x""#);
    let problems = Results::parse(&wrong).expect_err("a count");
    assert_eq!(problems[0].at, "/response/repeated/0/answers");
}

#[test]
fn anything_less_or_more_than_a_snapshot_is_refused_with_its_place() {
    for (found, wrong, at) in [
        ("results/1", "results/2", "/format"),
        (r#""survey":"asukas""#, r#""survey":"../x""#, "/survey"),
        (r#""day":"2026-11-25""#, r#""day":"today""#, "/day"),
        (
            r#""kind":"scale""#,
            r#""kind":"<script>""#,
            "/questions/0/kind",
        ),
        (r#""count":12"#, r#""count":-1"#, "/figures/0/rows/0/count"),
        (
            r#""count":12"#,
            r#""count":"many""#,
            "/figures/0/rows/0/count",
        ),
        (r#""count":12"#, r#""cuont":12"#, "/figures/0/rows/0/cuont"),
        (r#""percent":60"#, r#""percent":600"#, "/figures/0/rows/0"),
        (
            r#""hidden":"protects""#,
            r#""hidden":"because""#,
            "/figures/0/rows/1/hidden",
        ),
        (
            r#""value":5"#,
            r#""value":{"a":1}"#,
            "/figures/0/rows/0/value",
        ),
        (
            r#""breakdowns":["#,
            r#""responses":[],"breakdowns":["#,
            "/responses",
        ),
        (r#""base":"valid","#, "", "/base"),
    ] {
        let text = FROZEN.replacen(found, wrong, 1);
        assert_ne!(text, FROZEN, "{found}");
        let problems = Results::parse(&text).expect_err(wrong);
        assert!(
            problems.iter().any(|it| it.at == at),
            "{wrong}: {problems:?}"
        );
    }
    for bad in ["", "null", "[]", "<html>", "{}"] {
        assert!(Results::parse(bad).is_err(), "{bad}");
    }
}

#[test]
fn a_snapshot_of_any_size_is_not_taken() {
    let text = format!("\"{}\"", "a".repeat(super::MAX_RESULTS_BYTES));
    assert!(Results::parse(&text).is_err());
}
