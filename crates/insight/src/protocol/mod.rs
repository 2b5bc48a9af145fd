//! What page and worker say to each other.
//!
//! Commands and replies travel as JSON texts; the bytes of responses travel as they are (a
//! `Uint8Array` or `ArrayBuffer`, transferred) between [`Request::Begin`] and [`Request::End`].
//! The worker answers in order; a reply to a tabulation carries the number of its request, so that
//! the page can drop late ones. A long reply comes in several texts, which [`Pieces`] puts together;
//! a file follows its reply as a `Blob`.

mod comparison;
mod order;
mod pieces;
mod release;
mod reply;
mod request;
mod tree;
mod weighting;

use json::Value;

use crate::OpenAnswers;
use crate::compare::Comparison;
use crate::load::preview::Preview;
use crate::load::{Unknown, Unsure};
use crate::published::Publication;
use crate::query::Query;
use crate::release::{Refusal, Release};
use crate::rounds::Series;
use crate::weights::Weighting;

pub(crate) use comparison::{write as write_comparison, write_test};
pub use order::{FiguresFile, Wanted, Wording};
pub use pieces::Pieces;
pub(crate) use tree::object;
pub(crate) use weighting::write_weighting;

/// A message that is not one of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotUnderstood;

/// What the page asks.
#[derive(Debug, Clone, PartialEq)]
pub enum Request {
    /// Starts anew with a survey; forgets what was loaded.
    Open {
        /// The survey file as it is.
        definition: String,
        /// The installation's minimum cell and sensitive minimum.
        minima: Option<(u32, u32)>,
    },
    /// Adds a round: another version of the survey, or the same again. What is read next belongs to
    /// it. Rounds are counted from zero in the order in which they were opened.
    Round {
        /// The survey file of that round.
        definition: String,
        /// As in [`Request::Open`].
        minima: Option<(u32, u32)>,
    },
    /// These results of the first round are public already: nothing is to be shown from which,
    /// together with them, something could be worked out. Several are told from the oldest on.
    Before {
        /// A snapshot ([`wire::Results`]) as JSON text.
        results: String,
    },
    /// The beginning of a table follows as bytes; nothing of it is counted. Has no reply.
    Look {
        /// The survey file whose answers it holds.
        definition: String,
    },
    /// How the table that is looked at would be read.
    Match {
        /// Comes back in the reply.
        id: u32,
        /// A mapping's JSON text; an empty one maps by names.
        mapping: String,
    },
    /// Bytes of responses follow.
    Begin {
        /// What they are called in messages, for example the file's name.
        source: String,
        /// How they are written.
        layout: Layout,
        /// How many bytes will come, if known; only for progress.
        bytes: Option<u64>,
    },
    /// All bytes have come.
    End,
    /// Stop reading; what this source brought is dropped.
    Cancel,
    /// Figures, please.
    Tabulate {
        /// Comes back in the reply.
        id: u32,
        /// Of which round; 0 is the one that was opened first.
        round: u32,
        /// What is asked.
        query: Query,
    },
    /// Two groups or two rounds beside each other.
    Compare {
        /// Comes back in the reply.
        id: u32,
        /// Filter, base and questions; its groups are not looked at.
        query: Query,
        /// What with what.
        against: Against,
    },
    /// Weight the answers of the first round from now on.
    Weigh {
        /// What [`crate::weights::Margins::parse`] reads.
        margins: String,
    },
    /// How far back each question of the last round may be followed. The rounds must have been
    /// opened in order of time.
    Follow {
        /// Comes back in the reply.
        id: u32,
    },
    /// What was written to an open question, please.
    OpenAnswers {
        /// Its name.
        variable: String,
    },
    /// What would be public, please.
    Publish(Publication),
    /// A file for others, please.
    File(Box<Order>),
}

/// A file that is asked for. All but the archive are made of releases.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// Comes back in the reply.
    pub id: u32,
    /// What it is of.
    pub wanted: Wanted,
    /// What it says besides figures, and in which language.
    pub words: Wording,
}

