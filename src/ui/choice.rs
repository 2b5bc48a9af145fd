//! Radio buttons and checkboxes with their labels.

use super::markup::{Element, Node, el};

/// One thing that can be chosen.
pub struct Choice {
    /// The input's id.
    pub id: String,
    /// The group that it belongs to.
    pub name: String,
    /// Several of the group may be on.
    pub several: bool,
    /// What pressing it does (`data-do`).
    pub action: &'static str,
    /// Its place among the others (`data-i`).
    pub ix: usize,
    /// What it is called.
    pub label: Vec<Node>,
    /// It is on.
    pub checked: bool,
    /// It can be changed.
    pub enabled: bool,
}

impl Choice {
    /// The input itself, to be given more attributes.
    pub fn input(&self) -> Element {
        el("input")
            .attr("type", if self.several { "checkbox" } else { "radio" })
            .attr("id", self.id.clone())
            .attr("name", self.name.clone())
            .attr("data-do", self.action)
            .attr("data-i", self.ix.to_string())
            .flag("checked", self.checked)
            .flag("disabled", !self.enabled)
    }

    /// The input in its label.
    pub fn label(self, input: Element) -> Element {
        el("label")
            .class("choice")
            .child(input)
            .child(el("span").class("choice__text").children(self.label))
    }
}
