//! The `kuuluu` command.
fn main() {}
