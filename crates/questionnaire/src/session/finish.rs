//! The end: what leaves, what is said, and the review before it.

use std::rc::Rc;

use json::{Object, Value};

use super::Session;
use super::build::at_node;
use super::event::Key;
use super::offer::{OTHER, has_ordinary, is_known};
use super::settle::holds;
use super::tree::{Body, NodeId, Place, What, choices_of, is_information, is_multiple};
use super::values::{VarId, is_empty};
use super::view::{AnswerLine, ReviewEntry};
use crate::definition::{ClearInvisible, Kind, Preview, Question};
use crate::text::RichText;

impl Session {
    /// Hidden answers are cleared all at once: what is visible stays as it was, choices taken from
    /// a cleared answer are gone.
    pub(super) fn completed(&self) -> Object {
        let mut done = self.clone();
        done.drop_unknown();
        for node in 0..done.nodes.len() {
            if done.is_panels(node) && done.keeps_hidden(node) && done.is_reached(node) {
                done.start_late(node);
            }
        }
        done.settle_others();
        let hidden: Vec<NodeId> = (0..done.nodes.len())
            .filter(|&node| {
                matches!(done.nodes[node].place, Place::Var(_))
                    && !done.is_shown(node)
                    && !done.keeps_hidden(node)
            })
            .filter(|&node| match done.nodes[node].place {
                Place::Var(id) => !done.survives(id),
                _ => false,
            })
            .collect();
        let mut left = Vec::new();
        for node in 0..done.nodes.len() {
            if let Place::Var(id) = done.nodes[node].place
                && done.is_panels(node)
                && done.value(node).is_some()
                && !done.is_shown(node)
            {
                left.push((id, done.left_by_hiding(node)));
            }
        }
        for node in 0..done.nodes.len() {
            let Place::Var(id) = done.nodes[node].place else {
                continue;
            };
            let value = if hidden.contains(&node) {
                None
            } else if done.nodes[node].alive && done.is_shown(node) && done.value(node).is_some() {
                done.completed_value(node)
            } else {
                continue;
            };
            if done.store(id, value) {
                done.settle_acts(node);
            }
        }
        // What a formula has set again after it was cleared stays.
        let set_again: Vec<(VarId, Value)> = hidden
            .into_iter()
            .filter_map(|node| match done.nodes[node].place {
                Place::Var(id) => Some((id, done.values.get(id)?.clone())),
                _ => None,
            })
            .collect();
        for node in 0..done.nodes.len() {
            if done.answering(node).is_some_and(|it| !it.away.is_empty())
                && let Some(question) = done.nodes[node].question().cloned()
            {
                done.drop_hidden_choices(node, &question, &[], false);
            }
        }
        let mut data = done.values.data(|id| done.survives(id));
        for (id, again) in set_again {
            data.insert(&*done.values.slot(id).name, again);
        }
        for (id, rows) in left {
            let name = &done.values.slot(id).name;
            if let Some(rows) = rows {
                data.insert(&**name, rows);
            } else {
                data.remove(name);
            }
        }
        data
    }

    /// What hidden panels leave in the data, as in the reference.
    ///
    /// Without being drawn or read by their place they are not there. What is hidden on its own
    /// loses its answers, panels hidden by their own condition all of them. What is not to be kept
    /// goes; but if there are more or fewer panels than at the start, as many as there were then
    /// stay.
    fn left_by_hiding(&self, node: NodeId) -> Option<Value> {
        let root = self.root_var(node)?;
        let keeps = self.keeps_hidden(node);
        let mut value = self.value(node)?.clone();
        let is_made = keeps && self.answering(node).is_some_and(|it| it.made);
        if !self.values.slot(root).is_read_by_place && !is_made && !self.is_reached(node) {
            let is_blank = value.as_list().is_some_and(|it| it.iter().all(is_empty));
            // Blank ones that came as an answer stay.
            let is_given = self.answering(node).is_some_and(|it| it.touched);
            return Some(value)
                .filter(|_| self.survives(root) && !(keeps && is_blank && !is_given));
        }
        self.complete_panels(node, &mut value);
        if !keeps && !self.survives(root) {
            let limits = self.limits(node)?;
            let given = self.answering(node).map_or(0, |it| it.given);
            let start = if given > 0 {
                given
            } else {
                self.first_rows(node, limits)
            };
            let Value::List(panels) = &mut value else {
                return None;
            };
            if start == 0 || panels.len() == start {
                return None;
            }
            panels.truncate(start);
            let kept = panels.len();
            let mut grown = self.clone();
            grown.set_row_count(node, start);
            for inside in (kept..start)
                .flat_map(|row| grown.row_nodes(node, row))
                .collect::<Vec<_>>()
            {
                grown.evaluate(at_node(inside, What::Compute));
            }
            for (row, panel) in panels.iter_mut().enumerate() {
                if let Value::Object(panel) = panel {
                    self.drop_unasked(node, row, panel);
                }
            }
            let all = grown.value(node).and_then(Value::as_list);
            panels.extend(all.unwrap_or_default().iter().skip(kept).cloned());
        }
        Some(value)
    }

