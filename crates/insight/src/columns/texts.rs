//! Open answers: one pool of bytes, and who wrote which part of it.

use super::Bitmap;

/// Texts of respondents.
#[derive(Debug, Clone, Default)]
pub(crate) struct Texts {
    pool: String,
    /// Respondent, and where the text ends in the pool; it starts where the one before ends.
    ends: Vec<(u32, usize)>,
    answered: Bitmap,
}

impl Texts {
    /// Adds a text; respondents come in ascending order. Blank texts are no answer.
    pub(crate) fn push(&mut self, row: usize, text: &str) {
        let text = text.trim();
        let Ok(row_u32) = u32::try_from(row) else {
            return;
        };
        if !text.is_empty() {
            self.pool.push_str(text);
            self.ends.push((row_u32, self.pool.len()));
            self.answered.set(row);
        }
    }

    /// Those who wrote something.
    pub(crate) fn answered(&self) -> &Bitmap {
        &self.answered
    }

    /// What one respondent wrote.
    pub(crate) fn at(&self, row: usize) -> Option<&str> {
        let find = |(it, _): &(u32, usize)| (*it as usize).cmp(&row);
        self.text(self.ends.binary_search_by(find).ok()?)
    }

    /// All texts, in the order of their respondents.
    pub(crate) fn all(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).filter_map(|ix| self.text(ix))
    }

    fn text(&self, ix: usize) -> Option<&str> {
        let before = ix.checked_sub(1).and_then(|it| self.ends.get(it));
        let start = before.map_or(0, |(_, end)| *end);
        let (_, end) = self.ends.get(ix)?;
        self.pool.get(start..*end)
    }

    /// Forgets respondents from `rows` on.
    pub(crate) fn truncate(&mut self, rows: usize) {
        let keep = self.ends.partition_point(|(row, _)| (*row as usize) < rows);
        self.ends.truncate(keep);
        self.pool
            .truncate(self.ends.last().map_or(0, |(_, end)| *end));
        self.answered.truncate(rows);
    }
}
