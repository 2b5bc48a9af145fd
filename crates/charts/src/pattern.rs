//! Textures, drawn as paths: they need no definitions with ids, survive copying and printing, and
//! are the same in every browser.

use core::fmt::Write as _;

use crate::Tone;
use crate::scene::{Area, Scene, px};

/// The texture of a tone; neighbours on a scale never share one.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Texture {
    Plain,
    Rising(f64),
    Falling(f64),
    Dots(f64),
}

fn texture(tone: Tone) -> Texture {
    match tone {
        Tone::Main | Tone::Low2 | Tone::High2 => Texture::Plain,
        Tone::Second | Tone::High1 => Texture::Rising(8.0),
        Tone::Low1 => Texture::Falling(8.0),
        Tone::Middle => Texture::Dots(8.0),
        Tone::Aside => Texture::Dots(5.0),
        Tone::Low3 => Texture::Falling(4.0),
        Tone::High3 => Texture::Rising(4.0),
        Tone::Step { ix, .. } => match ix % 3 {
            0 => Texture::Plain,
            1 => Texture::Rising(8.0),
            _ => Texture::Falling(8.0),
        },
    }
}

/// Fills `area` with the tone's colour and texture.
pub(crate) fn fill(scene: &mut Scene, area: Area, tone: Tone) {
    scene.rect(area, format!("fill {}", tone.class()));
    let class = format!("texture {}", tone.class());
    match texture(tone) {
        Texture::Plain => {}
        Texture::Rising(step) => scene.path(rising(area, step), class),
        Texture::Falling(step) => scene.path(falling(area, step), class),
        Texture::Dots(step) => scene.path(dots(area, step), class),
    }
}

/// Fills `area` as one whose figure is kept back.
pub(crate) fn fill_hidden(scene: &mut Scene, area: Area) {
    scene.rect(area, "fill hidden");
    let mut d = rising(area, 6.0);
    d.push_str(&falling(area, 6.0));
    scene.path(d, "texture hidden");
}

/// Diagonals from bottom left to top right, cut to the area.
fn rising(area: Area, step: f64) -> String {
    diagonals(area, step, |from, to| {
        (
            (area.x + from.0, area.y + area.height - from.1),
            (area.x + to.0, area.y + area.height - to.1),
        )
    })
}

/// Diagonals from top left to bottom right, cut to the area.
fn falling(area: Area, step: f64) -> String {
    diagonals(area, step, |from, to| {
        (
            (area.x + from.0, area.y + from.1),
            (area.x + to.0, area.y + to.1),
        )
    })
}

type Point = (f64, f64);

/// The lines `x - y = c` within the area, in coordinates that `place` turns into the drawing's.
fn diagonals(area: Area, step: f64, place: impl Fn(Point, Point) -> (Point, Point)) -> String {
    let mut d = String::new();
    let mut offset = step / 2.0 - (area.height / step).ceil() * step;
    while offset < area.width {
        let from = (offset.max(0.0), (-offset).max(0.0));
        let length = (area.width - from.0).min(area.height - from.1);
        if length > 0.5 {
            let (a, b) = place(from, (from.0 + length, from.1 + length));
            let _ = write!(d, "M{} {}L{} {}", px(a.0), px(a.1), px(b.0), px(b.1));
        }
        offset += step;
    }
    d
}

/// Dots on a grid: strokes of no length, which round caps make round.
fn dots(area: Area, step: f64) -> String {
    let mut d = String::new();
    let mut y = step / 2.0;
    let mut odd = false;
    while y < area.height - 1.0 {
        let mut x = if odd { step } else { step / 2.0 };
        while x < area.width - 1.0 {
            let _ = write!(d, "M{} {}h0", px(area.x + x), px(area.y + y));
            x += step;
        }
        y += step;
        odd = !odd;
    }
    d
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_on_a_scale_differ_in_texture() {
        for n in 2..=7 {
            for ix in 1..n {
                assert_ne!(
                    texture(Tone::of_scale(ix - 1, n)),
                    texture(Tone::of_scale(ix, n)),
                    "steps {ix} and {} of {n}",
                    ix + 1
                );
                assert_ne!(
                    texture(Tone::of_order(ix - 1, n)),
                    texture(Tone::of_order(ix, n))
                );
            }
        }
    }

    #[test]
    fn diagonals_stay_within_their_area() {
        let area = Area {
            x: 10.0,
            y: 20.0,
            width: 30.0,
            height: 8.0,
        };
        assert_eq!(
            falling(area, 8.0),
            "M10 24L14 28M14 20L22 28M22 20L30 28M30 20L38 28M38 20L40 22"
        );
    }
}
