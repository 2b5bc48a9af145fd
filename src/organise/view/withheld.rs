//! Why figures are missing: a refused query, unreadable lines, and the list of what was hidden.

use std::sync::Arc;

use insight::Release;
use insight::load::Unknown;
use insight::release::Refusal;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::super::desk::{Desk, Opened};
use super::super::figures::{Texts, number, reason};
use super::super::stage::BadLines;
use crate::words::{language, maybe, t, t_with};

/// Why the query was not answered, in a sentence.
pub(super) fn why(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Filter { what, .. } => t_with("organise.refusal.filter", &[("what", what)]),
        Refusal::Group(_) => t("organise.refusal.group"),
        Refusal::Crossing(..) => t("organise.refusal.crossing"),
        Refusal::TooManyGroups => t("organise.refusal.tooMany"),
        Refusal::TooFewYet(minimum) => {
            let least = number(*minimum, &language());
            t_with("organise.refusal.tooFewYet", &[("least", &least)])
        }
        Refusal::TooClose => t("organise.refusal.tooClose"),
        Refusal::TooSoon => t("organise.refusal.tooSoon"),
        _ => t("organise.refusal.tooFew"),
    }
}

/// Why the query was not answered.
pub(crate) fn refusal(refusal: &Refusal) -> impl IntoView + use<> {
    let text = why(refusal);
    view! {
        <div class="notice" role="status">
            <h2>{t("organise.refusal.title")}</h2>
            <p>{text}</p>
        </div>
    }
}

/// How many lines could not be read, and the first of them.
#[component]
pub(super) fn Unreadable(
    /// Everything the page follows.
    desk: Desk,
) -> impl IntoView {
    move || unreadable(desk.bad.get())
}

/// The lines of a file that could not be read, and the cells of a table that are no choices.
pub(super) fn unreadable(bad: BadLines) -> Option<AnyView> {
    let BadLines {
        n,
        first,
        unknown,
        unsure,
    } = bad;
    let lines = (n > 0).then(|| {
        view! {
                <details class="notice">
                    <summary>{t_with("organise.bad", &[("n", &number(n, &language()))])}</summary>
                    <ul>
                        {first
                            .into_iter()
                            .map(|(file, it)| {
                                let what = maybe(&format!("organise.bad.{}", it.code))
                                    .unwrap_or_else(|| it.code.to_owned());
                                let line = it.line.to_string();
                                let said = t_with("organise.bad.line", &[("line", &line), ("what", &what)]);
                                view! { <li>{file.map(|it| view! { <strong>{it}</strong> " – " })} {said}</li> }
                            })
                            .collect_view()}
                    </ul>
                </details>
        }
    });
    let (foreign, unknown): (Vec<Unknown>, Vec<Unknown>) =
        unknown.into_iter().partition(Unknown::is_foreign);
    let foreign = (!foreign.is_empty()).then(|| {
        let columns = foreign.into_iter().map(|it| {
            let (n, of) = (number(it.n, &language()), number(it.of, &language()));
            let cells = it.cells.join(", ");
            let values = [
                ("column", it.heading.as_str()),
                ("n", &n),
                ("total", &of),
                ("cells", &cells),
            ];
            view! { <li>{t_with("organise.foreign.column", &values)}</li> }
        });
        view! {
            <details class="notice" open=true>
                <summary><strong>{t("organise.foreign")}</strong></summary>
                <ul>{columns.collect_view()}</ul>
            </details>
        }
    });
    let cells = (!unknown.is_empty()).then(|| {
        let n = unknown.iter().map(|it| it.n).sum();
        let columns = unknown.into_iter().map(|it| {
            let n = number(it.n, &language());
            let cells = it.cells.join(", ");
            let values = [
                ("column", it.heading.as_str()),
                ("n", &n),
                ("cells", &cells),
            ];
            view! { <li>{t_with("organise.unknown.column", &values)}</li> }
        });
        view! {
            <details class="notice">
                <summary>{t_with("organise.unknown", &[("n", &number(n, &language()))])}</summary>
                <ul>{columns.collect_view()}</ul>
            </details>
        }
    });
    let numbers = (!unsure.is_empty()).then(|| {
        let columns = unsure.into_iter().map(|it| {
            let key = format!("organise.unsure.{}", it.taken.name());
            view! { <li>{t_with(&key, &[("column", &it.heading)])}</li> }
        });
        view! {
            <details class="notice" open=true>
                <summary>{t("organise.unsure")}</summary>
                <ul>{columns.collect_view()}</ul>
            </details>
        }
    });
    let is_something = lines.is_some() || foreign.is_some() || cells.is_some() || numbers.is_some();
    is_something.then(|| view! { {foreign} {lines} {cells} {numbers} }.into_any())
}

/// What was hidden and why, without its size. The list may be long and is made when it is opened.
pub(super) fn audit(release: &Arc<Release>, opened: &Arc<Opened>) -> Option<AnyView> {
    let n = u32::try_from(release.audit().len()).unwrap_or(u32::MAX);
    if n == 0 {
        return None;
    }
    let is_open = RwSignal::new(false);
    let on_toggle = move |event: leptos::ev::Event| {
        let element = event.current_target();
        let details = element.and_then(|it| it.dyn_into::<web_sys::Element>().ok());
        is_open.set(details.is_some_and(|it| it.has_attribute("open")));
    };
    let (release, opened) = (Arc::clone(release), Arc::clone(opened));
    let items = move || {
        let lines = is_open.get().then(|| lines(&release, &opened));
        let lines = lines.unwrap_or_default().into_iter();
        lines.map(|line| view! { <li>{line}</li> }).collect_view()
    };
    Some(
        view! {
            <details class="audit no-print" on:toggle=on_toggle>
                <summary>{t_with("organise.audit", &[("n", &number(n, &language()))])}</summary>
                <ul>{items}</ul>
            </details>
        }
        .into_any(),
    )
}

fn lines(release: &Release, opened: &Opened) -> Vec<String> {
    let texts = Texts {
        codebook: &opened.codebook,
        language: language(),
    };
    let lines = release.audit().iter().map(|it| {
        let mut parts = Vec::new();
        if !it.group.is_empty() {
            parts.push(texts.group(&it.group));
        }
        match it
            .variable
            .as_deref()
            .and_then(|it| opened.codebook.item(it))
        {
            Some((question, item)) => {
                parts.push(texts.question(question));
                if question.items.len() > 1 {
                    parts.push(texts.item(item));
                }
                parts.push(
                    it.row
                        .as_ref()
                        .map_or_else(|| t("organise.audit.whole"), |row| texts.row(item, row)),
                );
            }
            None => parts.push(t("organise.audit.group")),
        }
        format!("{}. {}", parts.join(" · "), reason(it.why))
    });
    lines.collect()
}
