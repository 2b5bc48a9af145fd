//! Releases as files for others. Everything here starts from a [`crate::Release`], so nothing can
//! be exported that may not be shown.

mod csv;
mod json_stat;
mod summary_json;

pub use csv::csv;
pub use json_stat::json_stat;
pub use summary_json::summary_json;
