//! What stopped the attempt to go on: a list that takes focus and leads to each field.

use leptos::prelude::untrack;
use questionnaire::session::Key;

use super::answering::title;
use super::handle::SessionHandle;
use super::question::{input_id, question_id};
use super::rich_text::plain;
use super::running::Running;
use crate::browser::{clock, document};
use crate::ui::markup::{Element, Node, el};
use crate::words::{t, t_with};

/// Says what stopped the attempt to go on, if something did, and moves focus there.
pub fn stop(running: Running, keys: Vec<Key>) {
    if !keys.is_empty() {
        // Until the next move: a title is what is heard first.
        let title = untrack(|| title(running));
        document::set_title(&[&t("summary.in_title"), ": ", &title].concat());
        clock::after_drawing(|| {
            document::focus("summary");
        });
    }
    running.block(keys);
}

/// The error summary; nothing until something blocks, and again when all is mended.
pub fn summary(running: Running) -> Option<Element> {
    let entries: Vec<Node> = running
        .blocked()
        .iter()
        .filter_map(|key| {
            let link = el("a")
                .attr("href", ["#", &question_id(key)].concat())
                .attr("data-do", "mend")
                .attr("data-key", key.to_string())
                .text(sentence(running.handle(), key)?);
            Some(el("li").child(link).node())
        })
        .collect();
    let title = match entries.len() {
        0 => return None,
        1 => t("summary.title.one"),
        n => t_with("summary.title.many", &[("n", &n.to_string())]),
    };
    let summary = el("div")
        .class("summary")
        .attr("id", "summary")
        .attr("role", "group")
        .attr("tabindex", "-1")
        .attr("aria-labelledby", "summary-title")
        .attr("data-summary", "")
        .child(
            el("h2")
                .class("summary__title")
                .attr("id", "summary-title")
                .text(title),
        )
        .child(el("p").text(t("summary.text")))
        .child(el("ul").children(entries));
    Some(summary)
}

/// Goes to the field that a line of the summary names.
pub fn go_to(key: &Key) {
    if !document::focus(&input_id(key)) {
        document::focus_inside(&question_id(key));
    }
}

/// "Question: what is wrong", or nothing once it is mended; follows the question.
fn sentence(handle: SessionHandle, key: &Key) -> Option<String> {
    let (title, problems) = match handle.panel(key) {
        Some(panel) => (panel.title, panel.problems),
        None => handle
            .question(key)
            .map(|question| (question.title, question.problems))?,
    };
    let around = handle.read(|session| session.around(key));
    let title = if around.is_empty() {
        plain(&title)
    } else {
        [&around.join(", "), ", ", &plain(&title)].concat()
    };
    let problem = problems.iter().find(|it| it.blocks)?;
    let between = if title.ends_with(['.', '?', '!', ':']) {
        " "
    } else {
        ": "
    };
    Some([&title, between, &problem.text].concat())
}
