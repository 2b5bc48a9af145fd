//! What a questionnaire starts with: defaults and first rows.

use json::Value;

use super::Session;
use super::tree::NodeId;
use crate::definition::{Kind, Question};

impl Session {
    pub(super) fn set_defaults(&mut self) {
        let count = self.nodes.len();
        for node in 0..count {
            self.set_default(node);
        }
        let count = self.nodes.len();
        for node in 0..count {
            if self.is_list_node(node) {
                self.start_rows(node);
            }
        }
    }

    fn is_list_node(&self, node: NodeId) -> bool {
        self.nodes[node].question().is_some() && self.is_list(node)
    }

    /// Sets `defaultValue` where there is no answer yet.
    pub(super) fn set_default(&mut self, node: NodeId) {
        if !self.nodes[node].alive {
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
