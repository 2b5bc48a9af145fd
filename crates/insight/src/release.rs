//! Figures that may be shown: what disclosure control lets out.
//!
//! The parts are plain to read and, being `non_exhaustive`, cannot be written as literals outside
//! this crate; a [`Release`] has no public constructor at all. [`crate::protocol`] carries a
//! release from the worker to the page.

use json::Value;

use crate::codebook::Kind;
use crate::query::{Base, Protection, Rounding};
use crate::weights::Weighting;

/// The answer to a [`crate::Query`].
#[derive(Debug, Clone, PartialEq)]
pub struct Release {
    pub(crate) head: Head,
    pub(crate) questions: Vec<Figures>,
    pub(crate) groups: Vec<Group>,
    pub(crate) response: Option<Response>,
    pub(crate) refusal: Option<Refusal>,
    pub(crate) audit: Vec<Withheld>,
}

/// What a release is about.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Head {
    /// `kuuluu.id` of the survey.
    pub survey: String,
    /// The round, if it has one.
    pub round: Option<String>,
    /// The filter as it was asked.
    pub filter: Option<String>,
    /// Respondents the filter left: the N of "N of M respondents"; `None` if hidden.
    pub n: Option<u32>,
    /// All respondents: the M; `None` if hidden.
    pub total: Option<u32>,
    /// What per cents are of.
    pub base: Base,
    /// How per cents were made whole.
    pub rounding: Rounding,
    /// The minima that were applied.
    pub protection: Protection,
    /// Set if weighted per cents stand beside the others: how the weights came out.
    pub weighting: Option<Weighting>,
}

/// Why figures are not given as asked.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// The filter could not be read.
    Filter {
        /// Byte offset into the filter.
        offset: usize,
        /// What is wrong, a stable code: `syntax`, `unknown-variable`, `not-background`, `unknown-value`.
        code: &'static str,
        /// The name or word it concerns.
        what: String,
    },
    /// A group is not a background variable of the survey.
    Group(String),
    /// The survey does not allow these variables to be crossed.
    Crossing(String, String),
    /// More than two groups were asked for.
    TooManyGroups,
    /// Fewer respondents than the minimum are left.
    TooFew,
    /// Fewer respondents than the minimum, which this is, have answered at all: no other query shows
    /// more.
    TooFewYet(u32),
    /// The result would differ from one already visible by fewer respondents than the minimum.
    TooClose,
    /// Fewer respondents than the minimum have answered since results were published.
    TooSoon,
}

/// Figures for one part of the respondents.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Group {
    /// Variable and value, one pair per grouping.
    pub by: Vec<(String, Value)>,
    /// Respondents in it; `None` if hidden.
    pub n: Option<u32>,
    /// Why nothing is shown of it.
    pub hidden: Option<Hidden>,
    /// One entry per variable as in [`Release::questions`]; empty if the group is hidden.
    pub questions: Vec<Figures>,
}

/// The figures of one variable.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Figures {
    /// The variable's name, [`crate::codebook::Item::name`].
    pub name: String,
    /// What per cents are of.
    pub base: Base,
    /// The number they are of; `None` if hidden.
    pub n: Option<u32>,
    /// Why nothing is shown; `None` although single rows may be hidden.
    pub hidden: Option<Hidden>,
    /// One per category in questionnaire order, those that nobody chose included; with
    /// [`Base::All`] a last one for those without an answer. For numbers, one per class of the
    /// histogram. Empty for texts.
    pub rows: Vec<Row>,
    /// The scale's own groups, in questionnaire order of their first category; "can't say" (with
    /// [`Base::All`] together with the missing) comes last. Empty if the scale has none.
    pub boxes: Vec<Row>,
    /// Middle and spread of scales and numbers.
    pub summary: Option<Summary>,
}

impl Figures {
    /// How many gave an answer that is hidden, taken together, where every respondent has one answer
    /// at most: what is left of N when all that is shown is taken away. `None` where nothing of it
    /// is hidden, or all of it, or not for protection, or several answers were possible (`kind` is
    /// the item's).
    pub fn hidden_together(&self, kind: Kind) -> Option<u32> {
        let takes_one = matches!(kind, Kind::Single | Kind::Scale | Kind::Ranking);
        let reasons = || self.rows.iter().filter_map(|it| it.hidden);
        let protects = |it: Hidden| matches!(it, Hidden::TooFew | Hidden::Protects);
        let n_hidden = reasons().count();
        if !takes_one || !(2..self.rows.len()).contains(&n_hidden) || !reasons().all(protects) {
            return None;
        }
        let shown = self.rows.iter().filter_map(|it| it.count).sum();
        self.n?.checked_sub(shown)
    }

    /// The row that stands for `label`. The scale's own groups count only where `boxes` says that
    /// they were drawn alike.
    pub fn row(&self, label: &Label, boxes: bool) -> Option<&Row> {
        if !boxes && matches!(label, Label::Box(_) | Label::Unsure) {
            return None;
        }
        let mut rows = self.rows.iter().chain(&self.boxes);
        rows.find(|it| it.label == *label)
    }
}

