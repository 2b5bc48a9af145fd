//! Buttons.

use super::icon::{Icon, icon};
use super::markup::{Element, Words, el};

/// A button that says what it does.
pub fn button(action: &'static str, label: impl Words) -> Element {
    plain(action).class("button").text(label)
}

/// A button beside what it belongs to: less loud.
pub fn quiet(action: &'static str, label: impl Words) -> Element {
    plain(action)
        .class("button button--quiet")
        .child(el("span").text(label))
}

/// A button that shows a drawing; `name` is what it is called.
pub fn drawn(action: &'static str, drawing: Icon, name: impl Into<String>) -> Element {
    plain(action)
        .class("button button--icon")
        .attr("aria-label", name.into())
        .child(icon(drawing))
}

/// A button without a look or a label.
pub fn plain(action: &'static str) -> Element {
    el("button").attr("type", "button").attr("data-do", action)
}
