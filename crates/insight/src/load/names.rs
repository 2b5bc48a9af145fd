//! Finding a name or a code among those that are known, by its bytes.

/// A fixed set of names, found in about one comparison.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    names: Vec<Box<[u8]>>,
    /// Index of a name plus one; zero is empty. The length is a power of two.
    slots: Vec<u16>,
}

impl Names {
    /// Of the first name given twice, the earlier place counts. At most 65,534 names.
    pub(crate) fn new<'a>(names: impl Iterator<Item = &'a [u8]>) -> Self {
        let names: Vec<Box<[u8]>> = names
            .take(usize::from(u16::MAX) - 1)
            .map(Into::into)
            .collect();
        let mut table = Self {
            slots: vec![0; (names.len() * 2).next_power_of_two().max(2)],
            names: Vec::with_capacity(names.len()),
        };
        for name in names {
            if table.find(&name).is_none() {
                let slot = table.free_slot(&name);
                if let (Some(slot), Ok(ix)) = (
                    table.slots.get_mut(slot),
                    u16::try_from(table.names.len() + 1),
                ) {
                    *slot = ix;
                }
            }
            table.names.push(name);
        }
        table
    }

    /// The place of `name`.
    #[inline]
    pub(crate) fn find(&self, name: &[u8]) -> Option<usize> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut slot = hash(name) & mask;
        loop {
            let ix = usize::from(*self.slots.get(slot)?).checked_sub(1)?;
            if self.is(ix, name) {
                return Some(ix);
            }
            slot = (slot + 1) & mask;
        }
    }

    /// True if the name at `ix` is `name`.
    #[inline]
    pub(crate) fn is(&self, ix: usize, name: &[u8]) -> bool {
        self.names.get(ix).is_some_and(|it| **it == *name)
    }

    fn free_slot(&self, name: &[u8]) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = hash(name) & mask;
        while self.slots.get(slot).is_some_and(|it| *it != 0) {
            slot = (slot + 1) & mask;
        }
        slot
    }
}

/// Mixes the length with the first and the last eight bytes.
#[inline]
fn hash(name: &[u8]) -> usize {
    let mix = |seed: u64, word: u64| (seed ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let word = match (name.first_chunk::<8>(), name.last_chunk::<8>()) {
        (Some(first), Some(last)) => mix(u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        _ => name
            .iter()
            .fold(0, |word, byte| word << 8 | u64::from(*byte)),
    };
    let mixed = mix(name.len() as u64, word);
    usize::try_from(mixed >> 40).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_and_no_other() {
        let names: Vec<String> = (0..3000).map(|it| format!("kysymys_{it}")).collect();
        let table = Names::new(names.iter().map(String::as_bytes));
        for (ix, name) in names.iter().enumerate() {
            assert_eq!(table.find(name.as_bytes()), Some(ix));
        }
        assert_eq!(table.find(b"kysymys_3000"), None);
        assert_eq!(Names::new(core::iter::empty()).find(b""), None);
    }

    #[test]
    fn the_earlier_of_two_equal_names_counts() {
        let table = Names::new([&b"a"[..], b"b", b"a"].into_iter());
        assert_eq!(table.find(b"a"), Some(0));
        assert_eq!(table.find(b"b"), Some(1));
    }
}
