//! The properties of one object. Names are given as `new|old|older`; what was never asked for is
//! unknown.

use core::cell::RefCell;

use json::{Object, Severity, Value};

use super::names;
use super::place::At;
use crate::definition::Formula;
use crate::expression::FUNCTIONS;
use crate::localized::Localized;

/// The properties of one object, and which of them were asked for.
///
/// A definition is read by some four hundred calls; none of them is compiled into its caller, which
/// a respondent would load.
pub(super) struct Fields<'p> {
    pub(super) at: &'p At<'p>,
    object: &'p Object,
    asked: RefCell<Vec<&'static str>>,
}

impl<'p> Fields<'p> {
    /// Nothing asked yet.
    pub(super) fn new(at: &'p At<'p>, object: &'p Object) -> Self {
        Self {
            at,
            object,
            asked: RefCell::new(Vec::with_capacity(64)),
        }
    }

    /// The value of the first of `names` that is there and not `null`.
    #[inline(never)]
    pub(super) fn get(&self, names: &'static str) -> Option<At<'_>> {
        self.asked.borrow_mut().push(names);
        names.split('|').find_map(|name| {
            let value = self.object.get(name).filter(|value| !value.is_null())?;
            Some(self.at.child(name, value))
        })
    }

    /// True if the property is there.
    pub(super) fn has(&self, name: &str) -> bool {
        self.object.get(name).is_some_and(|it| !it.is_null())
    }

    /// A localisable text; empty if missing.
    #[inline(never)]
    pub(super) fn localized(&self, names: &'static str) -> Localized {
        match self.get(names) {
            Some(at) => Localized::read(&at, true),
            None => Localized::default(),
        }
    }

    /// A localisable address, which may be the same in all languages.
    #[inline(never)]
    pub(super) fn address(&self, names: &'static str) -> Localized {
        match self.get(names) {
            Some(at) => Localized::read(&at, false),
            None => Localized::default(),
        }
    }

    /// A truth value.
    #[inline(never)]
    pub(super) fn flag(&self, names: &'static str, default: bool) -> bool {
        self.optional_flag(names).unwrap_or(default)
    }

    /// A truth value that may be left out.
    #[inline(never)]
    pub(super) fn optional_flag(&self, names: &'static str) -> Option<bool> {
        let at = self.get(names)?;
        match at.value {
            Value::Bool(it) => Some(*it),
            Value::Text(it) if it == "true" || it == "false" => {
                at.warn("json/type", "true or false without quotes", None);
                Some(it == "true")
            }
            Value::Text(it) if it == "default" => None,
            _ => {
                at.wrong("true or false");
                None
            }
        }
    }

    /// A whole number from zero.
    #[inline(never)]
    pub(super) fn count(&self, names: &'static str, default: u32) -> u32 {
        self.optional_count(names).unwrap_or(default)
    }

    /// A whole number from zero; `-1` means "not given".
    #[inline(never)]
    pub(super) fn optional_count(&self, names: &'static str) -> Option<u32> {
        let at = self.get(names)?;
        let number = at.number()?;
        if number.fract() == 0.0 && (0.0..=f64::from(i32::MAX)).contains(&number) {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "whole and within range"
            )]
            return Some(number as u32);
        }
        if number.to_bits() != (-1.0_f64).to_bits() {
            at.wrong("a whole number, 0 or greater");
        }
        None
    }

    /// A number.
    #[inline(never)]
    pub(super) fn number(&self, names: &'static str) -> Option<f64> {
        self.get(names)?.number()
    }

    /// A text that is not shown to people; `None` if missing or empty.
    #[inline(never)]
    pub(super) fn string(&self, names: &'static str) -> Option<String> {
        self.get(names)?.text().filter(|text| !text.is_empty())
    }

    /// Any value.
    #[inline(never)]
    pub(super) fn value(&self, names: &'static str) -> Option<Value> {
        self.get(names).map(|at| at.value.clone())
    }

    /// A list of texts that are not shown to people.
    #[inline(never)]
    pub(super) fn strings(&self, names: &'static str) -> Vec<String> {
        match self.get(names) {
            Some(at) => at.items().filter_map(|item| item.text()).collect(),
            None => Vec::new(),
        }
    }

    /// An expression; `None` if missing or blank.
    #[inline(never)]
    pub(super) fn formula(&self, names: &'static str) -> Option<Formula> {
        formula(&self.get(names)?)
    }

    /// An expression written into a property for values, after an equals sign: `"=today()"`.
    pub(super) fn value_formula(&self, names: &'static str) -> Option<Formula> {
        let at = self.get(names)?;
        let source = at.value.as_str()?.strip_prefix('=')?;
        checked(&at, source)
    }

    /// Which of `options` it is; `None` if missing or, with a problem, none of them.
    #[inline(never)]
    pub(super) fn one_of(&self, names: &'static str, options: &[&'static str]) -> Option<usize> {
        let at = self.get(names)?;
        let found = at.value.as_str().and_then(|text| {
            options
                .iter()
                .position(|option| option.eq_ignore_ascii_case(text))
        });
        if found.is_none() {
            let nearest = at
                .value
                .as_str()
                .and_then(|it| names::nearest(it, options.iter().copied()));
            at.say("property/invalid-value", &options.join(", "), nearest);
        }
        found
    }

    /// Refuses properties, with a reason, wherever they say more than "off".
    pub(super) fn refuse(&self, names: &[&'static str], expected: &str) {
        for name in names {
            if let Some(at) = self.get(name).filter(|at| !names::is_off(at.value)) {
                at.say(
                    "feature/refused",
                    expected,
                    Some(format!("leave out {name}")),
                );
            }
        }
    }

    /// True if there are properties that nobody has asked for yet. Rare ones are asked for only
    /// then: what no survey uses, no respondent loads with the first question.
    pub(super) fn has_more(&self) -> bool {
        self.object
            .iter()
            .any(|(name, value)| !self.was_asked(name) && !value.is_null())
    }

    #[inline(never)]
    fn was_asked(&self, name: &str) -> bool {
        let asked = self.asked.borrow();
        asked.iter().any(|it| it.split('|').any(|it| it == name))
    }

    /// Says which properties nobody asked for.
    pub(super) fn close(self) {
        for (name, value) in self.object.iter() {
            if self.was_asked(name) || value.is_null() {
                continue;
            }
            let at = self.at.child(name, value);
            if names::is_appearance(name) {
                if !names::is_off(value) {
                    at.problem(
                        Severity::Warning,
                        "property/ignored",
                        name.to_owned(),
                        "nothing: Kuuluu draws pages in its own way",
                        None,
                    );
                }
                continue;
            }
            let asked = self.asked.borrow();
            let known = asked.iter().flat_map(|it| it.split('|'));
            at.problem(
                Severity::Error,
                "property/unknown",
                name.to_owned(),
                "a property of this object",
                names::nearest(name, known),
            );
        }
    }
}

/// True for a value that [`Fields::value_formula`] reads.
pub(super) fn is_formula(value: &Value) -> bool {
    value.as_str().is_some_and(|it| it.starts_with('='))
}

/// Reads an expression and says what is wrong with it.
pub(super) fn formula(at: &At<'_>) -> Option<Formula> {
    let Some(source) = at.value.as_str() else {
        at.wrong("an expression");
        return None;
    };
    checked(at, source)
}

fn checked(at: &At<'_>, source: &str) -> Option<Formula> {
    if source.trim().is_empty() {
        return None;
    }
    let formula = Formula::new(source);
    match &formula.expression {
        None => at.say("expression/syntax", "an expression", None),
        Some(expression) => {
            for function in expression.functions() {
                if !FUNCTIONS.contains(&function) {
                    at.problem(
                        Severity::Error,
                        "expression/unknown-function",
                        function.to_owned(),
                        "a function of the format",
                        names::nearest(function, FUNCTIONS.iter().copied()),
                    );
                }
            }
        }
    }
    Some(formula)
}
