//! Weights that make those who answered look like those who could have, by sex, age, municipality
//! or whatever margins are given: raking (iterative proportional fitting; Deming and Stephan 1940).
//!
//! # Invariants
//!
//! - Weighted figures are said to be so (a release's head), and stand beside the unweighted ones.
//! - Weighted per cents are whole and are made only where disclosure control shows every row of the
//!   question, alone and broken down by each weighting variable: a weighted share is a further
//!   equation over these tables, and where none of them hides anything, nothing can be worked out.
//! - Intervals are made of the whole per cent and the effective number.

mod fill;
mod margins;
mod rake;
mod unfit;

pub(crate) use fill::fill;
pub use margins::Margins;
pub(crate) use rake::{Weights, rake};
pub use unfit::Unfit;

/// How the weights came out; part of every weighted release.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Weighting {
    /// Where the margins are from, as their file says.
    pub source: Option<String>,
    /// The variables weighted by.
    pub variables: Vec<String>,
    /// As many unweighted answers would say as much (Kish): the square of the sum of weights by the
    /// sum of their squares, to the whole number below.
    pub effective_n: u32,
    /// Rounds of fitting that were made.
    pub rounds: u32,
    /// False if the margins could not be met within [`Weighting::MOST_ROUNDS`].
    pub converged: bool,
    /// Respondents whose weight was cut to between a fifth of and five times the mean.
    pub trimmed: u32,
    /// The largest distance between a weighted share and its margin after cutting, in points.
    pub largest_gap: f64,
    /// Parts of the margins in which nobody answered: variable and code. Nobody stands for them.
    pub empty: Vec<(String, String)>,
}

impl Weighting {
    /// After so many rounds fitting stops.
    pub const MOST_ROUNDS: u32 = 100;
    /// Weights are cut to the mean times this and to the mean by this.
    pub const TRIM: f64 = 5.0;
}
