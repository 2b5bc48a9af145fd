//! Scores are made of items: where something of these is hidden, nothing of a score is shown.
//!
//! The mean of a score is an equation over the rows of its items, and with the rows that are shown
//! it could give away those that are not. Cells in which all rows of all items are shown leave
//! nothing to give away; what is hidden of a score is then hidden in all other cells together, and
//! the rows of its items over these follow from what is shown anyway.
//!
//! A score of one item sorts its rows into bands and classes. Where all that are hidden are in one of
//! these, how many they are together follows from N and the other rows, and so do all bands: only
//! middles are hidden then.

use super::pattern::Pattern;
use crate::codebook::{Item, Kind};
use crate::columns::Column;
use crate::dataset::Dataset;
use crate::query::Protection;
use crate::scores::{Outcome, sources};
use crate::tabulate::classes::class_of;

/// Hides scores in the cells in which something of their items is hidden. The classes of an item
/// that is a number are no rows of an equation for the score; the middles of such an item are.
pub(crate) fn hide_scores(dataset: &Dataset, pattern: &mut Pattern, protection: Protection) {
    let codebook = dataset.codebook();
    let items: Vec<_> = codebook.items().map(|(_, item)| item).collect();
    for (ix, item) in items.iter().enumerate().filter(|(_, it)| it.score) {
        let mut summaries = vec![false; pattern.cells.len()];
        let mut hidden = vec![false; pattern.cells.len()];
        let sources = sources(codebook, item);
        let parts = match sources.as_slice() {
            [_] => parts(dataset, (ix, item), protection),
            _ => None,
        };
        for source in sources {
            let (Some(of), Some(asked)) = (pattern.items.get(source), items.get(source)) else {
                continue;
            };
            let is_number = asked.kind == Kind::Number;
            let cells = hidden.iter_mut().zip(&mut summaries).enumerate();
            for (cell, (hidden, summary)) in cells {
                let at = |cells: &[bool]| cells.get(cell).copied().unwrap_or(true);
                *summary |= is_number && at(&of.summaries);
                let rows = of.rows.iter().enumerate();
                let rows = rows.filter(|(_, it)| !is_number && at(it));
                let rows: Vec<usize> = rows.map(|it| it.0).collect();
                let follows = parts.as_ref().is_some_and(|parts| are_in_one(parts, &rows));
                *summary |= !rows.is_empty();
                *hidden |= at(&of.hidden) || !(rows.is_empty() || follows);
            }
        }
        if let Some(own) = pattern.items.get_mut(ix) {
            let more = hidden.iter().zip(&summaries);
            let cells = own.hidden.iter_mut().zip(&mut own.summaries);
            for ((own, summary), (hidden, no_summary)) in cells.zip(more) {
                *own |= hidden;
                *summary |= no_summary;
            }
        }
    }
}

/// Per row of the one item that a score is made of, the band or class it comes to; `None` in it for
/// rows without a score. Nothing if that depends on more than the row.
fn parts(
    dataset: &Dataset,
    (ix, item): (usize, &Item),
    protection: Protection,
) -> Option<Vec<Option<usize>>> {
    let outcomes = dataset.scorer().of_rows(ix)?;
    let edges = dataset.edges(ix, protection);
    let is_number = matches!(dataset.columns().get(ix), Some(Column::Numbers(_)));
    debug_assert!(is_number == (item.kind == Kind::Number));
    let part = |it: Outcome| match it {
        Some((value, _)) if is_number => class_of(value, &edges),
        Some((_, band)) => band,
        None => None,
    };
    Some(outcomes.into_iter().map(part).collect())
}

/// Whether rows are in one part. The last of the item's rows, answers outside the codebook, is not
/// among the parts and has no score.
fn are_in_one(parts: &[Option<usize>], rows: &[usize]) -> bool {
    let mut found = rows.iter().map(|it| parts.get(*it).copied().flatten());
    let first = found.next();
    found.all(|it| Some(it) == first)
}
