//! The only code that touches the page itself.

pub mod draw;
pub mod fit;
pub mod page;
