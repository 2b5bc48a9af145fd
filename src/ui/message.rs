//! What is wrong, said at the place.

use super::icon::{Icon, icon};
use super::markup::{Element, el};

/// A sentence about what is wrong; `kind` is its visually hidden first word.
pub fn message(blocks: bool, kind: String, sentence: String) -> Element {
    el("p")
        .class("message")
        .attr("data-kind", if blocks { "error" } else { "warning" })
        .child(icon(Icon::Alert))
        .child(
            el("span")
                .child(el("span").class("visually-hidden").text(kind))
                .text(sentence),
        )
}
