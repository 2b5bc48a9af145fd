//! The address and the browser's back and forward buttons.
//!
//! An entry of the history holds the name of a page, never an answer.

use leptos::ev::{self, Event};
use leptos::prelude::window_event_listener;
use wasm_bindgen::JsValue;

use super::window;

/// The address's path, for example `/s/asukas`.
pub fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// Where the installation is, for example `https://kuuluu.example`.
pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// A parameter of the address, for example `lang`.
pub fn parameter(name: &str) -> Option<String> {
    let search = window().location().search().ok()?;
    web_sys::UrlSearchParams::new_with_str(&search)
        .ok()?
        .get(name)
}

/// Writes a new entry: `place` on the address `url`.
pub fn push(place: &str, url: &str) {
    if let Ok(history) = window().history() {
        // A browser that allows no more entries goes on without.
        let _ = history.push_state_with_url(&JsValue::from_str(place), "", Some(url));
    }
}

/// Writes over the entry that stands.
pub fn replace(place: &str, url: &str) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::from_str(place), "", Some(url));
    }
}

/// Goes back one entry.
pub fn back() {
    if let Ok(history) = window().history() {
        let _ = history.back();
    }
}

/// Calls `then` with the place of the entry that the buttons have led to.
pub fn on_move(then: impl Fn(Option<String>) + 'static) {
    let handle = window_event_listener(ev::popstate, move |event| {
        then(event.state().as_string());
    });
    leptos::prelude::on_cleanup(move || handle.remove());
}

/// Leaves for another site, with nothing to see on this one meanwhile or on the way back: a browser
/// may keep the page as it stood and show it again.
pub fn leave_for(url: &str) {
    let window = window();
    if let Some(body) = window.document().and_then(|it| it.body()) {
        body.set_text_content(None);
    }
    leptos::prelude::window_event_listener_untyped("pageshow", |_| reload());
    let _ = window.location().replace(url);
}

/// Loads the page anew.
pub fn reload() {
    let _ = window().location().reload();
}

/// Asks before the page is closed, while `holds_answers` says so.
pub fn warn_before_leaving(holds_answers: impl Fn() -> bool + 'static) {
    let handle = window_event_listener(ev::beforeunload, move |event| {
        if holds_answers() {
            Event::prevent_default(&event);
            event.set_return_value("-");
        }
    });
    leptos::prelude::on_cleanup(move || handle.remove());
}

/// The place of the entry that stands; empty if it has none.
pub fn place() -> String {
    window()
        .history()
        .and_then(|history| history.state())
        .ok()
        .and_then(|state| state.as_string())
        .unwrap_or_default()
}
