//! Reading answers: from the endpoint or from a file, for this round or an earlier one.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use insight::Codebook;
use insight::load::Mapping;
use insight::load::preview::{Preview, preview};
use insight::protocol::{Layout, Request};
use leptos::prelude::*;
use questionnaire::definition::Survey;
use web_sys::File;

use super::desk::{BadLines, Desk, Failure, Note, Stage};
use super::pace::Pace;
use super::rounds::EarlierRound;
use super::selection::Rounds;
use crate::browser::bytes::{Bytes, BytesProblem, head_of_file, text_of_file};
use crate::browser::fetch;
use crate::words::language;

/// So much of a table is looked at before it is read, in bytes: little enough to be looked at again
/// with every change. What comes later and is no choice is told after the reading.
const LOOKED_AT: usize = 1 << 17;

/// What answers are read for.
#[derive(Debug, Clone)]
pub(super) enum Purpose {
    /// They are what the page is about.
    Answers,
    /// They stand beside it.
    Round(NewRound),
}

/// A round before its answers are read.
#[derive(Debug, Clone)]
pub(super) struct NewRound {
    name: String,
    definition: String,
    codebook: Arc<Codebook>,
}

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
    head: Arc<Vec<u8>>,
}

/// A `Copy` handle on everything about reading.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    /// The table that is being matched.
    pub(super) matching: RwSignal<Option<Matching>>,
    /// True if the last file with a mapping was none.
    pub(super) not_a_mapping: RwSignal<bool>,
    purpose: StoredValue<Purpose>,
    /// The file that is being matched.
    file: StoredValue<Option<File>, LocalStorage>,
    /// The number of the last reading; a cancelled one stops by it.
    number: StoredValue<u32>,
    /// How many bytes the reading will take, if that is known.
    expected: StoredValue<Option<u64>>,
    pace: StoredValue<Rc<Pace>, LocalStorage>,
    /// The place of the round that is being read.
    place: StoredValue<u32>,
}

impl Reading {
    pub(super) fn new() -> Self {
        Self {
            matching: RwSignal::new(None),
            not_a_mapping: RwSignal::new(false),
            purpose: StoredValue::new(Purpose::Answers),
            file: StoredValue::new_local(None),
            number: StoredValue::new(0),
            expected: StoredValue::new(None),
            pace: StoredValue::new_local(Rc::default()),
            place: StoredValue::new(0),
        }
    }

    /// A new reading, by its number; earlier ones stop.
    fn begin(self) -> u32 {
        let next = self.number.get_value().wrapping_add(1);
        self.number.set_value(next);
        next
    }

    fn is_current(self, number: u32) -> bool {
        self.number.get_value() == number
    }

    /// The engine has read so many bytes: how much that is, from 0 to 1, where the length is known.
    pub(super) fn progress(self, bytes: u64) -> Option<f64> {
        self.pace.with_value(|it| it.progress(bytes));
        let whole = self.expected.get_value().filter(|it| *it > 0)?;
        #[expect(clippy::cast_precision_loss, reason = "only a progress bar")]
        Some((bytes as f64 / whole as f64).clamp(0.0, 1.0))
    }
}

impl Desk {
    /// Fetches the answers from the endpoint.
    pub(super) async fn fetch(self, key: String) {
        let Some(opened) = self.opened.get_untracked() else {
            return;
        };
        if key.trim().is_empty() {
            self.stage.set(Stage::Waiting(Some(Note::NoKey)));
            return;
        }
        let url = wire::routes::responses(opened.config.endpoint.as_str(), &opened.entry.id);
        self.read_endpoint(url, key.trim(), Purpose::Answers).await;
    }

    async fn read_endpoint(self, url: String, key: &str, purpose: Purpose) {
        let is_round = matches!(purpose, Purpose::Round(_));
        self.reading.purpose.set_value(purpose);
        self.show_progress();
        let number = self.reading.begin();
        match Bytes::of_endpoint(&url, key).await {
            _ if !self.reading.is_current(number) => {}
            Ok(bytes) => {
                if !is_round {
                    self.key.set_value(Some(key.to_owned()));
                }
                self.read(bytes, url, Layout::Ndjson).await;
            }
            Err(BytesProblem::Status(401 | 403)) => self.stop_reading(Note::Refused),
            Err(_) if is_round => self.stop_reading(Note::Unreachable),
            Err(problem) => self.stage.set(Stage::Failed(failure(problem))),
        }
    }

