//! From a file's bytes to text: UTF-8, UTF-16 as spreadsheets write it, and Windows-1252.

use std::borrow::Cow;

/// Bytes that tell how a file is written.
const TELLING: usize = 4;

/// Turns UTF-16 into UTF-8 as it comes, and lets other bytes pass.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    encoding: Option<Encoding>,
    /// The first bytes of the file while it is not known what they are; later half a character.
    carry: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    /// UTF-8, or bytes of an older code page.
    Bytes,
    Utf16 {
        big_endian: bool,
    },
}

impl Decoder {
    /// What these bytes come to; some may be kept until more have come.
    pub(super) fn decode<'a>(&mut self, bytes: &'a [u8]) -> Cow<'a, [u8]> {
        let encoding = match self.encoding {
            Some(Encoding::Bytes) => return Cow::Borrowed(bytes),
            Some(encoding) => encoding,
            None => {
                self.carry.extend_from_slice(bytes);
                if self.carry.len() < TELLING {
                    return Cow::Borrowed(&[]);
                }
                return Cow::Owned(self.begin());
            }
        };
        self.carry.extend_from_slice(bytes);
        Cow::Owned(self.take(encoding))
    }

    /// What was kept, at the end of the file.
    pub(super) fn finish(&mut self) -> Vec<u8> {
        match self.encoding {
            None => self.begin(),
            Some(_) => Vec::new(),
        }
    }

    fn begin(&mut self) -> Vec<u8> {
        let encoding = match self.carry.as_slice() {
            [0xff, 0xfe, ..] | [1..=255, 0, 1..=255, 0, ..] => {
                Encoding::Utf16 { big_endian: false }
            }
            [0xfe, 0xff, ..] | [0, 1..=255, 0, 1..=255, ..] => Encoding::Utf16 { big_endian: true },
            _ => Encoding::Bytes,
        };
        self.encoding = Some(encoding);
        let mut text = match encoding {
            Encoding::Bytes => core::mem::take(&mut self.carry),
            Encoding::Utf16 { .. } => self.take(encoding),
        };
        if text.starts_with("\u{feff}".as_bytes()) {
            text.drain(..'\u{feff}'.len_utf8());
        }
        text
    }

    /// Decodes all of `carry` but a character whose other half has not come.
    fn take(&mut self, encoding: Encoding) -> Vec<u8> {
        let big_endian = encoding == (Encoding::Utf16 { big_endian: true });
        let (pairs, _) = self.carry.as_chunks::<2>();
        let mut units: Vec<u16> = pairs
            .iter()
            .map(|it| {
                if big_endian {
                    u16::from_be_bytes(*it)
                } else {
                    u16::from_le_bytes(*it)
                }
            })
            .collect();
        units.pop_if(|it| (0xd800..0xdc00).contains(it));
        self.carry.drain(..units.len() * 2);
        String::from_utf16_lossy(&units).into_bytes()
    }
}

/// UTF-8, or else Windows-1252 as older programs write it.
pub(super) fn text(bytes: &[u8]) -> Cow<'_, str> {
    match core::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => bytes.iter().map(|it| western(*it)).collect(),
    }
}

/// Windows-1252: Latin-1 with other signs from 0x80 to 0x9f.
fn western(byte: u8) -> char {
    const SIGNS: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    let sign = byte
        .checked_sub(0x80)
        .and_then(|it| SIGNS.chars().nth(usize::from(it)));
    sign.unwrap_or(char::from(byte))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decoded(bytes: &[u8], cut: usize) -> Vec<u8> {
        let (one, two) = bytes.split_at(cut.min(bytes.len()));
        let mut decoder = Decoder::default();
        let mut text = decoder.decode(one).into_owned();
        text.extend_from_slice(&decoder.decode(two));
        text.extend(decoder.finish());
        text
    }

    fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    proptest! {
        #[test]
        fn utf_16_is_read_wherever_it_is_cut(text in "\\PC{0,20}", cut in 0_usize..50) {
            let marked = format!("\u{feff}{text}");
            prop_assert_eq!(&decoded(&utf16(&marked, u16::to_le_bytes), cut), text.as_bytes());
            prop_assert_eq!(&decoded(&utf16(&marked, u16::to_be_bytes), cut), text.as_bytes());
            prop_assert_eq!(&decoded(marked.as_bytes(), cut), text.as_bytes());
        }

        #[test]
        fn no_bytes_are_too_odd(bytes in proptest::collection::vec(any::<u8>(), 0..30), cut in 0_usize..30) {
            prop_assert!(decoded(&bytes, cut).len() <= bytes.len() * 2);
            prop_assert!(text(&bytes).chars().count() <= bytes.len());
        }
    }

    #[test]
    fn utf_16_is_known_without_a_mark_and_the_rest_passes() {
        assert_eq!(
            decoded(&utf16("id\tä", u16::to_le_bytes), 3),
            "id\tä".as_bytes()
        );
        assert_eq!(
            decoded(&utf16("id\tä", u16::to_be_bytes), 0),
            "id\tä".as_bytes()
        );
        assert_eq!(decoded(b"a;\xe4", 1), b"a;\xe4");
    }

    #[test]
    fn what_is_not_utf_8_is_windows_1252() {
        assert_eq!(text("Järvi".as_bytes()), "Järvi");
        assert_eq!(text(b"J\xe4rvi \x80 \x96 \x8a\x9e \xff"), "Järvi € – Šž ÿ");
    }
}
