//! What acts on answers by itself: triggers, and what sets or resets an answer.

use std::collections::BTreeSet;
use std::rc::Rc;

use json::Value;

use super::Session;
use super::build::asks_the_day;
use super::rows::as_number;
use super::settle::{ROUNDS, holds};
use super::sight::Sight;
use super::tree::{NodeId, Phase, Place, Watch, What, is_multiple};
use super::values::Standing::Apart;
use super::values::{VarId, as_text};
use crate::definition::{Formula, InputType, Kind, Survey, TriggerKind};
use crate::expression::{Outcome, Scope as _, lookup, lookup_with};

impl Session {
    pub(super) fn run_trigger(&mut self, survey: &Survey, index: usize) {
        let Some(trigger) = survey.triggers.get(index) else {
            return;
        };
        self.note_read(&trigger.expression);
        // A value without a condition is copied whenever it changes.
        let copies = matches!(trigger.kind, TriggerKind::CopyValue { .. })
            && trigger.expression.source.trim().is_empty();
        let holds = holds(&trigger.expression, self.see_all());
        let Some(holds) = holds.or(copies.then_some(true)) else {
            return;
        };
        match &trigger.kind {
            TriggerKind::Visible { .. } => {
                for node in self.named_by(&trigger.kind) {
                    // At the start, its own condition comes after that.
                    let question = self.nodes[node].question();
                    if self.started || question.is_none_or(|it| it.visible_if.is_none()) {
                        self.set_visible(node, holds);
                    }
                }
            }
            _ if !holds => {}
            TriggerKind::SetValue {
                to,
                value,
                is_variable,
            } => {
                if *is_variable && self.values.exactly(to).is_none_or(|id| self.is_unasked(id)) {
                    let id = self.values.intern(to);
                    self.values.slot_mut(id).standing = Apart;
                }
                self.assign_named(to, Some(value.clone()));
            }
            TriggerKind::CopyValue { from, to, display } => {
                let asked = self.question_named(from);
                let whole = asked
                    .and_then(|node| self.nodes[node].question())
                    .is_some_and(|it| matches!(it.kind, Kind::Matrix { .. }));
                let value = match asked {
                    Some(node) if *display => Some(Value::Text(self.display_text(node))),
                    _ => Sight {
                        session: self,
                        node: None,
                        item: None,
                    }
                    .variable(from),
                };
                if value.is_some() || (asked.is_some() && !whole) {
                    self.assign_named(to, value);
                }
            }
            TriggerKind::RunExpression { to, run } => {
                let outcome = run
                    .expression
                    .as_ref()
                    .map(|it| it.evaluate(&self.see_all()));
                if let (Some(to), Some(Outcome::Value(value))) = (to, outcome) {
                    let value = match value {
                        Value::Text(text) if is_moment(&text) => text.get(..10).map(Value::from),
                        value => Some(value),
                    };
                    self.assign_named(to, value);
                }
            }
            TriggerKind::Skip { to } => self.skip_to = Some(to.as_str().into()),
            TriggerKind::Complete => {}
        }
    }

    /// What a trigger shows and hides.
    fn named_by(&self, kind: &TriggerKind) -> Vec<NodeId> {
        let TriggerKind::Visible { pages, questions } = kind else {
            return Vec::new();
        };
        let pages = pages
            .iter()
            .filter_map(|it| self.containers.get(it.as_str()));
        let questions = questions.iter().filter_map(|it| {
            let name = it.as_str();
            self.keys.get(name).or_else(|| self.containers.get(name))
        });
        pages.chain(questions).copied().collect()
    }

    /// What any trigger shows and hides.
    pub(super) fn shown_by_triggers(&self) -> Vec<NodeId> {
        let triggers = self.survey.triggers.iter();
        triggers.flat_map(|it| self.named_by(&it.kind)).collect()
    }

