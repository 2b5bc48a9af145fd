//! What stands above every page of the organiser's bundle.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::app::{LANGUAGES, speak};
use crate::words::{language, t};

/// The name of the service and of the organisation, and the languages.
#[component]
pub(crate) fn Header(
    /// The organisation's name.
    #[prop(into)]
    organisation: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <header class="organise-header">
            <p class="organise-header__name">
                <span class="organise-header__mark" aria-hidden="true"></span>
                <span>"Kuuluu"</span>
                <span class="organise-header__organisation">{organisation}</span>
            </p>
            <nav class="languages no-print" aria-label=move || t("organise.menu")>
                {LANGUAGES
                    .map(|tag| view! {
                        <button
                            type="button"
                            class="languages__one"
                            lang=tag
                            aria-pressed=move || (language() == tag).to_string()
                            on:click=move |_| spawn_local(speak(tag))
                        >
                            {move || t(&format!("language.{tag}"))}
                        </button>
                    })
                    .collect_view()}
            </nav>
        </header>
    }
}
