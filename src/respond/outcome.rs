//! After completion: on the way, not arrived, or thanks.

use leptos::prelude::*;
use outbox::{Failure, State};

use super::installation::use_config;
use super::keeping::{OnPaper, SaveButtons, Thanks};
use super::running::use_running;
use super::sending::{retry, retry_when_online};
use crate::browser::{clock, document, page};
use crate::words::{t, t_with};

/// How the response stands.
#[component]
pub fn Outcome() -> impl IntoView {
    let running = use_running();
    let post = running.post();
    let endpoint = use_config().endpoint.as_str().to_owned();
    retry_when_online(running, endpoint.clone());
    // Another attempt by itself must not take focus away from what is being read.
    let stands = Memo::new(move |_| {
        if post.nothing_to_send.get() {
            return Stands::Failed(None);
        }
        match post.state.get() {
            Some(State::Sent) => Stands::Arrived,
            Some(State::Waiting { because, .. }) => Stands::Failed(Some(because)),
            Some(State::Refused { code }) => Stands::Failed(Some(Failure::Refused { code })),
            Some(State::Sending { attempt }) if attempt > 1 => Stands::Again,
            Some(State::Sending { .. }) | None => Stands::OnTheWay,
        }
    });
    Effect::new(move |before: Option<()>| {
        let heading = t(match stands.get() {
            Stands::OnTheWay | Stands::Again => "send.sending",
            Stands::Failed(_) => "send.failed.title",
            Stands::Arrived => "thanks.title",
        });
        let title = [&heading, " – ", &running.title()].concat();
        clock::after_drawing(move || document::set_title(&title));
        if before.is_some() {
            clock::after_drawing(|| {
                document::focus("heading");
            });
        }
    });
    let again = move || retry(running, &endpoint);
    move || match stands.get() {
        Stands::OnTheWay | Stands::Again => view! {
            <h1 id="heading" tabindex="-1">{move || t("send.sending")}</h1>
            <div class="loading" aria-hidden="true"><span class="loading__mark"></span></div>
        }
        .into_any(),
        Stands::Failed(failure) => {
            let again = again.clone();
            view! { <NotArrived failure again /> }.into_any()
        }
        Stands::Arrived => view! { <Thanks /> }.into_any(),
    }
}

/// What the page looks like.
#[derive(Clone, PartialEq)]
enum Stands {
    OnTheWay,
    Again,
    /// `None`: nothing that may leave could be made.
    Failed(Option<Failure>),
    Arrived,
}

#[component]
fn NotArrived(failure: Option<Failure>, again: impl Fn() + Clone + 'static) -> impl IntoView {
    let may_pass = !matches!(&failure, None | Some(Failure::Refused { .. }));
    let running = use_running();
    let is_refused = matches!(&failure, Some(Failure::Refused { .. }));
    let is_closed = matches!(&failure, Some(Failure::Refused { code }) if code == "survey/closed");
    let text = move || match &failure {
        _ if is_closed => [&t("survey.closed.title"), ". ", &t("thanks.keep.text")].concat(),
        None => t_with("send.failed.refused", &[("code", "survey")]),
        Some(Failure::Unreachable | Failure::TimedOut) if !page::is_online() => {
            t("send.failed.offline")
        }
        Some(Failure::Unreachable | Failure::TimedOut | Failure::Unavailable { .. }) => {
            t("send.failed.server")
        }
        Some(Failure::NoReceipt) => t("send.failed.receipt"),
        Some(Failure::Refused { code }) => t_with("send.failed.refused", &[("code", code)]),
    };
    view! {
        <div class="notice notice--danger flow">
            <h1 id="heading" tabindex="-1">{move || t("send.failed.title")}</h1>
            <p>{text}</p>
            {may_pass.then(|| view! { <p>{move || t("send.autoSoon")}</p> })}
            {(!is_closed).then(|| view! {
                <p class="ways no-print">
                    <button type="button" class="button" on:click=move |_| again()>
                        {move || t("send.again")}
                    </button>
                    {is_refused.then(|| view! {
                        <button
                            type="button"
                            class="button button--quiet"
                            on:click=move |_| running.reopen()
                        >
                            {move || t("send.change")}
                        </button>
                    })}
                </p>
            })}
        </div>
        <SaveButtons />
        <OnPaper />
    }
}