    /// A single answer that is none of the choices is what "other" means, and stays so where the
    /// choices come from another question that is cleared.
    fn settle_others(&mut self) {
        for node in 0..self.nodes.len() {
            if let Place::Var(_) = self.nodes[node].place
                && self.nodes[node].alive
                && self.is_shown(node)
                && self.stands_for_other(node)
                && let Some(place) = self.comment_place(node).cloned()
            {
                let question = self.nodes[node].question();
                if question.is_some_and(|it| !it.show_comment_area) {
                    let text = self.value(node).cloned();
                    self.put_at(&place, None, text);
                }
                self.answering_mut(node).other = true;
            }
        }
        self.dirty.clear();
    }

    /// Whether a named value is kept: if any question that asks for it is shown, or all are to keep
    /// their answers.
    fn survives(&self, id: VarId) -> bool {
        let asked_by = &self.values.slot(id).asked_by;
        let is_kept = asked_by.iter().all(|&node| self.keeps_hidden(node));
        asked_by.is_empty()
            || asked_by.iter().any(|&node| {
                (is_kept || self.is_shown(node))
                    && (!self.is_comment(node, id) || self.wants_comment(node))
            })
    }

    /// Whether a named value is the text beside a question's answer.
    pub(super) fn is_comment(&self, node: NodeId, id: VarId) -> bool {
        !matches!(self.nodes[node].place, Place::Var(own) if own == id)
    }

    /// Whether a comment has anything to stand beside.
    fn wants_comment(&self, node: NodeId) -> bool {
        self.other_chosen(node)
            || self.nodes[node].question().is_some_and(|question| {
                question.show_comment_area
                    || choices_of(question).is_some_and(|choices| {
                        (choices.other.is_some() && !self.keeps_other_apart(node))
                            || choices.items.iter().enumerate().any(|(at, it)| {
                                it.show_comment_area && self.is_choice_selected(node, at)
                            })
                    })
            })
    }

    pub(super) fn keeps_hidden(&self, node: NodeId) -> bool {
        let question = self.nodes[node].question();
        question.map_or(self.survey.clear_invisible_values, |it| {
            self.when_hidden(it)
        }) == ClearInvisible::None
    }

    /// A shown question's answer without what must not leave: unknown choices and hidden parts.
    fn completed_value(&self, node: NodeId) -> Option<Value> {
        let mut value = self.value(node)?.clone();
        let question = self.nodes[node].question()?;
        if choices_of(question).is_some() {
            return self.known_choices(node, question, value);
        }
        if matches!(question.kind, Kind::PanelDynamic { .. }) {
            self.complete_panels(node, &mut value);
        }
        if !self.columns(node).is_empty() && (self.is_list(node) || !self.is_read_inside(node)) {
            self.complete_cells(node, &mut value);
        }
        if matches!(question.kind, Kind::MatrixDropdown { .. }) && !self.keeps_hidden(node) {
            self.complete_rows(node, &mut value);
        }
        if matches!(question.kind, Kind::Matrix { .. }) {
            self.complete_matrix(node, question, &mut value);
        }
        Some(value).filter(|it| !is_empty(it))
    }

