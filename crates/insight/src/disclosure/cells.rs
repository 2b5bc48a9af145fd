//! Choosing cells to hide, so that no small count can be worked out from what is shown.
//!
//! A small count is safe if there is another world, with the same shown figures, in which it is not
//! small. Such a world is made by moving answers: some respondents of one column change from row
//! A to row B, as many of another column from B to A. All sums stay; the cells that change must be
//! hidden ([`super::network`]).

use super::network::{Aim, CLOSED, Edge, Network, Sum};

/// How far a count must be able to grow: to the minimum, and by two at least.
fn needed(count: u32, minimum: u32) -> u32 {
    minimum.saturating_sub(count).max(2)
}

/// True for a count that may not be shown by itself.
pub(super) fn is_small(count: u32, minimum: u32) -> bool {
    count > 0 && count < minimum
}

/// Which parts of a known sum are hidden: the small ones, and as many of the next smallest as it
/// takes for each small one to be able to reach the minimum at the others' expense.
pub(super) fn hide_parts(parts: &[u32], minimum: u32) -> Vec<bool> {
    let mut hidden: Vec<bool> = parts.iter().map(|it| is_small(*it, minimum)).collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|ix| parts.get(*ix).copied());
    let mut next = order.into_iter();
    while !can_all_grow(parts, &hidden, minimum) {
        let Some(ix) = next.next() else {
            break;
        };
        if let (Some(slot), Some(1..)) = (hidden.get_mut(ix), parts.get(ix)) {
            *slot = true;
        }
    }
    hidden
}

fn can_all_grow(parts: &[u32], hidden: &[bool], minimum: u32) -> bool {
    let covered = parts.iter().zip(hidden).filter(|(_, hidden)| **hidden);
    let spare: u32 = covered.map(|(count, _)| count.saturating_sub(1)).sum();
    let mut small = parts.iter().filter(|it| is_small(**it, minimum));
    small.all(|it| spare - (it - 1) >= needed(*it, minimum))
}

/// What hiding one more cell costs, beside its count: large ones are hidden last.
pub(super) const PRICE: u32 = 1000;

/// Which cells of a table (rows of columns) are hidden, if the sums of all rows and of all columns
/// are known. `None` if no choice of cells protects every small one: then nothing of the table may
/// be shown.
pub(super) fn hide_cells(table: &[Vec<u32>], minimum: u32) -> Option<Vec<Vec<bool>>> {
    let n_columns = table.first().map_or(0, Vec::len);
    let counts = table.concat();
    let small: Vec<bool> = counts.iter().map(|it| is_small(*it, minimum)).collect();
    let table = Table {
        n_columns,
        closed: vec![false; counts.len()],
        counts,
        minimum,
    };
    let hidden = table.hide(&small, &small)?;
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
    pub counts: Vec<u32>,
    pub n_columns: usize,
    /// Counts that are known from elsewhere.
    pub closed: Vec<bool>,
    pub minimum: u32,
}

impl Table {
    /// Hides what it takes, beside what is `hidden` already, for the `small` ones to be safe.
    pub(super) fn hide(&self, hidden: &[bool], small: &[bool]) -> Option<Vec<bool>> {
        let mut now = hidden.to_vec();
        let mut targets: Vec<(u32, usize)> = self
            .counts
            .iter()
            .copied()
            .zip(0..)
            .filter(|(_, ix)| small.get(*ix) == Some(&true))
            .collect();
        targets.sort_unstable();
        for (count, target) in &targets {
            if !self.can_grow(*target, needed(*count, self.minimum), &mut now, true) {
                return None;
            }
        }
        self.show_again(&mut now, hidden, &targets);
        Some(now)
    }

    /// Later cells may have made it needless to hide earlier ones.
    fn show_again(&self, now: &mut Vec<bool>, before: &[bool], targets: &[(u32, usize)]) {
        let mut added: Vec<(u32, usize)> = (0..now.len())
            .filter(|ix| now.get(*ix) == Some(&true) && before.get(*ix) == Some(&false))
            .map(|ix| (self.counts.get(ix).copied().unwrap_or(0), ix))
            .collect();
        added.sort_unstable();
        for (_, ix) in added.into_iter().rev() {
            let mut without = now.clone();
            if let Some(slot) = without.get_mut(ix) {
                *slot = false;
            }
            let safe = targets.iter().all(|(count, target)| {
                let amount = needed(*count, self.minimum);
                self.can_grow(*target, amount, &mut without, false)
            });
            if safe {
                *now = without;
            }
        }
    }

    /// Whether a count can be larger by `amount` without any shown figure being another; hides what
    /// stands in the way, if that is allowed.
    fn can_grow(&self, target: usize, amount: u32, hidden: &mut [bool], may_hide: bool) -> bool {
        let mut left = self.counts.clone();
        let mut missing = amount;
        let n_lines = self.counts.len() / self.n_columns.max(1);
        let aim = Aim::CellUp(target / self.n_columns, target % self.n_columns);
        while missing > 0 {
            let edge = |ix: usize, count: u32| Edge {
                plus: u32::MAX,
                minus: count,
                price: match hidden.get(ix) {
                    _ if self.closed.get(ix) != Some(&false) => CLOSED,
                    Some(true) => 0,
                    _ if may_hide => PRICE + self.counts.get(ix).map_or(0, |it| (*it).min(PRICE)),
                    _ => CLOSED,
                },
            };
            let network = Network {
                edges: left.iter().zip(0..).map(|(it, ix)| edge(ix, *it)).collect(),
                lines: vec![Sum::Kept; n_lines],
                columns: vec![Sum::Kept; self.n_columns],
            };
            let Some((amount, chain)) = network.best(aim, missing) else {
                return false;
            };
            for (ix, grows) in chain.steps {
                if let (Some(hidden), Some(count)) = (hidden.get_mut(ix), left.get_mut(ix)) {
                    *hidden = true;
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
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(parts: &[u32], minimum: u32) -> Vec<Option<u32>> {
        let hidden = hide_parts(parts, minimum);
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
            hide_cells(&[vec![5, 0], vec![7, 9]], 5),
            Some(vec![vec![false; 2]; 2])
        );
    }

    #[test]
    fn a_table_that_cannot_protect_its_small_cell_is_not_shown() {
        assert_eq!(hide_cells(&[vec![1, 0], vec![0, 9]], 5), None);
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
            if let Some(hidden) = hide_cells(&table, 5) {
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
            let hidden = hide_parts(&parts, 5);
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
        hide_parts(parts, 5)
    }
}
