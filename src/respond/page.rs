//! One page of questions.

use leptos::prelude::*;
use questionnaire::definition::ProgressBy;
use questionnaire::session::{Event, Key};

use super::handle::use_session;
use super::later::KeepForLater;
use super::question::PageItems;
use super::rich_text::{blocks, inline};
use super::running::use_running;
use super::summary::Summary;
use crate::browser::document::direction;
use crate::words::{language, t, t_with};

/// Heading, error summary, questions, and the way on.
#[component]
pub fn PageOfQuestions() -> impl IntoView {
    let running = use_running();
    let handle = use_session();
    let blocked = running.blocked();
    let title = move || {
        let title = handle.with_outline(|outline| outline.title.clone());
        if title.is_empty() {
            running.title().into_any()
        } else {
            inline(&title)
        }
    };
    let titled = move || handle.with_outline(|outline| !outline.title.is_empty());
    let intro = move || {
        let first = handle.with_outline(|outline| outline.progress.page <= 1);
        first.then(|| running.description())
    };
    view! {
        {move || titled().then(|| view! {
            <p class="survey__name" id="survey-name">{move || running.title()}</p>
        })}
        <ProgressOfPages />
        <h1 id="heading" tabindex="-1">{title}</h1>
        {move || intro().map(|text| view! { <div class="lead flow">{blocks(&text)}</div> })}
        {move || {
            let text = handle.with_outline(|outline| outline.description.clone());
            (!text.is_empty()).then(|| view! { <div class="lead flow">{blocks(&text)}</div> })
        }}
        {running.stays_here().then(|| view! {
            <p class="promise">{move || t("device.promise")}</p>
        })}
        <Summary blocked />
        <div class="questions"><PageItems /></div>
        <Ways blocked />
        <KeepForLater />
    }
}

#[component]
fn ProgressOfPages() -> impl IntoView {
    let running = use_running();
    let handle = use_session();
    let shown = running.pass().survey.show_progress_bar;
    let by_questions = running.pass().survey.progress_bar_type != ProgressBy::Pages;
    let progress = move || handle.with_outline(|outline| outline.progress);
    move || {
        let now = progress();
        if !shown || (!by_questions && now.pages < 2) {
            return None;
        }
        let (value, max) = if by_questions {
            (now.answered, now.questions)
        } else {
            (now.page, now.pages)
        };
        Some(view! {
            <div class="progress">
                <progress
                    class="progress__bar"
                    max=max.to_string()
                    value=value.to_string()
                    aria-label=move || t("respond.progress")
                ></progress>
                <span class="progress__text">
                    {move || t_with(
                        "respond.page",
                        &[("page", &now.page.to_string()), ("pages", &now.pages.to_string())],
                    )}
                </span>
            </div>
        })
    }
}

/// On and back.
#[component]
fn Ways(blocked: RwSignal<Vec<Key>, LocalStorage>) -> impl IntoView {
    let running = use_running();
    let handle = use_session();
    let can_go_back = move || handle.with_outline(|outline| outline.can_go_back);
    let is_last = move || handle.with_outline(|outline| outline.is_last);
    let go = move |event: Event| {
        let changed = handle.send(event);
        blocked.set(changed.blocked_by);
    };
    let on = move |_| {
        // Every survey has its review; a card's result stands in its place.
        go(if untrack(is_last) {
            Event::Review
        } else {
            Event::Next
        });
    };
    let label = move || {
        language();
        // Before consent nothing else can be seen, but there is more to come.
        let asks_first = running.pass().survey.kuuluu.decline_if.is_some() && !can_go_back();
        if is_last() && !asks_first {
            let word = if running.stays_here() {
                "respond.finish"
            } else {
                "respond.review"
            };
            return t(word);
        }
        let survey = &running.pass().survey;
        let starts = survey.first_page_is_start_page && !can_go_back();
        let (own, word) = if starts {
            (&survey.texts.start, "respond.start")
        } else {
            (&survey.texts.page_next, "respond.next")
        };
        running.own_text(own).unwrap_or_else(|| t(word))
    };
    let back_label = move || {
        let survey = &running.pass().survey;
        let own = running.own_text(&survey.texts.page_prev);
        own.unwrap_or_else(|| t("respond.back"))
    };
    let may_go_back = running.pass().survey.show_prev_button;
    view! {
        <div
            class="ways no-print"
            lang=move || running.native()
            dir=move || running.native().map(|it| direction(&it))
        >
            <button type="button" class="button ways__on" on:click=on>{label}</button>
            {move || (may_go_back && can_go_back()).then(|| view! {
                <button
                    type="button"
                    class="button button--quiet"
                    on:click=move |_| go(Event::Back)
                >
                    {back_label}
                </button>
            })}
            {move || running.reviewed().get().then(|| view! {
                <button
                    type="button"
                    class="button button--quiet"
                    on:click=move |_| go(Event::Review)
                >
                    {move || t("respond.toReview")}
                </button>
            })}
        </div>
    }
}