    /// Takes hidden rows out of a table, and then what has no column as well.
    fn complete_rows(&self, node: NodeId, value: &mut Value) {
        let rows = self.answering(node).map_or(&[][..], |it| &it.rows);
        let Value::Object(table) = value else {
            return;
        };
        if rows.iter().all(|row| row.visible) {
            return;
        }
        let labels: Vec<String> = (0..rows.len()).map(|at| self.row_label(node, at)).collect();
        *table = std::mem::take(table)
            .iter()
            .filter(|(name, _)| labels.iter().any(|it| it == name))
            .map(|(name, cells)| (name.to_owned(), cells.clone()))
            .collect();
        for (at, row) in rows.iter().enumerate() {
            let label = self.row_label(node, at);
            if !row.visible {
                table.remove(&label);
            } else if let Some(Value::Object(cells)) = table.get_mut(&label) {
                self.drop_unasked(node, at, cells);
                if cells.is_empty() {
                    table.remove(&label);
                }
            }
        }
    }

    /// Takes out of a row what nothing in it asks for.
    fn drop_unasked(&self, node: NodeId, row: usize, cells: &mut Object) {
        let asked = self.row_nodes(node, row);
        let is_asked = |name: &str| {
            asked.iter().any(|&it| {
                matches!(&self.nodes[it].place, Place::Member { name: own, .. }
                    if name.strip_suffix("-Comment").unwrap_or(name) == &**own)
            })
        };
        *cells = std::mem::take(cells)
            .iter()
            .filter(|(name, _)| is_asked(name))
            .map(|(name, cell)| (name.to_owned(), cell.clone()))
            .collect();
    }

    /// Takes what is hidden inside panels out of their answers. A panel that is hidden as a whole,
    /// by `templateVisibleIf`, keeps its answers: they may be another question's as well.
    fn complete_panels(&self, node: NodeId, value: &mut Value) {
        let rows = self.answering(node).map_or(&[][..], |it| &it.rows);
        for (row, is_visible) in rows.iter().map(|it| it.visible).enumerate() {
            for inside in self.row_nodes(node, row) {
                let Place::Member { owner, name } = &self.nodes[inside].place else {
                    continue;
                };
                if *owner != node || self.value(inside).is_none() {
                    continue;
                }
                let kept = if self.is_shown_within(inside, node) {
                    continue;
                } else if self.is_shown(inside) {
                    self.completed_value(inside)
                } else if self.keeps_hidden(inside) || (!is_visible && self.nodes[inside].visible) {
                    continue;
                } else {
                    None
                };
                if let Value::List(items) = value
                    && let Some(Value::Object(object)) = items.get_mut(row)
                {
                    if let Some(kept) = kept {
                        if self.stands_for_other(inside) && !self.is_cell(inside) {
                            object.insert(format!("{name}-Comment"), kept.clone());
                        }
                        object.insert(&**name, kept);
                    } else {
                        object.remove(name);
                        object.remove(&format!("{name}-Comment"));
                    }
                }
            }
        }
    }

    /// True if nothing hides `inside` but what is around `owner`.
    fn is_shown_within(&self, inside: NodeId, owner: NodeId) -> bool {
        if self.is_shown(owner) {
            return false;
        }
        let mut at = inside;
        while at != owner {
            match self.nodes[at].parent {
                Some(parent) if self.nodes[at].visible => at = parent,
                _ => return false,
            }
        }
        self.nodes[owner].visible
    }

    /// All nodes of a row, those in panels included.
    pub(super) fn row_nodes(&self, node: NodeId, row: usize) -> Vec<NodeId> {
        let Some(row) = self.answering(node).and_then(|it| it.rows.get(row)) else {
            return Vec::new();
        };
        let mut all = Vec::new();
        let mut stack: Vec<NodeId> = row.cells.iter().chain(&row.items).copied().collect();
        while let Some(at) = stack.pop() {
            all.push(at);
            stack.extend(self.nodes[at].children.iter());
        }
        all
    }

