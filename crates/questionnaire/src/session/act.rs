//! What each event does to the answers.

use json::Value;

use super::event::{Changed, Event, Key};
use super::offer::{OTHER, Offer, Sort};
use super::tree::{NodeId, choices_of, is_multiple};
use super::values::{as_text, same};
use super::view::Stage;
use super::{Origin, Session};
use crate::definition::{CheckErrors, InputType, Kind, Question};

impl Session {
    pub(super) fn act(&mut self, event: Event, changed: &mut Changed) {
        self.origin = match event {
            Event::SetValue(..) => Origin::Named(usize::MAX, 0),
            _ => Origin::Page,
        };
        match event {
            Event::Next => self.next(changed),
            Event::Back => self.back(changed),
            Event::GoTo(key) => self.go_to(&key, changed),
            Event::Review => self.review_all(changed),
            Event::Complete => self.complete(changed),
            Event::Reopen => self.reopen(changed),
            Event::Language(language) => self.speak(language, changed),
            Event::Assist(on) => self.assist(on),
            Event::SetValue(name, value) => self.assign(&name, Some(value)),
            Event::Fold(key, open) => self.fold(&key, open),
            event => self.answer(event, changed),
        }
        self.settle();
        self.follow_skip(changed);
    }

    fn speak(&mut self, language: String, changed: &mut Changed) {
        self.environment.language = language;
        self.pending.extend(self.unbound.iter().copied());
        changed.outline = true;
        self.touch_all();
    }

    fn assist(&mut self, on: bool) {
        self.assisted = on;
        self.touch_all();
    }

    fn touch_all(&mut self) {
        for node in 0..self.nodes.len() {
            if self.nodes[node].alive {
                self.touch(node);
            }
        }
    }

    fn fold(&mut self, key: &Key, open: bool) {
        if let Some((owner, at)) = self.row_at_key(key) {
            let single = match self.nodes[owner].question().map(|it| &it.kind) {
                Some(Kind::MatrixDropdown { detail, .. } | Kind::MatrixDynamic { detail, .. }) => {
                    detail.single
                }
                _ => false,
            };
            for (index, row) in self.answering_mut(owner).rows.iter_mut().enumerate() {
                if index == at {
                    row.open = open;
                } else if single && open {
                    row.open = false;
                }
            }
            self.touch(owner);
            return;
        }
        let named = self.containers.get(key).or_else(|| self.keys.get(key));
        if let Some(&node) = named
            && self.nodes[node].open.is_some()
        {
            self.nodes[node].open = Some(open);
            self.touch(node);
        }
    }

    fn answer(&mut self, event: Event, changed: &mut Changed) {
        let (Event::Choose(key, _)
        | Event::Toggle(key, ..)
        | Event::ChooseCell { key, .. }
        | Event::ToggleCell { key, .. }
        | Event::Type(key, _)
        | Event::TypeUpper(key, _)
        | Event::Comment(key, _)
        | Event::ChoiceComment(key, ..)
        | Event::Leave(key)
        | Event::Rank(key, ..)
        | Event::Add(key, _)
        | Event::Remove(key, _)
        | Event::UndoRemove(key)
        | Event::MoveRow { key, .. }
        | Event::Clear(key)) = &event
        else {
            return;
        };
        let Some(&node) = self.keys.get(key) else {
            return;
        };
        let Some(question) = self.nodes[node].question().cloned() else {
            return;
        };
        let computed = matches!(question.kind, Kind::Expression { .. });
        if computed || self.stage == Stage::Completed || !self.is_enabled(node) {
            return;
        }
        let was_answered = self.value(node).is_some();
        // Whoever only passes through a field has changed nothing there.
        if !matches!(event, Event::Leave(_)) {
            self.answering_mut(node).touched = true;
        }
        match event {
            Event::Choose(_, value) => self.choose(node, &question, value),
            Event::Toggle(_, value, on) => self.toggle(node, &question, &value, on),
            Event::ChooseCell { row, column, .. } => self.choose_cell(node, &row, column),
            Event::ToggleCell {
                row, column, on, ..
            } => self.toggle_cell(node, &question, &row, column, on),
            Event::Type(_, text) => self.type_text(node, &question, text),
            Event::TypeUpper(_, text) => self.type_upper(node, &question, text),
            Event::Comment(_, text) => self.comment(node, text),
            Event::ChoiceComment(_, value, text) => {
                let name = self.choice_comment_name(node, &value);
                self.assign(&name, Some(Value::Text(text)));
                self.touch(node);
            }
            Event::Leave(_) => self.leave(node),
            Event::Rank(_, value, to) => self.rank(node, &value, to),
            Event::Add(_, after) => changed.focus = self.add_row(node, after),
            Event::Remove(_, at) => changed.focus = self.remove_row(node, at),
            Event::UndoRemove(_) => changed.focus = self.undo_remove(node),
            Event::MoveRow { from, to, .. } => self.move_row(node, from, to),
            Event::Clear(_) => self.clear(node),
            _ => {}
        }
        if self.survey.check_errors_mode == CheckErrors::OnValueChanged
            && self.value(node).is_some()
            && !self.nodes[node].checked
        {
            self.nodes[node].checked = true;
            self.touch(node);
        }
        if was_answered != self.value(node).is_some()
            && self.survey.progress_bar_type != crate::definition::ProgressBy::Pages
        {
            changed.outline = true;
        }
    }

