//! Figures through time: a strip with a line for each answer, one round beside the other.

use core::fmt::Write as _;

use crate::bars::draw_heading;
use crate::scene::{Anchor, Area, Scene, px};
use crate::text::{width, wrap};
use crate::{Cell, Frame, pattern};

/// One answer through the rounds.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What it stands for.
    pub label: String,
    /// Its figures, one for each round; [`Cell::Nothing`] where there is none.
    pub cells: Vec<Cell>,
}

/// Lines that break at the same places.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LineBlock {
    /// Stands above the lines, if there is one.
    pub heading: Option<String>,
    /// Places of rounds before which the lines break.
    pub breaks: Vec<usize>,
    /// The lines.
    pub lines: Vec<Line>,
}

/// Lines below each other, all as high as the highest figure asks for; every point says its number,
/// so there is no scale to read from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LineChart {
    /// What the rounds are called, the first one first.
    pub rounds: Vec<String>,
    /// The word for a break.
    pub break_word: String,
    /// From top to bottom.
    pub blocks: Vec<LineBlock>,
}

/// Where the rounds stand.
struct Layout {
    frame: Frame,
    small: f64,
    /// Room of the labels; 0 where they stand above the lines.
    label_room: f64,
    /// The middle of the first round, and from one to the next.
    first: f64,
    step: f64,
    highest: f64,
}

/// Where a line was drawn.
struct Strip {
    /// Above its highest number.
    top: f64,
    /// Where nothing is.
    base: f64,
    /// Where the next one begins.
    bottom: f64,
}

impl LineChart {
    /// Lays the chart out.
    pub fn scene(&self, frame: Frame) -> Scene {
        let layout = self.layout(frame);
        let mut scene = Scene::new(frame);
        let mut y = 0.0;
        for block in &self.blocks {
            if let Some(heading) = &block.heading {
                y = draw_heading(&mut scene, frame, heading, y);
            }
            let mut strips = Vec::new();
            for line in &block.lines {
                let strip = layout.strip(&mut scene, line, &block.breaks, y);
                y = strip.bottom;
                strips.push(strip);
                self.describe(&mut scene, line, &block.breaks);
            }
            self.cut(&mut scene, &layout, &block.breaks, &strips);
            y = self.names(&mut scene, &layout, y);
        }
        scene.finish(y)
    }

    fn layout(&self, frame: Frame) -> Layout {
        let size = frame.text_size;
        let small = size * 0.86;
        let cells = || self.lines().flat_map(|it| &it.cells);
        let texts = cells()
            .map(Cell::text)
            .chain(self.rounds.iter().map(String::as_str));
        let widest = texts.map(|it| width(it, small)).fold(size * 2.0, f64::max);
        let label_room = if frame.is_narrow() {
            0.0
        } else {
            let labels = self.lines().map(|it| width(&it.label, size));
            labels.fold(0.0, f64::max).min(frame.width * 0.36) + size
        };
        #[expect(clippy::cast_precision_loss, reason = "a survey has few rounds")]
        let n = self.rounds.len().max(1) as f64;
        let room = frame.width - label_room;
        let edge = (widest / 2.0).min(room / 2.0);
        let step = (room - 2.0 * edge) / (n - 1.0).max(1.0);
        Layout {
            frame,
            small,
            label_room,
            first: label_room + edge,
            step: step.min(size * 12.0),
            highest: cells().filter_map(Cell::share).fold(0.0, f64::max),
        }
    }

    fn lines(&self) -> impl Iterator<Item = &Line> {
        self.blocks.iter().flat_map(|it| &it.lines)
    }

    /// The rounds' names below a block; neighbours that would touch are left out.
    fn names(&self, scene: &mut Scene, layout: &Layout, y: f64) -> f64 {
        let line = layout.small * 1.4;
        let mut free = f64::INFINITY;
        for (ix, name) in self.rounds.iter().enumerate().rev() {
            let (x, half) = (layout.x(ix), width(name, layout.small) / 2.0);
            if x + half <= free {
                scene.text((x, y + layout.small), Anchor::Middle, "note", name.clone());
                free = x - half - layout.small * 0.4;
            }
        }
        y + line + layout.frame.gap()
    }

