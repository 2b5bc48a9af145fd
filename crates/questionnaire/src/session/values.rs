//! Named values: answers, comments, calculated values and variables.

use std::collections::BTreeMap;
use std::rc::Rc;

use json::{Object, Value};

use super::tree::{NodeId, Watch};

/// Which named value.
pub(super) type VarId = usize;

/// What a named value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// An answer or whatever else was set by name: part of the data.
    Answer,
    /// A calculated value that is part of the data.
    Included,
    /// A calculated value or variable that only formulas see.
    Apart,
}

/// One named value with those who depend on it.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    pub(super) name: Rc<str>,
    pub(super) value: Option<Value>,
    pub(super) standing: Standing,
    /// Questions that show this value.
    pub(super) asked_by: Vec<NodeId>,
    /// What is evaluated again when it changes.
    pub(super) watchers: Vec<Watch>,
    /// A formula or text reads one of its items by place: `{name[0].x}`.
    pub(super) is_indexed: bool,
    /// A formula reads into one of its rows: `{name[0].x}`.
    pub(super) is_read_by_place: bool,
    /// A formula reads into one of its rows: `{name.row.x}`.
    pub(super) is_read_by_name: bool,
    /// What formulas see in its place: "other" for what was none of the choices when it was set,
    /// nothing (null) for what has not the shape of its question, words for a list in a field.
    pub(super) mask: Option<Value>,
    since: u32,
}

/// All named values; names are found exactly first, then without regard to case.
#[derive(Debug, Clone, Default)]
pub(super) struct Values {
    slots: Vec<Slot>,
    exact: BTreeMap<Rc<str>, VarId>,
    folded: BTreeMap<Box<str>, VarId>,
    clock: u32,
}

impl Values {
    /// The slot of `name`, made if there is none.
    pub(super) fn intern(&mut self, name: &str) -> VarId {
        if let Some(&id) = self.exact.get(name) {
            return id;
        }
        let id = self.slots.len();
        let name: Rc<str> = name.into();
        self.exact.insert(Rc::clone(&name), id);
        self.folded
            .entry(name.to_lowercase().into_boxed_str())
            .or_insert(id);
        self.slots.push(Slot {
            name,
            value: None,
            standing: Standing::Answer,
            asked_by: Vec::new(),
            watchers: Vec::new(),
            is_indexed: false,
            is_read_by_place: false,
            is_read_by_name: false,
            mask: None,
            since: 0,
        });
        id
    }

    pub(super) fn exactly(&self, name: &str) -> Option<VarId> {
        self.exact.get(name).copied()
    }

    pub(super) fn find(&self, name: &str) -> Option<VarId> {
        self.exactly(name).or_else(|| {
            if self.folded.is_empty() {
                return None;
            }
            self.folded.get(name.to_lowercase().as_str()).copied()
        })
    }

    pub(super) fn slot(&self, id: VarId) -> &Slot {
        &self.slots[id]
    }

    pub(super) fn slot_mut(&mut self, id: VarId) -> &mut Slot {
        &mut self.slots[id]
    }

    pub(super) fn get(&self, id: VarId) -> Option<&Value> {
        self.slots[id].value.as_ref()
    }

    /// The value as formulas see it.
    pub(super) fn seen(&self, id: VarId) -> Option<&Value> {
        let slot = &self.slots[id];
        let seen = slot.mask.as_ref().or(slot.value.as_ref())?;
        (*seen != Value::Null).then_some(seen)
    }

    pub(super) fn ids(&self) -> std::ops::Range<VarId> {
        0..self.slots.len()
    }

    /// Sets or takes away a value; an empty one is taken away. True if that changed anything.
    pub(super) fn set(&mut self, id: VarId, value: Option<Value>) -> bool {
        let value = value.filter(|it| !is_empty(it));
        let slot = &mut self.slots[id];
        if slot.value == value {
            return false;
        }
        if slot.value.is_none() {
            self.clock += 1;
            slot.since = self.clock;
        }
        slot.value = value;
        slot.mask = None;
        true
    }

    /// Everything that is part of the data, in the order in which it came in.
    pub(super) fn data(&self, keep: impl Fn(VarId) -> bool) -> Object {
        let mut found: Vec<(u32, VarId)> = self
            .ids()
            .filter(|&id| {
                let slot = &self.slots[id];
                slot.value.is_some() && slot.standing != Standing::Apart && keep(id)
            })
            .map(|id| (self.slots[id].since, id))
            .collect();
        found.sort_unstable();
        found
            .into_iter()
            .filter_map(|(_, id)| {
                let slot = &self.slots[id];
                Some((slot.name.to_string(), slot.value.clone()?))
            })
            .collect()
    }
}

/// True for what counts as no answer: nothing, an empty text, an empty list, and an object whose
/// members are all empty.
pub(super) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Text(text) => text.is_empty(),
        Value::List(items) => items.is_empty(),
        Value::Object(object) => object.iter().all(|(_, member)| is_empty(member)),
        Value::Number(number) => number.is_nan(),
        Value::Bool(_) => false,
    }
}

/// Two answers that mean the same: a number and its digits, lists in any order if `any_order`.
pub(super) fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(number), Value::Text(text)) | (Value::Text(text), Value::Number(number)) => {
            json::decimal::read(text.trim())
                .is_some_and(|it| Value::Number(it) == Value::Number(*number))
        }
        (Value::Bool(flag), Value::Text(text)) | (Value::Text(text), Value::Bool(flag)) => {
            text.trim() == if *flag { "true" } else { "false" }
        }
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().all(|it| b.iter().any(|other| same(it, other)))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(name, it)| b.get(name).is_some_and(|other| same(it, other)))
        }
        _ => a == b,
    }
}

/// A value as characters: a text as it is, a number without a needless fraction.
pub(super) fn as_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Text(text) => text.clone(),
        Value::Bool(flag) => if *flag { "true" } else { "false" }.to_owned(),
        Value::Number(number) => number_text(*number),
        Value::List(items) => items.iter().map(as_text).collect::<Vec<_>>().join(", "),
        Value::Object(_) => value.to_string(),
    }
}

/// A number's digits as JSON writes them.
pub(super) fn number_text(number: f64) -> String {
    Value::Number(number).to_string()
}
