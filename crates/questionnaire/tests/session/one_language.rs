//! A pass that begins with the file of one language and goes on with the whole one is the same as
//! one that has had the whole file from the beginning.

use std::fs;
use std::path::Path;
use std::rc::Rc;
use std::sync::LazyLock;

use json::{Severity, Value};
use proptest::prelude::*;
use questionnaire::definition::Survey;
use questionnaire::one_language;
use questionnaire::session::{Environment, Event, Key, QuestionView, Session};

use crate::properties::{edit, keys};
use crate::surroundings::environment;

const GENERATED: &str = include_str!("../../../../tests/conformance/surveys.ndjson");

static DOCUMENTS: LazyLock<Vec<Value>> = LazyLock::new(documents);

/// Every survey that ships, the gallery's stories, and generated ones with every kind of question,
/// in two languages.
fn documents() -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/surveys");
    let mut all = Vec::new();
    for entry in fs::read_dir(&folder).expect("a folder") {
        let text = fs::read_to_string(entry.expect("an entry").path()).expect("a text");
        all.push(Value::parse(&text).expect("JSON"));
    }
    for entry in fs::read_dir(folder.join("../../tests/fixtures/gallery")).expect("stories") {
        let text = fs::read_to_string(entry.expect("an entry").path()).expect("a text");
        let story = Value::parse(&text).expect("JSON");
        all.push(story.get("survey").expect("a survey").clone());
    }
    for line in GENERATED.lines().step_by(9) {
        let line = Value::parse(line).expect("a line of JSON");
        let mut survey = in_two_languages(line.get("survey").expect("a survey"));
        let identity = r#"{"id": "a", "version": "1", "languages": ["fi", "sv"]}"#;
        if let Value::Object(survey) = &mut survey {
            survey.insert("kuuluu", Value::parse(identity).expect("JSON"));
        }
        all.push(survey);
    }
    all
}

fn in_two_languages(value: &Value) -> Value {
    const TEXTS: [&str; 5] = ["title", "description", "text", "html", "placeholder"];
    match value {
        Value::List(items) => Value::List(items.iter().map(in_two_languages).collect()),
        Value::Object(members) => {
            let two = |name: &str, value: &Value| match value.as_str() {
                Some(text) if TEXTS.contains(&name) => {
                    let texts = [("fi", text.to_owned()), ("sv", ["S ", text].concat())];
                    let texts = texts.map(|(key, text)| (key.to_owned(), Value::from(text)));
                    Value::Object(texts.into_iter().collect())
                }
                _ => in_two_languages(value),
            };
            Value::Object(
                members
                    .iter()
                    .map(|(name, value)| (name.to_owned(), two(name, value)))
                    .collect(),
            )
        }
        other => other.clone(),
    }
}

fn languages(document: &Value) -> Vec<String> {
    let declared = Survey::read(document).survey.kuuluu.languages;
    assert!(!declared.is_empty());
    declared
}

fn session(document: &Value, language: &str) -> Session {
    Session::start(
        Rc::new(Survey::read(document).survey),
        Environment {
            language: language.to_owned(),
            ..environment()
        },
    )
}

/// All that a respondent sees and all that is kept.
fn seen(session: &Session) -> (String, Vec<(Key, Option<QuestionView>)>) {
    let outline = session.outline();
    let mut all = Vec::new();
    keys(&outline.items, session, &mut all);
    let views = all
        .into_iter()
        .map(|key| (key.clone(), session.question(&key)))
        .collect();
    let rest = (
        outline,
        session.review(),
        session.completed_text(),
        session.draft(),
        session.completed_data(),
        session.question_states(),
    );
    (format!("{rest:?}"), views)
}

#[test]
fn the_file_of_one_language_is_a_survey_and_much_smaller() {
    for document in &*DOCUMENTS {
        let declared = languages(document);
        if Survey::read(document)
            .problems
            .iter()
            .any(|it| it.severity == Severity::Error)
        {
            continue;
        }
        for language in &declared {
            let narrow = one_language(document, language);
            let parsed = Survey::read(&narrow);
            let errors = parsed
                .problems
                .iter()
                .filter(|it| it.severity == Severity::Error);
            assert_eq!(errors.count(), 0, "{:?}", parsed.problems);
            let kuuluu = &parsed.survey.kuuluu;
            assert_eq!(kuuluu.only.as_ref(), Some(language));
            assert_eq!(kuuluu.languages, declared);
            assert_eq!(kuuluu.version, Survey::read(document).survey.kuuluu.version);
            if declared.len() > 2 {
                let (small, whole) = (narrow.to_string().len(), document.to_string().len());
                assert!(small * 10 < whole * 8, "{small} of {whole}");
            }
            assert_eq!(one_language(&narrow, "sv"), narrow, "there is no more");
        }
        assert_eq!(&one_language(document, "se"), document);
    }
}

#[test]
fn data_that_looks_like_texts_stays() {
    let document = Value::parse(
        r#"{"kuuluu": {"id": "a", "version": "1", "languages": ["fi", "sv"]},
            "elements": [{"type": "matrix", "name": "m", "rows": ["fi", "sv"], "columns": ["a"],
                "defaultValue": {"fi": "a", "sv": "a"},
                "title": {"fi": "Kielet", "sv": "Språk", "default": "Kielet"}}]}"#,
    )
    .expect("JSON");
    let narrow = one_language(&document, "fi-FI").to_string();
    assert!(
        narrow.contains(r#""defaultValue":{"fi":"a","sv":"a"}"#),
        "{narrow}"
    );
    assert!(narrow.contains(r#""title":{"fi":"Kielet"}"#), "{narrow}");
}

#[test]
fn another_survey_is_not_taken() {
    let documents = &*DOCUMENTS;
    let mut session = session(&documents[0], "fi");
    let before = seen(&session);
    for other in &documents[1..4] {
        assert!(!session.exchange(Rc::new(Survey::read(other).survey)));
    }
    assert!(seen(&session) == before);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn the_whole_file_may_come_at_any_moment(
        which in 0_usize..1000,
        from in 0_usize..10,
        to in 0_usize..10,
        before in prop::collection::vec(any::<(u8, u8, u8)>(), 0..30),
        after in prop::collection::vec(any::<(u8, u8, u8)>(), 0..15),
    ) {
        let document = &DOCUMENTS[which % DOCUMENTS.len()];
        let declared = languages(document);
        let (from, to) = (&declared[from % declared.len()], &declared[to % declared.len()]);
        let narrow = one_language(document, from);
        let mut one = session(&narrow, from);
        let mut whole = session(document, from);
        for numbers in before {
            let event = edit(&whole, numbers);
            one.apply(event.clone());
            whole.apply(event);
            prop_assert!(seen(&one) == seen(&whole));
        }
        prop_assert!(one.exchange(Rc::new(Survey::read(document).survey)));
        one.apply(Event::Language(to.clone()));
        whole.apply(Event::Language(to.clone()));
        prop_assert!(seen(&one) == seen(&whole));
        for numbers in after {
            let event = edit(&whole, numbers);
            let changed = (one.apply(event.clone()), whole.apply(event));
            prop_assert_eq!(format!("{:?}", changed.0), format!("{:?}", changed.1));
            prop_assert!(seen(&one) == seen(&whole));
        }
    }
}
