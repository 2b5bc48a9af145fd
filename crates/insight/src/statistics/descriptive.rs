//! Middle and spread of numbers given as distinct values with counts.

use crate::columns::Sorted;

/// The quantile `p` (0 to 1), linear between neighbours: Hyndman and Fan's type 7, the default of
/// R and pandas. `None` without numbers.
pub(crate) fn quantile(numbers: &Sorted, p: f64) -> Option<f64> {
    let last = numbers.n().checked_sub(1)?;
    let place = p.clamp(0.0, 1.0) * f64::from(last);
    let below = place.floor();
    let low = at(numbers, below)?;
    let high = at(numbers, (below + 1.0).min(f64::from(last)))?;
    Some(low + (place - below) * (high - low))
}

/// The number at a place of the ascending list, counted from zero.
fn at(numbers: &Sorted, place: f64) -> Option<f64> {
    let mut seen = 0_u32;
    for (value, count) in numbers.values() {
        seen += count;
        if f64::from(seen) > place {
            return Some(*value);
        }
    }
    None
}

/// The arithmetic mean; `None` without numbers.
pub(crate) fn mean(numbers: &Sorted) -> Option<f64> {
    let sum: f64 = numbers
        .values()
        .iter()
        .map(|(value, n)| value * f64::from(*n))
        .sum();
    (numbers.n() > 0).then(|| sum / f64::from(numbers.n()))
}

/// The standard deviation with n − 1; `None` below two numbers.
pub(crate) fn deviation(numbers: &Sorted) -> Option<f64> {
    let mean = mean(numbers)?;
    let squares: f64 = numbers
        .values()
        .iter()
        .map(|(value, n)| (value - mean) * (value - mean) * f64::from(*n))
        .sum();
    (numbers.n() > 1).then(|| (squares / f64::from(numbers.n() - 1)).sqrt())
}

/// The smallest and the largest number.
pub(crate) fn range(numbers: &Sorted) -> Option<(f64, f64)> {
    Some((numbers.values().first()?.0, numbers.values().last()?.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(numbers: &[f64]) -> Sorted {
        let mut numbers = numbers.to_vec();
        numbers.sort_by(f64::total_cmp);
        Sorted::from_counts(numbers.into_iter().map(|it| (it, 1)))
    }

    fn round(number: Option<f64>) -> Option<f64> {
        number.map(|it| (it * 100.0).round() / 100.0)
    }

    #[test]
    fn the_coefficients_of_ten_municipalities_have_the_published_middle_and_spread() {
        let numbers = of(&[63.0, 63.0, 67.0, 71.0, 67.0, 55.0, 76.0, 70.0, 57.0, 67.0]);
        assert_eq!(numbers.n(), 10);
        assert_eq!(round(mean(&numbers)), Some(65.6));
        assert_eq!(quantile(&numbers, 0.5), Some(67.0));
        assert_eq!(range(&numbers), Some((55.0, 76.0)));
        assert_eq!(round(deviation(&numbers)), Some(6.35));
    }

    #[test]
    fn quartiles_lie_between_neighbours_as_in_pandas() {
        let numbers = of(&[1.0, 2.0, 3.0, 4.0]);
        assert_eq!(quantile(&numbers, 0.25), Some(1.75));
        assert_eq!(quantile(&numbers, 0.5), Some(2.5));
        assert_eq!(quantile(&numbers, 0.75), Some(3.25));
    }

    #[test]
    fn nothing_has_no_middle_and_one_has_no_spread() {
        assert_eq!(quantile(&of(&[]), 0.5), None);
        assert_eq!(mean(&of(&[])), None);
        assert_eq!(quantile(&of(&[4.0]), 0.75), Some(4.0));
        assert_eq!(deviation(&of(&[4.0])), None);
    }
}
