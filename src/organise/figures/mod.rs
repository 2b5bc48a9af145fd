//! From a release to what is drawn and to the table beside it.
//!
//! Nothing is counted here: shares, per cents and N come out of the release, texts out of the
//! codebook and the interface's words.

mod chart;
mod contrast;
mod drawing_of;
mod label;
mod table;
#[cfg(test)]
mod tests;

pub use chart::Chart;
pub use contrast::{Finding, contrast, who};
pub use drawing_of::chart;
pub use label::{Texts, decimal, number, percent, reason};
pub use table::{Table, TableCell, TableRow, Weight, table};
