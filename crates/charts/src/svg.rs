//! A scene as an SVG document.

use core::fmt::Write as _;

use crate::{Mark, Scene};

/// Writes `scene` as an SVG document of its own, one mark a line; `name` is its accessible name.
///
/// Colours are not in it: it is for golden files and for embedding beside the style sheet.
pub fn document(scene: &Scene, name: &str) -> String {
    let mut out = String::new();
    let (width, height, size) = (scene.width, scene.height, scene.text_size);
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" role=\"img\" aria-label=\"{}\" \
         width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" font-size=\"{size}\">",
        escape(name)
    );
    for mark in &scene.marks {
        let _ = match mark {
            Mark::Rect {
                x,
                y,
                width,
                height,
                class,
            } => writeln!(
                out,
                "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>"
            ),
            Mark::Path { d, class } => writeln!(out, "<path class=\"{class}\" d=\"{d}\"/>"),
            Mark::Text {
                x,
                y,
                anchor,
                class,
                text,
            } => writeln!(
                out,
                "<text class=\"{class}\" x=\"{x}\" y=\"{y}\" text-anchor=\"{}\">{}</text>",
                anchor.as_str(),
                escape(text)
            ),
        };
    }
    out.push_str("</svg>\n");
    out
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(letter),
        }
    }
    out
}
