//! The organiser's desk: what is open, what is being read, what is shown.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use insight::load::{LISTED_BAD_LINES, Unknown};
use insight::protocol::{Against, BadLine, Reply, Request};
use insight::rounds::OverTime;
use insight::{Codebook, OpenAnswers, Release};
use leptos::prelude::*;
use questionnaire::definition::Survey;
use wire::config::{Config, SurveyEntry};

use super::cards::{Cards, Compared, Drawn};
use super::engine::Engine;
use super::export;
use super::figures::{Look, round_name};
use super::publisher::Publisher;
use super::reading::Reading;
use super::rounds::EarlierRounds;
use super::selection::{Rounds, Selection};
use super::weights::Weights;
use crate::browser::clock;
use crate::browser::fetch::{self, FetchError};
use crate::browser::measure::{measure_span, next_frame};
use crate::words::language;

/// Where the work stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Stage {
    /// The configuration and the survey are on their way.
    Opening,
    /// Waiting for a key or a file.
    Waiting(Option<Note>),
    /// A table was chosen: its columns are matched with the questions.
    Matching,
    /// Answers are being read.
    Reading {
        /// Answers so far.
        responses: u32,
        /// The part read, from 0 to 1, where the length is known.
        part: Option<f64>,
    },
    /// The figures are on the page.
    Shown,
    /// It cannot go on.
    Failed(Failure),
}

/// What is to be said where answers are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Note {
    /// No key was typed.
    NoKey,
    /// The endpoint refused the key.
    Refused,
    /// Not a problem: the reader stopped the reading.
    Cancelled,
    /// No file was chosen.
    NoFile,
    /// The file is a workbook, or packed in a way that the browser does not know.
    Packed,
    /// None of its lines is an answer to this survey.
    NothingRead,
    /// The file with the questionnaire is none.
    NoQuestionnaire,
    /// The browser could not read the file to its end.
    Broken,
    /// The endpoint does not answer, or with an error.
    Unreachable,
}

/// Why it cannot go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Failure {
    /// No answer from the network.
    Network,
    /// The endpoint answered with this status.
    Status(u16),
    /// The installation has no such survey.
    NoSurvey(String),
    /// `config.json` or the survey file cannot be used.
    Definition,
    /// The worker stopped.
    Engine,
    /// Reading broke off.
    Read,
}

/// The survey that is open.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(super) config: Config,
    pub(super) entry: SurveyEntry,
    pub(super) codebook: Arc<Codebook>,
    /// The survey file as it is.
    pub(super) definition: String,
}

impl Opened {
    /// The installation's minimum cell and sensitive minimum.
    pub(super) fn minima(&self) -> (u32, u32) {
        let minima = self.config.disclosure;
        (minima.minimum_cell, minima.sensitive_minimum)
    }
}

/// Lines that could not be read, and columns of a table with cells that are no choices.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct BadLines {
    pub(super) n: u32,
    /// The first of them, each with its file's name where there are several.
    pub(super) first: Vec<(Option<String>, BadLine)>,
    pub(super) unknown: Vec<Unknown>,
}

impl BadLines {
    /// Adds those of a further file.
    pub(super) fn add(&mut self, file: Option<&str>, other: Self) {
        self.n += other.n;
        let lines = other.first.into_iter();
        let named = lines.map(|(_, line)| (file.map(str::to_owned), line));
        self.first.extend(named);
        self.first.truncate(LISTED_BAD_LINES);
        self.unknown.extend(other.unknown);
    }
}

