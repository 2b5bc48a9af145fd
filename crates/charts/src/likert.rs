//! 100 per cent stacked bars: one for each statement, with the boxes of the scale below.

use crate::bars::draw_heading;
use crate::scene::{Anchor, Area, Scene};
use crate::text::{width, wrap};
use crate::{Cell, Frame, Tone, pattern};

/// One part of a bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// Its figure.
    pub cell: Cell,
}

/// A box of the scale: neighbouring segments taken together.
#[derive(Debug, Clone, PartialEq)]
pub struct Bracket {
    /// What it stands for.
    pub label: String,
    /// The first segment, counted from zero.
    pub from: usize,
    /// The last segment.
    pub to: usize,
    /// Their figure together.
    pub cell: Cell,
}

/// One bar.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LikertRow {
    /// Stands above this bar and those that follow it, if there is one.
    pub heading: Option<String>,
    /// The statement, or the group if the statement is the heading.
    pub label: String,
    /// How many answered, for example `N = 97`.
    pub note: String,
    /// One for each entry of the chart's legend.
    pub segments: Vec<Segment>,
    /// The boxes, if the scale has any.
    pub brackets: Vec<Bracket>,
}

/// Stacked bars with one legend.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LikertChart {
    /// The scale in the order of its columns: text and tone; [`Tone::Aside`] is set apart.
    pub legend: Vec<(String, Tone)>,
    /// From top to bottom.
    pub rows: Vec<LikertRow>,
    /// The word written where figures are kept back.
    pub hidden_word: String,
}

const SEAM: f64 = 2.0;

struct Layout {
    frame: Frame,
    label_room: f64,
    bar_x: f64,
    bar_room: f64,
    thickness: f64,
}

impl LikertChart {
    /// Lays the chart out.
    pub fn scene(&self, frame: Frame) -> Scene {
        let layout = self.layout(frame);
        let mut scene = Scene::new(frame);
        let mut y = self.draw_legend(&mut scene, frame);
        for (ix, row) in self.rows.iter().enumerate() {
            if let Some(heading) = &row.heading {
                if ix > 0 {
                    y += frame.gap();
                }
                y = draw_heading(&mut scene, frame, heading, y);
            }
            y = self.draw_row(&mut scene, &layout, row, y);
        }
        scene.finish(y)
    }

    fn layout(&self, frame: Frame) -> Layout {
        let size = frame.text_size;
        let label_room = if frame.is_narrow() {
            frame.width
        } else {
            self.rows
                .iter()
                .map(|row| width(&row.label, size).max(width(&row.note, size * 0.86)))
                .fold(size * 4.0, f64::max)
                .min(frame.width * 0.4)
        };
        let bar_x = if frame.is_narrow() {
            0.0
        } else {
            label_room + frame.gap() * 1.5
        };
        Layout {
            frame,
            label_room,
            bar_x,
            bar_room: frame.width - bar_x,
            thickness: size * 1.9,
        }
    }

    fn draw_legend(&self, scene: &mut Scene, frame: Frame) -> f64 {
        let size = frame.text_size;
        let swatch = size * 1.1;
        let (mut x, mut y) = (0.0, 0.0);
        for (text, tone) in &self.legend {
            let lines = wrap(text, size, frame.width - swatch - frame.gap());
            let text_width = lines.iter().map(|it| width(it, size)).fold(0.0, f64::max);
            let needed = swatch + frame.gap() * 0.7 + text_width;
            if x > 0.0 && x + needed > frame.width {
                x = 0.0;
                y += frame.line() * 1.15;
            }
            let area = Area {
                x,
                y: y + (frame.line() - swatch) / 2.0,
                width: swatch,
                height: swatch,
            };
            pattern::fill(scene, area, *tone);
            let n_lines = lines.len();
            for (ix, line) in lines.into_iter().enumerate() {
                if ix > 0 {
                    y += frame.line();
                }
                scene.text(
                    (x + swatch + frame.gap() * 0.7, y + frame.ascent()),
                    Anchor::Start,
                    "legend",
                    line,
                );
            }
            x += needed + frame.gap() * 2.5;
            if n_lines > 1 {
                x = frame.width;
            }
        }
        if self.legend.is_empty() {
            0.0
        } else {
            y + frame.line() + frame.gap() * 1.6
        }
    }

    fn draw_row(&self, scene: &mut Scene, layout: &Layout, row: &LikertRow, top: f64) -> f64 {
        let frame = layout.frame;
        let small = frame.text_size * 0.86;
        let label = wrap(&row.label, frame.text_size, layout.label_room);
        let note_height = if row.note.is_empty() {
            0.0
        } else {
            small * 1.3
        };
        #[expect(clippy::cast_precision_loss, reason = "a label has few lines")]
        let lines_height = label.len() as f64 * frame.line();
        let brackets_height = if row.brackets.is_empty() {
            0.0
        } else {
            small * 1.75
        };
        let figure_height = layout.thickness + brackets_height;
        let (label_y, bar_y, next, note_beside) = if frame.is_narrow() {
            let last = label.last().map_or(0.0, |it| width(it, frame.text_size));
            let beside = last + frame.gap() * 2.0 + width(&row.note, small) <= frame.width;
            let note = if beside { 0.0 } else { note_height };
            let bar_y = top + lines_height + note + frame.gap() * 0.4;
            (
                top,
                bar_y,
                bar_y + figure_height + frame.gap() * 1.8,
                beside,
            )
        } else {
            let label_height = lines_height + note_height;
            let height = label_height.max(figure_height);
            (
                top + ((layout.thickness - label_height) / 2.0).max(0.0),
                top + ((label_height - layout.thickness) / 2.0)
                    .max(0.0)
                    .min(height - figure_height),
                top + height + frame.gap() * 1.4,
                false,
            )
        };
        let mut y = label_y;
        let (x, anchor) = if frame.is_narrow() {
            (0.0, Anchor::Start)
        } else {
            (layout.label_room, Anchor::End)
        };
        for line in label {
            scene.text((x, y + frame.ascent()), anchor, "label", line);
            y += frame.line();
        }
        if !row.note.is_empty() {
            let (at, anchor) = if note_beside {
                (
                    (frame.width, y - frame.line() + frame.ascent()),
                    Anchor::End,
                )
            } else {
                ((x, y + small), anchor)
            };
            scene.text(at, anchor, "note", row.note.clone());
        }
        scene.describe(&row.label, &row.note);
        let spans = self.draw_segments(scene, layout, row, bar_y);
        draw_brackets(scene, frame, row, &spans, bar_y + layout.thickness);
        next
    }

