//! The reference endpoint: takes in responses and hands them out to whoever holds the organiser's
//! key; keeps what an organiser publishes and hands it to anyone.
//!
//! # Invariants
//!
//! - Nothing about a sender is looked at: no address, no user agent, no header but the content
//!   type, the idempotency key and the organiser's key.
//! - No time finer than a day is stored, and nothing is logged.
//! - Rows come out in an order unrelated to the one they arrived in.
//! - A stored body is handed out byte for byte; what is sealed is never looked into.
//! - Whatever a response may contain is decided by [`Shape`]: this crate knows no survey.

mod clock;
mod http;
mod key;
mod rules;
mod store;

pub use clock::{Clock, Moment, SystemClock};
pub use http::{Settings, app};
pub use key::KeyHash;
pub use rules::{Misfit, Shape, SurveyRules, Window};
pub use store::{MemoryStore, Put, Quota, SqliteStore, Store, StoreError, digest};
