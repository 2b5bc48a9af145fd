//! The browser's cryptographic source.

use super::window;

/// Sixteen random bytes; `None` if the browser has no source of them.
pub fn sixteen_bytes() -> Option<[u8; 16]> {
    let mut bytes = [0; 16];
    window()
        .crypto()
        .ok()?
        .get_random_values_with_u8_array(&mut bytes)
        .ok()?;
    Some(bytes)
}

/// A number from 0 to 1.
pub fn fraction() -> f64 {
    let byte = sixteen_bytes().and_then(|bytes| bytes.first().copied());
    f64::from(byte.unwrap_or(128)) / 255.0
}

/// A seed for shuffled orders.
pub fn seed() -> u64 {
    sixteen_bytes().map_or(0, |bytes| {
        bytes
            .iter()
            .take(8)
            .fold(0, |seed, byte| seed << 8 | u64::from(*byte))
    })
}
