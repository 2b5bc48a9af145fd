//! Whether one group stands higher on a scale than another.

use super::special::normal_two_sided;

/// Up to this many answers in all, the test counts all ways to deal them out.
const EXACT_UP_TO: u32 = 40;

/// What Mann and Whitney's test says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Ranked {
    /// U of the first group: pairs in which it is higher, halves for ties.
    pub u: f64,
    /// Two-sided.
    pub p: f64,
    /// True if all ways were counted, ties included; else the normal approximation with the
    /// correction for ties and for continuity.
    pub exact: bool,
    /// Rank-biserial correlation, −1 to 1: how much more often the first group is higher than lower.
    pub rank_biserial: f64,
}

/// Mann and Whitney's test of two groups on the points of a scale: how many of each chose each
/// point, points upwards. `None` if a group is empty.
pub(crate) fn mann_whitney(points: &[(u32, u32)]) -> Option<Ranked> {
    let (mut first, mut second) = (0_u32, 0_u32);
    for (one, other) in points {
        first += one;
        second += other;
    }
    if first == 0 || second == 0 {
        return None;
    }
    let (n_one, n_other) = (f64::from(first), f64::from(second));
    let mut below = 0.0;
    let mut u = 0.0;
    let mut ties = 0.0;
    for (one, other) in points {
        u += f64::from(*one) * (below + f64::from(*other) / 2.0);
        below += f64::from(*other);
        let here = f64::from(*one) + f64::from(*other);
        ties += here * (here * here - 1.0);
    }
    let pairs = n_one * n_other;
    let exact = first.saturating_add(second) <= EXACT_UP_TO;
    Some(Ranked {
        u,
        p: if exact {
            counted(points, first, u)
        } else {
            approximate(n_one, n_other, u, ties)
        },
        exact,
        rank_biserial: 2.0 * u / pairs - 1.0,
    })
}

fn approximate(one: f64, other: f64, u: f64, ties: f64) -> f64 {
    let n = one + other;
    let variance = one * other / 12.0 * ((n + 1.0) - ties / (n * (n - 1.0)));
    if variance <= 0.0 {
        return 1.0;
    }
    let off = (u - one * other / 2.0).abs() - 0.5;
    if off <= 0.0 {
        return 1.0;
    }
    normal_two_sided(off / variance.sqrt()).min(1.0)
}

/// The share of all ways to deal the answers to the groups in which U is at least as far from its
/// middle. Works on 2U, which is whole.
fn counted(points: &[(u32, u32)], first: u32, u: f64) -> f64 {
    let total: u32 = points.iter().map(|it| it.0 + it.1).sum();
    let second = total - first;
    let (n_ranks, width) = (first as usize + 1, 2 * (first * second) as usize + 1);
    // ways[k][2U]: ways to give the first group k of the answers up to here.
    let mut ways = vec![vec![0.0; width]; n_ranks];
    if let Some(start) = ways.first_mut().and_then(|it| it.first_mut()) {
        *start = 1.0;
    }
    let mut seen = 0_u32;
    for (one, other) in points {
        let here = one + other;
        let mut next = vec![vec![0.0; width]; n_ranks];
        for (taken, row) in ways.iter().enumerate() {
            let lower_others = seen as usize - taken.min(seen as usize);
            for more in 0..=(here as usize).min(n_ranks - 1 - taken) {
                let choices = choose(here, more);
                let rise = more * (2 * lower_others + here as usize - more);
                let Some(into) = next.get_mut(taken + more) else {
                    continue;
                };
                let targets = into.iter_mut().skip(rise);
                for (target, n) in targets.zip(row) {
                    *target += n * choices;
                }
            }
        }
        ways = next;
        seen += here;
    }
    let last = ways.pop().unwrap_or_default();
    let middle = f64::from(first * second);
    let limit = (2.0 * u - middle).abs() - 1e-9;
    let (mut far, mut all) = (0.0, 0.0);
    for (n, doubled) in last.iter().zip(0_u32..) {
        all += n;
        if (f64::from(doubled) - middle).abs() >= limit {
            far += n;
        }
    }
    far / all
}

fn choose(n: u32, k: usize) -> f64 {
    (0..k).zip(0_u32..).fold(1.0, |ways, (_, ix)| {
        ways * f64::from(n - ix) / f64::from(ix + 1)
    })
}
