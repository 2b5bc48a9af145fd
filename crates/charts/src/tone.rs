//! What a filled area stands for; the style sheet gives it a colour, [`crate::pattern`] a texture.

/// The role of a bar or a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// The only series.
    Main,
    /// The series it is compared with.
    Second,
    /// Outside the scale: "I can't say", no answer.
    Aside,
    /// The low end of a scale, strongest.
    Low3,
    /// The low side of a scale.
    Low2,
    /// The low side of a scale, next to the middle.
    Low1,
    /// The middle of a scale.
    Middle,
    /// The high side of a scale, next to the middle.
    High1,
    /// The high side of a scale.
    High2,
    /// The high end of a scale, strongest.
    High3,
    /// A step of an order that is neither good nor bad.
    Step {
        /// How light it is: 1 is the strongest, 11 the lightest.
        level: u8,
        /// Its place in the order, from zero; neighbours differ in texture by it.
        ix: u8,
    },
}

const STEPS: [&str; 11] = [
    "tone-step-1",
    "tone-step-2",
    "tone-step-3",
    "tone-step-4",
    "tone-step-5",
    "tone-step-6",
    "tone-step-7",
    "tone-step-8",
    "tone-step-9",
    "tone-step-10",
    "tone-step-11",
];

impl Tone {
    /// The tone of step `ix` (from zero) of a scale with `n` steps, low end first.
    pub fn of_scale(ix: usize, n: usize) -> Self {
        const LOW: [Tone; 3] = [Tone::Low1, Tone::Low2, Tone::Low3];
        const HIGH: [Tone; 3] = [Tone::High1, Tone::High2, Tone::High3];
        let half = n / 2;
        if n % 2 == 1 && ix == half {
            return Self::Middle;
        }
        let (side, from_middle) = if ix < half {
            (LOW, half - ix)
        } else {
            (HIGH, ix + 1 - (n - half))
        };
        let strongest = half.clamp(1, 3);
        let step = if half <= 3 {
            from_middle
        } else {
            (from_middle * strongest).div_ceil(half)
        };
        side.get(step.clamp(1, 3) - 1)
            .copied()
            .unwrap_or(Self::Middle)
    }

    /// The tone of step `ix` (from zero) of an order of `n` steps that does not say which end is
    /// the good one: one colour, from strong to light.
    pub fn of_order(ix: usize, n: usize) -> Self {
        let last = n.saturating_sub(1).max(1);
        let level = 1 + (ix.min(last) * 10 + last / 2) / last;
        Self::Step {
            level: u8::try_from(level).unwrap_or(11),
            ix: u8::try_from(ix).unwrap_or(u8::MAX),
        }
    }

    /// The class of an area of this tone.
    pub fn class(self) -> &'static str {
        match self {
            Self::Main => "tone-main",
            Self::Second => "tone-second",
            Self::Aside => "tone-aside",
            Self::Low3 => "tone-low-3",
            Self::Low2 => "tone-low-2",
            Self::Low1 => "tone-low-1",
            Self::Middle => "tone-middle",
            Self::High1 => "tone-high-1",
            Self::High2 => "tone-high-2",
            Self::High3 => "tone-high-3",
            Self::Step { level, .. } => STEPS
                .get(usize::from(level).saturating_sub(1))
                .copied()
                .unwrap_or("tone-step-11"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_runs_from_strong_to_light_and_never_repeats_a_level() {
        for n in 2..=11 {
            let classes: Vec<&str> = (0..n).map(|ix| Tone::of_order(ix, n).class()).collect();
            assert_eq!(classes.first(), Some(&"tone-step-1"));
            assert_eq!(classes.last(), Some(&"tone-step-11"));
            assert!(classes.windows(2).all(|it| it[0] != it[1]), "{classes:?}");
        }
    }

    #[test]
    fn a_scale_is_darkest_at_its_ends_and_has_a_middle_only_when_odd() {
        let classes = |n: usize| -> Vec<&str> {
            (0..n)
                .map(|ix| Tone::of_scale(ix, n).class().trim_start_matches("tone-"))
                .collect()
        };
        assert_eq!(classes(1), ["middle"]);
        assert_eq!(classes(2), ["low-1", "high-1"]);
        assert_eq!(classes(3), ["low-1", "middle", "high-1"]);
        assert_eq!(classes(4), ["low-2", "low-1", "high-1", "high-2"]);
        assert_eq!(classes(5), ["low-2", "low-1", "middle", "high-1", "high-2"]);
        assert_eq!(classes(7).first(), Some(&"low-3"));
        assert_eq!(classes(11).last(), Some(&"high-3"));
    }
}