    /// Reads answers from a file on disk.
    pub(super) async fn take_answers(self, file: File) {
        self.take_file(file, Purpose::Answers).await;
    }

    /// Reads an earlier round: its answers, and its questionnaire where it was another one.
    pub(super) async fn take_round(
        self,
        name: String,
        answers: Option<File>,
        questionnaire: Option<File>,
    ) {
        let (Some(file), Some(opened)) = (answers, self.opened.get_untracked()) else {
            return self.rounds.note.set(Some(Note::NoFile));
        };
        let definition = match questionnaire {
            Some(file) => match text_of_file(&file).await {
                Ok(text) => text,
                Err(_) => return self.rounds.note.set(Some(Note::Broken)),
            },
            None => opened.definition.clone(),
        };
        let parsed = Survey::parse(&definition);
        if !parsed.is_usable() {
            return self.rounds.note.set(Some(Note::NoQuestionnaire));
        }
        let codebook = Arc::new(Codebook::of(&parsed.survey));
        let typed = Some(name.trim().to_owned()).filter(|it| !it.is_empty());
        let own = codebook.round.clone();
        let own = own.filter(|it| opened.codebook.round.as_ref() != Some(it));
        let file_name = file.name();
        let stem = file_name.split('.').next().unwrap_or_default().to_owned();
        let round = NewRound {
            name: typed.or(own).unwrap_or(stem),
            definition,
            codebook,
        };
        self.take_file(file, Purpose::Round(round)).await;
    }

    /// Fetches an earlier round that the installation has as a survey of its own.
    pub(super) async fn fetch_round(self, id: String, key: String) {
        self.rounds.start();
        let Some(opened) = self.opened.get_untracked() else {
            return;
        };
        let Some(entry) = opened.config.survey(&id) else {
            return;
        };
        let key = key.trim();
        if key.is_empty() {
            return self.rounds.note.set(Some(Note::NoKey));
        }
        let definition = fetch::text(&format!("/{}", entry.file))
            .await
            .unwrap_or_default();
        let parsed = Survey::parse(&definition);
        if !parsed.is_usable() {
            return self.rounds.note.set(Some(Note::NoQuestionnaire));
        }
        let codebook = Arc::new(Codebook::of(&parsed.survey));
        let title = entry.title.resolve(&language()).map(str::to_owned);
        let url = wire::routes::responses(opened.config.endpoint.as_str(), &entry.id);
        let round = NewRound {
            name: codebook.round.clone().or(title).unwrap_or(id),
            definition,
            codebook,
        };
        self.read_endpoint(url, key, Purpose::Round(round)).await;
    }

