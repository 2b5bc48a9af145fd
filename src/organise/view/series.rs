//! A question through the rounds.

use std::sync::Arc;

use insight::Codebook;
use leptos::prelude::*;

use super::super::cards::CardParts;
use super::super::figures::{lines_over_time, over_time};
use super::card::{frame, of_question};
use super::drawing::drawing;
use super::table::table as table_view;
use crate::words::{t, t_with};

/// The rounds of question `ix` one after the other, while rounds are shown.
#[component]
pub(super) fn Series(
    /// The parts of its card.
    parts: CardParts,
    /// The survey.
    codebook: StoredValue<Arc<Codebook>>,
    /// Which question.
    ix: usize,
) -> impl IntoView {
    move || {
        let shown = parts.tables.shown.get()?;
        let rounds = shown.look.over_time.as_ref()?;
        let width = parts.width.get();
        let words = || {
            of_question(codebook, ix, |question, texts| {
                let table = over_time(question, rounds, texts)?;
                let title = texts.question(question);
                let caption = t_with("organise.series.of", &[("title", &title)]);
                let chart = lines_over_time(question, rounds, texts).filter(|_| width > 0.0);
                let chart = chart.map(|it| drawing(it.scene(frame(width)), &caption));
                Some(view! {
                    <details class="card__table" open=true>
                        <summary>{t("organise.series")}</summary>
                        <div class="card__chart">{chart}</div>
                        {table_view(table, caption)}
                    </details>
                })
            })
        };
        parts.tables.say(words)
    }
}
