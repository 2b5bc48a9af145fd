//! A question in between, in the browser's own `<dialog>`.

use super::button::{button, quiet};
use super::markup::{Element, el};

/// Asks `sentence` about `what`; `yes` and `no` are what the buttons say, `action` what "yes" does.
///
/// Opened with [`crate::browser::page::open_dialog`]; the buttons close it through whoever listens,
/// Escape closes it by itself.
pub fn confirm(
    id: &str,
    what: String,
    sentence: String,
    action: &'static str,
    yes: String,
    no: String,
) -> Element {
    el("dialog")
        .class("dialog")
        .attr("id", id.to_owned())
        .attr("aria-labelledby", format!("{id}-what {id}-text"))
        .child(
            el("p")
                .class("dialog__what")
                .attr("id", format!("{id}-what"))
                .text(what),
        )
        .child(el("p").attr("id", format!("{id}-text")).text(sentence))
        .child(
            el("div")
                .class("dialog__actions")
                .child(quiet("dialog-close", no).on("autofocus", true))
                .child(button(action, yes)),
        )
}