/// A `Copy` handle on everything the page follows. A page has one desk for as long as it is open.
#[derive(Clone, Copy)]
pub(crate) struct Desk(&'static Followed);

/// Everything the page follows.
pub(crate) struct Followed {
    pub(super) stage: RwSignal<Stage>,
    /// True from the first figures of the present answers on.
    pub(super) is_kept: RwSignal<bool>,
    pub(super) opened: RwSignal<Option<Arc<Opened>>>,
    pub(super) selection: RwSignal<Selection>,
    pub(super) release: RwSignal<Option<Arc<Release>>>,
    pub(super) bad: RwSignal<BadLines>,
    /// What was written to open questions, as far as it was asked for.
    pub(super) texts: RwSignal<BTreeMap<String, Arc<OpenAnswers>>>,
    /// The two groups that are shown, or two rounds, beside each other.
    pub(super) comparison: RwSignal<Option<Arc<Compared>>>,
    /// True while new figures take so long that it must be said.
    pub(super) is_counting: RwSignal<bool>,
    /// The rounds that are shown one after the other.
    pub(super) over_time: RwSignal<Option<Arc<OverTime>>>,
    /// Earlier rounds.
    pub(super) rounds: EarlierRounds,
    /// Weighting.
    pub(super) weights: Weights,
    /// Reading answers.
    pub(super) reading: Reading,
    /// Publishing.
    pub(super) publisher: Publisher,
    /// The release each question shows.
    pub(super) cards: Cards,
    /// The organiser's key, in the memory of this page only.
    pub(super) key: StoredValue<Option<String>>,
    engine: StoredValue<Option<Engine>, LocalStorage>,
    /// The number of the last query over this round; replies to earlier ones are dropped.
    asked: StoredValue<u32>,
    /// The number of the last query of all.
    counter: StoredValue<u32>,
    /// The number of the last query that was answered.
    answered: StoredValue<u32>,
}

/// So long new figures may take before the page says that they are counted.
const PATIENCE: Duration = Duration::from_millis(400);

impl Deref for Desk {
    type Target = Followed;

    fn deref(&self) -> &Followed {
        self.0
    }
}

impl Desk {
    pub(super) fn new() -> Self {
        Self(Box::leak(Box::new(Followed {
            stage: RwSignal::new(Stage::Opening),
            is_kept: RwSignal::new(false),
            opened: RwSignal::new(None),
            selection: RwSignal::new(Selection::default()),
            release: RwSignal::new(None),
            bad: RwSignal::new(BadLines::default()),
            texts: RwSignal::new(BTreeMap::new()),
            comparison: RwSignal::new(None),
            is_counting: RwSignal::new(false),
            over_time: RwSignal::new(None),
            rounds: EarlierRounds::new(),
            weights: Weights::new(),
            reading: Reading::new(),
            publisher: Publisher::new(),
            cards: Cards::new(),
            key: StoredValue::new(None),
            engine: StoredValue::new_local(None),
            asked: StoredValue::new(0),
            counter: StoredValue::new(0),
            answered: StoredValue::new(0),
        })))
    }

    /// Fetches configuration and survey, starts the engine, and reads the answers if there is a key.
    pub(super) async fn open(self, survey: String, key: Option<String>) {
        match self.fetch_survey(&survey).await {
            Err(failure) => self.stage.set(Stage::Failed(failure)),
            Ok(()) => match key {
                Some(key) => self.fetch(key).await,
                None => self.stage.set(Stage::Waiting(None)),
            },
        }
    }

    async fn fetch_survey(self, survey: &str) -> Result<(), Failure> {
        let config = fetch::text("/config.json").await.map_err(no_file)?;
        let config = Config::parse(&config).map_err(|_| Failure::Definition)?;
        let entry = config
            .survey(survey)
            .ok_or_else(|| Failure::NoSurvey(survey.to_owned()))?
            .clone();
        let definition = fetch::text(&format!("/{}", entry.file))
            .await
            .map_err(no_file)?;
        let parsed = Survey::parse(&definition);
        if !parsed.is_usable() {
            return Err(Failure::Definition);
        }
        let codebook = Codebook::of(&parsed.survey);
        self.cards
            .lay_out(codebook.questions.len() + codebook.scores.len());
        self.selection
            .update(|it| it.scores = !codebook.scores.is_empty());
        self.opened.set(Some(Arc::new(Opened {
            config,
            entry,
            codebook: Arc::new(codebook),
            definition,
        })));
        let engine = Engine::start(move |reply| self.hear(reply)).ok_or(Failure::Engine)?;
        self.engine.set_value(Some(engine));
        Ok(())
    }

    /// Goes back to the choice of answers; what is shown stays until others are read.
    pub(super) fn choose_answers(self) {
        self.stage.set(Stage::Waiting(None));
    }

    /// Changes what the reader wants to see and asks for it.
    pub(super) fn choose(self, change: impl FnOnce(&mut Selection)) {
        self.selection.update(change);
        self.ask();
    }

    /// Shows or leaves out a group: the figures are there already.
    pub(super) fn show_group(self, ix: usize, shown: bool) {
        self.selection.update(|it| it.show_group(ix, shown));
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
    fn ask_comparison(self) {
        self.comparison.set(None);
        let against = match self
            .rounds
            .newest(self.selection.with_untracked(|it| it.rounds))
        {
            Some(earlier) => Some(Against::Rounds {
                earlier: earlier.place,
                later: 0,
            }),
            None => self.two_groups(),
        };
        if let Some(against) = against {
            self.tell(&Request::Compare {
                id: self.asked.get_value(),
                query: self.selection.with_untracked(Selection::query),
                against,
            });
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
                query: selection.query_of_round(),
            });
        }
    }

    pub(super) fn next_number(self) -> u32 {
        let next = self.counter.get_value().wrapping_add(1);
        self.counter.set_value(next);
        next
    }

    /// Asks for what was written to an open question.
    pub(super) fn ask_texts(self, variable: &str) {
        if self.texts.with_untracked(|it| !it.contains_key(variable)) {
            let variable = variable.to_owned();
            self.tell(&Request::OpenAnswers { variable });
        }
    }

    /// Asks for the archive; it comes as a file to keep.
    pub(super) fn ask_archive(self) {
        self.tell(&Request::Archive);
    }

    /// Who asks, in the language of the page.
    pub(super) fn publisher_name(self) -> String {
        self.opened.with(|it| {
            it.as_ref()
                .and_then(|it| it.config.organisation.name.resolve(&language()))
                .unwrap_or_default()
                .to_owned()
        })
    }

    /// Moves bytes to the engine.
    pub(super) fn hand_over(self, piece: js_sys::Uint8Array) {
        self.engine.with_value(|engine| {
            if let Some(engine) = engine {
                engine.hand_over(piece);
            }
        });
    }

    pub(super) fn tell(self, request: &Request) {
        self.engine.with_value(|engine| {
            if let Some(engine) = engine {
                engine.ask(request);
            }
        });
    }

    fn hear(self, reply: Option<Reply>) {
        match reply {
            Some(Reply::Ready) => self.engine.with_value(|engine| {
                if let Some(engine) = engine {
                    engine.is_ready();
                }
            }),
            Some(Reply::Progress { bytes, responses }) => {
                let part = self.reading.progress(bytes);
                if matches!(self.stage.get_untracked(), Stage::Reading { .. }) {
                    self.stage.set(Stage::Reading { responses, part });
                }
            }
            Some(Reply::Loaded {
                responses,
                bad_lines: n,
                bad,
                unknown,
                ..
            }) => {
                let first = bad.into_iter().map(|it| (None, it)).collect();
                self.loaded(responses, BadLines { n, first, unknown });
            }
            Some(Reply::Matched { id, preview }) => self.matched(id, preview),
            // To read it, to take it and to draw it are three turns, so that none is long.
            Some(Reply::Released { id, release }) => {
                next_frame(move || self.released(id, Arc::new(*release)));
            }
            Some(Reply::Compared { id, comparison }) if id == self.asked.get_value() => {
                let rounds = self.selection.with_untracked(|it| it.rounds);
                let earlier = self.rounds.newest(rounds).map(|it| it.name.clone());
                let compared = Arc::new(Compared {
                    comparison: *comparison,
                    rounds: earlier.map(|it| (round_name(self.round_name().as_deref()), it)),
                });
                self.cards.compare(Some(Arc::clone(&compared)));
                self.comparison.set(Some(compared));
            }
            Some(Reply::Weighed { weighting }) => self.weighed(weighting),
            Some(Reply::Failed { reason }) if self.weights.is_waiting() => {
                self.weights.refuse(reason);
            }
            Some(Reply::Failed { reason }) => {
                leptos::logging::error!("{reason}");
                self.stage.set(Stage::Failed(Failure::Engine));
            }
            Some(Reply::OpenAnswers(answers)) => self.texts.update(|it| {
                it.insert(answers.variable.clone(), Arc::new(answers));
            }),
            Some(Reply::Published(results)) => self.publisher.preview(results),
            Some(Reply::Archived { archive, release }) => {
                if let Some(opened) = self.opened.get_untracked() {
                    let name = self.publisher_name();
                    let _ = export::archive(&archive, &release, &opened.codebook, &name);
                }
            }
            Some(Reply::Timed { name, start, end }) => measure_span(&name, start, end),
            None => self.stage.set(Stage::Failed(Failure::Engine)),
            Some(_) => {}
        }
    }

    /// Takes figures; those of earlier rounds come after those of this one.
    fn released(self, id: u32, release: Arc<Release>) {
        if id == self.asked.get_value() {
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

    /// What this round is called, if it has a name.
    pub(super) fn round_name(self) -> Option<String> {
        self.opened
            .with_untracked(|it| it.as_ref()?.codebook.round.clone())
    }

    /// Gives the figures to the questions.
    fn draw(self) {
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
        self.over_time.set(over_time.clone());
        let look = Look {
            left_out: selection.left_out,
            intervals: selection.intervals,
            over_time,
        };
        self.cards.draw(Some(Arc::new(Drawn { release, look })));
    }
}

fn no_file(error: FetchError) -> Failure {
    match error {
        FetchError::Unreachable => Failure::Network,
        FetchError::Status(status) => Failure::Status(status),
    }
}
