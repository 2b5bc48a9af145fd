//! Disclosure control: the only maker of a [`Release`].
//!
//! Exact tables come in ([`Raw`]), what may be shown goes out. What is hidden is decided by
//! [`pattern`], once for each background variable and each crossing, never by the query; a figure
//! for any filter is shown if all cells it is made of are shown.

mod alone;
mod apart;
mod asked;
mod between;
mod cells;
mod circles;
mod cover;
mod crossed;
mod crossing;
mod earlier;
mod figures;
mod groups;
mod network;
mod open_answers;
mod pairs;
mod pattern;
mod plane;
mod programme;
mod response;
mod rows;
mod scores;
mod strata;
mod targets;
mod view;

pub(crate) use asked::{Link, hide_follow_ups, links};
pub(crate) use earlier::Earlier;
pub(crate) use groups::Groups;
pub use open_answers::OpenAnswers;
pub(crate) use pattern::{Pattern, pattern, settled, with_backgrounds};
pub(crate) use scores::hide_scores;

use crate::dataset::Dataset;
use crate::query::{Protection, Query};
use crate::release::{Figures, Group, Head, Hidden, Label, Refusal, Release, Withheld};
use crate::statistics::intervals;
use crate::tabulate::{self, Raw};
use crate::weights;
use cover::Cover;
use view::View;

impl Dataset {
    /// Answers a query as far as `protection` allows.
    pub fn tabulate(&self, query: &Query, protection: &Protection) -> Release {
        let protection = *protection;
        let released = enough(self, protection).and_then(|()| {
            let raw = tabulate::raw(self, query, protection)?;
            let mut released = release(self, query, protection, &raw)?;
            intervals::fill(&mut released, self.codebook().population());
            weights::fill(self, query, protection, &raw, &mut released);
            Ok(released)
        });
        match released {
            Ok(release) => release,
            Err(refusal) => refused(self, query, protection, refusal),
        }
    }
}

/// Nothing at all is shown of so few respondents, nor where so few came since results were
/// published.
fn enough(dataset: &Dataset, protection: Protection) -> Result<(), Refusal> {
    let (n, minimum) = (dataset.responses(), protection.minimum_cell);
    if cells::is_small(n, minimum) {
        return Err(Refusal::TooFewYet(minimum));
    }
    let mut before = dataset.earlier().respondents();
    if before.any(|it| cells::is_small(n.abs_diff(it), minimum)) {
        return Err(Refusal::TooSoon);
    }
    Ok(())
}

fn release(
    dataset: &Dataset,
    query: &Query,
    protection: Protection,
    raw: &Raw,
) -> Result<Release, Refusal> {
    check_crossing(dataset, protection, raw)?;
    let pattern = |of: &[usize]| (!protection.is_none()).then(|| dataset.pattern(of, protection));
    let over_all = pattern(&raw.filter_variables);
    let covers = |of: &[usize]| Cover::new(dataset, query.filter.as_deref(), of);
    let by_filter = covers(&raw.filter_variables);
    let whole = View::of(over_all.as_deref(), &raw.chosen, |it| {
        by_filter.has(it, &[])
    });
    if whole.is_hidden() {
        // Which of the two must not depend on how many they are.
        return Err(if whole.is_of_hidden_only() {
            Refusal::TooFew
        } else {
            Refusal::TooClose
        });
    }
    let mut audit = Vec::new();
    let questions = figures::of(
        dataset,
        query,
        protection,
        (raw, &raw.filter_variables),
        (&raw.tables, &whole),
    );
    note(&[], &questions, &mut audit);
    let by_part = pattern(&raw.variables);
    let in_part = covers(&raw.variables);
    let groups = raw.groups.iter().map(|part| {
        let by = part.labels(dataset.codebook());
        let view = View::of(by_part.as_deref(), &part.chosen, |it| {
            in_part.has(it, &part.by)
        });
        if view.is_hidden() {
            let why = Hidden::TooFew;
            audit.push(Withheld {
                group: by.clone(),
                variable: None,
                row: None,
                why,
            });
            return Group {
                by,
                n: None,
                hidden: Some(why),
                questions: Vec::new(),
            };
        }
        let questions = figures::of(
            dataset,
            query,
            protection,
            (raw, &raw.variables),
            (&part.tables, &view),
        );
        note(&by, &questions, &mut audit);
        Group {
            by,
            n: Some(part.n),
            hidden: None,
            questions,
        }
    });
    let groups = groups.collect();
    Ok(Release {
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
    })
}

/// Where answers are protected, filter and groups together name at most two variables, and two only
/// as the survey allows.
fn check_crossing(dataset: &Dataset, protection: Protection, raw: &Raw) -> Result<(), Refusal> {
    let codebook = dataset.codebook();
    let named: Vec<String> = raw
        .variables
        .iter()
        .filter_map(|ix| Some(codebook.items().nth(*ix)?.1.name.clone()))
        .collect();
    match named.as_slice() {
        _ if protection.is_none() => Ok(()),
        [one, other] if codebook.may_cross(one, other) => Ok(()),
        [one, other] => Err(Refusal::Crossing(one.clone(), other.clone())),
        [_, _, _, ..] => Err(Refusal::TooManyGroups),
        _ => Ok(()),
    }
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
            continue;
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
        weighting: None,
    }
}

fn refused(dataset: &Dataset, query: &Query, protection: Protection, refusal: Refusal) -> Release {
    let all = dataset.responses();
    Release {
        head: Head {
            total: (!cells::is_small(all, protection.minimum_cell)).then_some(all),
            ..head(dataset, query, protection)
        },
        questions: Vec::new(),
        groups: Vec::new(),
        response: None,
        refusal: Some(refusal),
        audit: Vec::new(),
    }
}
