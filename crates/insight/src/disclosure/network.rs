//! Moves of answers between the cells of a crossing that leave all shown figures as they are.
//!
//! A crossing is a network: the codes of either variable are nodes, its cells are edges. Where one
//! more respondent of a cell gives the answer in question, one less must elsewhere in its line and
//! in its column, unless the sum there is hidden too; such a chain closes to a circle. What an edge
//! can take and give is limited by the answers that are there, and a shown edge has the price of
//! hiding it. (Complementary suppression by shortest paths, after Kelly, Golden and Assad 1992.)

/// Not to be used at any price.
pub(super) const CLOSED: u32 = u32::MAX;

/// One edge: a cell of the crossing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    /// By how much the count can grow.
    pub plus: u32,
    /// By how much it can shrink.
    pub minus: u32,
    /// What hiding it takes; nothing if it is hidden, [`CLOSED`] if it must not change.
    pub price: u32,
}

/// Where a line's or a column's sum may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sum {
    /// It is shown.
    Kept,
    /// It is hidden; those of one pool can change as long as together they do not.
    Pool(usize),
}

/// How many pools either side can have.
const POOLS: usize = 2;

/// A network of lines and columns.
#[derive(Debug)]
pub(super) struct Network {
    /// Line by line.
    pub edges: Vec<Edge>,
    /// One per line.
    pub lines: Vec<Sum>,
    /// One per column.
    pub columns: Vec<Sum>,
}

/// What is to grow or to shrink.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aim {
    /// The count of a cell (line, column) grows.
    CellUp(usize, usize),
    /// It shrinks.
    CellDown(usize, usize),
    /// A line's hidden sum grows.
    LineUp(usize),
    /// It shrinks.
    LineDown(usize),
    /// More respondents are in a cell, with whatever answers: not for a network of one answer.
    SizeUp(usize, usize),
}

/// An edge that changes; true for one that grows.
pub(super) type Step = (usize, bool);

/// A chain of moves.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Chain {
    /// What it takes to hide all of it.
    pub price: u32,
    /// Edges that change.
    pub steps: Vec<Step>,
}

impl Network {
    /// The cheapest chain that moves `amount` at once. The cell aimed at is not part of the steps.
    pub(super) fn cheapest(&self, aim: Aim, amount: u32) -> Option<Chain> {
        let (start, end, barred) = match aim {
            Aim::CellUp(line, column) => (self.column(column), line, Some((line, column))),
            Aim::CellDown(line, column) => (line, self.column(column), Some((line, column))),
            Aim::LineUp(line) => (line, self.pool(self.lines.get(line)?)?, None),
            Aim::LineDown(line) => (self.pool(self.lines.get(line)?)?, line, None),
            Aim::SizeUp(..) => return None,
        };
        let barred = barred.map(|(line, column)| line * self.columns.len() + column);
        let own = match aim {
            Aim::LineUp(line) | Aim::LineDown(line) => Some(line),
            _ => None,
        };
        let n_nodes = self.lines.len() + self.columns.len() + 2 * POOLS;
        let mut best: Vec<u32> = vec![CLOSED; n_nodes];
        let mut from: Vec<Option<(usize, Option<Step>)>> = vec![None; n_nodes];
        let mut done = vec![false; n_nodes];
        *best.get_mut(start)? = 0;
        loop {
            let open = (0..n_nodes).filter(|it| done.get(*it) == Some(&false));
            let node = open.min_by_key(|it| best.get(*it).copied().unwrap_or(CLOSED))?;
            let price = *best.get(node)?;
            if price == CLOSED {
                return None;
            }
            if node == end {
                break;
            }
            *done.get_mut(node)? = true;
            self.each_arc(node, amount, barred, own, |next, step, extra| {
                let price = price.saturating_add(extra);
                if let Some(slot) = best.get_mut(next).filter(|it| price < **it) {
                    *slot = price;
                    if let Some(slot) = from.get_mut(next) {
                        *slot = Some((node, step));
                    }
                }
            });
        }
        let mut steps = Vec::new();
        let mut node = end;
        while node != start {
            let (before, step) = (*from.get(node)?)?;
            steps.extend(step);
            node = before;
        }
        Some(Chain {
            price: *best.get(end)?,
            steps,
        })
    }

