//! Where answers stand, and how they are read and written.

use std::rc::Rc;

use json::{Object, Value};

use super::build::at_node;
use super::offer::{OTHER, drop_exclusive, has_ordinary, is_known};
use super::tree::{Answering, Body, NodeId, Phase, Place, What, is_multiple};
use super::values::{VarId, as_text, is_empty, same};
use super::{Origin, Session};
use crate::definition::{CheckErrors, Kind, Trigger, TriggerKind};

impl Session {
    pub(super) fn answering(&self, node: NodeId) -> Option<&Answering> {
        self.nodes.get(node)?.answer.as_deref()
    }

    pub(super) fn answering_mut(&mut self, node: NodeId) -> &mut Answering {
        self.nodes[node].answer.get_or_insert_default()
    }

    /// The answer of a question.
    pub(super) fn value(&self, node: NodeId) -> Option<&Value> {
        self.at_place(&self.nodes.get(node)?.place, self.nodes[node].row)
    }

    fn at_place(&self, place: &Place, row: Option<(NodeId, usize)>) -> Option<&Value> {
        match place {
            Place::Nowhere => None,
            Place::Var(id) => self.values.get(*id),
            Place::Member { owner, name } => {
                let inside = match row {
                    Some((of, row)) if of == *owner => self.row_value(*owner, row)?,
                    _ => self.value(*owner)?,
                };
                inside.get(name)
            }
        }
    }

    /// The text of the comment or "other" field.
    pub(super) fn comment_text(&self, node: NodeId) -> String {
        self.comment_place(node)
            .and_then(|place| self.at_place(place, self.nodes[node].row))
            .map(super::values::as_text)
            .unwrap_or_default()
    }

    /// Where the text of the comment or "other" field stands.
    pub(super) fn comment_place(&self, node: NodeId) -> Option<&Place> {
        self.answering(node)?.comment.as_ref()
    }

    /// The named value in which the node's answer stands.
    pub(super) fn root_var(&self, node: NodeId) -> Option<VarId> {
        let mut at = node;
        loop {
            match (&self.nodes[at].place, &self.nodes[at].row) {
                (Place::Var(id), _) => return Some(*id),
                (Place::Member { owner, .. }, _) | (Place::Nowhere, Some((owner, _))) => {
                    at = *owner;
                }
                (Place::Nowhere, None) => return None,
            }
        }
    }

    /// Writes the answer of a question; true if it changed.
    pub(super) fn put(&mut self, node: NodeId, value: Option<Value>) -> bool {
        let place = self.nodes[node].place.clone();
        let row = self.nodes[node].row;
        let owner = match &place {
            Place::Member { owner, .. } => Some((*owner, self.value(*owner).is_some())),
            _ => None,
        };
        let changed = self.put_at(&place, row, value);
        if changed {
            if let Some((owner, was_answered)) = owner {
                self.touch_around(owner, was_answered);
            }
            let answer = self.answering_mut(node);
            answer.typed = None;
            answer.typed_upper = None;
            answer.unreadable = false;
            answer.away.clear();
            self.touch_whole(node);
            self.touch_sharing(node);
            self.sync_rows(node);
            self.touch_total(node);
        }
        changed
    }

    pub(super) fn put_comment(&mut self, node: NodeId, text: Option<String>) -> bool {
        let Some(place) = self.answering(node).and_then(|it| it.comment.clone()) else {
            return false;
        };
        let row = self.nodes[node].row;
        let value = text.filter(|it| !it.is_empty()).map(Value::Text);
        let changed = self.put_at(&place, row, value);
        if changed {
            self.touch(node);
        }
        changed
    }

    pub(super) fn clear_comment(&mut self, node: NodeId) {
        self.put_comment(node, None);
    }

    pub(super) fn put_at(
        &mut self,
        place: &Place,
        row: Option<(NodeId, usize)>,
        value: Option<Value>,
    ) -> bool {
        let value = value.filter(|it| !is_empty(it));
        match place {
            Place::Nowhere => false,
            Place::Var(id) => self.set_var(*id, value),
            Place::Member { owner, name } => {
                if self.at_place(place, row) == value.as_ref() {
                    return false;
                }
                let row = row.filter(|(of, _)| of == owner).map(|(_, row)| row);
                let whole = self.value(*owner).cloned();
                let whole = self.with_member(*owner, whole, row, name, value);
                let place = self.nodes[*owner].place.clone();
                let row = self.nodes[*owner].row;
                self.put_at(&place, row, whole)
            }
        }
    }

