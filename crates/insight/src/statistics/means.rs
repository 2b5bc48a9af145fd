//! Whether the means of two groups differ.

use super::special::{student_limit, student_two_sided};

/// Mean, standard deviation (n − 1) and how many.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Sample {
    pub n: u32,
    pub mean: f64,
    pub deviation: f64,
}

/// What Welch's test says; first minus second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Compared {
    pub difference: f64,
    /// 95 % interval of the difference.
    pub interval: (f64, f64),
    pub t: f64,
    /// Degrees of freedom (Welch and Satterthwaite).
    pub degrees: f64,
    pub p: f64,
    /// Cohen's d with the pooled standard deviation.
    pub d: f64,
}

/// Welch's t test. `None` below two in a group or without any spread.
pub(crate) fn welch(one: Sample, other: Sample) -> Option<Compared> {
    if one.n < 2 || other.n < 2 {
        return None;
    }
    let (n_one, n_other) = (f64::from(one.n), f64::from(other.n));
    let variance = |it: Sample| it.deviation * it.deviation;
    let (a, b) = (variance(one) / n_one, variance(other) / n_other);
    let error = (a + b).sqrt();
    if error <= 0.0 {
        return None;
    }
    let degrees = (a + b) * (a + b) / (a * a / (n_one - 1.0) + b * b / (n_other - 1.0));
    let difference = one.mean - other.mean;
    let t = difference / error;
    let half = student_limit(0.05, degrees) * error;
    let pooled = ((n_one - 1.0) * variance(one) + (n_other - 1.0) * variance(other))
        / (n_one + n_other - 2.0);
    Some(Compared {
        difference,
        interval: (difference - half, difference + half),
        t,
        degrees,
        p: student_two_sided(t, degrees),
        d: difference / pooled.sqrt(),
    })
}
