//! Weighting by margins from a file.

use insight::protocol::Request;
use insight::weights::{Margins, Weighting};
use leptos::prelude::*;
use web_sys::File;

use super::desk::Desk;
use crate::browser::bytes::text_of_file;

/// A `Copy` handle on everything about weighting.
#[derive(Clone, Copy)]
pub(super) struct Weights {
    /// How the weights came out, once there are any.
    pub(super) weighting: RwSignal<Option<Weighting>>,
    /// Why the file cannot be used, in English and with its place; empty if it could not be read.
    pub(super) problem: RwSignal<Option<String>>,
    /// True while the engine is weighting.
    waiting: StoredValue<bool>,
}

impl Weights {
    pub(super) fn new() -> Self {
        Self {
            weighting: RwSignal::new(None),
            problem: RwSignal::new(None),
            waiting: StoredValue::new(false),
        }
    }

    /// The engine has forgotten them.
    pub(super) fn forget(self) {
        self.weighting.set(None);
        self.problem.set(None);
        self.waiting.set_value(false);
    }

    pub(super) fn is_waiting(self) -> bool {
        self.waiting.get_value()
    }

    /// The margins do not fit; the answers stay as they were.
    pub(super) fn refuse(self, reason: String) {
        self.waiting.set_value(false);
        self.problem.set(Some(reason));
    }
}

impl Desk {
    /// Weights the answers by the margins of a file.
    pub(super) async fn weigh(self, file: File) {
        let Ok(margins) = text_of_file(&file).await else {
            self.weights.refuse(String::new());
            return;
        };
        if let Err(reason) = Margins::parse(&margins) {
            self.weights.refuse(reason);
            return;
        }
        self.weights.problem.set(None);
        self.weights.waiting.set_value(true);
        self.tell(&Request::Weigh { margins });
    }

    /// There are weights: shows what they do.
    pub(super) fn weighed(self, weighting: Weighting) {
        self.weights.waiting.set_value(false);
        self.weights.weighting.set(Some(weighting));
        self.choose(|it| it.weighted = true);
    }
}
