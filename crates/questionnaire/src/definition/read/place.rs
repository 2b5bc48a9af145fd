//! A value of the file, and where it stands. The path is written out only when there is a problem.

use json::{Found, Problem, Severity, Value};

use super::fields::Fields;
use super::{LONGEST_LIST, Reader};

/// A step of a path.
#[derive(Clone, Copy)]
enum Step<'p> {
    Root,
    Name(&'p str),
    Index(usize),
}

/// A path, from its end to the root.
#[derive(Clone, Copy)]
pub(super) struct Place<'p> {
    up: Option<&'p Place<'p>>,
    step: Step<'p>,
}

impl Place<'_> {
    /// The JSON pointer.
    fn pointer(&self) -> String {
        let mut pointer = self.up.map(Place::pointer).unwrap_or_default();
        match self.step {
            Step::Root => {}
            Step::Name(name) => {
                pointer.push('/');
                pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
            }
            Step::Index(index) => {
                pointer.push('/');
                pointer.push_str(&index.to_string());
            }
        }
        pointer
    }
}

/// A value and where it stands.
#[derive(Clone, Copy)]
pub(crate) struct At<'p> {
    pub(crate) value: &'p Value,
    place: Place<'p>,
    pub(super) reader: &'p Reader,
}

impl<'p> At<'p> {
    /// The document itself.
    pub(super) fn root(value: &'p Value, reader: &'p Reader) -> Self {
        Self {
            value,
            place: Place {
                up: None,
                step: Step::Root,
            },
            reader,
        }
    }

    /// The value of a member.
    pub(crate) fn child<'c>(&'c self, name: &'c str, value: &'c Value) -> At<'c> {
        self.step(Step::Name(name), value)
    }

    /// Another value in the same place.
    pub(super) fn with(&self, value: &'p Value) -> Self {
        Self { value, ..*self }
    }

    fn step<'c>(&'c self, step: Step<'c>, value: &'c Value) -> At<'c> {
        At {
            value,
            place: Place {
                up: Some(&self.place),
                step,
            },
            reader: self.reader,
        }
    }

    /// The JSON pointer.
    pub(super) fn pointer(&self) -> String {
        self.place.pointer()
    }

    /// The items of a list; empty, with a problem, for anything else.
    pub(super) fn items(&'p self) -> Items<'p> {
        let items = self.value.as_list().unwrap_or_else(|| {
            self.say("property/not-an-array", "a list", None);
            &[]
        });
        if items.len() > LONGEST_LIST {
            self.say("survey/too-long", "at most 20,000 items", None);
        }
        Items {
            at: self,
            values: items.get(..LONGEST_LIST).unwrap_or(items),
            next: 0,
        }
    }

    /// The properties of an object; `None`, with a problem, for anything else.
    pub(super) fn fields(&'p self) -> Option<Fields<'p>> {
        let fields = self.value.as_object().map(|it| Fields::new(self, it));
        if fields.is_none() {
            self.wrong("an object");
        }
        fields
    }

    /// The text; `None`, with a problem, for anything but a text or a number.
    pub(crate) fn text(&self) -> Option<String> {
        match self.value {
            Value::Text(it) => Some(it.clone()),
            Value::Number(_) => Some(self.value.to_string()),
            _ => {
                self.wrong("a text");
                None
            }
        }
    }

    /// The number; `None`, with a problem, for anything but a number or a text that is one.
    pub(super) fn number(&self) -> Option<f64> {
        match self.value {
            Value::Number(it) => Some(*it),
            Value::Text(it) => match json::decimal::read(it.trim()) {
                Some(number) if number.is_finite() => {
                    self.warn(
                        "json/type",
                        "a number without quotes",
                        Some(it.trim().to_owned()),
                    );
                    Some(number)
                }
                _ => {
                    self.wrong("a number");
                    None
                }
            },
            _ => {
                self.wrong("a number");
                None
            }
        }
    }

    /// Says that the value is not what was `expected`.
    pub(super) fn wrong(&self, expected: &str) {
        self.say("json/type", expected, None);
    }

    /// Adds an error.
    pub(super) fn say(&self, code: &'static str, expected: &str, suggestion: Option<String>) {
        self.problem(
            Severity::Error,
            code,
            Found(self.value).to_string(),
            expected,
            suggestion,
        );
    }

    /// Adds a warning.
    pub(super) fn warn(&self, code: &'static str, expected: &str, suggestion: Option<String>) {
        self.problem(
            Severity::Warning,
            code,
            Found(self.value).to_string(),
            expected,
            suggestion,
        );
    }

    /// Adds a problem that names what was found.
    pub(super) fn problem(
        &self,
        severity: Severity,
        code: &'static str,
        found: String,
        expected: &str,
        suggestion: Option<String>,
    ) {
        self.reader.push(Problem {
            severity,
            code,
            at: self.place.pointer(),
            found,
            expected: expected.to_owned(),
            suggestion,
        });
    }
}

/// The items of a list, one by one.
pub(super) struct Items<'p> {
    at: &'p At<'p>,
    values: &'p [Value],
    next: usize,
}

impl<'p> Iterator for Items<'p> {
    type Item = At<'p>;

    #[inline(never)]
    fn next(&mut self) -> Option<At<'p>> {
        let value = self.values.get(self.next)?;
        let at = self.at.step(Step::Index(self.next), value);
        self.next += 1;
        Some(at)
    }
}
