//! The organiser's key, of which the collector knows only the hash.

use sha2::{Digest as _, Sha256};

/// SHA-256 of an organiser's key.
#[derive(Clone, Copy)]
pub struct KeyHash([u8; 32]);

impl KeyHash {
    /// The hash of a key; the key has at least 128 random bits, so that no salt is needed.
    pub fn of(key: &str) -> Self {
        Self(Sha256::digest(key.as_bytes()).into())
    }

    /// Whether `key` is the one. Takes equally long for every wrong key.
    pub(crate) fn fits(&self, key: &str) -> bool {
        let other = Self::of(key);
        let difference = self
            .0
            .iter()
            .zip(other.0)
            .fold(0, |sum, (mine, theirs)| sum | (mine ^ theirs));
        core::hint::black_box(difference) == 0
    }
}

#[cfg(test)]
mod tests {
    use super::KeyHash;

    #[test]
    fn only_the_same_key_fits() {
        let hash = KeyHash::of("0123456789abcdef");
        assert!(hash.fits("0123456789abcdef"));
        assert!(!hash.fits("0123456789abcdee"));
        assert!(!hash.fits(""));
    }
}
