//! What the interface itself says, one language at a time.
//!
//! The words are data (`public/words/{language}.json`), fetched at run time and installed here;
//! [`t`] follows the language in any reactive place. A respondent gets those of the first page
//! first (`{language}.first.json`, made by `cargo xtask build`), and all others with the second half
//! of the program. Survey texts are not kept here: they come from
//! the session.

#[cfg(test)]
mod complete;
mod engine;
mod table;

pub use engine::EngineWords;
pub use table::Table;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use json::Value;
use leptos::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::browser::rest;

thread_local! {
    static INSTALLED: RefCell<Rc<Table>> = RefCell::new(Rc::new(Table::default()));
    static CHANGED: ArcTrigger = ArcTrigger::new();
    /// A text was asked for that the first page was not given.
    static ASKED: Cell<bool> = const { Cell::new(false) };
}

/// Makes `table` what the interface says; everything shown by [`t`] changes with it.
pub fn install(table: Table) {
    INSTALLED.with(|it| *it.borrow_mut() = Rc::new(table));
    CHANGED.with(ArcTrigger::notify);
}

/// The language the interface speaks now, a BCP 47 tag; empty before the first [`install`].
///
/// Follows the language.
pub fn language() -> String {
    current().language().to_owned()
}

/// The text for `key`, the key itself if there is none. Follows the language.
pub fn t(key: &str) -> String {
    current().text(key)
}

/// The text for `key` with each `{name}` replaced. Follows the language.
pub fn t_with(key: &str, values: &[(&str, &str)]) -> String {
    fill(&t(key), values)
}

/// The text for `key` if the language has it. Follows the language.
pub fn maybe(key: &str) -> Option<String> {
    let table = current();
    let known = table.find(key).map(ToOwned::to_owned);
    known.or_else(|| later(key))
}

/// All texts whose keys begin with `prefix`, by the rest of their keys. Does not follow the language.
pub fn all_once(prefix: &str) -> Vec<(String, String)> {
    let table = installed();
    let found = table.beginning(prefix);
    found
        .map(|(key, text)| (key.to_owned(), text.to_owned()))
        .collect()
}

/// As [`t_with`], for places that are not reactive.
pub fn t_once(key: &str, values: &[(&str, &str)]) -> String {
    fill(&installed().text(key), values)
}

fn current() -> Rc<Table> {
    CHANGED.with(ArcTrigger::track);
    installed()
}

fn installed() -> Rc<Table> {
    INSTALLED.with(|it| Rc::clone(&it.borrow()))
}

impl Table {
    fn text(&self, key: &str) -> String {
        let known = self.find(key).map(ToOwned::to_owned);
        known.unwrap_or_else(|| later(key).unwrap_or_else(|| key.to_owned()))
    }
}

/// A text that the first page was not given: asks for all words, if they have not come meanwhile,
/// and says nothing until then.
#[cold]
#[inline(never)]
fn later(key: &str) -> Option<String> {
    let table = installed();
    let known = table.find(key).map(ToOwned::to_owned);
    known.or_else(|| {
        table.is_part().then(|| {
            ASKED.set(true);
            rest::fetch();
            String::new()
        })
    })
}

/// All words of `language`, when the program's second half comes; `text` is their file.
#[wasm_bindgen]
pub fn more_words(language: &str, text: &str) {
    let Ok(document) = Value::parse(text) else {
        return;
    };
    if installed().language() == language {
        INSTALLED.with(|it| *it.borrow_mut() = Rc::new(Table::read(language, document)));
        if ASKED.take() {
            CHANGED.with(ArcTrigger::notify);
        }
    }
}

fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let known = after.split_once('}').and_then(|(name, tail)| {
            let (_, value) = values.iter().find(|(key, _)| *key == name)?;
            Some((value, tail))
        });
        if let Some((value, tail)) = known {
            filled.push_str(value);
            rest = tail;
        } else {
            filled.push('{');
            rest = after;
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn every_placeholder_is_filled_and_other_braces_stay() {
        let filled = fill("{n} of {all} {x}", &[("n", "3"), ("all", "{n}")]);
        assert_eq!(filled, "3 of {n} {x}");
    }
}
