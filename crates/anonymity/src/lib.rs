//! What may leave a device.
//!
//! The way out is [`minimise`]: it keeps what the survey declares, drops everything else, and gives
//! the one envelope whose bytes are shown and sent.
//!
//! # Invariants
//!
//! - A [`Departure`] can only be made here, and its bytes are what [`wire::Envelope`] writes.
//! - A survey that keeps everything on the device cannot make one.
//! - No I/O, no clock, no ambient randomness: the day and the random bytes are arguments.

pub mod declaration;
mod departure;
pub mod personal_data;

pub use declaration::{ASSISTED, CHANNEL, Declaration};
pub use departure::{Departure, Refusal, digest, minimise};
