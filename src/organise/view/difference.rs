//! What may be said of two groups or rounds, question by question.

use std::sync::Arc;

use insight::Codebook;
use leptos::prelude::*;

use super::super::cards::CardParts;
use super::super::figures::{Between, Finding, contrast};
use super::card::of_question;
use super::table::table as table_view;
use crate::words::{t, t_with};

/// The findings of question `ix` while two groups or rounds are compared.
#[component]
pub(super) fn Differences(
    /// The parts of its card.
    parts: CardParts,
    /// The survey.
    codebook: StoredValue<Arc<Codebook>>,
    /// Which question.
    ix: usize,
) -> impl IntoView {
    move || {
        let compared = parts.beside.get()?;
        let words = || {
            of_question(codebook, ix, |question, texts| {
                let names = compared.rounds.as_ref();
                let between =
                    names.map_or(Between::Groups, |(now, then)| Between::Rounds(now, then));
                let (findings, table) = contrast(question, &compared.comparison, between, texts)?;
                let has_table = !table.rows.is_empty();
                let title = texts.question(question);
                let caption = t_with("organise.compare.of", &[("title", &title)]);
                Some(view! {
                    <div class="differences">
                        {findings.into_iter().map(finding).collect_view()}
                        {has_table.then(|| view! {
                            <details class="card__table">
                                <summary>{t("organise.compare.table")}</summary>
                                {table_view(table, caption)}
                            </details>
                        })}
                    </div>
                })
            })
        };
        parts.tables.say(words)
    }
}

fn finding(it: Finding) -> impl IntoView {
    view! {
        <p class="differences__one" data-shown=it.is_shown.then_some("")>
            {(!it.label.is_empty()).then(|| view! { <strong>{it.label.clone()} ": "</strong> })}
            {it.sentence}
        </p>
    }
}
