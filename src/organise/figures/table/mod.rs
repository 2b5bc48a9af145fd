//! The table beside a chart: the same numbers, and those that a chart has no room for.

mod cells;
mod layouts;

use insight::codebook::{Item, Kind, Question};
use insight::release::Hidden;

use super::label::{Texts, is_multiple, reason};
use super::side::{Beside, Spread, main_item};
use crate::words::t;

/// A table with one row of column headings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Column headings; the first stands over the row headings.
    pub head: Vec<String>,
    /// Rows.
    pub rows: Vec<TableRow>,
    /// Sentences below: middle and spread, what is special about the base.
    pub notes: Vec<String>,
    /// Why something of it is hidden, a sentence each.
    pub reasons: Vec<String>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// Its heading.
    pub label: String,
    /// Its cells, one per column heading but the first; none for a heading over the rows below.
    pub cells: Vec<TableCell>,
    /// What kind of row it is.
    pub weight: Weight,
}

/// What kind of row it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Figures.
    Plain,
    /// A heading over the rows below.
    Heading,
    /// Several rows above taken together, or N.
    Sum,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableCell {
    /// A figure.
    Text(String),
    /// Kept back; the word for it.
    Hidden(String),
}

/// The table of a question; `None` where there are no figures at all.
pub fn table(question: &Question, spread: &Spread<'_>, texts: &Texts<'_>) -> Option<Table> {
    let first = main_item(question)?;
    let mut maker = Maker {
        texts,
        spread,
        reasons: Vec::new(),
        sums_hidden: false,
    };
    let whole = spread.release.figures(&first.name);
    let is_alone = matches!(spread.beside, Beside::Nothing | Beside::Weights);
    let mut table = match (question.kind, is_alone) {
        _ if first.score && !first.categories.is_empty() => {
            let number = question.items.first().filter(|it| it.kind == Kind::Number);
            if is_alone {
                maker.scored(first, number, whole?)
            } else {
                maker.beside(first, number)
            }
        }
        (Kind::Matrix, true) if spread.beside == Beside::Nothing => maker.matrix(question),
        (Kind::Matrix, _) => maker.matrix_beside(question),
        (Kind::Number | Kind::Text, false) => maker.numbers_beside(question),
        (Kind::Text, true) => maker.items(question),
        (_, true) if question.items.len() > 1 => maker.items(question),
        (_, true) => maker.single(first, whole?),
        (_, false) => maker.beside(first, None),
    };
    maker.reasons.sort_unstable();
    maker.reasons.dedup();
    table.reasons = maker.reasons.into_iter().map(reason).collect();
    if is_multiple(first.kind) {
        table.notes.push(t("organise.note.multiple"));
    }
    Some(table)
}

/// Makes a table, and notes why something in it is hidden.
struct Maker<'a> {
    texts: &'a Texts<'a>,
    spread: &'a Spread<'a>,
    reasons: Vec<Hidden>,
    /// True if the table has a column for what is hidden, taken together.
    sums_hidden: bool,
}

impl Texts<'_> {
    /// An item's own text, or a word for its answers where it has none.
    pub(super) fn item_or_answers(&self, item: &Item) -> String {
        if item.text.is_empty() && !item.score {
            t("organise.answers")
        } else {
            self.item(item)
        }
    }
}
