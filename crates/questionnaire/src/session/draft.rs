//! Drafts: a session put away and taken up again.

use std::rc::Rc;

use json::{Object, Value};

use super::tree::NodeId;
use super::values::Standing::Apart;
use super::view::Stage;
use super::{Origin, Session};
use crate::definition::Kind;

const FORMAT: &str = "kuuluu-draft/1";

impl Session {
    pub(super) fn put_away(&self) -> Value {
        let mut draft = Object::new();
        draft.insert("format", FORMAT.into());
        let identity = &self.survey.kuuluu;
        draft.insert("survey", identity.id.as_deref().unwrap_or_default().into());
        draft.insert(
            "version",
            identity.version.as_deref().unwrap_or_default().into(),
        );
        draft.insert("seed", self.environment.seed.to_string().into());
        draft.insert("language", self.environment.language.as_str().into());
        if let Some(page) = self.structure().page {
            draft.insert("page", page.as_ref().into());
        }
        if let Ok(first) = u32::try_from(self.first) {
            draft.insert("first", f64::from(first).into());
        }
        draft.insert("review", (self.stage == Stage::Review).into());
        draft.insert("assisted", self.assisted.into());
        let variables: Object = (self.values.ids())
            .filter(|id| self.values.slot(*id).standing == Apart && !self.calculated.contains(id))
            .filter_map(|id| {
                let slot = self.values.slot(id);
                Some((slot.name.to_string(), slot.value.clone()?))
            })
            .collect();
        draft.insert("variables", Value::Object(variables));
        draft.insert("answers", Value::Object(self.values.data(|_| true)));
        let empty: Vec<Value> = (self.values.ids().map(|id| self.values.slot(id)))
            .filter(|slot| slot.value.is_none() && !slot.asked_by.is_empty())
            .map(|slot| Value::from(&*slot.name))
            .collect();
        draft.insert("empty", empty.into());
        let touched = self
            .nodes
            .iter()
            .filter(|it| it.alive && it.answer.as_ref().is_some_and(|it| it.touched))
            .map(|it| Value::from(it.key.as_ref()))
            .collect::<Vec<_>>();
        draft.insert("touched", touched.into());
        // The last rows, where they have no answer, are not among the answers.
        let blank: Object = (0..self.nodes.len())
            .filter(|&it| self.nodes[it].alive && self.is_list(it))
            .filter_map(|it| {
                let stored = self.value(it).and_then(Value::as_list).map(<[Value]>::len);
                let rows = self.answering(it).map_or(0, |it| it.rows.len());
                let count = u32::try_from(rows).ok()?;
                (stored != Some(rows)).then(|| {
                    let key = self.nodes[it].key.to_string();
                    (key, Value::from(f64::from(count)))
                })
            })
            .collect();
        draft.insert("rows", Value::Object(blank));
        // What a trigger shows or hides stays so, whatever its own condition.
        let shown: Object = (self.shown_by_triggers().into_iter())
            .map(|it| {
                let node = &self.nodes[it];
                (node.key.to_string(), node.visible.into())
            })
            .collect();
        draft.insert("shown", Value::Object(shown));
        let away: Object = (self.nodes.iter().filter(|it| it.alive))
            .filter_map(|it| Some((it, it.answer.as_ref()?)))
            .filter(|(_, answer)| !answer.away.is_empty())
            .map(|(it, answer)| (it.key.to_string(), Value::List(answer.away.clone())))
            .collect();
        draft.insert("away", Value::Object(away));
        let unreadable: Object = (self.nodes.iter().filter(|it| it.alive))
            .filter_map(|it| Some((it, it.answer.as_ref()?)))
            .filter(|(_, answer)| answer.unreadable)
            .filter_map(|(it, answer)| {
                let typed = answer.typed.as_deref()?;
                Some((it.key.to_string(), Value::from(typed)))
            })
            .collect();
        draft.insert("unreadable", Value::Object(unreadable));
        Value::Object(draft)
    }

