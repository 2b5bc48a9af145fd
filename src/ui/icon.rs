//! Small drawings in the text's colour, hidden from assistive technology: words say the same.

use super::markup::{Content, Element, el};

/// A drawing on a square of 24.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// Down.
    Down,
    /// Up.
    Up,
    /// More.
    Plus,
    /// Away.
    Cross,
    /// Something is wrong.
    Alert,
    /// A point of a scale of stars.
    Star,
    /// Six dots to hold on to.
    Grip,
}

/// Draws `icon`.
pub fn icon(icon: Icon) -> Element {
    drawing(match icon {
        Icon::Down => "M6 9l6 6 6-6",
        Icon::Up => "M6 15l6-6 6 6",
        Icon::Plus => "M12 5v14M5 12h14",
        Icon::Cross => "M6 6l12 12M18 6L6 18",
        Icon::Alert => "M12 3L2 21h20zM12 10v5M12 17.5v.5",
        Icon::Star => "M12 3l2.8 5.8 6.2.9-4.5 4.4 1.1 6.2L12 17.4 6.4 20.3l1.1-6.2L3 9.7l6.2-.9z",
        Icon::Grip => "M9 6v.01M15 6v.01M9 12v.01M15 12v.01M9 18v.01M15 18v.01",
    })
}

/// A face whose mouth goes from sad (0) to glad (1).
pub fn face(gladness: f64) -> Element {
    #[expect(clippy::cast_possible_truncation, reason = "between 11 and 19")]
    let bend = (11.0 + 8.0 * gladness.clamp(0.0, 1.0)).round() as i32;
    drawing(format!(
        "M12 2.5a9.5 9.5 0 1 0 .01 0zM9 9.5v.5M15 9.5v.5M8 15Q12 {bend} 16 15"
    ))
}

fn drawing(path: impl Content) -> Element {
    el("svg")
        .class("icon")
        .attr("viewBox", "0 0 24 24")
        .attr("aria-hidden", "true")
        .child(el("path").attr("d", path))
}
