//! Reading answers: from the endpoint or from a file, for this round or an earlier one.

use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

use insight::Codebook;
use insight::protocol::{Layout, Request};
use leptos::prelude::*;
use leptos::task::spawn_local;
use questionnaire::definition::Survey;
use web_sys::File;

use super::desk::{BadLines, Desk, Failure, Note, Stage};
use super::matching::Matching;
use super::pace::Pace;
use super::rounds::EarlierRound;
use super::selection::Rounds;
use crate::browser::bytes::{Bytes, BytesProblem, text_of_file};
use crate::browser::fetch;
use crate::words::language;

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
    pub(super) definition: String,
    pub(super) codebook: Arc<Codebook>,
}

/// Files that are read one after the other as one source.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Several {
    /// Which one is read, counted from one.
    pub(super) now: usize,
    /// How many there are.
    pub(super) all: usize,
}

/// A `Copy` handle on everything about reading.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    /// The table that is being matched.
    pub(super) matching: RwSignal<Option<Matching>>,
    /// True if the last file with a mapping was none.
    pub(super) not_a_mapping: RwSignal<bool>,
    /// Which of several files is read.
    pub(super) several: RwSignal<Several>,
    pub(super) purpose: StoredValue<Purpose>,
    /// The file that is being read or matched.
    pub(super) file: StoredValue<Option<File>, LocalStorage>,
    /// Files that are read after it.
    queue: StoredValue<VecDeque<File>, LocalStorage>,
    /// What of the files so far could not be read.
    bad: StoredValue<BadLines>,
    /// How the table before it was matched: one with the same headings is read in the same way.
    pub(super) matched: StoredValue<Option<Matching>>,
    /// The number of the last question how a table would be read.
    pub(super) asked: StoredValue<u32>,
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
            several: RwSignal::new(Several::default()),
            purpose: StoredValue::new(Purpose::Answers),
            file: StoredValue::new_local(None),
            queue: StoredValue::new_local(VecDeque::new()),
            bad: StoredValue::new(BadLines::default()),
            matched: StoredValue::new(None),
            asked: StoredValue::new(0),
            number: StoredValue::new(0),
            expected: StoredValue::new(None),
            pace: StoredValue::new_local(Rc::default()),
            place: StoredValue::new(0),
        }
    }

    /// Other answers are chosen: these files, or none where they come from the endpoint.
    fn start(self, purpose: Purpose, files: Vec<File>) {
        self.purpose.set_value(purpose);
        self.several.set(Several {
            now: 0,
            all: files.len(),
        });
        self.queue.set_value(files.into());
        self.file.set_value(None);
        self.matched.set_value(None);
        self.bad.set_value(BadLines::default());
    }

    /// The file that is read next.
    fn next(self) -> Option<File> {
        let next = self.queue.try_update_value(VecDeque::pop_front).flatten();
        self.file.set_value(next.clone());
        self.several.update(|it| it.now += 1);
        next
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
        self.reading.start(purpose, Vec::new());
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

    /// Reads answers from files on disk.
    pub(super) async fn take_answers(self, files: Vec<File>) {
        self.take_files(files, Purpose::Answers).await;
    }

    /// Reads an earlier round: its answers, and its questionnaire where it was another one.
    pub(super) async fn take_round(
        self,
        name: String,
        answers: Vec<File>,
        questionnaire: Option<File>,
    ) {
        let (Some(file), Some(opened)) = (answers.first(), self.opened.get_untracked()) else {
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
        self.take_files(answers, Purpose::Round(round)).await;
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

    async fn take_files(self, files: Vec<File>, purpose: Purpose) {
        self.rounds.start();
        self.reading.start(purpose, files);
        self.take_next().await;
    }

    /// Reads the next of the files that were chosen.
    async fn take_next(self) {
        let Some(file) = self.reading.next() else {
            return;
        };
        if Layout::of_name(&file.name()) == Layout::Ndjson {
            return self.read_file(&file, Layout::Ndjson).await;
        }
        self.look_at(file).await;
    }

    pub(super) async fn read_file(self, file: &File, layout: Layout) {
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
            // A further file adds to those before it.
            _ if self.reading.several.with_untracked(|it| it.now > 1) => {}
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
        self.is_kept.set(false);
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
        let name = self
            .reading
            .file
            .with_value(|it| it.as_ref().map(File::name));
        let several = self.reading.several.get_untracked();
        let name = name.filter(|_| several.all > 1);
        self.reading
            .bad
            .update_value(|it| it.add(name.as_deref(), bad));
        if several.now < several.all {
            return spawn_local(self.take_next());
        }
        let bad = self.reading.bad.get_value();
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
    pub(super) fn stop_reading(self, note: Note) {
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
        self.reading.queue.set_value(VecDeque::new());
        self.reading.asked.set_value(self.next_number());
        self.stop_reading(Note::Cancelled);
    }
}

pub(super) fn note(problem: BytesProblem) -> Note {
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