    fn choose(&mut self, node: NodeId, question: &Question, value: Value) {
        if let Kind::ImagePicker {
            multi_select: true, ..
        } = question.kind
        {
            self.toggle(node, question, &value, true);
            return;
        }
        let is_other = value.as_str() == Some(OTHER)
            && choices_of(question).is_some_and(|it| it.other.is_some());
        if is_other && !self.keeps_other_apart(node) {
            self.answering_mut(node).other = true;
            self.put(node, None);
            self.touch(node);
            return;
        }
        self.answering_mut(node).other = false;
        if !is_other && !question.show_comment_area {
            self.clear_comment(node);
        }
        let value = match &question.kind {
            Kind::Single { .. } | Kind::ImagePicker { .. } | Kind::Rating { .. } => {
                let offers = self.offers(node);
                let offer = offers.iter().find(|it| same(&it.value, &value));
                match offer {
                    Some(offer) if !offer.enabled => return,
                    Some(offer) => offer.value.clone().into_owned(),
                    None => return,
                }
            }
            Kind::Boolean {
                value_true,
                value_false,
                ..
            } => {
                if same(&value, value_true) {
                    value_true.clone()
                } else if same(&value, value_false) {
                    value_false.clone()
                } else {
                    return;
                }
            }
            _ => value,
        };
        self.put(node, Some(value));
        self.touch(node);
    }

    /// Switches one of several choices; exclusive ones stand alone, and there are never more than
    /// `maxSelectedChoices`.
    fn toggle(&mut self, node: NodeId, question: &Question, value: &Value, on: bool) {
        if !is_multiple(question) {
            return;
        }
        if value.as_str() == Some("all")
            && choices_of(question).is_some_and(|it| it.select_all.is_some())
            && !self.offers(node).iter().any(|it| same(&it.value, value))
        {
            self.select_every(node, on);
            return;
        }
        let property = self.value_property(node).map(str::to_owned);
        let bare = |stored: &Value| match &property {
            Some(name) => stored.get(name).cloned().unwrap_or(Value::Null),
            None => stored.clone(),
        };
        let offers = self.offers(node);
        let Some(offer) = offers.iter().find(|it| same(&it.value, value)) else {
            return;
        };
        if on && !offer.enabled {
            return;
        }
        let exclusive = offer.exclusive();
        let is_other = offer.sort == Sort::Other;
        let mut chosen = self.chosen(node);
        chosen.retain(|it| !same(&bare(it), value));
        if on {
            if exclusive {
                chosen.clear();
            } else {
                let exclusives: Vec<Value> = offers
                    .iter()
                    .filter(|it| Offer::exclusive(it))
                    .map(|it| it.value.clone().into_owned())
                    .collect();
                chosen.retain(|it| !exclusives.iter().any(|other| same(other, &bare(it))));
            }
            let limit = max_selected(question);
            if limit > 0 && chosen.len() >= limit {
                return;
            }
            let stored = offer.value.clone().into_owned();
            chosen.push(match &property {
                Some(name) => Value::Object([(name.clone(), stored)].into_iter().collect()),
                None => stored,
            });
        }
        let has_other = chosen.iter().any(|it| bare(it).as_str() == Some(OTHER));
        if (is_other && !on) || (exclusive && on && !has_other) {
            let keeps = question.show_comment_area;
            if !keeps {
                self.clear_comment(node);
            }
        }
        self.put(node, Some(Value::List(chosen)));
        self.touch(node);
    }

