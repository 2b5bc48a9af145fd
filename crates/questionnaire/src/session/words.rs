//! What the engine asks of its surroundings: words and local forms.

use crate::definition::{Check, InputType};

/// What is wrong with an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Violation {
    /// A required question without an answer.
    Required,
    /// "Other" chosen without saying what.
    OtherRequired,
    /// A matrix with rows unanswered.
    RowsRequired,
    /// The same answer in two rows where each must differ.
    RowsNotUnique,
    /// The same key twice in a list.
    KeyDuplicated,
    /// A required panel without any answer.
    PanelRequired,
    /// Not a number.
    NotANumber,
    /// Below the least number or earliest date, which is given in local form.
    TooSmall(String),
    /// Above the greatest number or latest date, which is given in local form.
    TooLarge(String),
    /// Not a multiple of the step.
    NotAStep(String),
    /// Fewer characters than this.
    TooShort(u32),
    /// More characters than this.
    TooLong(u32),
    /// Digits where none are allowed.
    DigitsNotAllowed,
    /// Fewer choices than this.
    TooFewChoices(u32),
    /// More choices than this.
    TooManyChoices(u32),
    /// Fewer rows or panels than this.
    TooFewRows(u32),
    /// Does not have the expected form.
    WrongPattern,
    /// Not an e-mail address.
    NotAnEmail,
    /// Not a date or time of this kind.
    NotADate(InputType),
    /// A condition of the survey does not hold.
    ConditionFailed,
}

/// The interface's own words for what a survey leaves unsaid, in the language asked for.
pub trait Words {
    /// The sentence for a violation.
    fn violation(&self, language: &str, violation: &Violation) -> String;
    /// The sentence for a violation that a validator of the survey found, for those who want to say
    /// more about it than [`Words::violation`].
    fn of_check(&self, language: &str, violation: &Violation, check: &Check) -> String {
        let _ = check;
        self.violation(language, violation)
    }
    /// A fixed word: `other`, `none`, `refuse`, `dontKnow`, `selectAll`, `yes`, `no`, `comment`,
    /// `addRow`, `removeRow`, `addPanel`, `removePanel`, `noEntries`, `choose`, `total`, `confirmDelete`.
    fn word(&self, language: &str, word: &'static str) -> String;
}

/// As many decimals as a number has, asked of [`Formats::number`]; for people, six are enough.
pub const AS_IT_IS: u32 = u32::MAX;

/// Local forms, filled by the browser's `Intl`.
pub trait Formats {
    /// A number with at least and at most so many decimals, grouped or not.
    fn number(&self, language: &str, value: f64, decimals: (u32, u32), grouping: bool) -> String;
    /// A per cent from a fraction, for example `12,5 %` for 0.125.
    fn percent(&self, language: &str, fraction: f64, decimals: (u32, u32)) -> String;
    /// An amount of money.
    fn currency(&self, language: &str, value: f64, currency: &str) -> String;
    /// A day, for example `31.3.2026`.
    fn date(&self, language: &str, year: i32, month: u8, day: u8) -> String;
    /// A time of day, for example `14.30`; in English with a colon.
    fn time(&self, language: &str, hour: u8, minute: u8) -> String {
        let between = if language.starts_with("en") { ":" } else { "." };
        let zero = if minute < 10 { "0" } else { "" };
        [&hour.to_string(), between, zero, &minute.to_string()].concat()
    }

    /// Whether `text` matches the regular expression `pattern` of a validator somewhere (JavaScript's
    /// dialect, filled by the browser's `RegExp`); `None` if that cannot be checked here, which
    /// counts as valid.
    fn matches(&self, pattern: &str, case_insensitive: bool, text: &str) -> Option<bool> {
        let _ = (pattern, case_insensitive, text);
        None
    }
}
