//! The head of every page: who asks, and in which language.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wire::config::Config;

use super::exit;
use super::installation::{self, use_config};
use super::opening::bring_texts;
use super::shell::{Whereabouts, address, use_whereabouts};
use crate::browser::draw::draw;
use crate::browser::{document, history, page};
use crate::ui::markup::{Element, el};
use crate::words::{language, t, t_once};

/// Name of the organisation, languages, and the quick exit where a survey asks about safety.
pub fn header() -> AnyView {
    let here = use_whereabouts();
    let config = use_config();
    let shown = config.clone();
    draw(
        move || head(here, &shown),
        &["click"],
        Some(Box::new(move |event| match page::action(&event) {
            Some((_, what)) if what == "leave" => exit::leave(here),
            Some((control, _)) => {
                event.prevent_default();
                if let Some(tag) = control.get_attribute("hreflang") {
                    let is_installed = config.languages.contains(&tag);
                    spawn_local(speak(here, tag, is_installed));
                }
            }
            None => {}
        })),
    )
}

fn head(here: Whereabouts, config: &Config) -> Element {
    let name = config.organisation.name.resolve(&language());
    let home = el("a")
        .class("header__home")
        .attr("href", address("/"))
        .child(el("span").class("header__mark"))
        .child(el("span").text(name.unwrap_or("Kuuluu")));
    let row = el("div")
        .class("header__row")
        .child(home)
        .child(languages(here, config));
    el("header")
        .class("header no-print")
        .child(row)
        .with(exit::needed_by(here).map(|running| exit::button(running).node()))
}

fn languages(here: Whereabouts, config: &Config) -> Element {
    let running = here.running().filter(|_| here.place().survey().is_some());
    let (tags, spoken) = match running {
        Some(running) => (running.languages(&config.languages), running.language()),
        None => (config.languages.clone(), language()),
    };
    let links = tags.into_iter().map(|tag| {
        let link = el("a")
            .class("languages__link")
            .attr("href", ["?lang=", &tag].concat())
            .attr("hreflang", tag.clone())
            .attr("lang", tag.clone())
            .maybe("aria-current", (spoken == tag).then(|| "true".to_owned()))
            .attr("data-do", "speak")
            .text(own_name(&tag));
        el("li").child(link).node()
    });
    el("nav")
        .class("languages")
        .attr("aria-label", t("app.menu.language"))
        .child(el("ul").children(links.collect()))
}

/// Changes the language of the survey and the interface, or says why not and leaves both.
async fn speak(here: Whereabouts, tag: String, is_installed: bool) {
    let running = here.running_untracked();
    let has_come = match running {
        Some(running) => bring_texts(running, &tag).await,
        None => true,
    };
    if !has_come || is_installed && !installation::speak(&tag).await {
        document::alert("language-failed", "header", &t_once("language.failed", &[]));
        return;
    }
    document::remove("language-failed");
    if let Some(running) = running {
        running.speak(&tag);
    }
    let url = [history::path().as_str(), "?lang=", &tag].concat();
    history::replace(&history::place(), &url);
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
