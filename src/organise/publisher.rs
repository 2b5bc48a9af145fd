//! Publishing: what would be public, and how the sending went.

use std::collections::BTreeSet;
use std::sync::Arc;

use insight::Protection;
use insight::protocol::Request;
use insight::published::{Publication, Published};
use insight::release::Refusal;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wire::{Day, Results};

use super::desk::Desk;
use crate::browser::dates;
use crate::browser::fetch::{self, FetchError};
use crate::browser::publish::publish;

/// Where publishing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Nothing was sent.
    Before,
    /// On the way.
    Sending,
    /// The results are public.
    Public,
    /// They were taken back.
    TakenBack,
    /// The key is missing or was refused.
    Key,
    /// The endpoint answered with this status, 0 for no answer.
    Failed(u16),
}

/// Why there is no preview.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum NoPreview {
    /// The figures may not be shown.
    Refused(Refusal),
    /// What the engine made is nothing that the public page could show; where, if that is known.
    Unreadable(Option<String>),
}

/// What the endpoint shows to anyone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Public {
    /// Nothing, as far as is known.
    Nothing,
    /// Results, with the day on which they were worked out if they can be read.
    Results(Option<Day>),
}

/// What would be public.
#[derive(Debug)]
pub(super) struct Preview {
    /// The file, byte for byte.
    pub(super) file: Arc<str>,
    /// What the public page makes of it.
    pub(super) published: Arc<Published>,
}

/// A `Copy` handle on everything about publishing.
#[derive(Clone, Copy)]
pub(super) struct Publisher {
    /// True while the page shows it.
    pub(super) is_open: RwSignal<bool>,
    /// Background variables that the figures are broken down by.
    pub(super) breakdowns: RwSignal<BTreeSet<String>>,
    /// What would be public, or why it cannot be.
    pub(super) preview: RwSignal<Option<Result<Arc<Preview>, NoPreview>>>,
    /// Where it stands.
    pub(super) step: RwSignal<Step>,
    /// What is public now.
    pub(super) public: RwSignal<Public>,
    /// How many previews are on their way: the one that is there is not what was asked for last.
    pub(super) awaited: RwSignal<u32>,
}

impl Publisher {
    pub(super) fn new() -> Self {
        Self {
            is_open: RwSignal::new(false),
            breakdowns: RwSignal::new(BTreeSet::new()),
            preview: RwSignal::new(None),
            step: RwSignal::new(Step::Before),
            public: RwSignal::new(Public::Nothing),
            awaited: RwSignal::new(0),
        }
    }

    pub(super) fn close(self) {
        self.is_open.set(false);
    }

    /// Takes what the engine made. It is read as the public page reads it.
    pub(super) fn preview(self, results: Result<String, Refusal>) {
        self.awaited.update(|it| *it = it.saturating_sub(1));
        let preview = results.map_err(NoPreview::Refused).and_then(read);
        self.preview.set(Some(preview.map(Arc::new)));
    }
}

fn read(file: String) -> Result<Preview, NoPreview> {
    let read = Results::parse(&file).map_err(|problems| {
        let place = problems.first().map(|it| it.at.clone());
        NoPreview::Unreadable(place.filter(|it| !it.is_empty()))
    })?;
    let published = Published::open(&read).ok_or(NoPreview::Unreadable(None))?;
    Ok(Preview {
        file: file.into(),
        published: Arc::new(published),
    })
}

impl Desk {
    /// Shows what would be public.
    pub(super) fn open_publishing(self) {
        self.publisher.step.set(Step::Before);
        self.publisher.preview.set(None);
        self.publisher.is_open.set(true);
        self.ask_preview();
        spawn_local(self.look_what_is_public());
    }

