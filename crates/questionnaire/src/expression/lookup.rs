//! Finding a variable in answers: names without regard to case, paths, positions.

use std::borrow::Cow;

use json::{Object, Value};

use super::Scope;

/// The value of `name` in `values`: a name, or a path such as `a.b[0].c`, `a[-1].b`, `a.0`,
/// `a.length`.
///
/// A name that contains points is found before a path through shorter names; once found, no other
/// way is tried. Names match without regard to case, the first in order wins.
pub fn lookup(values: &Object, name: &str) -> Option<Value> {
    lookup_with(&|name| member(values, name), name)
}

/// As [`lookup`], with roots that `find` knows by (possibly dotted) name.
pub fn lookup_with<'v>(find: &dyn Fn(&str) -> Option<&'v Value>, name: &str) -> Option<Value> {
    if !name.contains(['.', '[']) {
        return find(name).cloned();
    }
    let path: Vec<Step> = name.split('.').map(step).collect();
    let mut at = 0;
    let mut here: Option<&'v Value> = None;
    let mut reached = true;
    while at < path.len() {
        let rest = path.get(at..).unwrap_or_default();
        let found = match here {
            None => longest(rest, find),
            Some(value) => longest(rest, &|name| inside(value, name)),
        };
        let Some((value, steps)) = found else {
            reached = false;
            break;
        };
        here = Some(value);
        at += steps;
    }
    if reached {
        return here.cloned();
    }
    let last = path.last()?;
    if last.name != "length" || last.index.is_some() {
        return None;
    }
    let length = match here.filter(|_| at + 1 == path.len()) {
        Some(Value::List(items)) => items.len(),
        Some(Value::Text(text)) => text.encode_utf16().count(),
        _ => 0,
    };
    #[expect(clippy::cast_precision_loss, reason = "lengths are small")]
    Some(Value::Number(length as f64))
}

/// One name between points, and the position in brackets behind it.
struct Step<'a> {
    name: &'a str,
    index: Option<i64>,
}

fn step(text: &str) -> Step<'_> {
    let indexed = text.strip_suffix(']').and_then(|text| {
        let (name, index) = text.split_once('[')?;
        Some(Step {
            name,
            index: Some(index.trim().parse().ok()?),
        })
    });
    indexed.unwrap_or(Step {
        name: text,
        index: None,
    })
}

/// The value of the longest name at the beginning of `path`, and how many steps it took.
fn longest<'v>(
    path: &[Step],
    find: &dyn Fn(&str) -> Option<&'v Value>,
) -> Option<(&'v Value, usize)> {
    let until_index = path
        .iter()
        .position(|step| step.index.is_some())
        .map_or(path.len(), |at| at + 1);
    (1..=until_index).rev().find_map(|steps| {
        let taken = path.get(..steps)?;
        let name: Cow<str> = match taken {
            [only] => Cow::Borrowed(only.name),
            _ => taken
                .iter()
                .map(|step| step.name)
                .collect::<Vec<_>>()
                .join(".")
                .into(),
        };
        let value = find(&name)?;
        match taken.last()?.index {
            None => Some((value, steps)),
            Some(index) => Some((position(value, index)?, steps)),
        }
    })
}

fn position(value: &Value, index: i64) -> Option<&Value> {
    let items = value.as_list()?;
    let at = if index < 0 {
        items
            .len()
            .checked_sub(usize::try_from(index.checked_neg()?).ok()?)?
    } else {
        usize::try_from(index).ok()?
    };
    items.get(at)
}

fn inside<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    match value {
        Value::Object(members) => member(members, name),
        Value::List(items) => {
            let is_position = name == "0" || !name.starts_with('0') && !name.starts_with('+');
            is_position.then(|| items.get(name.parse::<usize>().ok()?))?
        }
        _ => None,
    }
}

/// The first member `name`, in any case.
fn member<'v>(members: &'v Object, name: &str) -> Option<&'v Value> {
    let (_, value) = members.iter().find(|(key, _)| same_name(key, name))?;
    Some(value)
}

/// True if two names are the same without regard to case.
pub(crate) fn same_name(left: &str, right: &str) -> bool {
    left.eq_ignore_ascii_case(right)
        || !(left.is_ascii() && right.is_ascii()) && left.to_lowercase() == right.to_lowercase()
}

/// Answers in an object, and a date: all that many formulas need.
#[derive(Debug, Clone, PartialEq)]
pub struct ObjectScope {
    /// Answers by name.
    pub values: Object,
    /// Year, month, day.
    pub today: (i32, u8, u8),
}

impl Scope for ObjectScope {
    fn variable(&self, name: &str) -> Option<Value> {
        lookup(&self.values, name)
    }

    fn today(&self) -> (i32, u8, u8) {
        self.today
    }
}
