//! Weighted per cents beside those of a release.

use super::Weights;
use crate::codebook::Kind;
use crate::columns::{Bitmap, Column};
use crate::dataset::Dataset;
use crate::percent;
use crate::query::{Base, Protection, Query};
use crate::release::{Figures, Label, Release, Row, Weighted};
use crate::statistics::shares::wilson_of_share;
use crate::tabulate::Raw;

/// Adds weighted per cents wherever nothing can be worked out from them.
pub(crate) fn fill(
    dataset: &Dataset,
    query: &Query,
    protection: Protection,
    raw: &Raw,
    release: &mut Release,
) {
    let Some(weights) = dataset.weights().filter(|_| query.weighted) else {
        return;
    };
    let filler = Filler {
        dataset,
        query,
        weights: &weights,
    };
    if !protection.is_none() && filler.hides_groups(protection) {
        // How many were cut, and how many answers are as good, tells of the sizes of hidden groups.
        return;
    }
    release.head.weighting = Some(weights.weighting.clone());
    let allowed = |variables: &[usize], item: usize| {
        protection.is_none() || filler.nothing_hidden(variables, item, protection)
    };
    for (item, figures) in raw.items.iter().zip(&mut release.questions) {
        if allowed(&raw.filter_variables, *item) {
            filler.figures(*item, &raw.chosen, figures);
        }
    }
    for (part, group) in raw.groups.iter().zip(&mut release.groups) {
        for (item, figures) in raw.items.iter().zip(&mut group.questions) {
            if allowed(&raw.variables, *item) {
                filler.figures(*item, &part.chosen, figures);
            }
        }
    }
}

struct Filler<'a> {
    dataset: &'a Dataset,
    query: &'a Query,
    weights: &'a Weights,
}

