//! What is hidden without a background variable, and along one.

use super::cells::{Count, hide_alike, hide_cells, hide_parts, hide_since, is_small};
use super::earlier::{Before, Edition, Glimpse, row};
use super::pattern::ItemPattern;
use super::rows::Rows;
use crate::codebook::Kind;

/// One cell: everybody.
pub(super) fn undivided(rows: &Rows) -> ItemPattern {
    let n = rows.answered.first().copied().unwrap_or(0);
    let before = |of: &dyn Fn(&Glimpse) -> Before| -> Vec<Before> {
        rows.before.iter().map(|it| of(&it.whole)).collect()
    };
    let count = |now, of: &dyn Fn(&Glimpse) -> Before| {
        Count::new(now, rows.minimum).after(before(of), rows.minimum)
    };
    let few = count(n, &|it| it.answered).is_hidden;
    let totals = rows.counts.iter().map(|row| row.iter().sum::<u32>());
    let mut totals: Vec<Count> = totals
        .enumerate()
        .map(|(ix, total)| count(total, &|it| row(it, ix)))
        .collect();
    if rows.is_sensitive && rows.kind != Kind::Multiple && rows.kind != Kind::Number {
        hide_alike(totals.iter_mut());
    }
    let hidden = if rows.kind == Kind::Multiple {
        let not = |ix: usize, it: &Count| {
            count(n - it.now.min(n), &|it| it.answered.without([row(it, ix)])).is_hidden
        };
        let all = |it: &Count| rows.is_sensitive && it.now == n && n > 0;
        let hidden = |(ix, it): (usize, &Count)| it.is_hidden || all(it) || not(ix, it);
        totals.iter().enumerate().map(hidden).collect()
    } else {
        for Edition { whole, .. } in &rows.before {
            let told = whole.rows.iter().copied();
            hide_since(totals.iter_mut().zip(told), whole.answered, rows.minimum);
        }
        hide_parts(&totals)
    };
    let points = rows.points.iter().flatten().sum();
    let are_same = rows.kind == Kind::Number && rows.are_same(core::iter::once(0));
    let hides_rows = few || are_same;
    ItemPattern {
        hidden: vec![few],
        rows: hidden
            .into_iter()
            .map(|it| vec![it || hides_rows])
            .collect(),
        summaries: vec![are_same || since_few(rows, |it| it.whole.points, points)],
    }
}

/// Cells of one variable: its codes, of which some may not be shown, and those without.
pub(super) fn broken_down(rows: &Rows, groups_hidden: &[bool], whole: &ItemPattern) -> ItemPattern {
    let n_cells = groups_hidden.len();
    if whole.hidden.contains(&true) {
        return ItemPattern::closed(rows.counts.len(), n_cells);
    }
    let merged = Merged {
        rows,
        hidden: groups_hidden,
    };
    let mut answered = merged.counts(&rows.answered, &|it| it.answered);
    for edition in &rows.before {
        let told = merged.merge_before(edition, &|it| it.answered);
        let parts = answered.iter_mut().zip(told);
        hide_since(parts, edition.whole.answered, rows.minimum);
    }
    let mut shown = hide_parts(&answered).into_iter();
    let hidden: Vec<bool> = groups_hidden
        .iter()
        .map(|hidden| *hidden || shown.next().unwrap_or(true))
        .collect();
    let merged = Merged {
        rows,
        hidden: &hidden,
    };
    let out = match rows.kind {
        Kind::Number => classes(&merged, whole),
        Kind::Multiple => choices(&merged, whole),
        _ => parts(&merged, whole),
    };
    ItemPattern {
        summaries: summaries(&merged, whole),
        rows: out,
        hidden,
    }
}

/// The cells of one variable: those that are shown, in order, then all that are not as one.
struct Merged<'a> {
    rows: &'a Rows,
    hidden: &'a [bool],
}

