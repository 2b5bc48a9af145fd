//! Exact tables: rows in the order in which they are shown.

use super::classes::Class;
use super::counts::Counts;
use crate::codebook::{Item, Kind};
use crate::columns::Sorted;
use crate::query::Base;
use crate::release::Label;

/// One variable in one set of respondents, exactly.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Table {
    /// What per cents are of.
    pub base: Base,
    /// The number they are of.
    pub n: u32,
    /// Rows as in [`crate::release::Figures::rows`].
    pub rows: Vec<Cell>,
    /// Boxes as in [`crate::release::Figures::boxes`], each with the places of the rows in it.
    pub boxes: Vec<(Label, Vec<usize>)>,
    /// Points of the scale or numbers given, for middle and spread.
    pub points: Option<Sorted>,
    /// True if rows are parts of a whole: at most one row per respondent.
    pub parts: bool,
}

/// One row, exactly.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cell {
    pub label: Label,
    pub count: u32,
}

impl Table {
    /// Lays the counts of a variable out; `respondents` is the size of the set.
    pub(crate) fn new(
        item: &Item,
        counts: &Counts,
        respondents: u32,
        base: Base,
        edges: &[Class],
    ) -> Self {
        let values = item
            .categories
            .iter()
            .map(|it| Label::Value(it.value.clone()));
        let labels: Vec<Label> = if counts.numbers.is_some() {
            edges.iter().map(|it| it.label()).collect()
        } else {
            values.chain([Label::Other]).collect()
        };
        let cells = labels.into_iter().zip(counts.rows(edges));
        let mut rows: Vec<Cell> = cells.map(|(label, count)| Cell { label, count }).collect();
        let has_rows = !rows.is_empty() || item.kind == Kind::Number;
        if base == Base::All && has_rows {
            rows.push(Cell {
                label: Label::Missing,
                count: respondents.saturating_sub(counts.answered),
            });
        }
        Self {
            base,
            n: match base {
                Base::Valid => counts.answered,
                Base::All => respondents,
            },
            boxes: boxes(item, &rows),
            points: counts.points(item),
            parts: !matches!(item.kind, Kind::Multiple),
            rows,
        }
    }
}

/// The scale's own groups, then one for the answers that are no point of it.
fn boxes(item: &Item, rows: &[Cell]) -> Vec<(Label, Vec<usize>)> {
    let mut boxes: Vec<(Label, Vec<usize>)> = Vec::new();
    for (row_ix, category) in item.categories.iter().enumerate() {
        let Some(group) = &category.group else {
            continue;
        };
        let label = Label::Box(group.clone());
        match boxes.iter_mut().find(|(it, _)| *it == label) {
            Some((_, members)) => members.push(row_ix),
            None => boxes.push((label, vec![row_ix])),
        }
    }
    if boxes.is_empty() {
        return boxes;
    }
    let unsure = |row_ix: &usize| {
        let category = item.categories.get(*row_ix);
        match rows.get(*row_ix).map(|it| &it.label) {
            Some(Label::Missing | Label::Other) => true,
            _ => category.is_some_and(|it| it.meaning.is_some() && it.group.is_none()),
        }
    };
    let unsure: Vec<usize> = (0..rows.len()).filter(unsure).collect();
    if !unsure.is_empty() {
        boxes.push((Label::Unsure, unsure));
    }
    boxes
}
