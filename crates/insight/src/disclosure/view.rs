//! A set of respondents as an onlooker sees it: made of which cells of a pattern.

use super::pattern::{ItemPattern, Pattern};
use crate::columns::Bitmap;

/// Which cells of a pattern a set of respondents consists of.
pub(super) struct View<'a> {
    /// `None` where nothing is protected.
    pattern: Option<&'a Pattern>,
    /// Cells with respondents that are in the set.
    inside: Vec<usize>,
    /// The same with those of which it is not known that nobody is in them.
    meant: Vec<usize>,
    /// True if the set cuts through a cell, or through the hidden ones as a whole.
    hidden: bool,
}

impl<'a> View<'a> {
    /// Of the respondents `chosen`; `covers` says of a cell whether who is in it would be.
    pub(super) fn of(
        pattern: Option<&'a Pattern>,
        chosen: &Bitmap,
        covers: impl Fn(usize) -> bool,
    ) -> Self {
        let mut view = Self {
            pattern,
            inside: Vec::new(),
            meant: Vec::new(),
            hidden: false,
        };
        let Some(it) = pattern else {
            return view;
        };
        let mut cut = false;
        for (ix, (cell, size)) in it.cells.iter().zip(&it.sizes).enumerate() {
            let common = cell.and(chosen).count();
            cut |= common > 0 && common < *size;
            if common > 0 {
                view.inside.push(ix);
            }
            if common > 0 || (*size == 0 && it.is_unknown(ix) && covers(ix)) {
                view.meant.push(ix);
            }
        }
        view.hidden = cut || view.splits(&it.hidden);
        view
    }

    /// True if the set holds some of those that are hidden, but not all. One in which nobody is counts
    /// where that is not known.
    fn splits(&self, hidden: &[bool]) -> bool {
        let Some(pattern) = self.pattern else {
            return false;
        };
        let cells = hidden.iter().zip(&pattern.sizes).enumerate();
        let somebody = cells
            .filter(|(ix, (hidden, size))| **hidden && (**size > 0 || pattern.is_unknown(*ix)));
        let mut held = somebody.map(|(ix, _)| self.meant.contains(&ix));
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
        self.pattern
            .is_some_and(|it| is_within(&self.meant, &it.hidden))
    }

    /// How one variable is seen in the set.
    pub(super) fn item(&self, item_ix: usize) -> Option<ItemView<'_>> {
        let pattern = self.pattern?.items.get(item_ix)?;
        let is_hidden = |cells: &[bool]| self.splits(cells) || is_within(&self.inside, cells);
        Some(ItemView {
            hidden: is_hidden(&pattern.hidden),
            no_summaries: is_hidden(&pattern.summaries),
            pattern,
            inside: &self.inside,
        })
    }
}

/// True if there are such cells, and all are hidden.
fn is_within(cells: &[usize], hidden: &[bool]) -> bool {
    let is_hidden = |ix: &usize| hidden.get(*ix).copied().unwrap_or(true);
    !cells.is_empty() && cells.iter().all(is_hidden)
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
