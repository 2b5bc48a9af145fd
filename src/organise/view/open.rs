//! Choosing the answers: the endpoint with a key, or a file; and the progress of reading them.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{File, HtmlInputElement};

use super::super::desk::Desk;
use super::super::figures::number;
use super::super::stage::{Note, Stage};
use super::withheld::Unreadable;
use crate::words::{language, t, t_with};

/// What files of answers are called.
pub(super) const ANSWERS: &str =
    ".ndjson,.jsonl,.csv,.tsv,.txt,.gz,application/x-ndjson,text/csv,application/gzip";

/// What was wrong with a file, and what to do now.
pub(super) fn of_file(note: Note) -> Option<String> {
    let key = match note {
        Note::NoFile => "organise.file.none",
        Note::Packed => "organise.failed.packed",
        Note::NothingRead => "organise.file.nothingRead",
        Note::Empty => "organise.file.empty",
        Note::CutOff => "organise.file.cutOff",
        Note::NoQuestionnaire => "organise.rounds.noQuestionnaire",
        Note::Broken => "organise.failed.read",
        Note::NoKey | Note::Refused | Note::Unreachable | Note::Cancelled => return None,
    };
    Some(t(key))
}

/// The file that was chosen in an input.
pub(super) fn chosen_file(event: &leptos::ev::Event) -> Option<File> {
    chosen_files(event).into_iter().next()
}

/// The files that were chosen in an input.
fn chosen_files(event: &leptos::ev::Event) -> Vec<File> {
    let input = event.target().and_then(|it| it.dyn_into().ok());
    let Some(input): Option<HtmlInputElement> = input else {
        return Vec::new();
    };
    let files = files_of(&input);
    // The same file may be chosen again once it is mended.
    input.set_value("");
    files
}

/// The files that stand in an input.
pub(super) fn files_of(input: &HtmlInputElement) -> Vec<File> {
    let files = input.files();
    let files = files.iter();
    files
        .flat_map(|it| (0..it.length()).filter_map(|ix| it.get(ix)))
        .collect()
}

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
    let note = Memo::new(move |_| {
        desk.stage.with(|stage| match stage {
            Stage::Waiting(note) => *note,
            _ => None,
        })
    });
    let problem = move || match note.get() {
        Some(Note::NoKey) => Some(t("organise.key.empty")),
        Some(Note::Refused) => Some(t("organise.key.wrong")),
        _ => None,
    };
    let file_problem = move || note.get().and_then(of_file);
    let is_unread = move || note.get() == Some(Note::NothingRead);
    let was_cancelled = move || note.get() == Some(Note::Cancelled);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = key.get().map(|it| it.value()).unwrap_or_default();
        spawn_local(desk.fetch(typed));
    };
    let take_file = move |event: leptos::ev::Event| {
        let files = chosen_files(&event);
        if !files.is_empty() {
            spawn_local(desk.take_answers(files));
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
                    multiple=true
                    accept=ANSWERS
                    aria-describedby="file-problem"
                    aria-invalid=move || file_problem().is_some().then_some("true")
                    on:change=take_file
                />
                <p id="file-problem" class="opening__problem" role="alert">{file_problem}</p>
                <Show when=is_unread>
                    <Unreadable desk/>
                </Show>
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
                {move || {
                    let several = desk.reading.several.get();
                    (several.all > 1).then(|| view! {
                        <p>{t_with("organise.load.file", &[
                            ("n", &several.now.to_string()),
                            ("total", &several.all.to_string()),
                        ])}</p>
                    })
                }}
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
