//! The head of the results: whose answers, how many of how many, and how to read them.

use std::sync::Arc;

use charts::{Cell, Frame, RateBar};
use insight::Release;
use insight::percent::half_up;
use insight::release::Response;
use leptos::prelude::*;
use questionnaire::definition::Mode;

use super::super::desk::{Desk, Opened};
use super::super::figures::{number, percent};
use super::drawing::drawing;
use crate::browser::measure::root_text_size;
use crate::words::{language, t, t_with};

/// The title of the open survey in the page's language.
pub(super) fn survey_title(desk: Desk) -> Option<String> {
    desk.opened.with(|opened| {
        let opened = opened.as_ref()?;
        opened
            .codebook
            .title
            .resolve(&language())
            .map(|it| it.text.to_owned())
            .or_else(|| opened.entry.title.resolve(&language()).map(str::to_owned))
    })
}

/// "60 / 208 respondents", or why not.
pub(super) fn n_of_m(release: &Release) -> String {
    let head = release.head();
    match (head.n, head.total) {
        (Some(n), Some(total)) => t_with(
            "organise.count",
            &[
                ("n", &number(n, &language())),
                ("total", &number(total, &language())),
            ],
        ),
        (None, Some(total)) => t_with(
            "organise.count.all",
            &[("total", &number(total, &language()))],
        ),
        _ => t("organise.count.hidden"),
    }
}

/// Title, N of M, response rate, and the sentences that every reader must see.
#[component]
pub(super) fn Summary(
    /// Everything the page follows.
    desk: Desk,
    /// The survey.
    opened: Arc<Opened>,
    /// The width of the page's content.
    #[prop(into)]
    width: Signal<f64>,
) -> impl IntoView {
    let round = opened.codebook.round.clone();
    let is_sample = opened.entry.sample;
    let is_anonymous = opened.codebook.mode == Mode::Anonymous;
    let count = move || desk.release.with(|it| it.as_deref().map(n_of_m));
    let rate = move || {
        desk.release.with(|release| {
            let response = release.as_deref()?.response()?.clone();
            Some(rate(&response, width.get()))
        })
    };
    let protection = move || {
        desk.release.with(|release| {
            let protection = release.as_deref()?.head().protection;
            Some(if protection.is_none() {
                t("organise.protect.none")
            } else {
                t_with(
                    "organise.protect",
                    &[
                        ("cell", &protection.minimum_cell.to_string()),
                        ("sensitive", &protection.sensitive_minimum.to_string()),
                    ],
                )
            })
        })
    };
    view! {
        <div class="summary">
            <p class="summary__eyebrow">
                {move || t("organise.eyebrow")}
                {round.map(|round| view! {
                    <span>{move || t_with("organise.round", &[("round", &round)])}</span>
                })}
            </p>
            <h1 class="summary__title">{move || survey_title(desk)}</h1>
            {is_sample.then(|| view! {
                <p class="summary__sample">
                    <strong>{move || t("organise.sample.title")}</strong>
                    " "
                    {move || t("organise.sample")}
                </p>
            })}
            <div class="summary__numbers">
                <p class="summary__count">{count}</p>
                {rate}
            </div>
            <ul class="summary__reading">
                {is_anonymous.then(|| view! { <li>{move || t("organise.caveat")}</li> })}
                <li>{protection}</li>
            </ul>
        </div>
    }
}

/// The response rate: a bar and a sentence; for organisations also who has not answered.
fn rate(response: &Response, width: f64) -> impl IntoView + use<> {
    let language = language();
    let whole = response
        .answered
        .and_then(|answered| half_up(answered, response.asked));
    let cell = whole.map_or_else(
        || Cell::Hidden {
            text: t("organise.hidden"),
        },
        |whole| Cell::Shown {
            share: f64::from(whole) / 100.0,
            text: percent(whole),
        },
    );
    let sentence = response.answered.map_or_else(
        || t("organise.hidden"),
        |answered| {
            t_with(
                "organise.rate",
                &[
                    ("answered", &number(answered, &language)),
                    ("asked", &number(response.asked, &language)),
                ],
            )
        },
    );
    let bar = RateBar {
        cell,
        label: sentence.clone(),
    };
    let scene = bar.scene(Frame::new(width.min(420.0), root_text_size()));
    view! {
        <div class="summary__rate">
            <p><strong>{t("organise.rate.title")}</strong> " " {sentence}</p>
            {drawing(scene, &t("organise.rate.title"))}
        </div>
    }
}
