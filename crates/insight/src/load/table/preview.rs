//! A look at a table before it is read: its columns, and what of their cells means nothing yet.
//!
//! The look leaves nothing behind: no answer is counted, and what it gives are headings, and cells
//! that are no answer to the survey.

use super::super::answers::Draft;
use super::{Mapping, Order, Row, Rows, Table, Unknown, may_be_places};
use crate::codebook::Codebook;

/// The columns of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Preview {
    /// The mapping given, or else the guess.
    pub mapping: Mapping,
    /// The columns in the order of the file.
    pub columns: Vec<Look>,
    /// Respondents that were looked at.
    pub rows: u32,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Look {
    /// Its heading.
    pub heading: String,
    /// As [`super::Unknown::cells`]: what a mapping may translate.
    pub unknown: Vec<String>,
    /// True where a number may be the code of one choice and the place of another.
    pub may_be_places: bool,
    /// True where no answer so far says which.
    pub unsure: bool,
    /// Set where the column or its cells were taken by the order of codes that say nothing else.
    pub order: Option<Order>,
    /// As [`Unknown::is_foreign`]: nearly all cells are no choices.
    pub is_foreign: bool,
}

impl Preview {
    /// Whether both tables have the same headings.
    pub fn columns_are_called(&self, other: &Self) -> bool {
        let headings = |it: &Self| it.columns.iter().map(|it| it.heading.clone()).collect();
        let (own, others): (Vec<String>, Vec<String>) = (headings(self), headings(other));
        own == others
    }

    /// Whether a person who has read the other table in the same way has seen all that is to be
    /// seen here: no further cells that mean nothing, and nothing that is less sure.
    pub fn asks_no_more_than(&self, other: &Self) -> bool {
        let columns = self.columns.iter().zip(&other.columns);
        self.columns_are_called(other)
            && columns
                .into_iter()
                .all(|(own, seen)| own.asks_no_more_than(seen))
    }
}

impl Look {
    fn asks_no_more_than(&self, seen: &Self) -> bool {
        let mut unknown = self.unknown.iter();
        unknown.all(|it| seen.unknown.contains(it))
            && self.is_foreign <= seen.is_foreign
            && self.unsure <= seen.unsure
            && self.order <= seen.order
    }
}

/// Looks at the beginning of a file; the last row, being perhaps cut off, is left out.
pub fn preview(codebook: &Codebook, head: &[u8], mapping: Option<Mapping>) -> Preview {
    let Table {
        mut records,
        mut rows,
    } = Table::new(codebook, mapping);
    let mut draft = Draft::default();
    let mut n_rows = 0;
    let mut count =
        |_: u64, row: Row, _: &Draft| n_rows += u32::from(matches!(row, Row::Respondent));
    records.push(head, |read| rows.take(read, &mut draft, &mut count));
    let delimiter = records.delimiter();
    if rows.columns.is_none() {
        // A file of one line has nothing but its headings.
        records.finish(|read| rows.take(read, &mut draft, &mut count));
    }
    rows.used.delimiter = delimiter.map(char::from);
    rows.settle_orders(&mut Vec::new());
    Preview {
        columns: looks(&rows),
        mapping: rows.used,
        rows: n_rows,
    }
}

fn looks(rows: &Rows) -> Vec<Look> {
    let columns = rows.columns.iter().flatten().zip(&rows.headings);
    let looks = columns.map(|(column, heading)| {
        let unknown = column.as_ref().and_then(|it| {
            let item = rows.items.get(it.item_ix)?;
            it.unknown(item)
        });
        let own = column.as_ref().filter(|it| it.ticked.is_none());
        let item = own.and_then(|it| rows.items.get(it.item_ix));
        Look {
            heading: heading.clone(),
            order: column.as_ref().and_then(|it| rows.order(it)),
            is_foreign: unknown.as_ref().is_some_and(Unknown::is_foreign),
            unknown: unknown.map(|it| it.cells).unwrap_or_default(),
            may_be_places: item.is_some_and(may_be_places),
            unsure: own
                .is_some_and(|it| !it.waiting.is_empty() && it.proof.says_places().is_none()),
        }
    });
    looks.collect()
}
