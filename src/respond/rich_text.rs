//! Rich text inside the pages around the questions.

use leptos::prelude::*;
use questionnaire::text::RichText;

use super::question;
pub use super::question::plain;
use crate::browser::document::direction;
use crate::browser::draw::draw;
use crate::ui::markup::{Element, el};

/// `element` marked as in another language than what is around it, if it is.
pub fn in_language(element: Element, language: Option<String>) -> Element {
    let dir = language.as_deref().map(|it| direction(it).to_owned());
    element.maybe("dir", dir).maybe("lang", language)
}

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
