//! Files for others: one line for each kind, with what it is for.

use std::sync::Arc;

use insight::rounds::OverTime;
use insight::{Codebook, Release};
use leptos::prelude::*;

use super::super::cards::Compared;
use super::super::export::{FILE_KINDS, export};
use crate::words::{t, t_with};

/// The list of files that can be made of the figures on the page.
#[component]
pub(crate) fn Exports(
    /// The survey.
    codebook: StoredValue<Arc<Codebook>>,
    /// The figures.
    #[prop(into)]
    release: Signal<Option<Arc<Release>>>,
    /// What is compared on the page.
    #[prop(into)]
    compared: Signal<Option<Arc<Compared>>>,
    /// The rounds that are shown one after the other.
    #[prop(into)]
    over_time: Signal<Option<Arc<OverTime>>>,
    /// Who publishes.
    #[prop(into)]
    publisher: Signal<String>,
    /// Makes the archive; `None` where there are no responses.
    archive: Option<Callback<()>>,
    /// Goes to where the file for the public page is made; `None` where it is that page.
    publish: Option<Callback<()>>,
) -> impl IntoView {
    let failed = RwSignal::new(false);
    let kinds = FILE_KINDS
        .iter()
        .map(|kind| {
            let make = move |_| {
                let made = release.with_untracked(|release| {
                    let release = release.as_deref()?;
                    let publisher = publisher.get_untracked();
                    let (compared, rounds) = (compared.get_untracked(), over_time.get_untracked());
                    let (compared, rounds) = (compared.as_deref(), rounds.as_deref());
                    codebook.with_value(|it| {
                        Some(export(kind, release, it, &publisher, compared, rounds))
                    })
                });
                failed.set(made == Some(false));
            };
            view! {
                <li class="exports__one">
                    <button type="button" class="button button--second exports__button"
                        aria-label=move || t_with("organise.export.as", &[("kind", kind.name)])
                        on:click=make>
                        {kind.name}
                    </button>
                    <span>{move || t(kind.use_key)}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <details class="exports no-print">
            <summary class="exports__summary">{move || t("organise.export")}</summary>
            <div class="exports__list">
                <p class="exports__note">{move || t("organise.export.lead")}</p>
                <ul>
                    {kinds}
                    {publish.map(|publish| view! {
                        <li class="exports__one">
                            <button type="button" class="button button--second exports__button"
                                on:click=move |_| publish.run(())>
                                {move || t("organise.export.snapshot.open")}
                            </button>
                            <span>{move || t("organise.export.snapshot")}</span>
                        </li>
                    })}
                </ul>
                {archive.map(|archive| view! {
                    <div class="exports__archive">
                        <h2 class="exports__title">{move || t("organise.archive.title")}</h2>
                        <p>{move || t("organise.archive.lead")}</p>
                        <button type="button" class="button button--second" on:click=move |_| archive.run(())>
                            {move || t("organise.archive.make")}
                        </button>
                    </div>
                })}
                <p class="exports__problem" role="alert">
                    {move || failed.get().then(|| t("organise.export.failed"))}
                </p>
            </div>
        </details>
    }
}
