//! Answering pages.

use std::rc::Rc;

use json::Value;
use questionnaire::definition::Survey;
use questionnaire::session::{Control, Event, Item, Session, Stage, Violation};

use crate::surroundings::{environment, session};

fn value(json: &str) -> Value {
    Value::parse(json).expect("JSON in a test")
}

fn data(session: &Session) -> String {
    Value::Object(session.data()).to_string()
}

const TWO_PAGES: &str = r#"{"pages":[
    {"name":"first","elements":[
        {"type":"radiogroup","name":"r","isRequired":true,"choices":[1,2,{"value":3,"text":"three"}]},
        {"type":"checkbox","name":"c","choices":["a","b"],"showNoneItem":true,"maxSelectedChoices":1}]},
    {"name":"second","title":"Sinä vastasit {r}","elements":[
        {"type":"text","name":"n","inputType":"number","min":1},
        {"type":"matrix","name":"m","columns":["x","y"],"rows":["one","two"],"eachRowRequired":true}]}]}"#;

#[test]
fn a_required_question_blocks_the_way_on_until_it_is_answered() {
    let mut session = session(TWO_PAGES);
    let changed = session.apply(Event::Next);
    assert_eq!(changed.blocked_by, vec!["r".into()]);
    let view = session.question(&"r".into()).expect("on the page");
    assert_eq!(view.problems[0].violation, Violation::Required);

    let changed = session.apply(Event::Choose("r".into(), 3.into()));
    assert!(changed.keys.contains("r") && !changed.keys.contains("c"));
    assert!(
        session
            .question(&"r".into())
            .expect("on the page")
            .problems
            .is_empty()
    );
    assert!(session.apply(Event::Next).stage);
    let outline = session.outline();
    assert_eq!(outline.page.as_deref(), Some("second"));
    assert_eq!(
        outline.title,
        questionnaire::text::RichText::plain("Sinä vastasit three")
    );
    assert_eq!(
        outline.items,
        [Item::Question("n".into()), Item::Question("m".into())]
    );
    assert!(outline.can_go_back && outline.is_last);
    assert!(session.question(&"nothing".into()).is_none());
}

#[test]
fn a_matrix_with_rows_missing_blocks_and_completion_follows_the_review() {
    let mut session = session(TWO_PAGES);
    session.apply(Event::Choose("r".into(), 1.into()));
    session.apply(Event::Next);
    let cell = |row: &str, column: &str| Event::ChooseCell {
        key: "m".into(),
        row: row.into(),
        column: column.into(),
    };
    session.apply(cell("one", "x"));
    assert_eq!(session.apply(Event::Next).blocked_by, vec!["m".into()]);
    let Control::Matrix { rows, .. } = session.question(&"m".into()).expect("there").control else {
        panic!("a matrix");
    };
    assert!(!rows[0].invalid && rows[1].invalid);
    assert_eq!(rows[0].selected, [true, false]);
    session.apply(cell("two", "y"));
    session.apply(Event::Next);
    assert_eq!(session.outline().stage, Stage::Review);
    let review = session.review();
    let lines: Vec<String> = review[1].2[1]
        .answer
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(lines, ["one: x", "two: y"]);
    session.apply(Event::Complete);
    assert_eq!(session.outline().stage, Stage::Completed);
    assert_eq!(
        Value::Object(session.completed_data()).to_string(),
        r#"{"r":1,"m":{"one":"x","two":"y"}}"#
    );
}

#[test]
fn whoever_copies_a_paper_form_may_leave_open_what_it_leaves_open() {
    let mut session = session(
        r#"{"kuuluu":{"declineIf":"{consent} = 'no'"},"pages":[
            {"elements":[{"type":"boolean","name":"consent","isRequired":true,"valueFalse":"no"},
                {"type":"text","name":"t","isRequired":true},
                {"type":"text","name":"n","inputType":"number","min":1},
                {"type":"matrix","name":"m","columns":["x"],"rows":["one"],"eachRowRequired":true}]}]}"#,
    );
    let blocked = |session: &mut Session| session.apply(Event::Next).blocked_by.join(" ");
    session.apply(Event::Type("n".into(), "0".into()));
    assert_eq!(blocked(&mut session), "consent t n m");
    let changed = session.apply(Event::Assist(true));
    assert!(changed.keys.contains("t"), "it looks different at once");
    assert_eq!(blocked(&mut session), "consent n");
    let problems = session.question(&"t".into()).expect("there").problems;
    assert!(problems[0].violation == Violation::Required && !problems[0].blocks);

    let draft = session.draft();
    session.apply(Event::Assist(false));
    assert_eq!(blocked(&mut session), "consent t n m");
    session.resume(&draft);
    assert!(session.is_assisted(), "a draft knows it");
}

