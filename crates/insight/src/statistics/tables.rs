//! Whether two groups answer differently: counts by category.

use super::special::{chi_square_above, ln_choose};

/// How a table of two groups was tested.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Tested {
    pub method: Method,
    /// How likely a difference at least as large is if there is none behind it.
    pub p: f64,
    /// Cramér's V; of two by two the same as the absolute phi.
    pub v: f64,
    /// How many rows were tested together with others, as few answered so or as they came together;
    /// 0 if none.
    pub pooled: u32,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Method {
    /// Pearson's chi-square without continuity correction.
    ChiSquare { statistic: f64, degrees: u32 },
    /// Fisher's exact test, two-sided: all tables at most as likely as this one.
    Fisher,
}

/// Categories of which only the sum is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Together {
    /// The sum in the first group and in the second.
    pub counts: (u32, u32),
    /// How many categories they are.
    pub n_rows: u32,
}

/// Tests pairs of counts (first group, second group), one pair per category.
///
/// Chi-square where it holds (Cochran: expected counts of at least 1, at most a fifth of them below
/// 5; in two by two none below 5). Where it does not, categories with the fewest answers are
/// tested as one until it does; two by two goes to Fisher. `None` if a group is empty or all
/// answered alike.
pub(crate) fn test(pairs: &[(u32, u32)]) -> Option<Tested> {
    test_with(pairs, None)
}

/// The same with one more row, of so many categories of which only the sum is known.
pub(crate) fn test_with(pairs: &[(u32, u32)], together: Option<Together>) -> Option<Tested> {
    let single = pairs.iter().map(|it| (*it, 1));
    let merged = together.iter().map(|it| (it.counts, it.n_rows));
    let mut parts: Vec<((u32, u32), u32)> = single
        .chain(merged)
        .filter(|((one, other), _)| one + other > 0)
        .collect();
    let pairs =
        |parts: &[((u32, u32), u32)]| -> Vec<(u32, u32)> { parts.iter().map(|it| it.0).collect() };
    while parts.len() > 2 && !holds(&pairs(&parts)) {
        parts.sort_by_key(|((one, other), _)| {
            core::cmp::Reverse(u64::from(*one) + u64::from(*other))
        });
        let (last, next) = (parts.pop()?, parts.pop()?);
        let sums = (last.0.0 + next.0.0, last.0.1 + next.0.1);
        parts.push((sums, last.1 + next.1));
    }
    let pooled = parts.iter().map(|it| it.1).filter(|n| *n > 1).sum();
    let rows = pairs(&parts);
    let (statistic, degrees) = chi_square(&rows)?;
    let total: f64 = rows
        .iter()
        .map(|it| f64::from(it.0) + f64::from(it.1))
        .sum();
    let v = (statistic / total).sqrt();
    Some(match rows.as_slice() {
        [one, other] if !holds(&rows) => Tested {
            method: Method::Fisher,
            p: fisher(*one, *other),
            v,
            pooled,
        },
        _ => Tested {
            method: Method::ChiSquare { statistic, degrees },
            p: chi_square_above(statistic, degrees),
            v,
            pooled,
        },
    })
}

/// Pearson's statistic and its degrees of freedom; `None` if a group is empty or there are fewer
/// than two rows.
pub(crate) fn chi_square(rows: &[(u32, u32)]) -> Option<(f64, u32)> {
    let (first, second) = sums(rows);
    if rows.len() < 2 || first == 0.0 || second == 0.0 {
        return None;
    }
    let total = first + second;
    let statistic = rows.iter().map(|(one, other)| {
        let row = f64::from(*one) + f64::from(*other);
        let part = |count: u32, group: f64| {
            let expected = row * group / total;
            (f64::from(count) - expected) * (f64::from(count) - expected) / expected
        };
        part(*one, first) + part(*other, second)
    });
    let degrees = u32::try_from(rows.len() - 1).ok()?;
    Some((statistic.sum(), degrees))
}

/// Whether the chi-square distribution may be trusted here.
fn holds(rows: &[(u32, u32)]) -> bool {
    let (first, second) = sums(rows);
    let total = first + second;
    let expected = rows.iter().flat_map(|(one, other)| {
        let row = f64::from(*one) + f64::from(*other);
        [row * first / total, row * second / total]
    });
    let expected: Vec<f64> = expected.collect();
    let few = expected.iter().filter(|it| **it < 5.0).count();
    let allowed = if rows.len() <= 2 {
        0
    } else {
        expected.len() / 5
    };
    few <= allowed && expected.iter().all(|it| *it >= 1.0)
}

fn sums(rows: &[(u32, u32)]) -> (f64, f64) {
    rows.iter()
        .fold((0.0, 0.0), |(first, second), (one, other)| {
            (first + f64::from(*one), second + f64::from(*other))
        })
}

/// Fisher's exact test of a two-by-two table, two-sided.
pub(crate) fn fisher(yes: (u32, u32), no: (u32, u32)) -> f64 {
    let (first, second) = (yes.0 + no.0, yes.1 + no.1);
    let row = yes.0 + yes.1;
    let all = ln_choose(first + second, row);
    let probability = |k: u32| libm::exp(ln_choose(first, k) + ln_choose(second, row - k) - all);
    // Tables as likely as this one count too, though the last digit may say otherwise.
    let limit = probability(yes.0) * (1.0 + 1e-7);
    let possible = row.saturating_sub(second)..=row.min(first);
    let p: f64 = possible.map(probability).filter(|it| *it <= limit).sum();
    p.min(1.0)
}
