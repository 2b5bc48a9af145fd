//! The figures of a variable through the rounds, with the places where the line breaks.

use std::sync::Arc;

use super::{Change, Series, series};
use crate::codebook::Codebook;
use crate::release::{Figures, Release};

/// Releases of several rounds to the same query, in order of time; the last is the present one.
#[derive(Debug, Clone)]
pub struct OverTime {
    rounds: Vec<Round>,
    series: Vec<Series>,
}

/// A round and what is shown of it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Round {
    /// What it is called.
    pub name: String,
    /// All its figures.
    pub release: Arc<Release>,
}

/// What one round brings to the line of a variable.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Step<'a> {
    /// What the round is called.
    pub round: &'a str,
    /// Why the line breaks before this round; empty where it goes on.
    pub changes: &'a [Change],
    /// The figures, if the variable was asked and compares with the last round.
    pub figures: Option<&'a Figures>,
    /// True if the scale's own groups were drawn as in the last round.
    pub boxes: bool,
}

impl OverTime {
    /// Puts the rounds together: what each is called, its variables, and its figures.
    pub fn new<'a>(rounds: impl IntoIterator<Item = (String, &'a Codebook, Arc<Release>)>) -> Self {
        let mut codebooks = Vec::new();
        let mut kept = Vec::new();
        for (name, codebook, release) in rounds {
            codebooks.push(codebook);
            kept.push(Round { name, release });
        }
        Self {
            series: series(&codebooks),
            rounds: kept,
        }
    }

    /// The rounds, the first one first.
    pub fn rounds(&self) -> &[Round] {
        &self.rounds
    }

    /// How far back each variable of the last round may be followed.
    pub fn series(&self) -> &[Series] {
        &self.series
    }

    /// The line of a variable, by the name it has in the last round; one step for each round.
    /// Empty if the last round has no such variable.
    pub fn steps(&self, variable: &str) -> Vec<Step<'_>> {
        let Some(line) = self.series.iter().find(|it| it.name == variable) else {
            return Vec::new();
        };
        let steps = self.rounds.iter().enumerate().map(|(at, round)| {
            let then = line.comparable(at);
            let found = line.breaks.iter().find(|it| it.at == at);
            Step {
                round: &round.name,
                changes: found.map(|it| it.changes.as_slice()).unwrap_or_default(),
                figures: then.and_then(|it| round.release.figures(it.name)),
                boxes: then.is_some_and(|it| it.boxes),
            }
        });
        steps.collect()
    }
}

impl Step<'_> {
    /// True if the line breaks before this round: what came before is another line.
    pub fn is_broken(&self) -> bool {
        let mut changes = self.changes.iter();
        changes.any(|it| !matches!(it, Change::Boxes | Change::New))
    }
}
