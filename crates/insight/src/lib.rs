//! From responses to every figure that an organiser may see.
//!
//! A [`Dataset`] holds the answers to one survey as compact columns, described by a [`Codebook`].
//! A [`Query`] asks for figures; [`Dataset::tabulate`] answers with a [`Release`], the only thing
//! that ever leaves this crate.
//!
//! # Invariants
//!
//! - No figure leaves except inside a [`Release`], and only disclosure control makes one: a
//!   `Release` has no public constructor and its parts cannot be written as literals elsewhere.
//! - Responses themselves leave only as [`archive`] says, for the organiser's own files.
//! - Nothing panics on what it reads: bad lines are counted and listed, not fatal.
//! - No I/O, no clock, no randomness. Time grows linearly with the number of responses.
//!
//! Figures cannot be made up outside:
//!
//! ```compile_fail
//! let row = insight::release::Row { count: Some(1), ..Default::default() };
//! ```

pub mod archive;
pub mod codebook;
mod columns;
pub mod compare;
mod dataset;
mod desk;
mod disclosure;
pub mod export;
mod filter;
pub mod indicator;
pub mod load;
pub mod percent;
pub mod protocol;
pub mod published;
pub mod query;
pub mod release;
pub mod rounds;
pub mod scores;
mod statistics;
mod tabulate;
pub mod weights;

pub use codebook::Codebook;
pub use dataset::Dataset;
pub use desk::Desk;
pub use disclosure::OpenAnswers;
pub use load::Loader;
pub use query::{Base, Protection, Query, Rounding};
pub use release::Release;
