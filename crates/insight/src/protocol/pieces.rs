//! Long replies in pieces: reading all of one at once would hold the page up.

use json::Value;

use super::tree::Reader;
use super::{NotUnderstood, Reply, release};

impl Reply {
    /// As JSON texts, to be said one after the other: a release with many groups is several.
    pub fn into_texts(self) -> Vec<String> {
        let Self::Released { id, mut release } = self else {
            return vec![self.to_text()];
        };
        let pieces = release::take_pieces(&mut release);
        let whole = Self::Released { id, release }.to_text();
        let n = pieces.len();
        let first = format!("{{\"more\":{n},{}", whole.trim_start_matches('{'));
        core::iter::once(first).chain(pieces).collect()
    }
}

/// Puts replies together again.
#[derive(Debug, Default)]
pub struct Pieces {
    /// What has begun, and how many pieces it lacks.
    begun: Option<(Reply, u32)>,
}

impl Pieces {
    /// Takes the next text; gives a reply when it is whole.
    ///
    /// # Errors
    ///
    /// When the text is neither a reply nor a piece of the one that has begun.
    pub fn take(&mut self, text: &str) -> Result<Option<Reply>, NotUnderstood> {
        let value = Value::parse(text).map_err(|_| NotUnderstood)?;
        let it = Reader(&value);
        let (reply, left) = if it.str("say") == Some("more") {
            let (mut reply, left) = self.begun.take().ok_or(NotUnderstood)?;
            let Reply::Released { release, .. } = &mut reply else {
                return Err(NotUnderstood);
            };
            release::read_more(it, release).ok_or(NotUnderstood)?;
            (reply, left - 1)
        } else {
            let reply = super::reply::read(it).ok_or(NotUnderstood)?;
            (reply, it.count("more").unwrap_or(0))
        };
        if left == 0 {
            return Ok(Some(reply));
        }
        self.begun = Some((reply, left));
        Ok(None)
    }
}
