//! A scanner over one line of JSON that builds nothing: it says where things stand.

/// Deepest nesting that is followed.
const MAX_DEPTH: u32 = 64;

/// The line is not JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotJson;

/// A text as it stands between its quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Raw<'a> {
    /// The bytes between the quotes.
    pub bytes: &'a [u8],
    /// True if there is a backslash among them.
    pub escaped: bool,
}

/// A value that is not a container.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Scalar<'a> {
    /// A text.
    Text(Raw<'a>),
    /// `true`, `false` or a number, as written.
    Bare(&'a [u8]),
    /// `null`.
    Null,
}

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Next<'a> {
    /// A scalar, which has been read.
    Scalar(Scalar<'a>),
    /// An object, whose brace has been read.
    Object,
    /// An array, whose bracket has been read.
    Array,
}

/// Goes over the bytes of one line.
#[derive(Debug, Clone)]
pub(crate) struct Scanner<'a> {
    bytes: &'a [u8],
    ahead: &'a [u8],
    at: usize,
}

impl<'a> Scanner<'a> {
    /// `ahead` begins with the same bytes and may go on behind a control character: whoever
    /// compares whole words need not stop short of the line's end.
    pub(crate) fn new(bytes: &'a [u8], ahead: &'a [u8]) -> Self {
        let at = 0;
        Self { bytes, ahead, at }
    }

    #[inline]
    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    #[inline]
    fn space(&mut self) {
        while matches!(self.peek(), b' ' | b'\t' | b'\r' | b'\n') {
            self.at += 1;
        }
    }

    /// True, and past it, if `wanted` is next.
    #[inline]
    pub(crate) fn eat(&mut self, wanted: u8) -> bool {
        self.space();
        let found = self.peek() == wanted;
        self.at += usize::from(found);
        found
    }

    /// True if nothing but space is left.
    pub(crate) fn at_end(&mut self) -> bool {
        self.space();
        self.at >= self.bytes.len()
    }