#[test]
fn a_slider_says_what_lies_outside_its_bounds_or_between_its_steps() {
    let mut session =
        session(r#"{"elements":[{"type":"slider","name":"s","min":10,"max":50,"step":5}]}"#);
    let first = |session: &mut Session, typed: &str| {
        session.apply(Event::Type("s".into(), typed.to_owned()));
        session.apply(Event::Leave("s".into()));
        session.apply(Event::Next);
        let view = session.question(&"s".into());
        view.and_then(|it| it.problems.into_iter().next().map(|it| it.violation))
    };
    assert_eq!(
        first(&mut session, "7"),
        Some(Violation::TooSmall("10".to_owned()))
    );
    assert_eq!(
        first(&mut session, "55"),
        Some(Violation::TooLarge("50".to_owned()))
    );
    assert_eq!(
        first(&mut session, "17"),
        Some(Violation::NotAStep("5".to_owned()))
    );
    assert_eq!(data(&session), r#"{"s":17}"#, "what was typed stands");
    assert_eq!(first(&mut session, "15"), None);
    assert_eq!(session.outline().stage, Stage::Review);
}

#[test]
fn what_shares_its_title_is_told_apart_by_what_it_stands_in() {
    let session = session(
        r#"{"elements":[
            {"type":"multipletext","name":"who","title":"Contact","items":[{"name":"first"}]},
            {"type":"matrixdropdown","name":"m","columns":[{"name":"c","cellType":"text"}],
                "rows":[{"value":"r1","text":"Plan"}]},
            {"type":"matrixdynamic","name":"d","title":"Things","rowCount":2,
                "columns":[{"name":"c","cellType":"text"}]},
            {"type":"paneldynamic","name":"p","panelCount":1,"templateTitle":"Goal {panelIndex}",
                "templateElements":[{"type":"panel","name":"in","elements":[{"type":"text","name":"t"}]}]}]}"#,
    );
    let around = |key: &str| session.around(&key.into()).join("/");
    assert_eq!(around("who"), "");
    assert_eq!(around("who.first"), "Contact");
    assert_eq!(around("m[r1].c"), "Plan");
    assert_eq!(around("d[1].c"), "Things 2");
    assert_eq!(around("p[0].t"), "Goal 1");
}

#[test]
fn what_stands_in_something_to_be_read_only_is_to_be_read_only() {
    let session = session(
        r#"{"elements":[
            {"type":"multipletext","name":"who","readOnly":true,"items":[{"name":"first","isRequired":true}]},
            {"type":"panel","name":"p","readOnly":true,"elements":[{"type":"text","name":"t","isRequired":true}]},
            {"type":"text","name":"o","isRequired":true,"enableIf":"{t} = 1"}]}"#,
    );
    let view = |key: &str| session.question(&key.into()).expect("there");
    assert!(view("who.first").read_only && view("t").read_only && !view("o").read_only);
    for key in ["who.first", "t", "o"] {
        assert!(!view(key).required, "nobody can answer {key}");
    }
}

#[test]
fn a_review_names_rows_and_entries_as_the_page_does() {
    let mut session = session(
        r#"{"elements":[
            {"type":"matrixdropdown","name":"m","columns":[{"name":"c","cellType":"text"}],
                "rows":[{"value":"r1","text":"Plan"}]},
            {"type":"matrixdynamic","name":"d","rowCount":1,"columns":[{"name":"c","cellType":"text"}]},
            {"type":"paneldynamic","name":"p","panelCount":2,"templateTitle":"Goal {panelIndex}",
                "templateElements":[{"type":"text","name":"t"}]}]}"#,
    );
    for (key, answer) in [
        ("m", r#"{"r1":{"c":"x"}}"#),
        ("d", r#"[{"c":"x"}]"#),
        ("p", r#"[{},{"t":"x"}]"#),
    ] {
        session.apply(Event::SetValue(key.to_owned(), value(answer)));
    }
    let review = session.review();
    let heads = review[0].2.iter().map(|it| it.answer[0].label.as_str());
    assert_eq!(heads.collect::<Vec<_>>(), ["Plan", "1.", "Goal 2"]);
}

#[test]
fn a_review_writes_days_and_times_as_people_do() {
    let mut session = session(
        r#"{"elements":[{"type":"text","name":"a","inputType":"datetime-local"},
            {"type":"text","name":"b","inputType":"time"},{"type":"text","name":"c","inputType":"month"}]}"#,
    );
    for (key, value) in [("a", "2026-03-31T14:05"), ("b", "09:30"), ("c", "2026-03")] {
        session.apply(Event::SetValue(key.to_owned(), value.into()));
    }
    let lines: Vec<String> = session.review()[0]
        .2
        .iter()
        .map(|it| it.answer[0].to_string())
        .collect();
    assert_eq!(lines[0].rsplit(' ').next(), Some("14.05"));
    assert_eq!(lines[1..], ["9.30", "3/2026"]);
}

