//! What each question shows and says, handed out a part a turn, so that the page never blocks for
//! long.

use std::sync::Arc;

use insight::Release;
use insight::compare::Comparison;
use leptos::prelude::*;

use super::figures::Look;

use crate::browser::measure::{mark, measure, next_turn};
use crate::words::language;

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

/// A part of a card, which is made in a turn of its own where there is much in it.
#[derive(Clone, Copy)]
pub(crate) struct Part {
    /// The figures that it shows.
    pub(crate) shown: RwSignal<Shown>,
    spoken: RwSignal<()>,
}

impl Part {
    fn new() -> Self {
        Self {
            shown: RwSignal::new(None),
            spoken: RwSignal::new(()),
        }
    }

    /// Says something in the language of the page, and again when another one has come to this
    /// part: all at once would take long. What `words` reads besides is not followed.
    pub(crate) fn say<T>(self, words: impl FnOnce() -> T) -> T {
        self.spoken.track();
        untrack(words)
    }
}

/// One question.
#[derive(Clone, Copy)]
pub(crate) struct CardParts {
    /// Its title and its chart.
    pub(crate) picture: Part,
    /// Its tables.
    pub(crate) tables: Part,
    /// What is compared in it.
    pub(crate) beside: RwSignal<Beside>,
    /// The width that its charts may take, in CSS pixels.
    pub(crate) width: RwSignal<f64>,
    /// It waits for its turn to speak another language; until then it is not laid out.
    pub(crate) waits: RwSignal<bool>,
}

/// More groups than this make a card long to draw.
const FEW_GROUPS: usize = 3;

/// A `Copy` handle on the cards of a codebook.
#[derive(Clone, Copy)]
pub(crate) struct Cards {
    all: StoredValue<Vec<CardParts>>,
    /// True while chart and tables of a card are parted.
    is_parted: StoredValue<bool>,
    /// The number of the last drawing; an earlier one stops by it.
    drawing: StoredValue<u32>,
    /// The same of comparisons.
    comparing: StoredValue<u32>,
    /// The same of widths.
    widening: StoredValue<u32>,
    /// The same of languages.
    speaking: StoredValue<u32>,
}

impl Cards {
    pub(crate) fn new() -> Self {
        Self {
            all: StoredValue::new(Vec::new()),
            is_parted: StoredValue::new(false),
            drawing: StoredValue::new(0),
            comparing: StoredValue::new(0),
            widening: StoredValue::new(0),
            speaking: StoredValue::new(0),
        }
    }

    /// Makes room for `n` questions.
    pub(crate) fn lay_out(self, n: usize) {
        let card = |_| CardParts {
            picture: Part::new(),
            tables: Part::new(),
            beside: RwSignal::new(None),
            width: RwSignal::new(0.0),
            waits: RwSignal::new(false),
        };
        self.all.set_value((0..n).map(card).collect());
    }

    /// The parts of question `ix`.
    pub(crate) fn card(self, ix: usize) -> Option<CardParts> {
        self.all.with_value(|it| it.get(ix).copied())
    }

    /// Gives `drawn` to the questions; what was compared before is gone with the figures before.
    pub(crate) fn draw(self, drawn: Shown) {
        mark("kuuluu:draw:start");
        let groups = drawn.as_ref().map_or(0, |it| it.release.groups().len());
        self.is_parted.set_value(groups > FEW_GROUPS);
        let number = next(self.comparing);
        let done = || {
            measure("kuuluu:draw", "kuuluu:draw:start");
        };
        self.part_by_part(self.drawing, done, move |card, part| {
            part.shown.set(drawn.clone());
            // A new comparison says all cards itself, and is faster where these have two turns.
            let is_old = self.comparing.try_get_value() == Some(number);
            if is_old && card.beside.with_untracked(Option::is_some) {
                card.beside.set(None);
            }
        });
    }

    /// Says all again whenever the page has another language, as long as this owner is there.
    ///
    /// The browser works out anew what everything looks like when the page's language changes, so
    /// cards are left out of sight until their turn has come.
    pub(crate) fn follow_language(self) {
        Effect::new(move |before: Option<String>| {
            let now = language();
            if before.is_some_and(|it| it != now) {
                self.all.with_value(|all| {
                    for card in all {
                        card.waits.set(true);
                    }
                });
                self.part_by_part(
                    self.speaking,
                    || {},
                    |card, part| {
                        part.spoken.set(());
                        card.waits.set(false);
                    },
                );
            }
            now
        });
    }

    /// Says what is compared in the questions.
    pub(crate) fn compare(self, beside: Beside) {
        self.begin(
            self.comparing,
            1,
            || {},
            move |card, _| card.beside.set(beside.clone()),
        );
    }

    /// Gives the charts another width.
    pub(crate) fn widen(self, width: f64) {
        self.begin(
            self.widening,
            1,
            || {},
            move |card, _| {
                if (card.width.get_untracked() - width).abs() >= 1.0 {
                    card.width.set(width);
                }
            },
        );
    }

    /// Goes through pictures and tables, both of a card in one turn where they are small.
    fn part_by_part(
        self,
        work: StoredValue<u32>,
        done: fn(),
        give: impl Fn(CardParts, Part) + 'static,
    ) {
        let turns = if self.is_parted.get_value() { 2 } else { 1 };
        self.begin(work, turns, done, move |card, turn| {
            if turn == 0 {
                give(card, card.picture);
            }
            if turn + 1 == turns {
                give(card, card.tables);
            }
        });
    }

    fn begin(
        self,
        work: StoredValue<u32>,
        turns: usize,
        done: fn(),
        give: impl Fn(CardParts, usize) + 'static,
    ) {
        let number = next(work);
        next_turn(move || self.go_on(0, turns, (work, number), done, give));
    }

    fn go_on(
        self,
        at: usize,
        turns: usize,
        (work, number): (StoredValue<u32>, u32),
        done: fn(),
        give: impl Fn(CardParts, usize) + 'static,
    ) {
        if work.try_get_value() != Some(number) {
            return;
        }
        match self.card(at / turns) {
            Some(card) => {
                give(card, at % turns);
                next_turn(move || self.go_on(at + 1, turns, (work, number), done, give));
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
