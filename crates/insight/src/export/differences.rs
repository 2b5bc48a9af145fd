//! A comparison as lines of a table: of each variable first what may be said of the whole, then
//! its rows and boxes or its mean.

use super::edition::Edition;
use super::table::code;
use crate::codebook::{Item, Question};
use crate::compare::{
    Comparison, Contrast, Difference, Means, Side, Test, Verdict, Who, Words, said,
};
use crate::release::Hidden;

/// A comparison that stands beside the figures.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'a> {
    /// What releases show of both sides.
    pub comparison: &'a Comparison,
    /// What somebody called the rounds, the later one first; else the survey's own names stand.
    pub names: Option<(&'a str, &'a str)>,
}

/// One line.
pub(super) struct Line<'a> {
    pub question: &'a Question,
    pub item: &'a Item,
    pub found: &'a Contrast,
    pub part: Part<'a>,
}

/// What of a variable a line is about.
pub(super) enum Part<'a> {
    /// All of it: the test, and what may be said.
    Whole,
    /// A row or a box of the scale.
    Row(&'a Difference),
    /// The mean.
    Mean(&'a Means),
}

/// The numbers of a line.
#[derive(Default)]
pub(super) struct Numbers {
    /// Per cents with one decimal, or the mean.
    pub one: Option<f64>,
    pub other: Option<f64>,
    /// Percentage points with one decimal, or the difference of the means; then its interval.
    pub difference: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
}

impl<'a> Beside<'a> {
    /// Every line, in the order of the questionnaire.
    pub(super) fn lines(self, edition: &'a Edition<'_>) -> Vec<Line<'a>> {
        let mut lines = Vec::new();
        for found in &self.comparison.questions {
            let Some((question, item)) = edition.codebook.item(&found.name) else {
                continue;
            };
            let parts = core::iter::once(Part::Whole)
                .chain(found.rows.iter().chain(&found.boxes).map(Part::Row))
                .chain(found.means.as_ref().map(Part::Mean));
            lines.extend(parts.map(|part| Line {
                question,
                item,
                found,
                part,
            }));
        }
        lines
    }

    /// What the sides are called, in words.
    pub(super) fn sides(self, edition: &Edition<'_>) -> (String, String) {
        self.named(|who| match who {
            Who::Group(variable, value) => edition.value(variable, value),
            Who::Rest(..) => edition.say("compare.rest"),
            Who::Round(round, version) => round.as_ref().unwrap_or(version).clone(),
        })
    }

    /// What the sides are called in files that hold codes.
    pub(super) fn codes(self) -> (String, String) {
        self.named(|who| match who {
            Who::Group(variable, value) => format!("{variable}={}", plain(value)),
            Who::Rest(variable, value) => format!("{variable}<>{}", plain(value)),
            Who::Round(round, version) => round.as_ref().unwrap_or(version).clone(),
        })
    }

    fn named(self, call: impl Fn(&Who) -> String) -> (String, String) {
        let Comparison { one, other, .. } = self.comparison;
        match self.names {
            Some((one, other)) if self.comparison.is_of_rounds() => {
                (one.to_owned(), other.to_owned())
            }
            _ => (call(&one.who), call(&other.who)),
        }
    }

    /// Respondents on both sides.
    pub(super) fn n(self) -> (Option<u32>, Option<u32>) {
        let n = |it: &Side| it.n;
        (n(&self.comparison.one), n(&self.comparison.other))
    }
}

fn plain(value: &json::Value) -> String {
    code(&crate::release::Label::Value(value.clone()))
}

impl Line<'_> {
    /// What the line is about, as a code.
    pub(super) fn code(&self) -> String {
        match self.part {
            Part::Whole => "(question)".to_owned(),
            Part::Row(row) => code(&row.label),
            Part::Mean(_) => "(mean)".to_owned(),
        }
    }

    pub(super) fn numbers(&self) -> Numbers {
        let tenth = |it: f64| (it * 1000.0).round() / 10.0;
        match self.part {
            Part::Whole => Numbers::default(),
            Part::Row(row) => Numbers {
                one: row.one.map(tenth),
                other: row.other.map(tenth),
                difference: row.difference.map(tenth),
                low: row.interval.map(|it| tenth(it.0)),
                high: row.interval.map(|it| tenth(it.1)),
            },
            Part::Mean(means) => {
                let short = |it: f64| (it * 1e6).round() / 1e6;
                Numbers {
                    one: Some(short(means.one)),
                    other: Some(short(means.other)),
                    difference: Some(short(means.difference)),
                    low: means.interval.map(|it| short(it.0)),
                    high: means.interval.map(|it| short(it.1)),
                }
            }
        }
    }

    /// The test of the line; of several choices each row has its own.
    pub(super) fn test(&self) -> Option<&Test> {
        match self.part {
            Part::Whole => self.found.test.as_ref(),
            Part::Row(row) => row.test.as_ref(),
            Part::Mean(_) => None,
        }
    }

    pub(super) fn verdict(&self) -> Option<Verdict> {
        match self.part {
            Part::Whole => Some(self.found.verdict),
            Part::Row(row) => row.verdict,
            Part::Mean(_) => None,
        }
    }

    /// Why there is nothing of the variable.
    pub(super) fn hidden(&self) -> Option<Hidden> {
        self.found
            .hidden
            .filter(|_| matches!(self.part, Part::Whole))
    }

    /// Codes of what changed between two rounds.
    pub(super) fn changes(&self) -> String {
        if !matches!(self.part, Part::Whole) {
            return String::new();
        }
        let changes = self.found.changes.iter().map(|it| it.name());
        changes.collect::<Vec<_>>().join(" ")
    }

    /// What may be said of the variable, in words; nothing of a single row.
    pub(super) fn says(&self, of_rounds: bool, edition: &Edition<'_>) -> String {
        if !matches!(self.part, Part::Whole) {
            return String::new();
        }
        let words = Words {
            say: edition.say,
            row: &|label| edition.label(self.item, label),
        };
        said(self.item, self.found, of_rounds, &words)
    }
}
