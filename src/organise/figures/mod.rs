//! From a release to what is drawn and to the table beside it.
//!
//! Nothing is counted here: shares, per cents and N come out of the release, texts out of the
//! codebook and the interface's words.

mod chart;
mod contrast;
#[cfg(test)]
mod contrast_tests;
mod drawing_of;
mod label;
mod over_time;
mod side;
mod table;
#[cfg(test)]
mod tests;

pub use chart::Chart;
pub use contrast::{Between, Finding, change, contrast};
pub use drawing_of::chart;
pub use label::{Texts, decimal, number, percent, reason};
pub use over_time::{lines_over_time, over_time};
pub use side::{
    Beside, Look, MOST_DRAWN, Side, Spread, all_but_largest, groups_by, main_item, round_name,
};
pub use table::{Table, TableCell, TableRow, Weight, table};