impl Merged<'_> {
    fn merge(&self, row: &[u32]) -> Vec<u32> {
        let pairs = || row.iter().zip(self.hidden);
        let shown = pairs().filter(|(_, hidden)| !**hidden).map(|(it, _)| *it);
        let rest = pairs().filter(|(_, hidden)| **hidden).map(|(it, _)| *it);
        shown.chain([rest.sum()]).collect()
    }

    /// The same of what was published.
    fn merge_before(&self, edition: &Edition, of: &dyn Fn(&Glimpse) -> Before) -> Vec<Before> {
        let pairs = edition.cells.iter().zip(self.hidden);
        let shown = pairs.filter(|(_, hidden)| !**hidden);
        let shown: Vec<Before> = shown.map(|(it, _)| of(it)).collect();
        let rest = of(&edition.whole).without(shown.iter().copied());
        shown.into_iter().chain([rest]).collect()
    }

    fn counts(&self, now: &[u32], of: &dyn Fn(&Glimpse) -> Before) -> Vec<Count> {
        self.counts_from(now, of, self.rows.minimum)
    }

    fn counts_from(
        &self,
        now: &[u32],
        of: &dyn Fn(&Glimpse) -> Before,
        minimum: u32,
    ) -> Vec<Count> {
        let editions = self.rows.before.iter();
        let editions: Vec<_> = editions.map(|it| self.merge_before(it, of)).collect();
        let count = |(ix, now)| {
            let before = editions.iter().filter_map(|it| it.get(ix).copied());
            Count::new(now, minimum).after(before, minimum)
        };
        self.merge(now).into_iter().enumerate().map(count).collect()
    }

    /// Of a table with these rows: what was hidden before in a row or in a column.
    fn hide_since(&self, table: &mut [Vec<Count>], of: &[&dyn Fn(&Glimpse) -> Before]) {
        let minimum = self.rows.minimum;
        for edition in &self.rows.before {
            let told: Vec<Vec<Before>> =
                of.iter().map(|it| self.merge_before(edition, it)).collect();
            for ((row, told), of) in table.iter_mut().zip(&told).zip(of) {
                let parts = row.iter_mut().zip(told.iter().copied());
                hide_since(parts, of(&edition.whole), minimum);
            }
            let answered = self.merge_before(edition, &|it| it.answered);
            for (column, sum) in answered.into_iter().enumerate() {
                let parts = table.iter_mut().zip(&told);
                let parts = parts.filter_map(|(row, told)| {
                    Some((row.get_mut(column)?, told.get(column).copied()?))
                });
                hide_since(parts, sum, minimum);
            }
        }
    }

    /// True if all of a cell gave the same number, of which that must not be told.
    fn are_same(&self) -> bool {
        let cells = |hidden: bool| {
            let cells = self.hidden.iter().enumerate();
            cells.filter(move |it| *it.1 == hidden).map(|it| it.0)
        };
        let mut shown = cells(false);
        shown.any(|it| self.rows.are_same(core::iter::once(it))) || self.rows.are_same(cells(true))
    }

    /// The other way: what holds for the merged cell holds for every hidden one.
    fn spread(&self, columns: &[bool]) -> Vec<bool> {
        let rest = columns.last().copied().unwrap_or(true);
        let mut shown = columns.iter().copied();
        let cells = self.hidden.iter().map(|hidden| {
            if *hidden {
                rest
            } else {
                shown.next().unwrap_or(true)
            }
        });
        cells.collect()
    }
}

/// Rows that add up to those who answered.
fn parts(merged: &Merged<'_>, whole: &ItemPattern) -> Vec<Vec<bool>> {
    let rows = merged.rows;
    let shown: Vec<usize> = (0..rows.counts.len())
        .filter(|ix| !is_unseen(whole, *ix))
        .collect();
    let mut table: Vec<Vec<Count>> = shown
        .iter()
        .filter_map(|ix| Some((ix, rows.counts.get(*ix)?)))
        .map(|(ix, counts)| merged.counts(counts, &|it| row(it, *ix)))
        .collect();
    // Rows that are hidden everywhere are one row to an onlooker.
    let unseen = rows.answered.iter().enumerate().map(|(cell, n)| {
        let seen = shown
            .iter()
            .filter_map(|ix| rows.counts.get(*ix)?.get(cell));
        n.saturating_sub(seen.sum())
    });
    let unseen: Vec<u32> = unseen.collect();
    let unseen_before = |it: &Glimpse| it.answered.without(shown.iter().map(|ix| row(it, *ix)));
    table.push(merged.counts(&unseen, &unseen_before));
    let of: Vec<_> = shown
        .iter()
        .map(|ix| move |it: &Glimpse| row(it, *ix))
        .collect();
    let mut of: Vec<&dyn Fn(&Glimpse) -> Before> = of.iter().map(|it| it as _).collect();
    of.push(&unseen_before);
    merged.hide_since(&mut table, &of);
    if rows.is_sensitive {
        for column in 0..table.first().map_or(0, Vec::len) {
            hide_alike(table.iter_mut().filter_map(|it| it.get_mut(column)));
        }
    }
    let mut out = vec![vec![true; merged.hidden.len()]; rows.counts.len()];
    let apart: Vec<Vec<u32>> = shown
        .iter()
        .map(|one| shown.iter().map(|it| rows.apart(*one, *it)).collect())
        .collect();
    if let Some(pattern) = hide_cells(&table, &apart) {
        for (ix, columns) in shown.iter().zip(&pattern) {
            if let Some(slot) = out.get_mut(*ix) {
                *slot = merged.spread(columns);
            }
        }
    }
    out
}

