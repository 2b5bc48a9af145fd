//! Whatever anyone does: never a panic, and the same state as if everything were computed anew.

use std::rc::Rc;

use json::Value;
use proptest::prelude::*;
use questionnaire::definition::Survey;
use questionnaire::session::{Control, Event, Item, Key, Session, Standing};

use crate::surroundings::environment;

const SURVEYS: &str = include_str!("../../../../tests/conformance/surveys.ndjson");

/// What acts once, when something changes, and not again.
const ACTING: [&str; 4] = [
    "triggers",
    "resetValueIf",
    "setValueExpression",
    "defaultValueExpression",
];

/// One of the generated surveys that have triggers or formulas that write answers, or of those that
/// have not.
fn survey(acting: bool, which: usize) -> Rc<Survey> {
    let lines: Vec<&str> = SURVEYS
        .lines()
        .step_by(if acting { 2 } else { 5 })
        .filter(|line| ACTING.iter().any(|it| line.contains(it)) == acting)
        .collect();
    let line = Value::parse(lines[which % lines.len()]).expect("a line of JSON");
    Rc::new(Survey::read(line.get("survey").expect("a survey")).survey)
}

type State = (Vec<(String, bool)>, Vec<Standing>, String, String);

fn state(session: &Session) -> State {
    (
        session.page_states(),
        session.question_states(),
        Value::Object(session.calculated_values()).to_string(),
        Value::Object(session.data()).to_string(),
    )
}

pub(crate) fn keys(items: &[Item], session: &Session, into: &mut Vec<Key>) {
    for item in items {
        match item {
            Item::Panel(_, items) => keys(items, session, into),
            Item::Question(key) => {
                into.push(key.clone());
                let Some(view) = session.question(key) else {
                    continue;
                };
                match view.control {
                    Control::Rows(group) => {
                        for row in group.rows {
                            into.extend(row.cells.into_iter().map(|it| it.key));
                            keys(&row.items, session, into);
                        }
                    }
                    Control::Fields { fields, .. } => {
                        into.extend(fields.into_iter().map(|it| it.key));
                    }
                    _ => {}
                }
            }
        }
    }
}

/// One edit, from small numbers; sensible for the control in most cases.
pub(crate) fn edit(session: &Session, (which, how, place): (u8, u8, u8)) -> Event {
    let mut all = Vec::new();
    keys(&session.outline().items, session, &mut all);
    let place = usize::from(place);
    let Some(key) = all.get(usize::from(which) % all.len().max(1)).cloned() else {
        return Event::Next;
    };
    let texts = [
        "",
        "3",
        "2,5",
        "1.2.2026",
        "liikunta",
        "a@b.fi",
        "x".repeat(300).leak(),
    ];
    let text = || texts[place % texts.len()].to_owned();
    match how % 16 {
        0 => Event::Next,
        1 => Event::Back,
        2 => Event::Clear(key),
        3 if !is_computed(session, &key) => Event::SetValue(key.to_string(), value(place)),
        4 => Event::Comment(key, text()),
        5 => Event::Leave(key),
        _ => match session.question(&key).map(|it| it.control) {
            Some(
                Control::Radio { choices, .. }
                | Control::Dropdown { choices, .. }
                | Control::Boolean { choices, .. }
                | Control::Rating {
                    points: choices, ..
                },
            ) if !choices.is_empty() => {
                Event::Choose(key, choices[place % choices.len()].value.clone())
            }
            Some(
                Control::Checkboxes { choices, .. }
                | Control::Tagbox { choices, .. }
                | Control::Images { choices, .. },
            ) if !choices.is_empty() => Event::Toggle(
                key,
                choices[place % choices.len()].value.clone(),
                how % 3 != 0,
            ),
            Some(Control::Ranking { choices, .. }) if !choices.is_empty() => Event::Rank(
                key,
                choices[place % choices.len()].value.clone(),
                Some(place % 3),
            ),
            Some(Control::Matrix { rows, columns, .. })
                if !rows.is_empty() && !columns.is_empty() =>
            {
                Event::ChooseCell {
                    key,
                    row: rows[place % rows.len()].value.clone(),
                    column: columns[usize::from(how) % columns.len()].value.clone(),
                }
            }
            Some(Control::Rows(_)) => match place % 4 {
                0 => Event::Remove(key, place % 3),
                1 => Event::UndoRemove(key),
                2 => Event::MoveRow {
                    key,
                    from: place % 3,
                    to: place % 2,
                },
                _ => Event::Add(key, Some(place % 3)),
            },
            _ => Event::Type(key, text()),
        },
    }
}

