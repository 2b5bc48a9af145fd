//! What a questionnaire starts with: defaults and first rows.

use json::Value;

use super::Session;
use super::build::{at_node, sets_always};
use super::tree::{NodeId, What};
use crate::definition::{Kind, Question};

impl Session {
    pub(super) fn set_defaults(&mut self) {
        let count = self.nodes.len();
        for node in 0..count {
            self.set_default(node);
        }
        let count = self.nodes.len();
        for node in 0..count {
            if !self.is_list_node(node) {
                continue;
            }
            if !self.is_late(node) {
                self.start_rows(node);
            } else if let (Some(limits), false) = (self.limits(node), self.is_panels(node)) {
                self.shape_rows(node, self.first_rows(node, limits));
            }
        }
    }

    /// Whether a table or group has been made, as in the reference: it is shown, or a formula reads
    /// into it, or it was made to be checked.
    pub(super) fn is_drawn(&self, node: NodeId) -> bool {
        self.is_shown(node)
            || self.is_read_inside(node)
            || self.answering(node).is_some_and(|it| it.made)
    }

    /// Whether a table or group has no rows in the data before it is shown.
    fn is_late(&self, node: NodeId) -> bool {
        let is_indexed = |node| {
            self.root_var(node)
                .is_some_and(|it| self.values.slot(it).is_indexed)
        };
        self.nodes[node].row.is_none()
            && !self.is_counted(node)
            && self.value(node).is_none()
            && super::values::is_empty(&self.new_row_value(node, None))
            && !self.is_read_inside(node)
            && !(self.is_panels(node) && is_indexed(node))
    }

    /// What is hidden at first starts once it is shown, unless something was done with it before.
    pub(super) fn start_late(&mut self, node: NodeId) {
        if self.is_list_node(node)
            && self.is_late(node)
            && self.answering(node).is_none_or(|it| !it.touched)
        {
            self.start_rows(node);
        }
    }

    /// A cell whose table is not shown yet has no default.
    fn waits_for_table(&self, node: NodeId) -> bool {
        self.nodes[node].row.is_some_and(|(owner, _)| {
            !self.columns(owner).is_empty() && (!self.started || !self.is_drawn(owner))
        })
    }

    /// As in the reference, cells are computed while their table is shown, and panels from when they
    /// are shown.
    pub(super) fn waits_to_compute(&self, node: NodeId) -> bool {
        self.nodes[node].row.is_some_and(|(owner, _)| {
            let root = self.root_var(owner);
            let is_made = self.is_drawn(owner)
                || root.is_some_and(|it| self.values.slot(it).is_indexed)
                || (self.is_panels(owner) && self.is_reached(owner));
            self.nodes[owner].row.is_none() && !is_made
        })
    }

    /// A table is shown.
    pub(super) fn draw_table(&mut self, table: NodeId) {
        let rows = self.answering(table).map_or(&[][..], |it| &it.rows);
        let cells: Vec<NodeId> = rows.iter().flat_map(|it| &it.cells).copied().collect();
        let watches = cells.into_iter().map(|it| at_node(it, What::Compute));
        self.pending.extend(watches);
    }

    /// Sets the defaults of a table's cells that have no answer and have not been touched.
    pub(super) fn default_cells(&mut self, table: NodeId) {
        let rows = self.answering(table).map_or(&[][..], |it| &it.rows);
        let cells: Vec<NodeId> = rows.iter().flat_map(|it| &it.cells).copied().collect();
        for cell in cells {
            if self.answering(cell).is_none_or(|it| !it.touched) {
                self.set_default(cell);
            }
        }
    }

    pub(super) fn is_list_node(&self, node: NodeId) -> bool {
        self.nodes[node].question().is_some() && self.is_list(node)
    }

    /// Sets the defaults of all tables, once it is known which are shown.
    pub(super) fn set_table_defaults(&mut self) {
        self.started = true;
        for node in 0..self.nodes.len() {
            if self.nodes[node].question().is_none() && !self.nodes[node].visible {
                self.clear_hidden(node);
            }
        }
        for node in 0..self.nodes.len() {
            if let Some(question) = self.nodes[node].question()
                && question.set_value_if.is_some()
                && sets_always(question.set_value_expression.as_ref())
            {
                self.unbound.insert(at_node(node, What::SetValue));
            }
            if !self.is_drawn(node) {
                continue;
            }
            self.start_late(node);
            if !self.columns(node).is_empty() {
                self.draw_table(node);
                self.default_cells(node);
            }
        }
    }

    /// Sets `defaultValue` where there is no answer yet.
    pub(super) fn set_default(&mut self, node: NodeId) {
        if !self.nodes[node].alive || self.waits_for_table(node) {
            return;
        }
        let default = self.nodes[node].question().and_then(|it| default_of(it));
        if let Some(value) = default.and_then(|it| self.as_answer(it, node))
            && self.value(node).is_none()
        {
            self.put(node, Some(value));
        }
        if self.built && self.nodes[node].row.is_some() && self.is_list_node(node) {
            self.start_rows(node);
        }
    }
}

/// `defaultValue`; of a boolean also as the words `true` and `false`.
fn default_of(question: &Question) -> Option<Value> {
    let value = question.default_value.clone()?;
    let Kind::Boolean {
        value_true,
        value_false,
        ..
    } = &question.kind
    else {
        return Some(value);
    };
    match &value {
        Value::Bool(truth) => Some(if *truth { value_true } else { value_false }.clone()),
        Value::Text(text) if text == "true" => Some(value_true.clone()),
        Value::Text(text) if text == "false" => Some(value_false.clone()),
        Value::Text(text) if text == "indeterminate" => None,
        _ => Some(value),
    }
}
