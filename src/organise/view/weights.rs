//! Weighting: the file with the margins, and how the weights came out.

use insight::release::Label;
use insight::weights::Weighting;
use insight::{Codebook, Release};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::desk::{Desk, Opened};
use super::super::figures::{Texts, decimal, number};
use super::open::chosen_file;
use crate::words::{language, t, t_with};

/// The form for the margins, and what is known of the weights.
#[component]
pub(super) fn Weighting_(
    /// Everything the page follows.
    desk: Desk,
) -> impl IntoView {
    let take_file = move |event: leptos::ev::Event| {
        if let Some(file) = chosen_file(&event) {
            spawn_local(desk.weigh(file));
        }
    };
    let problem = move || desk.weights.problem.get();
    view! {
        <details class="exports no-print">
            <summary class="exports__summary">{move || t("organise.weights")}</summary>
            <div class="exports__list">
                <p class="exports__note">{move || t("organise.weights.lead")}</p>
                <div class="opening__form">
                    <label class="opening__label" for="margins">{move || t("organise.weights.file")}</label>
                    <input id="margins" class="opening__file" type="file" accept=".json,application/json"
                        aria-describedby="margins-problem"
                        aria-invalid=move || problem().is_some().then_some("true")
                        on:change=take_file/>
                    <div id="margins-problem" class="opening__problem" role="alert">
                        {move || problem().map(|it| view! {
                            <p>{t("organise.weights.problem")}</p>
                            <p lang="en"><code>{it}</code></p>
                        })}
                    </div>
                </div>
                <div role="status">
                    {move || desk.weights.weighting.get().map(|it| desk.opened.with(|opened| {
                        opened.as_ref().map(|opened| how(&it, opened))
                    }))}
                </div>
            </div>
        </details>
    }
}

/// How the weights came out.
fn how(weighting: &Weighting, opened: &Opened) -> AnyView {
    let texts = Texts {
        codebook: &opened.codebook,
        language: language(),
    };
    let mut lines = vec![t_with(
        "organise.weights.by",
        &[("what", &variables(weighting, &texts))],
    )];
    if let Some(source) = &weighting.source {
        lines.push(t_with("organise.weights.source", &[("source", source)]));
    }
    lines.push(effective(weighting));
    if weighting.trimmed > 0 {
        let n = number(weighting.trimmed, &texts.language);
        let gap = decimal(weighting.largest_gap, &texts.language);
        lines.push(t_with(
            "organise.weights.trimmed",
            &[("n", &n), ("gap", &gap)],
        ));
    }
    if !weighting.converged {
        lines.push(t("organise.weights.notMet"));
    }
    if !weighting.empty.is_empty() {
        let parts = weighting.empty.iter().filter_map(|(variable, code)| {
            let (_, item) = opened.codebook.item(variable)?;
            let category = item.categories.iter().find(|it| it.code() == *code);
            Some(category.map_or_else(|| code.clone(), |it| texts.category(it)))
        });
        let parts = parts.collect::<Vec<_>>().join(", ");
        lines.push(t_with("organise.weights.empty", &[("what", &parts)]));
    }
    let lines = lines.into_iter().map(|it| view! { <li>{it}</li> });
    view! { <ul class="exports__plain">{lines.collect_view()}</ul> }.into_any()
}

fn variables(weighting: &Weighting, texts: &Texts<'_>) -> String {
    let names = weighting.variables.iter().map(|it| {
        let question = texts.codebook.question(it);
        question.map_or_else(|| it.clone(), |it| texts.question(it))
    });
    names.collect::<Vec<_>>().join("; ")
}

fn effective(weighting: &Weighting) -> String {
    let n = number(weighting.effective_n, &language());
    t_with("organise.weights.effective", &[("n", &n)])
}

/// How many questions have shares, and of how many of these weighted ones are shown.
fn weighted_questions(release: &Release, codebook: &Codebook) -> (u32, u32) {
    let is_class = |it: &Label| matches!(it, Label::Range(..) | Label::Whole(..));
    let (mut of, mut shown) = (0, 0);
    for question in &codebook.questions {
        let figures = question.items.iter();
        let figures = figures.filter_map(|it| release.figures(&it.name));
        let rows = figures.flat_map(|it| &it.rows);
        let mut shares = rows.filter(|it| !is_class(&it.label)).peekable();
        of += u32::from(shares.peek().is_some());
        shown += u32::from(shares.any(|it| it.weighted.is_some()));
    }
    (of, shown)
}

/// What must stand wherever weighted shares are shown.
pub(super) fn label(desk: Desk) -> Option<String> {
    desk.release.with(|release| {
        let release = release.as_deref()?;
        let weighting = release.head().weighting.as_ref()?;
        desk.opened.with(|opened| {
            let texts = Texts {
                codebook: &opened.as_ref()?.codebook,
                language: language(),
            };
            let what = variables(weighting, &texts);
            let n = number(weighting.effective_n, &texts.language);
            let (of, shown) = weighted_questions(release, texts.codebook);
            let counts = (number(shown, &texts.language), number(of, &texts.language));
            Some(t_with(
                "organise.weights.label",
                &[
                    ("what", &what),
                    ("n", &n),
                    ("shown", &counts.0),
                    ("of", &counts.1),
                ],
            ))
        })
    })
}
