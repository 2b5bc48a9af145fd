//! Files of published results. The worker that makes them starts with the first one.

use std::sync::Arc;

use insight::protocol::{Reply, Wanted};
use leptos::prelude::*;

use crate::organise::engine::{Engine, Heard};
use crate::organise::files::{FileKind, Files};

/// A `Copy` handle on the files of a page of results.
#[derive(Clone, Copy)]
pub(super) struct ResultsFiles {
    /// The files that are being made.
    pub(super) files: Files,
    /// What was published, as it came.
    snapshot: StoredValue<Arc<str>>,
    /// True if the answers are synthetic ones.
    sample: bool,
    engine: StoredValue<Option<Engine>, LocalStorage>,
}

impl ResultsFiles {
    pub(super) fn new(snapshot: Arc<str>, sample: bool) -> Self {
        Self {
            files: Files::new(),
            snapshot: StoredValue::new(snapshot),
            sample,
            engine: StoredValue::new_local(None),
        }
    }

    /// Makes a file of the whole, or of a breakdown.
    pub(super) fn make(self, survey: &str, kind: &FileKind, by: Option<String>) {
        let wanted = Wanted::Results {
            format: kind.format,
            results: self.snapshot.with_value(|it| String::from(&**it)),
            by,
        };
        let whose = (String::new(), self.sample);
        let order = self.files.order(survey, Some(kind), whose, wanted);
        if self.engine.with_value(Option::is_none) {
            self.engine
                .set_value(Engine::start(move |heard| self.hear(heard)));
        }
        self.engine.with_value(|it| match it {
            Some(engine) => engine.ask(&order),
            None => self.files.give_up(),
        });
    }

    fn hear(self, heard: Heard) {
        match heard {
            Heard::Reply(Reply::Ready) => self.engine.with_value(|it| {
                if let Some(engine) = it {
                    engine.is_ready();
                }
            }),
            Heard::File(id, file) => self.files.take(id, &file),
            Heard::Reply(Reply::Failed { .. }) | Heard::Failure => self.files.give_up(),
            Heard::Reply(_) => {}
        }
    }
}