    /// The cheapest way to move `missing` or a part of it: how much, and the chain.
    pub(super) fn best(&self, aim: Aim, missing: u32) -> Option<(u32, Chain)> {
        let mut best: Option<(u64, u32, Chain)> = None;
        let mut amount = missing;
        while amount > 0 {
            if let Some(chain) = self.cheapest(aim, amount) {
                let price = u64::from(chain.price) * u64::from(missing.div_ceil(amount));
                if best.as_ref().is_none_or(|it| price < it.0) {
                    best = Some((price, amount, chain));
                }
                if price == 0 {
                    break;
                }
            }
            amount /= 2;
        }
        best.map(|(_, amount, chain)| (amount, chain))
    }

    fn column(&self, column: usize) -> usize {
        self.lines.len() + column
    }

    /// The node of a line's pool.
    fn pool(&self, of: &Sum) -> Option<usize> {
        match of {
            Sum::Kept => None,
            Sum::Pool(pool) => Some(self.lines.len() + self.columns.len() + pool),
        }
    }

    /// Calls `each` with node, edge and price of everything that can be done from `node`: a line
    /// that lacks one takes it in one of its columns, a column that has one too many gives it away
    /// in one of its lines.
    fn each_arc(
        &self,
        node: usize,
        amount: u32,
        barred: Option<usize>,
        own: Option<usize>,
        mut each: impl FnMut(usize, Option<Step>, u32),
    ) {
        let (n_lines, n_columns) = (self.lines.len(), self.columns.len());
        let pools = n_lines + n_columns;
        let usable = |ix: usize, grows: bool| {
            let edge = self.edges.get(ix).filter(|_| barred != Some(ix))?;
            let room = if grows { edge.plus } else { edge.minus };
            (room >= amount && edge.price != CLOSED).then_some(edge.price)
        };
        if let Some(sum) = self.lines.get(node) {
            for column in 0..n_columns {
                let ix = node * n_columns + column;
                if let Some(price) = usable(ix, true) {
                    each(n_lines + column, Some((ix, true)), price);
                }
            }
            if let Sum::Pool(pool) = sum
                && own != Some(node)
            {
                each(pools + pool, None, 0);
            }
        } else if node < pools {
            let column = node - n_lines;
            for line in 0..n_lines {
                let ix = line * n_columns + column;
                if let Some(price) = usable(ix, false) {
                    each(line, Some((ix, false)), price);
                }
            }
            if let Some(Sum::Pool(pool)) = self.columns.get(column) {
                each(pools + POOLS + pool, None, 0);
            }
        } else {
            let pool = node - pools;
            let (sums, first, pool) = if pool < POOLS {
                (&self.lines, 0, pool)
            } else {
                (&self.columns, n_lines, pool - POOLS)
            };
            for (ix, sum) in sums.iter().enumerate() {
                let is_own = first == 0 && own == Some(ix);
                if *sum == Sum::Pool(pool) && !is_own {
                    each(first + ix, None, 0);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(counts: &[[u32; 2]; 2], price: u32) -> Network {
        Network {
            edges: counts
                .concat()
                .into_iter()
                .map(|it| Edge {
                    plus: 9,
                    minus: it,
                    price,
                })
                .collect(),
            lines: vec![Sum::Kept; 2],
            columns: vec![Sum::Kept; 2],
        }
    }

    #[test]
    fn a_circle_goes_through_four_cells_and_asks_the_givers_whether_they_can() {
        let network = network(&[[1, 4], [3, 7]], 10);
        let chain = network.cheapest(Aim::CellUp(0, 0), 3);
        let mut steps = chain.map(|it| (it.price, it.steps));
        if let Some((_, steps)) = &mut steps {
            steps.sort_unstable();
        }
        assert_eq!(steps, Some((30, vec![(1, false), (2, false), (3, true)])));
        assert_eq!(network.cheapest(Aim::CellUp(0, 0), 4), None);
        assert_eq!(
            network
                .cheapest(Aim::CellDown(0, 0), 7)
                .map(|it| it.steps.len()),
            Some(3)
        );
    }

    #[test]
    fn where_the_sum_of_a_line_is_hidden_the_chain_may_end_there() {
        let mut network = network(&[[1, 4], [3, 7]], 10);
        network.lines = vec![Sum::Pool(1); 2];
        let chain = network.cheapest(Aim::CellUp(0, 0), 3);
        assert_eq!(
            chain,
            Some(Chain {
                price: 10,
                steps: vec![(2, false)]
            })
        );
        let grow = network.cheapest(Aim::LineUp(0), 3).map(|it| it.steps.len());
        assert_eq!(grow, Some(2));
    }
}
