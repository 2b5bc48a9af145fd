//! Tables: matching their columns with the questions before they are read.

use std::sync::Arc;

use insight::Codebook;
use insight::load::Mapping;
use insight::load::preview::Preview;
use insight::protocol::{Layout, Request};
use js_sys::Uint8Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

use super::desk::Desk;
use super::reading::Purpose;
use super::sources::note;
use super::stage::Stage;
use crate::browser::bytes::{head_of_file, text_of_file};

/// So much of a table is looked at before it is read, in bytes: little enough to be looked at again
/// with every change. What comes later and is no choice is told after the reading.
const LOOKED_AT: usize = 1 << 17;

/// A table whose columns are being matched with the questions.
#[derive(Debug, Clone)]
pub(super) struct Matching {
    /// The file's name.
    pub(super) name: String,
    /// The variables it is matched with.
    pub(super) codebook: Arc<Codebook>,
    /// Which column feeds what.
    pub(super) mapping: Mapping,
    /// The columns, and cells that stand for nothing under this mapping.
    pub(super) preview: Preview,
}

impl Desk {
    /// Looks at a table and asks how it is to be read.
    pub(super) async fn look_at(self, file: File) {
        let head = match head_of_file(&file, LOOKED_AT).await {
            Ok(head) => head,
            Err(problem) => return self.stop_reading(note(problem)),
        };
        self.reading.not_a_mapping.set(false);
        self.reading.asks_again.set(false);
        self.reading.matching.set(None);
        let definition = match self.reading.purpose.get_value() {
            Purpose::Round(round) => round.definition,
            Purpose::Answers => self
                .opened
                .with_untracked(|it| it.as_ref().map(|it| it.definition.clone()))
                .unwrap_or_default(),
        };
        self.tell(&Request::Look { definition });
        self.hand_over(Uint8Array::from(head.as_slice()));
        self.ask_columns(String::new());
    }

    /// Asks how the table would be read with a mapping; with an empty one it is guessed.
    fn ask_columns(self, mapping: String) {
        let id = self.next_number();
        self.reading.asked.set_value(id);
        self.tell(&Request::Match { id, mapping });
    }

    /// The engine has looked at the table.
    pub(super) fn matched(self, id: u32, found: Preview) {
        if self.reading.asked.get_value() != id {
            return;
        }
        let before = self.reading.matched.get_value();
        let alike = before.filter(|it| it.preview.columns_are_called(&found));
        let is_first = self.reading.matching.with_untracked(Option::is_none);
        let is_waiting = self.stage.with_untracked(|it| *it != Stage::Matching);
        let codebook = self.codebook_read_for();
        let file = self
            .reading
            .file
            .with_value(|it| it.as_ref().map(File::name));
        self.reading.matching.update(|it| match it {
            Some(it) => {
                it.mapping = found.mapping.clone();
                it.preview = found;
            }
            None => {
                *it = codebook.zip(file).map(|(codebook, name)| Matching {
                    name,
                    codebook,
                    mapping: alike
                        .as_ref()
                        .map_or(found.mapping.clone(), |it| it.mapping.clone()),
                    preview: found,
                });
            }
        });
        if is_first && alike.is_some() {
            // How it looks when it is read in the same way.
            self.rematch(|_| {});
        } else if is_first || is_waiting {
            self.read_or_ask(alike.as_ref());
        }
    }

    /// Reads a table that is like the one before it; asks where there is something that was not to
    /// be seen there.
    fn read_or_ask(self, before: Option<&Matching>) {
        let is_clear = self.reading.matching.with_untracked(|now| {
            let both = now.as_ref().zip(before);
            both.is_some_and(|(now, before)| now.preview.asks_no_more_than(&before.preview))
        });
        if is_clear {
            spawn_local(self.read_matched());
        } else {
            self.reading.asks_again.set(before.is_some());
            self.stage.set(Stage::Matching);
        }
    }

    fn codebook_read_for(self) -> Option<Arc<Codebook>> {
        match self.reading.purpose.get_value() {
            Purpose::Answers => self
                .opened
                .with_untracked(|it| Some(it.as_ref()?.codebook.clone())),
            Purpose::Round(round) => Some(round.codebook),
        }
    }

    /// Corrects which column feeds what.
    pub(super) fn rematch(self, change: impl FnOnce(&mut Mapping)) {
        self.reading.matching.update(|it| {
            if let Some(it) = it {
                change(&mut it.mapping);
            }
        });
        let mapping = self
            .reading
            .matching
            .with_untracked(|it| it.as_ref().map(|it| it.mapping.to_text()));
        if let Some(mapping) = mapping {
            self.ask_columns(mapping);
        }
    }

    /// Takes a mapping that was kept.
    pub(super) async fn take_mapping(self, file: File) {
        let text = text_of_file(&file).await.unwrap_or_default();
        let mapping = Mapping::read(&text);
        self.reading.not_a_mapping.set(mapping.is_err());
        if let Ok(mapping) = mapping {
            self.rematch(|it| *it = mapping);
        }
    }

    /// Reads the table as it was matched.
    pub(super) async fn read_matched(self) {
        let matched = self.reading.matching.get_untracked();
        let file = self.reading.file.with_value(Clone::clone);
        if let (Some(matched), Some(file)) = (matched, file) {
            let mapping = matched.mapping.to_text();
            self.reading.matched.set_value(Some(matched));
            self.read_file(&file, Layout::Csv { mapping }).await;
        }
    }
}
