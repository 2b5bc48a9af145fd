//! What the engine says, and where it goes on the page.

use std::sync::Arc;

use insight::Release;
use insight::protocol::Reply;
use leptos::prelude::*;

use super::cards::{Compared, Drawn};
use super::desk::Desk;
use super::engine::Heard;
use super::figures::{Look, round_name};
use super::selection::{GroupsAre, Rounds};
use super::stage::{BadLines, Failure, Stage};
use crate::browser::measure::{measure_span, next_frame};

impl Desk {
    pub(super) fn hear(self, heard: Heard) {
        match heard {
            Heard::Reply(reply) => self.hear_reply(reply),
            Heard::File(id, file) => self.files.take(id, &file),
            Heard::Failure => self.stage.set(Stage::Failed(Failure::Engine)),
        }
    }

    fn hear_reply(self, reply: Reply) {
        match reply {
            Reply::Ready => self.engine.with_value(|engine| {
                if let Some(engine) = engine {
                    engine.is_ready();
                }
            }),
            Reply::Progress { bytes, responses } => {
                let part = self.reading.progress(bytes);
                if matches!(self.stage.get_untracked(), Stage::Reading { .. }) {
                    self.stage.set(Stage::Reading { responses, part });
                }
            }
            Reply::Loaded {
                responses,
                bad_lines: n,
                bad,
                unknown,
                unsure,
                ..
            } => {
                let first = bad.into_iter().map(|it| (None, it)).collect();
                let bad = BadLines {
                    n,
                    first,
                    unknown,
                    unsure,
                };
                self.loaded(responses, bad);
            }
            Reply::Matched { id, preview } => self.matched(id, preview),
            // To read it, to take it and to draw it are three turns, so that none is long.
            Reply::Released { id, release } => {
                next_frame(move || self.released(id, Arc::new(*release)));
            }
            Reply::Compared { id, comparison } if id == self.asked.get_value() => {
                let rounds = self.selection.with_untracked(|it| it.rounds);
                let earlier = self.rounds.newest(rounds).map(|it| it.name.clone());
                let compared = Arc::new(Compared {
                    comparison: *comparison,
                    rounds: earlier.map(|it| (round_name(self.round_name().as_deref()), it)),
                });
                self.cards.compare(Some(Arc::clone(&compared)));
                self.comparison.set(Some(compared));
            }
            Reply::Weighed { weighting } => self.weighed(weighting),
            Reply::Failed { reason } if self.weights.is_waiting() => {
                self.weights.refuse(reason);
            }
            Reply::Failed { .. } if self.files.is_waiting() => self.files.give_up(),
            Reply::Failed { reason } => {
                leptos::logging::error!("{reason}");
                self.stage.set(Stage::Failed(Failure::Engine));
            }
            Reply::OpenAnswers(answers) => self.texts.update(|it| {
                it.insert(answers.variable.clone(), Arc::new(answers));
            }),
            Reply::Published(results) => self.publisher.preview(results),
            Reply::Timed { name, start, end } => measure_span(&name, start, end),
            _ => {}
        }
    }

    /// Takes figures; those of earlier rounds come after those of this one.
    fn released(self, id: u32, release: Arc<Release>) {
        if id == self.asked.get_value() {
            if self
                .selection
                .with_untracked(|it| it.groups_are == GroupsAre::New)
            {
                let sizes: Vec<Option<u32>> = release.groups().iter().map(|it| it.n).collect();
                self.selection.update(|it| it.take_sizes(&sizes));
            }
            self.shown.set(self.selection.get_untracked());
            self.release.set(Some(release));
        } else if !self.rounds.take(id, release) {
            return;
        }
        if self.rounds.is_waiting() {
            return;
        }
        if matches!(self.stage.get_untracked(), Stage::Reading { .. }) {
            self.is_kept.set(true);
            self.stage.set(Stage::Shown);
        }
        self.answered.set_value(self.asked.get_value());
        self.is_counting.set(false);
        self.draw();
        self.ask_comparison();
    }

    /// Gives the figures to the questions.
    pub(super) fn draw(self) {
        let Some(release) = self.release.get_untracked() else {
            return self.cards.draw(None);
        };
        let selection = self.selection.get_untracked();
        let opened = self.opened.get_untracked();
        let over_time = opened.filter(|_| selection.rounds != Rounds::No);
        let over_time = over_time.and_then(|it| {
            let name = round_name(it.codebook.round.as_deref());
            self.rounds
                .over_time(selection.rounds, name, &it.codebook, &release)
        });
        let over_time = over_time.map(Arc::new);
        let look = Look {
            left_out: selection.left_out,
            intervals: selection.intervals,
            over_time,
        };
        self.cards.draw(Some(Arc::new(Drawn { release, look })));
    }
}
