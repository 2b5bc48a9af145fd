//! `/s/{survey}`: answering.

pub mod handle;
pub mod question;
