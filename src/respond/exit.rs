//! The quick exit: a harmless page instead of this one, at once (PRI-12).

use std::rc::Rc;

use leptos::ev;
use leptos::prelude::*;

use super::shell::use_whereabouts;
use crate::browser::{clock, history};
use crate::words::t;

/// Where to go if the installation names no page: the weather.
const ELSEWHERE: &str = "https://www.ilmatieteenlaitos.fi/";

/// Three presses of Escape within this time leave, too.
const HURRY_MILLIS: f64 = 1_500.0;

/// The button.
#[component]
pub fn QuickExit() -> impl IntoView {
    let here = use_whereabouts();
    let leave = Rc::new(move || {
        let running = here.running_untracked();
        let help = running.and_then(|running| running.help().get_untracked());
        let elsewhere = help.as_ref().and_then(|help| help.exit());
        if let Some(running) = running {
            running.abandon();
        }
        let elsewhere = elsewhere.unwrap_or(ELSEWHERE).to_owned();
        here.set_running(None);
        history::leave_for(&elsewhere);
    });
    let presses = StoredValue::new(Vec::<f64>::new());
    let keys = {
        let leave = Rc::clone(&leave);
        window_event_listener(ev::keydown, move |event| {
            if event.key() != "Escape" {
                return;
            }
            let now = clock::now_millis();
            let hurried = presses.try_update_value(|presses| {
                presses.retain(|press| now - press < HURRY_MILLIS);
                presses.push(now);
                presses.len() >= 3
            });
            if hurried == Some(true) {
                leave();
            }
        })
    };
    on_cleanup(move || keys.remove());
    view! {
        <div class="exit">
            <button
                type="button"
                class="exit__button"
                aria-describedby="exit-text"
                on:click=move |_| leave()
            >
                {move || t("exit.button")}
            </button>
            <span class="exit__text" id="exit-text">{move || t("exit.text")}</span>
        </div>
    }
}
