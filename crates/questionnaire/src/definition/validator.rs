//! Validators.

use super::survey::Formula;
use crate::localized::Localized;

/// `validators[]`.
#[derive(Debug, Clone)]
pub struct Validator {
    /// What is checked.
    pub check: Check,
    /// `text`: the message the survey gives; empty uses the interface's.
    pub text: Localized,
    /// `notificationType`.
    pub notification: Notification,
}

/// The kinds of check.
#[derive(Debug, Clone)]
pub enum Check {
    /// `numeric`.
    Numeric {
        /// `minValue`.
        min: Option<f64>,
        /// `maxValue`.
        max: Option<f64>,
    },
    /// `text`.
    Text {
        /// `minLength`; zero is no limit.
        min_length: u32,
        /// `maxLength`; zero is no limit.
        max_length: u32,
        /// `allowDigits`.
        allow_digits: bool,
    },
    /// `answercount`.
    AnswerCount {
        /// `minCount`.
        min: Option<u32>,
        /// `maxCount`.
        max: Option<u32>,
    },
    /// `regex`.
    Regex {
        /// `regex`, as written.
        pattern: String,
        /// `caseInsensitive`.
        case_insensitive: bool,
    },
    /// `email`.
    Email,
    /// `expression`.
    Expression(Formula),
}

/// `notificationType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Notification {
    /// Blocks.
    #[default]
    Error,
    /// Shown, does not block.
    Warning,
    /// Shown, does not block.
    Info,
}
