//! The response rate: how many of those who were asked have answered.

use crate::scene::{Anchor, Area, Scene};
use crate::text::width;
use crate::{Cell, Frame, Tone, pattern};

/// One bar over the whole width.
#[derive(Debug, Clone, PartialEq)]
pub struct RateBar {
    /// The part that has answered.
    pub cell: Cell,
    /// What the bar says in words.
    pub label: String,
}

impl RateBar {
    /// Lays the bar out.
    pub fn scene(&self, frame: Frame) -> Scene {
        let mut scene = Scene::new(frame);
        let size = frame.text_size;
        let gap = frame.gap();
        let text = self.cell.text();
        let room = (frame.width - gap - width(text, size * 1.1)).max(size);
        let track = Area {
            x: 0.0,
            y: 2.0,
            width: room,
            height: size * 1.2,
        };
        match self.cell.share() {
            Some(share) => {
                scene.rect(track, "track");
                pattern::fill(
                    &mut scene,
                    Area {
                        width: room * share,
                        ..track
                    },
                    Tone::Main,
                );
            }
            None => pattern::fill_hidden(&mut scene, track),
        }
        scene.text(
            (room + gap, 2.0 + size * 0.6 + size * 0.36),
            Anchor::Start,
            "value",
            text,
        );
        scene.describe(&self.label, text);
        scene.finish(size * 1.2 + 4.0)
    }
}
