//! Typed reading with paths: what was found, what was expected, what to do.

use core::cell::RefCell;
use core::fmt;

use crate::nearest::nearest;
use crate::{Object, Value};

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The document cannot be used as it stands.
    Error,
    /// The document works, but not as its author may think.
    Warning,
}

/// One thing that is wrong with a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// A stable code, for example `json/type` or `property/unknown`.
    pub code: &'static str,
    /// A JSON pointer (RFC 6901) into the document; empty for the document itself.
    pub at: String,
    /// What was found there.
    pub found: String,
    /// What is expected there.
    pub expected: String,
    /// A way to mend it, if one is known.
    pub suggestion: Option<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = if self.at.is_empty() { "/" } else { &self.at };
        write!(f, "{at}: found {}, expected {}", self.found, self.expected)?;
        match &self.suggestion {
            Some(suggestion) => write!(f, " ({suggestion})"),
            None => Ok(()),
        }
    }
}

/// Collects problems in document order while a document is read.
#[derive(Debug, Default)]
pub struct Problems(RefCell<Vec<Problem>>);

impl Problems {
    /// Without problems yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&self, problem: Problem) {
        self.0.borrow_mut().push(problem);
    }

    /// All of them, in the order they were added.
    pub fn into_vec(self) -> Vec<Problem> {
        self.0.into_inner()
    }
}

/// A value, where it stands, and where its problems go.
#[derive(Clone)]
pub struct Node<'a> {
    value: &'a Value,
    path: String,
    problems: &'a Problems,
}

/// Describes a value in a few words for [`Problem::found`].
pub struct Found<'a>(pub &'a Value);

impl fmt::Display for Found<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Null => f.write_str("null"),
            Value::Bool(it) => write!(f, "{it}"),
            Value::Number(_) => f.write_str(&self.0.to_string()),
            Value::Text(it) if it.chars().count() <= 40 => write!(f, "\"{it}\""),
            Value::Text(_) => f.write_str("a long text"),
            Value::List(items) => write!(f, "a list of {}", items.len()),
            Value::Object(_) => f.write_str("an object"),
        }
    }
}

impl<'a> Node<'a> {
    /// The document itself.
    pub fn root(value: &'a Value, problems: &'a Problems) -> Self {
        Self {
            value,
            path: String::new(),
            problems,
        }
    }

    /// The value.
    pub fn value(&self) -> &'a Value {
        self.value
    }

    /// The JSON pointer of this value.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The member `name`, `None` if this is not an object or has no such member, or it is `null`.
    pub fn member(&self, name: &str) -> Option<Node<'a>> {
        let value = self.value.get(name).filter(|value| !value.is_null())?;
        Some(self.child(value, &escaped(name)))
    }

    /// The items of an array; empty, with a problem, for anything else.
    pub fn items(&self) -> Vec<Node<'a>> {
        let Some(items) = self.value.as_list() else {
            self.wrong("a list");
            return Vec::new();
        };
        items
            .iter()
            .enumerate()
            .map(|(ix, item)| self.child(item, &ix.to_string()))
            .collect()
    }

    /// The members of an object; `None`, with a problem, for anything else.
    pub fn object(&self) -> Option<&'a Object> {
        let object = self.value.as_object();
        if object.is_none() {
            self.wrong("an object");
        }
        object
    }

    /// The text; `None`, with a problem, for anything else.
    pub fn text(&self) -> Option<&'a str> {
        let text = self.value.as_str();
        if text.is_none() {
            self.wrong("a text");
        }
        text
    }

    /// The number; `None`, with a problem, for anything else.
    pub fn number(&self) -> Option<f64> {
        let number = self.value.as_f64();
        if number.is_none() {
            self.wrong("a number");
        }
        number
    }

    /// The truth value; `None`, with a problem, for anything else.
    pub fn bool(&self) -> Option<bool> {
        let it = self.value.as_bool();
        if it.is_none() {
            self.wrong("true or false");
        }
        it
    }

    /// Says that this value is not what was `expected`.
    pub fn wrong(&self, expected: &str) {
        self.problem(Severity::Error, "json/type", expected, None);
    }

    /// Says that the member `name` is missing.
    pub fn missing(&self, name: &str, expected: &str) {
        self.problems.push(Problem {
            severity: Severity::Error,
            code: "json/missing",
            at: format!("{}/{}", self.path, escaped(name)),
            found: "nothing".to_owned(),
            expected: expected.to_owned(),
            suggestion: None,
        });
    }

    /// The member `name`; says what was `expected` if it is missing.
    pub fn required(&self, name: &str, expected: &str) -> Option<Node<'a>> {
        let member = self.member(name);
        if member.is_none() {
            self.missing(name, expected);
        }
        member
    }

    /// Says of every member that is not among `known` that it is not known, with the nearest known
    /// name as suggestion. Does nothing for what is not an object.
    pub fn only(&self, severity: Severity, known: &[&str]) {
        let Some(object) = self.value.as_object() else {
            return;
        };
        for (name, value) in object.iter().filter(|(name, _)| !known.contains(name)) {
            self.child(value, &escaped(name)).problem(
                severity,
                "json/unknown",
                "no such member",
                nearest(name, known).map(|it| format!("did you mean \"{it}\"?")),
            );
        }
    }

    /// Adds a problem at this value.
    pub fn problem(
        &self,
        severity: Severity,
        code: &'static str,
        expected: &str,
        suggestion: Option<String>,
    ) {
        self.problems.push(Problem {
            severity,
            code,
            at: self.path.clone(),
            found: Found(self.value).to_string(),
            expected: expected.to_owned(),
            suggestion,
        });
    }

    fn child(&self, value: &'a Value, step: &str) -> Node<'a> {
        Node {
            value,
            path: format!("{}/{step}", self.path),
            problems: self.problems,
        }
    }
}

/// A member's name as a step of a JSON pointer.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