#[test]
fn a_refused_answer_is_opened_again_at_its_review() {
    let mut session = session(r#"{"elements":[{"type":"text","name":"t"}]}"#);
    session.apply(Event::Reopen);
    assert_eq!(session.outline().stage, Stage::Page, "nothing to open");
    session.apply(Event::Type("t".into(), "a".into()));
    session.apply(Event::Next);
    session.apply(Event::Complete);
    assert!(session.apply(Event::Reopen).stage);
    assert_eq!(session.outline().stage, Stage::Review);
    session.apply(Event::Back);
    session.apply(Event::Type("t".into(), "b".into()));
    assert_eq!(data(&session), r#"{"t":"b"}"#);
}

#[test]
fn exclusive_choices_stand_alone_and_the_limit_holds() {
    let mut session = session(TWO_PAGES);
    session.apply(Event::Toggle("c".into(), "a".into(), true));
    session.apply(Event::Toggle("c".into(), "b".into(), true));
    assert_eq!(data(&session), r#"{"c":["a"]}"#);
    session.apply(Event::Toggle("c".into(), "none".into(), true));
    assert_eq!(data(&session), r#"{"c":["none"]}"#);
    session.apply(Event::Toggle("c".into(), "b".into(), true));
    assert_eq!(data(&session), r#"{"c":["b"]}"#);
    session.apply(Event::Toggle("c".into(), "b".into(), false));
    assert_eq!(data(&session), "{}");
}

#[test]
fn what_was_typed_stays_visible_until_it_is_valid() {
    let mut session = session(TWO_PAGES);
    session.apply(Event::Choose("r".into(), 1.into()));
    session.apply(Event::Next);
    let text = |session: &Session| match session.question(&"n".into()).expect("there").control {
        Control::Text(field) => field.text,
        other => panic!("{other:?}"),
    };
    session.apply(Event::Type("n".into(), "kaksi".into()));
    assert_eq!(text(&session), "kaksi");
    assert_eq!(session.data().get("n"), None);
    session.apply(Event::Leave("n".into()));
    let problems = session.question(&"n".into()).expect("there").problems;
    assert_eq!(problems[0].violation, Violation::NotANumber);
    session.apply(Event::Type("n".into(), "1 250,50".into()));
    assert_eq!(session.data().get("n"), Some(&Value::Number(1250.5)));
    assert_eq!(text(&session), "1 250,50");
    session.apply(Event::Leave("n".into()));
    assert_eq!(text(&session), "1250,5");
}

#[test]
fn a_text_longer_than_its_limit_blocks() {
    let mut session = session(
        r#"{"maxTextLength":5,"pages":[{"elements":[
            {"type":"comment","name":"own","maxLength":3},
            {"type":"comment","name":"inherited"},
            {"type":"text","name":"without","maxLength":0}]}]}"#,
    );
    for (name, fits, is_long) in [("own", "äöå", "äöåx"), ("inherited", "12345", "123456")] {
        session.apply(Event::Type(name.into(), is_long.to_owned()));
        assert_eq!(session.apply(Event::Next).blocked_by, vec![name.into()]);
        let view = session.question(&name.into()).expect("on the page");
        assert!(matches!(view.problems[0].violation, Violation::TooLong(_)));
        session.apply(Event::Type(name.into(), fits.to_owned()));
        let view = session.question(&name.into()).expect("on the page");
        assert_eq!(view.problems, []);
    }
    session.apply(Event::Type("without".into(), "a".repeat(9000)));
    assert_eq!(session.apply(Event::Next).blocked_by, vec![]);
}

#[test]
fn rows_are_added_removed_and_brought_back() {
    let mut session = session(
        r#"{"elements":[{"type":"paneldynamic","name":"goals","minPanelCount":0,"panelCount":1,
            "templateElements":[{"type":"text","name":"title"}]}]}"#,
    );
    session.apply(Event::Type("goals[0].title".into(), "liikunta".into()));
    let changed = session.apply(Event::Add("goals".into(), None));
    assert_eq!(changed.focus.as_deref(), Some("goals[1].title"));
    session.apply(Event::Type("goals[1].title".into(), "ravinto".into()));
    session.apply(Event::Remove("goals".into(), 0));
    assert_eq!(data(&session), r#"{"goals":[{"title":"ravinto"}]}"#);
    session.apply(Event::UndoRemove("goals".into()));
    assert_eq!(
        data(&session),
        r#"{"goals":[{"title":"liikunta"},{"title":"ravinto"}]}"#
    );
    let first = session.question(&"goals[0].title".into()).expect("there");
    assert!(matches!(first.control, Control::Text(field) if field.text == "liikunta"));
}