    /// An owner's whole answer with one member changed.
    fn with_member(
        &self,
        owner: NodeId,
        whole: Option<Value>,
        row: Option<usize>,
        name: &str,
        value: Option<Value>,
    ) -> Option<Value> {
        let Some(row) = row else {
            return Some(Value::Object(changed_member(whole, name, value)));
        };
        if self.is_list(owner) {
            let mut items = match whole {
                Some(Value::List(items)) => items,
                _ => Vec::new(),
            };
            let rows = self.answering(owner).map_or(0, |it| it.rows.len());
            while items.len() < rows.max(row + 1) {
                items.push(Value::Object(Object::new()));
            }
            if let Some(item) = items.get_mut(row) {
                let old = std::mem::take(item);
                *item = Value::Object(changed_member(Some(old), name, value));
            }
            return self.tidy_list(owner, items);
        }
        let label = self.row_label(owner, row);
        let mut object = match whole {
            Some(Value::Object(object)) => object,
            _ => Object::new(),
        };
        let inside = changed_member(object.get(&label).cloned(), name, value);
        if inside.is_empty() {
            object.remove(&label);
        } else {
            object.insert(label, Value::Object(inside));
        }
        Some(Value::Object(object))
    }

    /// A list of rows as it is stored: a matrix without any answer stores nothing, panels always
    /// do.
    pub(super) fn tidy_list(&self, owner: NodeId, items: Vec<Value>) -> Option<Value> {
        let is_matrix = self.nodes[owner]
            .question()
            .is_some_and(|it| matches!(it.kind, Kind::MatrixDynamic { .. }));
        if is_matrix && items.iter().all(is_empty) {
            return None;
        }
        Some(Value::List(items))
    }

    /// True if the answer is a list with one object per row.
    pub(super) fn is_list(&self, node: NodeId) -> bool {
        self.nodes[node].question().is_some_and(|it| {
            matches!(
                it.kind,
                Kind::MatrixDynamic { .. } | Kind::PanelDynamic { .. }
            )
        })
    }

    /// Stores a value under a name from outside: an answers file, a trigger, a link.
    pub(super) fn assign(&mut self, name: &str, value: Option<Value>) {
        let id = match self.values.exactly(name) {
            Some(id) => id,
            None => self.values.intern(name),
        };
        let asked_by = self.values.slot(id).asked_by.clone();
        let is_list = matches!(value, Some(Value::List(_)));
        let mut value = value.filter(|it| !is_empty(it));
        if self.origin != Origin::Draft {
            for &node in &asked_by {
                if !self.is_comment(node, id) {
                    self.fit_choices(node, &mut value);
                }
            }
        }
        let value = value.filter(|it| !is_empty(it));
        // What has not the shape of the question takes the place of no answer that has it.
        let replaces = |&node: &NodeId| {
            let fits = |it: &Value| self.has_shape(node, it);
            self.is_comment(node, id)
                || value.as_ref().is_none_or(fits)
                || !self.value(node).is_some_and(fits)
        };
        if !asked_by.iter().all(replaces) {
            return;
        }
        let is_nothing_new = value.is_none() && self.values.get(id).is_none();
        for &node in &asked_by {
            // An answer that is the default of the moment goes on following it.
            let question = self.nodes[node].question();
            let default = question.and_then(|it| it.default_value_expression.as_ref());
            let default = default.and_then(|it| self.answer_from(it, node));
            let is_default = matches!((&default, &value), (Some(a), Some(b)) if same(a, b));
            if let Some(answer) = self.nodes[node].answer.as_deref_mut() {
                answer.touched = !is_default && (answer.touched || !is_nothing_new);
                answer.by_hand = false;
                answer.unreadable = false;
                let typed = [answer.typed.take(), answer.typed_upper.take()];
                if typed.iter().any(Option::is_some) {
                    self.touch(node);
                }
            }
        }
        if self.set_var(id, value) {
            self.values.slot_mut(id).mask = asked_by
                .iter()
                .filter(|&&node| !self.is_comment(node, id))
                .find_map(|&node| self.mask(node));
            for node in asked_by {
                self.forget_typed(node);
                self.touch_whole(node);
                let rows = |it: &Self| it.answering(node).map_or(0, |it| it.rows.len());
                let before = rows(self);
                self.given = true;
                self.sync_rows(node);
                self.given = false;
                // As in the reference, panels and a single row are added; otherwise all rows of a
                // table are made anew. What nobody has seen is made later.
                let is_added = self.is_panels(node) || [before, before + 1].contains(&rows(self));
                let was_made = self.was_made(node);
                self.whole = Some((node, was_made));
                if self.is_panels(node)
                    && !self.is_read_inside(node)
                    && !self.is_reached(node)
                    && !self.answering(node).is_some_and(|it| it.made)
                {
                    self.answering_mut(node).given = rows(self);
                }
                self.answering_mut(node).made |= self.checks_at_once();
                if self.is_read_inside(node) || (self.is_panels(node) && self.is_reached(node)) {
                    let from = if is_added { before } else { 0 };
                    if let Origin::Named(..) = self.origin {
                        self.origin = Origin::Named(node, from);
                    }
                }
                // No rows in place of fields leave them empty.
                let is_odd = is_list && !self.is_list(node);
                if let Origin::Named(..) = self.origin
                    && self.is_list(node)
                    && self.value(node).is_none()
                    && !(self.is_panels(node) && self.is_reached(node))
                {
                    self.start_rows(node);
                }
                if self.origin != Origin::Draft && !is_odd {
                    self.fill_inside(node, !is_added, before);
                }
            }
        }
    }

