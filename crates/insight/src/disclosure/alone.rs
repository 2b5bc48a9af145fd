//! What is hidden without a background variable, and along one.

use super::cells::{hide_cells, hide_parts, is_small};
use super::pattern::{ItemPattern, Rows};
use crate::codebook::Kind;

/// One cell: everybody.
pub(super) fn undivided(rows: &Rows) -> ItemPattern {
    let n = rows.answered.first().copied().unwrap_or(0);
    let totals: Vec<u32> = rows.counts.iter().map(|row| row.iter().sum()).collect();
    let few = is_small(n, rows.minimum);
    let hidden = if rows.kind == Kind::Multiple {
        let small = |it: &u32| is_small(*it, rows.minimum) || is_small(n - it, rows.minimum);
        totals.iter().map(small).collect()
    } else {
        hide_parts(&totals, rows.minimum)
    };
    ItemPattern {
        hidden: vec![few],
        rows: hidden.into_iter().map(|it| vec![it || few]).collect(),
        summaries: true,
    }
}

/// Cells of one variable: its codes, of which some may not be shown, and those without.
pub(super) fn broken_down(rows: &Rows, groups_hidden: &[bool], whole: &ItemPattern) -> ItemPattern {
    let n_cells = groups_hidden.len();
    if whole.hidden.contains(&true) {
        return ItemPattern::closed(rows.counts.len(), n_cells);
    }
    let hidden = merge_small(&rows.answered, groups_hidden, rows.minimum);
    let out = match rows.kind {
        Kind::Number => classes(rows, &hidden),
        Kind::Multiple => choices(rows, &hidden, whole),
        _ => parts(rows, &hidden, whole),
    };
    ItemPattern {
        summaries: summaries(rows, &hidden),
        hidden,
        rows: out,
    }
}

/// Rows that add up to those who answered.
fn parts(rows: &Rows, hidden: &[bool], whole: &ItemPattern) -> Vec<Vec<bool>> {
    let shown: Vec<usize> = (0..rows.counts.len())
        .filter(|ix| !is_unseen(whole, *ix))
        .collect();
    // Rows that are hidden everywhere are one row to an onlooker.
    let mut table: Vec<Vec<u32>> = shown
        .iter()
        .filter_map(|ix| rows.counts.get(*ix))
        .map(|row| merge(row, hidden))
        .collect();
    let answered = merge(&rows.answered, hidden);
    let unseen = answered.iter().enumerate().map(|(ix, n)| {
        let seen: u32 = table.iter().filter_map(|row| row.get(ix)).sum();
        n.saturating_sub(seen)
    });
    let unseen: Vec<u32> = unseen.collect();
    table.push(unseen);
    let mut out = vec![vec![true; hidden.len()]; rows.counts.len()];
    if let Some(pattern) = hide_cells(&table, rows.minimum) {
        for (ix, columns) in shown.iter().zip(&pattern) {
            if let Some(slot) = out.get_mut(*ix) {
                *slot = spread(columns, hidden);
            }
        }
    }
    out
}

/// Rows of which each respondent may be in several: each against those who did not choose it.
fn choices(rows: &Rows, hidden: &[bool], whole: &ItemPattern) -> Vec<Vec<bool>> {
    let answered = merge(&rows.answered, hidden);
    let row = |(ix, row): (usize, &Vec<u32>)| {
        let yes = merge(row, hidden);
        let no = others(&answered, &yes);
        let pattern = hide_cells(&[yes, no], rows.minimum).filter(|_| !is_unseen(whole, ix));
        match pattern.as_deref() {
            Some([columns, ..]) => spread(columns, hidden),
            _ => vec![true; hidden.len()],
        }
    };
    rows.counts.iter().enumerate().map(row).collect()
}

/// Classes of numbers: all of them, or none where one is small; middles tell more and hide better.
fn classes(rows: &Rows, hidden: &[bool]) -> Vec<Vec<bool>> {
    let small = |row: &Vec<u32>| {
        let columns = merge(row, hidden);
        columns.iter().any(|it| is_small(*it, rows.minimum))
    };
    let any = rows.counts.iter().any(small);
    let cells = |_: &Vec<u32>| hidden.iter().map(|it| *it || any).collect();
    rows.counts.iter().map(cells).collect()
}

/// True for a row that is hidden of the whole.
pub(super) fn is_unseen(whole: &ItemPattern, row: usize) -> bool {
    whole.rows.get(row).is_none_or(|it| it.contains(&true))
}

/// Those who answered and did not choose this.
pub(super) fn others(answered: &[u32], chosen: &[u32]) -> Vec<u32> {
    let pairs = answered.iter().zip(chosen);
    pairs.map(|(n, chosen)| n.saturating_sub(*chosen)).collect()
}

/// Hides the cells with few answers, and with them as many more as it takes.
fn merge_small(answered: &[u32], hidden: &[bool], minimum: u32) -> Vec<bool> {
    let columns = merge(answered, hidden);
    let parts = hide_parts(&columns, minimum);
    let mut shown = parts.iter().copied();
    hidden
        .iter()
        .map(|hidden| *hidden || shown.next().unwrap_or(true))
        .collect()
}

/// Shown cells in order, then all hidden ones as one.
fn merge(row: &[u32], hidden: &[bool]) -> Vec<u32> {
    let pairs = || row.iter().zip(hidden);
    let shown = pairs().filter(|(_, hidden)| !**hidden).map(|(it, _)| *it);
    let rest = pairs()
        .filter(|(_, hidden)| **hidden)
        .map(|(it, _)| *it)
        .sum();
    shown.chain([rest]).collect()
}

/// The other way: what holds for the merged cell holds for every hidden one.
fn spread(columns: &[bool], hidden: &[bool]) -> Vec<bool> {
    let rest = columns.last().copied().unwrap_or(true);
    let mut shown = columns.iter().copied();
    hidden
        .iter()
        .map(|hidden| {
            if *hidden {
                rest
            } else {
                shown.next().unwrap_or(true)
            }
        })
        .collect()
}

/// Middles and spreads are shown if nobody's could be worked out from them: the points are not few
/// in any shown cell, nor in all hidden ones together.
fn summaries(rows: &Rows, hidden: &[bool]) -> bool {
    let Some(points) = &rows.points else {
        return false;
    };
    let columns = merge(points, hidden);
    columns.iter().all(|it| !is_small(*it, rows.score_minimum))
}
