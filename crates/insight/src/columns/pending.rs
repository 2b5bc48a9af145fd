//! Answers with at most one code, gathered until a whole word of every bitmap can be written.

use super::{Bitmap, Column};

/// Respondents in one word of a bitmap.
const TOGETHER: usize = 64;

/// No answer; a code is its place plus one.
pub(crate) const NO_CODE: u16 = 0;

/// A value that is not in the codebook.
pub(crate) const OTHER_CODE: u16 = u16::MAX;

/// The codes of the last respondents, at most 64, who are in no bitmap yet.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pending {
    /// One row of codes per respondent, by the respondent's place in the word.
    codes: Vec<u16>,
    columns: usize,
    /// Respondents waiting: from, up to.
    rows: (usize, usize),
}

impl Pending {
    /// For so many columns.
    pub(crate) fn new(columns: usize) -> Self {
        Self {
            codes: vec![NO_CODE; columns * TOGETHER],
            columns,
            rows: (0, 0),
        }
    }

    /// Takes what respondent `row` answered, one code per column; `row` follows the one before.
    #[inline]
    pub(crate) fn push(&mut self, row: usize, codes: &[u16], columns: &mut [Column]) {
        if self.rows.0 == self.rows.1 {
            self.rows.0 = row;
        }
        self.rows.1 = row + 1;
        let start = row % TOGETHER * self.columns;
        if let Some(place) = self.codes.get_mut(start..start + self.columns) {
            for (place, code) in place.iter_mut().zip(codes) {
                *place = *code;
            }
        }
        if self.rows.1.is_multiple_of(TOGETHER) {
            self.write(columns);
        }
    }

    /// Writes those who wait into the columns.
    pub(crate) fn write(&mut self, columns: &mut [Column]) {
        let (from, to) = core::mem::take(&mut self.rows);
        if from == to {
            return;
        }
        let word_ix = from / TOGETHER;
        let first = from % TOGETHER;
        let Some(waiting) = self
            .codes
            .get(first * self.columns..(first + to - from) * self.columns)
        else {
            return;
        };
        let mut words: Vec<u64> = Vec::new();
        for (column_ix, column) in columns.iter_mut().enumerate() {
            let Column::One { codes, other } = column else {
                continue;
            };
            words.clear();
            words.resize(codes.len() + 1, 0);
            let mut others = 0;
            for (place, row) in (first..).zip(waiting.chunks_exact(self.columns)) {
                let code = row.get(column_ix).copied().unwrap_or(NO_CODE);
                match words.get_mut(usize::from(code)) {
                    Some(word) => *word |= 1 << place,
                    None => others |= 1 << place,
                }
            }
            for (code, word) in codes.iter_mut().zip(words.iter().skip(1)) {
                code.set_word(word_ix, *word);
            }
            Bitmap::set_word(other, word_ix, others);
        }
    }

    /// Forgets those who wait.
    pub(crate) fn clear(&mut self) {
        self.rows = (0, 0);
    }
}
