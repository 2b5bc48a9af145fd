//! Values of an indicator against its target.

use core::fmt;

/// What a value should come to, for example `<24`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Target {
    side: Side,
    limit: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Under,
    AtMost,
    AtLeast,
    Over,
}

/// A text that is no target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoTarget;

impl fmt::Display for NoTarget {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("expected <, <=, > or >= and a number")
    }
}

impl Target {
    /// Reads `<24`, `≤ 24,5`, `>= 3`, with a decimal point or comma.
    ///
    /// # Errors
    ///
    /// When the text is not a side and a number.
    pub fn parse(text: &str) -> Result<Self, NoTarget> {
        let text = text.trim();
        let sides = [
            ("<=", Side::AtMost),
            ("≤", Side::AtMost),
            (">=", Side::AtLeast),
            ("≥", Side::AtLeast),
            ("<", Side::Under),
            (">", Side::Over),
        ];
        let mut read = sides
            .into_iter()
            .filter_map(|(sign, side)| Some((text.strip_prefix(sign)?, side)));
        let (number, side) = read.next().ok_or(NoTarget)?;
        let limit: f64 = number
            .trim()
            .replace(',', ".")
            .parse()
            .map_err(|_| NoTarget)?;
        if limit.is_finite() {
            Ok(Self { side, limit })
        } else {
            Err(NoTarget)
        }
    }

    /// True if the value is where it should be: `24` does not meet `<24`.
    pub fn is_met(self, value: f64) -> bool {
        match self.side {
            Side::Under => value < self.limit,
            Side::AtMost => value <= self.limit,
            Side::AtLeast => value >= self.limit,
            Side::Over => value > self.limit,
        }
    }

    /// How far the value is from the limit on the wrong side; zero or less on the right one.
    pub fn gap(self, value: f64) -> f64 {
        if self.is_lower_better() {
            value - self.limit
        } else {
            self.limit - value
        }
    }

    /// True if a lower value is the better one.
    pub fn is_lower_better(self) -> bool {
        matches!(self.side, Side::Under | Side::AtMost)
    }

    /// True if the value went the wrong way from `before` to `now`.
    pub fn is_worse(self, before: f64, now: f64) -> bool {
        self.gap(now) > self.gap(before)
    }
}
