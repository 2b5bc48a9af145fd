//! A small JSON tree that keeps the order of members, and a reader that says where and why a
//! document is not what was expected.
//!
//! Everything that comes from outside (a survey, a configuration, an answer, a stored draft) is
//! read through [`Node`], so that every problem carries a path.
//!
//! # Invariants
//!
//! - Reading never panics and is bounded in depth.
//! - No I/O, no clock, no randomness.

extern crate alloc;

pub mod decimal;
mod nearest;
mod node;
mod read;
mod repeated;
mod value;
mod write;

pub use nearest::nearest;
pub use node::{Found, Node, Problem, Problems, Severity};
pub use read::SyntaxError;
pub use repeated::repeated_names;
pub use value::{Object, Value};
