//! Raking.

use super::{Margins, Unfit, Weighting};
use crate::codebook::Category;
use crate::columns::bitmap::{BLOCK_ROWS, each_set};
use crate::columns::{Bitmap, Column};
use crate::dataset::Dataset;

/// A weight for every combination of codes, and who is in which.
#[derive(Debug, Clone)]
pub(crate) struct Weights {
    /// Places of the weighting variables.
    pub variables: Vec<usize>,
    /// Per respondent, the place of the combination in `of_cell`.
    cells: Vec<u16>,
    of_cell: Vec<f64>,
    pub weighting: Weighting,
}

impl Weights {
    /// The sum of the weights of those in both sets.
    pub(crate) fn sum(&self, set: &Bitmap, other: &Bitmap) -> f64 {
        let mut sums = vec![0_u32; self.of_cell.len()];
        for block_ix in 0..set.n_blocks() {
            let (Some(one), Some(two)) = (set.block(block_ix), other.block(block_ix)) else {
                continue;
            };
            let cells = self.cells.get(block_ix * BLOCK_ROWS..).unwrap_or_default();
            for (word_ix, (one, two)) in one.iter().zip(two).enumerate() {
                let mut left = one & two;
                while left != 0 {
                    let at = word_ix * 64 + left.trailing_zeros() as usize;
                    let cell = cells.get(at).map_or(0, |it| usize::from(*it));
                    if let Some(slot) = sums.get_mut(cell) {
                        *slot += 1;
                    }
                    left &= left - 1;
                }
            }
        }
        let pairs = sums.iter().zip(&self.of_cell);
        pairs.map(|(n, weight)| f64::from(*n) * weight).sum()
    }
}

/// One margin over the combinations.
struct Margin {
    /// Share of each part that somebody is in; they add to one.
    targets: Vec<f64>,
    /// Per combination, the part it is in.
    part: Vec<Option<usize>>,
}

/// Fits weights to margins.
///
/// Who has no code that a margin names keeps the weight that the other margins give.
///
/// # Errors
///
/// The first margin that the survey cannot be weighted by.
pub(crate) fn rake(dataset: &Dataset, margins: &Margins) -> Result<Weights, Unfit> {
    let codebook = dataset.codebook();
    let items: Vec<_> = codebook.items().map(|(_, item)| item).collect();
    let n = dataset.responses() as usize;
    let mut cells = vec![0_u16; n];
    let mut n_cells = 1_usize;
    let mut variables = Vec::new();
    for (name, parts) in &margins.margins {
        let background = codebook.backgrounds().any(|it| it.name == *name);
        let place = items.iter().position(|it| it.name == *name && background);
        let column = place.and_then(|it| dataset.columns().get(it));
        let (Some(place), Some(Column::One { codes, .. })) = (place, column) else {
            return Err(Unfit::Variable(name.clone()));
        };
        let known = items.get(place).map(|it| it.categories.iter());
        let known: Vec<String> = known.into_iter().flatten().map(Category::code).collect();
        if let Some((code, _)) = parts.iter().find(|it| !known.contains(&it.0)) {
            return Err(Unfit::Code {
                variable: name.clone(),
                code: code.clone(),
                known,
            });
        }
        let width = codes.len() + 1;
        n_cells *= width;
        if n_cells > usize::from(u16::MAX) {
            return Err(Unfit::Combinations(name.clone()));
        }
        refine(&mut cells, codes);
        variables.push((place, width));
    }
    let mut counts = vec![0_u32; n_cells];
    for cell in &cells {
        if let Some(slot) = counts.get_mut(usize::from(*cell)) {
            *slot += 1;
        }
    }
    let mut empty = Vec::new();
    let mut fitted = Vec::new();
    let mut inner = n_cells;
    for ((name, parts), (place, width)) in margins.margins.iter().zip(&variables) {
        inner /= width;
        let code = |cell: usize| cell / inner % width;
        let codes: Vec<String> = items
            .get(*place)
            .map(|it| it.categories.iter().map(Category::code).collect())
            .unwrap_or_default();
        let mut targets = Vec::new();
        let mut part = vec![None; n_cells];
        for (part_code, number) in parts.iter().filter(|it| it.1 > 0.0) {
            let place = codes.iter().position(|it| it == part_code);
            let members = (0..n_cells).filter(|cell| Some(code(*cell)) == place);
            let members: Vec<usize> = members.collect();
            let here: u32 = members.iter().filter_map(|it| counts.get(*it)).sum();
            if here == 0 {
                empty.push((name.clone(), part_code.clone()));
                continue;
            }
            for cell in members {
                if let Some(slot) = part.get_mut(cell) {
                    *slot = Some(targets.len());
                }
            }
            targets.push(*number);
        }
        let sum: f64 = targets.iter().sum();
        fitted.push(Margin {
            targets: targets.into_iter().map(|it| it / sum).collect(),
            part,
        });
    }
    let counts: Vec<f64> = counts.into_iter().map(f64::from).collect();
    let fit = fit(&counts, &fitted);
    Ok(Weights {
        variables: variables.into_iter().map(|it| it.0).collect(),
        cells,
        weighting: Weighting {
            source: margins.source.clone(),
            variables: margins.margins.iter().map(|it| it.0.clone()).collect(),
            effective_n: effective(&counts, &fit.weights),
            rounds: fit.rounds,
            converged: fit.converged,
            trimmed: fit.trimmed,
            largest_gap: fit.largest_gap * 100.0,
            empty,
        },
        of_cell: fit.weights,
    })
}

