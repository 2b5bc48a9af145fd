//! Choosing cells to hide, so that no small count can be worked out from what is shown.
//!
//! A small count is safe if there is another world, with the same shown figures, in which it is not
//! small. Such a world is made by moving answers: some respondents of one column change from row
//! A to row B, as many of another column from B to A. All sums stay; four cells change, and these
//! four must be hidden. (The method of hypercubes; here with its feasibility kept.)

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

/// Which cells of a table (rows of columns) are hidden, if the sums of all rows and of all columns
/// are known. `None` if no choice of cells protects every small one: then nothing of the table may
/// be shown.
pub(super) fn hide_cells(table: &[Vec<u32>], minimum: u32) -> Option<Vec<Vec<bool>>> {
    let mut hidden: Vec<Vec<bool>> = table.iter().map(|row| vec![false; row.len()]).collect();
    let mut small: Vec<(u32, usize, usize)> = Vec::new();
    for (row_ix, row) in table.iter().enumerate() {
        for (column_ix, count) in row.iter().enumerate() {
            if is_small(*count, minimum) {
                small.push((*count, row_ix, column_ix));
            }
        }
    }
    small.sort_unstable();
    for (count, row, column) in small {
        let mut spare: Vec<Vec<u32>> = table
            .iter()
            .map(|row| row.iter().map(|it| it.saturating_sub(1)).collect())
            .collect();
        let mut missing = needed(count, minimum);
        while missing > 0 {
            let best = cheapest(table, &hidden, &spare, (row, column), missing)?;
            for (row, column) in best.corners {
                *hidden.get_mut(row)?.get_mut(column)? = true;
            }
            for (row, column) in best.giving {
                *spare.get_mut(row)?.get_mut(column)? -= best.gain;
            }
            missing -= best.gain;
        }
    }
    Some(hidden)
}

struct Move {
    corners: [(usize, usize); 4],
    /// The corners that lose what the small cell wins.
    giving: [(usize, usize); 2],
    gain: u32,
}

/// The move that lets a small cell grow with the least newly hidden; one that suffices alone goes
/// before those that do not.
fn cheapest(
    table: &[Vec<u32>],
    hidden: &[Vec<bool>],
    spare: &[Vec<u32>],
    (row, column): (usize, usize),
    missing: u32,
) -> Option<Move> {
    let at = |of: &[Vec<u32>], row: usize, column: usize| of.get(row)?.get(column).copied();
    let cost = |(row, column): (usize, usize)| {
        let is_hidden = hidden.get(row)?.get(column)?;
        Some(if *is_hidden {
            0
        } else {
            u64::from(at(table, row, column)?) + 1
        })
    };
    let mut best: Option<((bool, u64), Move)> = None;
    for other_row in (0..table.len()).filter(|it| *it != row) {
        let giving_here = at(spare, other_row, column)?;
        if giving_here == 0 {
            continue;
        }
        for other_column in (0..table.get(row)?.len()).filter(|it| *it != column) {
            let gain = giving_here.min(at(spare, row, other_column)?).min(missing);
            if gain == 0 {
                continue;
            }
            let giving = [(other_row, column), (row, other_column)];
            let corners = [
                (row, column),
                giving[0],
                giving[1],
                (other_row, other_column),
            ];
            let price = corners.iter().copied().map(cost).sum::<Option<u64>>()?;
            let rank = (gain < missing, price);
            if best.as_ref().is_none_or(|(best, _)| rank < *best) {
                best = Some((
                    rank,
                    Move {
                        corners,
                        giving,
                        gain,
                    },
                ));
            }
        }
    }
    best.map(|(_, it)| it)
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
