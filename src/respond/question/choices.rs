//! Radio buttons, checkboxes, pictures: one list for all.

use questionnaire::session::ChoiceView;

use super::frame::{Asked, Shape, at_most};
use super::id::nth;
use super::{items, rich};
use crate::respond::handle::SessionHandle;
use crate::ui::choice::Choice;
use crate::ui::markup::{Element, Node, el};
use crate::words::t_with;

/// One of several.
pub(super) fn radio(
    asked: &Asked<'_>,
    session: SessionHandle,
    choices: &[ChoiceView],
    clearable: bool,
) -> Element {
    let list = el("div")
        .class("choices")
        .children(list(asked, session, choices, false));
    let control = el("div").child(list).with(asked.clear_button(clearable));
    asked.frame(Shape::OneOf, &[], vec![control.node()])
}

/// Several of several.
pub(super) fn checkboxes(
    asked: &Asked<'_>,
    session: SessionHandle,
    choices: &[ChoiceView],
    select_all: Option<&(String, bool)>,
    max_selected: u32,
) -> Element {
    let all = select_all.map(|(text, all)| {
        let choice = Choice {
            id: asked.part("all"),
            name: asked.part("all"),
            several: true,
            action: "all",
            ix: 0,
            label: vec![Node::Text(text.clone())],
            checked: *all,
            enabled: asked.open(),
        };
        let some = choices.iter().any(|it| it.selected) && !all;
        let input = choice.input().flag("indeterminate", some);
        choice.label(input).on("data-all", true).node()
    });
    let list = el("div")
        .class("choices")
        .with(all)
        .children(list(asked, session, choices, true));
    let more: &[&str] = if max_selected > 0 { &["hint"] } else { &[] };
    let full = (max_selected > 0).then(|| full(choices, max_selected).node());
    let control = el("div")
        .with(at_most(asked, max_selected))
        .child(list)
        .with(full);
    asked.frame(Shape::Group, more, vec![control.node()])
}

/// Says why no more can be chosen, once that is so.
fn full(choices: &[ChoiceView], max_selected: u32) -> Element {
    let chosen = choices.iter().filter(|it| it.selected).count();
    let is_full = u32::try_from(chosen).is_ok_and(|it| it >= max_selected && it > 1);
    let sentence = is_full.then(|| t_with("question.full", &[("n", &chosen.to_string())]));
    el("p")
        .class("question__hint")
        .attr("role", "status")
        .text(sentence.unwrap_or_default())
}

/// Pictures, of which one or several are chosen.
#[inline(never)]
pub(super) fn images(
    asked: &Asked<'_>,
    choices: &[ChoiceView],
    several: bool,
    labels: bool,
) -> Element {
    let pictures = choices
        .iter()
        .enumerate()
        .map(|(ix, choice)| {
            let text = rich::plain(&choice.text);
            let image = choice.image.as_ref().map(|src| {
                el("img")
                    .attr("src", src.clone())
                    .attr("alt", if labels { String::new() } else { text })
                    .attr("loading", "lazy")
                    .node()
            });
            let mut label: Vec<Node> = image.into_iter().collect();
            if labels || choice.image.is_none() {
                label.push(el("span").children(rich::phrase(&choice.text)).node());
            }
            let choice = one(asked, choice, ix, several, label);
            let input = mark(asked, choice.input(), several);
            choice.label(input).node()
        })
        .collect();
    let list = el("div")
        .class("choices choices--images")
        .children(pictures);
    let shape = if several { Shape::Group } else { Shape::OneOf };
    asked.frame(shape, &[], vec![list.node()])
}

/// The choices, each with what belongs to it: a text field, questions below it.
pub(super) fn list(
    asked: &Asked<'_>,
    session: SessionHandle,
    choices: &[ChoiceView],
    several: bool,
) -> Vec<Node> {
    choices
        .iter()
        .enumerate()
        .map(|(ix, view)| {
            let choice = one(asked, view, ix, several, rich::phrase(&view.text));
            let input = mark(asked, choice.input(), several);
            let label = choice
                .label(input)
                .on("data-apart", view.meaning.is_some() || view.exclusive);
            if view.comment.is_none() && view.items.is_empty() {
                return label.node();
            }
            let comment = view.comment.as_ref().map(|comment| {
                asked.text_beside(comment, asked.part(&format!("comment{ix}")), Some(ix))
            });
            el("div")
                .class("choices__with")
                .child(label)
                .with(comment)
                .child(items::list(session, &view.items))
                .node()
        })
        .collect()
}

/// One choice of the question.
pub(super) fn one(
    asked: &Asked<'_>,
    view: &ChoiceView,
    ix: usize,
    several: bool,
    label: Vec<Node>,
) -> Choice {
    Choice {
        id: nth(asked.id, ix),
        name: asked.id.to_owned(),
        several,
        action: if several { "toggle" } else { "choose" },
        ix,
        label,
        checked: view.selected,
        enabled: view.enabled && asked.open(),
    }
}

/// A checkbox says itself that it is wrong: its group cannot.
fn mark(asked: &Asked<'_>, input: Element, several: bool) -> Element {
    if several {
        input.maybe("aria-invalid", asked.invalid().then(super::frame::yes))
    } else {
        input
    }
}