/// What a row stands for.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Label {
    /// A category, by its value.
    Value(Value),
    /// A box of the scale, by its name.
    Box(String),
    /// Answers that are no point of the scale, as a box.
    Unsure,
    /// No answer.
    Missing,
    /// A value outside the codebook that was kept (`other` as text).
    Other,
    /// A class of a histogram: from (inclusive), to (exclusive, but inclusive in the last).
    Range(f64, f64),
    /// A class of whole numbers: from, to, both inclusive.
    Whole(f64, f64),
}

/// One row of a table, one bar of a chart.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Row {
    /// What it stands for.
    pub label: Label,
    /// How many; `None` if hidden.
    pub count: Option<u32>,
    /// Whole per cents of the base; `None` if hidden or if the base is zero.
    pub percent: Option<u32>,
    /// Wilson 95 % interval of the share, 0 to 1, corrected for a known frame; `None` if hidden.
    pub interval: Option<(f64, f64)>,
    /// The weighted share; only beside a count that is shown, see [`crate::weights`].
    pub weighted: Option<Weighted>,
    /// Why it is hidden.
    pub hidden: Option<Hidden>,
}

/// A weighted share of the same base.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Weighted {
    /// Whole per cents.
    pub percent: u32,
    /// Wilson 95 % interval of this per cent among the effective number, 0 to 1.
    pub interval: (f64, f64),
}

/// Why a figure is hidden. That all answered alike is never a reason: it would tell what they said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Hidden {
    /// Fewer than the minimum.
    TooFew,
    /// It would give another hidden figure away.
    Protects,
    /// Not comparable: wording, choices or scale changed.
    Changed,
    /// The survey does not have this background variable broken down by that one.
    NotCrossed,
}

/// Middle and spread.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Summary {
    /// How many points or numbers went in ("can't say" never does); `None` if hidden.
    pub n: Option<u32>,
    /// First quartile, linear between neighbours (type 7); of scales and numbers.
    pub lower_quartile: Option<f64>,
    /// Median.
    pub median: Option<f64>,
    /// Third quartile.
    pub upper_quartile: Option<f64>,
    /// Arithmetic mean.
    pub mean: Option<f64>,
    /// Standard deviation, n − 1; `None` below two.
    pub deviation: Option<f64>,
    /// Smallest and largest; only where nothing is protected.
    pub range: Option<(f64, f64)>,
    /// Why nothing is given.
    pub hidden: Option<Hidden>,
}

/// Answers against the frame.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Response {
    /// How many were asked.
    pub asked: u32,
    /// How many of them answered (each counted once); `None` if hidden.
    pub answered: Option<u32>,
    /// Per cent, not rounded; `None` if hidden.
    pub percent: Option<f64>,
    /// Codes of those who have not answered, in frame order; `None` where that is nobody's
    /// business (anonymous surveys).
    pub waiting: Option<Vec<String>>,
    /// Who answered more than once, in frame order; every one of their answers is in the figures.
    /// Empty where that is nobody's business (anonymous surveys).
    pub repeated: Vec<Repeated>,
    /// The same by sub-region, in frame order of their first unit.
    pub sub_regions: Vec<SubRegion>,
}

/// A unit of the frame with several answers.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Repeated {
    /// Its code in the frame.
    pub code: String,
    /// How many answers it gave, two at least.
    pub answers: u32,
}

/// Answers of one sub-region against the frame.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct SubRegion {
    /// Its name as in the frame.
    pub name: String,
    /// How many were asked.
    pub asked: u32,
    /// How many of them answered; `None` if hidden.
    pub answered: Option<u32>,
    /// Per cent, not rounded; `None` if hidden.
    pub percent: Option<f64>,
}

/// One line of the audit list: what was hidden and why, without its size.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Withheld {
    /// The group, empty for the whole.
    pub group: Vec<(String, Value)>,
    /// The variable; `None` for the group as a whole.
    pub variable: Option<String>,
    /// The row; `None` for the variable as a whole.
    pub row: Option<Label>,
    /// Why.
    pub why: Hidden,
}

impl Release {
    /// What it is about: filter, base, N of M.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// Figures over all that the filter left, one per variable in questionnaire order.
    pub fn questions(&self) -> &[Figures] {
        &self.questions
    }

    /// The figures of one variable.
    pub fn figures(&self, variable: &str) -> Option<&Figures> {
        self.questions.iter().find(|it| it.name == variable)
    }

    /// One entry per value (or pair of values) of the groupings; empty without grouping.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Answers against the frame, if there is one.
    pub fn response(&self) -> Option<&Response> {
        self.response.as_ref()
    }

    /// Why the query was not answered; then there are no figures.
    pub fn refusal(&self) -> Option<&Refusal> {
        self.refusal.as_ref()
    }

    /// What was hidden and why.
    pub fn audit(&self) -> &[Withheld] {
        &self.audit
    }
}

impl Group {
    /// The figures of one variable.
    pub fn figures(&self, variable: &str) -> Option<&Figures> {
        self.questions.iter().find(|it| it.name == variable)
    }
}
