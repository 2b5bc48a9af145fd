//! Figures to scenes to SVG.
//!
//! A chart takes texts and shares that are already decided and lays them out on a given width; the
//! result is a [`Scene`]: rectangles, lines and texts with class names. Colours live in the style
//! sheet, so one scene serves light, dark and paper.
//!
//! # Invariants
//!
//! - No survey words: every text that is drawn was handed in.
//! - No DOM, no measuring by a browser: the same figures give the same scene everywhere.
//! - Nothing is computed from figures but positions: a hidden cell is drawn with a size that says
//!   nothing about it.
//! - Colour is never the only sign: neighbouring tones also differ in pattern, and each bar says
//!   its number.

mod bars;
mod cell;
mod columns;
mod frame;
mod likert;
mod lines;
mod pattern;
mod rate;
mod scene;
mod svg;
mod text;
mod tone;

pub use bars::{Bar, BarBlock, BarChart};
pub use cell::Cell;
pub use columns::{Column, ColumnChart};
pub use frame::Frame;
pub use likert::{Bracket, LikertChart, LikertRow, Segment};
pub use lines::{Line, LineBlock, LineChart};
pub use rate::RateBar;
pub use scene::{Anchor, Mark, Scene};
pub use svg::document;
pub use tone::Tone;
