//! Upright columns: the distribution of a number.

use crate::scene::{Anchor, Area, Scene};
use crate::text::width;
use crate::{Cell, Frame, Tone, pattern};

/// One column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// The value or the class it stands for.
    pub label: String,
    /// Its figure.
    pub cell: Cell,
}

/// A histogram: columns side by side, as high as their share of the highest.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ColumnChart {
    /// From left to right.
    pub columns: Vec<Column>,
}

impl ColumnChart {
    /// Lays the chart out.
    pub fn scene(&self, frame: Frame) -> Scene {
        let mut scene = Scene::new(frame);
        let size = frame.text_size;
        let small = size * 0.86;
        #[expect(clippy::cast_precision_loss, reason = "a chart has few columns")]
        let step = frame.width / self.columns.len().max(1) as f64;
        let step = step.min(size * 7.0);
        let top = frame.line();
        let room = size * 9.0;
        let base = top + room;
        let highest = self
            .columns
            .iter()
            .filter_map(|it| it.cell.share())
            .fold(0.0, f64::max);
        let text_fits = |text: &str| width(text, small) <= step - 2.0;
        let every = label_step(&self.columns, small, step);
        for (ix, column) in self.columns.iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "a chart has few columns")]
            let x = step * ix as f64;
            let middle = x + step / 2.0;
            let bar = |height: f64| Area {
                x: x + 1.0,
                y: base - height,
                width: (step - 2.0).max(1.0),
                height,
            };
            match column.cell.share() {
                Some(share) if highest > 0.0 => {
                    let height = room * share / highest;
                    pattern::fill(&mut scene, bar(height), Tone::Main);
                    if text_fits(column.cell.text()) {
                        scene.text(
                            (middle, base - height - size * 0.3),
                            Anchor::Middle,
                            "note value",
                            column.cell.text(),
                        );
                    }
                }
                None if matches!(column.cell, Cell::Hidden { .. }) => {
                    pattern::fill_hidden(&mut scene, bar(room / 3.0));
                    if text_fits(column.cell.text()) {
                        scene.text(
                            (middle, base - room / 3.0 - size * 0.3),
                            Anchor::Middle,
                            "note",
                            column.cell.text(),
                        );
                    }
                }
                Some(_) | None => {}
            }
            if ix % every == 0 {
                scene.text(
                    (middle, base + small * 1.4),
                    Anchor::Middle,
                    "note",
                    column.label.clone(),
                );
            }
            scene.describe(&column.label, column.cell.text());
        }
        #[expect(clippy::cast_precision_loss, reason = "a chart has few columns")]
        let length = step * self.columns.len() as f64;
        scene.rect(
            Area {
                x: 0.0,
                y: base - 1.0,
                width: length,
                height: 2.0,
            },
            "axis",
        );
        scene.finish(base + small * 2.0)
    }
}

/// Every how many columns a label is written, so that neighbours do not touch.
fn label_step(columns: &[Column], size: f64, step: f64) -> usize {
    let widest = columns
        .iter()
        .map(|it| width(&it.label, size) + size * 0.6)
        .fold(1.0, f64::max);
    (1..)
        .take(columns.len().max(1))
        .find(|&n: &usize| {
            #[expect(clippy::cast_precision_loss, reason = "a chart has few columns")]
            let room = step * n as f64;
            room >= widest
        })
        .unwrap_or(columns.len().max(1))
}
