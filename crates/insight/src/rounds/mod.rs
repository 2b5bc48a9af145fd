//! Questions through rounds: which is the same as before, and where a series breaks.
//!
//! A question keeps its identity by its name, or by the instrument's item it is. Where wording,
//! choices or scale are not what they were, the series breaks.

mod changes;
mod over_time;
mod series;
mod wording;

pub(crate) use changes::{Identity, changes};
pub use over_time::{OverTime, Round, Step};
pub use series::{Break, Series, Then, series};

/// Why a variable does not compare with an earlier round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Change {
    /// It was not asked then.
    New,
    /// Another kind of question.
    Kind,
    /// The wording of the question or of a row; also where the survey says so (`kuuluu.since`). That
    /// a wording stands lets spelling differ, but not the words in every language.
    Wording,
    /// Choices were added, left out or worded anew.
    Choices,
    /// The same choices stand for other points of the scale, or for none.
    Scale,
    /// The scale's own groups were drawn differently: rows compare, groups do not.
    Boxes,
}

impl Change {
    const ALL: [Self; 6] = [
        Self::New,
        Self::Kind,
        Self::Wording,
        Self::Choices,
        Self::Scale,
        Self::Boxes,
    ];

    /// A stable code: `new`, `kind`, `wording`, `choices`, `scale`, `boxes`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Kind => "kind",
            Self::Wording => "wording",
            Self::Choices => "choices",
            Self::Scale => "scale",
            Self::Boxes => "boxes",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}