    pub(super) fn known_choices(
        &self,
        node: NodeId,
        question: &Question,
        value: Value,
    ) -> Option<Value> {
        let offers = self.offers(node);
        let allows_any = choices_of(question).is_some_and(|it| it.other.is_some())
            && (!self.keeps_other_apart(node) || !is_multiple(question))
            && has_ordinary(&offers)
            && !self.is_cell(node)
            || self.answering(node).is_some_and(|it| it.other);
        if allows_any || self.keeps_hidden(node) {
            return Some(value);
        }
        let property = self.value_property(node);
        let known = |value: &Value| {
            let bare = property.and_then(|it| value.get(it)).unwrap_or(value);
            is_known(&offers, bare) || bare.as_str() == Some(OTHER)
        };
        match value {
            Value::List(mut items) if is_multiple(question) => {
                items.retain(known);
                Some(Value::List(items)).filter(|it| !is_empty(it))
            }
            value => known(&value).then_some(value),
        }
    }

    /// Whether it stands in a table, or in a panel that nobody has come to: there, as in the
    /// reference, what is none of the choices never means "other".
    fn is_cell(&self, node: NodeId) -> bool {
        let row = self.nodes[node].row;
        row.is_some_and(|(owner, _)| !self.is_panels(owner) || !self.is_reached(owner))
    }

    /// Takes away answers that are none of the choices offered, from shown questions; done before
    /// they are checked as a whole.
    pub(super) fn drop_unknown(&mut self) {
        for node in 0..self.nodes.len() {
            let is_choice = self.nodes[node]
                .question()
                .is_some_and(|it| choices_of(it).is_some());
            if !is_choice || !self.nodes[node].alive || !self.is_shown(node) {
                continue;
            }
            let Some(question) = self.nodes[node].question().cloned() else {
                continue;
            };
            let Some(value) = self.value(node).cloned() else {
                continue;
            };
            let known = self.known_choices(node, &question, value.clone());
            if known.as_ref() == Some(&value) {
                continue;
            }
            if let (Kind::Multiple { .. }, Value::List(mut gone)) = (&question.kind, value) {
                let kept = match known {
                    Some(Value::List(kept)) => kept,
                    _ => Vec::new(),
                };
                gone.retain(|it| !kept.contains(it));
                self.keep_chosen(node, kept, gone);
            } else {
                self.put(node, known);
            }
        }
        self.settle();
    }

    pub(super) fn farewell(&self) -> RichText {
        let survey = &self.survey;
        let on_condition = survey
            .completed_html_on_condition
            .iter()
            .find(|it| holds(&it.expression, self.see_all()) == Some(true));
        let html = on_condition.map_or(&survey.completed_html, |it| &it.html);
        self.rich(html, None)
    }

    pub(super) fn reviewed(&self) -> Vec<(Key, RichText, Vec<ReviewEntry>)> {
        let answered_only = self.survey.preview == Preview::AnsweredQuestions;
        let mut pages = Vec::new();
        for &page in &self.pages {
            let Body::Page(at) = self.nodes[page].body else {
                continue;
            };
            if !self.is_visible(page) {
                continue;
            }
            let mut entries = Vec::new();
            self.review_into(page, page, answered_only, &mut entries);
            let title = self
                .survey
                .pages
                .get(at)
                .map(|it| self.rich(&it.panel.title, None))
                .unwrap_or_default();
            if !entries.is_empty() {
                pages.push((Rc::clone(&self.nodes[page].key), title, entries));
            }
        }
        pages
    }

    fn review_into(
        &self,
        node: NodeId,
        page: NodeId,
        answered_only: bool,
        into: &mut Vec<ReviewEntry>,
    ) {
        let mut inside = self.nodes[node].children.clone();
        inside.extend(self.answering(node).into_iter().flat_map(|it| {
            it.below
                .iter()
                .filter(|(choice, _)| self.is_choice_selected(node, *choice))
                .map(|(_, below)| *below)
        }));
        for child in inside {
            if !self.is_visible(child) {
                continue;
            }
            if let Some(question) = self.nodes[child].question()
                && !is_information(question)
                && (!answered_only || self.value(child).is_some())
            {
                let mut answer = self.answer_lines(child);
                let comment = self.comment_text(child);
                if !comment.is_empty() && !self.other_chosen(child) {
                    answer.push(AnswerLine {
                        text: comment,
                        ..AnswerLine::default()
                    });
                }
                into.push(ReviewEntry {
                    key: Rc::clone(&self.nodes[child].key),
                    page: Rc::clone(&self.nodes[page].key),
                    title: self.rich_text(&self.title_text(child), None),
                    answer,
                });
            }
            self.review_into(child, page, answered_only, into);
        }
    }
}
