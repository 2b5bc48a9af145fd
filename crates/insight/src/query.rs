//! What is asked of the answers, and what protects those who gave them.

use questionnaire::definition::{Disclosure, Mode};

use crate::codebook::{Item, Kind};

/// A question to a dataset.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// A condition on background variables, for example `age_band = "65p"`; `None` takes all.
    pub filter: Option<String>,
    /// Names of up to two background variables to break the figures down by.
    pub groups: Vec<String>,
    /// What per cents are of.
    pub base: Base,
    /// How per cents are made whole.
    pub rounding: Rounding,
    /// Names of the questions (and scores) to count; empty counts all questions.
    pub questions: Vec<String>,
    /// True to have the scores of the survey's instruments too.
    pub scores: bool,
    /// True to have weighted per cents beside the others, if the dataset has margins to weight by.
    pub weighted: bool,
}

impl Query {
    /// The same of an earlier round, which stands beside this one as a whole and has no weights.
    #[must_use]
    pub fn of_earlier_round(&self) -> Self {
        Self {
            groups: Vec::new(),
            weighted: false,
            ..self.clone()
        }
    }
}

/// What per cents are of; always named beside them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Base {
    /// Those who answered the question, "can't say" included.
    #[default]
    Valid,
    /// All respondents; those without an answer have a row of their own.
    All,
}

/// How per cents become whole numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rounding {
    /// Each by itself, halves upwards; parts may add to 99 or 101.
    #[default]
    HalfUp,
    /// By largest remainder, so that parts add to 100; ties go to the earlier row. Several choices
    /// per respondent have no such sum and are always rounded half up.
    LargestRemainder,
}

/// The minima under which figures are hidden.
///
/// Smaller numbers than the installation's can only be had through [`Protection::none`], for
/// answers that are public documents, and on the command line by those who hold the raw file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Protection {
    /// The smallest count shown, 1 to show all.
    pub minimum_cell: u32,
    /// The same for questions marked sensitive.
    pub sensitive_minimum: u32,
    /// The smallest N for which a score, a mean or the number of open answers is shown.
    pub score_minimum: u32,
}

impl Protection {
    /// For answers of residents, unless the installation or the survey asks for more.
    pub const RESIDENTS: Self = Self {
        minimum_cell: 5,
        sensitive_minimum: 10,
        score_minimum: 10,
    };

    /// For groups of staff of 5 to 20.
    pub const STAFF: Self = Self {
        minimum_cell: 5,
        sensitive_minimum: 10,
        score_minimum: 5,
    };

    /// Nothing is hidden: for official answers of organisations, which are public documents.
    pub const fn none() -> Self {
        Self {
            minimum_cell: 1,
            sensitive_minimum: 1,
            score_minimum: 1,
        }
    }

    /// The smallest count of a variable that is shown.
    pub(crate) fn minimum_of(&self, item: &Item) -> u32 {
        let own = match item.kind {
            Kind::Text => self.score_minimum,
            _ if item.sensitive => self.sensitive_minimum,
            _ => self.minimum_cell,
        };
        if item.score {
            own.max(self.score_minimum)
        } else {
            own
        }
    }

    /// True if nothing is hidden.
    pub const fn is_none(&self) -> bool {
        self.minimum_cell <= 1 && self.sensitive_minimum <= 1 && self.score_minimum <= 1
    }

    /// What holds for a survey: the installation's minima (`config.json`, `disclosure`), raised or
    /// set by the survey's own; none for `mode: organisation` that sets none itself.
    pub fn of(mode: Mode, survey: &Disclosure, installation: Option<(u32, u32)>) -> Self {
        let own = survey.minimum_cell.is_some() || survey.sensitive_minimum.is_some();
        let start = match mode {
            Mode::Organisation if !own => return Self::none(),
            Mode::Organisation => Self::none(),
            Mode::Group => Self::STAFF,
            Mode::Anonymous | Mode::Device => Self::RESIDENTS,
        };
        let (cell, sensitive) =
            installation.unwrap_or((start.minimum_cell, start.sensitive_minimum));
        let minimum_cell = survey.minimum_cell.unwrap_or(cell);
        let sensitive_minimum = survey
            .sensitive_minimum
            .unwrap_or(sensitive)
            .max(minimum_cell);
        Self {
            minimum_cell,
            sensitive_minimum,
            score_minimum: start.score_minimum.max(minimum_cell),
        }
    }
}