    /// Marks where lines break; before the last break there is room for a word, as nothing compares.
    fn cut(&self, scene: &mut Scene, layout: &Layout, breaks: &[usize], strips: &[Strip]) {
        let mut d = String::new();
        for at in breaks.iter().filter(|it| **it > 0) {
            let x = px(layout.before(*at));
            for strip in strips {
                let _ = write!(d, "M{x} {}V{}", px(strip.top), px(strip.base));
            }
        }
        scene.path(d, "break");
        let last = breaks.last().filter(|it| **it > 0);
        if let (Some(last), Some(strip)) = (last, strips.first()) {
            let end = layout.before(*last) - layout.small * 0.5;
            if end - width(&self.break_word, layout.small) >= layout.label_room {
                let line = f64::midpoint(strip.top, strip.base);
                scene.text((end, line), Anchor::End, "note", &*self.break_word);
            }
        }
    }

    fn describe(&self, scene: &mut Scene, line: &Line, breaks: &[usize]) {
        let mut text = String::new();
        for (ix, (round, cell)) in self.rounds.iter().zip(&line.cells).enumerate() {
            if ix > 0 {
                text.push_str(", ");
            }
            if breaks.contains(&ix) {
                text.push_str(&self.break_word);
                text.push_str(", ");
            }
            text.push_str(round);
            text.push(' ');
            text.push_str(cell.text());
        }
        scene.describe(&line.label, &text);
    }
}

impl Layout {
    fn x(&self, ix: usize) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a survey has few rounds")]
        let ix = ix as f64;
        self.first + self.step * ix
    }

    /// Half way from the round before to this one.
    fn before(&self, ix: usize) -> f64 {
        self.x(ix) - self.step / 2.0
    }

    /// Draws a line with its label.
    fn strip(&self, scene: &mut Scene, line: &Line, breaks: &[usize], y: f64) -> Strip {
        let size = self.frame.text_size;
        let is_above = self.label_room == 0.0;
        let room = if is_above {
            self.frame.width
        } else {
            self.label_room - size
        };
        let label = wrap(&line.label, size, room);
        let mut label_y = y;
        for part in label {
            scene.text(
                (0.0, label_y + self.frame.ascent()),
                Anchor::Start,
                "",
                part,
            );
            label_y += self.frame.line();
        }
        let top = if is_above {
            label_y + self.frame.gap() / 2.0
        } else {
            y
        };
        let height = size * 1.8;
        let base = top + self.small * 1.2 + height;
        scene.rect(
            Area {
                x: self.label_room,
                y: base,
                width: self.frame.width - self.label_room,
                height: 1.0,
            },
            "axis",
        );
        self.points(scene, line, breaks, (base, height));
        let gap = self.frame.gap();
        Strip {
            top,
            base,
            bottom: (base + gap).max(label_y + gap / 2.0),
        }
    }

    fn points(&self, scene: &mut Scene, line: &Line, breaks: &[usize], (base, height): (f64, f64)) {
        let (mut d, mut dots) = (String::new(), String::new());
        let mut goes_on = false;
        let mut texts = Vec::new();
        for (ix, cell) in line.cells.iter().enumerate() {
            let x = self.x(ix);
            let Some(share) = cell.share() else {
                goes_on = false;
                if let Cell::Hidden { text } = cell {
                    let side = self.frame.text_size * 0.8;
                    let area = Area {
                        x: x - side / 2.0,
                        y: base - side,
                        width: side,
                        height: side,
                    };
                    pattern::fill_hidden(scene, area);
                    texts.push((x, area.y, "note", text.as_str()));
                }
                continue;
            };
            let up = if self.highest > 0.0 {
                share / self.highest
            } else {
                0.0
            };
            let y = base - height * up;
            let is_new = !goes_on || breaks.contains(&ix);
            let _ = write!(d, "{}{} {}", if is_new { 'M' } else { 'L' }, px(x), px(y));
            let _ = write!(dots, "M{} {}h0", px(x), px(y));
            goes_on = true;
            texts.push((x, y, "note value", cell.text()));
        }
        scene.path(d, "line");
        scene.path(dots, "point");
        for (x, y, class, text) in texts {
            let at = (x, y - self.frame.text_size * 0.45);
            scene.text(at, Anchor::Middle, class, text);
        }
    }
}
