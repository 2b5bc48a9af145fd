//! The foot of every page: help in the same place (ACC-16), legal pages, what is promised.

use leptos::prelude::*;
use wire::config::Config;

use super::installation::use_config;
use super::place::Place;
use super::running::Running;
use super::shell::{Whereabouts, address, use_whereabouts};
use crate::browser::draw::draw;
use crate::browser::{clock, document, page};
use crate::ui::button::plain;
use crate::ui::markup::{Element, Node, el};
use crate::words::{language, t};

/// Help and contact, legal pages, paper version.
pub fn footer() -> AnyView {
    let here = use_whereabouts();
    let config = use_config();
    draw(
        move || foot(here, &config),
        &["click"],
        Some(Box::new(move |event| {
            if page::action(&event).is_some()
                && let Some(running) = here.running_untracked()
            {
                running.assist(true);
                clock::after_drawing(|| {
                    document::focus("assisted");
                });
            }
        })),
    )
}

fn foot(here: Whereabouts, config: &Config) -> Element {
    let contact = &config.organisation.contact;
    let name = config.organisation.name.resolve(&language());
    let help = el("ul")
        .class("footer__list")
        .child(el("li").text(name.unwrap_or_default()))
        .with(contact.phone.as_deref().map(|phone| {
            let href = ["tel:", &phone.replace(' ', "")].concat();
            reached_at("footer.phone", href, phone)
        }))
        .with(contact.email.as_deref().map(|email| {
            let href = ["mailto:", email].concat();
            reached_at("footer.email", href, email)
        }))
        .with(paper_link(here))
        .with(may_be_assisted(here).map(|_| {
            let button = plain("assist").class("link").text(t("footer.assisted"));
            el("li").child(button).node()
        }));
    let legal = el("ul")
        .class("footer__list")
        .child(link("/legal/accessibility", "footer.accessibility"))
        .child(link("/legal/privacy", "footer.privacy"))
        .child(link("/legal/storage", "footer.storage"));
    let row = el("div")
        .class("footer__row")
        .child(
            el("section")
                .attr("aria-labelledby", "footer-help")
                .child(title("footer-help", "footer.help"))
                .child(help),
        )
        .child(
            el("nav")
                .attr("aria-labelledby", "footer-legal")
                .child(title("footer-legal", "footer.legal"))
                .child(legal),
        )
        .with(promise(here));
    el("footer").class("footer no-print").child(row)
}

/// Nothing is sent unasked; what stays on the device says so itself.
fn promise(here: Whereabouts) -> Option<Node> {
    let stays = here.running().is_some_and(Running::stays_here);
    (!stays).then(|| {
        el("p")
            .class("footer__promise")
            .text(t("footer.promise"))
            .node()
    })
}

fn title(id: &'static str, word: &str) -> Element {
    el("h2").class("footer__title").attr("id", id).text(t(word))
}

fn link(to: &str, word: &str) -> Element {
    el("li").child(el("a").attr("href", address(to)).text(t(word)))
}

fn reached_at(word: &str, href: String, shown: &str) -> Node {
    el("li")
        .text(t(word) + ": ")
        .child(el("a").attr("href", href).text(shown))
        .node()
}

/// Only of a survey that can be answered now.
fn paper_link(here: Whereabouts) -> Option<Node> {
    let Place::Survey(survey) = here.place() else {
        return None;
    };
    here.running().filter(|it| it.id().as_str() == survey)?;
    Some(link(&["/s/", &survey, "/paper"].concat(), "footer.paper").node())
}

/// The pass that someone may fill in for another person; follows what decides it.
fn may_be_assisted(here: Whereabouts) -> Option<Running> {
    here.running().filter(|running| {
        here.place().survey() == Some(running.id().as_str())
            && !running.stays_here()
            && !running.assisted()
    })
}
