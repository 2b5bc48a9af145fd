//! The Kuuluu app: Leptos only, thin. No rule about surveys, figures or privacy lives here.

pub mod app;
pub mod browser;
#[cfg(feature = "gallery")]
pub mod gallery;
pub mod organise;
pub mod respond;
pub mod results;
pub mod ui;
pub mod words;
