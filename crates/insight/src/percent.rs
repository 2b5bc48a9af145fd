//! Whole per cents.

use crate::query::Rounding;

/// `count` of `base` in whole per cents, halves upwards; `None` for a base of zero.
pub fn half_up(count: u32, base: u32) -> Option<u32> {
    let base = u64::from(base);
    let whole = (u64::from(count) * 200 + base).checked_div(base * 2)?;
    u32::try_from(whole).ok()
}

/// Parts of a whole in per cents that add to 100 (Hamilton's method): each is rounded down, and
/// what is left goes to the largest remainders, of equal ones to the earlier.
///
/// Parts that do not add to `base` are rounded half up, each by itself.
pub fn largest_remainder(counts: &[u32], base: u32) -> Vec<Option<u32>> {
    let sum: u64 = counts.iter().map(|it| u64::from(*it)).sum();
    if base == 0 || sum != u64::from(base) {
        return counts.iter().map(|it| half_up(*it, base)).collect();
    }
    let mut parts: Vec<(u64, u64)> = counts
        .iter()
        .map(|it| u64::from(*it) * 100)
        .map(|it| (it / u64::from(base), it % u64::from(base)))
        .collect();
    let given: u64 = parts.iter().map(|(whole, _)| whole).sum();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|ix| core::cmp::Reverse(parts.get(*ix).map_or(0, |it| it.1)));
    let left = usize::try_from(100_u64.saturating_sub(given)).unwrap_or(0);
    for ix in order.into_iter().take(left) {
        if let Some((whole, _)) = parts.get_mut(ix) {
            *whole += 1;
        }
    }
    parts
        .iter()
        .map(|(whole, _)| u32::try_from(*whole).ok())
        .collect()
}

/// Per cents of `counts` of `base`; parts of a whole may be rounded so that they add to 100.
pub(crate) fn whole(
    counts: &[u32],
    base: u32,
    rounding: Rounding,
    parts: bool,
) -> Vec<Option<u32>> {
    match rounding {
        Rounding::LargestRemainder if parts => largest_remainder(counts, base),
        _ => counts.iter().map(|it| half_up(*it, base)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Counts, N, half up, largest remainder.
    type Published = (&'static [u32], u32, &'static [u32], &'static [u32]);

    /// Fixtures F02 to F06 with the rounding vectors.
    const PUBLISHED: &[Published] = &[
        (
            &[73, 1, 5, 19, 0],
            98,
            &[74, 1, 5, 19, 0],
            &[75, 1, 5, 19, 0],
        ),
        (&[48, 37, 10, 3], 98, &[49, 38, 10, 3], &[49, 38, 10, 3]),
        (&[25, 25, 45, 2], 97, &[26, 26, 46, 2], &[26, 26, 46, 2]),
        (&[44, 29, 13, 12], 98, &[45, 30, 13, 12], &[45, 30, 13, 12]),
        (&[1, 1, 1], 3, &[33, 33, 33], &[34, 33, 33]),
        (&[60, 148], 208, &[29, 71], &[29, 71]),
    ];

    #[test]
    fn published_figures_come_out_in_both_roundings() {
        for (counts, n, up, remainder) in PUBLISHED {
            let expected = |it: &[u32]| it.iter().copied().map(Some).collect::<Vec<_>>();
            assert_eq!(whole(counts, *n, Rounding::HalfUp, true), expected(up));
            assert_eq!(
                whole(counts, *n, Rounding::LargestRemainder, true),
                expected(remainder)
            );
        }
    }

    #[test]
    fn nobody_is_no_per_cent_at_all() {
        assert_eq!(half_up(0, 0), None);
        assert_eq!(largest_remainder(&[0, 0], 0), [None, None]);
    }

    proptest! {
        #[test]
        fn parts_of_a_whole_add_to_a_hundred_and_stay_within_one(
            counts in proptest::collection::vec(0_u32..5_000_000, 1..12),
        ) {
            let base = counts.iter().sum();
            prop_assume!(base > 0);
            let parts = largest_remainder(&counts, base);
            prop_assert_eq!(parts.iter().flatten().sum::<u32>(), 100);
            for (count, part) in counts.iter().zip(&parts) {
                let exact = f64::from(*count) * 100.0 / f64::from(base);
                prop_assert!((f64::from(part.unwrap_or(0)) - exact).abs() < 1.0);
            }
        }
    }
}
