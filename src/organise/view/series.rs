//! A question through the rounds.

use std::sync::Arc;

use insight::Codebook;
use leptos::prelude::*;

use super::super::cards::Shown;
use super::super::figures::{Texts, over_time};
use super::card::question_at;
use super::table::table as table_view;
use crate::words::{language, t, t_with};

/// The rounds of question `ix` one after the other, while rounds are shown.
#[component]
pub(super) fn Series(
    /// The figures of the question.
    shown: Signal<Shown>,
    /// The survey.
    codebook: StoredValue<Arc<Codebook>>,
    /// Which question.
    ix: usize,
) -> impl IntoView {
    move || {
        let shown = shown.get()?;
        let rounds = shown.look.over_time.as_ref()?;
        codebook.with_value(|it| {
            let texts = Texts {
                codebook: it,
                language: language(),
            };
            let question = question_at(it, ix)?;
            let table = over_time(question, rounds, &texts)?;
            let title = texts.question(question);
            let caption = t_with("organise.series.of", &[("title", &title)]);
            Some(view! {
                <details class="card__table" open=true>
                    <summary>{t("organise.series")}</summary>
                    {table_view(table, caption)}
                </details>
            })
        })
    }
}
