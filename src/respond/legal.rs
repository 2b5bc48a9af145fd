//! The pages that the law asks for, from the installation's `legal.json`.

use std::rc::Rc;
use std::sync::Arc;

use json::Problem;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wire::legal::{ACCESSIBILITY_HEADINGS, Legal, PRIVACY_FIELDS, Texts};

use super::place::Document;
use super::trouble::{BrokenFile, Unreachable, waiting};
use crate::browser::document;
use crate::browser::fetch::{self, FetchError};
use crate::words::{language, t};

/// What has become of the file.
#[derive(Clone)]
enum Told {
    Waiting,
    Unreachable(FetchError),
    Broken(Arc<Vec<Problem>>),
    Ready(Rc<Legal>),
}

/// Fetches the texts; where there is no such file, all of them are empty.
async fn load() -> Told {
    let legal = match fetch::text("/legal.json").await {
        Ok(text) => Legal::parse(&text),
        Err(FetchError::Status(404)) => Ok(Legal::default()),
        Err(error) => return Told::Unreachable(error),
    };
    match legal {
        Ok(legal) => Told::Ready(Rc::new(legal)),
        Err(problems) => Told::Broken(Arc::new(problems)),
    }
}

/// One legal page.
#[component]
pub fn LegalPage(
    /// Which.
    document: Document,
) -> impl IntoView {
    let told = RwSignal::new_local(Told::Waiting);
    spawn_local(async move { told.set(load().await) });
    let has_failed =
        Memo::new(move |_| told.with(|it| matches!(it, Told::Unreachable(_) | Told::Broken(_))));
    move || {
        if !has_failed.get() {
            // Stays while the texts come: the heading has the focus.
            return view! { <Article document told /> }.into_any();
        }
        match told.get_untracked() {
            Told::Unreachable(error) => view! { <Unreachable error /> }.into_any(),
            Told::Broken(problems) => {
                view! { <BrokenFile file="legal.json" problems /> }.into_any()
            }
            Told::Waiting | Told::Ready(_) => ().into_any(),
        }
    }
}

#[component]
fn Article(document: Document, told: RwSignal<Told, LocalStorage>) -> impl IntoView {
    let title = move || {
        t(match document {
            Document::Accessibility => "footer.accessibility",
            Document::Privacy => "footer.privacy",
            Document::Storage => "footer.storage",
        })
    };
    Effect::new(move || document::set_title(&[&title(), " – Kuuluu"].concat()));
    let text = move || match told.get() {
        Told::Ready(legal) => texts_of(document, &legal),
        _ => waiting(),
    };
    view! {
        <article class="legal flow">
            <h1 id="heading" tabindex="-1">{title}</h1>
            {text}
        </article>
    }
}

fn texts_of(document: Document, legal: &Legal) -> AnyView {
    match document {
        Document::Accessibility => parts(
            "accessibility",
            ACCESSIBILITY_HEADINGS,
            &legal.accessibility,
        ),
        Document::Privacy => parts("privacy", PRIVACY_FIELDS, &legal.privacy),
        Document::Storage => {
            let text = legal.storage.resolve(&language());
            paragraphs(text.map(ToOwned::to_owned))
        }
    }
}

fn parts(of: &str, fields: &[&str], texts: &Texts) -> AnyView {
    let language = language();
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
        .into_any()
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
