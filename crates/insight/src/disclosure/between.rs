//! What results of two times tell of a background variable by which the earlier ones were not broken
//! down.
//!
//! How many had each of its codes then, and how many gave each answer then, is known; how many have
//! both today may be shown. Of those of one time with a code, at most as many gave another answer as
//! did in all, and these no more in another code than are there today: so it can follow that few of
//! a code gave an answer at that time. Then the question is not shown by the variable.

use super::alone::is_unseen;
use super::cells::is_small;
use super::earlier::Before;
use super::pattern::ItemPattern;
use super::rows::Rows;
use crate::columns::{Bitmap, Column};
use crate::dataset::Dataset;

/// Those of one time: how many have each code, how many they are, how many of them gave an answer.
struct Time {
    sizes: Vec<u32>,
    all: u32,
    gave: u32,
}

/// Leaves nothing of `own`, a question by this variable, if two times tell too much.
pub(super) fn limit(
    dataset: &Dataset,
    variable: usize,
    (rows, whole): (&Rows, &ItemPattern),
    own: ItemPattern,
) -> ItemPattern {
    let item = dataset.codebook().items().nth(variable).map(|it| it.1);
    let (Some(item), Some(Column::One { codes, .. })) = (item, dataset.columns().get(variable))
    else {
        return own;
    };
    let now: Vec<u32> = codes.iter().map(Bitmap::count).collect();
    let n = dataset.responses();
    // What is shown today of an answer: of each code, how many gave it.
    let shown = |counts: &[u32], row: Option<usize>| -> Vec<Option<u32>> {
        let is_hidden = |cell: usize| {
            let of_row = row.map(|it| own.rows.get(it).and_then(|it| it.get(cell)));
            own.hidden.get(cell) != Some(&false) || of_row.is_some_and(|it| it != Some(&false))
        };
        let cells = counts.iter().copied().take(now.len()).enumerate();
        cells
            .map(|(cell, n)| (!is_hidden(cell)).then_some(n))
            .collect()
    };
    let earlier = dataset.earlier();
    let sizes = earlier.values(item);
    let times = earlier.respondents().zip(&sizes).zip(&rows.before);
    for ((all, sizes), edition) in times {
        let is_broken_down = edition.cells.iter().any(|it| it.answered != Before::Untold);
        let sizes = sizes.iter().take(now.len()).map(|it| match it {
            Before::Told(n) => Some(*n),
            _ => None,
        });
        let sizes: Option<Vec<u32>> = sizes.collect();
        let (false, Some(sizes)) = (is_broken_down || all == n, sizes) else {
            continue;
        };
        let of_rows = rows.counts.iter().enumerate();
        let of_rows = of_rows.filter(|(row, _)| !is_unseen(whole, *row));
        let of_rows = of_rows.map(|(row, counts)| {
            let then = edition.whole.rows.get(row).copied();
            (counts, then.unwrap_or(Before::Untold), Some(row))
        });
        let of_all = [(&rows.answered, edition.whole.answered, None)];
        for (counts, then, row) in of_all.into_iter().chain(of_rows) {
            let Before::Told(then) = then else {
                continue;
            };
            let total: u32 = counts.iter().sum();
            let late = now
                .iter()
                .zip(&sizes)
                .map(|(now, it)| now.saturating_sub(*it));
            let times = [
                Time {
                    all,
                    gave: then,
                    sizes: sizes.clone(),
                },
                Time {
                    all: n.saturating_sub(all),
                    gave: total.saturating_sub(then),
                    sizes: late.collect(),
                },
            ];
            let shown = shown(counts, row);
            if times
                .iter()
                .any(|it| it.tells_few(&shown, &now, rows.minimum))
            {
                return ItemPattern::closed(own.rows.len(), own.hidden.len());
            }
        }
    }
    own
}

impl Time {
    /// True if of a code that as many as the minimum have fewer than that must have given the answer.
    fn tells_few(&self, shown: &[Option<u32>], now: &[u32], minimum: u32) -> bool {
        let known: u32 = self.sizes.iter().sum();
        let without_code = self.all.saturating_sub(known);
        let others = self.all.saturating_sub(self.gave);
        let room = |code: usize, size: u32| {
            let shown = shown.get(code).copied().flatten();
            let most = shown.and_then(|it| Some(now.get(code)?.saturating_sub(it)));
            most.map_or(size, |it| it.min(size))
        };
        let sizes = || self.sizes.iter().copied().enumerate();
        let rooms: u32 = sizes().map(|(code, size)| room(code, size)).sum();
        sizes().any(|(code, size)| {
            let elsewhere = rooms - room(code, size) + without_code;
            let most = size.saturating_sub(others.saturating_sub(elsewhere));
            size >= minimum && is_small(most.min(self.gave), minimum)
        })
    }
}
