//! Short names and codes, compared as words instead of byte by byte: what nearly every answer is.

use super::scan::is_number;

/// Longest code that is known as a word.
const MAX_CODE: usize = 7;

/// Longest name with its comma, quotes and colon that is known as words.
const MAX_NAME: usize = 32;

/// Multiplied with, the upper bits of a word depend on all its bits (Fibonacci hashing).
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

/// A member's name as our own app writes it: `,"name":`, or with the brace in the comma's place.
#[derive(Debug, Clone)]
pub(crate) struct ShortName {
    words: [u128; 2],
    masks: [u128; 2],
    len: usize,
}

impl ShortName {
    /// `None` for a name that is too long.
    pub(crate) fn new(name: &str) -> Option<Self> {
        let written = format!(",{}:", json::Value::from(name).to_string());
        if written.len() > MAX_NAME {
            return None;
        }
        let mut bytes = [0; MAX_NAME];
        let mut mask = [0; MAX_NAME];
        for ((to, mask), from) in bytes.iter_mut().zip(&mut mask).zip(written.bytes()) {
            (*to, *mask) = (from, u8::MAX);
        }
        mask[0] = 0;
        let masks = halves(&mask);
        let words = halves(&bytes);
        Some(Self {
            words: [words[0] & masks[0], words[1] & masks[1]],
            masks,
            len: written.len(),
        })
    }

    /// How long it is if `window` begins with it; the first byte is not looked at.
    #[inline]
    pub(crate) fn begins(&self, window: &[u8; MAX_NAME]) -> Option<usize> {
        let [first, second] = halves(window);
        let same = (first & self.masks[0]) == self.words[0]
            && (self.len <= 16 || (second & self.masks[1]) == self.words[1]);
        same.then_some(self.len)
    }
}

#[inline]
fn halves(bytes: &[u8; MAX_NAME]) -> [u128; 2] {
    let (halves, _) = bytes.as_chunks::<16>();
    let half = |ix: usize| halves.get(ix).map_or(0, |it| u128::from_le_bytes(*it));
    [half(0), half(1)]
}

/// Short codes, found by their bytes as one word.
#[derive(Debug, Clone, Default)]
pub(crate) struct ShortCodes {
    /// The length is a power of two.
    slots: Vec<Slot>,
    shift: u32,
}

/// A code, or none where `entry` is zero.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    /// Its bytes, the first lowest.
    word: u64,
    /// Its place plus one.
    entry: u16,
    /// True for what JSON writes without quotes.
    bare: bool,
}

impl ShortCodes {
    /// Codes longer than seven bytes, empty, or of signs that JSON would write otherwise are left
    /// out; of equal ones the first counts.
    pub(crate) fn new<'a>(codes: impl ExactSizeIterator<Item = &'a [u8]>) -> Self {
        let bits = (codes.len() * 4)
            .next_power_of_two()
            .max(2)
            .trailing_zeros();
        let mut table = Self {
            slots: vec![Slot::default(); 1 << bits],
            shift: 64 - bits,
        };
        for (entry, code) in (1..u16::MAX).zip(codes) {
            let plain = |it: &u8| *it >= 0x20 && !matches!(it, b'"' | b'\\');
            if code.is_empty() || code.len() > MAX_CODE || !code.iter().all(plain) {
                continue;
            }
            let bytes = code.iter().rev();
            let word = bytes.fold(0, |word, byte| word << 8 | u64::from(*byte));
            if table.find(word).is_some() {
                continue;
            }
            let mask = table.slots.len() - 1;
            let mut at = table.place(word);
            while table.slots.get(at).is_some_and(|it| it.entry != 0) {
                at = (at + 1) & mask;
            }
            if let Some(slot) = table.slots.get_mut(at) {
                let bare = is_number(code) || matches!(code, b"true" | b"false");
                *slot = Slot { word, entry, bare };
            }
        }
        table
    }

    /// Reads a code at the start of `bytes`, quoted or bare: its place plus one, and how long it is
    /// with its quotes. `None` for anything else, which may still be an answer.
    #[inline]
    pub(crate) fn read(&self, bytes: &[u8]) -> Option<(u16, usize)> {
        if let [b'"', text @ ..] = bytes {
            let word = u64::from_le_bytes(*text.first_chunk()?);
            let len = first_quote(word)?;
            let slot = self.find(word & low_bytes(len))?;
            return Some((slot.entry, len + 2));
        }
        let bytes: &[u8; MAX_CODE + 1] = bytes.first_chunk()?;
        let ends = |it: &u8| matches!(it, b',' | b'}' | b']');
        let len = bytes.iter().position(ends)?;
        let slot = self.find(u64::from_le_bytes(*bytes) & low_bytes(len))?;
        slot.bare.then_some((slot.entry, len))
    }

    #[inline]
    fn find(&self, word: u64) -> Option<Slot> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = self.place(word);
        loop {
            let slot = *self.slots.get(at)?;
            if slot.word == word && slot.entry != 0 {
                return Some(slot);
            }
            if slot.entry == 0 {
                return None;
            }
            at = (at + 1) & mask;
        }
    }

    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "few bits are left after the shift"
    )]
    fn place(&self, word: u64) -> usize {
        (word.wrapping_mul(MIX) >> self.shift) as usize
    }
}

