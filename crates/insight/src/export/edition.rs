//! What a file says besides figures.

use wire::Day;

use super::differences::Beside;
use crate::codebook::Codebook;
use crate::rounds::OverTime;

/// What a file says besides figures, and in which language.
pub struct Edition<'a> {
    /// What the variables mean.
    pub codebook: &'a Codebook,
    /// BCP 47; texts of the survey are in it where it has them.
    pub language: &'a str,
    /// Who publishes.
    pub publisher: &'a str,
    /// The day on which the file is made.
    pub day: Option<Day>,
    /// True if the answers are synthetic ones; every file with words then says so.
    pub sample: bool,
    /// The words for the keys of [`WORDS`]; empty where there is none.
    pub say: &'a dyn Fn(&str) -> String,
    /// Two groups or two rounds that are compared beside the figures.
    pub compared: Option<Beside<'a>>,
    /// The present round after earlier ones.
    pub over_time: Option<&'a OverTime>,
}

/// Everything that an [`Edition`] may be asked to say, besides `box.{name}` for the boxes of a scale,
/// `score.{instrument}` and `band.{instrument}.{band}` for scores and their bands, `code.{value}` for answers that a survey leaves unnamed (`true`, `false`, `other`, `none`,
/// `refused`, `dontknow`) and [`crate::compare::SENTENCES`]. `notes.hidden.…` take `{cell}`,
/// `{sensitive}` and `{score}`; `class` takes `{from}` and `{to}`; `compare.tests` and `rounds.apart` take `{n}`.
pub const WORDS: &[&str] = &[
    "about",
    "all",
    "answer",
    "base",
    "base.all",
    "base.valid",
    "breaks",
    "caveat",
    "class",
    "code",
    "compare.note",
    "compare.rest",
    "compare.tests",
    "compared",
    "corrected",
    "count",
    "day",
    "deviation",
    "difference",
    "difference.high",
    "difference.low",
    "differences",
    "effect",
    "figures",
    "filter",
    "hidden",
    "hidden.changed",
    "hidden.not-crossed",
    "hidden.protects",
    "hidden.too-few",
    "high",
    "item",
    "low",
    "lower",
    "maximum",
    "mean",
    "measure",
    "measure.cohens-d",
    "measure.cohens-h",
    "measure.cramers-v",
    "measure.rank-biserial",
    "median",
    "middle",
    "minimum",
    "missing",
    "n",
    "none",
    "notes.hidden",
    "notes.hidden.none",
    "notes.percent",
    "of",
    "other",
    "p",
    "percent",
    "publisher",
    "question",
    "reading",
    "round",
    "rounding",
    "rounding.half-up",
    "rounding.largest-remainder",
    "rounds.apart",
    "sample",
    "sample.is",
    "says",
    "score",
    "score.band",
    "series",
    "survey",
    "test",
    "test.chi-square",
    "test.fisher",
    "test.mann-whitney",
    "test.mann-whitney-exact",
    "test.welch",
    "text",
    "unsure",
    "upper",
    "version",
    "whole",
];

/// True for words that files share with the page around the figures; the others are files' own.
pub fn is_shared(key: &str) -> bool {
    let parts = ["band.", "box.", "change.", "compare.", "rounds.", "score."];
    matches!(key, "caveat" | "class" | "score") || parts.iter().any(|it| key.starts_with(it))
}
