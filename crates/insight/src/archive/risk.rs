//! Whom background answers together could point at, and what is left out so that they do not.

use std::collections::BTreeMap;

use questionnaire::definition::Role;

use crate::codebook::{Codebook, Kind};
use crate::columns::Column;
use crate::dataset::Dataset;

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
    /// Per variable of the codebook, the places in `rows` of the background variables of which its
    /// answers tell: itself, and those on which it depends whether or with what it is asked.
    tells: Vec<Vec<usize>>,
    rows: Vec<Vec<bool>>,
}

impl LeftOut {
    pub(super) fn has(&self, row: usize, variable: usize) -> bool {
        let (Some(row), Some(tells)) = (self.rows.get(row), self.tells.get(variable)) else {
            return false;
        };
        tells.iter().any(|it| row.get(*it) == Some(&true))
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
    let tells = tells(codebook, &variables);
    (risk, LeftOut { tells, rows })
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
            break;
        };
        for row in rare {
            blank(row, variable, (&mut *keys, &mut *rows));
        }
    }
    join_nameless(keys, rows, minimum);
}

fn blank(row: usize, variable: usize, (keys, rows): (&mut [Key], &mut [Vec<bool>])) {
    let key = keys.get_mut(row).and_then(|it| it.get_mut(variable));
    let blank = rows.get_mut(row).and_then(|it| it.get_mut(variable));
    if let (Some(code), Some(blank)) = (key, blank) {
        *blank = *code > 0;
        *code = 0;
    }
}

/// Whoever knows that somebody's answers are rare looks for them among those of whom nothing is left:
/// where these are few, leaves out all of others, too, of whom there are most.
fn join_nameless(keys: &mut [Key], rows: &mut [Vec<bool>], minimum: u32) {
    let n_variables = rows.first().map_or(0, Vec::len);
    let nothing = vec![0; n_variables];
    let is_left_out = |(key, row): (&Key, &Vec<bool>)| *key == nothing && row.contains(&true);
    if !keys.iter().zip(rows.iter()).any(is_left_out) {
        return;
    }
    let mut groups = sizes(keys);
    let nameless = groups.remove(&nothing).unwrap_or(0);
    let Some((most, size)) = groups.into_iter().max_by_key(|it| it.1) else {
        return;
    };
    let missing = minimum.saturating_sub(nameless);
    // Those who stay must not be few, either. No group is smaller than the minimum any more, so that
    // this one is enough.
    let n = if size < minimum + missing {
        size
    } else {
        missing
    };
    let members = (0..keys.len()).filter(|row| keys.get(*row) == Some(&most));
    let members: Vec<usize> = members.take(n as usize).collect();
    for row in members {
        for variable in 0..n_variables {
            blank(row, variable, (&mut *keys, &mut *rows));
        }
    }
}

/// See [`LeftOut::tells`].
fn tells(codebook: &Codebook, variables: &[usize]) -> Vec<Vec<usize>> {
    let items: Vec<_> = codebook.items().collect();
    let reads = |ix: usize| {
        let own = items.get(ix);
        let is_own = move |of: &str| own.is_some_and(|it| it.0.name == of || it.1.name == of);
        let conditions = codebook.conditions.iter();
        let conditions = conditions.map(|it| (&it.of, &it.reads));
        let offers = codebook.offers.iter().map(|it| (&it.of, &it.reads));
        let own = conditions.chain(offers).filter(move |it| is_own(it.0));
        own.flat_map(|it| it.1)
            .filter_map(|name| items.iter().position(|it| it.1.name == *name))
    };
    let of = |ix: usize| {
        let mut seen = vec![ix];
        let mut next = 0;
        while let Some(one) = seen.get(next).copied() {
            for other in reads(one) {
                if !seen.contains(&other) {
                    seen.push(other);
                }
            }
            next += 1;
        }
        let places = seen.iter();
        let places = places.filter_map(|it| variables.iter().position(|own| own == it));
        places.collect()
    };
    (0..items.len()).map(of).collect()
}

fn sizes(keys: &[Key]) -> BTreeMap<Key, u32> {
    let mut sizes = BTreeMap::new();
    for key in keys {
        *sizes.entry(key.clone()).or_insert(0) += 1;
    }
    sizes
}

/// Of every kind that has a column: age or postcode may be numbers.
fn variables(codebook: &Codebook) -> Vec<usize> {
    let items = codebook.items().enumerate();
    let known = items.filter(|(_, (question, item))| {
        question.role == Role::Background && !item.score && item.kind != Kind::Text
    });
    known.map(|(ix, _)| ix).collect()
}

fn names(codebook: &Codebook, variables: &[usize]) -> Vec<String> {
    let items = codebook.items().enumerate();
    let known = items.filter(|(ix, _)| variables.contains(ix));
    known.map(|(_, (_, item))| item.name.clone()).collect()
}

fn codes(dataset: &Dataset, variable: usize, n: usize) -> Vec<u32> {
    let Some(column) = dataset.columns().get(variable) else {
        return vec![0; n];
    };
    let mut known = BTreeMap::new();
    let code = |row: usize| {
        let Some(answer) = answer(column, row) else {
            return 0;
        };
        let next = u32::try_from(known.len() + 1).unwrap_or(u32::MAX);
        *known.entry(answer).or_insert(next)
    };
    (0..n).map(code).collect()
}

/// Something that is the same for the same answers only; `None` for none.
fn answer(column: &Column, row: usize) -> Option<Vec<u64>> {
    match column {
        Column::One { codes, other } => {
            let place = codes.iter().chain([other]).position(|it| it.has(row))?;
            Some(vec![place as u64])
        }
        Column::Many {
            codes,
            other,
            answered,
        } => {
            let chosen = codes.iter().chain([other]).zip(0..);
            let chosen = chosen.filter(|(it, _)| it.has(row)).map(|it| it.1);
            answered.has(row).then(|| chosen.collect())
        }
        Column::Numbers(numbers) => Some(vec![numbers.at(row)?.to_bits()]),
        Column::Texts(_) => None,
    }
}
