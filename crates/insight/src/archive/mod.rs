//! The responses themselves, for an archive: not figures, and nothing to show or publish.
//!
//! Whoever holds the organiser's key can read the responses anyway; this gives them in the form in
//! which an archive takes them, poorer by what could point at a person beyond the answers: no id of
//! the response, no day, no language, no free text (but in surveys of organisations, whose answers
//! are public documents), and lines in the order of their content, not of arrival. Background
//! answers that together are rare are left out, unless the organiser asks for them.

mod risk;

pub use risk::{Backgrounds, Risk};

use crate::codebook::{Category, Codebook, Item, Kind, Question};
use crate::columns::{Bitmap, Column};
use crate::dataset::Dataset;
use crate::export::write_line;
use crate::query::Protection;
use questionnaire::definition::Mode;

/// The data file, and how rare the background answers in it are.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Archive {
    /// The file.
    pub csv: String,
    /// What to know before it is handed on.
    pub risk: Risk,
}

/// One column of the data file.
#[derive(Debug, Clone, Copy)]
pub struct Field<'a> {
    /// The variable's place in the codebook.
    place: usize,
    /// The question it belongs to.
    pub question: &'a Question,
    /// The variable it holds.
    pub item: &'a Item,
    /// Of a multiple choice, which category: 1 if it was chosen, 0 if others were.
    pub choice: Option<usize>,
}

impl Field<'_> {
    /// The heading: the variable's name, with the category's value where it has its own column.
    pub fn name(&self) -> String {
        let category = self.choice.and_then(|ix| self.item.categories.get(ix));
        match category {
            Some(category) => format!("{}.{}", self.item.name, category.code()),
            None => self.item.name.clone(),
        }
    }
}

/// The columns of the data file, in questionnaire order.
pub fn fields(codebook: &Codebook) -> Vec<Field<'_>> {
    let with_texts = codebook.mode == Mode::Organisation;
    let mut fields = Vec::new();
    for (place, (question, item)) in codebook.items().enumerate() {
        let field = |choice| Field {
            place,
            question,
            item,
            choice,
        };
        match item.kind {
            // Scores can be worked out from their items at any time.
            _ if item.score => {}
            Kind::Text if !with_texts => {}
            Kind::Multiple | Kind::Matrix => {
                fields.extend((0..item.categories.len()).map(|ix| field(Some(ix))));
            }
            Kind::Single | Kind::Scale | Kind::Ranking | Kind::Number | Kind::Text => {
                fields.push(field(None));
            }
        }
    }
    fields
}

impl Dataset {
    /// One line per response, CSV with a heading; see [`crate::archive`] for what is not in it. An
    /// answer outside the codebook is `(other)`, no answer is empty; of a ranking, the first place.
    ///
    /// Background answers are rare if fewer than the minimum share them; where nothing is protected
    /// none are.
    pub fn archive(&self, protection: &Protection, backgrounds: Backgrounds) -> Archive {
        let (risk, left_out) = risk::look(self, protection.minimum_cell, backgrounds);
        let fields = fields(self.codebook());
        let columns = fields.iter().map(|it| self.column(&it.item.name));
        let columns: Vec<Option<&Column>> = columns.collect();
        let mut lines: Vec<String> = (0..self.responses() as usize)
            .map(|row| {
                let cells = fields.iter().zip(&columns);
                let cells: Vec<String> = cells
                    .map(|(field, column)| match column {
                        Some(it) if !left_out.has(row, field.place) => cell(it, field, row),
                        _ => String::new(),
                    })
                    .collect();
                let mut line = String::new();
                write_line(&mut line, cells.iter().map(String::as_str));
                line
            })
            .collect();
        lines.sort_unstable();
        let names: Vec<String> = fields.iter().map(Field::name).collect();
        let mut out = String::new();
        write_line(&mut out, names.iter().map(String::as_str));
        out.extend(lines);
        Archive { csv: out, risk }
    }
}

fn cell(column: &Column, field: &Field<'_>, row: usize) -> String {
    let chosen = |codes: &[Bitmap]| codes.iter().position(|it| it.has(row));
    let code = |codes: &[Bitmap], other: &Bitmap| match chosen(codes) {
        Some(ix) => field.item.categories.get(ix).map(Category::code),
        None => other.has(row).then(|| "(other)".to_owned()),
    };
    match (column, field.choice) {
        (
            Column::Many {
                codes, answered, ..
            },
            Some(ix),
        ) if answered.has(row) => {
            let is_chosen = codes.get(ix).is_some_and(|it| it.has(row));
            u8::from(is_chosen).to_string()
        }
        (Column::Many { .. }, Some(_)) => String::new(),
        (Column::One { codes, other } | Column::Many { codes, other, .. }, _) => {
            code(codes, other).unwrap_or_default()
        }
        (Column::Numbers(numbers), _) => {
            numbers.at(row).map(|it| it.to_string()).unwrap_or_default()
        }
        (Column::Texts(texts), _) => texts.at(row).unwrap_or_default().to_owned(),
    }
}
