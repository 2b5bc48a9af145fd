//! What is hidden for which combination of background variables.
//!
//! For each background variable, and for each allowed crossing of two, there is one fixed pattern,
//! made from all answers and independent of any query. Whatever is asked is then put together from
//! cells of such a pattern, and is shown only if all of them are: no filter can show more than the
//! fixed tables do.
//!
//! A crossing shows a row (a code) either in all its cells or in none, and only rows that nothing is
//! hidden of in the tables of each variable alone; so other worlds of those tables are worlds of
//! the crossing too.

use super::cells::{hide_cells, hide_parts, is_small};
use crate::codebook::{Item, Kind};
use crate::columns::{Bitmap, Column};
use crate::dataset::Dataset;
use crate::query::Protection;
use crate::tabulate::{self, Counts};

/// A pattern over the cells of none, one or two background variables.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    /// Respondents of each cell. Cells are the codes and a last one for those without; for two
    /// variables, row by row.
    pub cells: Vec<Bitmap>,
    /// How many they are.
    pub sizes: Vec<u32>,
    /// Cells that are not shown at all; those without an answer always are among them.
    pub hidden: Vec<bool>,
    /// One per variable of the codebook.
    pub items: Vec<ItemPattern>,
}

/// The pattern of one variable.
#[derive(Debug, Clone)]
pub(crate) struct ItemPattern {
    /// Cells in which nothing of it is shown, not even how many answered.
    pub hidden: Vec<bool>,
    /// Per row (codes, then values outside the codebook, or classes of numbers), per cell.
    pub rows: Vec<Vec<bool>>,
    /// True if middles and spreads are shown.
    pub summaries: bool,
}

/// Rows of one variable in every cell.
struct Rows {
    /// Per row, per cell.
    counts: Vec<Vec<u32>>,
    /// Respondents who answered, per cell.
    answered: Vec<u32>,
    /// Points of the scale or numbers, per cell; `None` where there is no middle.
    points: Option<Vec<u32>>,
    /// True if each respondent is in one row at most.
    parts: bool,
    minimum: u32,
}

/// Makes the pattern of these variables (places in the codebook, at most two).
pub(crate) fn pattern(dataset: &Dataset, variables: &[usize], protection: Protection) -> Pattern {
    let cells = cells(dataset, variables);
    let sizes: Vec<u32> = cells.iter().map(Bitmap::count).collect();
    let all: Vec<usize> = (0..dataset.columns().len()).collect();
    let tables = tabulate::count(dataset, &all, &cells);
    let widths: Vec<usize> = variables
        .iter()
        .map(|it| n_codes(dataset, *it) + 1)
        .collect();
    let minimum = protection.minimum_cell;
    let hidden = match widths.as_slice() {
        [] => vec![is_small(dataset.responses(), minimum)],
        [width] => with_rest(hide_parts(&sizes, minimum), *width),
        _ => crossing_sizes(dataset, variables, &widths, &sizes, protection),
    };
    let alone: Vec<_> = match variables {
        [_, _] => variables
            .iter()
            .map(|it| dataset.pattern(&[*it], protection))
            .collect(),
        _ => Vec::new(),
    };
    let whole = (!variables.is_empty()).then(|| dataset.pattern(&[], protection));
    let items = dataset
        .codebook()
        .items()
        .enumerate()
        .map(|(ix, (_, item))| {
            let rows = rows(dataset, ix, item, &tables, protection);
            let whole = whole.as_ref().and_then(|it| it.items.get(ix));
            let alone: Vec<&ItemPattern> = alone.iter().filter_map(|it| it.items.get(ix)).collect();
            let pattern = match (widths.as_slice(), whole) {
                ([_, width], Some(whole)) => crossed(&rows, &hidden, *width, whole, &alone),
                ([_], Some(whole)) => broken_down(&rows, &hidden, whole),
                _ => undivided(&rows),
            };
            ItemPattern {
                summaries: pattern.summaries
                    && summaries(&rows, &pattern, protection.score_minimum),
                ..pattern
            }
        });
    let items = items.collect();
    Pattern {
        cells,
        sizes,
        hidden,
        items,
    }
}

