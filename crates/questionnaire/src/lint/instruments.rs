//! Instruments: those whose wording the organiser must bring, and items that stand twice.

use std::collections::BTreeMap;

use super::Findings;
use super::map::{Entry, Map};
use crate::definition::{InstrumentItem, Kind};
use crate::localized::Localized;

/// Instruments whose wording may not be passed on: their slots ship empty (licence class C).
const BRING_YOUR_OWN: &[&str] = &[
    "esis",
    "swemwbs",
    "eurohis8",
    "eurohis",
    "ucla3",
    "abilitator",
    "kykyviisari",
];

pub(super) fn check(map: &Map<'_>, findings: &mut Findings) {
    let mut seen: BTreeMap<(String, String), String> = BTreeMap::new();
    for (entry, question) in map.questions() {
        if let Some(item) = &question.kuuluu.instrument {
            slot(entry.at.clone(), item, &question.title, findings);
            twice(entry.at.clone(), item, entry, &mut seen, findings);
        }
        if let Kind::Matrix { base, .. } | Kind::MatrixDropdown { base, .. } = &question.kind {
            for (index, row) in base.rows.iter().enumerate() {
                if let Some(item) = &row.kuuluu.instrument {
                    let at = format!("{}/rows/{index}", entry.at);
                    slot(at.clone(), item, &row.text, findings);
                    twice(at, item, entry, &mut seen, findings);
                }
            }
        }
    }
}

fn slot(at: String, item: &InstrumentItem, text: &Localized, findings: &mut Findings) {
    let id = item.id.to_lowercase();
    if BRING_YOUR_OWN.contains(&id.as_str()) && text.is_empty() {
        findings.error(
            "kuuluu/empty-slot",
            at,
            format!("{} item {} without wording", item.id, item.item),
            "the licensed wording, brought by the organiser",
            "this instrument's text may not be shipped: paste the text you have a licence for",
        );
    }
}

fn twice(
    at: String,
    item: &InstrumentItem,
    entry: &Entry<'_>,
    seen: &mut BTreeMap<(String, String), String>,
    findings: &mut Findings,
) {
    let key = (item.id.clone(), item.item.clone());
    if let Some(first) = seen.get(&key) {
        findings.error(
            "kuuluu/instrument-twice",
            at,
            format!("{} item {} is also {first}", item.id, item.item),
            "each item of an instrument once",
            "",
        );
    } else {
        seen.insert(key, entry.name().to_owned());
    }
}
