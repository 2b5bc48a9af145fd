//! A draft taken up again is the session it was saved from: its answers, what follows from them,
//! what is asked, and what happens next.

use std::collections::BTreeMap;
use std::rc::Rc;

use json::Value;
use proptest::prelude::*;
use questionnaire::definition::Survey;
use questionnaire::session::{Event, Session};

use crate::properties::{edit, keys};
use crate::surroundings::environment;

/// What authors write whose answers are written by formulas, triggers and defaults, in groups,
/// tables and shared values.
const SURVEYS: &str = include_str!("drafts.ndjson");

const GENERATED: &str = include_str!("../../../../tests/conformance/surveys.ndjson");

/// Our own are drawn as often as all the generated ones together.
fn survey(own: bool, which: prop::sample::Index) -> Rc<Survey> {
    if own {
        let lines: Vec<&str> = SURVEYS.lines().collect();
        let line = lines[which.index(lines.len())];
        let parsed = Survey::parse(line);
        assert!(parsed.is_usable(), "{line}: {:?}", parsed.problems);
        return Rc::new(parsed.survey);
    }
    // A ranking that is left with one thing counts as ranked in formulas that are evaluated after
    // that, as in the reference; a draft evaluates them all.
    let is_carried = |it: &&str| it.contains("\"ranking\"") && it.contains("choicesFromQuestion");
    let lines: Vec<&str> = GENERATED.lines().filter(|it| !is_carried(it)).collect();
    let line = Value::parse(lines[which.index(lines.len())]).expect("a line of JSON");
    Rc::new(Survey::read(line.get("survey").expect("a survey")).survey)
}

/// All that a respondent and the data can tell two sessions apart by.
#[derive(Debug, PartialEq)]
struct Whole {
    answers: BTreeMap<String, String>,
    completed: BTreeMap<String, String>,
    calculated: BTreeMap<String, String>,
    pages: Vec<(String, bool)>,
    questions: Vec<String>,
    /// What stands on the page, rows and panels included, if both are at the same place.
    page: Vec<String>,
}

fn whole(session: &Session, other: &Session) -> Whole {
    let sorted = |object: &json::Object| {
        let members = object.iter();
        members
            .map(|(name, value)| (name.to_owned(), sorted_members(value).to_string()))
            .collect()
    };
    let questions = session.question_states().into_iter();
    let mut page = Vec::new();
    if session.outline().page == other.outline().page {
        keys(&session.outline().items, session, &mut page);
    }
    Whole {
        answers: sorted(&session.data()),
        completed: sorted(&session.completed_data()),
        calculated: sorted(&session.calculated_values()),
        pages: session.page_states(),
        questions: questions
            .map(|it| {
                // "Other" without its text is no answer yet where the text is the answer.
                let mut errors = it.errors;
                errors.retain(|it| {
                    !["OtherRequired", "Kerro mikä", "Kirjoita mikä"].contains(&it.as_str())
                });
                let choices = Value::from(it.choices).to_string();
                let sight = (it.visible, it.enabled, it.required);
                format!("{} {sight:?} {} {errors:?} {choices}", it.name, it.title)
            })
            .collect(),
        page: page.iter().map(ToString::to_string).collect(),
    }
}

/// The order in which members came in says nothing.
fn sorted_members(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            let mut members: Vec<_> = object.iter().collect();
            members.sort_by_key(|it| it.0);
            let members = members.into_iter();
            Value::Object(
                members
                    .map(|(name, it)| (name.to_owned(), sorted_members(it)))
                    .collect(),
            )
        }
        Value::List(items) => Value::List(items.iter().map(sorted_members).collect()),
        other => other.clone(),
    }
}

/// Applies an event, unless what it types cannot be read as an answer: that is not kept.
fn give(session: &mut Session, event: Event) {
    let before = session.clone();
    session.apply(event);
    let mut states = session.question_states().into_iter();
    if states.any(|it| it.errors.iter().any(|it| it.starts_with("NotA"))) {
        *session = before;
    }
}

fn taken_up(session: &Session, survey: &Rc<Survey>) -> Session {
    let mut later = Session::start(Rc::clone(survey), environment());
    let draft = session.draft().to_string();
    let left_out = later.resume(&Value::parse(&draft).expect("a draft is JSON"));
    assert_eq!(left_out, Vec::<String>::new(), "{draft}");
    later
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_draft_taken_up_is_the_session_it_was_saved_from(
        own in any::<bool>(),
        which in any::<prop::sample::Index>(),
        edits in prop::collection::vec(any::<(u8, u8, u8)>(), 1..30),
        more in prop::collection::vec(any::<(u8, u8, u8)>(), 0..6),
    ) {
        let survey = survey(own, which);
        let mut session = Session::start(Rc::clone(&survey), environment());
        for numbers in edits {
            let event = edit(&session, numbers);
            // What comes by name comes before anything is answered; it is not the respondent's.
            if !matches!(event, Event::SetValue(..)) {
                give(&mut session, event);
            }
        }
        let mut later = taken_up(&session, &survey);
        prop_assert_eq!(whole(&session, &later), whole(&later, &session));
        for numbers in more {
            let event = edit(&session, numbers);
            // A removal can be taken back only where it was made, and a draft does not know that a
            // start page has been left for good.
            if matches!(event, Event::SetValue(..) | Event::UndoRemove(_) | Event::Back) {
                continue;
            }
            give(&mut session, event.clone());
            give(&mut later, event.clone());
            prop_assert_eq!(whole(&session, &later), whole(&later, &session), "after {:?}", event);
        }
    }
}

/// The surveys above write answers by themselves; else the property would say little.
#[test]
fn the_surveys_write_answers_by_themselves() {
    for line in SURVEYS.lines() {
        let survey = Rc::new(Survey::parse(line).survey);
        let mut session = Session::start(survey, environment());
        let mut written = session.data().len();
        for numbers in (0..60_u8).map(|it| (it, 6, it / 3)) {
            let before = session.data();
            let event = edit(&session, numbers);
            session.apply(event);
            let after = session.data();
            let new = after
                .iter()
                .filter(|(name, value)| before.get(name) != Some(value));
            written += new.count().saturating_sub(1);
        }
        assert!(written > 0, "{line}");
    }
}
