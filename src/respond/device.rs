//! The result of a survey that stays on the device: a card for the wall. Nothing is asked for and
//! nothing is kept once the page has loaded (PRI-15).

use leptos::prelude::*;
use questionnaire::session::Event;

use super::handle::use_session;
use super::own_themes::OwnThemes;
use super::running::use_running;
use super::shell::{address, use_whereabouts};
use crate::browser::files;
use crate::words::t;

/// The result page.
#[component]
pub fn DeviceResult() -> impl IntoView {
    let here = use_whereabouts();
    let running = use_running();
    let handle = use_session();
    let change = move |_| {
        handle.send(Event::Back);
    };
    let clear = move |_| {
        running.abandon();
        here.set_running(None);
        here.go(&address("/"));
    };
    let step = move || {
        let step = running
            .guidance()?
            .step(&handle.read(questionnaire::session::Session::completed_data))?;
        Some(view! {
            <section class="card-step">
                <h2>{t("device.step")}</h2>
                <p>{step}</p>
            </section>
        })
    };
    view! {
        <article class="wall-card">
            <p class="survey__name">{move || running.title()}</p>
            <h1 id="heading" tabindex="-1">{move || t("device.title")}</h1>
            <p class="lead">{move || t("device.lead")}</p>
            <h2 class="visually-hidden">{move || t("mine.title")}</h2>
            <OwnThemes />
            {step}
        </article>
        <p class="promise no-print">{move || t("device.promise")}</p>
        <div class="ways no-print">
            <button type="button" class="button" on:click=|_| files::print()>
                {move || t("device.print")}
            </button>
            <button type="button" class="button button--quiet" on:click=change>
                {move || t("device.again")}
            </button>
            <button type="button" class="button button--quiet" on:click=clear>
                {move || t("device.clear")}
            </button>
        </div>
    }
}
