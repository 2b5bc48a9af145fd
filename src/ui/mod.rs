//! The kit: what controls look like. It knows no survey words.
//!
//! A piece of the kit is a function from what is to be shown to [`markup`]; what pressing it does
//! stands in `data-do`, and whoever draws the markup listens for it.

pub mod apart;
pub mod button;
pub mod choice;
pub mod combobox;
pub mod dialog;
pub mod follow;
pub mod icon;
pub mod markup;
pub mod message;
