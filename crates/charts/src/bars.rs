//! Horizontal bars: one for each row, in the order given, from 0 to 100 per cent.

use crate::scene::{Anchor, Area, Scene};
use crate::text::{width, wrap};
use crate::{Cell, Frame, Tone, pattern};

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// What it stands for.
    pub label: String,
    /// Its figure.
    pub cell: Cell,
    /// Its role.
    pub tone: Tone,
    /// Where the figure would lie with 95 per cent confidence, as shares.
    pub interval: Option<[f64; 2]>,
}

/// Bars that belong together, for example the groups that are compared on one choice.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BarBlock {
    /// Stands above the bars, if there is one.
    pub heading: Option<String>,
    /// The bars.
    pub bars: Vec<Bar>,
}

/// A bar chart; every bar says its own number, so it needs no scale to read from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BarChart {
    /// From top to bottom.
    pub blocks: Vec<BarBlock>,
}

/// Where the columns of the chart stand.
struct Layout {
    frame: Frame,
    label_room: f64,
    bar_x: f64,
    bar_room: f64,
    text_x: f64,
}

impl BarChart {
    /// A chart without headings.
    pub fn simple(bars: Vec<Bar>) -> Self {
        Self {
            blocks: vec![BarBlock {
                heading: None,
                bars,
            }],
        }
    }

    /// Lays the chart out.
    pub fn scene(&self, frame: Frame) -> Scene {
        let layout = self.layout(frame);
        let mut scene = Scene::new(frame);
        let mut y = 0.0;
        for (ix, block) in self.blocks.iter().enumerate() {
            if ix > 0 {
                y += frame.gap() * 1.5;
            }
            if let Some(heading) = &block.heading {
                y = draw_heading(&mut scene, frame, heading, y);
            }
            for bar in &block.bars {
                y = layout.draw(&mut scene, bar, y);
            }
        }
        scene.finish(y)
    }

    fn bars(&self) -> impl Iterator<Item = &Bar> {
        self.blocks.iter().flat_map(|block| &block.bars)
    }

    fn layout(&self, frame: Frame) -> Layout {
        let size = frame.text_size;
        let text_room = self
            .bars()
            .map(|bar| match bar.cell {
                Cell::Hidden { .. } => 0.0,
                _ => width(bar.cell.text(), size),
            })
            .fold(width("100 %", size), f64::max)
            .min(frame.width * 0.3);
        let gap = frame.gap();
        let label_room = if frame.is_narrow() {
            frame.width
        } else {
            self.bars()
                .map(|bar| width(&bar.label, size))
                .fold(size * 4.0, f64::max)
                .min(frame.width * 0.4)
        };
        let bar_x = if frame.is_narrow() {
            1.0
        } else {
            label_room + gap * 1.5
        };
        let bar_room = (frame.width - bar_x - gap - text_room).max(size);
        Layout {
            frame,
            label_room,
            bar_x,
            bar_room,
            text_x: bar_x + bar_room + gap,
        }
    }
}

impl Layout {
    /// Draws one bar from `top` and returns where the next begins.
    fn draw(&self, scene: &mut Scene, bar: &Bar, top: f64) -> f64 {
        let frame = self.frame;
        let lines = wrap(&bar.label, frame.text_size, self.label_room);
        #[expect(clippy::cast_precision_loss, reason = "a label has few lines")]
        let label_height = lines.len() as f64 * frame.line();
        let thickness = frame.text_size * 1.35;
        let (label_y, bar_y, next) = if frame.is_narrow() {
            let bar_y = top + label_height + frame.gap() * 0.3;
            (top, bar_y, bar_y + thickness + frame.gap() * 1.4)
        } else {
            let height = label_height.max(thickness);
            (
                top + (height - label_height) / 2.0,
                top + (height - thickness) / 2.0,
                top + height + frame.gap() * 0.9,
            )
        };
        let mut base_line = label_y + frame.ascent();
        for line in lines {
            let (x, anchor) = if frame.is_narrow() {
                (0.0, Anchor::Start)
            } else {
                (self.label_room, Anchor::End)
            };
            scene.text((x, base_line), anchor, "label", line);
            base_line += frame.line();
        }
        self.draw_figure(scene, bar, bar_y, thickness);
        scene.describe(&bar.label, bar.cell.text());
        next
    }

    fn draw_figure(&self, scene: &mut Scene, bar: &Bar, y: f64, thickness: f64) {
        let size = self.frame.text_size;
        let track = Area {
            x: self.bar_x,
            y,
            width: self.bar_room,
            height: thickness,
        };
        let text_y = y + thickness / 2.0 + size * 0.36;
        if let Some(share) = bar.cell.share() {
            scene.rect(track, "track");
            pattern::fill(
                scene,
                Area {
                    width: (self.bar_room * share).max(0.0),
                    ..track
                },
                bar.tone,
            );
            if let Some([low, high]) = bar.interval {
                self.draw_interval(scene, low, high, y + thickness / 2.0);
            }
            self.draw_axis(scene, y, thickness);
            scene.text(
                (self.text_x, text_y),
                Anchor::Start,
                "value",
                bar.cell.text(),
            );
            return;
        }
        let class = if matches!(bar.cell, Cell::Hidden { .. }) {
            pattern::fill_hidden(scene, track);
            "word"
        } else {
            scene.rect(track, "track");
            "word quiet"
        };
        self.draw_axis(scene, y, thickness);
        let word = bar.cell.text();
        let plate = width(word, size) + size;
        scene.rect(
            Area {
                x: self.bar_x + size * 0.5,
                y: y + 2.0,
                width: plate,
                height: thickness - 4.0,
            },
            "plate",
        );
        scene.text(
            (self.bar_x + size * 0.5 + plate / 2.0, text_y),
            Anchor::Middle,
            class,
            word,
        );
    }

    /// The line that all bars start from, so that nought is seen to be nought.
    fn draw_axis(&self, scene: &mut Scene, y: f64, thickness: f64) {
        let x = self.bar_x;
        scene.rect(
            Area {
                x: x - 1.0,
                y: y - 2.0,
                width: 2.0,
                height: thickness + 4.0,
            },
            "axis",
        );
    }

    fn draw_interval(&self, scene: &mut Scene, low: f64, high: f64, y: f64) {
        if !(low.is_finite() && high.is_finite()) {
            return;
        }
        let at = |share: f64| self.bar_x + self.bar_room * share.clamp(0.0, 1.0);
        scene.rect(
            Area {
                x: at(low),
                y: y - 1.0,
                width: (at(high) - at(low)).max(0.0),
                height: 2.0,
            },
            "interval",
        );
        for share in [low, high] {
            scene.rect(
                Area {
                    x: at(share) - 1.0,
                    y: y - 4.0,
                    width: 2.0,
                    height: 8.0,
                },
                "interval",
            );
        }
    }
}

/// Draws a heading over the whole width and returns where its content begins.
pub(crate) fn draw_heading(scene: &mut Scene, frame: Frame, heading: &str, top: f64) -> f64 {
    let mut y = top;
    for line in wrap(heading, frame.text_size * 1.04, frame.width) {
        scene.text(
            (0.0, y + frame.ascent()),
            Anchor::Start,
            "label heading",
            line,
        );
        y += frame.line();
    }
    scene.describe(heading, "");
    y + frame.gap() * 0.6
}
