//! What the organiser asks of the engine.

use std::collections::BTreeSet;
use std::time::Duration;

use insight::protocol::{Against, Request};
use leptos::prelude::*;

use super::desk::Desk;
use super::selection::Selection;
use crate::browser::clock;

/// So long new figures may take before the page says that they are counted.
const PATIENCE: Duration = Duration::from_millis(400);

impl Desk {
    /// Changes what the reader wants to see and asks for it.
    pub(super) fn choose(self, change: impl FnOnce(&mut Selection)) {
        self.selection.update(change);
        self.ask();
    }

    /// Leaves out these groups, by their places, and shows the others: the figures are there already.
    pub(super) fn leave_out(self, groups: BTreeSet<usize>) {
        self.selection.update(|it| it.left_out = groups);
        self.draw();
        self.ask_comparison();
    }

    /// Shows or leaves out intervals: they are there already.
    pub(super) fn show_intervals(self, shown: bool) {
        self.selection.update(|it| it.intervals = shown);
        self.draw();
        self.cards.compare(self.comparison.get_untracked());
    }

    /// Asks what may be said of two rounds, or of two groups if exactly two are shown.
    pub(super) fn ask_comparison(self) {
        self.comparison.set(None);
        if let Some(against) = self.against() {
            self.tell(&Request::Compare {
                id: self.asked.get_value(),
                query: self.selection.with_untracked(Selection::query),
                against,
            });
        }
    }

    /// What is compared: the newest of the rounds chosen, or two groups if exactly two are shown.
    pub(super) fn against(self) -> Option<Against> {
        let rounds = self.selection.with_untracked(|it| it.rounds);
        match self.rounds.newest(rounds) {
            Some(earlier) => Some(Against::Rounds {
                earlier: earlier.place,
                later: 0,
            }),
            None => self.two_groups(),
        }
    }

    fn two_groups(self) -> Option<Against> {
        let selection = self.selection.get_untracked();
        let release = self.release.get_untracked()?;
        let shown = release.groups().iter().enumerate();
        let shown = shown.filter(|(ix, _)| !selection.left_out.contains(ix));
        let shown: Vec<_> = shown.map(|(_, it)| it.by.as_slice()).collect();
        match shown.as_slice() {
            [[(variable, one)], [(_, other)]] => Some(Against::Groups {
                variable: variable.clone(),
                one: one.clone(),
                other: Some(other.clone()),
            }),
            _ => None,
        }
    }

    /// Asks for figures of this round, and of those that stand beside it.
    pub(super) fn ask(self) {
        let id = self.next_number();
        self.asked.set_value(id);
        clock::after(PATIENCE, move || {
            let is_last = self.asked.get_value() == id;
            self.is_counting
                .set(is_last && self.answered.get_value() != id);
        });
        let selection = self.selection.get_untracked();
        self.tell(&Request::Tabulate {
            id,
            round: 0,
            query: selection.query(),
        });
        self.rounds.forget_figures();
        for round in self.rounds.chosen(selection.rounds) {
            let id = self.next_number();
            self.rounds.expect(id, round.place);
            self.tell(&Request::Tabulate {
                id,
                round: round.place,
                query: selection.query().of_earlier_round(),
            });
        }
    }

    /// Asks for what was written to an open question.
    pub(super) fn ask_texts(self, variable: &str) {
        if self.texts.with_untracked(|it| !it.contains_key(variable)) {
            let variable = variable.to_owned();
            self.tell(&Request::OpenAnswers { variable });
        }
    }
}
