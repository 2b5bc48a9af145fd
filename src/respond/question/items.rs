//! Questions and panels in their order.

use questionnaire::session::{Item, Key, PanelView};

use super::id::question_id;
use super::{live, rich};
use crate::respond::handle::SessionHandle;
use crate::respond::help;
use crate::ui::icon::{Icon, icon};
use crate::ui::markup::{Element, Node, el};
use crate::ui::message::message;
use crate::words::t;

/// The items, below each other. Follows the panels among them.
pub(super) fn list(session: SessionHandle, items: &[Item]) -> Element {
    el("div").class("items").children(all(session, items, 2))
}

/// The items, each with what must be said before it.
fn all(session: SessionHandle, items: &[Item], level: u8) -> Vec<Node> {
    items
        .iter()
        .flat_map(|it| {
            let before = match it {
                Item::Question(key) => help::before(key),
                Item::Panel(..) => None,
            };
            before.into_iter().chain([item(session, it, level)])
        })
        .collect()
}

fn item(session: SessionHandle, item: &Item, level: u8) -> Node {
    match item {
        Item::Question(key) => live(session, key, None),
        Item::Panel(key, items) => {
            let view = session.panel(key).unwrap_or_default();
            panel(session, key, &view, items, level).node()
        }
    }
}

fn panel(
    session: SessionHandle,
    key: &Key,
    view: &PanelView,
    items: &[Item],
    level: u8,
) -> Element {
    let id = question_id(key);
    let is_open = view.open != Some(false);
    let title = (!view.title.is_empty()).then(|| title(key, view, &id, level).node());
    let messages = view
        .problems
        .iter()
        .map(|it| {
            message(
                it.blocks,
                format!("{}: ", t("question.error")),
                it.text.clone(),
            )
            .node()
        })
        .collect();
    let body = if is_open {
        all(session, items, level + 1)
    } else {
        Vec::new()
    };
    el("section")
        .class("panel")
        .attr("id", id.clone())
        .maybe(
            "aria-labelledby",
            (!view.title.is_empty()).then(|| format!("{id}-title")),
        )
        .with(title)
        .with((!view.description.is_empty()).then(|| {
            el("div")
                .class("question__description")
                .children(rich::blocks(&view.description))
                .node()
        }))
        .child(
            el("div")
                .class("question__messages")
                .attr("id", format!("{id}-error"))
                .children(messages),
        )
        .child(
            el("div")
                .class("items")
                .attr("id", format!("{id}-body"))
                .children(body),
        )
}

fn title(key: &Key, view: &PanelView, id: &str, level: u8) -> Element {
    let mut words: Vec<Node> = Vec::new();
    if let Some(number) = &view.number {
        words.push(Node::Text(format!("{number} ")));
    }
    words.extend(rich::phrase(&view.title));
    let heading = el(match level {
        2 => "h2",
        3 => "h3",
        _ => "h4",
    })
    .class("panel__title")
    .attr("id", format!("{id}-title"));
    let Some(open) = view.open else {
        return heading.attr("tabindex", "-1").children(words);
    };
    heading.child(
        el("button")
            .attr("type", "button")
            .class("panel__toggle")
            .attr("id", format!("{id}-input"))
            .attr("data-do", "fold")
            .attr("data-key", key.to_string())
            .attr("aria-controls", format!("{id}-body"))
            .says("aria-expanded", open)
            .child(el("span").children(words))
            .child(icon(Icon::Down)),
    )
}
