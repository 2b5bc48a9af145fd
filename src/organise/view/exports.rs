//! Files for others: one line for each kind, with what it is for.

use leptos::prelude::*;

use super::super::files::{FILE_KINDS, FileKind, Files, Making};
use crate::words::{t, t_with};

/// The list of files that can be made of the figures on the page.
#[component]
pub(crate) fn Exports(
    /// The files that are being made.
    files: Files,
    /// Makes one of this kind.
    make: Callback<&'static FileKind>,
    /// Makes the archive; `None` where there are no responses.
    archive: Option<Callback<()>>,
    /// Goes to where the file for the public page is made; `None` where it is that page.
    publish: Option<Callback<()>>,
) -> impl IntoView {
    let kinds = FILE_KINDS
        .iter()
        .map(|kind| {
            view! {
                <li class="exports__one">
                    <button type="button" class="button button--second exports__button"
                        aria-label=move || t_with("organise.export.as", &[("kind", kind.name)])
                        on:click=move |_| make.run(kind)>
                        {kind.name}
                    </button>
                    <span>{move || t(kind.use_key)}</span>
                </li>
            }
        })
        .collect_view();
    let is = move |what: Making, key: &'static str| (files.making.get() == what).then(|| t(key));
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
                <p class="exports__note" role="status">
                    {move || is(Making::Underway, "organise.export.making")}
                </p>
                <p class="exports__problem" role="alert">
                    {move || is(Making::Failed, "organise.export.failed")}
                </p>
            </div>
        </details>
    }
}
