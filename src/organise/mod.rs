//! `/organise/{survey}`: reading results in the organiser's own browser.
//!
//! The worker counts and protects; this page asks for a release and shows it. Figures come out of
//! [`insight::Release`] only: nothing here adds, divides or rounds.

mod app;
pub(crate) mod cards;
mod desk;
mod engine;
pub(crate) mod export;
pub mod figures;
mod matching;
mod pace;
mod publisher;
mod reading;
mod rounds;
mod selection;
pub(crate) mod view;
mod weights;

pub use app::start;
