//! The answers to one survey.

use crate::codebook::Codebook;
use crate::columns::Column;
use crate::load::answers::Draft;

/// Answers as columns. What is in it can only be had as a [`crate::Release`].
#[derive(Debug, Clone)]
pub struct Dataset {
    codebook: Codebook,
    columns: Vec<Column>,
    rows: u32,
}

impl Dataset {
    /// Without answers yet.
    pub fn new(codebook: Codebook) -> Self {
        let columns = codebook
            .items()
            .map(|(_, item)| Column::new(item))
            .collect();
        Self {
            codebook,
            columns,
            rows: 0,
        }
    }

    /// What the columns mean.
    pub fn codebook(&self) -> &Codebook {
        &self.codebook
    }

    /// How many responses were read. For progress while loading; a page shows the release's N.
    pub fn responses(&self) -> u32 {
        self.rows
    }

    /// Bytes of memory the columns take, texts not counted.
    pub fn bytes(&self) -> usize {
        self.columns.iter().map(Column::bytes).sum()
    }

    pub(crate) fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The column of the variable `name`.
    pub(crate) fn column(&self, name: &str) -> Option<&Column> {
        let ix = self.codebook.items().position(|(_, it)| it.name == name)?;
        self.columns.get(ix)
    }

    /// Adds a response; false if there are four billion already.
    pub(crate) fn push(&mut self, draft: &Draft) -> bool {
        let Some(next) = self.rows.checked_add(1) else {
            return false;
        };
        draft.commit(&mut self.columns, self.rows as usize);
        self.rows = next;
        true
    }

    /// Forgets responses from `rows` on.
    pub(crate) fn truncate(&mut self, rows: u32) {
        if rows < self.rows {
            self.rows = rows;
            for column in &mut self.columns {
                column.truncate(rows as usize);
            }
        }
    }
}
