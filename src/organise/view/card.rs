//! One question: its title, what its per cents are of, its chart and its table.

use std::sync::Arc;

use charts::Frame;
use insight::codebook::{Kind, Question};
use insight::{Base, Codebook, Release};
use leptos::prelude::*;

use super::super::cards::{CardParts, Drawn};
use super::super::figures::{Spread, Texts, chart, groups_by, main_item, number, table};
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
    /// Its parts.
    parts: CardParts,
    /// What else there is to the question, below its table.
    more: Option<AnyView>,
) -> impl IntoView {
    let id = format!("q-{ix}");
    let title_id = format!("{id}-title");
    let CardParts {
        picture: head,
        tables,
        width,
        waits,
        ..
    } = parts;
    let read = move |read: &dyn Fn(&Question, &Texts<'_>) -> Option<AnyView>| {
        of_question(codebook, ix, read)
    };
    let title =
        move || head.say(|| read(&|question, texts| Some(texts.question(question).into_any())));
    let base = move || {
        let shown = head.shown.get()?;
        head.say(|| {
            read(&|question, texts| Some(base_line(question, &shown.release, texts).into_any()))
        })
    };
    let picture = move || {
        let (shown, width) = (head.shown.get()?, width.get());
        if width <= 0.0 {
            return None;
        }
        head.say(|| read(&|question, texts| pictured(question, &shown, width, texts)))
    };
    let twin = Memo::new(move |_| {
        let shown = tables.shown.get()?;
        tables.say(|| {
            of_question(codebook, ix, |question, texts| {
                let spread = Spread::of(question, &shown.release, &shown.look, texts);
                let table = table(question, &spread, texts)?;
                let caption = t_with("organise.table.of", &[("title", &texts.question(question))]);
                Some((table, caption))
            })
        })
    });
    let table = move || {
        twin.get()
            .map(|(table, caption)| table_view(table, caption))
    };
    let reasons = move || {
        let reasons = twin.with(|it| it.as_ref().map(|it| it.0.reasons.clone()));
        reasons
            .unwrap_or_default()
            .into_iter()
            .map(|it| view! { <p class="card__reason">{it}</p> })
            .collect_view()
    };
    let is_public = more.is_none();
    let notes =
        move || tables.say(|| read(&|question, _| Some(notes(question, is_public).into_any())));
    let grouping = move || {
        let shown = tables.shown.get()?;
        tables.say(|| {
            read(&|question, _| {
                groups_by(&shown.release, question).then(|| {
                    view! { <p class="card__note">{t("organise.group.itself")}</p> }.into_any()
                })
            })
        })
    };
    let unweighted = move || {
        let shown = tables.shown.get()?;
        tables.say(|| {
            read(&|question, texts| {
                let spread = Spread::of(question, &shown.release, &shown.look, texts);
                spread.lacks_weights(question).then(|| {
                    view! { <p class="card__note">{t("organise.weighted.hidden")}</p> }.into_any()
                })
            })
        })
    };
    let is_drawn =
        codebook.with_value(|it| question_at(it, ix).is_some_and(|it| it.kind != Kind::Text));
    view! {
        // Its own language: the page's changes at once, and would lay every card out again.
        <section
            class="card"
            id=id
            lang=move || head.say(language)
            data-waits=move || waits.get().then_some("")
            aria-labelledby=title_id.clone()
        >
            <h3 class="card__title" id=title_id.clone()>{title}</h3>
            {base}
            <div class="card__chart">{picture}</div>
            {reasons}
            <details class="card__table" prop:open=!is_drawn>
                <summary>{move || tables.say(|| t("organise.table"))}</summary>
                {table}
            </details>
            {more}
            {grouping}
            {unweighted}
            {notes}
        </section>
    }
}

/// What `say` makes of question `ix`, with the texts of the page's language.
pub(super) fn of_question<T>(
    codebook: StoredValue<Arc<Codebook>>,
    ix: usize,
    say: impl FnOnce(&Question, &Texts<'_>) -> Option<T>,
) -> Option<T> {
    codebook.with_value(|codebook| {
        let texts = Texts {
            codebook,
            language: language(),
        };
        say(question_at(codebook, ix)?, &texts)
    })
}

/// The question at a place: those of the questionnaire first, then the scores.
pub(crate) fn question_at(codebook: &Codebook, ix: usize) -> Option<&Question> {
    codebook.questions.iter().chain(&codebook.scores).nth(ix)
}

/// The chart, or why there is none.
fn pictured(question: &Question, shown: &Drawn, width: f64, texts: &Texts<'_>) -> Option<AnyView> {
    let spread = Spread::of(question, &shown.release, &shown.look, texts);
    if spread.is_too_much_to_draw() {
        return Some(view! { <p class="card__note">{t("organise.chart.tooMany")}</p> }.into_any());
    }
    let scene = chart(question, &spread, texts)?.scene(frame(width));
    let name = t_with("organise.chart.of", &[("title", &texts.question(question))]);
    Some(drawing(scene, &name).into_any())
}

/// The room of a chart of this width.
pub(super) fn frame(width: f64) -> Frame {
    Frame::new(width, root_text_size() * TEXT_PART)
}

/// N and the base in words.
fn base_line(question: &Question, release: &Release, texts: &Texts<'_>) -> impl IntoView + use<> {
    let main = main_item(question);
    let one = main.filter(|it| it.score || question.items.len() == 1);
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
    let has_shares = main.is_some_and(|it| !matches!(it.kind, Kind::Text | Kind::Number));
    let base = has_shares.then(|| t_with("organise.base.named", &[("base", &base)]));
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