    /// Sets an answer, or a part of one: `q.item`, `q[0].name`.
    fn assign_named(&mut self, name: &str, value: Option<Value>) {
        match self.keys.get(name) {
            Some(&part) if matches!(self.nodes[part].place, Place::Member { .. }) => {
                self.put(part, value);
            }
            Some(&whole) => {
                let value = value.and_then(|it| self.as_answer(it, whole));
                if value.as_ref().is_none_or(|it| self.is_within(whole, it)) {
                    self.assign(name, value);
                }
            }
            None => self.assign(name, value),
        }
    }

    /// Follows changes only to what sets or resets answers, as clearing at completion does.
    pub(super) fn settle_acts(&mut self, cleared: NodeId) {
        for _ in 0..ROUNDS {
            let survey = Rc::clone(&self.survey);
            let mut acts = BTreeSet::new();
            let dirty = std::mem::take(&mut self.dirty);
            if !dirty.is_empty() {
                let acts_always = |it: &Watch| matches!(it.what, What::Reset | What::SetValue);
                acts.extend(self.unbound.iter().copied().filter(acts_always));
            }
            for (var, old) in dirty {
                let slot = self.values.slot(var);
                let (name, old, new) = (&slot.name, old.as_ref(), slot.value.as_ref());
                acts.extend(slot.watchers.iter().copied().filter(|&watch| {
                    matches!(watch.what, What::Reset | What::SetValue)
                        && self.is_concerned(&survey, watch, name, old, new)
                }));
            }
            acts.retain(|it| it.index != cleared);
            if acts.is_empty() {
                return;
            }
            for watch in acts {
                self.evaluate(watch);
            }
        }
    }

    /// Whether what acts, and not only computes, acts on a change of `name`: of a table or group,
    /// only if the part it reads has changed; a trigger never on what it sets itself.
    pub(super) fn is_concerned(
        &self,
        survey: &Survey,
        watch: Watch,
        name: &str,
        old: Option<&Value>,
        new: Option<&Value>,
    ) -> bool {
        let mut formulas: [Option<&Formula>; 2] = [None, None];
        match (watch.phase, watch.what) {
            (Phase::Showing | Phase::Trigger, _) => {
                let Some(trigger) = survey.triggers.get(watch.index) else {
                    return true;
                };
                match &trigger.kind {
                    TriggerKind::SetValue { to, .. } if to == name => return false,
                    TriggerKind::CopyValue { to, .. } if to == name => return false,
                    TriggerKind::CopyValue { from, .. } if from == name => return true,
                    _ => {}
                }
                formulas[0] = Some(&trigger.expression);
            }
            // What is computed at the start is no change yet.
            (Phase::Node, What::SetValue)
                if !self.started
                    && (self.nodes[watch.index].row.is_some() || self.is_computed(name)) =>
            {
                return false;
            }
            (Phase::Node, What::Reset | What::SetValue) => {
                if let Some(question) = self.nodes[watch.index].question() {
                    formulas = if watch.what == What::Reset {
                        [question.reset_value_if.as_ref(), None]
                    } else {
                        let (condition, formula) = (
                            question.set_value_if.as_ref(),
                            question.set_value_expression.as_ref(),
                        );
                        // As in the reference, a condition that asks for the day waits for what is
                        // to be set.
                        if asks_the_day(condition) && formula.is_some_and(|it| !reads(it, name)) {
                            return false;
                        }
                        [condition, formula]
                    };
                }
            }
            _ => return true,
        }
        let row = match (watch.phase, watch.what) {
            (Phase::Node, What::SetValue) => self.nodes[watch.index].row,
            _ => None,
        };
        // Rows that come with answers are as they came, unless they are made later than that; what
        // is cleared with them is not set again.
        let given = self.whole.filter(|it| row.is_some_and(|row| row.0 == it.0));
        if let Some((owner, _)) = row
            && self.is_list(owner)
            && (given.is_some_and(|it| it.1)
                || (new.is_none() && self.values.find(name) == self.root_var(owner)))
        {
            return false;
        }
        let is_given = given.is_some();
        let is_whole =
            |value: Option<&Value>| !matches!(value, Some(Value::List(_) | Value::Object(_)));
        if is_whole(old) && is_whole(new) {
            return true;
        }
        formulas
            .into_iter()
            .flatten()
            .filter_map(|it| it.expression.as_ref())
            .any(|expression| {
                expression.variables().iter().any(|variable| {
                    if let Some((owner, row)) = row
                        && let Some(inside) = of_own_row(variable)
                        && self.nodes[owner].row.is_none()
                    {
                        let label = self.row_label(owner, row);
                        let cell = |value: Option<&Value>| {
                            let whole = match value? {
                                Value::List(items) => items.get(row),
                                whole => whole.get(&label),
                            };
                            lookup(whole?.as_object()?, inside)
                        };
                        return if is_given && self.is_list(owner) {
                            cell(new).is_some()
                        } else {
                            cell(old) != cell(new)
                        };
                    }
                    if is_given {
                        return false;
                    }
                    if watch.phase == Phase::Node {
                        return variable.eq_ignore_ascii_case(name) || new.is_some();
                    }
                    let part = |value: Option<&Value>| {
                        lookup_with(
                            &|it| value.filter(|_| it.eq_ignore_ascii_case(name)),
                            variable,
                        )
                    };
                    begins_with(variable, name) && part(old) != part(new)
                })
            })
    }

