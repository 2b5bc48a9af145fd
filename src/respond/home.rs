//! `/`: the surveys on offer.

use leptos::prelude::*;

use super::installation::use_config;
use super::shell::address;
use crate::browser::document;
use crate::words::{language, t};

/// The list of surveys.
#[component]
pub fn Home() -> impl IntoView {
    let config = use_config();
    Effect::new(move || document::set_title(&[&t("home.title"), " – Kuuluu"].concat()));
    let surveys = config
        .surveys
        .iter()
        .map(|survey| {
            let title = survey.title.clone();
            let path = ["/s/", survey.id.as_str()].concat();
            view! {
                <li>
                    <a class="card" href=move || address(&path)>
                        <span class="card__title">
                            {move || title.resolve(&language()).unwrap_or_default().to_owned()}
                        </span>
                        {survey.sample.then(|| view! {
                            <span class="card__note">{move || t("home.sample")}</span>
                        })}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <h1 id="heading" tabindex="-1">{move || t("home.title")}</h1>
        <p class="lead">{move || t("home.lead")}</p>
        <ul class="cards">{surveys}</ul>
    }
}
