//! The head of every page: who asks, and in which language.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::exit::QuickExit;
use super::installation::{self, use_config};
use super::shell::{address, use_whereabouts};
use crate::browser::history;
use crate::words::{language, t};

/// Name of the organisation, languages, and the quick exit where a survey asks about safety.
#[component]
pub fn Header() -> impl IntoView {
    let here = use_whereabouts();
    let config = use_config();
    let name = {
        let config = config.clone();
        move || {
            let name = config.organisation.name.resolve(&language());
            name.unwrap_or("Kuuluu").to_owned()
        }
    };
    view! {
        <header class="header no-print">
            <div class="header__row">
                <a class="header__home" href=move || address("/")>
                    <img class="header__mark" src="/icons/kuuluu.svg" alt="" width="36" height="36" />
                    <span>{name}</span>
                </a>
                <Languages />
            </div>
            {move || {
                here.running()
                    .filter(|running| here.place().survey() == Some(running.id().as_str()))
                    .filter(|running| running.asks_about_safety())
                    .map(|_| view! { <QuickExit /> })
            }}
        </header>
    }
}

#[component]
fn Languages() -> impl IntoView {
    let here = use_whereabouts();
    let offered = use_config().languages.clone();
    let tags = move || match here.running() {
        Some(running) if here.place().survey().is_some() => running.languages(&offered),
        _ => offered.clone(),
    };
    view! {
        <nav class="languages" aria-label=move || t("app.menu.language")>
            <ul>
                {move || {
                    tags()
                        .into_iter()
                        .map(|tag| view! { <li><Language tag /></li> })
                        .collect_view()
                }}
            </ul>
        </nav>
    }
}

#[component]
fn Language(tag: String) -> impl IntoView {
    let here = use_whereabouts();
    let name = own_name(&tag);
    let href = ["?lang=", &tag].concat();
    let shown = tag.clone();
    let current = move || {
        let spoken = match here.running() {
            Some(running) if here.place().survey().is_some() => running.language(),
            _ => language(),
        };
        (spoken == shown).then_some("true")
    };
    let installed = use_config().languages.contains(&tag);
    let speak = {
        let tag = tag.clone();
        move |event: ev::MouseEvent| {
            event.prevent_default();
            let tag = tag.clone();
            spawn_local(async move {
                if installed {
                    installation::speak(&tag).await;
                }
                if let Some(running) = here.running_untracked() {
                    running.speak(&tag);
                }
                let url = [history::path().as_str(), "?lang=", &tag].concat();
                history::replace(&history::place(), &url);
            });
        }
    };
    view! {
        <a class="languages__link" href=href hreflang=tag.clone() lang=tag aria-current=current on:click=speak>
            {name}
        </a>
    }
}

/// A language's name in itself.
fn own_name(tag: &str) -> String {
    match tag {
        "fi" => "Suomi",
        "sv" => "Svenska",
        "en" => "English",
        "fi-x-selko" => "Selkosuomi",
        "se" => "Davvisámegiella",
        "ar" => "العربية",
        "ru" => "Русский",
        "et" => "Eesti",
        "so" => "Soomaali",
        "uk" => "Українська",
        other => other,
    }
    .to_owned()
}