/// Makes the combinations finer by one variable.
fn refine(cells: &mut [u16], codes: &[Bitmap]) {
    let width = u16::try_from(codes.len() + 1).unwrap_or(u16::MAX);
    let rest = width - 1;
    for cell in cells.iter_mut() {
        *cell = cell.saturating_mul(width).saturating_add(rest);
    }
    for (code, ix) in codes.iter().zip(0_u16..) {
        for block_ix in 0..code.n_blocks() {
            let Some(block) = code.block(block_ix) else {
                continue;
            };
            each_set(block, |at| {
                if let Some(cell) = cells.get_mut(block_ix * BLOCK_ROWS + at) {
                    *cell -= rest - ix;
                }
            });
        }
    }
}

struct Fit {
    weights: Vec<f64>,
    rounds: u32,
    converged: bool,
    trimmed: u32,
    largest_gap: f64,
}

/// Weights of combinations with `counts` respondents; their mean over respondents is one.
fn fit(counts: &[f64], margins: &[Margin]) -> Fit {
    const CLOSE: f64 = 1e-9;
    let mut weights = vec![1.0; counts.len()];
    let mut rounds = 0;
    let mut converged = gap(counts, &weights, margins) < CLOSE;
    while !converged && rounds < Weighting::MOST_ROUNDS {
        for margin in margins {
            let shares = shares(counts, &weights, margin);
            for (weight, part) in weights.iter_mut().zip(&margin.part) {
                let target = part.and_then(|it| Some((margin.targets.get(it)?, shares.get(it)?)));
                if let Some((target, share)) = target
                    && *share > 0.0
                {
                    *weight *= target / share;
                }
            }
        }
        rounds += 1;
        converged = gap(counts, &weights, margins) < CLOSE;
    }
    let n: f64 = counts.iter().sum();
    let mean = |weights: &[f64]| total(counts, weights) / n.max(1.0);
    let before = mean(&weights);
    let mut trimmed = 0.0;
    for (weight, count) in weights.iter_mut().zip(counts) {
        let cut = (*weight / before).clamp(1.0 / Weighting::TRIM, Weighting::TRIM);
        if (cut * before - *weight).abs() > *weight * 1e-12 {
            trimmed += count;
        }
        *weight = cut;
    }
    let after = mean(&weights);
    for weight in &mut weights {
        *weight /= after;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a sum of counts"
    )]
    let trimmed = trimmed as u32;
    Fit {
        largest_gap: gap(counts, &weights, margins),
        weights,
        rounds,
        converged,
        trimmed,
    }
}

fn total(counts: &[f64], weights: &[f64]) -> f64 {
    counts
        .iter()
        .zip(weights)
        .map(|(n, weight)| n * weight)
        .sum()
}

/// Weighted share of each part among those who are in any.
fn shares(counts: &[f64], weights: &[f64], margin: &Margin) -> Vec<f64> {
    let mut sums = vec![0.0; margin.targets.len()];
    for ((count, weight), part) in counts.iter().zip(weights).zip(&margin.part) {
        if let Some(slot) = part.and_then(|it| sums.get_mut(it)) {
            *slot += count * weight;
        }
    }
    let all: f64 = sums.iter().sum();
    sums.into_iter().map(|it| it / all).collect()
}

/// The largest distance of a share from its margin.
fn gap(counts: &[f64], weights: &[f64], margins: &[Margin]) -> f64 {
    let gaps = margins.iter().flat_map(|margin| {
        let shares = shares(counts, weights, margin);
        let pairs = shares.into_iter().zip(margin.targets.clone());
        pairs.map(|(share, target)| (share - target).abs())
    });
    gaps.fold(0.0, f64::max)
}

/// Kish's effective number.
fn effective(counts: &[f64], weights: &[f64]) -> u32 {
    let squares: f64 = counts
        .iter()
        .zip(weights)
        .map(|(n, weight)| n * weight * weight)
        .sum();
    let sum = total(counts, weights);
    if squares <= 0.0 {
        return 0;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "not negative, and at most the number of respondents"
    )]
    let effective = (sum * sum / squares + 1e-9) as u32;
    effective
}
