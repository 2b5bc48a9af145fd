//! The crate from outside.

mod attack;
mod counting;
mod exports;
mod loading;
mod published_figures;
mod tables;
mod village;
