//! "Other" where the text itself is the answer (`storeOthersAsComment` is false).

use json::Value;

use super::Session;
use super::offer::{OTHER, Sort};
use super::tree::NodeId;
use super::values::{as_text, same};

impl Session {
    /// The chosen text that is none of the choices.
    pub(super) fn raw_other(&self, node: NodeId) -> String {
        let offers = self.offers(node);
        self.chosen(node)
            .iter()
            .find(|value| {
                value.as_str() != Some(OTHER)
                    && !offers
                        .iter()
                        .any(|it| it.sort != Sort::Other && same(&it.value, value))
            })
            .map(as_text)
            .unwrap_or_default()
    }

    /// Stores the text as the answer, or among the answers.
    pub(super) fn put_raw_other(&mut self, node: NodeId, text: &str) {
        let raw = self.raw_other(node);
        let new = (!text.is_empty()).then(|| Value::from(text));
        let value = if self.nodes[node]
            .question()
            .is_some_and(|it| super::tree::is_multiple(it))
        {
            let mut chosen = self.chosen(node);
            chosen.retain(|it| it.as_str() != Some(raw.as_str()) && it.as_str() != Some(OTHER));
            chosen.extend(new);
            Some(Value::List(chosen))
        } else {
            new
        };
        self.put(node, value);
        self.touch(node);
    }
}
