//! Publishing: what would be public, and how the sending went.

use std::collections::BTreeSet;
use std::sync::Arc;

use insight::Protection;
use insight::protocol::Request;
use insight::published::{Publication, Published};
use insight::release::Refusal;
use leptos::prelude::*;
use wire::Results;

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
    pub(super) preview: RwSignal<Option<Result<Arc<Preview>, Refusal>>>,
    /// Where it stands.
    pub(super) step: RwSignal<Step>,
}

impl Publisher {
    pub(super) fn new() -> Self {
        Self {
            is_open: RwSignal::new(false),
            breakdowns: RwSignal::new(BTreeSet::new()),
            preview: RwSignal::new(None),
            step: RwSignal::new(Step::Before),
        }
    }

    pub(super) fn close(self) {
        self.is_open.set(false);
    }

    /// Takes what the engine made. It is read as the public page reads it.
    pub(super) fn preview(self, results: Result<String, Refusal>) {
        let preview = results.map(|file| {
            let read = Results::parse(&file).ok();
            let published = read.and_then(|it| Published::open(&it));
            published.map(|it| {
                Arc::new(Preview {
                    file: file.into(),
                    published: Arc::new(it),
                })
            })
        });
        self.preview.set(match preview {
            Ok(made) => made.map(Ok),
            Err(refusal) => Some(Err(refusal)),
        });
    }
}

impl Desk {
    /// Shows what would be public.
    pub(super) fn open_publishing(self) {
        self.publisher.step.set(Step::Before);
        self.publisher.preview.set(None);
        self.publisher.is_open.set(true);
        self.ask_preview();
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
        let Some(opened) = self.opened.get_untracked() else {
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
        let url = wire::routes::results(opened.config.endpoint.as_str(), &opened.entry.id);
        let sent = publish(&url, &key, file.as_ref().map(|it| &*it.file)).await;
        step.set(match sent {
            Ok(()) => {
                self.key.set_value(Some(key));
                if take_back {
                    Step::TakenBack
                } else {
                    Step::Public
                }
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
