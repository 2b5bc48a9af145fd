//! Where the organiser's work stands, and what is to be said of it.

use insight::load::{LISTED_BAD_LINES, Unknown, Unsure};
use insight::protocol::BadLine;

/// Where the work stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Stage {
    /// The configuration and the survey are on their way.
    Opening,
    /// Waiting for a key or a file.
    Waiting(Option<Note>),
    /// A table was chosen: its columns are matched with the questions.
    Matching,
    /// Answers are being read.
    Reading {
        /// Answers so far.
        responses: u32,
        /// The part read, from 0 to 1, where the length is known.
        part: Option<f64>,
    },
    /// The figures are on the page.
    Shown,
    /// It cannot go on.
    Failed(Failure),
}

/// What is to be said where answers are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Note {
    /// No key was typed.
    NoKey,
    /// The endpoint refused the key.
    Refused,
    /// Not a problem: the reader stopped the reading.
    Cancelled,
    /// No file was chosen.
    NoFile,
    /// The file is a workbook, or packed in a way that the browser does not know.
    Packed,
    /// None of its lines is an answer to this survey.
    NothingRead,
    /// There is nothing in the file.
    Empty,
    /// The file is packed and ends before its end.
    CutOff,
    /// The file with the questionnaire is none.
    NoQuestionnaire,
    /// The browser could not read the file to its end.
    Broken,
    /// The endpoint does not answer, or with an error.
    Unreachable,
}

/// Why it cannot go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Failure {
    /// No answer from the network.
    Network,
    /// The endpoint answered with this status.
    Status(u16),
    /// The installation has no such survey.
    NoSurvey(String),
    /// `config.json` or the survey file cannot be used.
    Definition,
    /// The worker stopped.
    Engine,
    /// Reading broke off.
    Read,
}

/// Lines that could not be read, and columns of a table with cells that are no choices or that could
/// be read in two ways.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct BadLines {
    pub(super) n: u32,
    /// The first of them, each with its file's name where there are several.
    pub(super) first: Vec<(Option<String>, BadLine)>,
    pub(super) unknown: Vec<Unknown>,
    pub(super) unsure: Vec<Unsure>,
}

impl BadLines {
    /// Adds those of a further file.
    pub(super) fn add(&mut self, file: Option<&str>, other: Self) {
        self.n += other.n;
        let lines = other.first.into_iter();
        let named = lines.map(|(_, line)| (file.map(str::to_owned), line));
        self.first.extend(named);
        self.first.truncate(LISTED_BAD_LINES);
        self.unknown.extend(other.unknown);
        self.unsure.extend(other.unsure);
    }
}
