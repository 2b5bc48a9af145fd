//! The organiser's desk: what is open, what is being read, what is shown.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use insight::compare::Comparison;
use insight::protocol::{Against, BadLine, Layout, Reply, Request};
use insight::{Codebook, OpenAnswers, Release};
use leptos::prelude::*;
use questionnaire::definition::Survey;
use web_sys::File;
use wire::config::{Config, SurveyEntry};

use super::cards::Cards;
use super::engine::Engine;
use super::export;
use super::pace::Pace;
use super::publisher::Publisher;
use super::selection::Selection;
use crate::browser::bytes::{Bytes, BytesProblem};
use crate::browser::fetch::{self, FetchError};
use crate::browser::measure::measure_span;
use crate::words::language;

/// Where the work stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Stage {
    /// The configuration and the survey are on their way.
    Opening,
    /// Waiting for a key or a file.
    Waiting(Option<KeyProblem>),
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

/// What was wrong with the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyProblem {
    /// Nothing was typed.
    Empty,
    /// The endpoint refused it.
    Refused,
    /// Not a problem: the reader stopped the reading.
    Cancelled,
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
    /// A packed file or a workbook.
    Packed,
}

/// The survey that is open.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(super) config: Config,
    pub(super) entry: SurveyEntry,
    pub(super) codebook: Arc<Codebook>,
    /// The survey file as it is.
    definition: String,
}

/// Lines that could not be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct BadLines {
    pub(super) n: u32,
    pub(super) first: Vec<BadLine>,
}

/// A `Copy` handle on everything the page follows.
#[derive(Clone, Copy)]
pub(crate) struct Desk {
    pub(super) stage: RwSignal<Stage>,
    pub(super) opened: RwSignal<Option<Arc<Opened>>>,
    pub(super) selection: RwSignal<Selection>,
    pub(super) release: RwSignal<Option<Arc<Release>>>,
    pub(super) bad: RwSignal<BadLines>,
    /// What was written to open questions, as far as it was asked for.
    pub(super) texts: RwSignal<BTreeMap<String, Arc<OpenAnswers>>>,
    /// The two groups that are shown, beside each other.
    pub(super) comparison: RwSignal<Option<Arc<Comparison>>>,
    /// Publishing.
    pub(super) publisher: Publisher,
    /// The release each question shows.
    pub(super) cards: Cards,
    /// The organiser's key, in the memory of this page only.
    pub(super) key: StoredValue<Option<String>>,
    engine: StoredValue<Option<Engine>, LocalStorage>,
    pace: StoredValue<Rc<Pace>, LocalStorage>,
    /// The number of the last query; replies to earlier ones are dropped.
    asked: StoredValue<u32>,
    /// The number of the last reading; a cancelled one stops by it.
    reading: StoredValue<u32>,
    /// How many bytes the reading will take, if that is known.
    expected: StoredValue<Option<u64>>,
}

