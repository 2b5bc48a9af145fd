//! Choosing cells to hide, so that no small count can be worked out from what is shown.
//!
//! A small count is safe if there is another world, with the same shown figures, in which it is not
//! small. Such a world is made by moving answers: some respondents of one column change from row
//! A to row B, as many of another column from B to A. All sums stay; the cells that change must be
//! hidden ([`super::network`]).

use super::earlier::Before;
use super::network::{Aim, CLOSED, Chain, Edge, Network, Sum};

/// How far a count must be able to grow: to the minimum, and by two at least.
fn needed(count: u32, minimum: u32) -> u32 {
    minimum.saturating_sub(count).max(2)
}

/// True for a count that may not be shown by itself.
pub(super) fn is_small(count: u32, minimum: u32) -> bool {
    count > 0 && count < minimum
}

/// A count, and what an onlooker must not be able to rule out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Count {
    /// How many they are.
    pub now: u32,
    /// By how many it must be able to be more; 0 if it may be known.
    pub need: u32,
    /// By how many it can be less.
    pub spare: u32,
    /// True if it cannot be shown in any case.
    pub is_hidden: bool,
}

impl Count {
    /// A count of which nothing was published before.
    pub(super) fn new(now: u32, minimum: u32) -> Self {
        let is_small = is_small(now, minimum);
        Self {
            now,
            need: if is_small { needed(now, minimum) } else { 0 },
            spare: now,
            is_hidden: is_small,
        }
    }

    /// The same of which it must not be told that nobody, or that all of a group, are in it.
    pub(super) fn or_not(mut self) -> Self {
        self.is_hidden = true;
        self.need = self.need.max(u32::from(self.now == 0) * 2);
        self
    }

    /// The same after publications. Those who came since are a count of their own, which must not be
    /// small; only they can be fewer, as the others are known.
    pub(super) fn after(mut self, before: impl IntoIterator<Item = Before>, minimum: u32) -> Self {
        for before in before {
            match before {
                Before::Untold => {}
                Before::Hidden => {
                    self.is_hidden = true;
                    self.spare = 0;
                }
                Before::Told(then) => {
                    let since = self.now.abs_diff(then);
                    if is_small(since, minimum) {
                        self.is_hidden = true;
                        self.need = self.need.max(needed(since, minimum));
                    }
                    self.spare = self.spare.min(self.now.saturating_sub(then));
                }
            }
        }
        self
    }
}

/// Parts of a sum that an earlier publication hid are one count to an onlooker, who takes from the sum
/// what was told of the others: if few came to them since, any of them must be able to hold more.
/// `sum` is what was published of it.
pub(super) fn hide_since<'a>(
    parts: impl Iterator<Item = (&'a mut Count, Before)>,
    sum: Before,
    minimum: u32,
) {
    let Before::Told(mut then) = sum else {
        return;
    };
    let (mut now, mut hidden) = (0, Vec::new());
    for (count, before) in parts {
        match before {
            Before::Told(part) => then = then.saturating_sub(part),
            Before::Hidden => {
                now += count.now;
                hidden.push(count);
            }
            Before::Untold => return,
        }
    }
    let since = now.abs_diff(then);
    if is_small(since, minimum) {
        for count in hidden {
            count.need = count.need.max(needed(since, minimum));
        }
    }
}

/// Which parts of a known sum are hidden: those that must be, and as many of the next smallest as it
/// takes for each to be able to reach the minimum at the others' expense.
pub(super) fn hide_parts(parts: &[Count]) -> Vec<bool> {
    let mut hidden: Vec<bool> = parts.iter().map(|it| it.is_hidden).collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|ix| parts.get(*ix).map(|it| it.now));
    let mut next = order.into_iter();
    while !can_all_grow(parts, &hidden) {
        let Some(ix) = next.next() else {
            break;
        };
        let gives = parts.get(ix).is_some_and(|it| it.spare > 0);
        if let Some(slot) = hidden.get_mut(ix).filter(|_| gives) {
            *slot = true;
        }
    }
    hidden
}

