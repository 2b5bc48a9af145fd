//! The pages that the law asks for, from the configuration.

use leptos::prelude::*;
use wire::config::{ACCESSIBILITY_HEADINGS, PRIVACY_FIELDS};

use super::installation::use_config;
use super::place::Document;
use crate::browser::document;
use crate::words::{language, t};

/// One legal page.
#[component]
pub fn LegalPage(
    /// Which.
    document: Document,
) -> impl IntoView {
    let title = move || {
        t(match document {
            Document::Accessibility => "footer.accessibility",
            Document::Privacy => "footer.privacy",
            Document::Storage => "footer.storage",
        })
    };
    Effect::new(move || document::set_title(&[&title(), " – Kuuluu"].concat()));
    view! {
        <article class="legal flow">
            <h1 id="heading" tabindex="-1">{title}</h1>
            {match document {
                Document::Accessibility => {
                    view! { <Parts of="accessibility" fields=ACCESSIBILITY_HEADINGS /> }.into_any()
                }
                Document::Privacy => {
                    view! { <Parts of="privacy" fields=PRIVACY_FIELDS /> }.into_any()
                }
                Document::Storage => view! { <Storage /> }.into_any(),
            }}
        </article>
    }
}

#[component]
fn Parts(of: &'static str, fields: &'static [&'static str]) -> impl IntoView {
    let config = use_config();
    move || {
        let language = language();
        let texts = if of == "privacy" {
            &config.legal.privacy
        } else {
            &config.legal.accessibility
        };
        fields
            .iter()
            .map(|field| {
                let heading = t(&["legal.", of, ".", field].concat());
                let text = texts.get(field, &language).map(ToOwned::to_owned);
                view! {
                    <section>
                        <h2>{heading}</h2>
                        {paragraphs(text)}
                    </section>
                }
            })
            .collect_view()
    }
}

#[component]
fn Storage() -> impl IntoView {
    let config = use_config();
    move || {
        let text = config.legal.storage.resolve(&language());
        paragraphs(text.map(ToOwned::to_owned))
    }
}

fn paragraphs(text: Option<String>) -> AnyView {
    match text {
        Some(text) => text
            .split('\n')
            .filter(|line| !line.trim().is_empty())
            .map(|line| view! { <p>{line.to_owned()}</p> })
            .collect_view()
            .into_any(),
        None => view! { <p class="notice">{t("legal.empty")}</p> }.into_any(),
    }
}