    /// Whether, as in the reference, the rows of a table or group were made before they were
    /// answered.
    pub(super) fn was_made(&self, node: NodeId) -> bool {
        let is_indexed = self.root_var(node).is_some_and(|it| {
            let slot = self.values.slot(it);
            let triggers = slot.watchers.iter().any(|it| it.phase == Phase::Trigger);
            slot.is_indexed && (triggers || self.is_reached(node))
        });
        is_indexed
            || self.checks_at_once()
            || self.is_read_inside(node)
            || (self.is_panels(node) && self.is_reached(node))
    }

    /// Whether an answer is checked as soon as it is given: rows are made for that.
    fn checks_at_once(&self) -> bool {
        self.survey.check_errors_mode == CheckErrors::OnValueChanged || self.asks_for_right()
    }

    /// Whether a trigger waits for right answers: what is not offered is none.
    fn asks_for_right(&self) -> bool {
        let asks =
            |it: &Trigger| matches!(it.kind, TriggerKind::Complete | TriggerKind::Skip { .. });
        self.survey.triggers.iter().any(asks)
    }

    /// What an answer given as a whole leaves to be filled in: as many rows as are counted, defaults
    /// that are computed, and, as in the reference, all defaults of panels that nobody has seen yet.
    #[inline(never)]
    fn fill_inside(&mut self, node: NodeId, makes_anew: bool, before: usize) {
        let is_reached = self.is_reached(node);
        let was_made = self.whole.is_some_and(|it| it.1);
        if self.is_counted(node)
            && let Some(question) = self.nodes[node].question().cloned()
        {
            self.evaluate_count(node, &question, Some(0.0));
        }
        if self
            .value(node)
            .is_some_and(|it| !matches!(it, Value::List(_) | Value::Object(_)))
        {
            return;
        }
        let mut stack = self.inner(node);
        while let Some(at) = stack.pop() {
            stack.extend(self.nodes[at].children.iter());
            stack.extend(self.inner(at));
            let row = self.nodes[at].row;
            // Totals of panels that come with answers are as they came until they change.
            if self.has_totals(at) && row.is_some_and(|it| !was_made || it.1 >= before) {
                let totals = was_made.then(|| self.totals_of(at));
                self.answering_mut(at).total = totals;
            }
            let Some(question) = self.nodes[at].question() else {
                continue;
            };
            let is_computed = question.default_value_expression.is_some();
            let is_new = row.is_some_and(|(owner, _)| {
                let is_table = !self.columns(owner).is_empty();
                (!self.is_read_inside(owner) || (makes_anew && owner == node))
                    && (is_table || (self.is_panels(owner) && !is_reached && self.is_shown(owner)))
            });
            let is_answered = self.value(at).is_some();
            if is_computed {
                self.answering_mut(at).touched = is_answered;
                if !is_answered {
                    self.pending.insert(at_node(at, What::Default));
                }
            } else if is_new && !is_answered {
                self.set_default(at);
            }
        }
    }

