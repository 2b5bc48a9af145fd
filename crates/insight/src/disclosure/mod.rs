//! Disclosure control: the only maker of a [`Release`].
//!
//! Exact tables come in ([`Raw`]), what may be shown goes out. Hidden cells are chosen per set of
//! respondents: first those below the minimum, then, as long as one hidden cell could be worked
//! out from the rest, the next smallest.

mod figures;
mod response;

use crate::dataset::Dataset;
use crate::query::{Protection, Query};
use crate::release::{Figures, Group, Head, Hidden, Label, Refusal, Release, Withheld};
use crate::tabulate::{self, Raw, RawGroup};

impl Dataset {
    /// Answers a query as far as `protection` allows.
    pub fn tabulate(&self, query: &Query, protection: &Protection) -> Release {
        match tabulate::raw(self, query) {
            Ok(raw) => release(self, query, *protection, &raw),
            Err(refusal) => refused(self, query, *protection, refusal),
        }
    }
}

fn release(dataset: &Dataset, query: &Query, protection: Protection, raw: &Raw) -> Release {
    let too_few = |n: u32| n > 0 && n < protection.minimum_cell;
    if too_few(raw.n) || too_few(raw.total - raw.n) {
        let refusal = if too_few(raw.n) {
            Refusal::TooFew
        } else {
            Refusal::TooClose
        };
        return refused(dataset, query, protection, refusal);
    }
    let mut audit = Vec::new();
    let questions = figures::protect_all(dataset, query, protection, raw, &raw.tables);
    note(&[], &questions, &mut audit);
    let hidden = hidden_groups(&raw.groups, protection);
    let groups = raw.groups.iter().zip(hidden).map(|(part, hidden)| {
        let by = part.labels(dataset.codebook());
        let questions = match hidden {
            Some(_) => Vec::new(),
            None => figures::protect_all(dataset, query, protection, raw, &part.tables),
        };
        if let Some(why) = hidden {
            audit.push(Withheld {
                group: by.clone(),
                variable: None,
                row: None,
                why,
            });
        }
        note(&by, &questions, &mut audit);
        Group {
            by,
            n: hidden.is_none().then_some(part.n),
            hidden,
            questions,
        }
    });
    let groups = groups.collect();
    Release {
        head: Head {
            n: Some(raw.n),
            total: Some(raw.total),
            ..head(dataset, query, protection)
        },
        questions,
        groups,
        response: response::response(dataset),
        refusal: None,
        audit,
    }
}

/// Which parts are hidden whole: the small ones, and the next smallest if only one would be.
fn hidden_groups(groups: &[RawGroup], protection: Protection) -> Vec<Option<Hidden>> {
    let sizes: Vec<u32> = groups.iter().map(|it| it.n).collect();
    figures::suppress(&sizes, protection.minimum_cell)
}

fn note(by: &[(String, json::Value)], questions: &[Figures], audit: &mut Vec<Withheld>) {
    let mut add = |variable: &str, row: Option<&Label>, why| {
        audit.push(Withheld {
            group: by.to_vec(),
            variable: Some(variable.to_owned()),
            row: row.cloned(),
            why,
        });
    };
    for figures in questions {
        if let Some(why) = figures.hidden {
            add(&figures.name, None, why);
        }
        for row in &figures.rows {
            if let Some(why) = row.hidden {
                add(&figures.name, Some(&row.label), why);
            }
        }
    }
}

fn head(dataset: &Dataset, query: &Query, protection: Protection) -> Head {
    let codebook = dataset.codebook();
    Head {
        survey: codebook.survey.clone(),
        round: codebook.round.clone(),
        filter: query.filter.clone(),
        n: None,
        total: None,
        base: query.base,
        rounding: query.rounding,
        protection,
    }
}

fn refused(dataset: &Dataset, query: &Query, protection: Protection, refusal: Refusal) -> Release {
    let all = dataset.responses();
    Release {
        head: Head {
            total: (all == 0 || all >= protection.minimum_cell).then_some(all),
            ..head(dataset, query, protection)
        },
        questions: Vec::new(),
        groups: Vec::new(),
        response: None,
        refusal: Some(refusal),
        audit: Vec::new(),
    }
}
