//! Scores are made of items: where something of these is hidden, nothing of a score is shown.
//!
//! The mean of a score is an equation over the rows of its items, and with the rows that are shown
//! it could give away those that are not. Cells in which all rows of all items are shown leave
//! nothing to give away; what is hidden of a score is then hidden in all other cells together, and
//! the rows of its items over these follow from what is shown anyway.

use super::pattern::Pattern;
use crate::codebook::{Codebook, Kind};
use crate::scores::sources;

/// Hides scores in the cells in which something of their items is hidden. The classes of an item
/// that is a number are no rows of an equation for the score; the middles of such an item are.
pub(crate) fn hide_scores(codebook: &Codebook, pattern: &mut Pattern) {
    let items: Vec<_> = codebook.items().map(|(_, item)| item).collect();
    for (ix, item) in items.iter().enumerate().filter(|(_, it)| it.score) {
        let mut summaries = vec![false; pattern.cells.len()];
        let mut hidden = vec![false; pattern.cells.len()];
        for source in sources(codebook, item) {
            let (Some(of), Some(asked)) = (pattern.items.get(source), items.get(source)) else {
                continue;
            };
            let is_number = asked.kind == Kind::Number;
            let cells = hidden.iter_mut().zip(&mut summaries).enumerate();
            for (cell, (hidden, summary)) in cells {
                let at = |cells: &[bool]| cells.get(cell).copied().unwrap_or(true);
                *summary |= is_number && at(&of.summaries);
                *hidden |= at(&of.hidden) || (!is_number && of.rows.iter().any(|it| at(it)));
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
