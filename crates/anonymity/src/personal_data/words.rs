//! A text as the scanners see it.

use core::ops::Range;

/// Characters with the bytes they stand at.
pub(super) struct Text<'a> {
    pub(super) source: &'a str,
    chars: Vec<(usize, char)>,
}

/// A run of letters and digits.
pub(super) struct Word<'a> {
    /// Its text.
    pub(super) text: &'a str,
    /// Its bytes.
    pub(super) range: Range<usize>,
}

impl<'a> Text<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Self {
            source,
            chars: source.char_indices().collect(),
        }
    }

    /// The number of characters.
    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    /// The character at a place counted in characters.
    pub(super) fn at(&self, place: usize) -> Option<char> {
        self.chars.get(place).map(|(_, it)| *it)
    }

    /// The character before a place.
    pub(super) fn before(&self, place: usize) -> Option<char> {
        self.at(place.checked_sub(1)?)
    }

    /// The bytes of the characters `from..to`.
    pub(super) fn bytes(&self, from: usize, to: usize) -> Range<usize> {
        let byte = |place: usize| {
            self.chars
                .get(place)
                .map_or(self.source.len(), |(byte, _)| *byte)
        };
        byte(from)..byte(to)
    }

    /// The words, in order.
    pub(super) fn words(&self) -> Vec<Word<'a>> {
        let mut words = Vec::new();
        let mut start = None;
        for (byte, it) in self.source.char_indices() {
            match (it.is_alphanumeric(), start) {
                (true, None) => start = Some(byte),
                (false, Some(from)) => {
                    words.extend(self.word(from..byte));
                    start = None;
                }
                _ => {}
            }
        }
        if let Some(from) = start {
            words.extend(self.word(from..self.source.len()));
        }
        words
    }

    fn word(&self, range: Range<usize>) -> Option<Word<'a>> {
        Some(Word {
            text: self.source.get(range.clone())?,
            range,
        })
    }
}

/// The value of a decimal digit.
pub(super) fn digit(it: char) -> Option<u32> {
    it.to_digit(10)
}
