//! Earlier rounds of the survey, opened from files beside the present one.

use std::collections::BTreeMap;
use std::sync::Arc;

use insight::rounds::OverTime;
use insight::{Codebook, Release};
use leptos::prelude::*;
use questionnaire::definition::Survey;
use web_sys::File;

use super::desk::Desk;
use super::reading::Purpose;
use super::selection::Rounds;
use super::stage::{BadLines, Note};
use crate::browser::bytes::text_of_file;
use crate::browser::fetch;
use crate::words::language;

/// A round before its answers are read.
#[derive(Debug, Clone)]
pub(super) struct NewRound {
    pub(super) name: String,
    pub(super) definition: String,
    pub(super) codebook: Arc<Codebook>,
}

/// An earlier round that is open.
#[derive(Debug)]
pub(super) struct EarlierRound {
    /// Its place in the engine; the present round's is 0.
    pub(super) place: u32,
    /// What it is called.
    pub(super) name: String,
    /// Its variables.
    pub(super) codebook: Arc<Codebook>,
    /// Lines of its file that could not be read.
    pub(super) bad: BadLines,
}

/// A `Copy` handle on everything about earlier rounds.
#[derive(Clone, Copy)]
pub(super) struct EarlierRounds {
    /// Those that are open, the latest first.
    pub(super) open: RwSignal<Vec<Arc<EarlierRound>>>,
    /// Why the last file did not become a round.
    pub(super) note: RwSignal<Option<Note>>,
    /// Lines of that file, if none of them could be read.
    pub(super) unread: RwSignal<BadLines>,
    /// Figures for the present query, by place.
    pub(super) figures: RwSignal<BTreeMap<u32, Arc<Release>>>,
    /// Places of the figures that are on their way, by the number of their query.
    expected: StoredValue<BTreeMap<u32, u32>>,
    /// How many rounds the engine has been told of.
    told: StoredValue<u32>,
}

impl EarlierRounds {
    pub(super) fn new() -> Self {
        Self {
            open: RwSignal::new(Vec::new()),
            note: RwSignal::new(None),
            unread: RwSignal::new(BadLines::default()),
            figures: RwSignal::new(BTreeMap::new()),
            expected: StoredValue::new(BTreeMap::new()),
            told: StoredValue::new(0),
        }
    }

    /// The engine has forgotten all of them.
    pub(super) fn forget(self) {
        self.open.set(Vec::new());
        self.start();
        self.forget_figures();
        self.told.set_value(0);
    }

    /// Another file is tried.
    pub(super) fn start(self) {
        self.note.set(None);
        self.unread.set(BadLines::default());
    }

    /// The place that the engine gives to the round it is told of now.
    pub(super) fn next_place(self) -> u32 {
        self.told.update_value(|it| *it += 1);
        self.told.get_value()
    }

    /// Takes a round that was read.
    pub(super) fn add(self, round: EarlierRound) {
        self.open.update(|it| {
            it.push(Arc::new(round));
            it.sort_by(|one, other| other.in_time().cmp(&one.in_time()));
        });
    }

    /// The rounds chosen, the latest first.
    pub(super) fn chosen(self, rounds: Rounds) -> Vec<Arc<EarlierRound>> {
        self.open.with_untracked(|open| {
            let chosen = open.iter().filter(|it| match rounds {
                Rounds::No => false,
                Rounds::One(place) => it.place == place,
                Rounds::All => true,
            });
            chosen.cloned().collect()
        })
    }

    /// The latest of those chosen: differences are told from it.
    pub(super) fn newest(self, rounds: Rounds) -> Option<Arc<EarlierRound>> {
        self.chosen(rounds).into_iter().next()
    }

    pub(super) fn forget_figures(self) {
        self.figures.set(BTreeMap::new());
        self.expected.set_value(BTreeMap::new());
    }

    /// Figures of the round at `place` will come under this number.
    pub(super) fn expect(self, number: u32, place: u32) {
        self.expected.update_value(|it| {
            it.insert(number, place);
        });
    }

