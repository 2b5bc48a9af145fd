//! How long to wait before trying again.

/// The first pause, at its longest.
const FIRST_PAUSE_MS: u64 = 2_000;

/// No pause is longer, unless the endpoint asks for it.
pub const LONGEST_PAUSE_MS: u64 = 5 * 60 * 1_000;

/// The pause after the `attempt`th attempt (counted from one): doubling from two seconds to five
/// minutes, of which the half is fixed and the half chosen by `jitter` (0 to 1), so that many
/// devices do not come back at the same moment.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "between zero and five minutes"
)]
pub fn pause_ms(attempt: u32, jitter: f64) -> u64 {
    let doublings = attempt.saturating_sub(1).min(16);
    let longest = (FIRST_PAUSE_MS << doublings).min(LONGEST_PAUSE_MS);
    let jitter = if jitter.is_finite() {
        jitter.clamp(0.0, 1.0)
    } else {
        0.5
    };
    let half = longest / 2;
    half + (half as f64 * jitter) as u64
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_PAUSE_MS, pause_ms};

    #[test]
    fn pauses_double_up_to_five_minutes() {
        let longest: Vec<u64> = (1..=10).map(|attempt| pause_ms(attempt, 1.0)).collect();
        assert_eq!(
            longest,
            [
                2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 256_000, 300_000, 300_000
            ]
        );
        assert_eq!(pause_ms(u32::MAX, 1.0), LONGEST_PAUSE_MS);
    }

    #[test]
    fn jitter_takes_off_up_to_one_half() {
        assert_eq!(pause_ms(3, 0.0), 4_000);
        assert_eq!(pause_ms(3, 0.5), 6_000);
        assert_eq!(pause_ms(3, f64::NAN), 6_000);
        assert_eq!(pause_ms(3, -7.0), 4_000);
        assert_eq!(pause_ms(3, 7.0), 8_000);
    }
}
