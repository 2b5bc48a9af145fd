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

/// What must stand wherever weighted shares were asked for.
pub(super) fn label(desk: Desk) -> Option<String> {
    let is_wanted = desk.shown.with(|it| it.weighted);
    let weighting = desk.weights.weighting.get().filter(|_| is_wanted);
    desk.release.with(|release| {
        let release = release.as_deref()?;
        desk.opened.with(|opened| {
            let texts = Texts {
                codebook: &opened.as_ref()?.codebook,
                language: language(),
            };
            said(release, weighting.as_ref(), &texts)
        })
    })
}

/// By what the shares of a release are weighted, or that none are, although they were to be by these
/// margins.
fn said(release: &Release, margins: Option<&Weighting>, texts: &Texts<'_>) -> Option<String> {
    let Some(weighting) = &release.head().weighting else {
        let what = variables(margins?, texts);
        let is_shown = release.refusal().is_none();
        return is_shown.then(|| t_with("organise.weights.none", &[("what", &what)]));
    };
    let what = variables(weighting, texts);
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
}

#[cfg(test)]
mod tests {
    use insight::weights::Margins;
    use insight::{Dataset, Loader, Protection, Query};
    use json::Value;
    use questionnaire::definition::Survey;

    use super::*;
    use crate::words::{self, install};

    const SURVEY: &str = r#"{"pages": [{"name": "p", "elements": [
        {"type": "radiogroup", "name": "area", "title": "Area", "choices": ["a", "b", "c"],
         "kuuluu": {"role": "background"}},
        {"type": "radiogroup", "name": "well", "choices": ["yes", "no"]}]}],
        "kuuluu": {"id": "s", "version": "1", "languages": ["en"]}}"#;

    /// What is said where so many of each area answered.
    fn said_of(people: [usize; 3]) -> Option<String> {
        let words = include_str!("../../../public/words/organise.en.json");
        let words = Value::parse(words).expect("JSON");
        install(words::Table::read("en", words));
        let codebook = Codebook::of(&Survey::parse(SURVEY).survey);
        let mut loader = Loader::new(Dataset::new(codebook.clone()));
        for (area, n) in ["a", "b", "c"].iter().zip(people) {
            for ix in 0..n {
                let well = if ix % 2 == 0 { "yes" } else { "no" };
                let line = format!(
                    "{{\"survey\":\"s\",\"answers\":{{\"area\":\"{area}\",\"well\":\"{well}\"}}}}\n"
                );
                loader.push(line.as_bytes());
            }
        }
        let mut dataset = loader.finish().0;
        let margins = r#"{"format": "kuuluu-margins/1", "source": "test",
            "margins": {"area": {"a": 2, "b": 1, "c": 1}}}"#;
        let weighting = dataset.weigh(Margins::parse(margins).expect("margins"));
        let weighting = weighting.expect("weights");
        let query = Query {
            weighted: true,
            ..Query::default()
        };
        let release = dataset.tabulate(&query, &Protection::RESIDENTS);
        let rows = release.questions().iter().flat_map(|it| &it.rows);
        let is_weighted = rows.into_iter().any(|it| it.weighted.is_some());
        assert_eq!(is_weighted, release.head().weighting.is_some());
        let texts = Texts {
            codebook: &codebook,
            language: "en".to_owned(),
        };
        assert_eq!(said(&release, None, &texts).is_some(), is_weighted);
        said(&release, Some(&weighting), &texts)
    }

    #[test]
    fn whoever_asked_for_weights_is_told_by_what_figures_are_weighted_or_that_none_are() {
        let weighted = said_of([20, 20, 20]).expect("a label");
        assert!(weighted.contains("Area. Effective N"), "{weighted}");
        let plain = said_of([20, 2, 3]).expect("a label");
        assert!(plain.starts_with("No weighted shares are shown"), "{plain}");
        assert!(plain.contains(": Area."), "{plain}");
    }
}