    async fn take_file(self, file: File, purpose: Purpose) {
        self.reading.purpose.set_value(purpose);
        self.rounds.start();
        if Layout::of_name(&file.name()) == Layout::Ndjson {
            return self.read_file(&file, Layout::Ndjson).await;
        }
        let head = match head_of_file(&file, LOOKED_AT).await {
            Ok(head) => head,
            Err(problem) => return self.stop_reading(note(problem)),
        };
        let Some(codebook) = self.codebook_read_for() else {
            return;
        };
        let found = preview(&codebook, &head, None);
        self.reading.not_a_mapping.set(false);
        self.reading.matching.set(Some(Matching {
            name: file.name(),
            codebook,
            mapping: found.mapping.clone(),
            preview: found,
            head: Arc::new(head),
        }));
        self.reading.file.set_value(Some(file));
        self.stage.set(Stage::Matching);
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
                it.preview = preview(&it.codebook, &it.head, Some(it.mapping.clone()));
            }
        });
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
            self.read_file(&file, Layout::Csv { mapping }).await;
        }
    }

    async fn read_file(self, file: &File, layout: Layout) {
        match Bytes::of_file(file).await {
            Ok(bytes) => self.read(bytes, file.name(), layout).await,
            Err(problem) => self.stop_reading(note(problem)),
        }
    }

    fn show_progress(self) {
        self.stage.set(Stage::Reading {
            responses: 0,
            part: None,
        });
    }

    /// Hands a stream to the engine piece by piece.
    async fn read(self, mut bytes: Bytes, source: String, layout: Layout) {
        let number = self.reading.begin();
        self.show_progress();
        match self.reading.purpose.get_value() {
            Purpose::Answers => {
                self.start_anew();
                self.tell_what_is_public().await;
            }
            Purpose::Round(round) => self.start_round(&round),
        }
        if !self.reading.is_current(number) {
            return;
        }
        self.tell(&Request::Begin {
            source,
            layout,
            bytes: bytes.length(),
        });
        self.reading.expected.set_value(bytes.length());
        let pace = self.reading.pace.get_value();
        pace.begin();
        loop {
            pace.room().await;
            let piece = bytes.next().await;
            if !self.reading.is_current(number) {
                return;
            }
            match piece {
                Ok(Some(piece)) => {
                    pace.hand(piece.length());
                    self.hand_over(piece);
                }
                Ok(None) => break,
                Err(_) => {
                    self.tell(&Request::Cancel);
                    return match self.reading.purpose.get_value() {
                        Purpose::Answers => self.stage.set(Stage::Failed(Failure::Read)),
                        Purpose::Round(_) => self.stop_reading(Note::Broken),
                    };
                }
            }
        }
        self.tell(&Request::End);
    }

    /// Makes the engine forget earlier answers.
    fn start_anew(self) {
        self.texts.set(BTreeMap::new());
        self.publisher.close();
        self.rounds.forget();
        self.weights.forget();
        self.selection.update(|it| {
            it.weighted = false;
            it.rounds = Rounds::No;
        });
        self.opened.with_untracked(|opened| {
            if let Some(opened) = opened {
                let definition = opened.definition.clone();
                let minima = Some(opened.minima());
                self.tell(&Request::Open { definition, minima });
            }
        });
    }

    fn start_round(self, round: &NewRound) {
        let minima = self
            .opened
            .with_untracked(|it| it.as_ref().map(|it| it.minima()));
        self.tell(&Request::Round {
            definition: round.definition.clone(),
            minima,
        });
        self.reading.place.set_value(self.rounds.next_place());
    }

    /// A source was read to its end.
    pub(super) fn loaded(self, responses: u32, bad: BadLines) {
        let is_unread = responses == 0 && bad.n > 0;
        match self.reading.purpose.get_value() {
            Purpose::Answers => {
                self.bad.set(bad);
                if is_unread {
                    self.stop_reading(Note::NothingRead);
                } else {
                    self.ask();
                }
            }
            Purpose::Round(_) if is_unread => {
                self.rounds.unread.set(bad);
                self.stop_reading(Note::NothingRead);
            }
            Purpose::Round(round) => {
                let place = self.reading.place.get_value();
                self.rounds.add(EarlierRound {
                    place,
                    name: round.name,
                    codebook: round.codebook,
                    bad,
                });
                self.compare_rounds(Rounds::One(place));
            }
        }
    }

    /// Goes back to where the answers were chosen, and says why.
    fn stop_reading(self, note: Note) {
        match self.reading.purpose.get_value() {
            Purpose::Answers => self.stage.set(Stage::Waiting(Some(note))),
            Purpose::Round(_) => {
                self.rounds.note.set(Some(note));
                self.stage.set(Stage::Shown);
            }
        }
    }

    /// Stops reading, or matching.
    pub(super) fn cancel(self) {
        self.reading.begin();
        self.reading.pace.with_value(|it| it.begin());
        if matches!(self.stage.get_untracked(), Stage::Reading { .. }) {
            self.tell(&Request::Cancel);
        }
        self.reading.matching.set(None);
        self.reading.file.set_value(None);
        self.stop_reading(Note::Cancelled);
    }
}

fn note(problem: BytesProblem) -> Note {
    match problem {
        BytesProblem::Packed => Note::Packed,
        _ => Note::Broken,
    }
}

fn failure(problem: BytesProblem) -> Failure {
    match problem {
        BytesProblem::Unreachable => Failure::Network,
        BytesProblem::Status(status) => Failure::Status(status),
        BytesProblem::Broken | BytesProblem::Packed => Failure::Read,
    }
}