    /// Takes figures; false if they are none that are waited for.
    pub(super) fn take(self, number: u32, release: Arc<Release>) -> bool {
        let place = self
            .expected
            .try_update_value(|it| it.remove(&number))
            .flatten();
        let Some(place) = place else {
            return false;
        };
        self.figures.update(|it| {
            it.insert(place, release);
        });
        true
    }

    /// Whether figures are still on their way.
    pub(super) fn is_waiting(self) -> bool {
        self.expected.with_value(|it| !it.is_empty())
    }

    /// The rounds chosen with the present one after them; `None` if there are none.
    pub(super) fn over_time(
        self,
        chosen: Rounds,
        name: String,
        codebook: &Codebook,
        release: &Arc<Release>,
    ) -> Option<OverTime> {
        let chosen = self.chosen(chosen);
        let figures = self.figures.get_untracked();
        let earlier = chosen.iter().rev().filter_map(|it| {
            let release = figures.get(&it.place)?.clone();
            Some((it.name.clone(), &*it.codebook, release))
        });
        let now = (name, codebook, Arc::clone(release));
        let rounds: Vec<_> = earlier.chain([now]).collect();
        (rounds.len() > 1).then(|| OverTime::new(rounds))
    }
}

impl EarlierRound {
    /// By when it began, and where that is not known by its name.
    fn in_time(&self) -> (Option<&str>, &str) {
        (self.codebook.period.0.as_deref(), &self.name)
    }
}

impl Desk {
    /// Reads an earlier round: its answers, and its questionnaire where it was another one.
    pub(super) async fn take_round(
        self,
        name: String,
        answers: Vec<File>,
        questionnaire: Option<File>,
    ) {
        let (Some(file), Some(opened)) = (answers.first(), self.opened.get_untracked()) else {
            return self.rounds.note.set(Some(Note::NoFile));
        };
        let definition = match questionnaire {
            Some(file) => match text_of_file(&file).await {
                Ok(text) => text,
                Err(_) => return self.rounds.note.set(Some(Note::Broken)),
            },
            None => opened.definition.clone(),
        };
        let parsed = Survey::parse(&definition);
        if !parsed.is_usable() {
            return self.rounds.note.set(Some(Note::NoQuestionnaire));
        }
        let codebook = Arc::new(Codebook::of(&parsed.survey));
        let typed = Some(name.trim().to_owned()).filter(|it| !it.is_empty());
        let own = codebook.round.clone();
        let own = own.filter(|it| opened.codebook.round.as_ref() != Some(it));
        let file_name = file.name();
        let stem = file_name.split('.').next().unwrap_or_default().to_owned();
        let round = NewRound {
            name: typed.or(own).unwrap_or(stem),
            definition,
            codebook,
        };
        self.take_files(answers, Purpose::Round(round)).await;
    }

    /// Fetches an earlier round that the installation has as a survey of its own.
    pub(super) async fn fetch_round(self, id: String, key: String) {
        self.rounds.start();
        let Some(opened) = self.opened.get_untracked() else {
            return;
        };
        let Some(entry) = opened.config.survey(&id) else {
            return;
        };
        let key = key.trim();
        if key.is_empty() {
            return self.rounds.note.set(Some(Note::NoKey));
        }
        let Ok(definition) = fetch::text(&format!("/{}", entry.file)).await else {
            return self.rounds.note.set(Some(Note::Unreachable));
        };
        let parsed = Survey::parse(&definition);
        if !parsed.is_usable() {
            return self.rounds.note.set(Some(Note::NoQuestionnaire));
        }
        let codebook = Arc::new(Codebook::of(&parsed.survey));
        let title = entry.title.resolve(&language()).map(str::to_owned);
        let url = wire::routes::responses(opened.config.endpoint.as_str(), &entry.id);
        let round = NewRound {
            name: codebook.round.clone().or(title).unwrap_or(id),
            definition,
            codebook,
        };
        self.read_endpoint(url, key, Purpose::Round(round)).await;
    }

    /// Compares with earlier rounds.
    pub(super) fn compare_rounds(self, rounds: Rounds) {
        self.choose(|it| it.compare_rounds(rounds));
    }
}
