//! Counting: how many of each set of respondents gave each code.

use super::classes::{Class, in_classes};
use crate::codebook::{Item, Kind};
use crate::columns::bitmap::Block;
use crate::columns::popcount::count_both;
use crate::columns::{Bitmap, Column, Sorted};
use crate::dataset::Dataset;

/// Exact counts of one variable in one set of respondents. Never leaves the crate.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Counts {
    /// One per category.
    pub codes: Vec<u32>,
    /// Values outside the codebook.
    pub other: u32,
    /// Respondents with an answer of any kind.
    pub answered: u32,
    /// The numbers, if the variable is one.
    pub numbers: Option<Sorted>,
}

impl Counts {
    /// One count per row as tables show them: codes, then values outside the codebook, or the
    /// classes of numbers.
    pub(crate) fn rows(&self, edges: &[Class]) -> Vec<u32> {
        match &self.numbers {
            Some(numbers) => in_classes(numbers, edges),
            None if self.codes.is_empty() => Vec::new(),
            None => self.codes.iter().copied().chain([self.other]).collect(),
        }
    }

    /// Points of a scale with how many chose each; numbers as they are; `None` for the rest.
    pub(crate) fn points(&self, item: &Item) -> Option<Sorted> {
        if item.kind != Kind::Scale {
            return self.numbers.clone();
        }
        let given = item.categories.iter().zip(&self.codes);
        let mut points: Vec<(f64, u32)> = given
            .filter_map(|(category, count)| Some((category.point?, *count)))
            .filter(|(_, count)| *count > 0)
            .collect();
        points.sort_by(|left, right| left.0.total_cmp(&right.0));
        let scaled = item.categories.iter().any(|it| it.point.is_some());
        scaled.then(|| Sorted::from_counts(points.into_iter()))
    }
}

/// Counts the variables whose places in the codebook are `wanted`, in every one of `sets`;
/// per set, one entry per variable wanted.
pub(crate) fn count(dataset: &Dataset, wanted: &[usize], sets: &[Bitmap]) -> Vec<Vec<Counts>> {
    let columns: Vec<&Column> = wanted
        .iter()
        .filter_map(|ix| dataset.columns().get(*ix))
        .collect();
    let mut tables: Vec<Vec<Counts>> = sets
        .iter()
        .map(|_| columns.iter().map(|column| empty(column)).collect())
        .collect();
    let n_blocks = sets.iter().map(Bitmap::n_blocks).max().unwrap_or(0);
    for block_ix in 0..n_blocks {
        let blocks: Vec<(usize, &Block)> = sets
            .iter()
            .enumerate()
            .filter_map(|(set_ix, set)| Some((set_ix, set.block(block_ix)?)))
            .collect();
        for (column_ix, column) in columns.iter().enumerate() {
            count_block(column, column_ix, block_ix, &blocks, &mut tables);
        }
    }
    for (set, table) in sets.iter().zip(&mut tables) {
        for (column, counts) in columns.iter().zip(table) {
            match column {
                Column::One { .. } => {
                    counts.answered = counts.codes.iter().sum::<u32>() + counts.other;
                }
                Column::Numbers(numbers) => {
                    let sorted = numbers.sorted(set);
                    counts.answered = sorted.n();
                    counts.numbers = Some(sorted);
                }
                Column::Many { .. } | Column::Texts(_) => {}
            }
        }
    }
    tables
}

fn empty(column: &Column) -> Counts {
    let n_codes = match column {
        Column::One { codes, .. } | Column::Many { codes, .. } => codes.len(),
        Column::Numbers(_) | Column::Texts(_) => 0,
    };
    Counts {
        codes: vec![0; n_codes],
        ..Counts::default()
    }
}

fn count_block(
    column: &Column,
    column_ix: usize,
    block_ix: usize,
    blocks: &[(usize, &Block)],
    tables: &mut [Vec<Counts>],
) {
    let mut add = |set: &Bitmap, into: &dyn Fn(&mut Counts) -> Option<&mut u32>| {
        let Some(block) = set.block(block_ix) else {
            return;
        };
        for (set_ix, chosen) in blocks {
            let counts = tables.get_mut(*set_ix).and_then(|it| it.get_mut(column_ix));
            if let Some(slot) = counts.and_then(into) {
                *slot += count_both(block, chosen);
            }
        }
    };
    match column {
        Column::One { codes, other } => {
            for (code_ix, code) in codes.iter().enumerate() {
                add(code, &|it| it.codes.get_mut(code_ix));
            }
            add(other, &|it| Some(&mut it.other));
        }
        Column::Many {
            codes,
            other,
            answered,
        } => {
            for (code_ix, code) in codes.iter().enumerate() {
                add(code, &|it| it.codes.get_mut(code_ix));
            }
            add(other, &|it| Some(&mut it.other));
            add(answered, &|it| Some(&mut it.answered));
        }
        Column::Texts(texts) => add(texts.answered(), &|it| Some(&mut it.answered)),
        Column::Numbers(_) => {}
    }
}
