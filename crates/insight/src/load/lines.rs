//! Cutting a stream of bytes into lines without copying those that lie whole in a chunk.

/// Longest line that is read; a longer one is skipped to its end.
pub(crate) const MAX_LINE: usize = 4 << 20;

/// What becomes of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Line<'a> {
    /// A whole line without its end.
    Whole(Stretch<'a>),
    /// A line longer than [`MAX_LINE`].
    TooLong,
}

/// Bytes of a line, with what follows them as far as it is at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stretch<'a> {
    /// The line without its end.
    pub bytes: &'a [u8],
    /// The same and more: after the line comes a line end, if anything.
    pub ahead: &'a [u8],
}

/// Keeps the beginning of a line until its end comes.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    carry: Vec<u8>,
    skipping: bool,
    begun: bool,
}

impl Lines {
    /// Gives every line that ends in `chunk` to `each`.
    pub(crate) fn push(&mut self, mut chunk: &[u8], mut each: impl FnMut(Line<'_>)) {
        while let Some(end) = find(chunk, b'\n') {
            let from = chunk;
            let (line, rest) = chunk.split_at(end);
            chunk = rest.get(1..).unwrap_or_default();
            if self.skipping {
                self.skipping = false;
                each(Line::TooLong);
            } else if self.carry.is_empty() {
                each(self.whole(line, from));
            } else {
                self.carry.extend_from_slice(line);
                each(self.whole(&self.carry, &self.carry));
            }
            self.begun = true;
            self.carry.clear();
        }
        if !self.skipping {
            self.carry.extend_from_slice(chunk);
            if self.carry.len() > MAX_LINE {
                self.skipping = true;
                self.carry = Vec::new();
            }
        }
    }

    /// Gives the last line, if it had no end.
    pub(crate) fn finish(self, mut each: impl FnMut(Line<'_>)) {
        if self.skipping {
            each(Line::TooLong);
        } else if !self.carry.is_empty() {
            each(self.whole(&self.carry, &self.carry));
        }
    }

    fn whole<'a>(&self, line: &'a [u8], ahead: &'a [u8]) -> Line<'a> {
        if line.len() > MAX_LINE {
            return Line::TooLong;
        }
        let bytes = line.strip_suffix(b"\r").unwrap_or(line);
        let line = Stretch { bytes, ahead };
        if self.begun {
            return Line::Whole(line);
        }
        // Some editors begin a file with a mark that is no part of it.
        let unmarked = |it: &'a [u8]| it.strip_prefix(b"\xef\xbb\xbf").unwrap_or(it);
        Line::Whole(Stretch {
            bytes: unmarked(line.bytes),
            ahead: unmarked(line.ahead),
        })
    }
}

/// Where `wanted` first stands, eight bytes at a time.
pub(crate) fn find(bytes: &[u8], wanted: u8) -> Option<usize> {
    const LOW: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let pattern = LOW * u64::from(wanted);
    let (words, rest) = bytes.as_chunks::<8>();
    for (word_ix, word) in words.iter().enumerate() {
        let difference = u64::from_le_bytes(*word) ^ pattern;
        let hit = difference.wrapping_sub(LOW) & !difference & HIGH;
        if hit != 0 {
            return Some(word_ix * 8 + (hit.trailing_zeros() / 8) as usize);
        }
    }
    let tail = rest.iter().position(|it| *it == wanted)?;
    Some(words.len() * 8 + tail)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines(chunks: &[&[u8]]) -> Vec<Vec<u8>> {
        let mut found = Vec::new();
        let mut lines = Lines::default();
        let mut note = |line: Line<'_>| {
            found.push(match line {
                Line::Whole(line) => {
                    assert!(line.ahead.starts_with(line.bytes));
                    line.bytes.to_vec()
                }
                Line::TooLong => b"too long".to_vec(),
            });
        };
        for chunk in chunks {
            lines.push(chunk, &mut note);
        }
        lines.finish(&mut note);
        found
    }

    proptest! {
        #[test]
        fn lines_do_not_depend_on_where_chunks_are_cut(
            text in "[ab\n]{0,80}", cut in 0_usize..80,
        ) {
            let bytes = text.as_bytes();
            let cut = cut.min(bytes.len());
            prop_assert_eq!(lines(&[bytes]), lines(&[&bytes[..cut], &bytes[cut..]]));
        }

        #[test]
        fn finding_a_byte_agrees_with_looking_at_each(text in proptest::collection::vec(any::<u8>(), 0..60), wanted: u8) {
            prop_assert_eq!(find(&text, wanted), text.iter().position(|it| *it == wanted));
        }
    }

    #[test]
    fn an_endless_line_is_skipped_and_the_next_one_is_read() {
        let long = vec![b'x'; MAX_LINE + 1];
        assert_eq!(
            lines(&[&long, b"xx\nok\r\nlast"]),
            [&b"too long"[..], b"ok", b"last"]
        );
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_first_line() {
        let (mark, rest) = (&b"\xef\xbb"[..], &b"\xbf{}\n\xef\xbb\xbf{}"[..]);
        assert_eq!(lines(&[mark, rest]), [&b"{}"[..], b"\xef\xbb\xbf{}"]);
    }
}
