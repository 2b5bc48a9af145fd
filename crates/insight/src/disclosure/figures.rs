//! The figures of one set of respondents, with what the pattern hides taken out.

use super::pattern::is_background;
use super::view::{ItemView, View};
use crate::codebook::{Item, Kind, Question};
use crate::columns::Column;
use crate::dataset::Dataset;
use crate::percent;
use crate::query::{Protection, Query, Rounding};
use crate::release::{Figures, Hidden, Label, Row, Summary};
use crate::statistics::descriptive::{deviation, mean, quantile, range};
use crate::tabulate::{Raw, Table};

/// Figures of all counted variables among those whom the variables `by` set apart.
pub(super) fn of(
    dataset: &Dataset,
    query: &Query,
    protection: Protection,
    (raw, by): (&Raw, &[usize]),
    (tables, view): (&[Table], &View<'_>),
) -> Vec<Figures> {
    let codebook = dataset.codebook();
    let items: Vec<(&Question, &Item)> = codebook.items().collect();
    let is_crossed = |(question, item): (&Question, &Item)| {
        let others = by.iter().filter_map(|ix| items.get(*ix));
        let mut others = others.filter(|(_, other)| other.name != item.name);
        !is_background(question, item)
            || others.all(|(_, other)| codebook.may_cross(&other.name, &item.name))
    };
    let counted = raw.items.iter().zip(tables);
    counted
        .filter_map(|(ix, table)| {
            let (question, item) = *items.get(*ix)?;
            let view = view.item(*ix);
            // Few, or hidden for the sake of few: which of the two must not be told.
            let why = if is_crossed((question, item)) {
                Hidden::Protects
            } else {
                Hidden::NotCrossed
            };
            let mut it = figures(item, table, query, protection, (view.as_ref(), why));
            if !item.open_ended && (it.hidden.is_some() || has_no_others(dataset, *ix, protection))
            {
                // Values outside the codebook have a row only where there are any.
                it.rows.retain(|it| it.label != Label::Other);
            }
            Some(it)
        })
        .collect()
}

/// Whether it is known of the whole that nobody gave a value outside the codebook.
fn has_no_others(dataset: &Dataset, ix: usize, protection: Protection) -> bool {
    let Some(Column::One { codes, other } | Column::Many { codes, other, .. }) =
        dataset.columns().get(ix)
    else {
        return false;
    };
    let is_known = || {
        let whole = dataset.pattern(&[], protection);
        let row = whole.items.get(ix).and_then(|it| it.rows.get(codes.len()));
        row.is_some_and(|it| !it.contains(&true))
    };
    other.is_empty() && (protection.is_none() || is_known())
}

fn figures(
    item: &Item,
    table: &Table,
    query: &Query,
    protection: Protection,
    (view, why): (Option<&ItemView<'_>>, Hidden),
) -> Figures {
    let whole = view.filter(|it| it.hidden).map(|_| why);
    let counts: Vec<u32> = table.rows.iter().map(|it| it.count).collect();
    let hidden: Vec<Option<Hidden>> = table
        .rows
        .iter()
        .enumerate()
        .map(|(ix, row)| match (&row.label, view) {
            _ if whole.is_some() => whole,
            // How many did not answer follows from N, which is always said.
            (Label::Missing, _) | (_, None) => None,
            (_, Some(view)) => view.hides(ix).then_some(Hidden::Protects),
        })
        .collect();
    let rounding = if hidden.iter().any(Option::is_some) {
        // The largest remainder of hidden rows would show in the others.
        Rounding::HalfUp
    } else {
        query.rounding
    };
    let box_counts: Vec<u32> = table
        .boxes
        .iter()
        .map(|(_, rows)| rows.iter().filter_map(|ix| counts.get(*ix)).sum())
        .collect();
    let box_hidden: Vec<Option<Hidden>> = table
        .boxes
        .iter()
        .map(|(_, rows)| {
            let mut here = rows
                .iter()
                .filter_map(|ix| hidden.get(*ix).copied().flatten());
            let n_hidden = hidden.iter().flatten().count();
            // All that are hidden together follow from N and the other rows.
            let follows = whole.is_none() && table.parts && here.clone().count() == n_hidden;
            here.next().filter(|_| !follows)
        })
        .collect();
    let labels = table.rows.iter().map(|it| it.label.clone());
    let boxes = table.boxes.iter().map(|(label, _)| label.clone());
    let mut lines = rows(labels, &counts, &hidden, table, rounding);
    if !item.open_ended {
        lines.retain(|it| it.label != Label::Other || it.count != Some(0));
    }
    Figures {
        name: item.name.clone(),
        base: table.base,
        n: whole.is_none().then_some(table.n),
        hidden: whole,
        rows: lines,
        boxes: rows(boxes, &box_counts, &box_hidden, table, rounding),
        summary: summary(item, table, protection, view, &hidden),
    }
}

fn rows(
    labels: impl Iterator<Item = Label>,
    counts: &[u32],
    hidden: &[Option<Hidden>],
    table: &Table,
    rounding: Rounding,
) -> Vec<Row> {
    let percents = percent::whole(counts, table.n, rounding, table.parts);
    labels
        .zip(counts)
        .zip(percents)
        .zip(hidden)
        .map(|(((label, count), percent), hidden)| Row {
            label,
            count: hidden.is_none().then_some(*count),
            percent: percent.filter(|_| hidden.is_none()),
            interval: None,
            weighted: None,
            hidden: *hidden,
        })
        .collect()
}

fn summary(
    item: &Item,
    table: &Table,
    protection: Protection,
    view: Option<&ItemView<'_>>,
    hidden: &[Option<Hidden>],
) -> Option<Summary> {
    let points = table.points.as_ref()?;
    let withheld = |why| {
        Some(Summary {
            hidden: Some(why),
            ..Summary::default()
        })
    };
    // Middles of a table with hidden rows would help to work these out; of numbers they are shown
    // rather than the classes.
    let some = hidden.iter().any(Option::is_some)
        && !(item.kind == Kind::Number && hidden.iter().all(Option::is_some));
    if some || view.is_some_and(|it| !it.has_summaries()) {
        return withheld(Hidden::Protects);
    }
    // Only here does the reason tell nothing: all rows are shown.
    if points.n() > 0 && points.n() < protection.score_minimum {
        return withheld(Hidden::TooFew);
    }
    Some(Summary {
        n: Some(points.n()),
        lower_quartile: quantile(points, 0.25),
        median: quantile(points, 0.5),
        upper_quartile: quantile(points, 0.75),
        mean: mean(points).filter(|_| item.is_numeric()),
        deviation: deviation(points).filter(|_| item.is_numeric()),
        range: range(points).filter(|_| protection.is_none()),
        hidden: None,
    })
}
