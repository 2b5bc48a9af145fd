//! The head of the results: whose answers, how many of how many, and how to read them.

use std::sync::Arc;

use charts::{Cell, Frame, RateBar};
use insight::percent::half_up;
use insight::release::Response;
use insight::{Codebook, Release};
use leptos::prelude::*;
use questionnaire::definition::Mode;

use super::super::desk::{Desk, Opened};
use super::super::figures::{
    Table, TableCell, TableRow, Texts, Weight, number, percent, round_name,
};
use super::super::selection::Selection;
use super::drawing::drawing;
use super::table::table;
use super::withheld::why;
use super::{rounds, weights};
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
    match (head.n, head.total.filter(|_| release.refusal().is_none())) {
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
    let is_anonymous = opened.codebook.mode == Mode::Anonymous;
    let count = move || desk.release.with(|it| it.as_deref().map(n_of_m));
    let rate = move || {
        desk.release.with(|release| {
            let response = release.as_deref()?.response()?.clone();
            Some(rate(&response, width.get()))
        })
    };
    let survey = StoredValue::new(Arc::clone(&opened));
    let filter = move || {
        let what = survey.with_value(|opened| desk.shown.with(|it| filters_in_words(it, opened)));
        (!what.is_empty()).then(|| {
            view! { <p class="summary__filter">{t_with("organise.filter.now", &[("what", &what)])}</p> }
        })
    };
    let beside = move || {
        rounds_beside(desk).map(|lines| {
            let lines = lines.into_iter().map(|it| view! { <li>{it}</li> });
            view! {
                <ul class="summary__rounds">{lines.collect_view()}</ul>
                {against(desk).map(|it| view! { <p>{it}</p> })}
            }
        })
    };
    let weighted =
        move || weights::label(desk).map(|it| view! { <p class="summary__weighted">{it}</p> });
    let by_region = move || {
        desk.release.with(|release| {
            let response = release.as_deref()?.response()?.clone();
            Some(survey.with_value(|opened| frame_details(&response, opened)))
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
            <Show when=move || desk.is_sample.get()>
                <p class="summary__sample">
                    <strong>{move || t("organise.sample.title")}</strong>
                    " "
                    {move || t("organise.sample")}
                </p>
            </Show>
            <div class="summary__numbers">
                <p class="summary__count" data-old=move || desk.is_counting.get().then_some("")>{count}</p>
                {rate}
            </div>
            {filter}
            {beside}
            {weighted}
            {by_region}
            <ul class="summary__reading">
                {is_anonymous.then(|| view! { <li>{move || t("organise.caveat")}</li> })}
                <li>{protection}</li>
            </ul>
        </div>
    }
}

/// The response rate: a bar and a sentence.
pub(crate) fn rate(response: &Response, width: f64) -> impl IntoView + use<> {
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

/// What respondents are filtered by: question and answer.
fn filters_in_words(selection: &Selection, opened: &Opened) -> String {
    let texts = Texts {
        codebook: &opened.codebook,
        language: language(),
    };
    let parts = selection.filters.iter().filter_map(|(variable, code)| {
        let (question, item) = opened.codebook.item(variable)?;
        let category = item.categories.iter().find(|it| it.code() == *code)?;
        Some(format!(
            "{} {}",
            texts.question(question),
            texts.category(category)
        ))
    });
    parts.collect::<Vec<_>>().join("; ")
}

/// How many answered in each of the rounds that stand beside each other, and how far they are apart.
fn rounds_beside(desk: Desk) -> Option<Vec<String>> {
    let chosen = desk.selection.with(|it| it.rounds);
    let earlier = desk.rounds.chosen(chosen);
    if earlier.is_empty() {
        return None;
    }
    let of = |name: &str, release: &Release| {
        let n = match release.refusal() {
            Some(refusal) => why(refusal),
            None => n_of_m(release),
        };
        format!("{}: {n}", t_with("organise.round", &[("round", name)]))
    };
    let now = desk.round_name();
    let mut lines: Vec<String> = desk
        .release
        .with(|it| it.as_deref().map(|it| of(&round_name(now.as_deref()), it)))
        .into_iter()
        .collect();
    desk.rounds.figures.with(|figures| {
        let earlier = earlier.iter();
        lines.extend(earlier.filter_map(|it| Some(of(&it.name, figures.get(&it.place)?))));
    });
    lines.extend(rounds::apart(desk));
    Some(lines)
}

/// Which of several rounds differences are from.
fn against(desk: Desk) -> Option<String> {
    let chosen = desk.rounds.chosen(desk.selection.with(|it| it.rounds));
    let latest = chosen.first().filter(|_| chosen.len() > 1)?;
    let name = [("name", latest.name.as_str())];
    Some(t_with("organise.rounds.against", &name))
}

/// Who answered more than once, and how that was counted.
pub(crate) fn repeated(response: &Response, codebook: &Codebook) -> Option<String> {
    let language = language();
    let units = response.repeated.iter().map(|it| {
        let name = called(&it.code, codebook, &language);
        let n = number(it.answers, &language);
        t_with("organise.rate.repeated.unit", &[("name", &name), ("n", &n)])
    });
    let units: Vec<String> = units.collect();
    let said = || t_with("organise.rate.repeated", &[("units", &units.join(", "))]);
    (!units.is_empty()).then(said)
}

/// The name of a unit of the frame, or else its code.
fn called(code: &str, codebook: &Codebook, language: &str) -> String {
    let unit = codebook.frame.iter().find(|it| it.code == code);
    let name = unit.and_then(|it| it.name.resolve(language));
    name.map_or_else(|| code.to_owned(), |it| it.text.to_owned())
}

/// Sub-regions and those who have not answered, where the survey knows whom it asked.
fn frame_details(response: &Response, opened: &Opened) -> impl IntoView + use<> {
    let language = language();
    let called = |code: &String| called(code, &opened.codebook, &language);
    let waiting: Vec<String> = response.waiting.iter().flatten().map(called).collect();
    let repeated = repeated(response, &opened.codebook);
    let n = waiting.len().to_string();
    let list = waiting.into_iter().map(|it| view! { <li>{it}</li> });
    let list = list.collect_view();
    view! {
        {repeated.map(|it| view! { <p>{it}</p> })}
        {(!response.sub_regions.is_empty()).then(|| {
            let title = t("organise.rate.sub");
            view! {
                <details class="audit" open=true>
                    <summary>{title.clone()}</summary>
                    {table(sub_regions(response, &language), title)}
                </details>
            }
        })}
        {(n != "0").then(|| view! {
            <details class="audit">
                <summary>{t_with("organise.rate.waiting", &[("n", &n)])}</summary>
                <ul>{list}</ul>
            </details>
        })}
    }
}

/// A row per sub-region: asked, answered, and the rate.
fn sub_regions(response: &Response, language: &str) -> Table {
    let count = |n: Option<u32>| match n {
        Some(n) => TableCell::Text(number(n, language)),
        None => TableCell::Hidden(t("organise.hidden")),
    };
    let row = |name: String, asked: u32, answered: Option<u32>, weight| TableRow {
        label: name,
        cells: vec![
            count(Some(asked)),
            count(answered),
            match answered.and_then(|it| half_up(it, asked)) {
                Some(whole) => TableCell::Text(percent(whole)),
                None => TableCell::Hidden(t("organise.hidden")),
            },
        ],
        weight,
    };
    let regions = response.sub_regions.iter();
    let mut rows: Vec<TableRow> = regions
        .map(|it| row(it.name.clone(), it.asked, it.answered, Weight::Plain))
        .collect();
    let all = t("organise.all");
    rows.push(row(all, response.asked, response.answered, Weight::Sum));
    Table {
        head: vec![
            String::new(),
            t("organise.rate.asked"),
            t("organise.rate.answered"),
            t("organise.rate.title"),
        ],
        rows,
        ..Table::default()
    }
}
