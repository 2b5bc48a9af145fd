//! Long lists are drawn a few pieces in each turn of the drawing loop, so that none is long.

use leptos::prelude::*;

use crate::browser::measure::next_turn;

/// How many of `n` pieces are drawn by now: `each` at once, and as many more with every turn.
pub(crate) fn in_turns(n: usize, each: usize) -> ReadSignal<usize> {
    let drawn = RwSignal::new(each.min(n));
    draw_more(drawn, n, each);
    drawn.read_only()
}

fn draw_more(drawn: RwSignal<usize>, n: usize, each: usize) {
    if drawn.try_get_untracked().is_none_or(|it| it >= n) {
        return;
    }
    next_turn(move || {
        // `None` once the list is gone.
        if let Some(before) = drawn.try_get_untracked() {
            drawn.set((before + each).min(n));
            draw_more(drawn, n, each);
        }
    });
}

/// All of a list, `each` at once and as many more with every turn.
pub(super) fn pieces<T: Clone + Send + Sync + 'static>(
    all: Vec<T>,
    each: usize,
    view: fn(T) -> AnyView,
) -> AnyView {
    if all.len() <= each {
        return all.into_iter().map(view).collect_view().into_any();
    }
    let drawn = in_turns(all.len(), each);
    let chunk = |(ix, chunk): (usize, &[T])| {
        let chunk = StoredValue::new(chunk.to_vec());
        let is_drawn = move || ix * each < drawn.get();
        view! {
            <Show when=is_drawn>
                {chunk.get_value().into_iter().map(view).collect_view()}
            </Show>
        }
    };
    all.chunks(each)
        .enumerate()
        .map(chunk)
        .collect_view()
        .into_any()
}
