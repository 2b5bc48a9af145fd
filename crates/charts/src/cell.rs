//! One figure as it may be shown.

/// A figure with its text, or the reason why there is none.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A figure.
    Shown {
        /// Its part of the whole, from 0 to 1.
        share: f64,
        /// What is written beside it, for example `75 %`.
        text: String,
    },
    /// Kept back to protect somebody; drawn as such.
    Hidden {
        /// The word for it.
        text: String,
    },
    /// There is nothing to show, for example because nobody was asked.
    Nothing {
        /// The word for it.
        text: String,
    },
}

impl Cell {
    /// What is written beside it.
    pub fn text(&self) -> &str {
        match self {
            Self::Shown { text, .. } | Self::Hidden { text } | Self::Nothing { text } => text,
        }
    }

    /// The share between 0 and 1; `None` if it is not shown.
    pub(crate) fn share(&self) -> Option<f64> {
        match self {
            Self::Shown { share, .. } if share.is_finite() => Some(share.clamp(0.0, 1.0)),
            Self::Shown { .. } => Some(0.0),
            Self::Hidden { .. } | Self::Nothing { .. } => None,
        }
    }
}