    fn select_every(&mut self, node: NodeId, on: bool) {
        let all = self
            .offers(node)
            .into_iter()
            .filter(|it| on && it.enabled && matches!(it.sort, Sort::Own(_) | Sort::Carried))
            .filter(|it| !it.exclusive())
            .map(|it| it.value.into_owned())
            .collect();
        self.put(node, Some(Value::List(all)));
        self.touch(node);
    }

    fn choose_cell(&mut self, node: NodeId, row: &Value, column: Value) {
        self.put_cell(node, row, Some(column));
    }

    fn toggle_cell(
        &mut self,
        node: NodeId,
        question: &Question,
        row: &Value,
        column: Value,
        on: bool,
    ) {
        let Kind::Matrix { columns, .. } = &question.kind else {
            return;
        };
        let is_exclusive = |value: &Value| {
            columns
                .iter()
                .any(|it| it.is_exclusive && same(&it.value, value))
        };
        let mut chosen = match self.value(node).and_then(|it| it.get(&as_text(row))) {
            Some(Value::List(items)) => items.clone(),
            Some(one) => vec![one.clone()],
            None => Vec::new(),
        };
        chosen.retain(|it| !same(it, &column));
        if on {
            if is_exclusive(&column) {
                chosen.clear();
            } else {
                chosen.retain(|it| !is_exclusive(it));
            }
            chosen.push(column);
        }
        self.put_cell(node, row, Some(Value::List(chosen)));
    }

    fn put_cell(&mut self, node: NodeId, row: &Value, value: Option<Value>) {
        let Some(question) = self.nodes[node].question() else {
            return;
        };
        let Kind::Matrix { base, .. } = &question.kind else {
            return;
        };
        let standing = base
            .rows
            .iter()
            .position(|it| same(&it.value, row))
            .map(|at| {
                self.answering(node)
                    .and_then(|it| it.items.get(at))
                    .copied()
                    .unwrap_or_default()
            });
        if standing.is_none_or(|it| !it.visible || !it.enabled) {
            return;
        }
        let mut whole = match self.value(node) {
            Some(Value::Object(object)) => object.clone(),
            _ => json::Object::new(),
        };
        let name = as_text(row);
        match value.filter(|it| !super::values::is_empty(it)) {
            Some(value) => whole.insert(name, value),
            None => {
                whole.remove(&name);
            }
        }
        self.put(node, Some(Value::Object(whole)));
        self.touch(node);
    }

    pub(super) fn type_text(&mut self, node: NodeId, question: &Question, text: String) {
        self.answering_mut(node).by_hand = true;
        let kind = match &question.kind {
            Kind::Text { field } => field.input_type,
            Kind::Comment { .. } => InputType::Text,
            Kind::Slider { range, .. } => {
                self.type_bound(node, *range, false, text);
                return;
            }
            _ => return,
        };
        if text.trim().is_empty() {
            let answer = self.answering_mut(node);
            let had = answer.typed.take().is_some();
            answer.unreadable = false;
            self.put(node, None);
            if had {
                self.touch(node);
            }
            return;
        }
        let value = match kind {
            InputType::Number | InputType::Range => super::typed::number(&text).map(Value::Number),
            kind => super::typed::moment(kind, &text).map(Value::Text),
        };
        if let Some(value) = value {
            self.put(node, Some(value));
            // What was typed stays until the field is left, so that it does not change under
            // the fingers.
            let keeps = kind != InputType::Text;
            let answer = self.answering_mut(node);
            if answer.unreadable || (keeps && answer.typed.as_ref() != Some(&text)) {
                answer.unreadable = false;
                answer.typed = keeps.then_some(text);
                self.touch(node);
            }
        } else {
            self.put(node, None);
            let answer = self.answering_mut(node);
            answer.typed = Some(text);
            answer.unreadable = true;
            self.touch(node);
        }
    }

