//! The organiser's bundle.
fn main() {}