#[test]
fn a_draft_brings_answers_and_place_back_and_names_what_does_not_fit() {
    let mut before = session(TWO_PAGES);
    before.apply(Event::Choose("r".into(), 3.into()));
    before.apply(Event::Next);
    before.apply(Event::Type("n".into(), "5".into()));
    let mut draft = before.draft();
    let mut after = session(TWO_PAGES);
    assert_eq!(after.resume(&draft), Vec::<String>::new());
    assert_eq!(after.outline().page.as_deref(), Some("second"));
    assert_eq!(data(&after), data(&before));

    if let Value::Object(draft) = &mut draft {
        draft.insert("answers", value(r#"{"r":1,"c":"not a list","gone":1}"#));
    }
    let mut after = session(TWO_PAGES);
    assert_eq!(after.resume(&draft), ["c", "gone"]);
    assert_eq!(data(&after), r#"{"r":1}"#);
}

#[test]
fn a_draft_brings_back_what_was_typed_and_cannot_be_read() {
    let file = r#"{"pages":[{"elements":[{"type":"text","name":"n","inputType":"number"}]}]}"#;
    let mut before = session(file);
    before.apply(Event::Type("n".into(), "2 h".to_owned()));
    let mut after = session(file);
    assert_eq!(after.resume(&before.draft()), Vec::<String>::new());
    let view = after.question(&"n".into()).expect("on the page");
    assert!(matches!(&view.control, Control::Text(field) if field.text == "2 h"));
    assert_eq!(view.problems[0].violation, Violation::NotANumber);
    assert_eq!(after.draft().to_string(), before.draft().to_string());
}

#[test]
fn nothing_adds_up_to_nothing() {
    let session = session(
        r#"{"kuuluu":{"id":"s","version":"1","languages":["fi"],"mode":"anonymous"},"pages":[{"elements":[
            {"type":"matrixdynamic","name":"rows","rowCount":2,"columns":[
                {"name":"hours","cellType":"text","inputType":"number","totalType":"sum"}]}]}]}"#,
    );
    let view = session.question(&"rows".into()).expect("on the page");
    let Control::Rows(group) = &view.control else {
        panic!("{:?}", view.control)
    };
    assert_eq!(group.totals, ["0"]);
}

#[test]
fn a_draft_keeps_rows_that_are_counted_by_a_later_answer() {
    let file = r#"{"kuuluu":{"id":"x"},"elements":[
        {"type":"text","inputType":"number","name":"n"},
        {"type":"matrixdynamic","name":"m","rowCountExpression":"{n}","columns":[{"name":"a","cellType":"text"}]}]}"#;
    let survey = Rc::new(Survey::read(&Value::parse(file).expect("JSON")).survey);
    let set = |session: &mut Session, name: &str, value: &str| {
        let value = Value::parse(value).expect("JSON");
        session.apply(Event::SetValue(name.to_owned(), value));
    };
    let mut session = Session::start(Rc::clone(&survey), environment());
    set(&mut session, "n", "2");
    set(&mut session, "m", r#"[{"a":"x"},{"a":"y"}]"#);
    set(&mut session, "n", "null");
    let rows = session.data().get("m").cloned();
    assert!(rows.is_some(), "a number being typed anew costs no answers");
    for count in ["null", "2"] {
        set(&mut session, "n", count);
        let mut later = Session::start(Rc::clone(&survey), environment());
        assert!(later.resume(&session.draft()).is_empty());
        assert_eq!(later.data().get("m").cloned(), rows);
    }
}

