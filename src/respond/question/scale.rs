//! Scales: ratings and yes or no.

use questionnaire::definition::{BooleanDisplay, RateDisplay};
use questionnaire::session::ChoiceView;
use questionnaire::text::RichText;

use super::choices::one;
use super::frame::{Asked, Shape};
use super::rich;
use crate::ui::icon::{Icon, face, icon};
use crate::ui::markup::{Element, Node, el, text};

/// Longer texts than this many characters stand below each other where there is little room.
const SHORT: usize = 4;

/// What the ends of a scale mean.
pub(super) struct Ends<'a> {
    pub min: &'a RichText,
    pub max: &'a RichText,
}

/// Points in a row, with the answers that are no points of the scale below it.
#[inline(never)]
pub(super) fn rating(
    asked: &Asked<'_>,
    points: &[ChoiceView],
    ends: &Ends<'_>,
    display: RateDisplay,
) -> Element {
    let n_points = points.iter().filter(|it| it.meaning.is_none()).count();
    let chosen = points.iter().position(|it| it.selected);
    let draw = |ix: usize, view: &ChoiceView| {
        let mut label = Vec::new();
        if view.meaning.is_none() {
            #[expect(clippy::cast_precision_loss, reason = "a scale has few points")]
            let place = ix as f64 / n_points.saturating_sub(1).max(1) as f64;
            match display {
                RateDisplay::Labels => {}
                RateDisplay::Stars => label.push(icon(Icon::Star).node()),
                RateDisplay::Smileys => label.push(face(place).node()),
            }
        }
        label.extend(rich::phrase(&view.text));
        let filled = display == RateDisplay::Stars && chosen.is_some_and(|it| ix <= it);
        let choice = one(asked, view, ix, false, label);
        let input = choice.input();
        choice.label(input).on("data-filled", filled).node()
    };
    let pick = |apart: bool| -> Vec<Node> {
        points
            .iter()
            .enumerate()
            .filter(|(_, it)| it.meaning.is_some() == apart)
            .map(|(ix, view)| draw(ix, view))
            .collect()
    };
    let is_long = points
        .iter()
        .any(|it| it.meaning.is_none() && rich::plain(&it.text).chars().count() > SHORT);
    let scale = el("div")
        .class("scale")
        .attr("data-length", if is_long { "long" } else { "short" })
        .children(pick(false));
    let apart = pick(true);
    let apart = (!apart.is_empty()).then(|| el("div").class("scale__apart").children(apart).node());
    let mut more = Vec::new();
    if !ends.min.is_empty() || !ends.max.is_empty() {
        more.push("ends");
    }
    let first = points.iter().find(|it| it.meaning.is_none());
    let last = points.iter().rev().find(|it| it.meaning.is_none());
    let legend = (!more.is_empty()).then(|| {
        el("p")
            .class("scale__ends")
            .attr("id", asked.part("ends"))
            .with(end(first, ends.min))
            .child(text(" "))
            .with(end(last, ends.max))
            .node()
    });
    let control = el("div")
        .class("scale-box")
        .attr("--points", n_points.to_string())
        .with(legend)
        .child(scale)
        .with(apart);
    asked.frame(Shape::OneOf, &more, vec![control.node()])
}

fn end(point: Option<&ChoiceView>, meaning: &RichText) -> Option<Node> {
    (!meaning.is_empty()).then(|| {
        let point = point.map(|it| rich::plain(&it.text)).unwrap_or_default();
        el("span")
            .text(format!("{point} = "))
            .children(rich::phrase(meaning))
            .node()
    })
}

/// Yes or no.
#[inline(never)]
pub(super) fn boolean(
    asked: &Asked<'_>,
    choices: &[ChoiceView],
    display: BooleanDisplay,
) -> Element {
    let several = |ix: usize, view: &ChoiceView| {
        let choice = one(asked, view, ix, false, rich::phrase(&view.text));
        let input = choice.input();
        choice.label(input).node()
    };
    let control = match display {
        BooleanDisplay::Segmented | BooleanDisplay::Radio => {
            let class = if display == BooleanDisplay::Radio {
                "choices"
            } else {
                "scale scale--two"
            };
            let choices = choices.iter().enumerate().map(|(ix, it)| several(ix, it));
            return asked.frame(
                Shape::OneOf,
                &[],
                vec![el("div").class(class).children(choices.collect()).node()],
            );
        }
        BooleanDisplay::Checkbox | BooleanDisplay::Switch => el("div")
            .class("choices")
            .child(on_or_off(asked, choices, display))
            .node(),
    };
    asked.frame(Shape::Group, &[], vec![control])
}

fn on_or_off(asked: &Asked<'_>, choices: &[ChoiceView], display: BooleanDisplay) -> Node {
    let on = on_place(choices);
    let Some(view) = choices.get(on) else {
        return text("");
    };
    let mut choice = one(asked, view, on, true, rich::phrase(&view.text));
    choice.id = asked.part("input");
    choice.action = "flip";
    let input = choice
        .input()
        .maybe("aria-invalid", asked.invalid().then(super::frame::yes));
    if display == BooleanDisplay::Switch {
        let input = input.attr("role", "switch");
        choice.label(input).on("data-switch", true).node()
    } else {
        choice.label(input).node()
    }
}

/// Which of the two choices of a yes or no is the one that a single checkbox stands for.
pub(super) fn on_place(choices: &[ChoiceView]) -> usize {
    choices
        .iter()
        .position(|it| it.value == json::Value::Bool(true))
        .unwrap_or(choices.len().saturating_sub(1))
}
