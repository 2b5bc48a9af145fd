//! All meaning of a questionnaire: its definition, languages, expressions, the session in which it
//! is answered, scoring and lint.
//!
//! # Invariants
//!
//! - No I/O, no clock, no randomness: today's date, the seed and local number forms are arguments.
//! - Reading a definition never panics and never drops anything silently.
//! - [`session::Session::apply`] is total: no event makes it panic or fail.
//! - No words for people: violations are codes, the interface's own texts come through
//!   [`session::Words`].

pub mod definition;
pub mod expression;
pub mod figures;
pub mod guidance;
pub mod lint;
pub mod localized;
mod one_language;
pub mod scoring;
pub mod session;
pub mod text;

pub use json::{Object, Value};
pub use one_language::one_language;
