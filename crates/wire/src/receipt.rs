//! What the endpoint says when it has stored a response.

use json::{Node, Object, Problem, Problems, Severity, Value};

use crate::{Digest, ResponseId};

/// The format of a receipt.
pub const RECEIPT_FORMAT: &str = "kuuluu-receipt/1";

/// The endpoint's word that it holds exactly these bytes under this identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// Which response.
    pub id: ResponseId,
    /// SHA-256 of the bytes that were stored.
    pub digest: Digest,
}

impl Receipt {
    /// Reads a receipt.
    ///
    /// # Errors
    ///
    /// Everything that is not as it should be; anything but a complete receipt must not be taken
    /// for an acknowledgement.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        let value = Value::parse(text).unwrap_or_default();
        let problems = Problems::new();
        let node = Node::root(&value, &problems);
        node.only(Severity::Error, &["format", "id", "digest"]);
        let member = |name, expected| node.required(name, expected)?.text();
        if member("format", "\"kuuluu-receipt/1\"").is_some_and(|it| it != RECEIPT_FORMAT) {
            node.wrong("a receipt of the format \"kuuluu-receipt/1\"");
        }
        let id = member("id", "32 hexadecimal digits").and_then(|it| it.parse().ok());
        let digest = member("digest", "64 hexadecimal digits").and_then(|it| it.parse().ok());
        if id.is_none() || digest.is_none() {
            node.wrong("a receipt with id and digest");
        }
        match (id, digest, problems.into_vec()) {
            (Some(id), Some(digest), problems) if problems.is_empty() => Ok(Self { id, digest }),
            (_, _, problems) => Err(problems),
        }
    }

    /// Writes it as compact JSON.
    pub fn to_json(&self) -> String {
        let mut object = Object::new();
        object.insert("format", RECEIPT_FORMAT.into());
        object.insert("id", self.id.to_string().into());
        object.insert("digest", self.digest.to_string().into());
        Value::Object(object).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::Receipt;
    use crate::{Digest, ResponseId};

    const FROZEN: &str = concat!(
        r#"{"format":"kuuluu-receipt/1","id":"01010101010101010101010101010101","#,
        r#""digest":"0202020202020202020202020202020202020202020202020202020202020202"}"#
    );

    #[test]
    fn its_json_is_frozen() {
        let receipt = Receipt {
            id: ResponseId::from_random([1; 16]),
            digest: Digest::from_bytes([2; 32]),
        };
        assert_eq!(receipt.to_json(), FROZEN);
        assert_eq!(Receipt::parse(FROZEN), Ok(receipt));
    }

    #[test]
    fn anything_less_or_more_than_a_receipt_is_refused() {
        for bad in [
            "",
            "OK",
            "{}",
            "null",
            "<html>",
            &FROZEN.replace("receipt/1", "receipt/2"),
            &FROZEN.replace("0202", "02zz"),
            &FROZEN.replace(r#""id":"#, r#""ip":"#),
            &FROZEN.replace('}', r#","time":"2026-11-22T10:00:00Z"}"#),
        ] {
            assert!(!Receipt::parse(bad).expect_err(bad).is_empty(), "{bad}");
        }
    }
}
