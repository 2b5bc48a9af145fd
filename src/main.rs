//! The respondent's bundle.
fn main() {}
