//! What crosses the network: the only JSON that Kuuluu promises to anyone.
//!
//! # Invariants
//!
//! - Every document names its format and refuses members it does not know.
//! - An [`Envelope`] has exactly one written form, so that no variation of spelling can carry
//!   anything that the type does not.
//! - No logic, no I/O, no clock, no randomness.

pub mod config;
mod day;
mod envelope;
mod identifier;
pub mod legal;
mod localised;
mod problem_details;
mod receipt;
pub mod results;
pub mod routes;

pub use day::Day;
pub use envelope::{Body, BodyKind, Envelope, EnvelopeError, MAX_BODY_BYTES, Parts};
pub use identifier::{Digest, Malformed, ResponseId, SurveyId};
pub use localised::Localised;
pub use problem_details::{PROBLEM_MEDIA_TYPE, ProblemDetails};
pub use receipt::{RECEIPT_FORMAT, Receipt};
pub use results::{MAX_RESULTS_BYTES, RESULTS_FORMAT, RESULTS_MEDIA_TYPE, Results};
