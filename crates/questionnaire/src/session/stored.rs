//! At the end, answers that came from elsewhere as their questions store them.

use json::Value;

use super::Session;
use super::offer::means;
use super::rows::as_number;
use super::tree::{NodeId, is_multiple};
use super::values::{as_text, is_empty};
use crate::definition::{InputType, Kind, Question};

impl Session {
    /// Takes hidden rows and unknown columns out of a matrix.
    pub(super) fn complete_matrix(&self, node: NodeId, question: &Question, value: &mut Value) {
        let Kind::Matrix {
            base,
            columns,
            several_per_row,
            ..
        } = &question.kind
        else {
            return;
        };
        let (Value::Object(object), Some(answer)) = (value, self.answering(node)) else {
            return;
        };
        let is_known = |chosen: &Value| {
            columns
                .iter()
                .enumerate()
                .any(|(at, it)| means(&it.value, chosen) && answer.columns.get(at) != Some(&false))
        };
        for (at, row) in base.rows.iter().enumerate() {
            let name = as_text(&row.value);
            let Some(chosen) = object.get(&name).cloned() else {
                continue;
            };
            let is_hidden =
                !self.keeps_hidden(node) && answer.items.get(at).is_some_and(|it| !it.visible);
            // As in the reference, what stands for no is kept.
            let is_kept = self.keeps_hidden(node)
                || matches!(
                    chosen,
                    Value::List(_) | Value::Bool(false) | Value::Number(0.0)
                )
                || is_known(&chosen);
            let chosen = as_chosen(chosen, *several_per_row);
            if is_hidden || !is_kept || is_empty(&chosen) {
                object.remove(&name);
            } else {
                object.insert(name, chosen);
            }
        }
    }

    /// Writes what came in the cells of a table as their questions store it: digits in a number
    /// field as a number, one thing among several as a list.
    pub(super) fn complete_cells(&self, node: NodeId, value: &mut Value) {
        let rows = self.answering(node).map_or(&[][..], |it| &it.rows);
        for (at, row) in rows.iter().enumerate() {
            let label = self.row_label(node, at);
            for &cell in &row.cells {
                let row = match &mut *value {
                    Value::List(items) => items.get_mut(at),
                    Value::Object(table) => table.get_mut(&label),
                    _ => None,
                };
                if let Some(question) = self.nodes[cell].question()
                    && let Some(Value::Object(row)) = row
                    && let Some(given) = row.get_mut(&question.name)
                {
                    *given = as_cell(std::mem::take(given), question);
                }
            }
        }
    }
}

/// What came in a cell as its question stores it.
fn as_cell(given: Value, question: &Question) -> Value {
    match (&question.kind, given) {
        (Kind::Text { field }, given @ Value::Text(_))
            if matches!(field.input_type, InputType::Number | InputType::Range) =>
        {
            as_number(&given).map_or(given, Value::Number)
        }
        (Kind::Rating { .. }, given @ Value::Text(_)) => {
            as_number(&given).map_or(given, Value::Number)
        }
        (Kind::Single { .. } | Kind::Multiple { .. }, given) => {
            as_chosen(given, is_multiple(question))
        }
        (_, given) => given,
    }
}

/// A list where several things can be chosen, else the one thing in a list.
fn as_chosen(given: Value, is_multiple: bool) -> Value {
    match given {
        Value::List(mut items) if !is_multiple && items.len() == 1 => items.remove(0),
        given if !is_multiple || is_empty(&given) || matches!(given, Value::List(_)) => given,
        Value::Bool(false) | Value::Number(0.0) => Value::Null,
        given => Value::List(vec![given]),
    }
}
