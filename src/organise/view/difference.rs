//! What may be said of two groups, question by question.

use std::sync::Arc;

use insight::Codebook;
use leptos::prelude::*;

use super::super::desk::Desk;
use super::super::figures::{Finding, Texts, contrast};
use super::table::table as table_view;
use crate::words::{language, t, t_with};

/// The findings of question `ix` while two groups are compared.
#[component]
pub(super) fn Differences(
    /// Everything the page follows.
    desk: Desk,
    /// The survey.
    codebook: StoredValue<Arc<Codebook>>,
    /// Which question.
    ix: usize,
) -> impl IntoView {
    move || {
        let comparison = desk.comparison.get()?;
        codebook.with_value(|it| {
            let texts = Texts {
                codebook: it,
                language: language(),
            };
            let question = it.questions.get(ix)?;
            let (findings, table) = contrast(question, &comparison, &texts)?;
            let title = texts.question(question);
            let caption = t_with("organise.compare.of", &[("title", &title)]);
            Some(view! {
                <div class="differences">
                    {findings.into_iter().map(finding).collect_view()}
                    <details class="card__table">
                        <summary>{t("organise.compare.table")}</summary>
                        {table_view(table, caption)}
                    </details>
                </div>
            })
        })
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
