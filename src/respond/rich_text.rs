//! Rich text inside the pages around the questions.

use leptos::prelude::*;
use questionnaire::text::RichText;

use super::question;
pub use super::question::plain;
use crate::browser::draw::draw;
use crate::ui::markup::el;

/// Draws `text` as blocks below each other.
pub fn blocks(text: &RichText) -> AnyView {
    let text = text.clone();
    draw(
        move || el("div").class("flow").children(question::blocks(&text)),
        &[],
        None,
    )
}

/// Draws `text` as what may stand inside a heading or a term.
pub fn inline(text: &RichText) -> AnyView {
    let text = text.clone();
    draw(
        move || el("span").children(question::phrase(&text)),
        &[],
        None,
    )
}
