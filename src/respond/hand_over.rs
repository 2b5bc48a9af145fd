//! An organisation's unfinished answer on its way from one device to another: several people write
//! it, each at their own machine. The file is the closed draft; its code goes another way.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::draft::Draft;
use super::later::AboveField;
use super::running::Running;
use crate::browser::{files, history};
use crate::words::t;

/// Saves the draft as a file once one is kept, and opens somebody else's before.
#[component]
pub fn HandOver(
    /// The pass.
    running: Running,
) -> impl IntoView {
    move || {
        if running.kept().is_some() {
            view! { <Give running /> }.into_any()
        } else {
            view! { <Take running /> }.into_any()
        }
    }
}

#[component]
fn Give(running: Running) -> impl IntoView {
    let saved = RwSignal::new(false);
    let save = move |_| {
        let id = running.id();
        let name = [id.as_str(), ".draft.json"].concat();
        let closed = Draft::closed_text(id.as_str());
        saved.set(closed.is_some_and(|it| files::save(&name, "application/json", &it)));
    };
    view! {
        <div class="flow">
            <p>{move || t("draft.give.text")}</p>
            <p class="ways">
                <button type="button" class="button button--quiet" on:click=save>
                    {move || t("draft.give")}
                </button>
            </p>
            <p role="status">{move || saved.get().then(|| t("draft.given"))}</p>
        </div>
    }
}

#[component]
fn Take(running: Running) -> impl IntoView {
    let wrong = RwSignal::new(false);
    let take = move |event: ev::Event| {
        spawn_local(async move {
            let text = files::chosen_text(&event).await;
            let is_taken = text.is_some_and(|it| Draft::accept(running.id().as_str(), &it));
            wrong.set(!is_taken);
            if is_taken {
                history::reload();
            }
        });
    };
    view! {
        <div class="flow">
            <AboveField
                id="draft-file"
                words=["draft.take", "draft.take.text", "draft.take.wrong"]
                wrong=move || wrong.get()
            />
            <input
                id="draft-file"
                type="file"
                accept=".json,application/json"
                aria-describedby="draft-file-hint draft-file-error"
                aria-invalid=move || wrong.get().then_some("true")
                on:change=take
            />
        </div>
    }
}
