//! A results snapshot: what an organiser has published of a survey, and all that the public results
//! page reads.
//!
//! It holds aggregates after disclosure control and the texts to show them with: no response, no
//! open answer, no list of who was asked. It stands for itself, so that what was published stays
//! readable when the survey changes.

mod read;
mod write;

use json::{Problem, Value};

use crate::{Day, Localised, SurveyId};

/// The format of a snapshot.
pub const RESULTS_FORMAT: &str = "kuuluu-results/1";

/// The media type it travels under.
pub const RESULTS_MEDIA_TYPE: &str = "application/vnd.kuuluu.results+json";

/// The most bytes a snapshot may have.
pub const MAX_RESULTS_BYTES: usize = 4 * 1024 * 1024;

/// What is measured.
pub const KINDS: &[&str] = &[
    "single", "multiple", "scale", "matrix", "number", "ranking", "text",
];
/// Who answered.
pub const MODES: &[&str] = &["anonymous", "organisation", "group"];
/// What per cents are of.
pub const BASES: &[&str] = &["valid", "all"];
/// How per cents were made whole.
pub const ROUNDINGS: &[&str] = &["half-up", "largest-remainder"];
/// Answers that are no point of a scale.
pub const MEANINGS: &[&str] = &["dont-know", "prefer-not", "not-applicable"];
/// Why a figure is hidden.
pub const HIDDEN: &[&str] = &["too-few", "protects", "changed", "not-crossed"];
/// Rows that stand for no category.
pub const ROW_KINDS: &[&str] = &["unsure", "missing", "other"];

/// Published results.
#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    /// Which survey.
    pub survey: SurveyId,
    /// Version of its wording; empty if it has none.
    pub version: String,
    /// Round, for example `2026`.
    pub round: Option<String>,
    /// The day on which the figures were worked out.
    pub day: Day,
    /// True for synthetic answers.
    pub sample: bool,
    /// Who answered, one of [`MODES`].
    pub mode: &'static str,
    /// The survey's title.
    pub title: Localised,
    /// What per cents are of, one of [`BASES`].
    pub base: &'static str,
    /// How they were made whole, one of [`ROUNDINGS`].
    pub rounding: &'static str,
    /// Minima that were applied: of any figure, of sensitive ones, of scores.
    pub minima: [u32; 3],
    /// Respondents; `None` if hidden.
    pub n: Option<u32>,
    /// Answers against those who were asked, where that is known.
    pub response: Option<Response>,
    /// Titles of the pages.
    pub pages: Vec<Localised>,
    /// The questions, in questionnaire order.
    pub questions: Vec<Question>,
    /// Figures over all respondents.
    pub figures: Vec<Figures>,
    /// Figures by background variables, one variable at a time.
    pub breakdowns: Vec<Breakdown>,
}

/// Answers against those who were asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// How many were asked.
    pub asked: u32,
    /// How many of them answered, each counted once; `None` if hidden.
    pub answered: Option<u32>,
    /// Of organisations those that answered more than once; all their answers are in the figures.
    pub repeated: Vec<Repeated>,
}

/// An organisation with several answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Repeated {
    /// Its code.
    pub code: String,
    /// Its name; empty shows the code.
    pub name: Localised,
    /// How many answers it gave.
    pub answers: u32,
}

/// One question.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Its name.
    pub name: String,
    /// The page it stands on, counted from zero.
    pub page: u32,
    /// What is measured, one of [`KINDS`].
    pub kind: &'static str,
    /// True for a background variable.
    pub background: bool,
    /// Its title.
    pub title: Localised,
    /// Something to know about its wording.
    pub note: Option<String>,
    /// Its variables.
    pub items: Vec<Item>,
}

/// One variable.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Its name, unique in the survey.
    pub name: String,
    /// What is measured, one of [`KINDS`].
    pub kind: &'static str,
    /// Its text within the question; empty if it is the only one.
    pub text: Localised,
    /// True if the stricter minimum holds.
    pub sensitive: bool,
    /// The answers that could be chosen.
    pub categories: Vec<Category>,
}

/// An answer that could be chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct Category {
    /// Its value: a text, a number or a truth value.
    pub value: Value,
    /// Its text; empty shows the value.
    pub text: Localised,
    /// Set for answers that are no point of the scale, one of [`MEANINGS`].
    pub meaning: Option<&'static str>,
    /// The box of the scale it belongs to.
    pub group: Option<String>,
}

/// Figures of one variable.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// The variable's name.
    pub name: String,
    /// The number that per cents are of; `None` if hidden.
    pub n: Option<u32>,
    /// Why nothing is shown, one of [`HIDDEN`].
    pub hidden: Option<&'static str>,
    /// Its rows.
    pub rows: Vec<Row>,
    /// The boxes of its scale.
    pub boxes: Vec<Row>,
    /// Middle and spread.
    pub summary: Option<Summary>,
}

/// What a row stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum RowLabel {
    /// A category, by its value.
    Value(Value),
    /// A box of the scale, by its name.
    Box(String),
    /// One of [`ROW_KINDS`].
    Kind(&'static str),
    /// A class of numbers: from, up to (without it).
    Range(f64, f64),
    /// A class of whole numbers: from, to, both with it.
    Whole(f64, f64),
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What it stands for.
    pub label: RowLabel,
    /// How many; `None` if hidden.
    pub count: Option<u32>,
    /// Whole per cents; `None` if hidden or of nobody.
    pub percent: Option<u32>,
    /// 95 % interval of the share, 0 to 1.
    pub interval: Option<(f64, f64)>,
    /// Why it is hidden, one of [`HIDDEN`].
    pub hidden: Option<&'static str>,
}

/// Middle and spread.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Summary {
    /// How many went in.
    pub n: Option<u32>,
    /// First quartile.
    pub lower_quartile: Option<f64>,
    /// Median.
    pub median: Option<f64>,
    /// Third quartile.
    pub upper_quartile: Option<f64>,
    /// Arithmetic mean.
    pub mean: Option<f64>,
    /// Standard deviation.
    pub deviation: Option<f64>,
    /// Why nothing is given, one of [`HIDDEN`].
    pub hidden: Option<&'static str>,
}

/// Figures by one background variable.
#[derive(Debug, Clone, PartialEq)]
pub struct Breakdown {
    /// The variable.
    pub by: String,
    /// One per value.
    pub groups: Vec<Group>,
}

/// Figures of the respondents with one value.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The value.
    pub value: Value,
    /// How many; `None` if hidden.
    pub n: Option<u32>,
    /// Why nothing is shown of it, one of [`HIDDEN`].
    pub hidden: Option<&'static str>,
    /// Its figures; empty if it is hidden.
    pub figures: Vec<Figures>,
}

impl Results {
    /// Reads a snapshot.
    ///
    /// # Errors
    ///
    /// Everything that is not as it should be, with its place; a snapshot is used whole or not at
    /// all.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        read::results(text)
    }

    /// Writes it as compact JSON.
    pub fn to_json(&self) -> String {
        write::results(self).to_string()
    }
}

#[cfg(test)]
mod tests;
