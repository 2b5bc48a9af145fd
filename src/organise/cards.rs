//! What each question shows, handed out one question a turn, so that the page never blocks for long.

use std::sync::Arc;

use insight::Release;
use insight::compare::Comparison;
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

/// A comparison, and what its rounds are called.
#[derive(Debug)]
pub(crate) struct Compared {
    /// The comparison.
    pub(crate) comparison: Comparison,
    /// The later and the earlier round; `None` of two groups.
    pub(crate) rounds: Option<(String, String)>,
}

/// The figures of a question.
pub(crate) type Shown = Option<Arc<Drawn>>;

/// What is compared in a question.
pub(crate) type Beside = Option<Arc<Compared>>;

/// One question.
#[derive(Clone, Copy)]
struct Card {
    shown: RwSignal<Shown>,
    beside: RwSignal<Beside>,
    width: RwSignal<f64>,
}

/// A `Copy` handle on signals for each question of a codebook.
#[derive(Clone, Copy)]
pub(crate) struct Cards {
    all: StoredValue<Vec<Card>>,
    /// The number of the last drawing; an earlier one stops by it.
    drawing: StoredValue<u32>,
    /// The same of comparisons.
    comparing: StoredValue<u32>,
    /// The same of widths.
    widening: StoredValue<u32>,
}

impl Cards {
    pub(crate) fn new() -> Self {
        Self {
            all: StoredValue::new(Vec::new()),
            drawing: StoredValue::new(0),
            comparing: StoredValue::new(0),
            widening: StoredValue::new(0),
        }
    }

    /// Makes room for `n` questions.
    pub(crate) fn lay_out(self, n: usize) {
        let card = |_| Card {
            shown: RwSignal::new(None),
            beside: RwSignal::new(None),
            width: RwSignal::new(0.0),
        };
        self.all.set_value((0..n).map(card).collect());
    }

    /// The figures of question `ix`.
    pub(crate) fn shown(self, ix: usize) -> Signal<Shown> {
        let card = self.card(ix);
        card.map_or_else(|| Signal::stored(None), |it| it.shown.into())
    }

    /// What is compared in question `ix`.
    pub(crate) fn beside(self, ix: usize) -> Signal<Beside> {
        let card = self.card(ix);
        card.map_or_else(|| Signal::stored(None), |it| it.beside.into())
    }

    /// The width that the chart of question `ix` may take, in CSS pixels.
    pub(crate) fn width(self, ix: usize) -> Signal<f64> {
        let card = self.card(ix);
        card.map_or_else(|| Signal::stored(0.0), |it| it.width.into())
    }

    fn card(self, ix: usize) -> Option<Card> {
        self.all.with_value(|it| it.get(ix).copied())
    }

    /// Gives `drawn` to the questions; what was compared before is gone with the figures before.
    pub(crate) fn draw(self, drawn: Shown) {
        mark("kuuluu:draw:start");
        let give = move |card: Card| {
            card.shown.set(drawn.clone());
            if card.beside.with_untracked(Option::is_some) {
                card.beside.set(None);
            }
        };
        next(self.comparing);
        self.begin(self.drawing, give, || {
            measure("kuuluu:draw", "kuuluu:draw:start");
        });
    }

    /// Says what is compared in the questions.
    pub(crate) fn compare(self, beside: Beside) {
        self.begin(
            self.comparing,
            move |card| card.beside.set(beside.clone()),
            || {},
        );
    }

    /// Gives the charts another width.
    pub(crate) fn widen(self, width: f64) {
        let give = move |card: Card| {
            if (card.width.get_untracked() - width).abs() >= 1.0 {
                card.width.set(width);
            }
        };
        self.begin(self.widening, give, || {});
    }

    fn begin(self, work: StoredValue<u32>, give: impl Fn(Card) + 'static, done: fn()) {
        let number = next(work);
        next_frame(move || self.go_on(0, (work, number), give, done));
    }

    fn go_on(
        self,
        first: usize,
        (work, number): (StoredValue<u32>, u32),
        give: impl Fn(Card) + 'static,
        done: fn(),
    ) {
        if work.try_get_value() != Some(number) {
            return;
        }
        match self.card(first) {
            Some(card) => {
                give(card);
                next_frame(move || self.go_on(first + 1, (work, number), give, done));
            }
            None => done(),
        }
    }
}

/// The number of a new piece of work; earlier pieces of its kind stop.
fn next(work: StoredValue<u32>) -> u32 {
    let next = work.try_update_value(|it| {
        *it = it.wrapping_add(1);
        *it
    });
    next.unwrap_or_default()
}