fn can_all_grow(parts: &[Count], hidden: &[bool]) -> bool {
    // Of hidden parts it is known that they are not nobody.
    let give = |it: &Count| it.spare.min(it.now.saturating_sub(1));
    let covered = parts.iter().zip(hidden).filter(|(_, hidden)| **hidden);
    let spare: u32 = covered.map(|(it, _)| give(it)).sum();
    let mut aims = parts.iter().filter(|it| it.need > 0);
    aims.all(|it| spare - give(it).min(spare) >= it.need)
}

/// Where all of a group answered alike, hides that answer, and another that some of them could have
/// given for all that is known.
pub(super) fn hide_alike<'a>(column: impl Iterator<Item = &'a mut Count>) {
    let mut column: Vec<&mut Count> = column.collect();
    if column.len() < 2 || column.iter().filter(|it| it.now > 0).count() != 1 {
        return;
    }
    let mut hide = |is_given: bool| {
        if let Some(count) = column.iter_mut().find(|it| (it.now > 0) == is_given) {
            **count = count.or_not();
        }
    };
    hide(true);
    hide(false);
}

/// What hiding one more cell costs, beside its count: large ones are hidden last.
pub(super) const PRICE: u32 = 1000;

/// Which cells of a table (rows of columns) are hidden, if the sums of all rows and of all columns
/// are known. `None` if no choice of cells protects every small one: then nothing of the table may
/// be shown.
///
/// `apart` says per row what it costs more to hide another row for its sake; none where it does not
/// matter which.
pub(super) fn hide_cells(table: &[Vec<Count>], apart: &[Vec<u32>]) -> Option<Vec<Vec<bool>>> {
    let n_columns = table.first().map_or(0, Vec::len);
    let table = Table {
        apart: apart.to_vec(),
        ..Table::new(table.concat(), n_columns)
    };
    let hidden = table.hide()?;
    Some(
        hidden
            .chunks(n_columns.max(1))
            .map(<[bool]>::to_vec)
            .collect(),
    )
}

/// Counts whose sums over rows and over columns are known.
#[derive(Debug)]
pub(super) struct Table {
    /// Row by row.
    pub counts: Vec<Count>,
    pub n_columns: usize,
    /// Counts that are known from elsewhere.
    pub closed: Vec<bool>,
    /// Per stratum, how many of each count are in it: what moves stays in its stratum
    /// ([`super::strata`]).
    pub strata: Vec<Vec<u32>>,
    /// Per line, what it costs more to hide cells of each line for its sake; empty for nothing.
    pub apart: Vec<Vec<u32>>,
}

impl Table {
    /// Of which nothing else is known.
    pub(super) fn new(counts: Vec<Count>, n_columns: usize) -> Self {
        Self {
            n_columns,
            closed: vec![false; counts.len()],
            strata: vec![counts.iter().map(|it| it.spare).collect()],
            apart: Vec::new(),
            counts,
        }
    }

    /// Hides what it takes for all counts to be able to be what they must.
    pub(super) fn hide(&self) -> Option<Vec<bool>> {
        let before: Vec<bool> = self.counts.iter().map(|it| it.is_hidden).collect();
        let mut now = before.clone();
        let aims = self.counts.iter().zip(0..).filter(|(it, _)| it.need > 0);
        let mut aims: Vec<(&Count, usize)> = aims.collect();
        aims.sort_unstable_by_key(|(it, ix)| (it.now, *ix));
        for (it, ix) in &aims {
            if !self.can_grow(*ix, it.need, &mut now, true) {
                return None;
            }
        }
        self.show_again(&mut now, &before, &aims);
        Some(now)
    }

    /// Later cells may have made it needless to hide earlier ones.
    fn show_again(&self, now: &mut Vec<bool>, before: &[bool], aims: &[(&Count, usize)]) {
        let mut added: Vec<(u32, usize)> = (0..now.len())
            .filter(|ix| now.get(*ix) == Some(&true) && before.get(*ix) == Some(&false))
            .map(|ix| (self.counts.get(ix).map_or(0, |it| it.now), ix))
            .collect();
        added.sort_unstable();
        for (_, ix) in added.into_iter().rev() {
            let mut without = now.clone();
            if let Some(slot) = without.get_mut(ix) {
                *slot = false;
            }
            let mut aims = aims.iter();
            if aims.all(|(it, aim)| self.can_grow(*aim, it.need, &mut without, false)) {
                *now = without;
            }
        }
    }

