//! One bit per respondent, in blocks that fit the processor's nearest cache.

/// Respondents in one block.
pub(crate) const BLOCK_ROWS: usize = 1 << 16;
/// Words in one block.
pub(crate) const BLOCK_WORDS: usize = BLOCK_ROWS / 64;

/// The bits of 65,536 respondents.
pub(crate) type Block = [u64; BLOCK_WORDS];

/// A set of respondents; blocks in which nobody is set take no memory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Bitmap {
    blocks: Vec<Option<Box<Block>>>,
}

impl Bitmap {
    /// The first `rows` respondents.
    pub(crate) fn full(rows: usize) -> Self {
        let mut blocks = Vec::with_capacity(rows.div_ceil(BLOCK_ROWS));
        let mut left = rows;
        while left > 0 {
            let here = left.min(BLOCK_ROWS);
            let mut block = empty_block();
            for (word_ix, word) in block.iter_mut().enumerate() {
                *word = first_bits(here.saturating_sub(word_ix * 64));
            }
            blocks.push(Some(block));
            left -= here;
        }
        Self { blocks }
    }

    /// Adds one respondent.
    #[inline]
    pub(crate) fn set(&mut self, row: usize) {
        let block_ix = row / BLOCK_ROWS;
        if block_ix >= self.blocks.len() {
            self.blocks.resize(block_ix + 1, None);
        }
        if let Some(slot) = self.blocks.get_mut(block_ix) {
            let block = slot.get_or_insert_with(empty_block);
            if let Some(word) = block.get_mut(row % BLOCK_ROWS / 64) {
                *word |= 1 << (row % 64);
            }
        }
    }

    /// Adds those of the 64 respondents from `word_ix × 64` whose bits are set.
    pub(crate) fn set_word(&mut self, word_ix: usize, bits: u64) {
        if bits == 0 {
            return;
        }
        let block_ix = word_ix / BLOCK_WORDS;
        if block_ix >= self.blocks.len() {
            self.blocks.resize(block_ix + 1, None);
        }
        if let Some(slot) = self.blocks.get_mut(block_ix) {
            let block = slot.get_or_insert_with(empty_block);
            if let Some(word) = block.get_mut(word_ix % BLOCK_WORDS) {
                *word |= bits;
            }
        }
    }

    /// True if the respondent is set.
    pub(crate) fn has(&self, row: usize) -> bool {
        let word = self
            .block(row / BLOCK_ROWS)
            .and_then(|block| block.get(row % BLOCK_ROWS / 64));
        word.is_some_and(|it| it >> (row % 64) & 1 == 1)
    }

    /// The block that holds respondents from `block_ix × 65,536`; `None` if nobody is set there.
    #[inline]
    pub(crate) fn block(&self, block_ix: usize) -> Option<&Block> {
        self.blocks.get(block_ix)?.as_deref()
    }

    /// Number of blocks up to the last that was ever touched.
    pub(crate) fn n_blocks(&self) -> usize {
        self.blocks.len()
    }

    /// How many are set.
    pub(crate) fn count(&self) -> u32 {
        self.blocks
            .iter()
            .flatten()
            .flat_map(|block| block.iter())
            .map(|word| word.count_ones())
            .sum()
    }

    /// True if nobody is set.
    pub(crate) fn is_empty(&self) -> bool {
        self.blocks
            .iter()
            .flatten()
            .all(|it| it.iter().all(|word| *word == 0))
    }

    /// Those in both.
    pub(crate) fn and(&self, other: &Self) -> Self {
        let blocks = self.blocks.iter().zip(&other.blocks);
        let both = blocks.map(|pair| match pair {
            (Some(left), Some(right)) => Some(combine(left, right, |left, right| left & right)),
            _ => None,
        });
        Self {
            blocks: both.collect(),
        }
    }

    /// Those in either.
    pub(crate) fn or(&self, other: &Self) -> Self {
        let n_blocks = self.blocks.len().max(other.blocks.len());
        let either = (0..n_blocks).map(|ix| match (self.block(ix), other.block(ix)) {
            (Some(left), Some(right)) => Some(combine(left, right, |left, right| left | right)),
            (Some(one), None) | (None, Some(one)) => Some(Box::new(*one)),
            (None, None) => None,
        });
        Self {
            blocks: either.collect(),
        }
    }

