//! Small steps between our types and JSON trees.

use json::{Object, Value};

/// An object of these members, in this order.
pub(crate) fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    let members = members.into_iter();
    Value::Object(
        members
            .map(|(name, value)| (name.to_owned(), value))
            .collect::<Object>(),
    )
}

pub(super) fn list<T>(items: &[T], write: impl Fn(&T) -> Value) -> Value {
    Value::List(items.iter().map(write).collect())
}

pub(super) fn count(n: u32) -> Value {
    Value::Number(f64::from(n))
}

pub(super) fn optional<T>(it: Option<T>, write: impl Fn(T) -> Value) -> Value {
    it.map_or(Value::Null, write)
}

/// A figure with a fraction, to fifteen digits: so many are read in one step, more of them take a
/// hundred times as long, and the page would stand still for thousands.
pub(super) fn fraction(it: f64) -> Value {
    if it.fract() == 0.0 {
        return Value::Number(it);
    }
    let written = format!("{it:.14e}");
    Value::Number(written.parse().unwrap_or(it))
}

pub(super) fn pair((low, high): (f64, f64)) -> Value {
    Value::List(vec![fraction(low), fraction(high)])
}

pub(super) fn text(it: &str) -> Value {
    Value::from(it)
}

/// Reads members of an object; what is not there or not of the type is `None`.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a>(pub(super) &'a Value);

impl<'a> Reader<'a> {
    pub(super) fn get(self, name: &str) -> Option<Reader<'a>> {
        self.0.get(name).filter(|it| !it.is_null()).map(Reader)
    }

    pub(super) fn text(self, name: &str) -> Option<String> {
        self.0.get(name)?.as_str().map(str::to_owned)
    }

    pub(super) fn str(self, name: &str) -> Option<&'a str> {
        self.0.get(name)?.as_str()
    }

    pub(super) fn number(self, name: &str) -> Option<f64> {
        self.0.get(name)?.as_f64()
    }

    pub(super) fn count(self, name: &str) -> Option<u32> {
        let number = self.number(name)?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked to be whole and in range"
        )]
        (number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number))
            .then_some(number as u32)
    }

    pub(super) fn pair(self, name: &str) -> Option<(f64, f64)> {
        match self.0.get(name)?.as_list()? {
            [low, high] => Some((low.as_f64()?, high.as_f64()?)),
            _ => None,
        }
    }

    /// Every item of a list; `None` if there is no list or one of them cannot be read.
    pub(super) fn list<T>(
        self,
        name: &str,
        read: impl Fn(Reader<'a>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let items = self.0.get(name)?.as_list()?;
        items.iter().map(|it| read(Reader(it))).collect()
    }
}
