//! Reading a source, and looking at a table before it is read.

use questionnaire::definition::Survey;

use super::{Desk, failed};
use crate::codebook::Codebook;
use crate::dataset::Dataset;
use crate::load::preview::preview;
use crate::load::{Loader, Mapping, Report};
use crate::protocol::{Layout, Reply};

/// Bytes between two progress replies.
const PROGRESS_BYTES: u64 = 4 << 20;

#[derive(Debug)]
pub(super) struct Looking {
    codebook: Codebook,
    head: Vec<u8>,
}

impl Looking {
    pub(super) fn at(definition: &str) -> Self {
        Self {
            codebook: Codebook::of(&Survey::parse(definition).survey),
            head: Vec::new(),
        }
    }
}

#[derive(Debug)]
pub(super) struct Reading {
    loader: Box<Loader>,
    told: u64,
}

impl Desk {
    /// Reads bytes of the source that was begun, or of the table that is looked at; now and then
    /// says how far it is.
    pub fn read(&mut self, bytes: &[u8]) -> Option<Reply> {
        if let (None, Some(looking)) = (&self.reading, &mut self.looking) {
            looking.head.extend_from_slice(bytes);
            return None;
        }
        let Reading { loader, told } = self.reading.as_mut()?;
        loader.push(bytes);
        let report = loader.report();
        if report.bytes - *told < PROGRESS_BYTES {
            return None;
        }
        *told = report.bytes;
        Some(Reply::Progress {
            bytes: report.bytes,
            responses: loader.responses(),
        })
    }

    pub(super) fn look(&self, id: u32, mapping: &str) -> Reply {
        let Some(Looking { codebook, head }) = &self.looking else {
            return failed("no table is looked at");
        };
        let given = (!mapping.is_empty()).then(|| Mapping::read(mapping));
        match given.transpose() {
            Ok(given) => Reply::Matched {
                id,
                preview: preview(codebook, head, given),
            },
            Err(reason) => failed(&reason),
        }
    }

    pub(super) fn begin(&mut self, layout: &Layout) -> Option<Reply> {
        self.looking = None;
        let mapping = match layout {
            Layout::Csv { mapping } if !mapping.is_empty() => match Mapping::read(mapping) {
                Ok(mapping) => Some(mapping),
                Err(reason) => return Some(failed(&reason)),
            },
            Layout::Csv { .. } | Layout::Ndjson => None,
        };
        self.stop();
        let Some(round) = self.rounds.last_mut() else {
            return Some(failed("no survey is open"));
        };
        let empty = Dataset::new(Codebook::default());
        let dataset = core::mem::replace(&mut round.dataset, empty);
        self.reading = Some(Reading {
            loader: Box::new(match layout {
                Layout::Ndjson => Loader::new(dataset),
                Layout::Csv { .. } => Loader::table(dataset, mapping),
            }),
            told: 0,
        });
        None
    }

    pub(super) fn end(&mut self) -> Reply {
        let (Some(Reading { loader, .. }), Some(round)) =
            (self.reading.take(), self.rounds.last_mut())
        else {
            return failed("no source was begun");
        };
        let (dataset, report) = loader.finish();
        let responses = dataset.responses();
        round.dataset = dataset;
        loaded(responses, report)
    }

    /// Drops what a source that is being read brought so far.
    pub(super) fn stop(&mut self) {
        if let (Some(Reading { loader, .. }), Some(round)) =
            (self.reading.take(), self.rounds.last_mut())
        {
            round.dataset = loader.cancel();
        }
    }
}

fn loaded(responses: u32, report: Report) -> Reply {
    Reply::Loaded {
        responses,
        bad_lines: report.bad_lines,
        bad: report.bad,
        mapping: report.mapping.as_ref().map(Mapping::to_text),
        unmatched: report.unmatched,
        unknown: report.unknown,
        unsure: report.unsure,
    }
}
