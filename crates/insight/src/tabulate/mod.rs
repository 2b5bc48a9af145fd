//! From a query to exact counts, and from exact counts to tables. All of it is still raw: only
//! [`crate::disclosure`] turns it into something that may leave.

pub(crate) mod classes;
mod counts;
mod tables;

pub(crate) use counts::{Counts, count};
pub(crate) use tables::Table;

use crate::codebook::Codebook;
use crate::columns::{Bitmap, Column};
use crate::dataset::Dataset;
use crate::filter;
use crate::query::{Protection, Query};
use crate::release::Refusal;

/// Exact figures for a query.
#[derive(Debug, Clone)]
pub(crate) struct Raw {
    /// Places of the counted variables in the codebook ([`Codebook::items`]).
    pub items: Vec<usize>,
    /// Places of the background variables that the filter uses, without repeats.
    pub filter_variables: Vec<usize>,
    /// The same with those of the groups.
    pub variables: Vec<usize>,
    /// All respondents.
    pub total: u32,
    /// Those the filter left.
    pub n: u32,
    /// The same as a set.
    pub chosen: Bitmap,
    /// One table per variable, over those the filter left.
    pub tables: Vec<Table>,
    /// The parts, if a breakdown was asked for; every combination of codes, also empty ones.
    pub groups: Vec<RawGroup>,
}

/// Exact figures for one part.
#[derive(Debug, Clone)]
pub(crate) struct RawGroup {
    /// Place of the variable in the codebook and place of the code, one pair per grouping.
    pub by: Vec<(usize, usize)>,
    /// Respondents in it.
    pub n: u32,
    /// The same as a set.
    pub chosen: Bitmap,
    /// One table per variable.
    pub tables: Vec<Table>,
}

/// Counts what a query asks for; `protection` decides how fine the classes of numbers are.
///
/// # Errors
///
/// When filter or groups are not allowed or not understood.
pub(crate) fn raw(
    dataset: &Dataset,
    query: &Query,
    protection: Protection,
) -> Result<Raw, Refusal> {
    let codebook = dataset.codebook();
    let total = dataset.responses();
    let all = Bitmap::full(total as usize);
    let (chosen, filter_variables) = match &query.filter {
        Some(source) => filter::select(dataset, source)?,
        None => (all, Vec::new()),
    };
    let groupings = groupings(codebook, query)?;
    let mut variables = filter_variables.clone();
    for place in &groupings {
        if !variables.contains(place) {
            variables.push(*place);
        }
    }
    let parts = parts(dataset, &groupings, &chosen);
    let items = wanted(codebook, query);
    let mut sets = vec![chosen];
    sets.extend(parts.iter().map(|(_, set)| set.clone()));
    let counts = counts::count(dataset, &items, &sets);
    let described: Vec<_> = codebook.items().map(|(_, item)| item).collect();
    let mut tables = counts.into_iter().zip(&sets).map(|(counts, set)| {
        let n = set.count();
        let table = |(ix, counts): (&usize, Counts)| {
            let edges = dataset.edges(*ix, protection);
            let item = described.get(*ix)?;
            Some(Table::new(item, &counts, n, query.base, &edges))
        };
        let tables: Vec<Table> = items.iter().zip(counts).filter_map(table).collect();
        (n, tables)
    });
    let (n, whole) = tables.next().unwrap_or_default();
    let groups = parts.into_iter().zip(tables);
    let groups = groups.map(|((by, chosen), (n, tables))| RawGroup {
        by,
        n,
        chosen,
        tables,
    });
    Ok(Raw {
        groups: groups.collect(),
        total,
        n,
        tables: whole,
        chosen: sets.swap_remove(0),
        items,
        filter_variables,
        variables,
    })
}

/// Places of the variables to count.
fn wanted(codebook: &Codebook, query: &Query) -> Vec<usize> {
    let all = codebook.items().enumerate();
    let asked = all.filter(|(_, (question, item))| {
        let names = &query.questions;
        let asked_for = names.contains(&question.name) || names.contains(&item.name);
        asked_for
            || (if item.score {
                query.scores
            } else {
                names.is_empty()
            })
    });
    asked.map(|(ix, _)| ix).collect()
}

/// Places of the variables to break down by.
fn groupings(codebook: &Codebook, query: &Query) -> Result<Vec<usize>, Refusal> {
    let mut places = Vec::new();
    for name in &query.groups {
        let background = codebook.backgrounds().any(|it| it.name == *name);
        let place = codebook.items().position(|(_, it)| it.name == *name);
        match place.filter(|_| background) {
            Some(place) if !places.contains(&place) => places.push(place),
            Some(_) => {}
            None => return Err(Refusal::Group(name.clone())),
        }
    }
    if places.len() > 2 {
        return Err(Refusal::TooManyGroups);
    }
    Ok(places)
}

type Part = (Vec<(usize, usize)>, Bitmap);

/// Every combination of codes of the groupings, with those in it.
fn parts(dataset: &Dataset, groupings: &[usize], chosen: &Bitmap) -> Vec<Part> {
    if groupings.is_empty() {
        return Vec::new();
    }
    let mut parts: Vec<Part> = vec![(Vec::new(), chosen.clone())];
    for grouping in groupings {
        let Some(Column::One { codes, .. }) = dataset.columns().get(*grouping) else {
            return Vec::new();
        };
        let mut finer = Vec::with_capacity(parts.len() * codes.len());
        for (by, set) in &parts {
            for (code_ix, code) in codes.iter().enumerate() {
                let mut by = by.clone();
                by.push((*grouping, code_ix));
                finer.push((by, set.and(code)));
            }
        }
        parts = finer;
    }
    parts
}

impl RawGroup {
    /// Names and values of the part.
    pub(crate) fn labels(&self, codebook: &Codebook) -> Vec<(String, json::Value)> {
        let named = self.by.iter().filter_map(|(item_ix, code_ix)| {
            let (_, item) = codebook.items().nth(*item_ix)?;
            let category = item.categories.get(*code_ix)?;
            Some((item.name.clone(), category.value.clone()))
        });
        named.collect()
    }
}
