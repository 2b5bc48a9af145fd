//! Releases as files for others. Everything here starts from a [`crate::Release`], so nothing can
//! be exported that may not be shown.

mod csv;
mod ddi;
mod differences;
mod edition;
mod format;
mod json_stat;
mod ods;
mod over_time;
mod sheets;
mod summary_json;
mod table;
mod xlsx;
mod xml;
mod zip;

pub use csv::csv;
pub(crate) use csv::line as write_line;
pub use ddi::ddi;
pub use differences::Beside;
pub use edition::{Edition, WORDS, is_shared};
pub use format::{Format, archive};
pub use json_stat::json_stat;
pub use ods::ods;
pub use summary_json::summary_json;
pub use xlsx::xlsx;
pub use zip::{Part, zip};
