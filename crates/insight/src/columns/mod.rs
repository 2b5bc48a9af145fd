//! Answers as columns: a bitmap per code, small integers, a pool of texts.

pub(crate) mod bitmap;
mod numbers;
mod pending;
pub(crate) mod popcount;
mod texts;

pub(crate) use bitmap::Bitmap;
pub(crate) use numbers::{Numbers, Sorted};
pub(crate) use pending::{NO_CODE, OTHER_CODE, Pending};
pub(crate) use texts::Texts;

use crate::codebook::{Item, Kind};

/// The answers to one variable.
#[derive(Debug, Clone)]
pub(crate) enum Column {
    /// At most one code per respondent.
    One {
        /// One set per category.
        codes: Vec<Bitmap>,
        /// Those whose value is not in the codebook.
        other: Bitmap,
    },
    /// Any number of codes per respondent; of a ranking, the first place.
    Many {
        /// One set per category.
        codes: Vec<Bitmap>,
        /// Those with a value that is not in the codebook.
        other: Bitmap,
        /// Those who chose anything.
        answered: Bitmap,
    },
    /// Numbers.
    Numbers(Numbers),
    /// Texts.
    Texts(Texts),
}

impl Column {
    /// An empty column for a variable.
    pub(crate) fn new(item: &Item) -> Self {
        let codes = vec![Bitmap::default(); item.categories.len()];
        let other = Bitmap::default();
        match item.kind {
            Kind::Single | Kind::Scale => Self::One { codes, other },
            Kind::Multiple | Kind::Ranking | Kind::Matrix => Self::Many {
                codes,
                other,
                answered: Bitmap::default(),
            },
            Kind::Number => Self::Numbers(Numbers::default()),
            Kind::Text => Self::Texts(Texts::default()),
        }
    }

    /// Forgets respondents from `rows` on.
    pub(crate) fn truncate(&mut self, rows: usize) {
        match self {
            Self::One { codes, other } => {
                for code in codes {
                    code.truncate(rows);
                }
                other.truncate(rows);
            }
            Self::Many {
                codes,
                other,
                answered,
            } => {
                for code in codes {
                    code.truncate(rows);
                }
                other.truncate(rows);
                answered.truncate(rows);
            }
            Self::Numbers(numbers) => numbers.truncate(rows),
            Self::Texts(texts) => texts.truncate(rows),
        }
    }

    /// Bytes of memory, texts not counted.
    pub(crate) fn bytes(&self) -> usize {
        let of = |codes: &[Bitmap]| codes.iter().map(Bitmap::bytes).sum::<usize>();
        match self {
            Self::One { codes, other } => of(codes) + other.bytes(),
            Self::Many {
                codes,
                other,
                answered,
            } => of(codes) + other.bytes() + answered.bytes(),
            Self::Numbers(numbers) => numbers.bytes(),
            Self::Texts(texts) => texts.answered().bytes(),
        }
    }
}
