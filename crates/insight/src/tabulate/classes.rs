//! Classes of a histogram.

use crate::columns::Sorted;

/// At most this many classes.
const MOST: f64 = 12.0;

/// Classes for all tables of a variable: as [`classes`] of all its numbers, with neighbours joined
/// until none has fewer than `minimum`, so that the ends do not tell of single people.
pub(crate) fn edges(all: &Sorted, minimum: u32) -> Vec<(f64, f64)> {
    let mut joined: Vec<(f64, f64, u32)> = Vec::new();
    for (from, to, count) in classes(all) {
        match joined.last_mut() {
            Some(last) if last.2 < minimum && minimum > 1 => *last = (last.0, to, last.2 + count),
            _ => joined.push((from, to, count)),
        }
    }
    if joined.len() > 1
        && joined
            .last()
            .is_some_and(|it| it.2 < minimum && minimum > 1)
        && let Some((_, to, count)) = joined.pop()
        && let Some(last) = joined.last_mut()
    {
        *last = (last.0, to, last.2 + count);
    }
    joined.into_iter().map(|(from, to, _)| (from, to)).collect()
}

/// How many numbers are in each class.
pub(crate) fn in_classes(numbers: &Sorted, edges: &[(f64, f64)]) -> Vec<u32> {
    let mut counts = vec![0; edges.len()];
    for (value, count) in numbers.values() {
        let after = edges.partition_point(|(from, _)| from <= value);
        if let Some(slot) = counts.get_mut(after.saturating_sub(1)) {
            *slot += count;
        }
    }
    counts
}

/// Numbers in classes of one width, which is 1, 2 or 5 times a power of ten and at least one for
/// whole numbers. Each class is from (inclusive), to (exclusive, inclusive in the last), count.
fn classes(numbers: &Sorted) -> Vec<(f64, f64, u32)> {
    let (Some((low, _)), Some((high, _))) = (numbers.values().first(), numbers.values().last())
    else {
        return Vec::new();
    };
    let whole = numbers
        .values()
        .iter()
        .all(|(value, _)| value.fract() == 0.0);
    let width = width(*low, *high, whole);
    let start = (low / width).floor();
    let mut classes: Vec<(f64, f64, u32)> = Vec::new();
    for (value, count) in numbers.values() {
        let class = ((value / width).floor() - start).max(0.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "not negative, and there are few classes"
        )]
        let class_ix = (class as usize).min(usize::from(u8::MAX));
        while classes.len() <= class_ix {
            #[expect(clippy::cast_precision_loss, reason = "there are few classes")]
            let from = start + classes.len() as f64;
            classes.push((from * width, (from + 1.0) * width, 0));
        }
        if let Some(class) = classes.get_mut(class_ix) {
            class.2 += count;
        }
    }
    classes
}

fn width(low: f64, high: f64, whole: bool) -> f64 {
    let fits = |width: f64| (high / width).floor() - (low / width).floor() < MOST;
    let mut power = 1.0;
    if !whole {
        while power > 1e-9 && fits(power) {
            power /= 10.0;
        }
    }
    loop {
        for step in [1.0, 2.0, 5.0] {
            if fits(step * power) || !(step * power).is_finite() {
                return step * power;
            }
        }
        power *= 10.0;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(numbers: &[f64]) -> Vec<(f64, f64, u32)> {
        let mut numbers = numbers.to_vec();
        numbers.sort_by(f64::total_cmp);
        classes(&Sorted::from_counts(numbers.into_iter().map(|it| (it, 1))))
    }

    #[test]
    fn ages_fall_into_tens_and_hours_into_single_ones() {
        let ages = of(&[18.0, 29.0, 30.0, 67.0, 101.0]);
        assert_eq!(ages.first(), Some(&(10.0, 20.0, 1)));
        assert_eq!(ages.get(2), Some(&(30.0, 40.0, 1)));
        assert_eq!(of(&[0.0, 3.0]).first(), Some(&(0.0, 1.0, 1)));
    }

    proptest! {
        #[test]
        fn every_number_is_in_exactly_one_of_few_classes(
            numbers in proptest::collection::vec(-1e9_f64..1e9, 1..40),
        ) {
            let classes = of(&numbers);
            prop_assert!(classes.len() <= 13);
            prop_assert_eq!(classes.iter().map(|it| it.2 as usize).sum::<usize>(), numbers.len());
        }

        #[test]
        fn no_number_is_too_odd(number in proptest::num::f64::NORMAL | proptest::num::f64::ZERO) {
            let total: u32 = of(&[number, 0.0]).iter().map(|it| it.2).sum();
            prop_assert_eq!(total, 2);
        }
    }
}
