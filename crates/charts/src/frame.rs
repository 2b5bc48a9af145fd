//! The room a chart has.

/// The width to fill and the size of its text, both in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Width of the whole drawing.
    pub width: f64,
    /// Size of ordinary text.
    pub text_size: f64,
}

impl Frame {
    /// A frame, kept within what can be drawn sensibly (240 to 1600 wide, text 10 to 40).
    pub fn new(width: f64, text_size: f64) -> Self {
        Self {
            width: width.clamp(240.0, 1600.0),
            text_size: text_size.clamp(10.0, 40.0),
        }
    }

    /// True when labels must stand above their bars, as on a phone.
    pub(crate) fn is_narrow(self) -> bool {
        self.width < self.text_size * 38.0
    }

    /// The height of a line of text.
    pub(crate) fn line(self) -> f64 {
        self.text_size * 1.3
    }

    /// From the top of a line to its base line.
    pub(crate) fn ascent(self) -> f64 {
        self.text_size
    }

    /// Half a line: the usual gap.
    pub(crate) fn gap(self) -> f64 {
        self.text_size * 0.5
    }
}
