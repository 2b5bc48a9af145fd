//! The envelope's one written form.

use json::{Object, Value};
use proptest::prelude::*;
use wire::{Body, BodyKind, Envelope, EnvelopeError, MAX_BODY_BYTES, Parts, ResponseId};

const FROZEN: &str = concat!(
    r#"{"format":"kuuluu-response/1","id":"0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a","survey":"asukas","#,
    r#""version":"2026.1","language":"fi","day":"2026-11-22","#,
    r#""answers":{"life":4,"who5":{"calm":3},"help":["a","b"],"open":"Hyvää \"kuuluu\"","w":0.5}}"#
);

fn parts() -> Parts {
    let answers =
        r#"{"life":4,"who5":{"calm":3},"help":["a","b"],"open":"Hyvää \"kuuluu\"","w":0.5}"#;
    Parts {
        id: ResponseId::from_random([10; 16]),
        survey: "asukas".parse().expect("well-formed"),
        version: "2026.1".to_owned(),
        language: "fi".to_owned(),
        day: "2026-11-22".parse().expect("a day"),
        answers: match Value::parse(answers).expect("JSON") {
            Value::Object(object) => object,
            other => panic!("{other:?}"),
        },
    }
}

#[test]
fn its_json_is_frozen() {
    let envelope = Envelope::new(parts()).expect("well-formed");
    assert_eq!(
        String::from_utf8(envelope.to_bytes()).expect("UTF-8"),
        FROZEN
    );
    assert_eq!(Envelope::parse(FROZEN.as_bytes()), Ok(envelope));
}

#[test]
fn a_member_more_is_refused_by_name() {
    let with_time = FROZEN.replace(r#""day""#, r#""time":"10:00:01","day""#);
    let Err(EnvelopeError::NotAnEnvelope(problems)) = Envelope::parse(with_time.as_bytes()) else {
        panic!("accepted a time");
    };
    let places: Vec<&str> = problems.iter().map(|it| it.at.as_str()).collect();
    assert_eq!(places, ["/time"]);
}

#[test]
fn a_member_less_or_malformed_is_refused_by_name() {
    for (from, to, at) in [
        (r#""day":"2026-11-22","#, "", "/day"),
        ("2026-11-22", "2026-11-22T10:00:00Z", "/day"),
        ("kuuluu-response/1", "kuuluu-response/2", "/format"),
        ("0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a", "1", "/id"),
        (r#""asukas""#, r#""../asukas""#, "/survey"),
        (r#""2026.1""#, r#""""#, "/version"),
        (r#""fi""#, r#""fi; q=1""#, "/language"),
    ] {
        let changed = FROZEN.replace(from, to);
        let Err(EnvelopeError::NotAnEnvelope(problems)) = Envelope::parse(changed.as_bytes())
        else {
            panic!("accepted {changed}");
        };
        assert!(problems.iter().any(|it| it.at == at), "{at}: {problems:?}");
    }
}

#[test]
fn no_other_spelling_of_the_same_content_is_accepted() {
    for (from, to) in [
        (r#"{"format""#, r#"{ "format""#),
        (r#""life":4"#, r#""life":4.0"#),
        (r#""life":4"#, r#""life":5,"life":4"#),
        ("Hyvää", "Hyv\\u00e4\\u00e4"),
    ] {
        let changed = FROZEN.replace(from, to);
        assert_ne!(changed, FROZEN);
        assert_eq!(
            Envelope::parse(changed.as_bytes()),
            Err(EnvelopeError::NotCanonical)
        );
    }
    assert_eq!(
        Envelope::parse(format!("{FROZEN}\n").as_bytes()),
        Err(EnvelopeError::NotCanonical)
    );
}

#[test]
fn what_is_not_json_or_too_large_is_refused_without_reading_on() {
    assert_eq!(Envelope::parse(b"\xff"), Err(EnvelopeError::NotJson));
    assert_eq!(Envelope::parse(b""), Err(EnvelopeError::NotJson));
    assert_eq!(
        Envelope::parse(&vec![b'['; 10_000]),
        Err(EnvelopeError::NotJson)
    );
    assert_eq!(
        Envelope::parse(&vec![b' '; MAX_BODY_BYTES + 1]),
        Err(EnvelopeError::TooLarge)
    );
    let mut large = parts();
    large
        .answers
        .insert("open", "x".repeat(MAX_BODY_BYTES).into());
    assert_eq!(Envelope::new(large), Err(EnvelopeError::TooLarge));
}

#[test]
fn the_kind_of_a_body_is_its_media_type() {
    for kind in [BodyKind::Plain, BodyKind::Sealed] {
        let body = Body {
            kind,
            bytes: vec![1],
        };
        assert_eq!(
            BodyKind::from_media_type(body.kind.media_type()),
            Some(kind)
        );
    }
    assert_eq!(
        BodyKind::from_media_type("Application/vnd.kuuluu.response+json; charset=utf-8"),
        Some(BodyKind::Plain)
    );
    assert_eq!(BodyKind::from_media_type("application/json"), None);
}

fn answers() -> impl Strategy<Value = Object> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        (-1e15_f64..1e15).prop_map(Value::from),
        ".*".prop_map(Value::from),
    ];
    let value = leaf.prop_recursive(3, 24, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(".*", inner, 0..6)
                .prop_map(|it| it.into_iter().collect::<Object>().into()),
        ]
    });
    prop::collection::btree_map(".*", value, 0..8).prop_map(|it| it.into_iter().collect())
}

proptest! {
    #[test]
    fn what_was_written_is_what_is_read(answers in answers(), id in any::<[u8; 16]>()) {
        let id = ResponseId::from_random(id);
        let envelope = Envelope::new(Parts { id, answers, ..parts() }).expect("small");
        let bytes = envelope.to_bytes();
        let again = Envelope::parse(&bytes).expect("canonical");
        prop_assert_eq!(again.to_bytes(), bytes);
        prop_assert_eq!(again, envelope);
    }

    #[test]
    fn reading_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Envelope::parse(&bytes);
    }
}
