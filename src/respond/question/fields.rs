//! What is typed: one line, several lines, several fields.

use questionnaire::definition::{InputType, Mode};
use questionnaire::session::{CellView, FieldView};

use super::frame::{Asked, Shape, filled, hint, optional};
use super::{live, rich};
use crate::respond::handle::SessionHandle;
use crate::respond::personal;
use crate::ui::markup::{Element, el};
use crate::ui::message::message;
use crate::words::{t, t_with};

/// One line.
#[inline(never)]
pub(super) fn text(asked: &Asked<'_>, view: &FieldView) -> Element {
    let is_date = view.input_type == InputType::Date;
    let more: &[&str] = if is_date { &["hint"] } else { &[] };
    let list = asked.part("list");
    let field = asked
        .field(el("input"), more)
        .attr("class", "field")
        .attr("type", native_type(view.input_type))
        .attr("data-do", "type")
        .attr("data-length", length(view.input_type))
        .attr("autocomplete", autocomplete(view.input_type))
        .maybe("inputmode", keyboard(view.input_type).map(str::to_owned))
        .maybe("placeholder", filled(&view.placeholder))
        .maybe(
            "maxlength",
            (view.max_length > 0).then(|| view.max_length.to_string()),
        )
        .maybe("list", (!view.suggestions.is_empty()).then(|| list.clone()))
        .value(view.text.clone());
    let suggestions = (!view.suggestions.is_empty()).then(|| {
        let options = view
            .suggestions
            .iter()
            .map(|it| el("option").attr("value", it.clone()).node());
        el("datalist")
            .attr("id", list)
            .children(options.collect())
            .node()
    });
    let control = vec![
        optional(is_date.then(|| hint(asked, t("question.date_hint")).node())),
        field.node(),
        optional(suggestions),
    ];
    asked.frame(Shape::Field, more, control)
}

/// Numbers and days are typed as people write them, so they are text to the browser.
fn native_type(input: InputType) -> &'static str {
    match input {
        InputType::Text | InputType::Number | InputType::Range | InputType::Date => "text",
        InputType::DateTimeLocal => "datetime-local",
        InputType::Time => "time",
        InputType::Month => "month",
        InputType::Week => "week",
        InputType::Email => "email",
        InputType::Tel => "tel",
        InputType::Url => "url",
        InputType::Color => "color",
        InputType::Password => "password",
    }
}

fn keyboard(input: InputType) -> Option<&'static str> {
    matches!(input, InputType::Number | InputType::Range).then_some("decimal")
}

fn autocomplete(input: InputType) -> &'static str {
    match input {
        InputType::Email => "email",
        InputType::Tel => "tel",
        InputType::Url => "url",
        _ => "off",
    }
}

fn length(input: InputType) -> &'static str {
    match input {
        InputType::Text | InputType::Email | InputType::Url | InputType::Password => "long",
        InputType::Color => "swatch",
        _ => "short",
    }
}

/// What a field of several lines is.
pub(super) struct LongText<'a> {
    pub text: &'a str,
    pub placeholder: &'a str,
    pub rows: u32,
    pub max_length: u32,
}

/// Several lines.
#[inline(never)]
pub(super) fn long_text(asked: &Asked<'_>, session: SessionHandle, view: &LongText<'_>) -> Element {
    let is_anonymous = session.read(|it| it.survey().kuuluu.mode == Mode::Anonymous);
    let mut more = Vec::new();
    if is_anonymous {
        more.push("hint");
    }
    if view.max_length > 0 {
        more.push("count");
    }
    let field = asked
        .field(el("textarea"), &more)
        .attr("class", "field")
        .attr("data-do", "type")
        .attr("rows", view.rows.max(2).to_string())
        .maybe("placeholder", filled(view.placeholder))
        .value(view.text);
    let personal = is_anonymous.then(|| {
        let written = Some(view.text).filter(|it| !it.is_empty());
        let found = written.and_then(personal::warning);
        el("div")
            .attr("role", "status")
            .with(
                found.map(|it| message(false, [&t("question.warning"), ": "].concat(), it).node()),
            )
            .node()
    });
    let count = (view.max_length > 0).then(|| count(asked, view).node());
    let control = vec![
        optional(is_anonymous.then(|| hint(asked, t("question.no_personal_data")).node())),
        field.node(),
        optional(personal),
        optional(count),
    ];
    asked.frame(Shape::Field, &more, control)
}

/// How much may still be typed; said aloud only when little is left.
fn count(asked: &Asked<'_>, view: &LongText<'_>) -> Element {
    const LITTLE: i64 = 20;
    let used = i64::try_from(view.text.chars().count()).unwrap_or(i64::MAX);
    let left = i64::from(view.max_length) - used;
    let key = if left < 0 {
        "question.count_over"
    } else {
        "question.count_left"
    };
    let sentence = t_with(key, &[("n", &left.abs().to_string())]);
    el("div")
        .class("question__count")
        .on("data-over", left < 0)
        .child(
            el("span")
                .attr("id", asked.part("count"))
                .text(sentence.clone()),
        )
        .child(
            el("span")
                .class("visually-hidden")
                .attr("role", "status")
                .text(if left <= LITTLE && left % 5 == 0 {
                    sentence
                } else {
                    String::new()
                }),
        )
}

/// Several short fields.
#[inline(never)]
pub(super) fn several(
    asked: &Asked<'_>,
    session: SessionHandle,
    fields: &[CellView],
    columns: u32,
) -> Element {
    let cells = fields
        .iter()
        .filter(|it| it.visible)
        .map(|it| live(session, &it.key, None));
    let control = el("div")
        .class("fields")
        .attr("--columns", columns.max(1).to_string())
        .children(cells.collect());
    asked.frame(Shape::Group, &[], vec![control.node()])
}

/// A computed value.
#[inline(never)]
pub(super) fn computed(asked: &Asked<'_>, value: &str) -> Element {
    let output = el("output")
        .class("computed")
        .attr("id", asked.part("input"))
        .attr("aria-labelledby", asked.part("title"))
        .text(value);
    asked.frame(Shape::Shown, &[], vec![output.node()])
}

/// Information.
pub(super) fn information(asked: &Asked<'_>, html: &questionnaire::text::RichText) -> Element {
    let text = el("div").class("prose").children(rich::blocks(html));
    el("div")
        .class("question question--shown")
        .attr("id", asked.id.to_owned())
        .child(text)
}

/// A picture.
#[inline(never)]
pub(super) fn picture(asked: &Asked<'_>, src: &str, alt: &str) -> Element {
    let image = el("img")
        .class("picture")
        .attr("src", src.to_owned())
        .attr("alt", alt.to_owned());
    el("div")
        .class("question question--shown")
        .attr("id", asked.id.to_owned())
        .child(image)
}