    /// Draws the bar and returns from where to where each segment reaches.
    fn draw_segments(
        &self,
        scene: &mut Scene,
        layout: &Layout,
        row: &LikertRow,
        y: f64,
    ) -> Vec<(f64, f64)> {
        let size = layout.frame.text_size;
        let aside = self
            .legend
            .iter()
            .position(|(_, tone)| *tone == Tone::Aside);
        let shares: Vec<Option<f64>> = row.segments.iter().map(|it| it.cell.share()).collect();
        let apart = aside.is_some_and(|ix| {
            shares
                .iter()
                .skip(ix)
                .any(|share| share.is_some_and(|it| it > 0.0))
        });
        let shown: f64 = shares.iter().flatten().sum();
        let is_hidden = row
            .segments
            .iter()
            .any(|it| matches!(it.cell, Cell::Hidden { .. }));
        let gap = if apart { size * 0.6 } else { 0.0 };
        let whole = if is_hidden { shown.max(1.0) } else { shown };
        let room = layout.bar_room - gap;
        let area = |x: f64, width: f64| Area {
            x,
            y,
            width,
            height: layout.thickness,
        };
        let mut spans = Vec::with_capacity(row.segments.len());
        let mut x = layout.bar_x;
        for (ix, (segment, (label, tone))) in row.segments.iter().zip(&self.legend).enumerate() {
            if apart && Some(ix) == aside {
                x += gap;
            }
            let share = shares.get(ix).copied().flatten().unwrap_or(0.0);
            let length = if whole > 0.0 {
                room * share / whole
            } else {
                0.0
            };
            spans.push((x, x + length));
            if length > 0.0 {
                pattern::fill(scene, area(x, (length - SEAM).max(1.0)), *tone);
                let text = segment.cell.text();
                if width(text, size) + size * 0.5 <= length - SEAM {
                    scene.text(
                        (
                            x + (length - SEAM) / 2.0,
                            y + layout.thickness / 2.0 + size * 0.36,
                        ),
                        Anchor::Middle,
                        format!("inside {}", tone.class()),
                        text,
                    );
                }
            }
            x += length;
            scene.describe(label, segment.cell.text());
        }
        self.draw_rest(
            scene,
            layout,
            row,
            area(x, layout.bar_x + layout.bar_room - x),
        );
        spans
    }

    /// What is not shown: one area for all hidden segments together, or a line for no answers.
    fn draw_rest(&self, scene: &mut Scene, layout: &Layout, row: &LikertRow, rest: Area) {
        let size = layout.frame.text_size;
        let hidden = row
            .segments
            .iter()
            .any(|it| matches!(it.cell, Cell::Hidden { .. }));
        let nothing = row
            .segments
            .iter()
            .all(|it| !matches!(it.cell, Cell::Shown { .. }));
        let word = if hidden {
            self.hidden_word.as_str()
        } else if nothing {
            row.segments.first().map_or("", |it| it.cell.text())
        } else {
            return;
        };
        if rest.width < SEAM {
            return;
        }
        if hidden {
            pattern::fill_hidden(scene, rest);
        } else {
            scene.rect(rest, "track");
        }
        let plate = width(word, size) + size;
        if plate + size * 0.5 <= rest.width {
            scene.rect(
                Area {
                    x: rest.x + (rest.width - plate) / 2.0,
                    y: rest.y + 4.0,
                    width: plate,
                    height: rest.height - 8.0,
                },
                "plate",
            );
            scene.text(
                (
                    rest.x + rest.width / 2.0,
                    rest.y + rest.height / 2.0 + size * 0.36,
                ),
                Anchor::Middle,
                "word",
                word,
            );
        }
    }
}

/// Draws a line under the segments of each box with its name and figure, as far as they fit.
fn draw_brackets(scene: &mut Scene, frame: Frame, row: &LikertRow, spans: &[(f64, f64)], top: f64) {
    let small = frame.text_size * 0.86;
    for bracket in &row.brackets {
        scene.describe(&bracket.label, bracket.cell.text());
        let (Some((from, _)), Some((_, to))) = (spans.get(bracket.from), spans.get(bracket.to))
        else {
            continue;
        };
        let length = to - from - SEAM;
        if length < 4.0 || bracket.cell.share().is_none() {
            continue;
        }
        scene.rect(
            Area {
                x: *from,
                y: top + 3.0,
                width: length,
                height: 2.0,
            },
            "bracket",
        );
        let long = format!("{} {}", bracket.label, bracket.cell.text());
        let text = [long.as_str(), bracket.cell.text()]
            .into_iter()
            .find(|it| width(it, small) <= length);
        if let Some(text) = text {
            scene.text(
                (from + length / 2.0, top + 5.0 + small * 1.05),
                Anchor::Middle,
                "note",
                text,
            );
        }
    }
}
