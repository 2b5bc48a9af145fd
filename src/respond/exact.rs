//! Exactly what will be sent: the envelope in words, and byte for byte.

use json::Value;
use leptos::prelude::*;
use wire::routes;

use super::installation::use_config;
use super::running::use_running;
use crate::words::{t, t_with};

/// A disclosure with the envelope as it will leave.
#[component]
pub fn Exact(
    /// The answer is an organisation's, and public.
    public: bool,
) -> impl IntoView {
    let running = use_running();
    let endpoint = use_config().endpoint.as_str().to_owned();
    let departure = running.departure()?;
    let bytes = departure.shown().to_owned();
    let size = bytes.len().to_string();
    let url = routes::response(&endpoint, departure.survey(), departure.id());
    let fields = Value::parse(&bytes)
        .ok()
        .and_then(|document| document.as_object().cloned())
        .unwrap_or_default();
    let rows = fields
        .iter()
        .map(|(name, value)| {
            let label = ["field.", name].concat();
            let shown = match value.as_object() {
                None => view! { <code>{in_short(value)}</code> }.into_any(),
                Some(answers) => answers
                    .iter()
                    .map(|(name, value)| {
                        view! { <div><code>{name.to_owned()} ": " {in_short(value)}</code></div> }
                    })
                    .collect_view()
                    .into_any(),
            };
            view! {
                <dt>{move || t(&label)}</dt>
                <dd>{shown}</dd>
            }
        })
        .collect_view();
    let word = if public {
        "review.exact.organisation"
    } else {
        "review.exact.text"
    };
    Some(view! {
        <details class="disclosure exact no-print">
            <summary>{move || t("review.exact")}</summary>
            <div class="flow">
                <p>{move || t(word)}</p>
                <h2 class="exact__title">{move || t("review.exact.fields")}</h2>
                <dl class="exact__fields">{rows}</dl>
                <h2 class="exact__title">{move || t("review.exact.raw")}</h2>
                <p>
                    {move || t("review.exact.to")} ": " <code>"PUT " {url}</code> <br />
                    {move || t("review.exact.size")} ": "
                    {move || t_with("review.exact.bytes", &[("n", &size)])}
                </p>
                <pre class="exact__bytes" tabindex="0">{bytes}</pre>
            </div>
        </details>
    })
}

fn in_short(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        other => other.to_string(),
    }
}
