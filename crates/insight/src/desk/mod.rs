//! The worker as a machine: requests and bytes in, replies out.

mod files;
mod reading;

use questionnaire::definition::Survey;

use crate::codebook::Codebook;
use crate::compare;
use crate::dataset::Dataset;
use crate::protocol::{Against, Reply, Request};
use crate::published::Published;
use crate::query::{Protection, Query};
use crate::release::Release;
use crate::rounds;
use crate::weights::Margins;
use reading::{Looking, Reading};

/// Holds the answers, round by round, and works on them.
#[derive(Debug, Default)]
pub struct Desk {
    /// The first one opened is the one the page is about.
    rounds: Vec<Round>,
    /// A source that is being read; it has taken the last round's dataset.
    reading: Option<Reading>,
    /// A table that is looked at before it is read.
    looking: Option<Looking>,
}

#[derive(Debug)]
struct Round {
    dataset: Dataset,
    protection: Protection,
}

impl Desk {
    /// Without a survey.
    pub fn new() -> Self {
        Self::default()
    }

    /// Does what is asked. Every request but [`Request::Begin`] and [`Request::Look`] gets exactly
    /// one reply.
    pub fn ask(&mut self, request: Request) -> Option<Reply> {
        match request {
            Request::Open { definition, minima } => {
                self.reading = None;
                self.rounds.clear();
                Some(self.open(&definition, minima))
            }
            Request::Round { definition, minima } => {
                self.stop();
                Some(self.open(&definition, minima))
            }
            Request::Look { definition } => {
                self.stop();
                self.looking = Some(Looking::at(&definition));
                None
            }
            Request::Match { id, mapping } => Some(self.look(id, &mapping)),
            Request::Before { results } => Some(self.before(&results)),
            Request::Begin { layout, .. } => self.begin(&layout),
            Request::End => Some(self.end()),
            Request::Cancel => {
                self.stop();
                Some(Reply::Cancelled)
            }
            Request::Tabulate { id, round, query } => {
                Some(self.tabulate(round, &query).map_or_else(failed, |release| {
                    let release = Box::new(release);
                    Reply::Released { id, release }
                }))
            }
            Request::Compare { id, query, against } => {
                Some(self.compare(query, &against).map_or_else(failed, |it| {
                    let comparison = Box::new(it);
                    Reply::Compared { id, comparison }
                }))
            }
            Request::Weigh { margins } => Some(self.weigh(&margins)),
            Request::Follow { id } => {
                let codebooks = self.rounds.iter().map(|it| it.dataset.codebook());
                let codebooks: Vec<&Codebook> = codebooks.collect();
                Some(match &self.reading {
                    Some(_) => failed(NOTHING),
                    None => Reply::Followed {
                        id,
                        series: rounds::series(&codebooks),
                    },
                })
            }
            Request::OpenAnswers { variable } => Some(self.round(0).map_or_else(failed, |it| {
                Reply::OpenAnswers(it.dataset.open_answers(&variable, &it.protection))
            })),
            Request::Publish(publication) => Some(self.round(0).map_or_else(failed, |it| {
                let results = it.dataset.publish(&publication, &it.protection);
                Reply::Published(results.map(|it| it.to_json()))
            })),
            Request::File(order) => Some(self.file(*order)),
        }
    }

    fn open(&mut self, definition: &str, minima: Option<(u32, u32)>) -> Reply {
        let codebook = Codebook::of(&Survey::parse(definition).survey);
        let variables = u32::try_from(codebook.items().count()).unwrap_or(u32::MAX);
        self.rounds.push(Round {
            protection: Protection::of(codebook.mode, &codebook.disclosure, minima),
            dataset: Dataset::new(codebook),
        });
        Reply::Opened { variables }
    }

    fn before(&mut self, results: &str) -> Reply {
        let read = wire::Results::parse(results).ok();
        let Some(published) = read.and_then(|it| Published::open(&it)) else {
            return failed("the published results cannot be read");
        };
        match self.rounds.first_mut().filter(|_| self.reading.is_none()) {
            Some(round) => Reply::Noted {
                counts: round.dataset.published_before(published),
            },
            None => failed("no survey is open"),
        }
    }

    fn round(&self, round: u32) -> Result<&Round, &'static str> {
        let round = self.rounds.get(round as usize);
        round.filter(|_| self.reading.is_none()).ok_or(NOTHING)
    }

    fn tabulate(&self, round: u32, query: &Query) -> Result<Release, &'static str> {
        let Round {
            dataset,
            protection,
        } = self.round(round)?;
        Ok(dataset.tabulate(query, protection))
    }

    fn weigh(&mut self, margins: &str) -> Reply {
        let margins = match Margins::parse(margins) {
            Ok(margins) => margins,
            Err(reason) => return failed(&reason),
        };
        let Some(round) = self.rounds.first_mut().filter(|_| self.reading.is_none()) else {
            return failed(NOTHING);
        };
        match round.dataset.weigh(margins) {
            Ok(weighting) => Reply::Weighed { weighting },
            Err(unfit) => failed(&unfit.to_string()),
        }
    }

    fn compare(
        &self,
        query: Query,
        against: &Against,
    ) -> Result<compare::Comparison, &'static str> {
        match against {
            Against::Groups {
                variable,
                one,
                other,
            } => {
                let query = Query {
                    groups: vec![variable.clone()],
                    ..query
                };
                let release = self.tabulate(0, &query)?;
                let codebook = self.round(0)?.dataset.codebook();
                let other = other.as_ref();
                Ok(compare::groups(codebook, &release, variable, one, other))
            }
            Against::Rounds { earlier, later } => {
                let query = Query {
                    groups: Vec::new(),
                    ..query
                };
                let before = self.tabulate(*earlier, &query)?;
                let now = self.tabulate(*later, &query)?;
                Ok(compare::rounds(
                    (self.round(*earlier)?.dataset.codebook(), &before),
                    (self.round(*later)?.dataset.codebook(), &now),
                ))
            }
        }
    }
}

const NOTHING: &str = "there is nothing to count yet";

fn failed(reason: &str) -> Reply {
    Reply::Failed {
        reason: reason.to_owned(),
    }
}
