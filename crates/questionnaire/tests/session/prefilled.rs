//! What the municipal questionnaire fills in beforehand.

use std::rc::Rc;

use json::Value;
use questionnaire::definition::Survey;
use questionnaire::session::{Environment, Event, Session};

use crate::surroundings::environment;

const ENNAKKO: &str = include_str!("../../../../public/surveys/ennakko.json");

fn begin(language: &str) -> Session {
    let parsed = Survey::parse(ENNAKKO);
    assert!(parsed.is_usable(), "{:?}", parsed.problems);
    let language = language.to_owned();
    let environment = Environment {
        language,
        ..environment()
    };
    Session::start(Rc::new(parsed.survey), environment)
}

fn goals(session: &Session) -> Vec<String> {
    let data = session.data();
    let goals = data.get("goals_status").and_then(Value::as_list);
    goals
        .unwrap_or_default()
        .iter()
        .map(|it| {
            let text = it.get("goal_text").and_then(Value::as_str);
            text.unwrap_or_default().to_owned()
        })
        .collect()
}

#[test]
fn last_years_goals_stand_in_the_language_spoken_and_go_with_their_entry() {
    let mut session = begin("sv");
    let swedish = goals(&session);
    assert_eq!(swedish.len(), 3);
    assert!(swedish[0].contains("barns och ungas"), "{swedish:?}");
    session.apply(Event::Language("fi".to_owned()));
    let finnish = goals(&session);
    assert_eq!(finnish[0], "Lasten ja nuorten hyvinvoinnin tila");
    // The first one is taken away: the others stay what they are.
    session.apply(Event::Remove("goals_status".into(), 0));
    assert_eq!(goals(&session), finnish[1..]);
    // What the respondent has written stays in any language.
    let first = "goals_status[0].goal_text";
    session.apply(Event::Type(first.into(), "Liikkuminen".to_owned()));
    session.apply(Event::Language("en".to_owned()));
    let english = goals(&session);
    assert_eq!(english[0], "Liikkuminen");
    assert!(english[1].starts_with("Stronger"), "{english:?}");
    // A goal of one's own starts empty.
    session.apply(Event::Add("goals_status".into(), None));
    assert_eq!(goals(&session).len(), 3);
    assert_eq!(goals(&session)[2], "");
    let sent = Value::Object(session.completed_data()).to_string();
    assert!(sent.contains("Liikkuminen"), "{sent}");
}

#[test]
fn goals_follow_the_language_also_after_others_were_removed_or_brought_back() {
    for undo in [false, true] {
        for at in 0..3 {
            let document = Value::parse(ENNAKKO).expect("JSON");
            let narrow = questionnaire::one_language(&document, "fi");
            let survey = Survey::parse(&narrow.to_string()).survey;
            let mut session = Session::start(Rc::new(survey), environment());
            for (name, value) in [
                ("muni", r#""061""#),
                ("role", r#""coordinator""#),
                ("prepared_with", r#"["alone"]"#),
                ("coord_named", r#""yes""#),
                ("wellbeing_plan", r#""yes""#),
            ] {
                let value = Value::parse(value).expect("JSON");
                session.apply(Event::SetValue(name.to_owned(), value));
            }
            session.apply(Event::GoTo("last_year".into()));
            assert_eq!(session.outline().page.as_deref(), Some("last_year"));
            session.apply(Event::Remove("goals_status".into(), at));
            if undo {
                session.apply(Event::UndoRemove("goals_status".into()));
            }
            for entry in 0..3 {
                let passed = format!("goals_status[{entry}].goal_text");
                session.apply(Event::Leave(passed.as_str().into()));
            }
            // The page begins with the texts of one language.
            assert!(session.exchange(Rc::new(Survey::parse(ENNAKKO).survey)));
            session.apply(Event::Language("sv".to_owned()));
            let mut expected = goals(&begin("sv"));
            if !undo {
                expected.remove(at);
            }
            assert_eq!(goals(&session), expected, "{at} {undo}");
        }
    }
}
