//! A slider beside a field for the same number.

use json::Value;

use super::frame::{Asked, Shape, yes};
use crate::ui::markup::{Element, Node, el};
use crate::words::t;

/// A slider as it looks now.
pub(super) struct Slider<'a> {
    pub value: Option<f64>,
    pub upper: Option<f64>,
    pub range: bool,
    pub text: &'a str,
    pub upper_text: &'a str,
    pub min: f64,
    pub max: f64,
    pub step: f64,
    pub labels: &'a [(f64, String)],
    pub clearable: bool,
}

#[inline(never)]
pub(super) fn slider(asked: &Asked<'_>, view: &Slider<'_>) -> Element {
    let labels = (!view.labels.is_empty()).then(|| labels(view).node());
    let control = el("div")
        .class("slider")
        .child(part(asked, view, false))
        .with(view.range.then(|| part(asked, view, true)))
        .with(labels)
        .with(asked.clear_button(view.clearable));
    asked.frame(Shape::Group, &[], vec![control.node()])
}

/// The track and the field of the lower (or only) or of the upper value.
fn part(asked: &Asked<'_>, view: &Slider<'_>, upper: bool) -> Node {
    let (value, text, id, name) = if upper {
        (
            view.upper,
            view.upper_text,
            "upper",
            "question.slider_upper",
        )
    } else {
        (view.value, view.text, "input", "question.slider_lower")
    };
    let name = view.range.then(|| {
        el("span")
            .class("question__label")
            .attr("id", asked.part(&format!("{id}-name")))
            .text(t(name))
            .node()
    });
    let by = if view.range {
        format!(
            "{} {}",
            asked.part("title"),
            asked.part(&format!("{id}-name"))
        )
    } else {
        asked.part("title")
    };
    let start = if upper { view.max } else { view.min };
    let track = el("input")
        .attr("type", "range")
        .attr("min", digits(view.min))
        .attr("max", digits(view.max))
        .attr("step", digits(view.step))
        .attr("id", asked.part(&format!("{id}-track")))
        .attr("aria-labelledby", by.clone())
        .attr("data-do", if upper { "type-upper" } else { "type" })
        .attr(
            "aria-valuetext",
            if value.is_some() {
                text.to_owned()
            } else {
                t("question.slider_unset")
            },
        )
        .maybe("aria-invalid", asked.invalid().then(yes))
        .flag("disabled", !asked.open())
        .value(digits(value.unwrap_or(start)));
    let field = el("input")
        .class("field")
        .attr("type", "text")
        .attr("inputmode", "decimal")
        .attr("autocomplete", "off")
        .attr("data-length", "number")
        .attr("id", asked.part(id))
        .attr("aria-labelledby", by)
        .attr("data-do", if upper { "type-upper" } else { "type" })
        .maybe("aria-invalid", asked.invalid().then(yes))
        .flag("disabled", asked.disabled())
        .flag("readOnly", asked.view.read_only)
        .value(text);
    el("div")
        .class("slider__part")
        .on("data-unset", value.is_none())
        .with(name)
        .child(track)
        .child(field)
        .node()
}

fn labels(view: &Slider<'_>) -> Element {
    let span = view.max - view.min;
    let labels = view.labels.iter().map(|(at, text)| {
        let place = if span > 0.0 {
            ((at - view.min) / span).clamp(0.0, 1.0)
        } else {
            0.0
        };
        el("span")
            .attr("--at", digits((place * 100.0).round()) + "%")
            .attr(
                "data-end",
                if place < 0.1 {
                    "start"
                } else if place > 0.9 {
                    "end"
                } else {
                    "none"
                },
            )
            .text(text.clone())
            .node()
    });
    el("div").class("slider__labels").children(labels.collect())
}

/// A number as an attribute has it.
fn digits(number: f64) -> String {
    Value::Number(number).to_string()
}
