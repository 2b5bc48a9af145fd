//! The questions, page by page of the questionnaire.

use std::sync::Arc;

use insight::Codebook;
use leptos::prelude::*;

use super::in_turns::in_turns;
use crate::words::{language, t, t_with};

/// Cards are drawn empty first, so that several go into a turn.
const CARDS_A_TURN: usize = 3;

/// One section for each page of the questionnaire that has questions, and one for the scores of
/// instruments, whose places follow those of the questions; `card` draws what is at a place.
pub(crate) fn sections(
    codebook: StoredValue<Arc<Codebook>>,
    card: impl Fn(usize) -> AnyView + 'static,
) -> impl IntoView {
    let pages = codebook.with_value(|it| {
        let mut pages: Vec<(usize, Vec<usize>)> = Vec::new();
        for (ix, question) in it.questions.iter().enumerate() {
            match pages.last_mut() {
                Some((page, questions)) if *page == question.page => questions.push(ix),
                _ => pages.push((question.page, vec![ix])),
            }
        }
        pages
    });
    let (n, n_scores) = codebook.with_value(|it| (it.questions.len(), it.scores.len()));
    let drawn = in_turns(n + n_scores, CARDS_A_TURN);
    let card = StoredValue::new_local(card);
    let card = move |ix: usize| {
        let drawn_now = move || ix < drawn.get();
        view! { <Show when=drawn_now>{card.with_value(|it| it(ix))}</Show> }
    };
    let section = |(page, questions): (usize, Vec<usize>)| {
        let title = move || {
            codebook.with_value(|it| {
                let title = it.pages.get(page).and_then(|it| it.resolve(&language()));
                title.map_or_else(
                    || t_with("organise.untitled", &[("n", &(page + 1).to_string())]),
                    |it| it.text.to_owned(),
                )
            })
        };
        let cards = questions.into_iter().map(card).collect_view();
        view! {
            <section class="theme">
                <h2 class="theme__title">{title}</h2>
                {cards}
            </section>
        }
    };
    let scores = (n_scores > 0).then(|| {
        let cards = (n..n + n_scores).map(card).collect_view();
        view! {
            <section class="theme">
                <h2 class="theme__title">{move || t("organise.scores")}</h2>
                <p class="theme__lead">{move || t("organise.scores.lead")}</p>
                {cards}
            </section>
        }
    });
    view! {
        {pages.into_iter().map(section).collect_view()}
        {scores}
    }
}
