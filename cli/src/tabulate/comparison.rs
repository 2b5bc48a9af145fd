//! What stands beside the figures: two groups compared, or earlier rounds.

use std::sync::Arc;

use insight::codebook::Category;
use insight::compare::{self, Comparison};
use insight::query::Query;
use insight::rounds::OverTime;
use insight::{Codebook, Dataset};

use super::arguments::{Groups, Minimum};
use super::release;
use super::said::explain;

/// A comparison, and the rounds that it is made of.
pub(super) struct Compared {
    pub(super) comparison: Comparison,
    pub(super) over_time: Option<OverTime>,
}

/// Two groups, or one group and all the rest.
///
/// # Errors
///
/// When the figures are refused, or there are no such groups.
pub(super) fn groups(
    asked: &Groups,
    query: &Query,
    minimum: Minimum,
    dataset: &Dataset,
) -> Result<Compared, String> {
    let Groups {
        variable,
        one,
        other,
    } = asked;
    let codebook = dataset.codebook();
    let query = Query {
        groups: vec![variable.clone()],
        ..query.clone()
    };
    let shown = release(&query, minimum, dataset)?;
    let value = |code: &String| {
        let categories = codebook.item(variable).map(|it| &it.1.categories);
        let mut categories = categories.into_iter().flatten();
        let found: Option<&Category> = categories.find(|it| it.code() == *code);
        found
            .map(|it| it.value.clone())
            .ok_or_else(|| format!("--compare: \"{code}\" is not one of the values of {variable}"))
    };
    let one = value(one)?;
    let other = other.as_ref().map(value).transpose()?;
    let comparison = compare::groups(codebook, &shown, variable, &one, other.as_ref());
    of(comparison, codebook, None)
}

/// The present round and one of the earlier ones, which are given in order of time: the one that is
/// called `against`, else the latest.
///
/// # Errors
///
/// When the figures of a round are refused, or none is called so.
pub(super) fn rounds(
    query: &Query,
    minimum: Minimum,
    earlier: &[Dataset],
    now: &Dataset,
    against: Option<&str>,
) -> Result<Option<Compared>, String> {
    let names = || earlier.iter().map(|it| name(it.codebook()));
    let at = match against {
        Some(asked) => names().position(|it| it == asked).ok_or_else(|| {
            let names: Vec<String> = names().collect();
            format!(
                "--against {asked}: the earlier rounds are {}",
                names.join(", ")
            )
        })?,
        None => earlier.len().saturating_sub(1),
    };
    let Some(before) = earlier.get(at) else {
        return Ok(None);
    };
    let query = query.of_earlier_round();
    // A question may have had another name then, or not have been asked.
    let then = Query {
        questions: Vec::new(),
        ..query.clone()
    };
    let mut releases = Vec::new();
    for dataset in earlier {
        releases.push(Arc::new(release(&then, minimum, dataset)?));
    }
    releases.push(Arc::new(release(&query, minimum, now)?));
    let (Some(of_before), Some(of_now)) = (releases.get(at), releases.last()) else {
        return Ok(None);
    };
    let comparison = compare::rounds((before.codebook(), of_before), (now.codebook(), of_now));
    let datasets = earlier.iter().chain([now]);
    let over_time = datasets.zip(&releases).map(|(dataset, release)| {
        let codebook = dataset.codebook();
        (name(codebook), codebook, Arc::clone(release))
    });
    let codebook = now.codebook();
    of(comparison, codebook, Some(OverTime::new(over_time))).map(Some)
}

fn of(
    comparison: Comparison,
    codebook: &Codebook,
    over_time: Option<OverTime>,
) -> Result<Compared, String> {
    match &comparison.refusal {
        Some(refusal) => Err(explain(refusal, codebook)),
        None => Ok(Compared {
            comparison,
            over_time,
        }),
    }
}

/// What a round is called: by its name, else by the version of its wording.
fn name(codebook: &Codebook) -> String {
    codebook
        .round
        .clone()
        .unwrap_or_else(|| codebook.version.clone())
}