    /// The value of a formula as an answer to a question.
    pub(super) fn answer_from(&self, formula: &Formula, node: NodeId) -> Option<Value> {
        self.as_answer(self.result(formula, Some(node))?, node)
    }

    /// A value as a question stores it: a date as its field writes it, only numbers in a number
    /// field, a list in a text field as words, one thing among several as a list.
    pub(super) fn as_answer(&self, value: Value, node: NodeId) -> Option<Value> {
        let question = self.nodes[node].question()?;
        let input = match &question.kind {
            Kind::Text { field } => field.input_type,
            Kind::Expression { .. } => return Some(value),
            _ => InputType::Text,
        };
        let is_text = matches!(question.kind, Kind::Text { .. } | Kind::Comment { .. });
        match (input, value) {
            (InputType::Number | InputType::Range, value) => as_number(&value).map(Value::Number),
            (input, Value::Text(text)) if is_moment(&text) => {
                let length = match input {
                    InputType::DateTimeLocal => 16,
                    InputType::Month => 7,
                    _ => 10,
                };
                text.get(..length).map(Value::from)
            }
            (_, value @ Value::List(_)) if is_text => Some(Value::Text(as_text(&value))),
            (_, value @ (Value::Number(_) | Value::Text(_))) if is_multiple(question) => {
                Some(Value::List(vec![value]))
            }
            (_, value) => Some(value),
        }
    }

    fn is_computed(&self, name: &str) -> bool {
        self.values.find(name).is_some_and(|id| {
            let slot = self.values.slot(id);
            slot.standing != super::values::Standing::Answer
                || slot.asked_by.iter().any(|&it| {
                    let question = self.nodes[it].question();
                    question.is_some_and(|it| matches!(it.kind, Kind::Expression { .. }))
                })
        })
    }

    fn is_unasked(&self, id: VarId) -> bool {
        self.values.slot(id).asked_by.is_empty()
    }
}

/// Whether a formula reads a value or a part of it.
fn reads(formula: &Formula, name: &str) -> bool {
    let mut variables = formula.expression.iter().flat_map(|it| it.variables());
    variables.any(|it| begins_with(it, name))
}

fn begins_with(variable: &str, name: &str) -> bool {
    variable
        .get(..name.len())
        .is_some_and(|it| it.eq_ignore_ascii_case(name))
}

/// What follows `row.` or `panel.`.
pub(super) fn of_own_row(variable: &str) -> Option<&str> {
    let (context, inside) = variable.split_once('.')?;
    let is_own = context.eq_ignore_ascii_case("row") || context.eq_ignore_ascii_case("panel");
    is_own.then_some(inside)
}

/// True for a date as it leaves a formula.
pub(super) fn is_moment(text: &str) -> bool {
    text.len() == 24 && text.ends_with('Z') && text.as_bytes().get(10) == Some(&b'T')
}
