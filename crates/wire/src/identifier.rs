//! Names of surveys, of responses, and of contents.

use core::fmt;
use core::str::FromStr;

/// A text is not written as its kind of identifier is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Malformed {
    /// What is expected, in English.
    pub expected: &'static str,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}", self.expected)
    }
}

impl core::error::Error for Malformed {}

/// Which survey: the stem of its file, 1 to 64 of `a-z`, `0-9`, `-` and `_`, first a letter or digit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SurveyId(String);

impl SurveyId {
    /// The identifier as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for SurveyId {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let allowed =
            |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-' || it == b'_';
        let starts = text
            .bytes()
            .next()
            .is_some_and(|it| it.is_ascii_alphanumeric());
        if starts && text.len() <= 64 && text.bytes().all(allowed) {
            Ok(Self(text.to_owned()))
        } else {
            Err(Malformed {
                expected: "a survey id of 1 to 64 letters a-z, digits, hyphens and underscores",
            })
        }
    }
}

impl fmt::Display for SurveyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Which response: 16 random bytes, written as 32 lower-case hexadecimal digits.
///
/// It is drawn anew for each response and says nothing about who answered or when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResponseId([u8; 16]);

impl ResponseId {
    /// An identifier from random bytes that the caller has drawn.
    pub const fn from_random(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl FromStr for ResponseId {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        from_hex(text).map(Self).ok_or(Malformed {
            expected: "a response id of 32 lower-case hexadecimal digits",
        })
    }
}

impl fmt::Display for ResponseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(&self.0, f)
    }
}

/// SHA-256 of a body, written as 64 lower-case hexadecimal digits.
///
/// Computing it is left to whoever has an implementation at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// From the 32 bytes of a computed SHA-256.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl FromStr for Digest {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        from_hex(text).map(Self).ok_or(Malformed {
            expected: "a digest of 64 lower-case hexadecimal digits",
        })
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(&self.0, f)
    }
}

fn write_hex(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
}

fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digit = |it: u8| match it {
        b'0'..=b'9' => Some(it - b'0'),
        b'a'..=b'f' => Some(it - b'a' + 10),
        _ => None,
    };
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if pairs.len() != N || !rest.is_empty() {
        return None;
    }
    let mut bytes = [0; N];
    for (slot, [high, low]) in bytes.iter_mut().zip(pairs) {
        *slot = digit(*high)? << 4 | digit(*low)?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::{Digest, ResponseId, SurveyId};

    #[test]
    fn a_response_id_has_one_written_form() {
        let text = "00ff10a0000000000000000000000001";
        let id: ResponseId = text.parse().expect("well-formed");
        assert_eq!(id.to_string(), text);
        assert!(
            "00FF10A0000000000000000000000001"
                .parse::<ResponseId>()
                .is_err()
        );
        assert!("00ff".parse::<ResponseId>().is_err());
        assert!(format!("{text}00").parse::<ResponseId>().is_err());
        assert!("".parse::<ResponseId>().is_err());
        assert!(
            "äff10a0000000000000000000000001"
                .parse::<ResponseId>()
                .is_err()
        );
    }

    #[test]
    fn a_digest_is_written_as_sixty_four_digits() {
        let digest = Digest::from_bytes([0xab; 32]);
        assert_eq!(digest.to_string(), "ab".repeat(32));
        assert_eq!(digest.to_string().parse(), Ok(digest));
    }

    #[test]
    fn a_survey_id_cannot_leave_its_folder() {
        for fine in ["asukas", "a-1_b", "2026"] {
            assert_eq!(fine.parse::<SurveyId>().expect("fine").as_str(), fine);
        }
        for bad in [
            "",
            "../etc",
            "a/b",
            "A",
            "-a",
            "_a",
            "a.json",
            "å",
            &"a".repeat(65),
        ] {
            assert!(bad.parse::<SurveyId>().is_err(), "{bad}");
        }
    }
}
