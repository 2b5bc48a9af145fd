//! What people wrote: only here, only all together, only when there is enough of it.

use std::sync::Arc;

use insight::OpenAnswers;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::super::desk::Desk;
use super::super::figures::number;
use crate::words::{language, t, t_with};

/// How many texts are shown at a time.
const AT_A_TIME: usize = 50;

/// The texts of one variable, asked for when they are opened.
#[component]
pub(super) fn OpenTexts(
    /// Everything the page follows.
    desk: Desk,
    /// The variable.
    variable: String,
    /// Its text within the question; empty if it is the only one.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let variable = StoredValue::new(variable);
    let opened = RwSignal::new(false);
    let on_toggle = move |event: leptos::ev::Event| {
        let element = event.current_target();
        let details = element.and_then(|it| it.dyn_into::<web_sys::Element>().ok());
        let is_open = details.is_some_and(|it| it.has_attribute("open"));
        opened.set(is_open);
    };
    // Other answers may be read while the list is open.
    Effect::new(move |_| {
        let is_missing = desk
            .texts
            .with(|it| variable.with_value(|name| !it.contains_key(name)));
        if opened.get() && is_missing {
            variable.with_value(|it| desk.ask_texts(it));
        }
    });
    let answers = Memo::new(move |_| {
        let found = desk
            .texts
            .with(|it| variable.with_value(|name| it.get(name).cloned()));
        found.map(Found)
    });
    view! {
        <details class="texts no-print" on:toggle=on_toggle>
            <summary>
                {move || t("organise.texts")}
                {move || Some(label.get()).filter(|it| !it.is_empty()).map(|it| format!(": {it}"))}
            </summary>
            {move || match answers.get() {
                None => view! { <p role="status">{t("organise.texts.loading")}</p> }.into_any(),
                Some(Found(it)) if it.hidden.is_some() => view! { <p>{t("organise.texts.hidden")}</p> }.into_any(),
                Some(Found(it)) if it.texts.is_empty() => view! { <p>{t("organise.texts.none")}</p> }.into_any(),
                Some(Found(it)) => list(it).into_any(),
            }}
        </details>
    }
}

/// Compared by identity: texts may be many.
#[derive(Clone)]
struct Found(Arc<OpenAnswers>);

impl PartialEq for Found {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

fn list(answers: Arc<OpenAnswers>) -> impl IntoView {
    let n = answers.texts.len();
    let shown = RwSignal::new(AT_A_TIME.min(n));
    let counted = move |key: &str| {
        let count = |it: usize| number(u32::try_from(it).unwrap_or(u32::MAX), &language());
        t_with(key, &[("n", &count(shown.get())), ("total", &count(n))])
    };
    view! {
        <p class="texts__note">{move || t("organise.texts.note")}</p>
        <ul class="texts__list">
            {move || answers
                .texts
                .iter()
                .take(shown.get())
                .map(|text| view! { <li>{text.clone()}</li> })
                .collect_view()}
        </ul>
        <p class="texts__count" role="status">{move || counted("organise.texts.count")}</p>
        <Show when=move || shown.get() < n>
            <button type="button" class="button button--quiet"
                on:click=move |_| shown.update(|it| *it = (*it + AT_A_TIME).min(n))>
                {move || t("organise.texts.more")}
            </button>
        </Show>
    }
}
