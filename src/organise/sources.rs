//! Where answers come from: the endpoint, or files on disk.

use insight::protocol::Layout;
use leptos::prelude::*;
use web_sys::File;

use super::desk::Desk;
use super::reading::Purpose;
use super::stage::{Failure, Note, Stage};
use crate::browser::bytes::{Bytes, BytesProblem};

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

    pub(super) async fn read_endpoint(self, url: String, key: &str, purpose: Purpose) {
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

    pub(super) async fn take_files(self, files: Vec<File>, purpose: Purpose) {
        self.rounds.start();
        self.reading.start(purpose, files);
        self.take_next().await;
    }

    /// Reads the next of the files that were chosen.
    pub(super) async fn take_next(self) {
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
}

pub(super) fn note(problem: BytesProblem) -> Note {
    match problem {
        BytesProblem::Packed => Note::Packed,
        BytesProblem::CutOff => Note::CutOff,
        _ => Note::Broken,
    }
}

fn failure(problem: BytesProblem) -> Failure {
    match problem {
        BytesProblem::Unreachable => Failure::Network,
        BytesProblem::Status(status) => Failure::Status(status),
        BytesProblem::Broken | BytesProblem::CutOff | BytesProblem::Packed => Failure::Read,
    }
}