    fn type_upper(&mut self, node: NodeId, question: &Question, text: String) {
        if let Kind::Slider { range: true, .. } = question.kind {
            self.type_bound(node, true, true, text);
        }
    }

    /// One of a slider's values; what lies outside its bounds or between its steps is told like any
    /// other number, and not changed under the fingers.
    fn type_bound(&mut self, node: NodeId, range: bool, upper: bool, text: String) {
        let Some(number) = super::typed::number(&text) else {
            let answer = self.answering_mut(node);
            let slot = if upper {
                &mut answer.typed_upper
            } else {
                &mut answer.typed
            };
            *slot = Some(text.clone()).filter(|it| !it.trim().is_empty());
            answer.unreadable = slot.is_some();
            if text.trim().is_empty() && !range {
                self.put(node, None);
            }
            self.touch(node);
            return;
        };
        let (min, max) = self.bounds(node);
        let bound = |value: &Option<Value>| value.as_ref().and_then(super::rows::as_number);
        let least = bound(&min).unwrap_or(f64::MIN);
        let greatest = bound(&max).unwrap_or(f64::MAX);
        let value = if range {
            let (low, high) = match self.value(node) {
                Some(Value::List(items)) => (
                    items.first().and_then(super::rows::as_number),
                    items.get(1).and_then(super::rows::as_number),
                ),
                _ => (None, None),
            };
            let (low, high) = if upper {
                (low.unwrap_or(least).min(number), number)
            } else {
                (number, high.unwrap_or(greatest).max(number))
            };
            Value::List(vec![Value::Number(low), Value::Number(high)])
        } else {
            Value::Number(number)
        };
        let answer = self.answering_mut(node);
        let (own, other) = if upper {
            (&mut answer.typed_upper, &mut answer.typed)
        } else {
            (&mut answer.typed, &mut answer.typed_upper)
        };
        (*own, *other) = (Some(text), None);
        answer.unreadable = false;
        self.put(node, Some(value));
        self.touch(node);
    }

    fn comment(&mut self, node: NodeId, text: String) {
        if self.other_chosen(node) && !self.keeps_other_apart(node) {
            self.put_raw_other(node, &text);
            return;
        }
        self.put_comment(node, Some(text));
    }

    fn leave(&mut self, node: NodeId) {
        let answer = self.answering_mut(node);
        let shown_anew = answer.unreadable;
        if !answer.unreadable {
            let (lower, upper) = (answer.typed.take(), answer.typed_upper.take());
            if lower.is_some() || upper.is_some() {
                self.touch(node);
            }
        }
        if shown_anew {
            self.nodes[node].checked = true;
            self.touch(node);
        }
    }

    /// Puts a ranked thing in its place.
    fn rank(&mut self, node: NodeId, value: &Value, to: Option<usize>) {
        let Some(question) = self.nodes[node].question() else {
            return;
        };
        let Kind::Ranking {
            select_to_rank,
            max_selected,
            ..
        } = question.kind
        else {
            return;
        };
        let offered: Vec<Value> = self
            .offers(node)
            .into_iter()
            .map(|it| it.value.into_owned())
            .collect();
        if !offered.iter().any(|it| same(it, value)) {
            return;
        }
        let mut order = self.chosen(node);
        if order.is_empty() && !select_to_rank {
            order = offered;
        }
        order.retain(|it| !same(it, value));
        if let Some(to) = to {
            let limit = usize::try_from(max_selected).unwrap_or(usize::MAX);
            if limit > 0 && order.len() >= limit && select_to_rank {
                return;
            }
            order.insert(to.min(order.len()), value.clone());
        } else if !select_to_rank {
            return;
        }
        self.put(node, Some(Value::List(order)));
        self.touch(node);
    }

    fn clear(&mut self, node: NodeId) {
        let answer = self.answering_mut(node);
        answer.other = false;
        answer.typed = None;
        answer.typed_upper = None;
        answer.unreadable = false;
        self.put(node, None);
        self.clear_comment(node);
        self.forget_typed(node);
        self.touch(node);
    }
}

fn max_selected(question: &Question) -> usize {
    match question.kind {
        Kind::Multiple { max_selected, .. } | Kind::Ranking { max_selected, .. } => {
            usize::try_from(max_selected).unwrap_or(0)
        }
        _ => 0,
    }
}
