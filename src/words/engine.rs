//! The engine's own words, taken from the interface's.

use questionnaire::definition::InputType;
use questionnaire::session::{Violation, Words};

use super::t_once;

/// Answers the engine from the language installed now, so the language switch installs the words
/// before it tells the session.
#[derive(Debug, Clone, Copy, Default)]
pub struct EngineWords;

impl Words for EngineWords {
    fn violation(&self, _language: &str, violation: &Violation) -> String {
        let say = |key: &str| t_once(key, &[]);
        let count = |key: &str, n: u32| t_once(key, &[("n", &n.to_string())]);
        let bound = |key: &str, text: &str| t_once(key, &[("bound", text)]);
        match violation {
            Violation::Required => say("violation.required"),
            Violation::OtherRequired => say("violation.other"),
            Violation::RowsRequired => say("violation.rows"),
            Violation::RowsNotUnique => say("violation.rowsUnique"),
            Violation::KeyDuplicated => say("violation.duplicate"),
            Violation::PanelRequired => say("violation.panel"),
            Violation::NotANumber => say("violation.number"),
            Violation::TooSmall(least) => bound("violation.small", least),
            Violation::TooLarge(greatest) => bound("violation.large", greatest),
            Violation::NotAStep(step) if step == "1" => say("violation.whole"),
            Violation::NotAStep(step) => bound("violation.step", step),
            Violation::TooShort(n) => count("violation.short", *n),
            Violation::TooLong(n) => count("violation.long", *n),
            Violation::DigitsNotAllowed => say("violation.digits"),
            Violation::TooFewChoices(n) => count("violation.fewChoices", *n),
            Violation::TooManyChoices(n) => count("violation.manyChoices", *n),
            Violation::TooFewRows(n) => count("violation.fewRows", *n),
            Violation::WrongPattern => say("violation.pattern"),
            Violation::NotAnEmail => say("violation.email"),
            Violation::NotADate(InputType::Time) => say("violation.time"),
            Violation::NotADate(InputType::Month) => say("violation.month"),
            Violation::NotADate(_) => say("violation.date"),
            Violation::ConditionFailed => say("violation.condition"),
        }
    }

    fn word(&self, _language: &str, word: &'static str) -> String {
        let mut key = String::from("engine.");
        key.push_str(word);
        t_once(&key, &[])
    }
}
