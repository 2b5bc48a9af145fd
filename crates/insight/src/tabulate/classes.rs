//! Classes of a histogram.

use crate::columns::Sorted;
use crate::release::Label;

/// A class of numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Class {
    /// From this on.
    from: f64,
    /// Of whole numbers up to and with this, else up to this.
    to: f64,
    /// True if there are whole numbers only.
    whole: bool,
}

impl Class {
    pub(crate) fn label(self) -> Label {
        if self.whole {
            Label::Whole(self.from, self.to)
        } else {
            Label::Range(self.from, self.to)
        }
    }
}

/// At most this many classes.
const MOST: f64 = 12.0;

/// Classes for all tables of a variable: as [`classes`] of all its numbers, with neighbours joined
/// until none has fewer than `minimum`, so that the ends do not tell of single people. Nothing is
/// above `most`.
pub(crate) fn edges(all: &Sorted, minimum: u32, most: f64) -> Vec<Class> {
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
    let whole = is_whole(all);
    let last = if whole { 1.0 } else { 0.0 };
    let class = |(from, to, _): (f64, f64, u32)| Class {
        from,
        to: (to - last).min(most).max(from),
        whole,
    };
    joined.into_iter().map(class).collect()
}

/// The class a number is in.
pub(crate) fn class_of(value: f64, edges: &[Class]) -> Option<usize> {
    let after = edges.partition_point(|it| it.from <= value);
    (!edges.is_empty()).then(|| after.saturating_sub(1))
}

/// How many numbers are in each class.
pub(crate) fn in_classes(numbers: &Sorted, edges: &[Class]) -> Vec<u32> {
    let mut counts = vec![0; edges.len()];
    for (value, count) in numbers.values() {
        let class = class_of(*value, edges);
        if let Some(slot) = class.and_then(|it| counts.get_mut(it)) {
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
    let width = width(*low, *high, is_whole(numbers));
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

fn is_whole(numbers: &Sorted) -> bool {
    let mut values = numbers.values().iter();
    values.all(|(value, _)| value.fract() == 0.0)
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

    #[test]
    fn classes_of_whole_numbers_do_not_overlap() {
        let labels = |numbers: &[f64], most: f64| -> Vec<Label> {
            let sorted = Sorted::from_counts(numbers.iter().map(|it| (*it, 1)));
            edges(&sorted, 1, most)
                .into_iter()
                .map(Class::label)
                .collect()
        };
        let days = labels(&[0.0, 1.0, 2.0], f64::INFINITY);
        assert_eq!(days, [0.0, 1.0, 2.0].map(|it| Label::Whole(it, it)));
        let minutes = labels(&[0.0, 7.0, 44.0], f64::INFINITY);
        assert_eq!(minutes.first(), Some(&Label::Whole(0.0, 4.0)));
        assert_eq!(minutes.last(), Some(&Label::Whole(40.0, 44.0)));
        let points = labels(&[0.0, 52.0, 100.0], 100.0);
        assert_eq!(points.last(), Some(&Label::Whole(100.0, 100.0)));
        let kilos = labels(&[60.5, 61.0, 70.0], f64::INFINITY);
        assert_eq!(kilos.first(), Some(&Label::Range(60.0, 61.0)));
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
