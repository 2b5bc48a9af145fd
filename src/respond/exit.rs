//! The quick exit: a harmless page instead of this one, at once (PRI-12).

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::running::Running;
use super::shell::Whereabouts;
use crate::browser::{clock, history};
use crate::ui::button::plain;
use crate::ui::markup::{Element, el};
use crate::words::t;

/// Where to go if the installation names no page: the weather.
const ELSEWHERE: &str = "https://www.ilmatieteenlaitos.fi/";

/// Three presses of Escape within this time leave, too.
const HURRY_MILLIS: f64 = 1_500.0;

/// The pass that needs a quick exit on this page; follows its coming and going.
pub fn needed_by(here: Whereabouts) -> Option<Running> {
    here.running()
        .filter(|running| here.place().survey() == Some(running.id().as_str()))
        .filter(|running| running.asks_about_safety())
}

/// The button.
pub fn button() -> Element {
    el("div")
        .class("exit")
        .child(
            plain("leave")
                .class("exit__button")
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
    let help = running.and_then(|running| untrack(|| running.help()));
    let elsewhere = help.as_ref().and_then(|help| help.exit());
    if let Some(running) = running {
        running.abandon();
    }
    let elsewhere = elsewhere.unwrap_or(ELSEWHERE).to_owned();
    here.set_running(None);
    history::leave_for(&elsewhere);
}

/// Hears three presses of Escape in a row, as long as the view stands.
pub fn hear_escape(here: Whereabouts) {
    let presses = StoredValue::new(Vec::<f64>::new());
    let keys = window_event_listener_untyped("keydown", move |event| {
        let is_escape = event
            .dyn_ref::<web_sys::KeyboardEvent>()
            .is_some_and(|event| event.key() == "Escape");
        if !is_escape || untrack(|| needed_by(here)).is_none() {
            return;
        }
        let now = clock::now_millis();
        let hurried = presses.try_update_value(|presses| {
            presses.retain(|press| now - press < HURRY_MILLIS);
            presses.push(now);
            presses.len() >= 3
        });
        if hurried == Some(true) {
            leave(here);
        }
    });
    on_cleanup(move || keys.remove());
}