    /// What a value set from outside becomes as an answer with choices. Beside a special choice,
    /// what another question does not hand on is taken away; of several chosen things, the first
    /// that is none of the choices is what "other" means.
    fn fit_choices(&mut self, node: NodeId, value: &mut Option<Value>) {
        let Some(question) = self.nodes[node].question().cloned() else {
            return;
        };
        let Some(choices) = super::tree::choices_of(&question) else {
            return;
        };
        let offers = self.offers(node);
        let is_offered = |it: &Value| offers.iter().any(|offer| same(&offer.value, it));
        let mut other_text = None;
        if let Some(Value::List(chosen)) = value
            && let Kind::Multiple {
                value_property_name: None,
                ..
            } = &question.kind
            && choices.other.is_some()
            && self.keeps_other_apart(node)
            && !chosen.iter().any(|it| it.as_str() == Some(OTHER))
            && has_ordinary(&offers)
        {
            let own = match choices.carry_forward {
                None => &choices.items[..],
                Some(_) => &[],
            };
            let is_known =
                |it: &Value| is_offered(it) || own.iter().any(|own| same(&own.value, it));
            let unknown = chosen.iter_mut().find(|it| !is_known(it));
            if let Some(value) = unknown {
                other_text = Some(std::mem::replace(value, OTHER.into()));
            }
        }
        let mut away = Vec::new();
        let special = [
            &choices.none,
            &choices.refuse,
            &choices.dont_know,
            &choices.select_all,
        ];
        // A ranking keeps to what is offered by itself.
        if choices.carry_forward.is_some()
            && special.iter().any(|it| it.is_some())
            && !matches!(question.kind, Kind::Ranking { .. })
        {
            match value {
                Some(Value::List(chosen)) => {
                    away = chosen.extract_if(.., |it| !is_offered(it)).collect();
                    if !away.is_empty() {
                        drop_exclusive(&offers, chosen);
                    }
                }
                Some(one) if choices.other.is_none() && !is_offered(one) => *value = None,
                _ => {}
            }
        }
        if other_text.is_some() {
            away.clear();
            if self.comment_text(node).is_empty()
                && let Some(place) = self.answering(node).and_then(|it| it.comment.clone())
            {
                let row = self.nodes[node].row;
                self.put_at(&place, row, other_text);
            }
        }
        self.answering_mut(node).away = away;
        if self.asks_for_right()
            && let Some(given) = value.take()
        {
            *value = self.known_choices(node, &question, given);
        }
    }

    /// What formulas see in place of an answer that was given by name.
    fn mask(&self, node: NodeId) -> Option<Value> {
        let question = self.nodes[node].question()?;
        match (&question.kind, self.value(node)?) {
            (Kind::Comment { .. }, Value::List(items)) => {
                let words: Vec<String> = items.iter().map(as_text).collect();
                Some(words.join(",").into())
            }
            (Kind::Matrix { .. } | Kind::MultipleText { .. }, _) => None,
            (_, value) if !self.has_shape(node, value) => Some(Value::Null),
            (_, value @ (Value::Text(_) | Value::Number(_))) if is_multiple(question) => {
                Some(Value::List(vec![value.clone()]))
            }
            _ => self.stands_for_other(node).then(|| OTHER.into()),
        }
    }

    /// Whether a value is what the question stores: rows, panels or fields where it has any.
    pub(super) fn has_shape(&self, node: NodeId, value: &Value) -> bool {
        match self.nodes[node].question().map(|it| &it.kind) {
            Some(Kind::Matrix { .. } | Kind::MatrixDropdown { .. } | Kind::MultipleText { .. }) => {
                value.as_object().is_some()
            }
            Some(Kind::MatrixDynamic { .. } | Kind::PanelDynamic { .. }) => {
                value.as_list().is_some()
            }
            _ => true,
        }
    }

