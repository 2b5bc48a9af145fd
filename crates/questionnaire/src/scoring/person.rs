//! What some scores depend on beside the answers.

/// Whom a score is about.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Person {
    /// As far as it is known.
    pub sex: Option<Sex>,
    /// In years, as far as it is known.
    pub age: Option<f64>,
}

/// Sex as norms know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    /// `f`
    Female,
    /// `m`
    Male,
}

impl Sex {
    /// Reads the background question's code, `f` or `m`.
    pub fn read(code: &str) -> Option<Self> {
        match code {
            "f" => Some(Self::Female),
            "m" => Some(Self::Male),
            _ => None,
        }
    }
}
