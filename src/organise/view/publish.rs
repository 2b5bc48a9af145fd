//! Publishing, with what will be public in full before it is.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::desk::Desk;
use super::super::figures::Texts;
use super::super::files::file_name;
use super::super::publisher::{NoPreview, Public, Step};
use super::withheld::refusal;
use crate::browser::dates;
use crate::browser::download::download;
use crate::results::PublicResults;
use crate::words::{language, t, t_with};

/// What to publish, how it will look, and the button that does it.
#[component]
pub(super) fn Publish(
    /// Everything the page follows.
    desk: Desk,
) -> impl IntoView {
    let heading = NodeRef::<leptos::html::H1>::new();
    heading.on_load(|it| {
        let _ = it.focus();
    });
    let preview = move || match desk.publisher.preview.get() {
        None => view! { <p role="status">{t("organise.publish.making")}</p> }.into_any(),
        Some(Err(NoPreview::Refused(why))) => refusal(&why).into_any(),
        Some(Err(NoPreview::Unreadable(at))) => unreadable(at.as_deref()).into_any(),
        Some(Ok(made)) => {
            let (published, snapshot) = (made.published.clone(), made.file.clone());
            view! { <PublicResults published snapshot/> }.into_any()
        }
    };
    view! {
        <div class="publish">
            <div class="sheet publish__sheet no-print">
                <h1 tabindex="-1" node_ref=heading>{move || t("organise.publish.title")}</h1>
                <p>{move || t("organise.publish.lead")}</p>
                <Breakdowns desk/>
                <Actions desk/>
            </div>
            <section class="publish__preview" aria-labelledby="preview-title">
                <h2 id="preview-title" class="publish__label">{move || t("organise.publish.preview")}</h2>
                <div class="publish__page">{preview}</div>
            </section>
        </div>
    }
}

/// That the preview cannot be shown, and what to do.
fn unreadable(at: Option<&str>) -> impl IntoView + use<> {
    let place = at.map(|at| t_with("results.broken.at", &[("at", at)]));
    view! {
        <div class="notice" role="alert">
            <h3>{t("organise.publish.unreadable.title")}</h3>
            <p>{t("organise.publish.unreadable")}</p>
            {place.map(|it| view! { <p>{it}</p> })}
        </div>
    }
}

/// Which background variables the figures are broken down by.
#[component]
fn Breakdowns(desk: Desk) -> impl IntoView {
    let names = desk.opened.with_untracked(|it| {
        let codebook = it.as_ref().map(|it| it.codebook.clone());
        let codebook = codebook.iter().flat_map(|it| it.backgrounds());
        codebook.map(|it| it.name.clone()).collect::<Vec<_>>()
    });
    if names.is_empty() {
        return None;
    }
    let one = move |name: String| {
        let name = StoredValue::new(name);
        let label = move || {
            desk.opened.with(|it| {
                let codebook = &it.as_ref()?.codebook;
                let texts = Texts {
                    codebook,
                    language: language(),
                };
                let question = name.with_value(|it| codebook.question(it))?;
                Some(texts.question(question))
            })
        };
        let is_chosen = move || {
            desk.publisher
                .breakdowns
                .with(|it| name.with_value(|name| it.contains(name)))
        };
        view! {
            <label class="controls__check">
                <input
                    type="checkbox"
                    prop:checked=is_chosen
                    on:change=move |event| {
                        let wanted = event_target_checked(&event);
                        name.with_value(|it| desk.break_down(it, wanted));
                    }
                />
                <span>{label}</span>
            </label>
        }
    };
    Some(view! {
        <fieldset class="publish__set">
            <legend>{move || t("organise.publish.by")}</legend>
            {names.into_iter().map(one).collect_view()}
        </fieldset>
    })
}

/// The buttons, and what became of them.
#[component]
fn Actions(desk: Desk) -> impl IntoView {
    let key = NodeRef::<leptos::html::Input>::new();
    let step = desk.publisher.step;
    let send = move |take_back| {
        let typed = key.get_untracked().map(|it| it.value()).unwrap_or_default();
        spawn_local(desk.publish(typed, take_back));
    };
    let needs_key = Memo::new(move |_| {
        let step = step.get();
        step == Step::Key || (step == Step::Before && desk.key.with_value(Option::is_none))
    });
    let is_ready = move || {
        desk.publisher.preview.with(|it| matches!(it, Some(Ok(_))))
            && desk.publisher.awaited.get() == 0
            && step.get() != Step::Sending
    };
    let address = desk.opened.with_untracked(|it| {
        it.as_ref()
            .map(|it| format!("/results/{}", it.entry.id))
            .unwrap_or_default()
    });
    let link = StoredValue::new(address);
    let keep = move |_| {
        let (Some(Ok(made)), Some(opened)) = (
            desk.publisher.preview.get_untracked(),
            desk.opened.get_untracked(),
        ) else {
            return;
        };
        let name = file_name(&opened.codebook.survey, "results.json");
        let _ = download(&name, wire::RESULTS_MEDIA_TYPE, made.file.as_bytes());
    };
    let said = move || match step.get() {
        Step::Before | Step::Key => None,
        Step::Sending => Some(t("organise.publish.sending")),
        Step::Public => Some(t("organise.publish.done")),
        Step::TakenBack => Some(t("organise.publish.takenBack")),
        Step::Failed(0) => Some(t("organise.failed.network")),
        Step::Failed(status) if is_of_the_body(status) => Some(t_with(
            "organise.publish.refused",
            &[("status", &status.to_string())],
        )),
        Step::Failed(status) => Some(t_with(
            "organise.failed.status",
            &[("status", &status.to_string())],
        )),
    };
    let problem = move || (step.get() == Step::Key).then(|| t("organise.publish.key"));
    let now = move || {
        let Public::Results(day) = desk.publisher.public.get() else {
            return None;
        };
        let said = day.map(|it| {
            let day = dates::in_words(it, &language());
            t_with("organise.publish.public", &[("day", &day)])
        });
        Some(view! {
            <p class="publish__now">
                {said}
                " "
                <a href=link.get_value() target="_blank">{t("organise.publish.open")}</a>
            </p>
        })
    };
    view! {
        <Show when=move || needs_key.get()>
            <div class="publish__key">
                <label class="opening__label" for="publish-key">{move || t("organise.key.label")}</label>
                <input id="publish-key" class="opening__key" node_ref=key type="password"
                    autocomplete="off" spellcheck="false" aria-describedby="publish-problem"/>
            </div>
        </Show>
        <p id="publish-problem" class="opening__problem" role="alert">{problem}</p>
        <div class="publish__actions">
            <button type="button" class="button" disabled=move || !is_ready() on:click=move |_| send(false)>
                {move || t("organise.publish.now")}
            </button>
            <button type="button" class="button button--second" disabled=move || !is_ready() on:click=keep>
                {move || t("organise.publish.file")}
            </button>
            <Show when=move || desk.publisher.public.get() != Public::Nothing>
                <button type="button" class="button button--quiet" on:click=move |_| send(true)
                    disabled=move || step.get() == Step::Sending>
                    {move || t("organise.publish.back")}
                </button>
            </Show>
            <button type="button" class="button button--quiet" on:click=move |_| desk.publisher.close()>
                {move || t("organise.publish.close")}
            </button>
        </div>
        <p class="publish__said" role="status">{said}</p>
        {now}
        <p class="opening__note">{move || t("organise.publish.static")}</p>
    }
}

/// Whether a status says that what was sent cannot be taken, so that sending it again is of no use.
const fn is_of_the_body(status: u16) -> bool {
    matches!(status, 400 | 413 | 415 | 422)
}