fn n_codes(dataset: &Dataset, variable: usize) -> usize {
    match dataset.columns().get(variable) {
        Some(Column::One { codes, .. }) => codes.len(),
        _ => 0,
    }
}

/// Every combination of codes, and of having none.
fn cells(dataset: &Dataset, variables: &[usize]) -> Vec<Bitmap> {
    let all = Bitmap::full(dataset.responses() as usize);
    let mut cells = vec![all.clone()];
    for variable in variables {
        let Some(Column::One { codes, .. }) = dataset.columns().get(*variable) else {
            continue;
        };
        let named = codes
            .iter()
            .fold(Bitmap::default(), |set, code| set.or(code));
        let rest = named.complement(&all);
        let parts: Vec<&Bitmap> = codes.iter().chain([&rest]).collect();
        cells = cells
            .iter()
            .flat_map(|cell| parts.iter().map(|part| cell.and(part)))
            .collect();
    }
    cells
}

/// Marks the last of each `width` cells: those without an answer have no place of their own.
fn with_rest(mut hidden: Vec<bool>, width: usize) -> Vec<bool> {
    for (ix, it) in hidden.iter_mut().enumerate() {
        *it |= ix % width == width - 1;
    }
    hidden
}

fn crossing_sizes(
    dataset: &Dataset,
    variables: &[usize],
    widths: &[usize],
    sizes: &[u32],
    protection: Protection,
) -> Vec<bool> {
    let width = widths.last().copied().unwrap_or(1);
    let table: Vec<Vec<u32>> = sizes.chunks(width).map(<[u32]>::to_vec).collect();
    let mut hidden = match hide_cells(&table, protection.minimum_cell) {
        Some(hidden) => with_rest(hidden.concat(), width),
        None => vec![true; sizes.len()],
    };
    if let [first, second] = variables {
        let first = dataset.pattern(&[*first], protection);
        let second = dataset.pattern(&[*second], protection);
        for (ix, it) in hidden.iter_mut().enumerate() {
            *it |= first.hidden.get(ix / width).copied().unwrap_or(true);
            *it |= second.hidden.get(ix % width).copied().unwrap_or(true);
        }
    }
    hidden
}

fn rows(
    dataset: &Dataset,
    item_ix: usize,
    item: &Item,
    tables: &[Vec<Counts>],
    protection: Protection,
) -> Rows {
    let edges = dataset.edges(item_ix, protection.minimum_cell);
    let counts: Vec<&Counts> = tables.iter().filter_map(|it| it.get(item_ix)).collect();
    let per_cell: Vec<Vec<u32>> = counts.iter().map(|it| it.rows(&edges)).collect();
    let n_rows = per_cell.first().map_or(0, Vec::len);
    let row = |ix: usize| {
        per_cell
            .iter()
            .filter_map(|it| it.get(ix).copied())
            .collect()
    };
    let numbers = |it: &Counts| it.points(item).map(|it| it.n());
    Rows {
        counts: (0..n_rows).map(row).collect(),
        answered: counts.iter().map(|it| it.answered).collect(),
        points: counts.iter().map(|it| numbers(it)).collect(),
        parts: item.kind != Kind::Multiple,
        minimum: protection.minimum_of(item),
    }
}

/// One cell: everybody.
fn undivided(rows: &Rows) -> ItemPattern {
    let n = rows.answered.first().copied().unwrap_or(0);
    let totals: Vec<u32> = rows.counts.iter().map(|row| row.iter().sum()).collect();
    let few = is_small(n, rows.minimum);
    let hidden = if rows.parts {
        hide_parts(&totals, rows.minimum)
    } else {
        let small = |it: &u32| is_small(*it, rows.minimum) || is_small(n - it, rows.minimum);
        totals.iter().map(small).collect()
    };
    ItemPattern {
        hidden: vec![few],
        rows: hidden.into_iter().map(|it| vec![it || few]).collect(),
        summaries: true,
    }
}

