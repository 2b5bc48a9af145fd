//! The release that each question shows, handed out one question at a time.

use std::sync::Arc;

use insight::Release;
use leptos::prelude::*;

use super::figures::Look;

use crate::browser::measure::{mark, measure, next_frame};

/// A release and how it is to be shown.
#[derive(Debug)]
pub(crate) struct Drawn {
    /// The figures.
    pub(crate) release: Arc<Release>,
    /// What stands beside them.
    pub(crate) look: Look,
}

/// What a question shows.
pub(crate) type Shown = Option<Arc<Drawn>>;

/// A `Copy` handle on one signal per question of a codebook.
#[derive(Clone, Copy)]
pub(crate) struct Cards {
    shown: StoredValue<Vec<RwSignal<Shown>>>,
    /// The number of the last drawing; an earlier one stops by it.
    drawing: StoredValue<u32>,
}

impl Cards {
    pub(crate) fn new() -> Self {
        Self {
            shown: StoredValue::new(Vec::new()),
            drawing: StoredValue::new(0),
        }
    }

    /// Makes room for `n` questions.
    pub(crate) fn lay_out(self, n: usize) {
        self.shown
            .set_value((0..n).map(|_| RwSignal::new(None)).collect());
    }

    /// What question `ix` shows.
    pub(crate) fn card(self, ix: usize) -> Signal<Shown> {
        let card = self.shown.with_value(|it| it.get(ix).copied());
        card.map_or_else(|| Signal::stored(None), Into::into)
    }

    /// Gives `drawn` to the questions, one in each turn of the drawing loop, so that the page never blocks
    /// for long.
    pub(crate) fn draw(self, drawn: Shown) {
        mark("kuuluu:draw:start");
        let number = self.drawing.try_update_value(|it| {
            *it = it.wrapping_add(1);
            *it
        });
        let number = number.unwrap_or_default();
        next_frame(move || self.draw_from(0, drawn, number));
    }

    fn draw_from(self, first: usize, drawn: Shown, number: u32) {
        if self.drawing.try_get_value() != Some(number) {
            return;
        }
        match self.shown.with_value(|it| it.get(first).copied()) {
            Some(card) => {
                card.set(drawn.clone());
                next_frame(move || self.draw_from(first + 1, drawn, number));
            }
            None => measure("kuuluu:draw", "kuuluu:draw:start"),
        }
    }
}
