//! Distribution functions. They use `libm` only, so that host and browser give the same numbers.

/// 97.5 % of a normal distribution lies below this many standard deviations.
pub(crate) const Z_95: f64 = 1.959_963_984_540_054;

/// More steps than any argument in use here needs.
const STEPS: u32 = 10_000;
const TINY: f64 = 1e-300;

/// How likely a normal deviate is at least this far from zero, on either side.
pub(crate) fn normal_two_sided(z: f64) -> f64 {
    libm::erfc(z.abs() / core::f64::consts::SQRT_2)
}

/// How likely a chi-square variable with `degrees` of freedom is at least `statistic`.
pub(crate) fn chi_square_above(statistic: f64, degrees: u32) -> f64 {
    gamma_above(f64::from(degrees) / 2.0, statistic / 2.0)
}

/// How likely a Student variable with `degrees` of freedom is at least this far from zero, on
/// either side.
pub(crate) fn student_two_sided(t: f64, degrees: f64) -> f64 {
    beta_below(degrees / 2.0, 0.5, degrees / (degrees + t * t))
}

/// What a Student variable exceeds, on either side, with the probability `p`.
pub(crate) fn student_limit(p: f64, degrees: f64) -> f64 {
    let mut high = 2.0;
    while student_two_sided(high, degrees) > p && high < 1e12 {
        high *= 2.0;
    }
    let mut low = 0.0;
    for _ in 0..200 {
        let middle = low + (high - low) / 2.0;
        if student_two_sided(middle, degrees) > p {
            low = middle;
        } else {
            high = middle;
        }
    }
    low + (high - low) / 2.0
}

/// The natural logarithm of `n` over `k`.
pub(crate) fn ln_choose(n: u32, k: u32) -> f64 {
    let ln_factorial = |it: u32| libm::lgamma(f64::from(it) + 1.0);
    ln_factorial(n) - ln_factorial(k) - ln_factorial(n.saturating_sub(k))
}

/// The regularised upper incomplete gamma function: a series below, Lentz's continued fraction
/// above the middle.
fn gamma_above(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 1.0;
    }
    let front = libm::exp(a * libm::log(x) - x - libm::lgamma(a));
    if x < a + 1.0 {
        let (mut sum, mut term, mut at) = (1.0 / a, 1.0 / a, a);
        for _ in 0..STEPS {
            at += 1.0;
            term *= x / at;
            sum += term;
            if term < sum * f64::EPSILON {
                break;
            }
        }
        return (1.0 - sum * front).clamp(0.0, 1.0);
    }
    let mut b = x + 1.0 - a;
    let mut fraction = Lentz::new(b);
    for step in 1..STEPS {
        let step = f64::from(step);
        b += 2.0;
        if fraction.step(step * (a - step), b) {
            break;
        }
    }
    (front / fraction.value).clamp(0.0, 1.0)
}

/// The regularised lower incomplete beta function, by Lentz's continued fraction.
fn beta_below(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return x.clamp(0.0, 1.0);
    }
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - beta_below(b, a, 1.0 - x);
    }
    let ln_front = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b)
        + a * libm::log(x)
        + b * libm::log1p(-x);
    let mut fraction = Lentz::new(1.0);
    for step in 0..STEPS {
        let m = f64::from(step / 2);
        let numerator = match step {
            0 => -(a + b) * x / (a + 1.0),
            _ if step % 2 == 1 => {
                let m = m + 1.0;
                m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m))
            }
            _ => -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0)),
        };
        if fraction.step(numerator, 1.0) {
            break;
        }
    }
    (libm::exp(ln_front) / (a * fraction.value)).clamp(0.0, 1.0)
}

/// A continued fraction `b0 + a1 / (b1 + a2 / (b2 + …))`, made longer until it stands still.
struct Lentz {
    value: f64,
    above: f64,
    below: f64,
}

impl Lentz {
    fn new(first: f64) -> Self {
        let value = if first == 0.0 { TINY } else { first };
        Self {
            value,
            above: value,
            below: 0.0,
        }
    }

    /// True if the value did not change any more.
    fn step(&mut self, a: f64, b: f64) -> bool {
        let off_zero = |it: f64| if it.abs() < TINY { TINY } else { it };
        self.below = 1.0 / off_zero(b + a * self.below);
        self.above = off_zero(b + a / self.above);
        let change = self.above * self.below;
        self.value *= change;
        (change - 1.0).abs() < 1e-15
    }
}
