//! A scene in the page.

use charts::{Anchor, Mark, Scene};
use leptos::prelude::*;

use super::in_turns::pieces;

/// A chart of more marks than these is drawn in several turns.
const MARKS_A_TURN: usize = 200;

/// Draws a scene as an image with a name and a description.
pub(crate) fn drawing(scene: Scene, name: &str) -> impl IntoView + use<> {
    let Scene {
        width,
        height,
        text_size,
        marks,
        description,
    } = scene;
    let label = format!("{name} – {description}");
    view! {
        <svg
            class="chart"
            role="img"
            aria-label=label
            width=width
            height=height
            viewBox=format!("0 0 {width} {height}")
            font-size=text_size
        >
            {pieces(marks, MARKS_A_TURN, mark)}
        </svg>
    }
}

fn mark(mark: Mark) -> AnyView {
    match mark {
        Mark::Rect {
            x,
            y,
            width,
            height,
            class,
        } => view! { <rect class=class x=x y=y width=width height=height/> }.into_any(),
        Mark::Path { d, class } => view! { <path class=class d=d/> }.into_any(),
        Mark::Text {
            x,
            y,
            anchor,
            class,
            text,
        } => view! { <text class=class x=x y=y text-anchor=Anchor::as_str(anchor)>{text}</text> }
            .into_any(),
    }
}
