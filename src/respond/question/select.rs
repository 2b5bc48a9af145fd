//! Lists that open: the browser's own while they are short, with a search field when they are long.

use questionnaire::session::ChoiceView;

use super::frame::{Asked, Shape, at_most};
use super::rich;
use crate::ui::combobox::{Combobox, Open, found};
use crate::ui::icon::{Icon, icon};
use crate::ui::markup::{Element, el};
use crate::words::{t, t_with};

/// From this many choices on, one searches instead of scrolling; below it the browser's own list
/// serves better, on phones above all.
pub(super) const MANY: usize = 16;

/// One of a short list, in the browser's own control.
pub(super) fn native(
    asked: &Asked<'_>,
    choices: &[ChoiceView],
    placeholder: &str,
    clearable: bool,
) -> Element {
    let chosen = choices.iter().any(|it| it.selected);
    let empty = el("option")
        .attr("value", "")
        .flag("selected", !chosen)
        .flag("disabled", chosen && !clearable)
        .text(if placeholder.is_empty() {
            t("question.choose")
        } else {
            placeholder.to_owned()
        });
    let options = choices.iter().enumerate().map(|(ix, choice)| {
        el("option")
            .attr("value", ix.to_string())
            .maybe("lang", choice.text.lang.clone())
            .flag("selected", choice.selected)
            .flag("disabled", !choice.enabled)
            .text(rich::plain(&choice.text))
            .node()
    });
    let select = asked
        .field(el("select"), &[])
        .flag("disabled", !asked.open())
        .attr("class", "field select")
        .attr("data-do", "select")
        .child(empty)
        .children(options.collect());
    asked.frame(Shape::List, &[], vec![select.node()])
}

/// One or several of a long list.
#[inline(never)]
pub(super) fn searched(
    asked: &Asked<'_>,
    choices: &[ChoiceView],
    placeholder: &str,
    open: &Open,
    several: Option<u32>,
) -> Element {
    let more: &[&str] = if several.is_some_and(|max| max > 0) {
        &["hint"]
    } else {
        &[]
    };
    let places = if open.open {
        found(&texts(choices), open.query.as_deref())
    } else {
        Vec::new()
    };
    let shown = match (&open.query, several) {
        (Some(query), _) => query.clone(),
        (None, None) => choices
            .iter()
            .find(|it| it.selected)
            .map(|it| rich::plain(&it.text))
            .unwrap_or_default(),
        (None, Some(_)) => String::new(),
    };
    let field = asked
        .field(el("input"), more)
        // The browser tells `readonly` of a text field, not of a combobox.
        .maybe(
            "aria-readonly",
            asked.view.read_only.then(super::frame::yes),
        )
        .attr(
            "placeholder",
            if placeholder.is_empty() {
                t("question.search")
            } else {
                placeholder.to_owned()
            },
        )
        .value(shown);
    let options = places
        .iter()
        .filter_map(|ix| choices.get(*ix).map(|it| (*ix, it)))
        .map(|(ix, it)| (ix, rich::phrase(&it.text), it.selected, it.enabled))
        .collect();
    let combobox = Combobox {
        id: asked.part("input"),
        field,
        label: rich::plain(&asked.view.title),
        several: several.is_some(),
        options,
        status: status(choices, places.len(), open, several.is_some()),
        enabled: asked.open(),
    };
    let control = el("div")
        .with(several.and_then(|max| at_most(asked, max)))
        .with(several.map(|_| tags(asked, choices).node()))
        .child(combobox.element(open));
    asked.frame(Shape::Field, more, vec![control.node()])
}

/// Said while the list is open: how many of what is searched for were found, or what is chosen.
fn status(choices: &[ChoiceView], n_found: usize, open: &Open, several: bool) -> String {
    if open.open && open.query.is_some() {
        return match n_found {
            0 => t("question.found_none"),
            n => t_with("question.found", &[("n", &n.to_string())]),
        };
    }
    let mut said = String::new();
    if open.open && several {
        for choice in choices.iter().filter(|it| it.selected) {
            if said.is_empty() {
                said.push_str(&t("question.chosen"));
                said.push_str(": ");
            } else {
                said.push_str(", ");
            }
            said.push_str(&rich::plain(&choice.text));
        }
    }
    said
}

/// What is searched: the texts of all choices.
pub(super) fn texts(choices: &[ChoiceView]) -> Vec<String> {
    choices.iter().map(|it| rich::plain(&it.text)).collect()
}

/// What has been chosen, each with a way to take it away.
fn tags(asked: &Asked<'_>, choices: &[ChoiceView]) -> Element {
    let tags: Vec<_> = choices
        .iter()
        .enumerate()
        .filter(|(_, it)| it.selected)
        .map(|(ix, it)| {
            let name = rich::plain(&it.text);
            let button = el("button")
                .attr("type", "button")
                .class("tag")
                .attr("data-do", "unpick")
                .attr("data-i", ix.to_string())
                .attr(
                    "aria-label",
                    t_with("question.take_away", &[("name", &name)]),
                )
                .flag("disabled", !asked.open())
                .child(el("span").children(rich::phrase(&it.text)))
                .child(icon(Icon::Cross));
            el("li").child(button).node()
        })
        .collect();
    el("ul")
        .class("tags")
        .attr("aria-label", t("question.chosen"))
        .flag("hidden", tags.is_empty())
        .children(tags)
}
