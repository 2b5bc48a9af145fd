//! What is drawn, as plain data.

use crate::Frame;

/// A finished drawing; coordinates are CSS pixels from the top left corner.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scene {
    /// Width in pixels.
    pub width: f64,
    /// Height in pixels.
    pub height: f64,
    /// Size of ordinary text in pixels.
    pub text_size: f64,
    /// From back to front.
    pub marks: Vec<Mark>,
    /// The same in words, for those who do not see it: labels with their texts.
    pub description: String,
}

/// One thing that is drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// A rectangle.
    Rect {
        /// Left edge.
        x: f64,
        /// Top edge.
        y: f64,
        /// Width.
        width: f64,
        /// Height.
        height: f64,
        /// Class names.
        class: String,
    },
    /// A path of straight lines and dots, in SVG path syntax.
    Path {
        /// The path.
        d: String,
        /// Class names.
        class: String,
    },
    /// One line of text.
    Text {
        /// Where [`Anchor`] stands.
        x: f64,
        /// The base line.
        y: f64,
        /// Which end of the text stands at `x`.
        anchor: Anchor,
        /// Class names.
        class: String,
        /// The text.
        text: String,
    },
}

/// Which end of a text its position names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

impl Anchor {
    /// The value of SVG's `text-anchor`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

impl Scene {
    pub(crate) fn new(frame: Frame) -> Self {
        Self {
            width: px(frame.width),
            text_size: px(frame.text_size),
            ..Self::default()
        }
    }

    pub(crate) fn rect(&mut self, area: Area, class: impl Into<String>) {
        self.marks.push(Mark::Rect {
            x: px(area.x),
            y: px(area.y),
            width: px(area.width),
            height: px(area.height),
            class: class.into(),
        });
    }

    pub(crate) fn path(&mut self, d: String, class: impl Into<String>) {
        if !d.is_empty() {
            self.marks.push(Mark::Path {
                d,
                class: class.into(),
            });
        }
    }

    pub(crate) fn text(
        &mut self,
        (x, y): (f64, f64),
        anchor: Anchor,
        class: impl Into<String>,
        text: impl Into<String>,
    ) {
        self.marks.push(Mark::Text {
            x: px(x),
            y: px(y),
            anchor,
            class: class.into(),
            text: text.into(),
        });
    }

    /// Adds a sentence to the description.
    pub(crate) fn describe(&mut self, label: &str, text: &str) {
        if !self.description.is_empty() {
            self.description.push_str("; ");
        }
        self.description.push_str(label);
        if !label.is_empty() && !text.is_empty() {
            self.description.push_str(": ");
        }
        self.description.push_str(text);
    }

    pub(crate) fn finish(mut self, height: f64) -> Self {
        self.height = px(height);
        self
    }
}

/// A rectangle's place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

/// Rounds to a hundredth of a pixel: short to read, the same on every target.
pub(crate) fn px(value: f64) -> f64 {
    let rounded = (value * 100.0).round() / 100.0;
    if rounded == 0.0 { 0.0 } else { rounded }
}
