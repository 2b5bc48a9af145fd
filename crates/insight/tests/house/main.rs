//! The crate from outside.

mod archive;
mod compared_files;
mod comparing;
mod counting;
mod ddi_schema;
mod exports;
mod files;
mod fixtures;
mod frame;
mod json_stat;
mod loading;
mod minima;
mod open_answers;
mod published_figures;
mod publishing;
mod reading;
mod scores;
mod spreadsheets;
mod tables;
mod village;
mod weights;
