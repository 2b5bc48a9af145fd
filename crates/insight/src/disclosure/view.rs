//! A set of respondents as an onlooker sees it: made of which cells of a pattern.

use super::pattern::{ItemPattern, Pattern};
use crate::columns::Bitmap;

/// Which cells of a pattern a set of respondents consists of.
pub(super) struct View<'a> {
    /// `None` where nothing is protected.
    pattern: Option<&'a Pattern>,
    /// Cells with respondents that are in the set.
    inside: Vec<usize>,
    /// True if the set cuts through a cell, or through the hidden ones as a whole, or would tell that
    /// nobody is in a hidden one.
    hidden: bool,
}

impl<'a> View<'a> {
    pub(super) fn of(pattern: Option<&'a Pattern>, chosen: &Bitmap) -> Self {
        let Some(it) = pattern else {
            return Self {
                pattern: None,
                inside: Vec::new(),
                hidden: false,
            };
        };
        let mut inside = Vec::new();
        let mut cut = false;
        for (ix, (cell, size)) in it.cells.iter().zip(&it.sizes).enumerate() {
            let common = cell.and(chosen).count();
            cut |= common > 0 && common < *size;
            if common > 0 {
                inside.push(ix);
            }
        }
        let mut view = Self {
            pattern,
            inside,
            hidden: false,
        };
        // None of the hidden cells with respondents are in the set, or all: it is told then that nobody
        // is in the others that it takes in or leaves out.
        let tells_of_nobody = it.hides_nobody && (view.inside.is_empty() || view.holds(&it.hidden));
        view.hidden = cut || tells_of_nobody || view.splits(&it.hidden);
        view
    }

    /// Of the hidden cells with respondents, whether each is in the set.
    fn held(&self, hidden: &[bool]) -> impl Iterator<Item = bool> {
        let sizes = self
            .pattern
            .map(|it| it.sizes.as_slice())
            .unwrap_or_default();
        let cells = hidden.iter().zip(sizes).enumerate();
        let occupied = cells.filter(|(_, (hidden, size))| **hidden && **size > 0);
        occupied.map(|(ix, _)| self.inside.contains(&ix))
    }

    /// True if all that are hidden are in the set.
    fn holds(&self, hidden: &[bool]) -> bool {
        self.held(hidden).all(|it| it)
    }

    /// True if the set holds some of those that are hidden, but not all.
    fn splits(&self, hidden: &[bool]) -> bool {
        let mut held = self.held(hidden);
        match held.next() {
            Some(first) => held.any(|it| it != first),
            None => false,
        }
    }

    /// True if nothing of the set may be shown, not even its size.
    pub(super) fn is_hidden(&self) -> bool {
        self.hidden
    }

    /// True if the set consists of hidden cells only.
    pub(super) fn is_of_hidden_only(&self) -> bool {
        self.pattern.is_some_and(|it| self.is_within(&it.hidden))
    }

    /// How one variable is seen in the set.
    pub(super) fn item(&self, item_ix: usize) -> Option<ItemView<'_>> {
        let pattern = self.pattern?.items.get(item_ix)?;
        let is_hidden = |cells: &[bool]| self.splits(cells) || self.is_within(cells);
        Some(ItemView {
            hidden: is_hidden(&pattern.hidden),
            no_summaries: is_hidden(&pattern.summaries),
            pattern,
            inside: &self.inside,
        })
    }

    /// True if the set consists of hidden cells only.
    fn is_within(&self, hidden: &[bool]) -> bool {
        let of = |ix: &usize| hidden.get(*ix).copied().unwrap_or(true);
        !self.inside.is_empty() && self.inside.iter().all(of)
    }
}

/// One variable in a set.
pub(super) struct ItemView<'a> {
    /// True if nothing of it may be shown.
    pub hidden: bool,
    no_summaries: bool,
    pattern: &'a ItemPattern,
    inside: &'a [usize],
}

impl ItemView<'_> {
    /// True if the count of this row is hidden.
    pub(super) fn hides(&self, row_ix: usize) -> bool {
        self.hidden
            || self.pattern.rows.get(row_ix).is_some_and(|cells| {
                let hidden = |ix: &usize| cells.get(*ix).copied().unwrap_or(true);
                self.inside.iter().any(hidden)
            })
    }

    /// True if middles and spreads may be shown.
    pub(super) fn has_summaries(&self) -> bool {
        !self.hidden && !self.no_summaries
    }
}