    pub(super) fn take_up(&mut self, draft: &Value) -> Vec<String> {
        let text = |name: &str| draft.get(name).and_then(Value::as_str);
        let identity = self.survey.kuuluu.id.as_deref().unwrap_or_default();
        if text("format") != Some(FORMAT) || text("survey") != Some(identity) {
            return vec!["draft".to_owned()];
        }
        let seed = text("seed").and_then(|it| it.parse().ok());
        if let Some(seed) = seed
            && seed != self.environment.seed
        {
            let mut environment = self.environment.clone();
            environment.seed = seed;
            *self = Self::start(Rc::clone(&self.survey), environment);
        }
        self.assisted = draft.get("assisted").and_then(Value::as_bool) == Some(true);
        self.origin = Origin::Draft;
        let mut left_out = Vec::new();
        let variables = draft.get("variables").and_then(Value::as_object);
        for (name, value) in variables.into_iter().flat_map(Object::iter) {
            if self.is_written(name) {
                let id = self.values.intern(name);
                if self.values.slot(id).asked_by.is_empty() {
                    self.values.slot_mut(id).standing = Apart;
                    self.set_var(id, Some(value.clone()));
                }
            }
        }
        if let Some(answers) = draft.get("answers").and_then(Value::as_object) {
            for (name, value) in answers.iter() {
                let id = match self.values.exactly(name) {
                    Some(id) => id,
                    None if self.is_written(name) => self.values.intern(name),
                    None => {
                        left_out.push(name.to_owned());
                        continue;
                    }
                };
                let asked_by = self.values.slot(id).asked_by.clone();
                let fits = asked_by.is_empty()
                    || self.values.get(id) == Some(value)
                    || asked_by.iter().any(|&node| self.fits(node, name, value));
                if fits {
                    self.assign(name, Some(value.clone()));
                    for &node in &asked_by {
                        if !self.columns(node).is_empty() {
                            self.draw_table(node);
                        }
                    }
                    self.settle();
                } else {
                    left_out.push(name.to_owned());
                }
            }
        }
        self.take_up_touched(draft);
        self.origin = Origin::Page;
        let mut changed = super::Changed::default();
        if let Some(page) = text("page") {
            self.go_to(&page.into(), &mut changed);
        }
        if let Some(first) = draft.get("first").and_then(Value::as_f64) {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "beyond the last screen, none has been reached"
            )]
            let first = first as usize;
            self.first = self.first.min(first);
        }
        if draft.get("review").and_then(Value::as_bool) == Some(true) {
            self.show_review(&mut changed);
        }
        self.changed = super::Changed::default();
        left_out
    }

    /// What is not among the answers: what was touched, rows without an answer, chosen things that
    /// are not offered at the moment, and what was typed and cannot be read.
    fn take_up_touched(&mut self, draft: &Value) {
        // Taking answers up is no touch.
        for answer in self.nodes.iter_mut().filter_map(|it| it.answer.as_mut()) {
            answer.touched = false;
        }
        let touched = draft.get("touched").and_then(Value::as_list);
        for key in touched.unwrap_or_default().iter().filter_map(Value::as_str) {
            if let Some(&node) = self.keys.get(key) {
                let answer = self.answering_mut(node);
                (answer.touched, answer.by_hand) = (true, true);
            }
        }
        self.take_up_rows(draft);
        // What was emptied stays empty, whatever its default; what is new since then keeps its own.
        let empty = draft.get("empty").and_then(Value::as_list);
        for name in empty.unwrap_or_default().iter().filter_map(Value::as_str) {
            if let Some(id) = self.values.exactly(name) {
                self.set_var(id, None);
            }
        }
        self.settle();
        for node in self.shown_by_triggers() {
            let shown = draft
                .get("shown")
                .and_then(|it| it.get(&self.nodes[node].key));
            if let Some(Value::Bool(shown)) = shown {
                self.nodes[node].visible = *shown;
            }
        }
        let away = draft.get("away").and_then(Value::as_object);
        for (key, values) in away.into_iter().flat_map(Object::iter) {
            if let (Some(&node), Some(values)) = (self.keys.get(key), values.as_list()) {
                self.answering_mut(node).away = values.to_vec();
            }
        }
        // What was typed and is no answer stands there again, with what is wrong.
        let unreadable = draft.get("unreadable").and_then(Value::as_object);
        for (key, typed) in unreadable.into_iter().flat_map(Object::iter) {
            if let (Some(&node), Some(typed)) = (self.keys.get(key), typed.as_str())
                && let Some(question) = self.nodes[node].question().cloned()
                && matches!(question.kind, Kind::Text { .. })
            {
                self.type_text(node, &question, typed.to_owned());
                self.nodes[node].checked = true;
            }
        }
    }

    fn take_up_rows(&mut self, draft: &Value) {
        let rows = draft.get("rows").and_then(Value::as_object);
        for (key, count) in rows.into_iter().flat_map(Object::iter) {
            if let (Some(&node), Some(count)) = (self.keys.get(key), count.as_f64())
                && self.is_list(node)
            {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "limited by what makes the rows"
                )]
                self.shape_rows(node, count as usize);
            }
        }
    }

    /// Whether a trigger stores something under a name that no question has.
    fn is_written(&self, name: &str) -> bool {
        use crate::definition::TriggerKind as K;
        self.survey.triggers.iter().any(|it| match &it.kind {
            K::SetValue { to, .. }
            | K::CopyValue { to, .. }
            | K::RunExpression { to: Some(to), .. } => to == name,
            _ => false,
        })
    }

    /// Whether a stored value has the shape that the question stores now.
    fn fits(&self, node: NodeId, name: &str, value: &Value) -> bool {
        use crate::definition::Kind;
        let Some(question) = self.nodes[node].question() else {
            return false;
        };
        let own = question.value_name.as_deref().unwrap_or(&question.name);
        if own != name {
            return matches!(value, Value::Text(_));
        }
        match &question.kind {
            Kind::Multiple { .. }
            | Kind::Ranking { .. }
            | Kind::MatrixDynamic { .. }
            | Kind::PanelDynamic { .. } => matches!(value, Value::List(_)),
            Kind::Matrix { .. } | Kind::MatrixDropdown { .. } | Kind::MultipleText { .. } => {
                matches!(value, Value::Object(_))
            }
            Kind::Single { .. } => {
                !matches!(value, Value::Object(_) | Value::List(_)) && self.known(node, value)
            }
            _ => true,
        }
    }

    fn known(&self, node: NodeId, value: &Value) -> bool {
        !self.keeps_other_apart(node)
            || self.nodes[node]
                .question()
                .and_then(|it| super::tree::choices_of(it))
                .is_some_and(|choices| {
                    choices.carry_forward.is_some()
                        || choices
                            .items
                            .iter()
                            .any(|it| super::values::same(&it.value, value))
                })
            || self
                .offers(node)
                .iter()
                .any(|it| super::values::same(&it.value, value))
    }
}
