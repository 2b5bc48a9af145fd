//! All answers before sending, each with a way to change it, and exactly what will leave.

use leptos::ev;
use leptos::prelude::*;
use questionnaire::definition::Mode;
use questionnaire::session::{AnswerLine, Event, Key, ReviewEntry, Session, Stage};

use super::declined::{Declined, has_declined};
use super::exact::Exact;
use super::handle::use_session;
use super::installation::use_config;
use super::keeping::SaveButtons;
use super::personal::{PersonalData, must_wait, suspects};
use super::question::{input_id, question_id};
use super::rich_text::{inline, plain};
use super::running::{Running, use_running};
use super::sending::complete_and_send;
use super::summary;
use crate::browser::{clock, document};
use crate::words::{t, t_with};

/// The review page.
#[component]
pub fn Review() -> impl IntoView {
    let running = use_running();
    let handle = use_session();
    let endpoint = use_config().endpoint.as_str().to_owned();
    running.review();
    if has_declined(running) {
        return view! { <Declined /> }.into_any();
    }
    let suspects = suspects(running);
    let waits = must_wait(&suspects);
    let send = move |_| {
        if waits {
            document::focus("personal-data");
        } else {
            summary::stop(running, complete_and_send(running, &endpoint));
        }
    };
    let public = running.pass().survey.kuuluu.mode == Mode::Organisation;
    view! {
        <p class="survey__name">{move || running.title()}</p>
        <h1 id="heading" tabindex="-1">{move || t("review.title")}</h1>
        <p class="lead no-print">{move || t("review.lead")}</p>
        <Answers />
        <PersonalData suspects />
        <Exact public />
        <div class="ways no-print">
            {running.pass().listed.then(|| view! {
                <button type="button" class="button ways__on" on:click=send>
                    {move || t("send.button")}
                </button>
            })}
            <button
                type="button"
                class="button button--quiet"
                on:click=move |_| {
                    handle.send(Event::Back);
                }
            >
                {move || t("respond.back")}
            </button>
        </div>
        <SaveButtons />
    }
    .into_any()
}

/// Every visible question with its answer, by page.
#[component]
pub fn Answers() -> impl IntoView {
    let running = use_running();
    let handle = use_session();
    let rows = move || {
        running.language();
        handle
            .read(Session::review)
            .into_iter()
            .enumerate()
            .map(|(ix, (_, title, entries))| {
                let title = if title.is_empty() {
                    t_with("review.untitled", &[("page", &(ix + 1).to_string())]).into_any()
                } else {
                    inline(&title)
                };
                let rows = entries.into_iter().map(row).collect_view();
                view! {
                    <section class="review">
                        <h2 class="review__title">{title}</h2>
                        <dl>{rows}</dl>
                    </section>
                }
            })
            .collect_view()
    };
    view! {
        <div
            lang=move || running.foreign()
            dir=move || running.foreign().map(|it| document::direction(&it))
        >
            {rows}
        </div>
    }
}

fn row(entry: ReviewEntry) -> impl IntoView {
    let running = use_running();
    let open = move || {
        let stage = running
            .handle()
            .with_outline(|outline| outline.stage.clone());
        stage == Stage::Review
    };
    let name = t_with("review.changeLong", &[("title", &plain(&entry.title))]);
    let title = inline(&entry.title);
    let href = ["#", &question_id(&entry.key)].concat();
    let answer = if entry.answer.is_empty() {
        view! { <p class="review__none">{t("review.unanswered")}</p> }.into_any()
    } else {
        let lines = entry.answer.into_iter();
        lines
            .map(|AnswerLine { label, text }| {
                if text.is_empty() {
                    return view! { <p class="review__entry">{label}</p> }.into_any();
                }
                let part = (!label.is_empty())
                    .then(|| view! { <span class="review__part">{label}</span> });
                view! { <p>{part} " " {text}</p> }.into_any()
            })
            .collect_view()
            .into_any()
    };
    let change = move |event: ev::MouseEvent| {
        event.prevent_default();
        change(running, &entry.page, &entry.key);
    };
    view! {
        <div class="review__row">
            <dt>{title}</dt>
            <dd>{answer}</dd>
            {open().then(|| view! {
                <dd class="review__change no-print">
                    <a href=href aria-label=name on:click=change>{t("review.change")}</a>
                </dd>
            })}
        </div>
    }
}

/// Goes back to a question on its page, to what is chosen or to its first control.
pub fn change(running: Running, page: &Key, question: &Key) {
    running.handle().send(Event::GoTo(page.clone()));
    let (question, input) = (question_id(question), input_id(question));
    // After the page's own heading has had its turn.
    clock::after(std::time::Duration::from_millis(60), move || {
        if !document::focus_chosen(&question) && !document::focus(&input) {
            document::focus_inside(&question);
        }
    });
}

/// The answers as a plain text to keep.
pub fn as_text(running: Running) -> String {
    let mut text = running.title();
    text.push('\n');
    for (_, title, entries) in running.handle().read(Session::review) {
        text.push_str("\n== ");
        text.push_str(&plain(&title));
        text.push_str(" ==\n");
        for entry in entries {
            text.push('\n');
            text.push_str(&plain(&entry.title));
            text.push('\n');
            if entry.answer.is_empty() {
                text.push_str("  – ");
                text.push_str(&t("review.unanswered"));
                text.push('\n');
            }
            for line in entry.answer {
                text.push_str("  ");
                text.push_str(&line.to_string());
                text.push('\n');
            }
        }
    }
    text
}