impl Desk {
    pub(super) fn new() -> Self {
        Self {
            stage: RwSignal::new(Stage::Opening),
            opened: RwSignal::new(None),
            selection: RwSignal::new(Selection::default()),
            release: RwSignal::new(None),
            bad: RwSignal::new(BadLines::default()),
            texts: RwSignal::new(BTreeMap::new()),
            comparison: RwSignal::new(None),
            publisher: Publisher::new(),
            cards: Cards::new(),
            key: StoredValue::new(None),
            engine: StoredValue::new_local(None),
            pace: StoredValue::new_local(Rc::default()),
            asked: StoredValue::new(0),
            reading: StoredValue::new(0),
            expected: StoredValue::new(None),
        }
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
        self.cards.lay_out(codebook.questions.len());
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

    /// Fetches the answers from the endpoint.
    pub(super) async fn fetch(self, key: String) {
        let Some(opened) = self.opened.get_untracked() else {
            return;
        };
        if key.trim().is_empty() {
            self.stage.set(Stage::Waiting(Some(KeyProblem::Empty)));
            return;
        }
        self.stage.set(Stage::Reading {
            responses: 0,
            part: None,
        });
        let url = wire::routes::responses(opened.config.endpoint.as_str(), &opened.entry.id);
        match Bytes::of_endpoint(&url, key.trim()).await {
            Ok(bytes) => {
                self.key.set_value(Some(key.trim().to_owned()));
                self.read(bytes, url, Layout::Ndjson).await;
            }
            Err(BytesProblem::Status(401 | 403)) => {
                self.stage.set(Stage::Waiting(Some(KeyProblem::Refused)));
            }
            Err(problem) => self.stage.set(Stage::Failed(failure(problem))),
        }
    }

    /// Reads answers from a file on disk.
    pub(super) async fn read_file(self, file: File) {
        let name = file.name();
        let layout = Layout::of_name(&name);
        match Bytes::of_file(&file).await {
            Ok(bytes) => self.read(bytes, name, layout).await,
            Err(problem) => self.stage.set(Stage::Failed(failure(problem))),
        }
    }

    /// Hands a stream to the engine piece by piece.
    async fn read(self, mut bytes: Bytes, source: String, layout: Layout) {
        let number = self.reading.try_update_value(|it| {
            *it += 1;
            *it
        });
        let is_current = || Some(self.reading.get_value()) == number;
        self.stage.set(Stage::Reading {
            responses: 0,
            part: None,
        });
        self.start_anew();
        self.tell(&Request::Begin {
            source,
            layout,
            bytes: bytes.length(),
        });
        self.expected.set_value(bytes.length());
        let pace = self.pace.get_value();
        pace.begin();
        loop {
            pace.room().await;
            let piece = bytes.next().await;
            if !is_current() {
                return;
            }
            match piece {
                Ok(Some(piece)) => self.engine.with_value(|engine| {
                    if let Some(engine) = engine {
                        pace.hand(piece.length());
                        engine.hand_over(piece);
                    }
                }),
                Ok(None) => break,
                Err(_) => {
                    self.tell(&Request::Cancel);
                    self.stage.set(Stage::Failed(Failure::Read));
                    return;
                }
            }
        }
        self.tell(&Request::End);
    }

    /// Makes the engine forget earlier answers.
    fn start_anew(self) {
        self.texts.set(BTreeMap::new());
        self.publisher.close();
        self.opened.with_untracked(|opened| {
            if let Some(opened) = opened {
                let minima = opened.config.disclosure;
                self.tell(&Request::Open {
                    definition: opened.definition.clone(),
                    minima: Some((minima.minimum_cell, minima.sensitive_minimum)),
                });
            }
        });
    }

    /// Stops reading.
    pub(super) fn cancel(self) {
        self.reading.update_value(|it| *it += 1);
        self.pace.with_value(|it| it.begin());
        self.tell(&Request::Cancel);
        self.stage.set(Stage::Waiting(Some(KeyProblem::Cancelled)));
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

    /// Asks what may be said of two groups, if exactly two are shown.
    fn ask_comparison(self) {
        self.comparison.set(None);
        let against = self.release.with_untracked(|release| {
            let release = release.as_deref()?;
            let left_out = self.selection.with_untracked(|it| it.left_out.clone());
            let shown = release.groups().iter().enumerate();
            let shown = shown.filter(|(ix, _)| !left_out.contains(ix));
            let shown: Vec<_> = shown.filter_map(|(_, it)| it.by.first()).collect();
            match shown.as_slice() {
                [(variable, one), (_, other)] => Some(Against::Groups {
                    variable: variable.clone(),
                    one: one.clone(),
                    other: Some(other.clone()),
                }),
                _ => None,
            }
        });
        if let Some(against) = against {
            self.tell(&Request::Compare {
                id: self.asked.get_value(),
                query: self.selection.with_untracked(Selection::query),
                against,
            });
        }
    }

    fn ask(self) {
        let id = self.asked.try_update_value(|it| {
            *it = it.wrapping_add(1);
            *it
        });
        if let Some(id) = id {
            self.tell(&Request::Tabulate {
                id,
                round: 0,
                query: self.selection.with_untracked(Selection::query),
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
                self.pace.with_value(|it| it.progress(bytes));
                if matches!(self.stage.get_untracked(), Stage::Reading { .. }) {
                    self.stage.set(Stage::Reading {
                        responses,
                        part: self.part(bytes),
                    });
                }
            }
            Some(Reply::Loaded { bad_lines, bad, .. }) => {
                self.bad.set(BadLines {
                    n: bad_lines,
                    first: bad,
                });
                self.ask();
            }
            Some(Reply::Released { id, release }) if id == self.asked.get_value() => {
                self.release.set(Some(Arc::new(*release)));
                if matches!(self.stage.get_untracked(), Stage::Reading { .. }) {
                    self.stage.set(Stage::Shown);
                }
                self.draw();
                self.ask_comparison();
            }
            Some(Reply::Compared { id, comparison }) if id == self.asked.get_value() => {
                self.comparison.set(Some(Arc::new(*comparison)));
            }
            Some(Reply::Failed { reason }) => {
                leptos::logging::error!("{reason}");
                self.stage.set(Stage::Failed(Failure::Engine));
            }
            Some(Reply::OpenAnswers(answers)) => self.texts.update(|it| {
                it.insert(answers.variable.clone(), Arc::new(answers));
            }),
            Some(Reply::Published(results)) => self.publisher.preview(results),
            Some(Reply::Archived { csv, release }) => {
                if let Some(opened) = self.opened.get_untracked() {
                    let name = self.publisher_name();
                    let _ = export::archive(&csv, &release, &opened.codebook, &name);
                }
            }
            Some(Reply::Timed { name, start, end }) => measure_span(&name, start, end),
            None => self.stage.set(Stage::Failed(Failure::Engine)),
            Some(_) => {}
        }
    }

    fn part(self, bytes: u64) -> Option<f64> {
        let whole = self.expected.get_value().filter(|it| *it > 0)?;
        #[expect(clippy::cast_precision_loss, reason = "only a progress bar")]
        Some((bytes as f64 / whole as f64).clamp(0.0, 1.0))
    }

    /// Gives the release to the questions.
    fn draw(self) {
        self.cards.draw(self.release.get_untracked());
    }
}

fn failure(problem: BytesProblem) -> Failure {
    match problem {
        BytesProblem::Unreachable => Failure::Network,
        BytesProblem::Status(status) => Failure::Status(status),
        BytesProblem::Broken => Failure::Read,
        BytesProblem::Packed => Failure::Packed,
    }
}

fn no_file(error: FetchError) -> Failure {
    match error {
        FetchError::Unreachable => Failure::Network,
        FetchError::Status(status) => Failure::Status(status),
    }
}
