//! What a survey file means, and what is said when it means nothing.

use expect_test::{Expect, expect};
use json::{Object, Value};
use proptest::prelude::*;
use questionnaire::definition::{
    Choices, Column, Element, Kind, Parsed, Preview, Question, QuestionNumbers, QuestionsOnPage,
    Survey, TriggerKind,
};

fn parse(text: &str) -> Parsed {
    Survey::parse(text)
}

/// One line per problem.
fn said(text: &str, expected: Expect) {
    let lines: Vec<String> = parse(text)
        .problems
        .iter()
        .map(|it| format!("{:?} {} {it}\n", it.severity, it.code))
        .collect();
    expected.assert_eq(&lines.concat());
}

/// The only question of a survey with one element.
fn question(element: &str) -> Question {
    let parsed = parse(&format!(r#"{{"elements":[{element}]}}"#));
    match &parsed.survey.pages[0].panel.elements[0] {
        Element::Question(question) => question.as_ref().clone(),
        Element::Panel(_) => panic!("a panel"),
    }
}

fn choices_of(kind: Kind) -> Choices {
    match kind {
        Kind::Single { choices, .. } | Kind::Multiple { choices, .. } => choices,
        other => panic!("no choices: {other:?}"),
    }
}

fn values(choices: &Choices) -> String {
    let values = choices.items.iter().map(|it| it.value.clone());
    Value::List(values.collect()).to_string()
}

#[test]
fn choices_are_read_in_all_their_forms() {
    let question = question(
        r#"{"type":"radiogroup","name":"a","choices":["x|Eks","y|","|z","a|b|c",1,true,
            {"value":2,"text":"two"},{"value":"q|r"},{"value":{"k":1},"text":"o"}]}"#,
    );
    let choices = choices_of(question.kind);
    assert_eq!(values(&choices), r#"["x","y","","a",1,true,2,"q",{"k":1}]"#);
    let texts: Vec<&str> = choices
        .items
        .iter()
        .map(|it| it.text.get("default").unwrap_or_default())
        .collect();
    assert_eq!(texts, ["Eks", "", "z", "b|c", "", "", "two", "r", "o"]);
}

#[test]
fn numbers_from_least_to_greatest_become_choices_after_the_written_ones() {
    for (properties, expected) in [
        (
            r#""choicesMin":1,"choicesMax":5,"choicesStep":2"#,
            "[1,3,5]",
        ),
        (
            r#""choices":["a"],"choicesMin":1,"choicesMax":3"#,
            r#"["a",1,2,3]"#,
        ),
        (r#""choicesMin":3,"choicesMax":1"#, "[]"),
        (r#""choicesMax":2"#, "[0,1,2]"),
        (
            r#""choicesMin":1,"choicesMax":3,"choicesStep":0"#,
            "[1,2,3]",
        ),
        (r#""choicesMin":0,"choicesMax":1e9"#, "[]"),
    ] {
        let question = question(&format!(r#"{{"type":"dropdown","name":"a",{properties}}}"#));
        assert_eq!(values(&choices_of(question.kind)), expected, "{properties}");
    }
}

/// Vectors made with survey-core 3.1.1.
#[test]
fn a_rating_has_the_points_of_the_reference() {
    for (properties, expected) in [
        (r#""x":0"#, "[1,2,3,4,5]"),
        (r#""rateMin":0,"rateMax":10"#, "[0,1,2,3,4,5,6,7,8,9,10]"),
        (r#""rateCount":7"#, "[1,2,3,4,5]"),
        (r#""rateCount":7,"rateMin":0"#, "[0,1,2,3,4,5,6]"),
        (r#""rateStep":2,"rateMax":9"#, "[1,3,5,7,9]"),
        (r#""rateStep":3,"rateMax":9"#, "[1,4,7]"),
        (r#""rateValues":[1,2,3]"#, "[1,2,3]"),
        (r#""rateValues":[1,2,3],"autoGenerate":true"#, "[1,2,3,4,5]"),
        (r#""rateValues":[1,2],"rateMax":4"#, "[1,2]"),
        (r#""autoGenerate":false,"rateMin":2,"rateMax":4"#, "[2,3,4]"),
        (r#""rateMin":5,"rateMax":2"#, "[2]"),
        (r#""rateStep":0.5,"rateMax":3"#, "[1,1.5,2,2.5,3]"),
        (
            r#""rateType":"smileys","rateMax":15"#,
            "[1,2,3,4,5,6,7,8,9,10]",
        ),
        (
            r#""rateMin":0.1,"rateStep":0.1,"rateMax":0.5"#,
            "[0.1,0.2,0.3,0.4,0.5]",
        ),
        (r#""rateMin":1,"rateMax":1"#, "[1]"),
        (
            r#""rateType":"stars","rateCount":4,"rateMax":9"#,
            "[6,7,8,9]",
        ),
        (
            r#""rateMin":1,"rateMax":100"#,
            "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]",
        ),
    ] {
        let question = question(&format!(r#"{{"type":"rating","name":"a",{properties}}}"#));
        let Kind::Rating { items, .. } = question.kind else {
            panic!("no rating");
        };
        let points = items.iter().map(|it| it.choice.value.clone()).collect();
        assert_eq!(Value::List(points).to_string(), expected, "{properties}");
    }
}

/// Vectors made with survey-core 3.1.1.
#[test]
fn settings_of_earlier_versions_are_understood() {
    let read = |text: &str| parse(text).survey;
    for (value, shown) in [
        ("true", true),
        ("false", false),
        ("\"top\"", true),
        ("\"both\"", true),
        ("\"off\"", false),
    ] {
        let survey = read(&format!(r#"{{"showProgressBar":{value}}}"#));
        assert_eq!(survey.show_progress_bar, shown, "{value}");
    }
    for (value, shown) in [("\"none\"", false), ("\"both\"", true), ("false", false)] {
        let survey = read(&format!(r#"{{"showNavigationButtons":{value}}}"#));
        assert_eq!(survey.show_navigation_buttons, shown, "{value}");
    }
    for (value, preview) in [
        ("\"showAllQuestions\"", Preview::AllQuestions),
        ("\"showAnsweredQuestions\"", Preview::AnsweredQuestions),
        ("\"noPreview\"", Preview::Off),
        (
            "true,\"previewMode\":\"answeredQuestions\"",
            Preview::AnsweredQuestions,
        ),
        ("true", Preview::AllQuestions),
    ] {
        let survey = read(&format!(r#"{{"showPreviewBeforeComplete":{value}}}"#));
        assert_eq!(survey.preview, preview, "{value}");
    }
    for (value, numbers) in [
        ("true", QuestionNumbers::On),
        ("false", QuestionNumbers::Off),
        ("\"onpage\"", QuestionNumbers::OnPage),
    ] {
        let survey = read(&format!(r#"{{"showQuestionNumbers":{value}}}"#));
        assert_eq!(survey.show_question_numbers, numbers, "{value}");
    }
    assert!(read(r#"{"mode":"display"}"#).read_only);
    assert_eq!(read(r#"{"requiredText":"(!)"}"#).required_mark, "(!)");
    assert_eq!(
        read(r#"{"isSinglePage":true}"#).questions_on_page_mode,
        QuestionsOnPage::SinglePage
    );
    assert!(read(r#"{"goNextPageAutomatic":true}"#).auto_advance_enabled);
}

#[test]
fn old_property_names_are_understood() {
    let boolean = question(r#"{"type":"boolean","name":"a","label":"L","renderAs":"checkbox"}"#);
    assert_eq!(boolean.title.get("default"), Some("L"));
    assert!(format!("{:?}", boolean.kind).contains("display: Checkbox"));
    let select = question(
        r#"{"type":"checkbox","name":"a","hasOther":true,"hasNone":true,"hasSelectAll":true,"hasComment":true}"#,
    );
    assert!(select.show_comment_area);
    let choices = choices_of(select.kind);
    assert!(choices.other.is_some() && choices.none.is_some() && choices.select_all.is_some());
    let matrix = question(
        r#"{"type":"matrix","name":"a","isAllRowRequired":true,"rowsOrder":"random","columns":[1],"rows":["r|R"]}"#,
    );
    assert!(format!("{:?}", matrix.kind).contains("each_row_required: true"));
    assert!(format!("{:?}", matrix.kind).contains("row_order: Random"));
}

#[test]
fn an_empty_file_has_the_defaults_of_the_format() {
    let survey = parse("{}").survey;
    assert!(survey.show_title && survey.show_page_titles && survey.show_prev_button);
    assert!(survey.show_navigation_buttons && survey.show_complete_page);
    assert!(survey.store_others_as_comment && survey.auto_advance_allow_complete);
    assert_eq!(survey.required_mark, "*");
    assert_eq!(survey.show_question_numbers, QuestionNumbers::Off);
    assert!(survey.pages.is_empty());
    let text = question(r#"{"type":"text","name":"a"}"#);
    assert!(
        text.visible && text.show_number && text.use_display_values && text.start_with_new_line
    );
    assert!(text.title.is_empty());
}

#[test]
fn columns_take_the_matrix_s_cell_type_and_choices() {
    let matrix = question(
        r#"{"type":"matrixdynamic","name":"m","cellType":"radiogroup","choices":[1,2],"columns":["c1",
            {"name":"c2","choices":[3]},{"name":"c3","cellType":"text","inputType":"number","isRequired":true}]}"#,
    );
    let Kind::MatrixDynamic {
        columns, row_count, ..
    } = matrix.kind
    else {
        panic!("no matrix");
    };
    assert_eq!(row_count, 2);
    let shown: Vec<String> = columns
        .iter()
        .map(
            |Column {
                 question,
                 cell_type,
                 ..
             }| match &question.kind {
                Kind::Single { choices, .. } => {
                    format!("{} {cell_type:?} {}", question.name, values(choices))
                }
                Kind::Text { field } => format!(
                    "{} {:?} {}",
                    question.name, field.input_type, question.is_required
                ),
                other => format!("{other:?}"),
            },
        )
        .collect();
    assert_eq!(
        shown,
        ["c1 Radiogroup [1,2]", "c2 Radiogroup [3]", "c3 Number true"]
    );
}

#[test]
fn triggers_of_the_oldest_form_get_an_expression() {
    let survey = parse(
        r#"{"triggers":[{"type":"visibletrigger","name":"a","operator":"equal","value":"it's","questions":["b"]},
            {"type":"complete","name":"x","operator":"notempty"}]}"#,
    )
    .survey;
    let sources: Vec<&str> = survey
        .triggers
        .iter()
        .map(|it| &*it.expression.source)
        .collect();
    assert_eq!(sources, [r"{a} equal 'it\'s'", "{x} notempty"]);
    assert!(matches!(survey.triggers[1].kind, TriggerKind::Complete));
}

#[test]
fn a_default_row_of_cells_stands_for_all_rows() {
    let matrix = question(
        r#"{"type":"matrix","name":"m","rows":["a","b"],"columns":[1,2],
            "cells":{"default":{"1":"x"},"b":{"1":"y","2":"z"}}}"#,
    );
    let Kind::Matrix { cells, .. } = matrix.kind else {
        panic!("no matrix");
    };
    let shown: Vec<String> = cells
        .iter()
        .map(|(row, column, text)| {
            format!(
                "{}{}{}",
                row.to_string(),
                column.to_string(),
                text.get("default").unwrap_or_default()
            )
        })
        .collect();
    assert_eq!(shown, ["\"a\"1x", "\"b\"1y", "\"b\"2z"]);
}

#[test]
fn what_is_not_known_is_named_with_its_place_and_what_was_probably_meant() {
    said(
        r#"{"titel":"x","elements":[{"type":"radiogruop","name":"a"},{"type":"text","name":"b","isRequird":true,
            "inputType":"numbr"},{"type":"signaturepad","name":"s"},{"name":"n"},
            {"type":"checkbox","name":"c","choicesByUrl":{"url":"https://x.example"},"titleLocation":5},
            {"type":"text","name":"b"},{"type":"text"},"x",
            {"type":"comment","name":"d","validators":[{"type":"numerik"}],"rows":-2,"width":"50%"}],
            "triggers":[{"type":"hide"}]}"#,
        expect![[r#"
            Error element/unknown-type /elements/0/type: found "radiogruop", expected a type of question (radiogroup)
            Error property/invalid-value /elements/1/inputType: found "numbr", expected text, number, range, date, datetime-local, time, month, week, email, tel, url, color, password, datetime (number)
            Error property/unknown /elements/1/isRequird: found isRequird, expected a property of this object (isRequired)
            Error feature/refused /elements/2/type: found "signaturepad", expected no signatures: they tell who answers
            Error element/unknown-type /elements/3: found an object, expected a type
            Error feature/refused /elements/4/choicesByUrl: found an object, expected nothing from elsewhere: it tells a third party who answers (leave out choicesByUrl)
            Error property/invalid-value /elements/4/titleLocation: found 5, expected default, top, bottom, left, hidden
            Error name/duplicate /elements/5: found b, expected a name that no other element has
            Error property/required /elements/6: found nothing, expected a name
            Error json/type /elements/7: found "x", expected an object
            Error json/type /elements/8/rows: found -2, expected a whole number, 0 or greater
            Error validator/unknown-type /elements/8/validators/0/type: found "numerik", expected numeric, text, answercount, regex, email, expression (numeric)
            Warning property/ignored /elements/8/width: found width, expected nothing: Kuuluu draws pages in its own way
            Error trigger/unknown-type /triggers/0/type: found "hide", expected visible, complete, setvalue, copyvalue, skip, runexpression
            Error property/unknown /titel: found titel, expected a property of this object (title)
        "#]],
    );
}

#[test]
fn every_language_that_is_declared_must_have_every_text() {
    said(
        r#"{"kuuluu":{"languages":["fi","sv","fi-x-selko"]},"title":"Otsikko","description":{"default":"a","sv":"b"},
            "elements":[{"type":"radiogroup","name":"q","title":{"fi":"a","sv":" ","en":"c","xx1!":"d"},
            "choices":[{"value":1,"text":"1–2"},{"value":2,"text":{"fi":"kaksi","sv":"två","fi-x-selko":"2"}}]}]}"#,
        expect![[r#"
            Error language/missing /title: found no text, expected sv
            Warning language/undeclared /elements/0/title/en: found en, expected a language of kuuluu.languages
            Error language/unknown /elements/0/title/xx1!: found xx1!, expected a language tag
            Error language/missing /elements/0/title: found no text, expected sv
        "#]],
    );
}

#[test]
fn markup_and_addresses_that_could_harm_are_errors() {
    said(
        r#"{"navigateToUrl":"javascript:x","navigateToUrlOnCondition":[{"expression":"","url":"https://x.example/{a}"}],
            "completedHtml":"<script>x</script><u>a</u><a href='data:x'>b</a>",
            "elements":[{"type":"image","name":"i","imageLink":"https://x.example/a.png"},
            {"type":"html","name":"h","html":"<p onclick=x>a</p>"}]}"#,
        expect![[r#"
            Error feature/refused /elements/0: found an object, expected imageLink to a picture of this site: others would learn who answers
            Error html/active /elements/1/html: found onclick, expected p, h2 to h6, ul, ol, li, strong, em, br, span with lang, or a with a safe address
            Error html/active /completedHtml: found script, expected p, h2 to h6, ul, ol, li, strong, em, br, span with lang, or a with a safe address
            Warning html/element /completedHtml: found u, expected p, h2 to h6, ul, ol, li, strong, em, br, span with lang, or a with a safe address
            Error html/link /completedHtml: found data:x, expected p, h2 to h6, ul, ol, li, strong, em, br, span with lang, or a with a safe address
            Error url/refused /navigateToUrl: found "javascript:x", expected an https: address or one of this site
            Error url/answer-in-address /navigateToUrlOnCondition/0/url: found "https://x.example/{a}", expected an address without answers in it: it would tell them to another site
        "#]],
    );
}

#[test]
fn text_that_is_not_json_says_where() {
    said(
        "{\n  \"title\": }",
        expect![[r#"
        Error json/syntax /: found line 2, column 12: expected a value, expected JSON
    "#]],
    );
    said(
        "[]",
        expect![[r#"
        Error json/type /: found a list of 0, expected an object
    "#]],
    );
}

#[test]
fn deep_and_long_files_are_bounded() {
    let mut element = Value::Object(Object::new());
    for depth in 0..400 {
        let mut panel = Object::new();
        panel.insert("type", "panel".into());
        panel.insert("name", format!("p{depth}").into());
        panel.insert("elements", Value::List(vec![element]));
        element = Value::Object(panel);
    }
    let mut survey = Object::new();
    survey.insert("elements", Value::List(vec![element]));
    let parsed = Survey::read(&Value::Object(survey));
    assert_eq!(parsed.problems.len(), 1);
    assert_eq!(parsed.problems[0].code, "element/too-deep");

    let many: Object = (0..5_000)
        .map(|it| (format!("x{it}"), Value::Bool(true)))
        .collect();
    let parsed = Survey::read(&Value::Object(many));
    assert_eq!(parsed.problems.len(), 1_001);
    assert_eq!(parsed.problems[1_000].code, "survey/too-many-problems");
}

/// Names and values of the format, put together in any way.
fn any_json() -> impl Strategy<Value = Value> {
    let names = || {
        prop::sample::select(vec![
            "pages",
            "elements",
            "type",
            "name",
            "title",
            "choices",
            "value",
            "text",
            "visibleIf",
            "validators",
            "kuuluu",
            "languages",
            "columns",
            "rows",
            "cells",
            "rateValues",
            "rateMin",
            "rateMax",
            "rateStep",
            "rateCount",
            "choicesMin",
            "choicesMax",
            "choicesStep",
            "items",
            "templateElements",
            "detailElements",
            "maskType",
            "maskSettings",
            "dataList",
            "bindings",
            "triggers",
            "calculatedValues",
            "expression",
            "disclosure",
            "crossings",
            "instrument",
            "frame",
            "minRowCount",
            "maxRowCount",
            "rowCount",
            "panelCount",
            "customLabels",
            "cellType",
            "html",
            "opens",
            "default",
            "fi",
            "step",
            "min",
            "max",
            "",
        ])
    };
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<f64>().prop_map(Value::Number),
        (-3..12_i32).prop_map(Value::from),
        any::<String>().prop_map(Value::Text),
        prop::sample::select(vec![
            "radiogroup",
            "checkbox",
            "dropdown",
            "tagbox",
            "rating",
            "boolean",
            "text",
            "comment",
            "matrix",
            "html",
            "panel",
            "multipletext",
            "image",
            "expression",
            "ranking",
            "matrixdropdown",
            "matrixdynamic",
            "paneldynamic",
            "imagepicker",
            "slider",
            "numeric",
            "setvalue",
            "{a} > 1",
            "fi",
            "a|b",
            "<b>x",
            "2026-01-01",
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(8, 200, 12, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::List),
            prop::collection::vec((names().prop_map(str::to_owned), inner), 0..12)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// A question of each type with properties of any kind.
fn any_question() -> impl Strategy<Value = Value> {
    let types = prop::sample::select(vec![
        "radiogroup",
        "checkbox",
        "dropdown",
        "tagbox",
        "rating",
        "boolean",
        "text",
        "comment",
        "matrix",
        "html",
        "panel",
        "multipletext",
        "image",
        "expression",
        "ranking",
        "matrixdropdown",
        "matrixdynamic",
        "paneldynamic",
        "imagepicker",
        "slider",
    ]);
    (types, any_json()).prop_map(|(kind, value)| {
        let mut object = match value {
            Value::Object(object) => object,
            other => [
                ("choices".to_owned(), other.clone()),
                ("columns".to_owned(), other),
            ]
            .into_iter()
            .collect(),
        };
        object.insert("type", kind.into());
        object.insert("name", "q".into());
        Value::Object(object)
    })
}

proptest! {
    #[test]
    fn any_document_is_read_without_panic(document in any_json()) {
        let _ = Survey::read(&document);
    }

    #[test]
    fn any_question_is_kept_or_has_a_problem(element in any_question()) {
        let mut survey = Object::new();
        survey.insert("elements", Value::List(vec![element]));
        let parsed = Survey::read(&Value::Object(survey));
        let kept = parsed.survey.pages.iter().map(|page| page.panel.elements.len()).sum::<usize>();
        prop_assert!(kept == 1 || !parsed.problems.is_empty());
    }

    #[test]
    fn any_text_is_parsed_without_panic(text in any::<String>()) {
        let _ = Survey::parse(&text);
    }
}