/// Cells of one variable: its codes, of which some may not be shown, and those without.
fn broken_down(rows: &Rows, groups_hidden: &[bool], whole: &ItemPattern) -> ItemPattern {
    let n_cells = groups_hidden.len();
    let everything = whole.hidden.contains(&true);
    let hidden = merge_small(&rows.answered, groups_hidden, rows.minimum);
    let hidden: Vec<bool> = hidden.into_iter().map(|it| it || everything).collect();
    let row_hidden = |ix: usize| whole.rows.get(ix).is_some_and(|it| it.contains(&true));
    let nothing = || vec![vec![true; n_cells]; rows.counts.len()];
    let shown_rows: Vec<usize> = (0..rows.counts.len())
        .filter(|ix| !row_hidden(*ix))
        .collect();
    let mut out = nothing();
    let spread = |columns: &[bool]| spread(columns, &hidden);
    if rows.parts {
        // Rows that are hidden everywhere are one row to an onlooker.
        let mut table: Vec<Vec<u32>> = shown_rows
            .iter()
            .filter_map(|ix| rows.counts.get(*ix))
            .map(|row| merge(row, &hidden))
            .collect();
        let answered = merge(&rows.answered, &hidden);
        let unseen = answered.iter().enumerate().map(|(ix, n)| {
            let seen: u32 = table.iter().filter_map(|row| row.get(ix)).sum();
            n.saturating_sub(seen)
        });
        let unseen: Vec<u32> = unseen.collect();
        table.push(unseen);
        if let Some(pattern) = hide_cells(&table, rows.minimum) {
            for (ix, columns) in shown_rows.iter().zip(&pattern) {
                if let Some(slot) = out.get_mut(*ix) {
                    *slot = spread(columns);
                }
            }
        }
    } else {
        let answered = merge(&rows.answered, &hidden);
        for ix in shown_rows {
            let Some(row) = rows.counts.get(ix) else {
                continue;
            };
            let yes = merge(row, &hidden);
            let no = answered
                .iter()
                .zip(&yes)
                .map(|(n, yes)| n.saturating_sub(*yes));
            let table = [yes.clone(), no.collect()];
            if let (Some(pattern), Some(slot)) = (hide_cells(&table, rows.minimum), out.get_mut(ix))
                && let Some(columns) = pattern.first()
            {
                *slot = spread(columns);
            }
        }
    }
    if everything {
        out = nothing();
    }
    ItemPattern {
        hidden,
        rows: out,
        summaries: true,
    }
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

/// Cells of two variables: a row is shown in all of them or in none.
fn crossed(
    rows: &Rows,
    groups_hidden: &[bool],
    width: usize,
    whole: &ItemPattern,
    alone: &[&ItemPattern],
) -> ItemPattern {
    let n_cells = groups_hidden.len();
    let answered: Vec<Vec<u32>> = rows.answered.chunks(width).map(<[u32]>::to_vec).collect();
    let few = hide_cells(&answered, rows.minimum).map(|it| it.concat());
    let everything = few.is_none() || whole.hidden.contains(&true);
    let few = few.unwrap_or_default();
    let hidden: Vec<bool> = groups_hidden
        .iter()
        .enumerate()
        .map(|(ix, it)| *it || everything || few.get(ix).copied().unwrap_or(true))
        .collect();
    let touched = |ix: usize| {
        let of = |it: &ItemPattern| it.rows.get(ix).is_none_or(|it| it.contains(&true));
        of(whole) || alone.iter().any(|it| of(it))
    };
    let small = |counts: &[u32]| counts.iter().any(|it| is_small(*it, rows.minimum));
    let mut unseen: Vec<bool> = rows
        .counts
        .iter()
        .enumerate()
        .map(|(ix, row)| {
            everything || touched(ix) || small(row) || (!rows.parts && small(&others(row, rows)))
        })
        .collect();
    if rows.parts {
        hide_more_rows(rows, &mut unseen);
        if !all_can_grow(rows, &unseen, width) {
            unseen = vec![true; unseen.len()];
        }
    }
    ItemPattern {
        hidden,
        summaries: !unseen.contains(&true),
        rows: unseen.into_iter().map(|it| vec![it; n_cells]).collect(),
    }
}

/// Those who answered and did not choose this.
fn others(row: &[u32], rows: &Rows) -> Vec<u32> {
    let pairs = rows.answered.iter().zip(row);
    pairs.map(|(n, chosen)| n.saturating_sub(*chosen)).collect()
}

/// What is hidden together must not be small in any cell, and must be two rows at least.
fn hide_more_rows(rows: &Rows, unseen: &mut [bool]) {
    let total = |ix: usize| rows.counts.get(ix).map_or(0, |row| row.iter().sum::<u32>());
    loop {
        let n = unseen.iter().filter(|it| **it).count();
        let small_together = (0..rows.answered.len()).any(|cell| {
            let covered = rows
                .counts
                .iter()
                .zip(unseen.iter())
                .filter(|(_, hidden)| **hidden);
            let sum = covered.filter_map(|(row, _)| row.get(cell)).sum();
            is_small(sum, rows.minimum)
        });
        if n == 0 || (n > 1 && !small_together) {
            return;
        }
        let open = (0..unseen.len()).filter(|ix| unseen.get(*ix) == Some(&false));
        let Some(next) = open.min_by_key(|ix| total(*ix)) else {
            return;
        };
        if let Some(slot) = unseen.get_mut(next) {
            *slot = true;
        }
    }
}

/// Whether each small cell could be large in a world that keeps all sums over either variable:
/// eight cells change, four of them give.
fn all_can_grow(rows: &Rows, unseen: &[bool], width: usize) -> bool {
    let at = |row: usize, outer: usize, inner: usize| {
        let row = rows
            .counts
            .get(row)
            .and_then(|it| it.get(outer * width + inner));
        row.copied().unwrap_or(0)
    };
    let n_outer = rows.answered.len() / width.max(1);
    let hidden_rows = || (0..unseen.len()).filter(|ix| unseen.get(*ix) == Some(&true));
    hidden_rows().all(|row| {
        (0..n_outer).all(|outer| {
            (0..width).all(|inner| {
                let count = at(row, outer, inner);
                if !is_small(count, rows.minimum) {
                    return true;
                }
                let needed = rows.minimum.saturating_sub(count).max(2);
                hidden_rows().filter(|it| *it != row).any(|other_row| {
                    at(other_row, outer, inner) >= needed
                        && (0..n_outer).filter(|it| *it != outer).any(|other_outer| {
                            at(row, other_outer, inner) >= needed
                                && (0..width).filter(|it| *it != inner).any(|other_inner| {
                                    at(row, outer, other_inner) >= needed
                                        && at(other_row, other_outer, other_inner) >= needed
                                })
                        })
                })
            })
        })
    })
}

/// Middles and spreads are shown if nobody's could be worked out from them: the points are not few
/// in any shown cell, nor in all hidden ones together.
fn summaries(rows: &Rows, pattern: &ItemPattern, minimum: u32) -> bool {
    let Some(points) = &rows.points else {
        return false;
    };
    let rest = pattern.hidden.contains(&true);
    let columns = merge(points, &pattern.hidden);
    let n_columns = if rest {
        columns.len()
    } else {
        columns.len() - 1
    };
    columns
        .iter()
        .take(n_columns)
        .all(|it| !is_small(*it, minimum))
}
