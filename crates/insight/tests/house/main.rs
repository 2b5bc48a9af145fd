//! The crate from outside.

mod attack;
mod comparing;
mod counting;
mod exports;
mod fixtures;
mod loading;
mod published_figures;
mod tables;
mod village;
