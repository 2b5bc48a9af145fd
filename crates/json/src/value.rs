//! The tree: [`Value`] and the ordered [`Object`].

use alloc::collections::BTreeMap;

use crate::SyntaxError;

/// A JSON value; numbers are IEEE doubles, as in the reference implementation of the format.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    /// `null`, also used for "no value".
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// Any number.
    Number(f64),
    /// A text.
    Text(String),
    /// An array.
    List(Vec<Value>),
    /// An object in document order.
    Object(Object),
}

/// Members in document order; a later member of the same name replaces the earlier one's value.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Object(Vec<(String, Value)>);

impl Value {
    /// Reads JSON text.
    ///
    /// # Errors
    ///
    /// When `text` is not one JSON value, or is nested deeper than 128 levels.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        crate::read::parse(text)
    }

    /// Writes compact JSON; not-a-number and infinities become `null`.
    #[expect(
        clippy::inherent_to_string,
        reason = "JSON text, not a text for people"
    )]
    pub fn to_string(&self) -> String {
        let mut out = String::new();
        crate::write::value(self, &mut out);
        out
    }

    /// The member `name` of an object.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.as_object()?.get(name)
    }

    /// The text, if this is one.
    pub fn as_str(&self) -> Option<&str> {
        if let Self::Text(text) = self {
            Some(text)
        } else {
            None
        }
    }

    /// The number, if this is one.
    pub fn as_f64(&self) -> Option<f64> {
        if let Self::Number(number) = self {
            Some(*number)
        } else {
            None
        }
    }

    /// The truth value, if this is one.
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(it) = self {
            Some(*it)
        } else {
            None
        }
    }

    /// The items, if this is an array.
    pub fn as_list(&self) -> Option<&[Value]> {
        if let Self::List(items) = self {
            Some(items)
        } else {
            None
        }
    }

    /// The members, if this is an object.
    pub fn as_object(&self) -> Option<&Object> {
        if let Self::Object(object) = self {
            Some(object)
        } else {
            None
        }
    }

    /// True for `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl Object {
    /// An object without members.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// The number of members.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True without members.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of `name`.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
    }

    /// The value of `name`, to change in place.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Value> {
        self.0
            .iter_mut()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
    }

    /// Sets `name`, in its old place if it had one.
    pub fn insert(&mut self, name: impl Into<String>, value: Value) {
        let name = name.into();
        match self.get_mut(&name) {
            Some(slot) => *slot = value,
            None => self.0.push((name, value)),
        }
    }

    /// Takes `name` out.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let at = self.0.iter().position(|(key, _)| key == name)?;
        Some(self.0.remove(at).1)
    }

    /// These members; the last of several with the same name counts, in the place of the first.
    pub(crate) fn from_members(members: Vec<(String, Value)>) -> Self {
        if !has_duplicates(&members) {
            return Self(members);
        }
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut object = Self::new();
        for (name, value) in members {
            let at = *places.entry(name.clone()).or_insert(object.0.len());
            if let Some((_, slot)) = object.0.get_mut(at) {
                *slot = value;
            } else {
                object.0.push((name, value));
            }
        }
        object
    }

    /// Members in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &Value)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// Names in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.iter().map(|(key, _)| key.as_str())
    }
}

impl FromIterator<(String, Value)> for Object {
    fn from_iter<T: IntoIterator<Item = (String, Value)>>(members: T) -> Self {
        Self::from_members(members.into_iter().collect())
    }
}

impl IntoIterator for Object {
    type Item = (String, Value);
    type IntoIter = alloc::vec::IntoIter<(String, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl From<bool> for Value {
    fn from(it: bool) -> Self {
        Self::Bool(it)
    }
}

impl From<f64> for Value {
    fn from(it: f64) -> Self {
        Self::Number(it)
    }
}

impl From<i32> for Value {
    fn from(it: i32) -> Self {
        Self::Number(f64::from(it))
    }
}

impl From<&str> for Value {
    fn from(it: &str) -> Self {
        Self::Text(it.to_owned())
    }
}

impl From<String> for Value {
    fn from(it: String) -> Self {
        Self::Text(it)
    }
}

impl From<Vec<Value>> for Value {
    fn from(it: Vec<Value>) -> Self {
        Self::List(it)
    }
}

impl From<Object> for Value {
    fn from(it: Object) -> Self {
        Self::Object(it)
    }
}

/// Large objects are checked through a sorted list of names, so that a hostile file costs
/// `n log n` and not `n²`.
fn has_duplicates(members: &[(String, Value)]) -> bool {
    let mut names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    names
        .windows(2)
        .any(|pair| matches!(pair, [left, right] if left == right))
}
