//! Margins that a survey cannot be weighted by.

use core::fmt;

/// What of a file of margins does not fit the survey; written in English, with its place in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unfit {
    /// Not a background variable with choices.
    Variable(String),
    /// A code that the variable has not.
    Code {
        /// The variable.
        variable: String,
        /// The code in the file.
        code: String,
        /// The codes that there are, in questionnaire order.
        known: Vec<String>,
    },
    /// With this variable there are more combinations than can be held.
    Combinations(String),
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Variable(name) => write!(
                f,
                "/margins/{name}: \"{name}\" is not a background variable with choices"
            ),
            Self::Code {
                variable,
                code,
                known,
            } => write!(
                f,
                "/margins/{variable}/{code}: \"{variable}\" has no code \"{code}\"; it has {}",
                known.join(", ")
            ),
            Self::Combinations(name) => write!(
                f,
                "/margins/{name}: too many combinations; weight by fewer variables"
            ),
        }
    }
}
