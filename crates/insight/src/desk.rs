//! The worker as a machine: requests and bytes in, replies out.

use questionnaire::definition::Survey;

use crate::codebook::Codebook;
use crate::dataset::Dataset;
use crate::load::{Loader, Mapping, Report};
use crate::protocol::{Layout, Reply, Request};
use crate::query::Protection;

/// Bytes between two progress replies.
const PROGRESS_BYTES: u64 = 4 << 20;

/// Holds the answers and works on them.
#[derive(Debug, Default)]
pub struct Desk {
    state: State,
    protection: Option<Protection>,
}

#[derive(Debug, Default)]
enum State {
    /// No survey yet.
    #[default]
    Empty,
    /// Answers, ready to be counted.
    Ready(Box<Dataset>),
    /// A source is being read.
    Reading { loader: Box<Loader>, told: u64 },
}

impl Desk {
    /// Without a survey.
    pub fn new() -> Self {
        Self::default()
    }

    /// Does what is asked. Every request but [`Request::Begin`] gets exactly one reply.
    pub fn ask(&mut self, request: Request) -> Option<Reply> {
        match request {
            Request::Open { definition, minima } => Some(self.open(&definition, minima)),
            Request::Begin { layout, .. } => self.begin(&layout),
            Request::End => Some(self.end()),
            Request::Cancel => {
                self.stop();
                Some(Reply::Cancelled)
            }
            Request::Tabulate { id, query } => Some(match (&self.state, self.protection) {
                (State::Ready(dataset), Some(protection)) => Reply::Released {
                    id,
                    release: Box::new(dataset.tabulate(&query, &protection)),
                },
                _ => failed("there is nothing to count yet"),
            }),
        }
    }

    /// Reads bytes of the source that was begun; now and then says how far it is.
    pub fn read(&mut self, bytes: &[u8]) -> Option<Reply> {
        let State::Reading { loader, told } = &mut self.state else {
            return None;
        };
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

    fn open(&mut self, definition: &str, minima: Option<(u32, u32)>) -> Reply {
        let codebook = Codebook::of(&Survey::parse(definition).survey);
        let variables = u32::try_from(codebook.items().count()).unwrap_or(u32::MAX);
        self.protection = Some(Protection::of(codebook.mode, &codebook.disclosure, minima));
        self.state = State::Ready(Box::new(Dataset::new(codebook)));
        Reply::Opened { variables }
    }

    fn begin(&mut self, layout: &Layout) -> Option<Reply> {
        let mapping = match layout {
            Layout::Csv { mapping } if !mapping.is_empty() => match Mapping::read(mapping) {
                Ok(mapping) => Some(mapping),
                Err(reason) => return Some(failed(&reason)),
            },
            Layout::Csv { .. } | Layout::Ndjson => None,
        };
        self.stop();
        match core::mem::take(&mut self.state) {
            State::Ready(dataset) => {
                self.state = State::Reading {
                    loader: Box::new(match layout {
                        Layout::Ndjson => Loader::new(*dataset),
                        Layout::Csv { .. } => Loader::table(*dataset, mapping),
                    }),
                    told: 0,
                };
                None
            }
            other => {
                self.state = other;
                Some(failed("no survey is open"))
            }
        }
    }

    fn end(&mut self) -> Reply {
        match core::mem::take(&mut self.state) {
            State::Reading { loader, .. } => {
                let (dataset, report) = loader.finish();
                let responses = dataset.responses();
                self.state = State::Ready(Box::new(dataset));
                loaded(responses, report)
            }
            other => {
                self.state = other;
                failed("no source was begun")
            }
        }
    }

    /// Drops what a source that is being read brought so far.
    fn stop(&mut self) {
        match core::mem::take(&mut self.state) {
            State::Reading { loader, .. } => {
                self.state = State::Ready(Box::new(loader.cancel()));
            }
            other => self.state = other,
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
    }
}

fn failed(reason: &str) -> Reply {
    Reply::Failed {
        reason: reason.to_owned(),
    }
}
