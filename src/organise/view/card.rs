//! One question: its title, what its per cents are of, its chart and its table.

use std::collections::BTreeSet;
use std::sync::Arc;

use charts::Frame;
use insight::codebook::{Kind, Question};
use insight::release::Group;
use insight::{Base, Codebook, Release};
use leptos::prelude::*;

use super::super::cards::Shown;
use super::super::figures::{Texts, chart, number, table};
use super::drawing::drawing;
use super::table::table as table_view;
use crate::browser::measure::root_text_size;
use crate::words::{language, t, t_with};

/// The size of a chart's text beside the root's.
const TEXT_PART: f64 = 0.9375;

/// A question and its figures.
#[component]
pub(crate) fn Card(
    /// The survey.
    codebook: StoredValue<Arc<Codebook>>,
    /// Which question of the codebook.
    ix: usize,
    /// Its figures.
    #[prop(into)]
    release: Signal<Shown>,
    /// Groups of the release that the reader does not want to see, by their places.
    #[prop(into)]
    left_out: Signal<BTreeSet<usize>>,
    /// The width charts may take, in CSS pixels.
    #[prop(into)]
    width: Signal<f64>,
    /// What else there is to the question, below its table.
    more: Option<AnyView>,
) -> impl IntoView {
    let release = move || release.get();
    let id = format!("q-{ix}");
    let title_id = format!("{id}-title");
    let with_question = move |read: &dyn Fn(&Question, &Texts<'_>) -> Option<AnyView>| {
        codebook.with_value(|codebook| {
            let texts = Texts {
                codebook,
                language: language(),
            };
            read(codebook.questions.get(ix)?, &texts)
        })
    };
    let title = move || with_question(&|question, texts| Some(texts.question(question).into_any()));
    let base = move || {
        let release = release()?;
        with_question(&|question, texts| Some(base_line(question, &release, texts).into_any()))
    };
    let picture = move || {
        let release = release()?;
        with_question(&|question, texts| {
            let groups = groups(&release, left_out);
            let scene = chart(question, &release, &groups, texts)?
                .scene(Frame::new(width.get(), root_text_size() * TEXT_PART));
            let name = t_with("organise.chart.of", &[("title", &texts.question(question))]);
            Some(drawing(scene, &name).into_any())
        })
    };
    let twin = move || {
        let release = release()?;
        with_question(&|question, texts| {
            let groups = groups(&release, left_out);
            let table = table(question, &release, &groups, texts)?;
            let caption = t_with("organise.table.of", &[("title", &texts.question(question))]);
            Some(table_view(table, caption).into_any())
        })
    };
    let is_public = more.is_none();
    let notes = move || with_question(&|question, _| Some(notes(question, is_public).into_any()));
    let is_drawn =
        codebook.with_value(|it| it.questions.get(ix).is_some_and(|it| it.kind != Kind::Text));
    view! {
        <section class="card" id=id aria-labelledby=title_id.clone()>
            <h3 class="card__title" id=title_id.clone()>{title}</h3>
            {base}
            <div class="card__chart">{picture}</div>
            <details class="card__table" prop:open=!is_drawn>
                <summary>{move || t("organise.table")}</summary>
                {twin}
            </details>
            {more}
            {notes}
        </section>
    }
}

/// The release's groups without those that the reader left out.
fn groups(release: &Release, left_out: Signal<BTreeSet<usize>>) -> Vec<&Group> {
    left_out.with(|left_out| {
        release
            .groups()
            .iter()
            .enumerate()
            .filter(|(ix, _)| !left_out.contains(ix))
            .map(|(_, group)| group)
            .collect()
    })
}

/// N and the base in words.
fn base_line(question: &Question, release: &Release, texts: &Texts<'_>) -> impl IntoView + use<> {
    let one = question.items.first().filter(|_| question.items.len() == 1);
    let n = one
        .and_then(|item| release.figures(&item.name))
        .map(|figures| match figures.n {
            Some(n) => t_with("organise.n", &[("n", &number(n, &texts.language))]),
            None => t("organise.n.hidden"),
        });
    let base = t(match release.head().base {
        Base::Valid => "organise.base.valid",
        Base::All => "organise.base.all",
    });
    let base = (!matches!(question.kind, Kind::Text | Kind::Number))
        .then(|| t_with("organise.base.named", &[("base", &base)]));
    let is_sensitive = question.items.iter().any(|it| it.sensitive);
    view! {
        <p class="card__base">
            {n.map(|n| view! { <strong class="card__n">{n}</strong> })}
            {base.map(|base| view! { <span>{base}</span> })}
            {is_sensitive.then(|| view! { <span class="card__tag">{t("organise.sensitive")}</span> })}
        </p>
    }
}

fn notes(question: &Question, is_public: bool) -> impl IntoView + use<> {
    let wording = question
        .note
        .as_ref()
        .map(|note| t_with("organise.note.wording", &[("note", note)]));
    let open = (is_public && question.kind == Kind::Text).then(|| t("organise.note.text"));
    [open, wording]
        .into_iter()
        .flatten()
        .map(|note| view! { <p class="card__note">{note}</p> })
        .collect_view()
}
