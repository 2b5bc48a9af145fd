//! The organiser's desk: what is open, what is being read, what is shown.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

use insight::protocol::Request;
use insight::{Codebook, OpenAnswers, Release};
use leptos::prelude::*;
use questionnaire::definition::Survey;
use wire::config::{Config, SurveyEntry};

use super::cards::{Cards, Compared};
use super::engine::Engine;
use super::files::Files;
use super::publisher::Publisher;
use super::reading::Reading;
use super::rounds::EarlierRounds;
use super::selection::Selection;
use super::stage::{BadLines, Failure, Stage};
use super::weights::Weights;
use crate::browser::fetch::{self, FetchError};
use crate::words::language;

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
    /// What the release was asked for.
    pub(super) shown: RwSignal<Selection>,
    pub(super) bad: RwSignal<BadLines>,
    /// What was written to open questions, as far as it was asked for.
    pub(super) texts: RwSignal<BTreeMap<String, Arc<OpenAnswers>>>,
    /// The two groups that are shown, or two rounds, beside each other.
    pub(super) comparison: RwSignal<Option<Arc<Compared>>>,
    /// True while new figures take so long that it must be said.
    pub(super) is_counting: RwSignal<bool>,
    /// Files for others that are being made.
    pub(super) files: Files,
    /// True if the answers on the page are synthetic ones of the installation.
    pub(super) is_sample: RwSignal<bool>,
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
    pub(super) engine: StoredValue<Option<Engine>, LocalStorage>,
    /// The number of the last query over this round; replies to earlier ones are dropped.
    pub(super) asked: StoredValue<u32>,
    /// The number of the last query of all.
    pub(super) counter: StoredValue<u32>,
    /// The number of the last query that was answered.
    pub(super) answered: StoredValue<u32>,
}

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
            shown: RwSignal::new(Selection::default()),
            bad: RwSignal::new(BadLines::default()),
            texts: RwSignal::new(BTreeMap::new()),
            comparison: RwSignal::new(None),
            is_counting: RwSignal::new(false),
            files: Files::new(),
            is_sample: RwSignal::new(false),
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
        let engine = Engine::start(move |heard| self.hear(heard)).ok_or(Failure::Engine)?;
        self.engine.set_value(Some(engine));
        Ok(())
    }

    /// Goes back to the choice of answers; what is shown stays until others are read.
    pub(super) fn choose_answers(self) {
        self.stage.set(Stage::Waiting(None));
    }

    pub(super) fn next_number(self) -> u32 {
        let next = self.counter.get_value().wrapping_add(1);
        self.counter.set_value(next);
        next
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

    /// What this round is called, if it has a name.
    pub(super) fn round_name(self) -> Option<String> {
        self.opened
            .with_untracked(|it| it.as_ref()?.codebook.round.clone())
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
}

fn no_file(error: FetchError) -> Failure {
    match error {
        FetchError::Unreachable => Failure::Network,
        FetchError::Status(status) => Failure::Status(status),
    }
}