impl Filler<'_> {
    /// Whether several groups of a weighting variable are hidden, so that nothing can be weighted.
    fn hides_groups(&self, protection: Protection) -> bool {
        self.weights.variables.iter().any(|variable| {
            let pattern = self.dataset.pattern(&[*variable], protection);
            let cells = pattern.hidden.iter().zip(&pattern.sizes);
            cells
                .filter(|(hidden, size)| **hidden && **size > 0)
                .count()
                > 1
        })
    }

    /// Whether every row of a variable is shown in every cell of `variables`, and of these crossed
    /// with each weighting variable.
    fn nothing_hidden(&self, variables: &[usize], item: usize, protection: Protection) -> bool {
        if variables.len() > 1 {
            return false;
        }
        self.weights.variables.iter().all(|weighting| {
            let mut cells = variables.to_vec();
            if !cells.contains(weighting) {
                cells.push(*weighting);
            }
            let pattern = self.dataset.pattern(&cells, protection);
            let Some(own) = pattern.items.get(item) else {
                return false;
            };
            let hidden = own.hidden.iter().zip(&pattern.sizes);
            // One cell alone follows from the sum, which is shown: there is nothing to work out.
            let occupied = hidden.filter(|(hidden, size)| **hidden && **size > 0);
            occupied.count() <= 1 && {
                let shown = |cell: usize| own.hidden.get(cell) == Some(&false);
                own.rows.iter().all(|row| {
                    let mut cells = row.iter().enumerate();
                    cells.all(|(cell, hidden)| !hidden || !shown(cell))
                })
            }
        })
    }

    fn figures(&self, item: usize, chosen: &Bitmap, figures: &mut Figures) {
        let any_hidden = figures.rows.iter().any(|it| it.hidden.is_some());
        if figures.hidden.is_some() || any_hidden {
            return;
        }
        let described = self.dataset.codebook().items().nth(item);
        let (Some(column), Some((_, described))) = (self.dataset.columns().get(item), described)
        else {
            return;
        };
        let (codes, other, answered) = match column {
            Column::One { codes, other } => (codes, other, None),
            Column::Many {
                codes,
                other,
                answered,
            } => (codes, other, Some(answered)),
            Column::Numbers(_) | Column::Texts(_) => return,
        };
        let sum = |set: &Bitmap| self.weights.sum(set, chosen);
        let sums: Vec<f64> = codes.iter().map(sum).collect();
        let of_other = sum(other);
        let all = sum(chosen);
        let valid = answered.map_or_else(|| sums.iter().sum::<f64>() + of_other, sum);
        let base = match self.query.base {
            Base::Valid => valid,
            Base::All => all,
        };
        let of = |label: &Label| match label {
            Label::Value(value) => {
                let mut categories = described.categories.iter();
                let place = categories.position(|it| it.value == *value);
                place.and_then(|it| sums.get(it).copied())
            }
            Label::Other => Some(of_other),
            Label::Missing => Some((all - valid).max(0.0)),
            Label::Box(_) | Label::Unsure | Label::Range(..) | Label::Whole(..) => None,
        };
        let own: Vec<f64> = figures
            .rows
            .iter()
            .map(|it| of(&it.label).unwrap_or(0.0))
            .collect();
        let places = boxes(described, figures);
        let boxed: Vec<f64> = places
            .iter()
            .map(|rows| rows.iter().filter_map(|ix| own.get(*ix)).sum())
            .collect();
        let parts = described.kind != Kind::Multiple;
        // As many as the base is, scaled down by what the weights cost.
        let n = f64::from(figures.n.unwrap_or(0)) * self.efficiency();
        let give = |rows: &mut [Row], sums: &[f64]| {
            for (row, percent) in rows.iter_mut().zip(self.percents(sums, base, parts)) {
                row.weighted = percent.map(|percent| Weighted {
                    percent,
                    interval: wilson_of_share(f64::from(percent) / 100.0, n.max(1.0)),
                });
            }
        };
        give(&mut figures.rows, &own);
        give(&mut figures.boxes, &boxed);
    }

    fn efficiency(&self) -> f64 {
        let n = f64::from(self.dataset.responses().max(1));
        f64::from(self.weights.weighting.effective_n) / n
    }

    /// Whole per cents by the query's rounding: sums as counts of a billion.
    fn percents(&self, sums: &[f64], base: f64, parts: bool) -> Vec<Option<u32>> {
        const BILLION: f64 = 1e9;
        if base <= 0.0 {
            return vec![None; sums.len()];
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share of a billion; a cast saturates"
        )]
        let scaled: Vec<u32> = sums
            .iter()
            .map(|it| (it / base * BILLION + 0.5) as u32)
            .collect();
        // Rounding may have moved the sum by a few billionths.
        let whole = scaled.iter().map(|it| u64::from(*it)).sum::<u64>();
        let whole = u32::try_from(whole).unwrap_or(u32::MAX);
        let billion = 1_000_000_000_u32;
        let base = if parts && whole.abs_diff(billion) < 1000 {
            whole
        } else {
            billion
        };
        percent::whole(&scaled, base, self.query.rounding, parts)
    }
}

/// Places of the rows of each box, as the codebook groups them.
fn boxes(item: &crate::codebook::Item, figures: &Figures) -> Vec<Vec<usize>> {
    let group = |label: &Label| match label {
        Label::Value(value) => {
            let category = item.categories.iter().find(|it| it.value == *value)?;
            match (&category.group, category.meaning) {
                (Some(group), _) => Some(Label::Box(group.clone())),
                (None, Some(_)) => Some(Label::Unsure),
                (None, None) => None,
            }
        }
        Label::Missing | Label::Other => Some(Label::Unsure),
        Label::Box(_) | Label::Unsure | Label::Range(..) | Label::Whole(..) => None,
    };
    let groups: Vec<Option<Label>> = figures.rows.iter().map(|it| group(&it.label)).collect();
    let members = |wanted: &Label| {
        let rows = groups.iter().enumerate();
        rows.filter(|(_, it)| it.as_ref() == Some(wanted))
            .map(|(ix, _)| ix)
            .collect()
    };
    figures.boxes.iter().map(|it| members(&it.label)).collect()
}
