//! The results: summary, controls, and the questions page by page.

use std::sync::Arc;

use leptos::prelude::*;

use super::super::desk::{Desk, Opened};
use super::super::export::{FILE_KINDS, FileKind};
use super::card::Card;
use super::controls::Controls;
use super::summary::{Summary, n_of_m};
use super::withheld::{Unreadable, audit, refusal};
use crate::browser::download::download;
use crate::browser::files::print;
use crate::browser::measure::WidthObserver;

use crate::words::{language, t, t_with};

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
            }
        }));
    });
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
    let survey = StoredValue::new(Arc::clone(&opened));
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
                <Exports desk survey=opened.entry.id.to_string()/>
                <button type="button" class="button button--quiet" on:click=move |_| desk.choose_answers()>
                    {move || t("organise.open.other")}
                </button>
            </div>
            <p class="visually-hidden" role="status">{announcement}</p>
            {why}
            <Show when=move || is_empty.get()>
                <div class="notice">
                    <h2>{move || t("organise.empty.title")}</h2>
                    <p>{move || t("organise.empty")}</p>
                </div>
            </Show>
            <div hidden=move || is_refused.get() || is_empty.get()>
                <Sections desk opened=Arc::clone(&opened) width/>
            </div>
            {hidden}
        </div>
    }
}

/// One button for each kind of file.
#[component]
fn Exports(desk: Desk, survey: String) -> impl IntoView {
    let survey = StoredValue::new(survey);
    let export = move |kind: &FileKind| {
        desk.release.with_untracked(|release| {
            if let Some(release) = release {
                let name = survey.with_value(|it| format!("{it}.{}", kind.ending));
                let _ = download(&name, kind.media_type, &(kind.write)(release));
            }
        });
    };
    view! {
        <div class="tools__exports" role="group" aria-label=move || t("organise.export")>
            <span aria-hidden="true">{move || t("organise.export")}</span>
            {FILE_KINDS
                .iter()
                .map(|kind| view! {
                    <button
                        type="button"
                        class="button button--second"
                        aria-label=move || t_with("organise.export.as", &[("kind", kind.name)])
                        on:click=move |_| export(kind)
                    >
                        {kind.name}
                    </button>
                })
                .collect_view()}
        </div>
    }
}

/// One section for each page of the questionnaire.
#[component]
fn Sections(desk: Desk, opened: Arc<Opened>, #[prop(into)] width: Signal<f64>) -> impl IntoView {
    let n_pages = opened.pages.len();
    (0..n_pages)
        .filter_map(|page| {
            let questions: Vec<usize> = opened
                .codebook
                .questions
                .iter()
                .enumerate()
                .filter(|(_, it)| it.page == page)
                .map(|(ix, _)| ix)
                .collect();
            if questions.is_empty() {
                return None;
            }
            let survey = Arc::clone(&opened);
            let title = move || {
                survey
                    .pages
                    .get(page)
                    .and_then(|it| it.resolve(&language()))
                    .map_or_else(
                        || t_with("organise.untitled", &[("n", &(page + 1).to_string())]),
                        |it| it.text.to_owned(),
                    )
            };
            let cards = questions
                .into_iter()
                .map(|ix| view! { <Card desk opened=Arc::clone(&opened) ix width=chart_width(width)/> })
                .collect_view();
            Some(view! {
                <section class="theme">
                    <h2 class="theme__title">{title}</h2>
                    {cards}
                </section>
            })
        })
        .collect_view()
}

/// What is left of the page's width inside a card.
fn chart_width(page: Signal<f64>) -> Signal<f64> {
    Signal::derive(move || page.get())
}
