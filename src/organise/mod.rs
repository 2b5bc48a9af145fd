//! `/organise/{survey}`: reading results in the organiser's own browser.
//!
//! The worker counts and protects; this page asks for a release and shows it. Figures come out of
//! [`insight::Release`] only: nothing here adds, divides or rounds.

mod app;
mod asking;
pub(crate) mod cards;
mod desk;
pub(crate) mod engine;
pub mod figures;
pub(crate) mod files;
mod hearing;
mod matching;
mod pace;
mod publisher;
mod reading;
mod rounds;
mod selection;
mod sources;
mod stage;
pub(crate) mod view;
mod weights;

pub use app::start;