/// What is compared with what.
#[derive(Debug, Clone, PartialEq)]
pub enum Against {
    /// Two groups of the first round.
    Groups {
        /// A background variable.
        variable: String,
        /// Its value on the first side.
        one: Value,
        /// Its value on the other side; `None` for all the rest.
        other: Option<Value>,
    },
    /// Two rounds; the difference is later minus earlier.
    Rounds {
        /// The earlier round.
        earlier: u32,
        /// The later round.
        later: u32,
    },
}

/// How responses are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Layout {
    /// One JSON object a line, answers under `answers`.
    Ndjson,
    /// Rows of text with a saved mapping (its JSON text); an empty one maps by names.
    Csv {
        /// The mapping's JSON text.
        mapping: String,
    },
}

impl Layout {
    /// What a file's name says: tables end in `.csv`, `.tsv` or `.txt`, packed or not.
    pub fn of_name(name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        let unpacked = name.strip_suffix(".gz").or(name.strip_suffix(".zst"));
        let name = unpacked.unwrap_or(&name);
        if [".csv", ".tsv", ".txt"].iter().any(|it| name.ends_with(it)) {
            let mapping = String::new();
            Self::Csv { mapping }
        } else {
            Self::Ndjson
        }
    }
}

/// What the worker says.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// The worker runs and takes requests.
    Ready,
    /// The survey was read.
    Opened {
        /// How many variables it has.
        variables: u32,
    },
    /// The results that are public already were read.
    Noted {
        /// False if they are of other answers, so that nothing can be taken from them.
        counts: bool,
    },
    /// The columns of the table that is looked at.
    Matched {
        /// The request's number.
        id: u32,
        /// What was found.
        preview: Preview,
    },
    /// Reading goes on; sent a few times a second at most.
    Progress {
        /// Bytes read of this source.
        bytes: u64,
        /// Responses read in all.
        responses: u32,
    },
    /// A source was read to its end.
    Loaded {
        /// Responses in all.
        responses: u32,
        /// Lines of this source that could not be read.
        bad_lines: u32,
        /// The first of them.
        bad: Vec<BadLine>,
        /// Of a table: the mapping that was used, as JSON text, to be kept and corrected.
        mapping: Option<String>,
        /// Of a table: headings that feed nothing.
        unmatched: Vec<String>,
        /// Of a table: cells that are no choices, which a mapping's values may translate.
        unknown: Vec<Unknown>,
        /// Of a table: columns of which it is not sure whether their numbers are codes or places.
        unsure: Vec<Unsure>,
    },
    /// Reading was stopped.
    Cancelled,
    /// The figures asked for.
    Released {
        /// The request's number.
        id: u32,
        /// The figures.
        release: Box<Release>,
    },
    /// The comparison asked for.
    Compared {
        /// The request's number.
        id: u32,
        /// Made of what releases show.
        comparison: Box<Comparison>,
    },
    /// Answers are weighted from now on where a query asks for it.
    Weighed {
        /// How the weights came out.
        weighting: Weighting,
    },
    /// How far back each question may be followed.
    Followed {
        /// The request's number.
        id: u32,
        /// One per variable of the last round.
        series: Vec<Series>,
    },
    /// The open answers asked for.
    OpenAnswers(OpenAnswers),
    /// What would be public: a snapshot ([`wire::Results`]) as JSON text, or why not.
    Published(Result<String, Refusal>),
    /// The file asked for.
    File {
        /// The request's number.
        id: u32,
        /// The file. It follows the text as a `Blob`: what is read from the text alone has none.
        file: Vec<u8>,
    },
    /// How long the work for the reply before this one took, in milliseconds since 1970 (fractions
    /// included), for the User Timing API on the page.
    Timed {
        /// `kuuluu:load` or `kuuluu:tabulate`.
        name: String,
        /// When it began.
        start: f64,
        /// When it was done.
        end: f64,
    },
    /// A request that could not be understood or carried out, in English, for the console.
    Failed {
        /// Why.
        reason: String,
    },
}

/// A line that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// Counted from one.
    pub line: u64,
    /// A stable code: `json`, `no-response` (JSON, but no object), `not-utf8`, `no-answers`,
    /// `too-long`, `other-survey`, `columns`.
    pub code: &'static str,
}
