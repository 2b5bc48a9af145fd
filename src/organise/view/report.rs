//! What stands below the controls. Each kind of report finds its place here.

use std::sync::Arc;

use insight::Codebook;
use insight::codebook::Kind;
use leptos::prelude::*;

use super::super::cards::CardParts;
use super::super::desk::Desk;
use super::super::figures::Texts;
use super::super::selection::Report;
use super::card::Card;
use super::difference::Differences;
use super::open_texts::OpenTexts;
use super::sections::sections;
use super::series::Series;
use crate::words::language;

/// The report that the reader has chosen.
pub(super) fn report(desk: Desk, kind: Report, codebook: StoredValue<Arc<Codebook>>) -> AnyView {
    match kind {
        Report::Questions => sections(codebook, move |ix| {
            let parts = desk.cards.card(ix);
            parts
                .map(|parts| question(desk, codebook, ix, parts))
                .into_any()
        })
        .into_any(),
    }
}

/// A question with its figures and, if it is open, what people wrote.
fn question(
    desk: Desk,
    codebook: StoredValue<Arc<Codebook>>,
    ix: usize,
    parts: CardParts,
) -> AnyView {
    let texts = codebook.with_value(|it| {
        let items = it.questions.get(ix).map(|it| it.items.as_slice());
        let open = items.unwrap_or_default().iter().enumerate();
        let open = open.filter(|(_, item)| item.kind == Kind::Text);
        open.map(|(item_ix, item)| (item_ix, item.name.clone()))
            .collect::<Vec<_>>()
    });
    let texts: Vec<_> = texts
        .into_iter()
        .map(|(item_ix, variable)| {
            let label = Signal::derive(move || {
                let label = |it: &Arc<Codebook>| {
                    let texts = Texts {
                        codebook: it,
                        language: language(),
                    };
                    let item = it.questions.get(ix).and_then(|it| it.items.get(item_ix));
                    item.map(|it| texts.of(&it.text, "")).unwrap_or_default()
                };
                parts.tables.say(|| codebook.with_value(label))
            });
            view! { <OpenTexts desk variable label/> }
        })
        .collect();
    let more = view! {
        <Differences parts codebook ix/>
        <Series parts codebook ix/>
        {texts}
    };
    view! { <Card codebook ix parts more=Some(more.into_any())/> }.into_any()
}