/// Rows of which each respondent may be in several: each against those who did not choose it.
fn choices(merged: &Merged<'_>, whole: &ItemPattern) -> Vec<Vec<bool>> {
    let rows = merged.rows;
    let one = |(ix, chosen): (usize, &Vec<u32>)| {
        let not = others(&rows.answered, chosen);
        let of: [&dyn Fn(&Glimpse) -> Before; 2] =
            [&|it| row(it, ix), &|it| it.answered.without([row(it, ix)])];
        let mut table = [merged.counts(chosen, of[0]), merged.counts(&not, of[1])];
        merged.hide_since(&mut table, &of);
        if let (true, [yes, no]) = (rows.is_sensitive, &mut table) {
            // That nobody chose it is no secret.
            for (yes, no) in yes.iter_mut().zip(no).filter(|it| it.0.now > 0) {
                hide_alike([yes, no].into_iter());
            }
        }
        let pattern = hide_cells(&table, &[]).filter(|_| !is_unseen(whole, ix));
        match pattern.as_deref() {
            Some([columns, ..]) => merged.spread(columns),
            _ => vec![true; merged.hidden.len()],
        }
    };
    rows.counts.iter().enumerate().map(one).collect()
}

/// Classes of numbers: all of them, or none where one is small or hidden of the whole; middles tell
/// more and hide better.
fn classes(merged: &Merged<'_>, whole: &ItemPattern) -> Vec<Vec<bool>> {
    let small = |(ix, counts): (usize, &Vec<u32>)| {
        let columns = merged.counts(counts, &|it| row(it, ix));
        is_unseen(whole, ix) || columns.iter().any(|it| it.is_hidden)
    };
    let table: Vec<Vec<u32>> = merged
        .rows
        .counts
        .iter()
        .map(|it| merged.merge(it))
        .collect();
    let in_one = |column: usize| {
        let counts = table.iter().filter_map(|it| it.get(column).copied());
        merged.rows.are_in_one_class(counts)
    };
    let n_columns = table.first().map_or(0, Vec::len);
    let any = merged.rows.counts.iter().enumerate().any(small) || (0..n_columns).any(in_one);
    let cells = |_: &Vec<u32>| merged.hidden.iter().map(|it| *it || any).collect();
    merged.rows.counts.iter().map(cells).collect()
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

/// Where no middles and spreads are shown: in cells with few points, or with few that came since,
/// and in as many others as it takes for all of them together not to be few. Where all rows of a
/// scale are shown its middles tell nothing more.
fn summaries(merged: &Merged<'_>, whole: &ItemPattern) -> Vec<bool> {
    let rows = merged.rows;
    let all = |is_hidden| vec![is_hidden; merged.hidden.len()];
    match &rows.points {
        Some(points) if !whole.summaries.contains(&true) => {
            if rows.kind == Kind::Number && merged.are_same() {
                all(true)
            } else if rows.kind == Kind::Number {
                let points = merged.counts_from(points, &|it| it.points, rows.score_minimum);
                merged.spread(&hide_parts(&points))
            } else {
                all(false)
            }
        }
        _ => all(true),
    }
}

/// True if few points came since a middle was published.
fn since_few(rows: &Rows, before: impl Fn(&Edition) -> Before, now: u32) -> bool {
    let mut editions = rows.before.iter();
    editions.any(|it| is_few_since(now, before(it), rows.score_minimum))
}

fn is_few_since(now: u32, before: Before, minimum: u32) -> bool {
    matches!(before, Before::Told(then) if is_small(now.abs_diff(then), minimum))
}