    /// The next member's name with its colon read, `None` at the closing brace.
    /// `first` is true right after the opening brace.
    #[inline]
    pub(crate) fn member(&mut self, first: bool) -> Result<Option<Raw<'a>>, NotJson> {
        if self.eat(b'}') {
            return Ok(None);
        }
        if !first && !self.eat(b',') {
            return Err(NotJson);
        }
        self.space();
        let name = self.text()?;
        if self.eat(b':') {
            Ok(Some(name))
        } else {
            Err(NotJson)
        }
    }

    /// What comes next and all that is ahead, from `behind` bytes back.
    #[inline]
    pub(crate) fn ahead(&self, behind: usize) -> &'a [u8] {
        let from = self.at.saturating_sub(behind);
        self.ahead.get(from..).unwrap_or_default()
    }

    /// Goes past bytes that were read without this scanner.
    #[inline]
    pub(crate) fn pass(&mut self, len: usize) {
        self.at += len;
    }

    /// True if another item follows, false at the closing bracket.
    #[inline]
    pub(crate) fn item(&mut self, first: bool) -> Result<bool, NotJson> {
        if self.eat(b']') {
            return Ok(false);
        }
        if first || self.eat(b',') {
            Ok(true)
        } else {
            Err(NotJson)
        }
    }

    /// Reads a scalar, or the opening of a container.
    #[inline]
    pub(crate) fn value(&mut self) -> Result<Next<'a>, NotJson> {
        self.space();
        match self.peek() {
            b'"' => Ok(Next::Scalar(Scalar::Text(self.text()?))),
            b'{' => {
                self.at += 1;
                Ok(Next::Object)
            }
            b'[' => {
                self.at += 1;
                Ok(Next::Array)
            }
            _ => {
                let word = self.bare();
                match word {
                    b"null" => Ok(Next::Scalar(Scalar::Null)),
                    b"true" | b"false" => Ok(Next::Scalar(Scalar::Bare(word))),
                    _ if is_number(word) => Ok(Next::Scalar(Scalar::Bare(word))),
                    _ => Err(NotJson),
                }
            }
        }
    }

    /// Goes past a value whose opening has been read.
    pub(crate) fn skip(&mut self, next: Next<'_>) -> Result<(), NotJson> {
        self.skip_within(next, MAX_DEPTH)
    }

    fn skip_within(&mut self, next: Next<'_>, depth: u32) -> Result<(), NotJson> {
        let deeper = depth.checked_sub(1).ok_or(NotJson)?;
        match next {
            Next::Scalar(_) => Ok(()),
            Next::Object => {
                let mut first = true;
                while self.member(first)?.is_some() {
                    first = false;
                    let next = self.value()?;
                    self.skip_within(next, deeper)?;
                }
                Ok(())
            }
            Next::Array => {
                let mut first = true;
                while self.item(first)? {
                    first = false;
                    let next = self.value()?;
                    self.skip_within(next, deeper)?;
                }
                Ok(())
            }
        }
    }

    #[inline]
    fn text(&mut self) -> Result<Raw<'a>, NotJson> {
        if self.peek() != b'"' {
            return Err(NotJson);
        }
        self.at += 1;
        let start = self.at;
        let mut escaped = false;
        let rest = self.bytes.get(start..).unwrap_or_default();
        let mut at = 0;
        loop {
            at += plain_run(rest.get(at..).unwrap_or_default());
            match rest.get(at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    at += 1 + check_escape(rest.get(at + 1..).unwrap_or_default())?;
                }
                _ => return Err(NotJson),
            }
        }
        self.at = start + at + 1;
        Ok(Raw {
            bytes: rest.get(..at).unwrap_or_default(),
            escaped,
        })
    }

    #[inline]
    fn bare(&mut self) -> &'a [u8] {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let len = rest
            .iter()
            .position(|it| !(it.is_ascii_alphanumeric() || matches!(it, b'+' | b'-' | b'.')))
            .unwrap_or(rest.len());
        self.at += len;
        rest.get(..len).unwrap_or_default()
    }
}

/// How many bytes come before the first quote, backslash or control character.
#[inline]
fn plain_run(bytes: &[u8]) -> usize {
    const LOW: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let (words, rest) = bytes.as_chunks::<8>();
    for (word_ix, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let quote = word ^ (LOW * 0x22);
        let slash = word ^ (LOW * 0x5c);
        let zero = |it: u64| it.wrapping_sub(LOW) & !it & HIGH;
        let control = word.wrapping_sub(LOW * 0x20) & !word & HIGH;
        let hit = zero(quote) | zero(slash) | control;
        if hit != 0 {
            return word_ix * 8 + (hit.trailing_zeros() / 8) as usize;
        }
    }
    let ends = |it: &u8| *it == b'"' || *it == b'\\' || *it < 0x20;
    words.len() * 8 + rest.iter().position(ends).unwrap_or(rest.len())
}

/// The length of an escape after its backslash.
fn check_escape(bytes: &[u8]) -> Result<usize, NotJson> {
    match bytes.first() {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(1),
        Some(b'u') => match bytes.get(1..5) {
            Some(digits) if digits.iter().all(u8::is_ascii_hexdigit) => Ok(5),
            _ => Err(NotJson),
        },
        _ => Err(NotJson),
    }
}

/// JSON's grammar of numbers: no leading zero, no bare point, no plus.
pub(crate) fn is_number(word: &[u8]) -> bool {
    let digits = |from: &[u8]| from.iter().take_while(|it| it.is_ascii_digit()).count();
    let mut rest = word.strip_prefix(b"-").unwrap_or(word);
    let whole = digits(rest);
    if whole == 0 || (whole > 1 && rest.first() == Some(&b'0')) {
        return false;
    }
    rest = rest.get(whole..).unwrap_or_default();
    if let Some(fraction) = rest.strip_prefix(b".") {
        let n = digits(fraction);
        if n == 0 {
            return false;
        }
        rest = fraction.get(n..).unwrap_or_default();
    }
    if let [b'e' | b'E', exponent @ ..] = rest {
        let exponent = match exponent {
            [b'+' | b'-', digits @ ..] => digits,
            other => other,
        };
        let n = digits(exponent);
        return n > 0 && n == exponent.len();
    }
    rest.is_empty()
}