/// What comes by name and is not offered stays until what is offered changes.
fn is_offered(session: &Session, event: &Event) -> bool {
    let Event::SetValue(name, value) = event else {
        return true;
    };
    let control = session.question(&name.as_str().into());
    match control.map(|it| it.control) {
        Some(
            Control::Radio { choices, .. }
            | Control::Dropdown { choices, .. }
            | Control::Checkboxes { choices, .. }
            | Control::Tagbox { choices, .. },
        ) => {
            let is_known = |it: &Value| choices.iter().any(|choice| choice.value == *it);
            match value {
                Value::List(items) => items.iter().all(is_known),
                one => is_known(one),
            }
        }
        _ => true,
    }
}

/// What is set by name from outside stands until the formula has to be computed again.
fn is_computed(session: &Session, key: &Key) -> bool {
    let control = session.question(key).map(|it| it.control);
    matches!(control, Some(Control::Computed(_)))
}

fn value(place: usize) -> Value {
    let values = [
        "null",
        "1",
        "\"other\"",
        "[1,2]",
        "{\"a\":1}",
        "[{\"p3\":1},{}]",
        "true",
        "\"\"",
        "[[]]",
        "{\"r1\":{\"c4\":2}}",
        "-1e300",
        "[null]",
    ];
    Value::parse(values[place % values.len()]).expect("JSON")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_edits_leave_the_state_that_computing_anew_gives(
        which in 0_usize..1000,
        edits in prop::collection::vec(any::<(u8, u8, u8)>(), 1..40),
    ) {
        let mut session = Session::start(survey(false, which), environment());
        for numbers in edits {
            let event = edit(&session, numbers);
            if !is_offered(&session, &event) {
                session.clone().apply(event);
                continue;
            }
            session.apply(event.clone());
            let before = state(&session);
            let mut anew = session.clone();
            anew.recompute();
            prop_assert_eq!(before, state(&anew), "after {:?}", event);
            session.review();
            session.completed_data();
        }
    }

    #[test]
    fn what_is_not_named_as_changed_looks_as_before(
        which in 0_usize..1000,
        edits in prop::collection::vec(any::<(u8, u8, u8)>(), 1..25),
    ) {
        let mut session = Session::start(survey(false, which), environment());
        for numbers in edits {
            let event = edit(&session, numbers);
            let outline = session.outline();
            let mut all = Vec::new();
            keys(&outline.items, &session, &mut all);
            let before: Vec<_> = all.iter().map(|key| session.question(key)).collect();
            let changed = session.apply(event.clone());
            if changed.stage {
                continue;
            }
            if !changed.outline {
                prop_assert_eq!(&outline.items, &session.outline().items, "after {:?}", event);
            }
            for (key, before) in all.iter().zip(before) {
                if !changed.keys.contains(key) && !changed.outline {
                    prop_assert_eq!(before, session.question(key), "{} after {:?}", key, event);
                }
            }
        }
    }

    #[test]
    fn answers_that_set_each_other_come_to_rest(
        which in 0_usize..1000,
        edits in prop::collection::vec(any::<(u8, u8, u8)>(), 1..30),
    ) {
        let mut session = Session::start(survey(true, which), environment());
        for numbers in edits {
            session.apply(edit(&session, numbers));
            let before = state(&session);
            let completed = session.completed_data();
            prop_assert_eq!(&completed, &session.completed_data());
            prop_assert_eq!(&before, &state(&session), "completing changes nothing");
            for (name, value) in completed.iter() {
                prop_assert!(!value.is_null(), "{} is nothing", name);
            }
        }
    }
}
