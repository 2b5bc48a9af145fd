//! The expression language: conditions, calculated values, validators.
//!
//! Meaning follows survey-core 3.1.1 (see `docs/format/expressions.md` for the language and the
//! deliberate differences).
//!
//! # Invariants
//!
//! - Reading and evaluating never panic and are bounded in depth.
//! - No clock: today's date comes from [`Scope::today`]. No time zones: a date without one and a
//!   date in UTC are the same moment.

mod arithmetic;
mod calendar;
mod compare;
mod datum;
mod evaluate;
mod functions;
mod lookup;
mod number;
mod parse;
pub(crate) mod syntax;
mod terms;

use json::Value;

use syntax::{Literal, Node};

pub(crate) use calendar::read as read_moment;
pub use calendar::{date_of_day, is_day};
pub use functions::FUNCTIONS;
pub use lookup::{ObjectScope, lookup, lookup_with};
pub(crate) use number::{fixed, plus};
pub use terms::{Asks, Term, Terms};

/// An expression that was read without errors.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    root: Node,
}

/// Why a text is not an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    /// Byte offset into the source of the first thing that could not be read.
    pub offset: usize,
}

/// What an expression evaluates to; `Undefined` is not `null`.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// No value at all.
    Undefined,
    /// A value. Dates are carried inside the evaluator's own type and come out as ISO texts with
    /// a time (`2026-03-13T00:00:00.000Z`); not-a-number and infinities stay numbers.
    Value(Value),
}

/// What a formula can see.
pub trait Scope {
    /// The value of a variable as written between the braces (`q1`, `panel.x`, `row.y`, `q-Comment`),
    /// `None` if there is no such variable or it has no value. Names match without regard to case;
    /// dotted names resolve longest-first; implementations may use [`lookup`].
    fn variable(&self, name: &str) -> Option<Value>;
    /// Today's date, for `today()` and its kin, as `(year, month, day)`.
    fn today(&self) -> (i32, u8, u8);
    /// The text shown for a question's value, for `displayValue(name)`.
    fn display_value(&self, name: &str) -> Option<Value> {
        let _ = name;
        None
    }
    /// A property of an element, for `propertyValue(name, property)`, `{$name.property}` and
    /// `isContainerReady(name)` (a property of that name).
    fn property(&self, name: &str, property: &str) -> Option<Value> {
        let _ = (name, property);
        None
    }
}

impl Expression {
    /// Reads `source`.
    ///
    /// # Errors
    ///
    /// When survey-core's grammar would not accept it, or brackets, calls, lists and negations
    /// stand more than 96 deep inside each other.
    pub fn parse(source: &str) -> Result<Self, ParseError> {
        parse::parse(source).map(|root| Self { root })
    }

    /// The tree, for rules about expressions.
    pub(crate) fn root(&self) -> &Node {
        &self.root
    }

    /// The value of the expression.
    pub fn evaluate(&self, scope: &dyn Scope) -> Outcome {
        match evaluate::evaluate(&self.root, scope).into_value() {
            None => Outcome::Undefined,
            Some(value) => Outcome::Value(value),
        }
    }

    /// The value of one part of an expression, for rules about expressions; `None` is undefined.
    pub(crate) fn value_of(part: &Node, scope: &dyn Scope) -> Option<Value> {
        evaluate::evaluate(part, scope).into_value()
    }

    /// The value as a condition: true only if the result is `true`, or 1 as a number or text.
    pub fn is_true(&self, scope: &dyn Scope) -> bool {
        evaluate::evaluate(&self.root, scope).is_true()
    }

    /// Variables the expression reads, as written, without repeats; the base of the dependency
    /// graph. Questions whose text or comment a function reads by name are among them.
    pub fn variables(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.root.walk(&mut |node| {
            let name = match node {
                Node::Variable { name, .. } => name,
                Node::Call {
                    name, arguments, ..
                } if matches!(
                    name.as_str(),
                    "displayValue" | "getComment" | "propertyValue"
                ) =>
                {
                    match arguments.first() {
                        Some(Node::Literal(Literal::Text(name))) => name,
                        _ => return,
                    }
                }
                _ => return,
            };
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        });
        names
    }

    /// Whether it calls a function that reads nothing, such as `today()`, other than for another
    /// function.
    pub(crate) fn asks_the_day(&self) -> bool {
        asks_the_day(&self.root)
    }

    /// Function names the expression calls, without repeats; [`FUNCTIONS`] are the known ones.
    pub fn functions(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.root.walk(&mut |node| {
            if let Node::Call { name, .. } = node
                && !names.contains(&name.as_str())
            {
                names.push(name.as_str());
            }
        });
        names
    }
}

fn asks_the_day(node: &Node) -> bool {
    match node {
        Node::Literal(_) | Node::Variable { .. } => false,
        Node::List(items) => items.iter().any(asks_the_day),
        Node::Not(inner) | Node::Empty { of: inner, .. } => asks_the_day(inner),
        Node::Chain { first, rest } => {
            asks_the_day(first) || rest.iter().any(|(_, it)| asks_the_day(it))
        }
        Node::Call { .. } => {
            let mut reads = false;
            node.walk(&mut |it| reads |= matches!(it, Node::Variable { .. }));
            !reads
        }
    }
}
