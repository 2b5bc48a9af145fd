//! Earlier rounds: those that are open, and the form that opens one more.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::desk::Desk;
use super::super::stage::Note;
use super::open::{ANSWERS, files_of, of_file};
use super::select::{Choice, PlainSelect};
use super::summary::n_of_m;
use super::withheld::unreadable;
use crate::words::{language, t, t_with};

/// The list and the form.
#[component]
pub(super) fn EarlierRounds(
    /// Everything the page follows.
    desk: Desk,
) -> impl IntoView {
    let has_note = desk.rounds.note.get_untracked().is_some();
    let none = move || desk.rounds.open.with(Vec::is_empty);
    view! {
        <details class="exports no-print" open=has_note>
            <summary class="exports__summary">{move || t("organise.rounds")}</summary>
            <div class="exports__list">
                <p class="exports__note">{move || t("organise.rounds.lead")}</p>
                <Show when=move || !none()>
                    <ul>{move || opened(desk)}</ul>
                </Show>
                <KnownRounds desk/>
                <NewRound desk/>
            </div>
        </details>
    }
}

fn opened(desk: Desk) -> impl IntoView {
    let rounds = desk.rounds.open.get();
    rounds
        .into_iter()
        .map(|round| {
            let n = desk
                .rounds
                .figures
                .with(|it| it.get(&round.place).map(|it| n_of_m(it)));
            view! {
                <li>
                    <strong>{round.name.clone()}</strong>
                    {n.map(|n| format!(" – {n}"))}
                    {unreadable(round.bad.clone())}
                </li>
            }
        })
        .collect_view()
}

/// Rounds that the installation has as surveys of their own, where there are any.
#[component]
fn KnownRounds(desk: Desk) -> impl IntoView {
    let known = desk.opened.with_untracked(|it| {
        let opened = it.as_ref()?;
        let surveys = opened.config.surveys.iter();
        let rounds = surveys.filter(|it| it.round_of.as_ref() == Some(&opened.entry.id));
        let named = rounds.map(|it| (it.id.to_string(), it.title.clone()));
        Some(named.collect::<Vec<_>>())
    });
    let known = known.filter(|it| !it.is_empty())?;
    let chosen = RwSignal::new(known.first().map(|it| it.0.clone()).unwrap_or_default());
    let key = NodeRef::<leptos::html::Input>::new();
    let options = known.into_iter().map(|(id, title)| {
        let name = title.resolve(&language()).map(str::to_owned);
        let name = name.unwrap_or_else(|| id.clone());
        (id, name)
    });
    let options: Vec<Choice> = options.collect();
    let problem = move || {
        Some(t(match desk.rounds.note.get()? {
            Note::NoKey => "organise.key.empty",
            Note::Refused => "organise.key.wrong",
            Note::Unreachable => "organise.failed.network",
            _ => return None,
        }))
    };
    empty_when_read(desk, [key]);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = key.get().map(|it| it.value()).unwrap_or_default();
        spawn_local(desk.fetch_round(chosen.get_untracked(), typed));
    };
    Some(view! {
        <form class="opening__form" on:submit=submit>
            <label class="opening__label" for="known-round">{move || t("organise.rounds.known")}</label>
            <PlainSelect id="known-round".to_owned() options chosen
                on_choose=Callback::new(move |it| chosen.set(it))/>
            <label class="opening__label" for="round-key">{move || t("organise.key.label")}</label>
            <input id="round-key" class="opening__key" type="password" autocomplete="off" spellcheck="false"
                node_ref=key aria-describedby="round-key-kept round-key-problem"
                aria-invalid=move || problem().is_some().then_some("true")/>
            <p id="round-key-problem" class="opening__problem" role="alert">{problem}</p>
            <p id="round-key-kept" class="opening__note">{move || t("organise.rounds.key")}</p>
            <button type="submit" class="button button--second">{move || t("organise.key.open")}</button>
        </form>
    })
}

#[component]
fn NewRound(desk: Desk) -> impl IntoView {
    let name = NodeRef::<leptos::html::Input>::new();
    let answers = NodeRef::<leptos::html::Input>::new();
    let questionnaire = NodeRef::<leptos::html::Input>::new();
    empty_when_read(desk, [name, answers, questionnaire]);
    let problem = move || desk.rounds.note.get().and_then(of_file);
    let was_cancelled = move || desk.rounds.note.get() == Some(Note::Cancelled);
    let is_of_questionnaire = move || desk.rounds.note.get() == Some(Note::NoQuestionnaire);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = name.get().map(|it| it.value()).unwrap_or_default();
        let answers = answers.get().map_or_else(Vec::new, |it| files_of(&it));
        let questionnaire = questionnaire
            .get()
            .and_then(|it| files_of(&it).into_iter().next());
        spawn_local(desk.take_round(typed, answers, questionnaire));
    };
    view! {
        <form class="opening__form" on:submit=submit>
            <label class="opening__label" for="round-answers">{move || t("organise.rounds.answers")}</label>
            <input id="round-answers" class="opening__file" type="file" multiple=true node_ref=answers accept=ANSWERS
                aria-describedby="round-problem"
                aria-invalid=move || (problem().is_some() && !is_of_questionnaire()).then_some("true")/>
            <label class="opening__label" for="round-questionnaire">{move || t("organise.rounds.questionnaire")}</label>
            <input id="round-questionnaire" class="opening__file" type="file" node_ref=questionnaire
                accept=".json,application/json"
                aria-describedby="round-questionnaire-note round-problem"
                aria-invalid=move || is_of_questionnaire().then_some("true")/>
            <p id="round-questionnaire-note" class="opening__note">
                {move || t("organise.rounds.questionnaire.note")}
            </p>
            <label class="opening__label" for="round-name">{move || t("organise.rounds.name")}</label>
            <input id="round-name" class="opening__key" type="text" maxlength="40" autocomplete="off"
                node_ref=name aria-describedby="round-name-note"/>
            <p id="round-name-note" class="opening__note">{move || t("organise.rounds.name.note")}</p>
            <p id="round-problem" class="opening__problem" role="alert">{problem}</p>
            {move || unreadable(desk.rounds.unread.get())}
            <Show when=was_cancelled>
                <p class="opening__note" role="status">{move || t("organise.load.cancelled")}</p>
            </Show>
            <button type="submit" class="button button--second">{move || t("organise.rounds.read")}</button>
        </form>
    }
}

/// Empties the fields of a form once its round was read: the next one is another.
fn empty_when_read<const N: usize>(desk: Desk, fields: [NodeRef<leptos::html::Input>; N]) {
    Effect::new(move |before: Option<usize>| {
        let n = desk.rounds.open.with(Vec::len);
        if before.is_some_and(|it| it < n) {
            for field in fields.iter().filter_map(GetUntracked::get_untracked) {
                field.set_value("");
            }
        }
        n
    });
}

/// "Months between": how much time lies between the rounds that are compared.
pub(super) fn apart(desk: Desk) -> Option<String> {
    desk.comparison.with(|it| {
        let months = it.as_ref()?.comparison.months_apart?;
        Some(t_with(
            "organise.rounds.apart",
            &[("n", &months.to_string())],
        ))
    })
}
