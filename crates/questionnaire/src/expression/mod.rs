//! The expression language: conditions, calculated values, validators.
//!
//! Meaning follows survey-core 3.1.1 (see `docs/format.md` for the deliberate differences).

use json::Value;

/// An expression that was read without errors.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {}

/// Why a text is not an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    /// Byte offset into the source.
    pub offset: usize,
}

/// What an expression evaluates to; `Undefined` is not `null`.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// No value at all.
    Undefined,
    /// A value; dates are carried as ISO texts inside the evaluator's own type and come out as
    /// texts.
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
    /// A property of an element, for `propertyValue(name, property)` and `{$q.property}`.
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
    /// When survey-core's grammar would not accept it.
    pub fn parse(source: &str) -> Result<Self, ParseError> {
        let _ = source;
        Err(ParseError { offset: 0 })
    }

    /// The value of the expression.
    pub fn evaluate(&self, scope: &dyn Scope) -> Outcome {
        let _ = scope;
        Outcome::Undefined
    }

    /// The value as a condition: true only if the result is `true` in the reference's sense.
    pub fn is_true(&self, scope: &dyn Scope) -> bool {
        let _ = scope;
        false
    }

    /// Variables the expression reads, as written, without repeats; the base of the dependency graph.
    pub fn variables(&self) -> Vec<&str> {
        Vec::new()
    }

    /// Function names the expression calls, without repeats.
    pub fn functions(&self) -> Vec<&str> {
        Vec::new()
    }
}