    /// Whether a count can be larger by `amount` without any shown figure being another; hides what
    /// stands in the way, if that is allowed.
    fn can_grow(&self, target: usize, amount: u32, hidden: &mut [bool], may_hide: bool) -> bool {
        let mut spare: Vec<u32> = self.counts.iter().map(|it| it.spare).collect();
        let mut left = self.strata.clone();
        let mut missing = amount;
        while missing > 0 {
            let Some((stratum, amount, chain)) =
                self.best(target, missing, (&left, &spare), (hidden, may_hide))
            else {
                return false;
            };
            let own = core::iter::once((target, true));
            for (ix, grows) in chain.steps.into_iter().chain(own) {
                if let Some(hidden) = hidden.get_mut(ix) {
                    *hidden = true;
                }
                let here = left.get_mut(stratum).and_then(|it| it.get_mut(ix));
                for count in here.into_iter().chain(spare.get_mut(ix)) {
                    *count = if grows {
                        count.saturating_add(amount)
                    } else {
                        count.saturating_sub(amount)
                    };
                }
            }
            missing -= amount;
        }
        true
    }

    /// The cheapest chain, with its stratum and how many move along it.
    fn best(
        &self,
        target: usize,
        missing: u32,
        (left, spare): (&[Vec<u32>], &[u32]),
        (hidden, may_hide): (&[bool], bool),
    ) -> Option<(usize, u32, Chain)> {
        let apart = self.apart.get(target / self.n_columns);
        let more = |ix: usize| {
            let more = apart.and_then(|it| it.get(ix / self.n_columns));
            more.copied().unwrap_or(0)
        };
        let size = |ix: usize| self.counts.get(ix).map_or(0, |it| it.now.min(PRICE));
        let price = |ix: usize| match hidden.get(ix) {
            _ if self.closed.get(ix) != Some(&false) => CLOSED,
            Some(true) => 0,
            _ if may_hide => PRICE + size(ix) + more(ix),
            _ => CLOSED,
        };
        let edges: Vec<u32> = (0..self.counts.len()).map(price).collect();
        let n_lines = self.counts.len() / self.n_columns.max(1);
        let aim = Aim::CellUp(target / self.n_columns, target % self.n_columns);
        let mut best: Option<(u64, usize, u32, Chain)> = None;
        for (stratum, left) in left.iter().enumerate() {
            let counts = left.iter().zip(spare).zip(&edges);
            let network = Network {
                edges: counts
                    .map(|((left, spare), price)| Edge {
                        plus: u32::MAX,
                        minus: *left.min(spare),
                        price: *price,
                    })
                    .collect(),
                lines: vec![Sum::Kept; n_lines],
                columns: vec![Sum::Kept; self.n_columns],
            };
            let Some((amount, chain)) = network.best(aim, missing) else {
                continue;
            };
            let rank = u64::from(chain.price) * u64::from(missing.div_ceil(amount));
            if best.as_ref().is_none_or(|it| rank < it.0) {
                best = Some((rank, stratum, amount, chain));
            }
            if rank == 0 {
                break;
            }
        }
        best.map(|(_, stratum, amount, chain)| (stratum, amount, chain))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn counts(of: &[u32], minimum: u32) -> Vec<Count> {
        of.iter().map(|it| Count::new(*it, minimum)).collect()
    }

    fn hide_table(table: &[Vec<u32>]) -> Option<Vec<Vec<bool>>> {
        let table: Vec<Vec<Count>> = table.iter().map(|it| counts(it, 5)).collect();
        hide_cells(&table, &[])
    }

    fn shown(parts: &[u32], minimum: u32) -> Vec<Option<u32>> {
        let hidden = hide_parts(&counts(parts, minimum));
        let pairs = parts.iter().zip(hidden);
        pairs.map(|(it, hidden)| (!hidden).then_some(*it)).collect()
    }

    #[test]
    fn one_hidden_municipality_takes_others_with_it_until_it_could_be_large() {
        // Referrals by municipality; their sum, 33, is known.
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
        assert_eq!(
            hide_table(&[vec![5, 0], vec![7, 9]]),
            Some(vec![vec![false; 2]; 2])
        );
    }

    #[test]
    fn a_table_that_cannot_protect_its_small_cell_is_not_shown() {
        assert_eq!(hide_table(&[vec![1, 0], vec![0, 9]]), None);
    }

    /// Largest value of each hidden cell over all tables of whole numbers with the same shown
    /// cells and sums, found by trying every one.
    fn largest(table: &[Vec<u32>], hidden: &[Vec<bool>]) -> Vec<Vec<u32>> {
        let rows: Vec<u32> = table.iter().map(|row| row.iter().sum()).collect();
        let n_columns = table[0].len();
        let columns: Vec<u32> = (0..n_columns)
            .map(|ix| table.iter().map(|row| row[ix]).sum())
            .collect();
        let mut best = vec![vec![0; n_columns]; table.len()];
        let mut trial = table.to_vec();
        explore(&mut trial, hidden, (&rows, &columns), 0, &mut best);
        best
    }

    fn explore(
        trial: &mut Vec<Vec<u32>>,
        hidden: &[Vec<bool>],
        sums: (&[u32], &[u32]),
        at: usize,
        best: &mut [Vec<u32>],
    ) {
        let n_columns = trial[0].len();
        let (row, column) = (at / n_columns, at % n_columns);
        if row == trial.len() {
            let fits =
                (0..n_columns).all(|ix| trial.iter().map(|row| row[ix]).sum::<u32>() == sums.1[ix]);
            if fits {
                for (best, value) in best.iter_mut().flatten().zip(trial.iter().flatten()) {
                    *best = (*best).max(*value);
                }
            }
            return;
        }
        if column == 0 && row > 0 && trial[row - 1].iter().sum::<u32>() != sums.0[row - 1] {
            return;
        }
        let original = trial[row][column];
        if hidden[row][column] {
            let before: u32 = trial[row][..column].iter().sum();
            let after: u32 = (column + 1..n_columns)
                .filter(|ix| !hidden[row][*ix])
                .map(|ix| trial[row][ix])
                .sum();
            let left = (sums.0[row] + 1).saturating_sub(before + after);
            let last = (column + 1..n_columns).all(|ix| !hidden[row][ix]);
            for value in (0..left.min(sums.1[column] + 1)).rev() {
                trial[row][column] = value;
                explore(trial, hidden, sums, at + 1, best);
                if last {
                    break;
                }
            }
        } else {
            explore(trial, hidden, sums, at + 1, best);
        }
        trial[row][column] = original;
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn no_small_cell_can_be_told_to_be_small(
            cells in proptest::collection::vec(0_u32..9, 6),
        ) {
            let table: Vec<Vec<u32>> = cells.chunks(3).map(<[u32]>::to_vec).collect();
            if let Some(hidden) = hide_table(&table) {
                let largest = largest(&table, &hidden);
                for (row, counts) in table.iter().enumerate() {
                    for (column, count) in counts.iter().enumerate() {
                        if is_small(*count, 5) {
                            prop_assert!(hidden[row][column]);
                            prop_assert!(largest[row][column] >= 5, "{:?} {:?}", table, hidden);
                        }
                    }
                }
            }
        }

        #[test]
        fn no_small_part_can_be_told_to_be_small(parts in proptest::collection::vec(0_u32..20, 1..8)) {
            let hidden = hidden_of(&parts);
            let sum: u32 = parts.iter().zip(&hidden).filter(|it| *it.1).map(|it| it.0).sum();
            let n = hidden.iter().filter(|it| **it).count();
            for (part, hidden) in parts.iter().zip(&hidden) {
                if is_small(*part, 5) {
                    prop_assert!(hidden);
                    // Everyone else hidden keeps one; unless all there is is hidden.
                    let all = parts.iter().zip(hidden_of(&parts)).all(|(it, hidden)| *it == 0 || hidden);
                    prop_assert!(all || sum + 1 - u32::try_from(n).unwrap_or(0) >= 5);
                }
            }
        }
    }

    fn hidden_of(parts: &[u32]) -> Vec<bool> {
        hide_parts(&counts(parts, 5))
    }
}