#[test]
fn nothing_that_acts_acts_again_when_a_draft_is_taken_up() {
    let file = r#"{"kuuluu":{"id":"x"},
        "triggers":[{"type":"setvalue","expression":"{a} = 'yes'","setToName":"b","setValue":"set"}],
        "elements":[
            {"type":"text","name":"b"},
            {"type":"text","name":"c","setValueExpression":"{a}"},
            {"type":"text","name":"d","defaultValue":"default"},
            {"type":"text","name":"a"}]}"#;
    let mut before = session(file);
    for (key, text) in [("a", "yes"), ("b", ""), ("c", "mine"), ("d", "")] {
        before.apply(Event::Type(key.into(), text.into()));
    }
    assert_eq!(data(&before), r#"{"a":"yes","c":"mine"}"#);
    let mut after = session(file);
    assert!(after.resume(&before.draft()).is_empty());
    assert_eq!(data(&after), data(&before));
    // Taken up, it acts as ever.
    after.apply(Event::Type("a".into(), "no".into()));
    after.apply(Event::Type("a".into(), "yes".into()));
    assert_eq!(data(&after), r#"{"a":"yes","c":"yes","b":"set"}"#);
}

#[test]
fn what_is_no_date_has_no_place_before_or_after_one() {
    let survey = r#"{"elements": [{"type": "text", "name": "d", "inputType": "date",
        "min": "2026-01-01", "max": "2026-12-31"}]}"#;
    for (given, is_wrong) in [
        (r#""2026-05-01""#, false),
        (r#""2025-12-31""#, true),
        (r#""2027-01-01T00:00""#, true),
        (r#""31.12.2025""#, false),
        ("5", true),
        (r#"["2025-12-31"]"#, true),
    ] {
        let mut session = session(survey);
        session.apply(Event::SetValue("d".into(), value(given)));
        session.check_all();
        let states = session.question_states();
        assert_eq!(!states[0].errors.is_empty(), is_wrong, "{given}");
    }
}

#[test]
fn a_panel_that_is_shown_brings_back_defaults_that_were_taken_away() {
    let mut session = session(
        r#"{"elements": [{"type": "text", "name": "n"}, {"type": "panel", "name": "p",
            "visibleIf": "{n} notempty",
            "elements": [{"type": "text", "name": "own", "defaultValue": "d"}]}]}"#,
    );
    session.apply(Event::SetValue("own".into(), Value::Null));
    assert_eq!(data(&session), "{}");
    session.apply(Event::SetValue("n".into(), value("1")));
    assert_eq!(data(&session), r#"{"n":1,"own":"d"}"#);
}

#[test]
fn totals_of_a_table_in_a_panel_are_part_of_the_panel() {
    let mut session = session(
        r#"{"elements": [{"type": "paneldynamic", "name": "p", "panelCount": 1,
            "templateElements": [
                {"type": "matrixdynamic", "name": "m", "rowCount": 1, "columns": [
                    {"name": "x", "cellType": "text", "inputType": "number", "totalType": "sum"}]},
                {"type": "expression", "name": "double", "expression": "{panel.m-total.x} * 2"}]}]}"#,
    );
    let empty = r#"{"p":[{"m-total":{"x":0},"double":0}]}"#;
    assert_eq!(data(&session), empty);
    session.apply(Event::Type("p[0].m[0].x".into(), "4".to_owned()));
    let filled = r#"{"m-total":{"x":4},"double":8,"m":[{"x":4}]}"#;
    assert_eq!(data(&session), format!(r#"{{"p":[{filled}]}}"#));
    session.apply(Event::Add("p".into(), None));
    assert_eq!(
        data(&session),
        format!(r#"{{"p":[{filled},{{"m-total":{{"x":0}},"double":0}}]}}"#)
    );
}

#[test]
fn what_means_other_goes_on_meaning_it_once_the_choices_are_gone() {
    let mut session = session(
        r#"{"elements": [{"type": "text", "name": "g"},
            {"type": "radiogroup", "name": "q", "choicesFromQuestion": "s",
                "choicesFromQuestionMode": "selected", "showOtherItem": true},
            {"type": "checkbox", "name": "s", "choices": ["a", "b"], "visibleIf": "{g} = 1"}]}"#,
    );
    session.apply(Event::SetValue("s".into(), value(r#"["a"]"#)));
    session.apply(Event::SetValue("q".into(), value(r#""b""#)));
    let sent = Value::Object(session.completed_data()).to_string();
    assert_eq!(sent, r#"{"q":"b","q-Comment":"b"}"#);
}
