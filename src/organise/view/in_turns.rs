//! Long lists are drawn a few pieces in each turn of the drawing loop, so that none is long.

use leptos::prelude::*;

use crate::browser::measure::next_frame;

/// How many of `n` pieces are drawn by now: `each` at once, and as many more with every turn.
pub(crate) fn in_turns(n: usize, each: usize) -> ReadSignal<usize> {
    let drawn = RwSignal::new(each.min(n));
    draw_more(drawn, n, each);
    drawn.read_only()
}

fn draw_more(drawn: RwSignal<usize>, n: usize, each: usize) {
    next_frame(move || {
        // `None` once the list is gone.
        let before = drawn.try_get_untracked();
        if let Some(before) = before.filter(|it| *it < n) {
            drawn.set((before + each).min(n));
            draw_more(drawn, n, each);
        }
    });
}
