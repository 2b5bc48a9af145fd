//! The whole state at once, for reports and for comparing with other engines.

use json::{Object, Value};

use super::build::at_node;
use super::settle::holds;
use super::tree::{NodeId, Phase, Watch, What, choices_of};
use super::{Origin, Session};
use crate::definition::Kind;

/// How one question stands, wherever it is in the survey.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Its name.
    pub name: String,
    /// It and everything around it is visible.
    pub visible: bool,
    /// It can be changed.
    pub enabled: bool,
    /// It must be answered.
    pub required: bool,
    /// Its title with answers piped in.
    pub title: String,
    /// What is wrong with it, in words and in the order of its checks; empty while it is not
    /// visible.
    pub errors: Vec<String>,
    /// Values of its visible choices in order; empty if it has none.
    pub choices: Vec<Value>,
}

impl Session {
    /// Checks every question as completion does: answers that are none of the choices offered are
    /// taken away, and messages are shown.
    ///
    /// As in the reference, a group of panels that nobody has come to has no fewer panels than
    /// `minPanelCount` says and no more than `maxPanelCount`.
    pub fn check_all(&mut self) {
        for node in 0..self.nodes.len() {
            if self.is_panels(node)
                && self.nodes[node].alive
                && self.value(node).is_some()
                && self.is_shown(node)
                && !self.is_reached(node)
                && !self.is_read_inside(node)
                && let Some(limits) = self.limits(node)
                && let Some(rows) = self.answering(node).map(|it| it.rows.len())
            {
                let within = |limit: u32| usize::try_from(limit).unwrap_or(usize::MAX);
                let count = rows.max(within(limits.least)).min(within(limits.greatest));
                self.set_row_count(node, count);
                self.origin = Origin::Page;
                self.make_panels(node);
                let all = (0..count).flat_map(|row| self.row_nodes(node, row));
                let hidden: Vec<NodeId> = all.filter(|&it| !self.nodes[it].visible).collect();
                for inside in hidden {
                    self.clear_hidden(inside);
                }
            }
        }
        self.settle();
        self.drop_unknown();
        for node in &mut self.nodes {
            node.checked = true;
        }
    }

    /// Panels are made one after another, as in the reference, and what stands in one is hidden or
    /// shown before it is among those that are visible; then each one by its own condition.
    fn make_panels(&mut self, node: NodeId) {
        let Some(question) = self.nodes[node].question().cloned() else {
            return;
        };
        let Kind::PanelDynamic {
            template_visible_if,
            ..
        } = &question.kind
        else {
            return;
        };
        let count = self.answering(node).map_or(0, |it| it.rows.len());
        let show = |session: &mut Self, row: usize, visible: bool| {
            if let Some(row) = session.answering_mut(node).rows.get_mut(row) {
                row.visible = visible;
            }
        };
        (0..count).for_each(|row| show(self, row, false));
        for row in 0..count {
            self.clear_unshown(node, row);
            show(self, row, true);
        }
        for row in 0..count {
            self.clear_unshown(node, row);
            if let Some(formula) = template_visible_if
                && let Some(first) = self.first_in_row(node, row)
            {
                let visible = holds(formula, self.see(first));
                show(self, row, visible != Some(false));
            }
        }
    }

    /// Clears what its own condition hides in a panel, where hiding clears.
    fn clear_unshown(&mut self, node: NodeId, row: usize) {
        for inside in self.row_nodes(node, row) {
            let question = self.nodes[inside].question();
            if let Some(condition) = question.and_then(|it| it.visible_if.as_ref())
                && holds(condition, self.see(inside)) == Some(false)
            {
                self.clear_hidden(inside);
            }
        }
    }

    /// Every page's name and whether it is visible.
    pub fn page_states(&self) -> Vec<(String, bool)> {
        self.pages
            .iter()
            .map(|&page| (self.nodes[page].key.to_string(), self.is_visible(page)))
            .collect()
    }

    /// Every question of the survey, those in panels included, those in rows not.
    pub fn question_states(&self) -> Vec<Standing> {
        let mut states = Vec::new();
        let mut stack: Vec<NodeId> = self.pages.iter().rev().copied().collect();
        while let Some(id) = stack.pop() {
            stack.extend(self.nodes[id].children.iter().rev());
            if let Some(answer) = self.answering(id) {
                stack.extend(answer.below.iter().rev().map(|(_, below)| below));
            }
            if let Some(question) = self.nodes[id].question() {
                let visible = self.is_shown(id);
                let has_choices =
                    choices_of(question).is_some() || matches!(question.kind, Kind::Rating { .. });
                states.push(Standing {
                    name: question.name.clone(),
                    visible,
                    enabled: self.is_enabled(id),
                    required: self.nodes[id].required,
                    title: self.title_text(id),
                    errors: if visible {
                        self.found(id).into_iter().map(|it| it.text).collect()
                    } else {
                        Vec::new()
                    },
                    choices: if has_choices {
                        self.visible_choices(&question.name)
                    } else {
                        Vec::new()
                    },
                });
            }
        }
        states
    }

    /// Calculated values that have one, by name.
    pub fn calculated_values(&self) -> Object {
        self.calculated
            .iter()
            .filter_map(|&id| {
                let slot = self.values.slot(id);
                Some((slot.name.to_string(), slot.value.clone()?))
            })
            .collect()
    }
}

impl Session {
    /// Evaluates every condition and computed value again, as if nothing had been remembered. A
    /// session that followed its dependencies right looks the same before and after.
    pub fn recompute(&mut self) {
        for index in 0..self.calculated.len() {
            self.pending.insert(Watch {
                phase: Phase::Calculated,
                index,
                what: What::All,
            });
        }
        for node in 0..self.nodes.len() {
            if self.nodes[node].question().is_none() && self.nodes[node].children.is_empty() {
                continue;
            }
            for what in [
                What::Visible,
                What::Enabled,
                What::Required,
                What::Bounds,
                What::Compute,
            ] {
                self.pending.insert(at_node(node, what));
            }
            if self.answering(node).is_some_and(|it| !it.items.is_empty()) {
                self.pending.insert(at_node(node, What::Items));
            }
        }
        self.settle();
    }
}
