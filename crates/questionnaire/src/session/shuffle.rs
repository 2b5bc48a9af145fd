//! Random orders that are the same again for the same seed.

/// A permutation of `0..len`, drawn from `seed` and the name of what is shuffled (splitmix64,
/// Fisher–Yates).
pub(super) fn permutation(seed: u64, name: &str, len: usize) -> Vec<usize> {
    let mut state = name
        .bytes()
        .fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    let mut order: Vec<usize> = (0..len).collect();
    for last in (1..len).rev() {
        let bound = u64::try_from(last + 1).unwrap_or(u64::MAX);
        let pick = usize::try_from(next(&mut state) % bound).unwrap_or(0);
        order.swap(last, pick);
    }
    order
}

fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::permutation;

    #[test]
    fn the_same_seed_and_name_give_the_same_order() {
        assert_eq!(permutation(7, "q", 20), permutation(7, "q", 20));
        assert_ne!(permutation(7, "q", 20), permutation(8, "q", 20));
        assert_ne!(permutation(7, "q", 20), permutation(7, "r", 20));
    }

    #[test]
    fn every_item_is_there_once() {
        let mut order = permutation(1, "x", 100);
        order.sort_unstable();
        assert_eq!(order, (0..100).collect::<Vec<_>>());
    }
}
