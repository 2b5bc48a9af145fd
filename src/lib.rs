//! The Kuuluu app: Leptos only, thin. No rule about surveys, figures or privacy lives here.

// The types of whole views, where they are not erased, as in a build without the flags of `xtask`.
#![recursion_limit = "256"]

pub mod app;
pub mod browser;
#[cfg(feature = "gallery")]
pub mod gallery;
pub mod organise;
pub mod respond;
pub mod results;
pub mod ui;
pub mod words;
