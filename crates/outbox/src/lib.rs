//! The queue of responses that are on their way: a machine that is told what happened and says what
//! to do.
//!
//! Whoever drives it sends, keeps and forgets bytes, sets one timer and shows states. Sending the
//! same response twice must be harmless, which the endpoint promises.
//!
//! # Invariants
//!
//! - A response is forgotten only after it was acknowledged, or when its owner discards it.
//! - A response that is neither sent, nor refused, nor discarded is either being sent or has a time
//!   at which it will be tried again.
//! - No I/O, no timers, no clock, no randomness: the time and the jitter are arguments.

mod backoff;
mod outbox;

pub use backoff::{LONGEST_PAUSE_MS, pause_ms};
pub use outbox::{ANSWER_WITHIN_MS, Command, Event, Failure, Name, Outbox, State};
