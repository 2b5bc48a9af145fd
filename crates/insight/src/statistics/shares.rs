//! Intervals of shares and of their differences.

use super::special::Z_95;

/// Wilson's 95 % interval of `count` among `n`, as shares from 0 to 1; `None` among nobody.
///
/// With a known `frame` (how many there are in all) the interval narrows: `n` then counts as
/// `n (frame − 1) / (frame − n)`, which is the finite-population correction of the variance. Who
/// asked everybody knows the share.
pub(crate) fn wilson(count: u32, n: u32, frame: Option<u32>) -> Option<(f64, f64)> {
    if n == 0 || count > n {
        return None;
    }
    let share = f64::from(count) / f64::from(n);
    match frame {
        Some(frame) if frame <= n => Some((share, share)),
        Some(frame) => {
            let (n, frame) = (f64::from(n), f64::from(frame));
            Some(wilson_of_share(share, n * (frame - 1.0) / (frame - n)))
        }
        None => Some(wilson_of_share(share, f64::from(n))),
    }
}

/// The same of a share among `n` that need not be whole (an effective number).
pub(crate) fn wilson_of_share(share: f64, n: f64) -> (f64, f64) {
    let z2 = Z_95 * Z_95;
    let middle = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let spread = share * (1.0 - share) / n + z2 / (4.0 * n * n);
    let half = Z_95 / (1.0 + z2 / n) * spread.max(0.0).sqrt();
    // A share of nothing or of all is inside its interval, whatever the last digit does.
    let low = (middle - half).clamp(0.0, share);
    let high = (middle + half).clamp(share, 1.0);
    (low, high)
}

/// The difference of two shares, first minus second, with Newcombe's 95 % interval (1998, method
/// 10), made of the two Wilson intervals.
pub(crate) fn difference(
    (one, (one_low, one_high)): (f64, (f64, f64)),
    (other, (other_low, other_high)): (f64, (f64, f64)),
) -> (f64, (f64, f64)) {
    let difference = one - other;
    let down = libm::hypot(one - one_low, other_high - other);
    let up = libm::hypot(one_high - one, other - other_low);
    (difference, (difference - down, difference + up))
}

/// Cohen's h: how far two shares are apart on the arcsine scale; first minus second.
pub(crate) fn cohens_h(one: f64, other: f64) -> f64 {
    let angle = |share: f64| 2.0 * libm::asin(share.clamp(0.0, 1.0).sqrt());
    angle(one) - angle(other)
}
