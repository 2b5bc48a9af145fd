//! Choosing the answers: the endpoint with a key, or a file; and the progress of reading them.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::super::desk::{Desk, KeyProblem, Stage};
use super::super::figures::number;
use crate::words::{language, t, t_with};

/// The form that asks for the key, and the one that takes a file.
#[component]
pub(super) fn OpenAnswers(
    /// Everything the page follows.
    desk: Desk,
) -> impl IntoView {
    let key = NodeRef::<leptos::html::Input>::new();
    let survey = desk
        .opened
        .with_untracked(|it| it.as_ref().map(|it| it.entry.id.to_string()))
        .unwrap_or_default();
    let problem = move || {
        desk.stage.with(|stage| match stage {
            Stage::Waiting(Some(KeyProblem::Empty)) => Some(t("organise.key.empty")),
            Stage::Waiting(Some(KeyProblem::Refused)) => Some(t("organise.key.wrong")),
            _ => None,
        })
    };
    let was_cancelled = move || {
        desk.stage
            .with(|it| matches!(it, Stage::Waiting(Some(KeyProblem::Cancelled))))
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = key.get().map(|it| it.value()).unwrap_or_default();
        spawn_local(desk.fetch(typed));
    };
    let take_file = move |event: leptos::ev::Event| {
        let input = event
            .target()
            .and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
        let file = input.and_then(|it| it.files()).and_then(|it| it.get(0));
        if let Some(file) = file {
            spawn_local(desk.read_file(file));
        }
    };
    view! {
        <div class="opening">
            <h1>{move || t("organise.key.title")}</h1>
            <p class="opening__survey">{move || super::summary::survey_title(desk)}</p>
            <Show when=was_cancelled>
                <p class="opening__note" role="status">{move || t("organise.load.cancelled")}</p>
            </Show>
            <form class="sheet" on:submit=submit>
                <p>{move || t("organise.key.lead")}</p>
                <input class="visually-hidden" type="text" name="username" autocomplete="username"
                    tabindex="-1" aria-hidden="true" readonly prop:value=survey/>
                <label class="opening__label" for="key">{move || t("organise.key.label")}</label>
                <input
                    id="key"
                    class="opening__key"
                    node_ref=key
                    type="password"
                    name="key"
                    autocomplete="current-password"
                    spellcheck="false"
                    aria-describedby="key-kept key-problem"
                    aria-invalid=move || problem().is_some().then_some("true")
                />
                <p id="key-problem" class="opening__problem" role="alert">{problem}</p>
                <p id="key-kept" class="opening__note">{move || t("organise.key.kept")}</p>
                <button type="submit" class="button">{move || t("organise.key.open")}</button>
            </form>
            <section class="sheet">
                <h2>{move || t("organise.file.title")}</h2>
                <p>{move || t("organise.file.lead")}</p>
                <label class="opening__label" for="file">{move || t("organise.file.label")}</label>
                <input
                    id="file"
                    class="opening__file"
                    type="file"
                    accept=".ndjson,.jsonl,.csv,.tsv,.txt,.gz,application/x-ndjson,text/csv,application/gzip"
                    on:change=take_file
                />
            </section>
        </div>
    }
}

/// How far the reading is, and a way to stop it.
#[component]
pub(super) fn Progress(
    /// Everything the page follows.
    desk: Desk,
) -> impl IntoView {
    let responses = move || {
        desk.stage.with(|stage| match stage {
            Stage::Reading { responses, .. } => *responses,
            _ => 0,
        })
    };
    let part = move || {
        desk.stage.with(|stage| match stage {
            Stage::Reading { part, .. } => *part,
            _ => None,
        })
    };
    view! {
        <div class="opening">
            <h1>{move || t("organise.load.title")}</h1>
            <div class="sheet">
                <progress
                    class="opening__progress"
                    max="1"
                    value=move || part().map(|it| it.to_string())
                    aria-label=move || t("organise.load.title")
                ></progress>
                <p role="status">
                    {move || t_with("organise.load.progress", &[("n", &number(responses(), &language()))])}
                </p>
                <button type="button" class="button button--second" on:click=move |_| desk.cancel()>
                    {move || t("organise.load.cancel")}
                </button>
            </div>
        </div>
    }
}
