//! The scores that a survey's questions come to.

use json::Value;
use questionnaire::definition::{InstrumentItem, Role};
use questionnaire::localized::Localized;
use questionnaire::scoring::{Instrument, instrument};

use super::{Category, Item, Kind, Question};
use crate::scores::bands;

/// One question per instrument of which enough items are asked, in the order of their first items.
pub(super) fn scores(questions: &[Question]) -> Vec<Question> {
    let mut found: Vec<(&'static Instrument, Vec<(&Question, &Item)>)> = Vec::new();
    for question in questions {
        for item in &question.items {
            let Some(own) = &item.instrument else {
                continue;
            };
            let Some(known) = instrument(&own.id) else {
                continue;
            };
            if known.items.iter().all(|it| it.id != own.item) {
                continue;
            }
            match found.iter_mut().find(|(it, _)| it.id == known.id) {
                Some((_, items)) => items.push((question, item)),
                None => found.push((known, vec![(question, item)])),
            }
        }
    }
    let enough = found
        .into_iter()
        .filter(|(instrument, items)| items.len() >= instrument.least);
    enough
        .filter_map(|(instrument, items)| question(instrument, &items))
        .collect()
}

fn question(instrument: &Instrument, items: &[(&Question, &Item)]) -> Option<Question> {
    let (last, _) = items.last()?;
    let name = format!("score.{}", instrument.id);
    let of = |name: String, kind: Kind, categories: Vec<Category>| Item {
        name,
        text: Localized::default(),
        kind,
        categories,
        open_ended: false,
        theme: last.theme.clone(),
        indicator: None,
        instrument: Some(InstrumentItem {
            id: instrument.id.to_owned(),
            item: String::new(),
        }),
        sensitive: items.iter().any(|(_, item)| item.sensitive),
        score: true,
    };
    let mut made = vec![of(name.clone(), Kind::Number, Vec::new())];
    let bands = bands(instrument);
    if bands.len() > 1 {
        let band = |flags: &Vec<&str>| Category {
            value: Value::from(code(flags).as_str()),
            text: Localized::default(),
            meaning: None,
            group: None,
            point: None,
        };
        let bands = bands.iter().map(band).collect();
        made.push(of(format!("{name}.band"), Kind::Single, bands));
    }
    Some(Question {
        name,
        page: last.page,
        title: Localized::default(),
        kind: Kind::Number,
        items: made,
        role: Role::Outcome,
        theme: last.theme.clone(),
        since: None,
        note: items.iter().find_map(|(question, _)| question.note.clone()),
    })
}

/// The flags of a band joined by `+`, for example `poor+reduced`; `none` if no cut holds.
fn code(flags: &[&str]) -> String {
    if flags.is_empty() {
        "none".to_owned()
    } else {
        flags.join("+")
    }
}
