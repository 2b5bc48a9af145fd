//! The responses themselves, for an archive: not figures, and nothing to show or publish.
//!
//! Whoever holds the organiser's key can read the responses anyway; this gives them in the form in
//! which an archive takes them, poorer by what could point at a person beyond the answers: no id of
//! the response, no day, no language, no free text (but in surveys of organisations, whose answers
//! are public documents), and lines in the order of their content, not of arrival.

use crate::codebook::{Category, Codebook, Item, Kind, Question};
use crate::columns::{Bitmap, Column};
use crate::dataset::Dataset;
use crate::export::write_line;
use questionnaire::definition::Mode;

/// One column of the data file.
#[derive(Debug, Clone, Copy)]
pub struct Field<'a> {
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
    for (question, item) in codebook.items() {
        let field = |choice| Field {
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
    pub fn archive_csv(&self) -> String {
        let fields = fields(self.codebook());
        let columns = fields.iter().map(|it| self.column(&it.item.name));
        let columns: Vec<Option<&Column>> = columns.collect();
        let mut lines: Vec<String> = (0..self.responses() as usize)
            .map(|row| {
                let cells = fields.iter().zip(&columns);
                let cells: Vec<String> = cells
                    .map(|(field, column)| {
                        column.map_or_else(String::new, |it| cell(it, field, row))
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
        out
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
