//! The results: summary, controls, and the report chosen.

use std::sync::Arc;

use leptos::prelude::*;

use super::super::desk::{Desk, Opened};
use super::controls::Controls;
use super::exports::Exports;
use super::report::report;
use super::rounds::EarlierRounds;
use super::summary::{Summary, n_of_m};
use super::weights::Weighting_;
use super::withheld::{Unreadable, audit, refusal};
use crate::browser::files::print;
use crate::browser::measure::WidthObserver;
use crate::words::{t, t_with};

/// Everything about the answers that were read.
#[component]
pub(super) fn Results(
    /// Everything the page follows.
    desk: Desk,
) -> impl IntoView {
    let opened = desk.opened.get_untracked();
    opened.map(|opened| view! { <Opened_ desk opened/> })
}

#[component]
fn Opened_(desk: Desk, opened: Arc<Opened>) -> impl IntoView {
    let width = RwSignal::new(0.0);
    let measured = NodeRef::<leptos::html::Div>::new();
    let observer = StoredValue::new_local(None::<WidthObserver>);
    measured.on_load(move |element| {
        observer.set_value(WidthObserver::new(&element, move |found| {
            if (found - width.get_untracked()).abs() >= 1.0 {
                width.set(found);
                desk.cards.widen(found);
            }
        }));
    });
    desk.cards.follow_language();
    let is_refused = Memo::new(move |_| {
        desk.release
            .with(|it| it.as_ref().is_some_and(|it| it.refusal().is_some()))
    });
    let why = move || {
        desk.release
            .with(|it| it.as_ref().and_then(|it| it.refusal().map(refusal)))
    };
    let is_empty = Memo::new(move |_| {
        desk.release
            .with(|it| it.as_ref().is_some_and(|it| it.head().total == Some(0)))
    });
    // Not with every other choice: all cards would be made anew.
    let kind = Memo::new(move |_| desk.selection.with(|it| it.report));
    let survey = StoredValue::new(Arc::clone(&opened));
    let codebook = StoredValue::new(Arc::clone(&opened.codebook));
    let has_backgrounds = opened.codebook.backgrounds().next().is_some();
    let hidden = move || {
        survey.with_value(|opened| {
            desk.release
                .with(|it| it.as_ref().and_then(|it| audit(it, opened)))
        })
    };
    let announcement = move || {
        desk.release.with(|it| {
            it.as_ref()
                .map(|it| t_with("organise.updated", &[("n", &n_of_m(it))]))
        })
    };
    view! {
        <div class="results">
            <div class="results__measure" node_ref=measured></div>
            <Summary desk opened=Arc::clone(&opened) width/>
            <Unreadable desk/>
            <Controls desk opened=Arc::clone(&opened)/>
            <div class="tools no-print">
                <button type="button" class="button button--second" on:click=move |_| print()>
                    {move || t("organise.print")}
                </button>
                <button type="button" class="button button--second" on:click=move |_| desk.open_publishing()>
                    {move || t("organise.publish")}
                </button>
                <button type="button" class="button button--quiet" on:click=move |_| desk.choose_answers()>
                    {move || t("organise.open.other")}
                </button>
            </div>
            <Exports
                files=desk.files
                make=Callback::new(move |kind| desk.ask_file(kind))
                archive=Some(Callback::new(move |()| desk.ask_archive()))
                publish=Some(Callback::new(move |()| desk.open_publishing()))
            />
            <EarlierRounds desk/>
            {has_backgrounds.then(|| view! { <Weighting_ desk/> })}
            <p class="visually-hidden" role="status">{announcement}</p>
            {why}
            <Show when=move || is_empty.get()>
                <div class="notice">
                    <h2>{move || t("organise.empty.title")}</h2>
                    <p>{move || t("organise.empty")}</p>
                </div>
            </Show>
            <div hidden=move || is_refused.get() || is_empty.get()>
                {move || report(desk, kind.get(), codebook)}
            </div>
            {hidden}
        </div>
    }
}
