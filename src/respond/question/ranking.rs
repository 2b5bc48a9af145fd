//! Things to put in order: with buttons, with arrow keys, or by dragging.

use questionnaire::session::ChoiceView;

use super::frame::{Asked, Shape};
use super::rich;
use crate::ui::button::{drawn, quiet};
use crate::ui::icon::{Icon, icon};
use crate::ui::markup::{Element, Node, el};
use crate::words::{t, t_with};

/// What is being moved.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Moving {
    /// The place of what is dragged now.
    pub(super) dragged: Option<usize>,
    /// The place of what was moved last: said aloud.
    pub(super) said: Option<usize>,
}

/// The id of a button that moves the thing at `place` up or down.
pub(super) fn mover_id(id: &str, up: bool, place: usize) -> String {
    match (up, place) {
        (false, 0) => format!("{id}-input"),
        (true, place) => format!("{id}-up{place}"),
        (false, place) => format!("{id}-down{place}"),
    }
}

/// The places in `choices` of what is ranked, in order.
pub(super) fn ranked(choices: &[ChoiceView], select_to_rank: bool) -> Vec<usize> {
    choices
        .iter()
        .enumerate()
        .filter(|(_, it)| it.selected || !select_to_rank)
        .map(|(ix, _)| ix)
        .collect()
}

/// The list in its order now.
#[inline(never)]
pub(super) fn ranking(
    asked: &Asked<'_>,
    choices: &[ChoiceView],
    select_to_rank: bool,
    moving: &Moving,
) -> Element {
    let order = ranked(choices, select_to_rank);
    let n_ranked = order.len();
    let things = order
        .iter()
        .enumerate()
        .filter_map(|(place, ix)| {
            let choice = choices.get(*ix)?;
            let is_dragged = moving.dragged == Some(place);
            Some(
                thing(asked, choice, place, n_ranked, select_to_rank)
                    .on("data-dragged", is_dragged)
                    .node(),
            )
        })
        .collect();
    let list = el("ol")
        .class("ranking")
        .on("data-unanswered", !asked.view.answered)
        .children(things);
    let rest = select_to_rank.then(|| rest(asked, choices).node());
    let keep = (!select_to_rank && !asked.view.answered && asked.open())
        .then(|| quiet("rank-keep", t("question.rank_keep")).node());
    let said = moving.said.and_then(|place| {
        let choice = choices.get(*order.get(place)?)?;
        Some(t_with(
            "question.rank_said",
            &[
                ("name", &rich::plain(&choice.text)),
                ("n", &(place + 1).to_string()),
                ("all", &n_ranked.to_string()),
            ],
        ))
    });
    let status = el("p")
        .class("visually-hidden")
        .attr("role", "status")
        .text(said.unwrap_or_default());
    let control = el("div")
        .class("ranking-box")
        .child(list)
        .with(rest)
        .with(keep)
        .child(status);
    asked.frame(Shape::Group, &[], vec![control.node()])
}

fn thing(
    asked: &Asked<'_>,
    choice: &ChoiceView,
    place: usize,
    n_ranked: usize,
    select_to_rank: bool,
) -> Element {
    let name = rich::plain(&choice.text);
    let mover = |up: bool| {
        let (action, drawing, key, at_end) = if up {
            ("rank-up", Icon::Up, "question.move_up", place == 0)
        } else {
            (
                "rank-down",
                Icon::Down,
                "question.move_down",
                place + 1 == n_ranked,
            )
        };
        // At an end the button stays where focus may be, and does nothing.
        drawn(action, drawing, t_with(key, &[("name", &name)]))
            .attr("id", mover_id(asked.id, up, place))
            .attr("data-i", place.to_string())
            .maybe("aria-disabled", at_end.then(super::frame::yes))
            .flag("disabled", !asked.open())
    };
    let out = select_to_rank.then(|| {
        let name = t_with("question.take_away", &[("name", &name)]);
        drawn("rank-out", Icon::Cross, name)
            .attr("data-i", place.to_string())
            .flag("disabled", !asked.open())
            .node()
    });
    el("li")
        .class("ranking__thing")
        .attr("data-place", place.to_string())
        .child(
            el("span")
                .class("ranking__grip")
                .attr("data-do", "drag")
                .attr("data-i", place.to_string())
                .attr("aria-hidden", "true")
                .child(icon(Icon::Grip)),
        )
        .child(
            el("span")
                .class("ranking__place")
                .attr("aria-hidden", "true")
                .text((place + 1).to_string()),
        )
        .child(
            el("span")
                .class("ranking__name")
                .children(rich::phrase(&choice.text)),
        )
        .child(mover(true))
        .child(mover(false))
        .with(out)
}

/// What is not ranked yet.
fn rest(asked: &Asked<'_>, choices: &[ChoiceView]) -> Element {
    let nothing_ranked = choices.iter().all(|it| !it.selected);
    let mut is_first = nothing_ranked;
    let buttons: Vec<Node> = choices
        .iter()
        .enumerate()
        .filter(|(_, it)| !it.selected)
        .map(|(ix, it)| {
            let button = el("button")
                .attr("type", "button")
                .class("button button--quiet")
                .attr("data-do", "rank-in")
                .attr("data-i", ix.to_string())
                .maybe("id", is_first.then(|| asked.part("input")))
                .flag("disabled", !asked.open() || !it.enabled)
                .child(icon(Icon::Plus))
                .child(el("span").children(rich::phrase(&it.text)));
            is_first = false;
            el("li").child(button).node()
        })
        .collect();
    let is_empty = buttons.is_empty();
    el("div")
        .class("ranking__rest")
        .flag("hidden", is_empty)
        .child(
            el("p")
                .attr("id", asked.part("rest"))
                .text(t("question.rank_rest")),
        )
        .child(
            el("ul")
                .attr("aria-labelledby", asked.part("rest"))
                .children(buttons),
        )
}
