//! Reading answers: from the endpoint or from a file, for this round or an earlier one.

use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use insight::protocol::{Layout, Request};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

use super::desk::Desk;
use super::matching::Matching;
use super::pace::Pace;
use super::rounds::{EarlierRound, NewRound};
use super::selection::Rounds;
use super::stage::{BadLines, Failure, Note, Stage};
use crate::browser::bytes::{Bytes, BytesProblem};

/// What answers are read for.
#[derive(Debug, Clone)]
pub(super) enum Purpose {
    /// They are what the page is about.
    Answers,
    /// They stand beside it.
    Round(NewRound),
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
    /// True if the table has the headings of the one before it, and yet something is to be asked.
    pub(super) asks_again: RwSignal<bool>,
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
            asks_again: RwSignal::new(false),
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
    pub(super) fn start(self, purpose: Purpose, files: Vec<File>) {
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
    pub(super) fn next(self) -> Option<File> {
        let next = self.queue.try_update_value(VecDeque::pop_front).flatten();
        self.file.set_value(next.clone());
        self.several.update(|it| it.now += 1);
        next
    }

    /// A new reading, by its number; earlier ones stop.
    pub(super) fn begin(self) -> u32 {
        let next = self.number.get_value().wrapping_add(1);
        self.number.set_value(next);
        next
    }

    pub(super) fn is_current(self, number: u32) -> bool {
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
    pub(super) fn show_progress(self) {
        self.stage.set(Stage::Reading {
            responses: 0,
            part: None,
        });
    }

    /// Hands a stream to the engine piece by piece.
    pub(super) async fn read(self, mut bytes: Bytes, source: String, layout: Layout) {
        let number = self.reading.begin();
        self.show_progress();
        match self.reading.purpose.get_value() {
            // A further file adds to those before it.
            _ if self.reading.several.with_untracked(|it| it.now > 1) => {}
            Purpose::Answers => {
                self.start_anew();
                self.is_sample.set(self.reads_samples());
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
                Err(problem) => {
                    self.tell(&Request::Cancel);
                    return match self.reading.purpose.get_value() {
                        _ if problem == BytesProblem::CutOff => self.stop_reading(Note::CutOff),
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

    /// Whether what is read now are the installation's synthetic answers: files are one's own.
    fn reads_samples(self) -> bool {
        let is_of_endpoint = self.reading.several.get_untracked().all == 0;
        let opened = self.opened.get_untracked();
        is_of_endpoint && opened.is_some_and(|it| it.entry.sample)
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
        // The endpoint has no answers yet; a file that was chosen for its answers has none at all.
        if responses == 0 && bad.n == 0 && several.all > 0 {
            return self.stop_reading(Note::Empty);
        }
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
