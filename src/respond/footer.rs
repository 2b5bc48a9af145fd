//! The foot of every page: help in the same place (ACC-16), legal pages, what is promised.

use leptos::prelude::*;

use super::installation::use_config;
use super::place::Place;
use super::shell::{address, use_whereabouts};
use crate::browser::document;
use crate::words::{language, t};

/// Help and contact, legal pages, paper version.
#[component]
pub fn Footer() -> impl IntoView {
    let here = use_whereabouts();
    let config = use_config();
    let contact = config.organisation.contact.clone();
    let phone = contact.phone.map(|phone| {
        let href = ["tel:", &phone.replace(' ', "")].concat();
        view! {
            <li>{move || t("footer.phone")} ": " <a href=href>{phone}</a></li>
        }
    });
    let email = contact.email.map(|email| {
        let href = ["mailto:", &email].concat();
        view! {
            <li>{move || t("footer.email")} ": " <a href=href>{email}</a></li>
        }
    });
    let name = move || {
        let name = config.organisation.name.resolve(&language());
        name.unwrap_or_default().to_owned()
    };
    view! {
        <footer class="footer no-print">
            <div class="footer__row">
                <section aria-labelledby="footer-help">
                    <h2 class="footer__title" id="footer-help">{move || t("footer.help")}</h2>
                    <ul class="footer__list">
                        <li>{name}</li>
                        {phone}
                        {email}
                        {move || paper_link(&here.place())}
                        {move || {
                            here.running()
                                .filter(|running| {
                                    here.place().survey() == Some(running.id().as_str())
                                        && !running.stays_here()
                                        && !running.assisted().get()
                                })
                                .map(|running| view! {
                                    <li>
                                        <button
                                            type="button"
                                            class="link"
                                            on:click=move |_| {
                                                running.assisted().set(true);
                                                document::scroll_to_top();
                                            }
                                        >
                                            {move || t("footer.assisted")}
                                        </button>
                                    </li>
                                })
                        }}
                    </ul>
                </section>
                <nav aria-labelledby="footer-legal">
                    <h2 class="footer__title" id="footer-legal">{move || t("footer.legal")}</h2>
                    <ul class="footer__list">
                        <li><LegalLink to="/legal/accessibility" word="footer.accessibility" /></li>
                        <li><LegalLink to="/legal/privacy" word="footer.privacy" /></li>
                        <li><LegalLink to="/legal/storage" word="footer.storage" /></li>
                    </ul>
                </nav>
                <p class="footer__promise">{move || t("footer.promise")}</p>
            </div>
        </footer>
    }
}

#[component]
fn LegalLink(to: &'static str, word: &'static str) -> impl IntoView {
    view! { <a href=move || address(to)>{move || t(word)}</a> }
}

fn paper_link(place: &Place) -> Option<impl IntoView + use<>> {
    let Place::Survey(survey) = place else {
        return None;
    };
    let path = ["/s/", survey, "/paper"].concat();
    Some(view! {
        <li><a href=move || address(&path)>{move || t("footer.paper")}</a></li>
    })
}
