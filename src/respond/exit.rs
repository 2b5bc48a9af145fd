//! The quick exit: a harmless page instead of this one, at once (PRI-12).

use leptos::prelude::untrack;

use super::running::Running;
use super::shell::Whereabouts;
use crate::browser::history;
use crate::ui::button::plain;
use crate::ui::markup::{Element, el};
use crate::words::t;

/// Where to go if the installation names no page: the weather.
const ELSEWHERE: &str = "https://www.ilmatieteenlaitos.fi/";

/// The pass that needs a quick exit on this page; follows its coming and going.
pub fn needed_by(here: Whereabouts) -> Option<Running> {
    here.running()
        .filter(|running| here.place().survey() == Some(running.id().as_str()))
        .filter(|running| running.asks_about_safety())
}

/// The button. `rest.js` hears three presses of Escape, and the button itself while the second half
/// has not come.
pub fn button(running: Running) -> Element {
    el("div")
        .class("exit")
        .child(
            plain("leave")
                .class("exit__button")
                .attr("data-to", elsewhere(Some(running)))
                .attr("aria-describedby", "exit-text")
                .text(t("exit.button")),
        )
        .child(
            el("span")
                .class("exit__text")
                .attr("id", "exit-text")
                .text(t("exit.text")),
        )
}

/// Leaves for a harmless page, and forgets what was answered.
pub fn leave(here: Whereabouts) {
    let running = here.running_untracked();
    let elsewhere = untrack(|| elsewhere(running));
    if let Some(running) = running {
        running.abandon();
    }
    here.set_running(None);
    history::leave_for(&elsewhere);
}

/// The page to leave for; follows the coming of the help numbers, which may name one.
fn elsewhere(running: Option<Running>) -> String {
    let help = running.and_then(Running::help);
    let named = help.as_ref().and_then(|help| help.exit());
    named.unwrap_or(ELSEWHERE).to_owned()
}
