//! After sending: thanks, and one's own answers to keep.

use leptos::prelude::*;
use questionnaire::definition::Mode;
use questionnaire::session::Session;

use super::handle::use_session;
use super::own_themes::{self, OwnThemes};
use super::review::Answers;
use super::rich_text::blocks;
use super::running::use_running;
use crate::browser::files;
use crate::words::t;

/// The end: shown only for a receipt that was checked.
#[component]
pub fn Thanks() -> impl IntoView {
    let running = use_running();
    let handle = use_session();
    let said = move || {
        running.language();
        blocks(&handle.read(Session::completed_text))
    };
    let digest: Option<String> = running
        .departure()
        .map(|departure| departure.digest().to_string().chars().take(12).collect());
    view! {
        <div class="thanks flow">
            <h1 id="heading" tabindex="-1">{move || t("thanks.title")}</h1>
            <p class="thanks__arrived">{move || t("thanks.arrived")}</p>
            <div class="flow">{said}</div>
        </div>
        {running.assisted().then(|| view! {
            <p class="ways no-print">
                <button type="button" class="button" on:click=move |_| running.next_form()>
                    {move || t("assisted.next")}
                </button>
            </p>
        })}
        <Mine />
        <section class="flow" aria-labelledby="keep">
            <h2 id="keep">{move || t("thanks.keep")}</h2>
            <p class="no-print">{move || t("thanks.keep.text")}</p>
            <SaveButtons />
            <details class="disclosure no-print">
                <summary>{move || t("thanks.receipt")} " " <code>{digest}</code></summary>
                <p>{move || t("thanks.receipt.text")}</p>
            </details>
        </section>
        <OnPaper />
    }
}

/// What the page prints of one's answers.
#[component]
pub fn OnPaper() -> impl IntoView {
    let running = use_running();
    view! {
        <div class="print-only">
            <p class="survey__name">{move || running.title()}</p>
            <Answers />
        </div>
    }
}

/// One's own themes, where the survey gives something back.
#[component]
fn Mine() -> impl IntoView {
    let running = use_running();
    if running.pass().survey.kuuluu.mode == Mode::Anonymous {
        own_themes::load(running);
    }
    let handle = use_session();
    move || {
        let guidance = running.guidance()?;
        let answers = handle.read(Session::completed_data);
        guidance.advise(&answers).says_something().then(|| {
            view! {
                <section class="flow" aria-labelledby="mine">
                    <h2 id="mine">{move || t("mine.title")}</h2>
                    <p>{move || t("mine.text")}</p>
                    <OwnThemes />
                </section>
            }
        })
    }
}

/// Printing one's answers, and saving them as a file.
#[component]
pub fn SaveButtons() -> impl IntoView {
    let running = use_running();
    let saved = RwSignal::new(false);
    let save = move |_| {
        let name = [running.id().as_str(), ".txt"].concat();
        saved.set(files::save(
            &name,
            "text/plain;charset=utf-8",
            &super::review::as_text(running),
        ));
    };
    view! {
        <div class="ways no-print">
            <button type="button" class="button button--quiet" on:click=|_| files::print()>
                {move || t("review.print")}
            </button>
            <button type="button" class="button button--quiet" on:click=save>
                {move || t("review.save")}
            </button>
        </div>
        <p role="status">{move || saved.get().then(|| t("review.saved"))}</p>
    }
}
