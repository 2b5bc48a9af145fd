//! Hiding cells of one table.

use crate::codebook::Item;
use crate::dataset::Dataset;
use crate::percent;
use crate::query::{Protection, Query};
use crate::release::{Figures, Hidden, Label, Row, Summary};
use crate::statistics::descriptive::{deviation, mean, quantile, range};
use crate::tabulate::{Raw, Table};

/// Protects the tables of one set of respondents.
pub(super) fn protect_all(
    dataset: &Dataset,
    query: &Query,
    protection: Protection,
    raw: &Raw,
    tables: &[Table],
) -> Vec<Figures> {
    let items = raw
        .items
        .iter()
        .filter_map(|ix| dataset.codebook().items().nth(*ix));
    items
        .zip(tables)
        .map(|((_, item), table)| protect(item, table, query, protection))
        .collect()
}

fn protect(item: &Item, table: &Table, query: &Query, protection: Protection) -> Figures {
    let minimum = if item.sensitive {
        protection.sensitive_minimum
    } else {
        protection.minimum_cell
    };
    let whole = (table.n > 0 && table.n < minimum).then_some(Hidden::TooFew);
    let counts: Vec<u32> = table.rows.iter().map(|it| it.count).collect();
    let hidden = match whole {
        Some(_) => vec![whole; counts.len()],
        None => suppress(&counts, minimum),
    };
    let labels = table.rows.iter().map(|it| it.label.clone());
    let box_counts: Vec<u32> = table
        .boxes
        .iter()
        .map(|(_, rows)| rows.iter().filter_map(|ix| counts.get(*ix)).sum())
        .collect();
    let box_hidden: Vec<Option<Hidden>> = table
        .boxes
        .iter()
        .map(|(_, rows)| {
            rows.iter()
                .find_map(|ix| hidden.get(*ix).copied().flatten())
        })
        .collect();
    let boxes = table.boxes.iter().map(|(label, _)| label.clone());
    Figures {
        name: item.name.clone(),
        base: table.base,
        n: whole.is_none().then_some(table.n),
        hidden: whole,
        rows: rows(labels, &counts, &hidden, table, query),
        boxes: rows(boxes, &box_counts, &box_hidden, table, query),
        summary: summary(table, protection, &hidden),
    }
}

/// Which of `counts` are hidden: those from one to below `minimum`; and if that is a single one,
/// or all hidden ones together are still below it, the next smallest as well, until they are not.
pub(super) fn suppress(counts: &[u32], minimum: u32) -> Vec<Option<Hidden>> {
    let mut hidden: Vec<Option<Hidden>> = counts
        .iter()
        .map(|count| (*count > 0 && *count < minimum).then_some(Hidden::TooFew))
        .collect();
    if hidden.iter().all(Option::is_none) {
        return hidden;
    }
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by_key(|ix| counts.get(*ix).copied());
    for ix in order {
        let covered = hidden.iter().zip(counts).filter(|(it, _)| it.is_some());
        let (n, sum) = covered.fold((0, 0), |(n, sum), (_, count)| (n + 1, sum + count));
        if n > 1 && sum >= minimum {
            break;
        }
        if let (Some(slot), Some(count)) = (hidden.get_mut(ix), counts.get(ix))
            && slot.is_none()
            && *count > 0
        {
            *slot = Some(Hidden::Protects);
        }
    }
    hidden
}

fn rows(
    labels: impl Iterator<Item = Label>,
    counts: &[u32],
    hidden: &[Option<Hidden>],
    table: &Table,
    query: &Query,
) -> Vec<Row> {
    let percents = percent::whole(counts, table.n, query.rounding, table.parts);
    labels
        .zip(counts)
        .zip(percents)
        .zip(hidden)
        .map(|(((label, count), percent), hidden)| Row {
            label,
            count: hidden.is_none().then_some(*count),
            percent: percent.filter(|_| hidden.is_none()),
            interval: None,
            hidden: *hidden,
        })
        .collect()
}

fn summary(table: &Table, protection: Protection, hidden: &[Option<Hidden>]) -> Option<Summary> {
    let points = table.points.as_ref()?;
    if points.n() < protection.score_minimum && points.n() > 0 {
        return Some(Summary {
            hidden: Some(Hidden::TooFew),
            ..Summary::default()
        });
    }
    // Means and quartiles of a table with hidden rows would help to work these out.
    if hidden.iter().any(Option::is_some) {
        return Some(Summary {
            hidden: Some(Hidden::Protects),
            ..Summary::default()
        });
    }
    Some(Summary {
        n: Some(points.n()),
        lower_quartile: quantile(points, 0.25),
        median: quantile(points, 0.5),
        upper_quartile: quantile(points, 0.75),
        mean: mean(points),
        deviation: deviation(points),
        range: range(points).filter(|_| protection.is_none()),
        hidden: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(counts: &[u32], minimum: u32) -> Vec<Option<u32>> {
        let hidden = suppress(counts, minimum);
        let pairs = counts.iter().zip(hidden);
        pairs
            .map(|(count, hidden)| hidden.is_none().then_some(*count))
            .collect()
    }

    #[test]
    fn one_hidden_municipality_takes_the_next_smallest_with_it() {
        let referrals = [7, 17, 1, 3, 5];
        assert_eq!(
            shown(&referrals, 3),
            [Some(7), Some(17), None, None, Some(5)]
        );
        assert_eq!(shown(&referrals, 5), [Some(7), Some(17), None, None, None]);
    }

    #[test]
    fn nothing_is_hidden_when_nothing_is_small() {
        assert_eq!(shown(&[5, 0, 9], 5), [Some(5), Some(0), Some(9)]);
        assert_eq!(shown(&[1, 2], 1), [Some(1), Some(2)]);
    }
}
