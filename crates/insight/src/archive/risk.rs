//! Whom background answers together could point at, and what is left out so that they do not.

use std::collections::BTreeMap;

use crate::codebook::Codebook;
use crate::columns::{Bitmap, Column};
use crate::dataset::Dataset;
use crate::disclosure::is_background;

/// What is done about background answers that together are rare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Backgrounds {
    /// Left out, as many as it takes for all that is left to be shared by the minimum (k-anonymity
    /// by local suppression; Sweeney 2002).
    #[default]
    LeftOut,
    /// Kept. Then the file is personal data.
    Kept,
}

/// How rare background answers together are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Risk {
    /// Names of the background variables that were looked at.
    pub variables: Vec<String>,
    /// Responses in the file.
    pub responses: u32,
    /// How many share their background answers with fewer than the minimum.
    pub rare: u32,
    /// How many of these share them with nobody.
    pub alone: u32,
    /// The minimum.
    pub minimum: u32,
    /// What was done about it.
    pub backgrounds: Backgrounds,
}

/// Per respondent and background variable, whether the answer is left out.
pub(super) struct LeftOut {
    variables: Vec<usize>,
    rows: Vec<Vec<bool>>,
}

impl LeftOut {
    pub(super) fn has(&self, row: usize, variable: usize) -> bool {
        let place = self.variables.iter().position(|it| *it == variable);
        let row = self.rows.get(row);
        place.is_some_and(|place| row.and_then(|it| it.get(place)) == Some(&true))
    }
}

/// Codes of the background variables of one respondent; 0 for none.
type Key = Vec<u32>;

/// Looks for rare combinations, and says what is to be left out.
pub(super) fn look(dataset: &Dataset, minimum: u32, backgrounds: Backgrounds) -> (Risk, LeftOut) {
    let codebook = dataset.codebook();
    let variables = variables(codebook);
    let n = dataset.responses() as usize;
    let mut keys: Vec<Key> = vec![Vec::new(); n];
    for variable in &variables {
        let codes = codes(dataset, *variable, n);
        for (key, code) in keys.iter_mut().zip(codes) {
            key.push(code);
        }
    }
    let groups = sizes(&keys);
    let size = |key: &Key| groups.get(key).copied().unwrap_or(0);
    let is_rare = |key: &&Key| size(key) < minimum;
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let risk = Risk {
        variables: names(codebook, &variables),
        responses: dataset.responses(),
        rare: count(keys.iter().filter(is_rare).count()),
        alone: count(
            keys.iter()
                .filter(|it| minimum > 1 && size(it) == 1)
                .count(),
        ),
        minimum,
        backgrounds,
    };
    let mut rows = vec![vec![false; variables.len()]; n];
    if backgrounds == Backgrounds::LeftOut {
        leave_out(&mut keys, &mut rows, minimum);
    }
    (risk, LeftOut { variables, rows })
}

/// Takes one variable after the other from those that are rare, first the one that tells them apart
/// most finely.
fn leave_out(keys: &mut [Key], rows: &mut [Vec<bool>], minimum: u32) {
    let n_variables = rows.first().map_or(0, Vec::len);
    let mut left: Vec<usize> = (0..n_variables).collect();
    while !left.is_empty() {
        let groups = sizes(keys);
        let rare: Vec<usize> = (0..keys.len())
            .filter(|row| {
                let size = keys.get(*row).and_then(|it| groups.get(it));
                size.is_some_and(|it| *it < minimum)
            })
            .collect();
        if rare.is_empty() {
            return;
        }
        let n_codes = |variable: usize| {
            let codes = rare.iter().filter_map(|row| keys.get(*row)?.get(variable));
            codes.collect::<std::collections::BTreeSet<_>>().len()
        };
        left.sort_by_key(|it| n_codes(*it));
        let Some(variable) = left.pop() else {
            return;
        };
        for row in rare {
            let key = keys.get_mut(row).and_then(|it| it.get_mut(variable));
            let blank = rows.get_mut(row).and_then(|it| it.get_mut(variable));
            if let (Some(code), Some(blank)) = (key, blank) {
                *blank = *code > 0;
                *code = 0;
            }
        }
    }
}

fn sizes(keys: &[Key]) -> BTreeMap<Key, u32> {
    let mut sizes = BTreeMap::new();
    for key in keys {
        *sizes.entry(key.clone()).or_insert(0) += 1;
    }
    sizes
}

fn variables(codebook: &Codebook) -> Vec<usize> {
    let items = codebook.items().enumerate();
    let known = items.filter(|(_, (question, item))| is_background(question, item));
    known.map(|(ix, _)| ix).collect()
}

fn names(codebook: &Codebook, variables: &[usize]) -> Vec<String> {
    let items = codebook.items().enumerate();
    let known = items.filter(|(ix, _)| variables.contains(ix));
    known.map(|(_, (_, item))| item.name.clone()).collect()
}

fn codes(dataset: &Dataset, variable: usize, n: usize) -> Vec<u32> {
    let Some(Column::One { codes, other }) = dataset.columns().get(variable) else {
        return vec![0; n];
    };
    let sets: Vec<&Bitmap> = codes.iter().chain([other]).collect();
    let code = |row: usize| {
        let place = sets.iter().position(|it| it.has(row));
        place.map_or(0, |it| u32::try_from(it).unwrap_or(u32::MAX) + 1)
    };
    (0..n).map(code).collect()
}