impl Raw<'_> {
    /// The text itself; `None` if it is not UTF-8.
    pub(crate) fn decode(&self) -> Option<String> {
        let text = core::str::from_utf8(self.bytes).ok()?;
        if !self.escaped {
            return Some(text.to_owned());
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find('\\') {
            out.push_str(rest.get(..at)?);
            let escape = rest.get(at + 1..)?;
            let (decoded, len) = decode_escape(escape)?;
            out.push(decoded);
            rest = escape.get(len..)?;
        }
        out.push_str(rest);
        Some(out)
    }
}

fn decode_escape(escape: &str) -> Option<(char, usize)> {
    let plain = match escape.as_bytes().first()? {
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return decode_unicode(escape),
        other => char::from(*other),
    };
    Some((plain, 1))
}

fn decode_unicode(escape: &str) -> Option<(char, usize)> {
    let unit = |at: usize| u32::from_str_radix(escape.get(at..at + 4)?, 16).ok();
    let first = unit(1)?;
    if (0xd800..0xdc00).contains(&first)
        && escape.get(5..7) == Some("\\u")
        && let Some(second) = unit(7).filter(|it| (0xdc00..0xe000).contains(it))
    {
        let joined = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
        return Some((char::from_u32(joined)?, 11));
    }
    Some((
        char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER),
        5,
    ))
}

#[cfg(test)]
mod tests {
    use json::Value;
    use proptest::prelude::*;

    use super::*;

    fn accepts(text: &[u8]) -> bool {
        let mut scanner = Scanner::new(text, text);
        let read = scanner.value().and_then(|next| scanner.skip(next));
        read.is_ok() && scanner.at_end()
    }

    proptest! {
        #[test]
        fn accepts_exactly_what_the_full_reader_accepts(
            text in r#"[\[\]{}",:0-9eE.+\-ntrufalse\\ ]{0,16}"#,
        ) {
            // An overflowing exponent is a number by the grammar; only the full reader minds.
            prop_assume!(!text.to_ascii_lowercase().contains('e') || Value::parse(&text).is_ok());
            prop_assert_eq!(accepts(text.as_bytes()), Value::parse(&text).is_ok());
        }

        #[test]
        fn never_panics_on_any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            let _ = accepts(&bytes);
        }

        #[test]
        fn decodes_texts_as_the_full_reader_does(text in "\\PC{0,20}|[\\\\\"\n\t𝄞ä]{0,9}") {
            let written = Value::Text(text.clone()).to_string();
            let Ok(Next::Scalar(Scalar::Text(raw))) = Scanner::new(written.as_bytes(), &[]).value() else {
                return Err(TestCaseError::fail("not a text"));
            };
            prop_assert_eq!(raw.decode(), Some(text));
        }
    }

    #[test]
    fn a_surrogate_pair_is_one_character_and_a_lone_half_is_replaced() {
        let raw = |bytes| Raw {
            bytes,
            escaped: true,
        };
        assert_eq!(raw(br"\ud834\udd1e!").decode().as_deref(), Some("𝄞!"));
        assert_eq!(raw(br"\ud834!").decode().as_deref(), Some("\u{fffd}!"));
    }

    #[test]
    fn deep_nesting_is_refused() {
        assert!(!accepts(
            format!("{}{}", "[".repeat(100), "]".repeat(100)).as_bytes()
        ));
        assert!(accepts(
            format!("{}{}", "[".repeat(60), "]".repeat(60)).as_bytes()
        ));
    }
}
