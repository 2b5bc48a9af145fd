//! Pairs of codes that few have, of two background variables that are not shown together.

use super::groups::{are_few, hidden_codes};
use super::pattern::is_background;
use crate::columns::bitmap::{BLOCK_ROWS, each_set};
use crate::columns::{Bitmap, Column};
use crate::dataset::Dataset;
use crate::query::Protection;

/// More than so many need not be looked at to find as many as the minimum.
const ENOUGH: usize = 4096;

/// One of the two variables.
pub(super) struct Side {
    pub parts: Vec<Part>,
    /// True if it is crossed with no third variable, so that its tables may be others.
    pub is_free: bool,
}

/// Respondents who can be told from others by a variable.
pub(super) struct Part {
    /// Its place among the cells of the variable's pattern; `None` for all hidden codes together,
    /// and for none.
    pub cell: Option<usize>,
    pub set: Bitmap,
}

/// Two parts that few have together.
pub(super) struct Pair {
    pub parts: [usize; 2],
    /// How many.
    n: u32,
    /// Those with the first only, and those with the second only: rows, each with what it must have
    /// in common with a row of the others if they exchange the first variable, or the second.
    only: [Vec<(usize, [usize; 2])>; 2],
}

/// True for a background variable.
pub(super) fn is_grouping(dataset: &Dataset, ix: usize) -> bool {
    let found = dataset.codebook().items().nth(ix);
    found.is_some_and(|(question, item)| is_background(question, item))
}

/// The variables that `variable` is shown together with, but for `other`.
pub(super) fn crossed_with(
    dataset: &Dataset,
    variable: usize,
    other: usize,
    protection: Protection,
) -> Vec<usize> {
    let all = 0..dataset.columns().len();
    let thirds = all.filter(|it| ![variable, other].contains(it) && is_grouping(dataset, *it));
    let both = |third: usize| [variable.min(third), variable.max(third)];
    thirds
        .filter(|it| is_crossed(dataset, both(*it), protection))
        .collect()
}

/// Whether anything can be shown of a crossing.
pub(super) fn is_crossed(dataset: &Dataset, both: [usize; 2], protection: Protection) -> bool {
    let codebook = dataset.codebook();
    let [one, other] = both.map(|ix| codebook.items().nth(ix).map(|it| it.1.name.as_str()));
    let may_cross = one
        .zip(other)
        .is_some_and(|(one, other)| codebook.may_cross(one, other));
    may_cross
        && if are_few(dataset) {
            !dataset.first_pattern(&both, protection).is_withdrawn()
        } else {
            dataset.groups(&both, protection).crossing.is_some()
        }
}

/// Each shown code, all hidden codes as one, and those without.
pub(super) fn parts(dataset: &Dataset, variable: usize, protection: Protection) -> Vec<Part> {
    let Some(Column::One { codes, .. }) = dataset.columns().get(variable) else {
        return Vec::new();
    };
    let all = Bitmap::full(dataset.responses() as usize);
    let hidden = hidden_codes(dataset, variable, protection);
    let mut named = Bitmap::default();
    let mut covered = Bitmap::default();
    let mut parts = Vec::new();
    for (cell, (code, hidden)) in codes.iter().zip(&hidden).enumerate() {
        named = named.or(code);
        if *hidden {
            covered = covered.or(code);
        } else {
            parts.push(Part {
                cell: Some(cell),
                set: code.clone(),
            });
        }
    }
    let rest = named.complement(&all);
    let others = [covered, rest].into_iter();
    parts.extend(others.map(|set| Part { cell: None, set }));
    parts
}

/// Parts of both variables of which a code of each is had by few.
pub(super) fn pairs(
    dataset: &Dataset,
    both: [usize; 2],
    (sides, near): (&[Side; 2], &[Vec<Vec<Part>>; 2]),
    minimum: u32,
) -> Vec<Pair> {
    let codes = both.map(|it| match dataset.columns().get(it) {
        Some(Column::One { codes, .. }) => codes.as_slice(),
        _ => &[],
    });
    let within = |side: usize, part: &Part| -> Vec<&Bitmap> {
        let inside = codes[side].iter();
        inside.filter(|it| !it.and(&part.set).is_empty()).collect()
    };
    let all = Bitmap::full(dataset.responses() as usize);
    let named = |side: usize| sides[side].parts.split_last().map_or(&[][..], |it| it.1);
    let mut pairs = Vec::new();
    for (one_ix, one) in named(0).iter().enumerate() {
        for (two_ix, two) in named(1).iter().enumerate() {
            let n = one.set.and(&two.set).count();
            if n == 0 || n >= minimum {
                continue;
            }
            let others = within(1, two);
            let mut cells = within(0, one)
                .into_iter()
                .flat_map(|it| others.iter().map(move |other| it.and(other).count()));
            if !cells.any(|it| it > 0) {
                continue;
            }
            let [one_only, two_only] = [(one, two), (two, one)]
                .map(|(of, without)| of.set.and(&without.set.complement(&all)));
            let rows = |set: &Bitmap| {
                let stratum = |row: usize, near: &[Vec<Part>]| {
                    near.iter().fold(0, |stratum, parts| {
                        let place = parts.iter().position(|it| it.set.has(row));
                        stratum * parts.len() + place.unwrap_or(0)
                    })
                };
                let keys = |row: usize| (row, [0, 1].map(|side| stratum(row, &near[side])));
                first_rows(set).into_iter().map(keys).collect()
            };
            pairs.push(Pair {
                parts: [one_ix, two_ix],
                n,
                only: [rows(&one_only), rows(&two_only)],
            });
        }
    }
    pairs
}

fn first_rows(set: &Bitmap) -> Vec<usize> {
    let mut rows = Vec::new();
    for block_ix in 0..set.n_blocks() {
        if rows.len() >= ENOUGH {
            break;
        }
        if let Some(block) = set.block(block_ix) {
            each_set(block, |row| rows.push(block_ix * BLOCK_ROWS + row));
        }
    }
    rows.truncate(ENOUGH);
    rows
}

impl Pair {
    /// How many have both parts after those who answered alike (as `given` tells of rows) exchanged
    /// one of the variables.
    pub(super) fn exchanged(&self, side: usize, given: &dyn Fn(usize) -> Option<usize>) -> u32 {
        let keys = |rows: &[(usize, [usize; 2])]| {
            let mut keys: Vec<_> = rows.iter().map(|it| (it.1[side], given(it.0))).collect();
            keys.sort_unstable();
            keys
        };
        let [one, two] = [0, 1].map(|it| keys(&self.only[it]));
        let mut two = two.iter().peekable();
        let mut n = self.n;
        for key in &one {
            while two.next_if(|it| *it < key).is_some() {}
            n += u32::from(two.next_if(|it| *it == key).is_some());
        }
        n
    }
}