    /// Those of `all` that are not in this set.
    pub(crate) fn complement(&self, all: &Self) -> Self {
        let rest = all.blocks.iter().enumerate().map(|(ix, whole)| {
            let whole = whole.as_deref()?;
            Some(match self.block(ix) {
                Some(mine) => combine(whole, mine, |whole, mine| whole & !mine),
                None => Box::new(*whole),
            })
        });
        Self {
            blocks: rest.collect(),
        }
    }

    /// Forgets everyone from `rows` on.
    pub(crate) fn truncate(&mut self, rows: usize) {
        self.blocks.truncate(rows.div_ceil(BLOCK_ROWS));
        let last = rows % BLOCK_ROWS;
        if last == 0 || self.blocks.len() != rows.div_ceil(BLOCK_ROWS) {
            return;
        }
        if let Some(Some(block)) = self.blocks.last_mut() {
            for (word_ix, word) in block.iter_mut().enumerate() {
                *word &= first_bits(last.saturating_sub(word_ix * 64));
            }
        }
    }

    /// Bytes of memory.
    pub(crate) fn bytes(&self) -> usize {
        self.blocks.iter().flatten().count() * BLOCK_ROWS / 8 + self.blocks.capacity() * 8
    }
}

/// Calls `each` with every set respondent's place in the block, upwards.
#[inline]
pub(crate) fn each_set(block: &Block, mut each: impl FnMut(usize)) {
    for (word_ix, word) in block.iter().enumerate() {
        let mut left = *word;
        while left != 0 {
            each(word_ix * 64 + left.trailing_zeros() as usize);
            left &= left - 1;
        }
    }
}

fn first_bits(n: usize) -> u64 {
    if n >= 64 { u64::MAX } else { (1 << n) - 1 }
}

fn empty_block() -> Box<Block> {
    Box::new([0; BLOCK_WORDS])
}

fn combine(left: &Block, right: &Block, with: impl Fn(u64, u64) -> u64) -> Box<Block> {
    let mut block = empty_block();
    for ((out, left), right) in block.iter_mut().zip(left).zip(right) {
        *out = with(*left, *right);
    }
    block
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(rows: &[usize]) -> Bitmap {
        let mut bitmap = Bitmap::default();
        for row in rows {
            bitmap.set(*row);
        }
        bitmap
    }

    proptest! {
        #[test]
        fn set_operations_agree_with_sets(
            left in proptest::collection::btree_set(0_usize..200_000, 0..50),
            right in proptest::collection::btree_set(0_usize..200_000, 0..50),
            cut in 0_usize..200_000,
        ) {
            let all = Bitmap::full(200_000);
            let of_set = |set: &std::collections::BTreeSet<usize>| of(&set.iter().copied().collect::<Vec<_>>());
            let rows = |bitmap: &Bitmap| {
                let mut rows = Vec::new();
                for ix in 0..bitmap.n_blocks() {
                    if let Some(block) = bitmap.block(ix) {
                        each_set(block, |row| rows.push(ix * BLOCK_ROWS + row));
                    }
                }
                rows
            };
            let (a, b) = (of_set(&left), of_set(&right));
            prop_assert_eq!(rows(&a.and(&b)), left.intersection(&right).copied().collect::<Vec<_>>());
            prop_assert_eq!(rows(&a.or(&b)), left.union(&right).copied().collect::<Vec<_>>());
            prop_assert_eq!(a.complement(&all).count() as usize, 200_000 - left.len());
            let mut shorter = a.clone();
            shorter.truncate(cut);
            prop_assert_eq!(rows(&shorter), left.iter().copied().filter(|it| *it < cut).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_full_bitmap_has_exactly_its_rows() {
        for rows in [
            0,
            1,
            63,
            64,
            65,
            BLOCK_ROWS - 1,
            BLOCK_ROWS,
            BLOCK_ROWS + 1,
            150_000,
        ] {
            assert_eq!(Bitmap::full(rows).count() as usize, rows);
        }
    }
}