    async fn look_what_is_public(self) {
        let Some(url) = self.results_url() else {
            return;
        };
        // Where no endpoint answers, there is nothing that could be taken back.
        let text = fetch::text(&url).await.unwrap_or_default();
        self.publisher.public.set(if text.is_empty() {
            Public::Nothing
        } else {
            Public::Results(Results::parse(&text).ok().map(|it| it.day))
        });
    }

    /// Where the endpoint keeps what is public.
    fn results_url(self) -> Option<String> {
        let opened = self.opened.get_untracked()?;
        let endpoint = opened.config.endpoint.as_str();
        Some(wire::routes::results(endpoint, &opened.entry.id))
    }

    /// Publishes or leaves out the figures by a background variable.
    pub(super) fn break_down(self, variable: &str, wanted: bool) {
        self.publisher.breakdowns.update(|it| {
            if wanted {
                it.insert(variable.to_owned());
            } else {
                it.remove(variable);
            }
        });
        self.publisher.step.set(Step::Before);
        self.ask_preview();
    }

    /// Tells the engine what is public of the survey already, so that nothing is shown, or published
    /// again, from which the answers of the few who came since could be worked out.
    pub(super) async fn tell_what_is_public(self) {
        let Some(opened) = self.opened.get_untracked() else {
            return;
        };
        let codebook = &opened.codebook;
        let minima = Some(opened.minima());
        if Protection::of(codebook.mode, &codebook.disclosure, minima).is_none() {
            return;
        }
        let endpoint = wire::routes::results(opened.config.endpoint.as_str(), &opened.entry.id);
        // A place without an endpoint keeps the file beside the app.
        let file = format!("/results/{}.json", opened.entry.id);
        for url in [endpoint, file] {
            let Ok(text) = fetch::text(&url).await else {
                continue;
            };
            if text.is_empty() {
                return;
            }
            let read = Results::parse(&text).ok();
            if read.is_some_and(|it| Published::open(&it).is_some()) {
                self.tell(&Request::Before { results: text });
                return;
            }
        }
    }

    fn ask_preview(self) {
        let (Some(opened), Some(day)) = (self.opened.get_untracked(), dates::today()) else {
            return;
        };
        let chosen = self.publisher.breakdowns.get_untracked();
        let backgrounds = opened.codebook.backgrounds();
        let breakdowns = backgrounds
            .map(|it| it.name.clone())
            .filter(|it| chosen.contains(it));
        let selection = self.selection.get_untracked();
        self.publisher.awaited.update(|it| *it += 1);
        self.tell(&Request::Publish(Publication {
            base: selection.base,
            rounding: selection.rounding,
            breakdowns: breakdowns.collect(),
            day,
            sample: self.is_sample.get_untracked(),
        }));
    }

    /// Sends the results to the endpoint, or takes them back.
    pub(super) async fn publish(self, typed: String, take_back: bool) {
        let step = self.publisher.step;
        let Some(url) = self.results_url() else {
            return;
        };
        let key = Some(typed.trim().to_owned()).filter(|it| !it.is_empty());
        let Some(key) = key.or_else(|| self.key.get_value()) else {
            step.set(Step::Key);
            return;
        };
        let preview = self.publisher.preview.get_untracked();
        let file = match preview {
            _ if take_back => None,
            Some(Ok(preview)) => Some(preview),
            _ => return,
        };
        step.set(Step::Sending);
        let sent = publish(&url, &key, file.as_ref().map(|it| &*it.file)).await;
        step.set(match sent {
            Ok(()) => {
                self.key.set_value(Some(key));
                let day = file.map(|it| it.published.day);
                self.publisher.public.set(match day {
                    Some(day) => Public::Results(Some(day)),
                    None => Public::Nothing,
                });
                day.map_or(Step::TakenBack, |_| Step::Public)
            }
            Err(FetchError::Status(401 | 403)) => {
                self.key.set_value(None);
                Step::Key
            }
            Err(FetchError::Status(status)) => Step::Failed(status),
            Err(FetchError::Unreachable) => Step::Failed(0),
        });
    }
}