/// Where the first quote stands in a word.
#[inline]
fn first_quote(word: u64) -> Option<usize> {
    const LOW: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let difference = word ^ (LOW * 0x22);
    let hit = difference.wrapping_sub(LOW) & !difference & HIGH;
    (hit != 0).then(|| (hit.trailing_zeros() / 8) as usize)
}

/// A mask of the first `n` bytes of a word; `n` is below eight.
#[inline]
fn low_bytes(n: usize) -> u64 {
    (1 << (n * 8)) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(codes: &[&str]) -> ShortCodes {
        ShortCodes::new(codes.iter().map(|it| it.as_bytes()))
    }

    #[test]
    fn short_codes_are_read_with_and_without_quotes() {
        let codes: Vec<String> = (0..300).map(|it| format!("{it:03}")).collect();
        let many = table(&codes.iter().map(String::as_str).collect::<Vec<_>>());
        for (entry, code) in (1..).zip(&codes) {
            let written = format!("\"{code}\",\"next\":1");
            assert_eq!(many.read(written.as_bytes()), Some((entry, 5)));
        }
        assert_eq!(many.read(b"\"300\",\"next\":1"), None);
        let few = table(&["1", "10", "dk", "true", "1"]);
        assert_eq!(few.read(b"1,\"next\""), Some((1, 1)));
        assert_eq!(few.read(b"10}     "), Some((2, 2)));
        assert_eq!(few.read(b"true]   "), Some((4, 4)));
        assert_eq!(few.read(b"\"true\",   "), Some((4, 6)));
        assert_eq!(few.read(b"\"dk\",     "), Some((3, 4)));
    }

    #[test]
    fn what_is_not_exactly_a_code_is_left_to_the_full_reader() {
        let few = table(&["1", "dk", "", "a\"b", "12345678"]);
        for other in [
            &b"dk,      "[..],
            b"01,      ",
            b"1 ,      ",
            b"1.0,     ",
            b",        ",
            b"\"\",      ",
            b"\"a\\\"b\",",
            b"\"12345678\",",
            b"\"1\"",
            b"1",
            b"",
        ] {
            assert_eq!(few.read(other), None, "{other:?}");
        }
        assert_eq!(ShortCodes::default().read(b"\"\",      "), None);
    }

    #[test]
    fn names_are_known_behind_a_comma_or_a_brace() {
        let padded = |text: &str| {
            let mut bytes = [b'x'; MAX_NAME];
            bytes[..text.len()].copy_from_slice(text.as_bytes());
            bytes
        };
        for name in ["q1", "municipality", "a_name_of_twenty_five_sig", "ä\"b"] {
            let short = ShortName::new(name).expect("short");
            let written = format!(",{}:", json::Value::from(name).to_string());
            assert_eq!(short.begins(&padded(&written)), Some(written.len()));
            let first = written.replacen(',', "{", 1);
            assert_eq!(short.begins(&padded(&first)), Some(written.len()));
            let other = written.replace(':', "_");
            assert_eq!(short.begins(&padded(&other)), None);
        }
        assert!(ShortName::new("a_name_of_thirty_signs_or_more").is_none());
    }
}