    /// True if a single answer is none of the choices and "other" is one of them.
    pub(super) fn stands_for_other(&self, node: NodeId) -> bool {
        let Some(question) = self.nodes[node].question() else {
            return false;
        };
        matches!(&question.kind, Kind::Single { choices, .. } if choices.other.is_some())
            && self.keeps_other_apart(node)
            && self.value(node).is_some_and(|value| {
                let offers = self.offers(node);
                has_ordinary(&offers) && !is_known(&offers, value)
            })
    }

    /// Marks a node as looking different.
    pub(super) fn touch(&mut self, node: NodeId) {
        let node = &self.nodes[node];
        if matches!(node.body, Body::Page(_)) {
            self.changed.outline = true;
        } else {
            self.changed.keys.insert(Rc::clone(&node.key));
        }
    }

    /// Marks the question around a cell or field.
    pub(super) fn touch_owner(&mut self, node: NodeId) {
        if let Some((owner, _)) = self.nodes[node].row {
            self.touch(owner);
        } else if let Place::Member { owner, .. } = self.nodes[node].place {
            self.touch(owner);
        } else if let Some(parent) = self.nodes[node].parent
            && self.nodes[parent].question().is_some()
        {
            self.touch(parent);
        }
    }

    /// Forgets what stands in fields inside a question without being its answer.
    pub(super) fn forget_typed(&mut self, node: NodeId) {
        let mut stack = self.inner(node);
        while let Some(at) = stack.pop() {
            stack.extend(self.nodes[at].children.iter());
            stack.extend(self.inner(at));
            if let Some(answer) = self.nodes[at].answer.as_deref_mut() {
                answer.typed = None;
                answer.typed_upper = None;
                answer.unreadable = false;
            }
            self.touch(at);
        }
    }

    /// Marks a question with everything inside it.
    fn touch_whole(&mut self, node: NodeId) {
        let mut stack = vec![node];
        while let Some(at) = stack.pop() {
            self.touch(at);
            stack.extend(self.nodes[at].children.iter());
            stack.extend(self.inner(at));
        }
    }

    /// Marks a question around a changed cell where that shows: whether it is answered, and, once
    /// messages are shown, what is wrong with it and with the other cells.
    fn touch_around(&mut self, owner: NodeId, was_answered: bool) {
        if self.nodes[owner].checked {
            self.touch_whole(owner);
        } else if was_answered != self.value(owner).is_some() {
            self.touch(owner);
        }
        if let Place::Member { owner: above, .. } = self.nodes[owner].place {
            self.touch(above);
        }
    }

    /// Marks other questions that show the same value.
    fn touch_sharing(&mut self, node: NodeId) {
        let Some(id) = self.root_var(node) else {
            return;
        };
        let asked_by = &self.values.slot(id).asked_by;
        if asked_by.len() > 1 {
            for other in asked_by.clone() {
                if other != node {
                    self.touch_whole(other);
                    self.sync_rows(other);
                }
            }
        }
    }

    /// Marks the table whose totals a cell feeds.
    fn touch_total(&mut self, node: NodeId) {
        if let Some((owner, _)) = self.nodes[node].row
            && self.has_totals(owner)
        {
            self.touch(owner);
        }
    }

    /// Nodes directly inside a question: fields, cells, contents of panels, below choices.
    pub(super) fn inner(&self, node: NodeId) -> Vec<NodeId> {
        let Some(answer) = self.answering(node) else {
            return Vec::new();
        };
        let rows = answer
            .rows
            .iter()
            .flat_map(|row| row.cells.iter().chain(&row.items));
        answer
            .fields
            .iter()
            .chain(answer.below.iter().map(|(_, below)| below))
            .chain(rows)
            .copied()
            .collect()
    }
}

fn changed_member(whole: Option<Value>, name: &str, value: Option<Value>) -> Object {
    let mut object = match whole {
        Some(Value::Object(object)) => object,
        _ => Object::new(),
    };
    match value {
        Some(value) => object.insert(name, value),
        None => {
            object.remove(name);
        }
    }
    object
}
