//! What controls look like, as text.

use questionnaire::definition::{InputType, Meaning, RateDisplay};
use questionnaire::session::{
    ChoiceView, ColumnView, Control, FieldView, MatrixRowView, ProblemView, QuestionView, Violation,
};
use questionnaire::text::RichText;

use super::frame::Asked;
use super::{fields, matrix, scale, select};
use crate::ui::combobox::Open;
use crate::ui::markup::{Element, Node};

fn view(control: Control) -> QuestionView {
    QuestionView {
        key: "q".into(),
        number: Some("1.".to_owned()),
        title: RichText::plain("How are you?"),
        title_hidden: false,
        description: RichText::default(),
        required: true,
        enabled: true,
        read_only: false,
        sensitive: false,
        answered: false,
        problems: Vec::new(),
        comment: None,
        control,
    }
}

fn point(value: i32, text: &str, meaning: Option<Meaning>) -> ChoiceView {
    ChoiceView {
        value: value.into(),
        text: RichText::plain(text),
        selected: value == 2,
        enabled: true,
        meaning,
        exclusive: false,
        image: None,
        comment: None,
        items: Vec::new(),
    }
}

fn html(view: &QuestionView, draw: impl FnOnce(&Asked<'_>) -> Element) -> String {
    let asked = Asked {
        view,
        id: "q-q",
        row: None,
    };
    Node::Element(draw(&asked)).html()
}

#[track_caller]
fn check(html: &str, parts: &[&str]) {
    for part in parts {
        assert!(html.contains(part), "no {part} in {html}");
    }
}

#[test]
fn a_field_is_labelled_described_by_its_message_and_says_that_it_is_wrong() {
    let mut view = view(Control::Computed(String::new()));
    view.problems = vec![ProblemView {
        blocks: true,
        violation: Violation::NotANumber,
        text: "Write a number.".to_owned(),
    }];
    let field = FieldView {
        input_type: InputType::Number,
        text: "many".to_owned(),
        placeholder: String::new(),
        min: None,
        max: None,
        step: None,
        max_length: 0,
        suggestions: Vec::new(),
    };
    let html = html(&view, |asked| fields::text(asked, &field));
    check(
        &html,
        &[
            "<label for=\"q-q-input\"",
            "aria-describedby=\"q-q-error\"",
            "aria-invalid=\"true\"",
            "aria-required=\"true\"",
            "inputmode=\"decimal\"",
            "value=\"many\"",
            "Write a number.",
        ],
    );
}

#[test]
fn what_is_no_point_of_a_scale_stands_apart_from_it() {
    let view = view(Control::Computed(String::new()));
    let points = [
        point(1, "1", None),
        point(2, "2", None),
        point(9, "I can't say", Some(Meaning::DontKnow)),
    ];
    let ends = scale::Ends {
        min: &RichText::plain("bad"),
        max: &RichText::plain("good"),
    };
    let html = html(&view, |asked| {
        scale::rating(asked, &points, &ends, RateDisplay::Labels)
    });
    let (scale, apart) = html.split_once("scale__apart").unwrap_or_default();
    check(scale, &["role=\"radiogroup\"", "1 = bad", "2 = good"]);
    assert_eq!(scale.matches("type=\"radio\"").count(), 2);
    check(apart, &["I can't say"]);
}

#[test]
fn an_open_list_shows_what_is_found_and_points_at_the_active_option() {
    let view = view(Control::Computed(String::new()));
    let choices = [point(1, "Forssa", None), point(2, "Hattula", None)];
    let open = Open {
        open: true,
        query: Some("hat".to_owned()),
        active: Some(0),
    };
    let html = html(&view, |asked| {
        select::searched(asked, &choices, "", &open, None)
    });
    check(
        &html,
        &[
            "aria-expanded=\"true\"",
            "aria-activedescendant=\"q-q-input-o1\"",
            "id=\"q-q-input-o1\"",
            "value=\"hat\"",
        ],
    );
    assert!(!html.contains("Forssa"), "{html}");
}

fn scale_of_two(narrow: bool) -> impl FnOnce(&Asked<'_>) -> Element {
    move |asked| {
        let column = |value: i32, text: &str| ColumnView {
            value: value.into(),
            text: RichText::plain(text),
            meaning: None,
            exclusive: false,
        };
        let rows = [MatrixRowView {
            value: "home".into(),
            text: RichText::plain("At home"),
            selected: vec![false, true],
            cell_texts: vec![None, None],
            enabled: true,
            invalid: false,
        }];
        let matrix = matrix::Matrix {
            columns: &[column(1, "No"), column(2, "Yes")],
            rows: &rows,
            several: false,
            header: true,
            narrow,
        };
        matrix::matrix(asked, &matrix)
    }
}

#[test]
fn a_wide_matrix_is_a_table_whose_cells_are_named_by_row_and_column() {
    let view = view(Control::Computed(String::new()));
    check(
        &html(&view, scale_of_two(false)),
        &[
            "<th scope=\"row\" id=\"q-q-r0\">At home",
            "aria-labelledby=\"q-q-r0 q-q-c1\"",
        ],
    );
}

#[test]
fn a_narrow_matrix_is_a_group_for_each_row_with_the_scale_in_words() {
    let view = view(Control::Computed(String::new()));
    let html = html(&view, scale_of_two(true));
    check(
        &html,
        &["role=\"radiogroup\"", "At home", ">No<", ">Yes<", "checked"],
    );
    assert!(!html.contains("<table"), "{html}");
}
