//! Numbers of respondents: two bytes each as long as all are small whole numbers, else eight.

use super::bitmap::{BLOCK_ROWS, Bitmap, each_set};

/// No answer among small numbers.
const NONE: i16 = i16::MIN;

/// One optional number per respondent.
#[derive(Debug, Clone)]
pub(crate) enum Numbers {
    /// Whole numbers from −32,767 to 32,767.
    Small(Vec<Vec<i16>>),
    /// Any numbers; not-a-number is no answer.
    Wide(Vec<Vec<f64>>),
}

impl Default for Numbers {
    fn default() -> Self {
        Self::Small(Vec::new())
    }
}

impl Numbers {
    /// Sets the number of a respondent; what is not finite is no answer.
    pub(crate) fn set(&mut self, row: usize, number: f64) {
        if !number.is_finite() {
            return;
        }
        if let Self::Small(blocks) = self {
            if let Some(number) = small(number) {
                put(blocks, row, number, NONE);
            } else {
                *self = Self::Wide(widen(blocks));
                self.set(row, number);
            }
        } else if let Self::Wide(blocks) = self {
            put(blocks, row, number, f64::NAN);
        }
    }

    /// The number of one respondent.
    pub(crate) fn at(&self, row: usize) -> Option<f64> {
        let (block_ix, at) = (row / BLOCK_ROWS, row % BLOCK_ROWS);
        match self {
            Self::Small(blocks) => {
                let number = *blocks.get(block_ix)?.get(at)?;
                (number != NONE).then(|| f64::from(number))
            }
            Self::Wide(blocks) => {
                let number = *blocks.get(block_ix)?.get(at)?;
                (!number.is_nan()).then_some(number)
            }
        }
    }

    /// The numbers of those in `set`, in ascending order.
    pub(crate) fn sorted(&self, set: &Bitmap) -> Sorted {
        match self {
            Self::Small(blocks) => {
                let mut counts = vec![0_u32; 1 << 16];
                for (block_ix, block) in blocks.iter().enumerate() {
                    let Some(chosen) = set.block(block_ix) else {
                        continue;
                    };
                    each_set(chosen, |at| {
                        if let Some(number) = block.get(at).filter(|it| **it != NONE)
                            && let Some(slot) = counts.get_mut(place(*number))
                        {
                            *slot += 1;
                        }
                    });
                }
                let values = counts.iter().zip(i16::MIN..=i16::MAX);
                Sorted::from_counts(
                    values
                        .filter(|(count, _)| **count > 0)
                        .map(|(count, value)| (f64::from(value), *count)),
                )
            }
            Self::Wide(blocks) => {
                let mut numbers = Vec::new();
                for (block_ix, block) in blocks.iter().enumerate() {
                    let Some(chosen) = set.block(block_ix) else {
                        continue;
                    };
                    each_set(chosen, |at| {
                        if let Some(number) = block.get(at).filter(|it| !it.is_nan()) {
                            numbers.push(*number);
                        }
                    });
                }
                numbers.sort_unstable_by(f64::total_cmp);
                Sorted::from_counts(numbers.into_iter().map(|it| (it, 1)))
            }
        }
    }

    /// Forgets respondents from `rows` on.
    pub(crate) fn truncate(&mut self, rows: usize) {
        match self {
            Self::Small(blocks) => cut(blocks, rows),
            Self::Wide(blocks) => cut(blocks, rows),
        }
    }

    /// Bytes of memory.
    pub(crate) fn bytes(&self) -> usize {
        match self {
            Self::Small(blocks) => blocks.iter().map(|it| it.capacity() * 2).sum(),
            Self::Wide(blocks) => blocks.iter().map(|it| it.capacity() * 8).sum(),
        }
    }
}

/// Distinct numbers upwards, each with how many gave it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Sorted {
    values: Vec<(f64, u32)>,
    n: u32,
}

impl Sorted {
    /// From pairs in ascending order; equal neighbours are joined.
    pub(crate) fn from_counts(pairs: impl Iterator<Item = (f64, u32)>) -> Self {
        let mut sorted = Self::default();
        for (value, count) in pairs {
            sorted.n += count;
            match sorted.values.last_mut() {
                #[expect(clippy::float_cmp, reason = "the same number given twice")]
                Some((last, n)) if *last == value => *n += count,
                _ => sorted.values.push((value, count)),
            }
        }
        sorted
    }

    /// How many numbers.
    pub(crate) fn n(&self) -> u32 {
        self.n
    }

    /// Distinct numbers upwards with their counts.
    pub(crate) fn values(&self) -> &[(f64, u32)] {
        &self.values
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "checked to be whole and in range"
)]
fn small(number: f64) -> Option<i16> {
    let whole = number.fract() == 0.0 && number.abs() <= 32_767.0;
    whole.then_some(number as i16)
}

fn place(number: i16) -> usize {
    usize::try_from(i32::from(number) - i32::from(i16::MIN)).unwrap_or(0)
}

fn put<T: Copy>(blocks: &mut Vec<Vec<T>>, row: usize, number: T, none: T) {
    let block_ix = row / BLOCK_ROWS;
    while blocks.len() <= block_ix {
        blocks.push(Vec::new());
    }
    if let Some(block) = blocks.get_mut(block_ix) {
        let at = row % BLOCK_ROWS;
        if block.len() <= at {
            block.resize(at + 1, none);
        }
        if let Some(slot) = block.get_mut(at) {
            *slot = number;
        }
    }
}

fn cut<T>(blocks: &mut Vec<Vec<T>>, rows: usize) {
    blocks.truncate(rows.div_ceil(BLOCK_ROWS));
    if let Some(block) = blocks.get_mut(rows / BLOCK_ROWS) {
        block.truncate(rows % BLOCK_ROWS);
    }
}

fn widen(blocks: &[Vec<i16>]) -> Vec<Vec<f64>> {
    let wide = |it: &i16| {
        if *it == NONE {
            f64::NAN
        } else {
            f64::from(*it)
        }
    };
    blocks
        .iter()
        .map(|block| block.iter().map(wide).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_become_wide_when_a_fraction_comes_and_keep_their_values() {
        let mut numbers = Numbers::default();
        numbers.set(0, 7.0);
        numbers.set(70_000, -3.0);
        numbers.set(2, f64::INFINITY);
        numbers.set(5, 1.5);
        numbers.set(6, 7.0);
        let sorted = numbers.sorted(&Bitmap::full(100_000));
        assert_eq!(sorted.values(), &[(-3.0, 1), (1.5, 1), (7.0, 2)]);
        assert_eq!(sorted.n(), 4);
        numbers.truncate(5);
        assert_eq!(numbers.sorted(&Bitmap::full(100_000)).n(), 1);
    }
}
