//! How a difference was tested, and what may be said of it.

/// A test of one question or row.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Test {
    /// Which one.
    pub method: Method,
    /// Chi-square, U of the first side, or t; `None` for Fisher's.
    pub statistic: Option<f64>,
    /// Degrees of freedom of chi-square and t.
    pub degrees: Option<f64>,
    /// How likely a difference at least as large would be if there were none behind it; of this
    /// test alone.
    pub p: f64,
    /// The same corrected for all tests of the comparison (Holm). This one decides.
    pub corrected: f64,
    /// How large the difference is.
    pub effect: Effect,
    /// How many rows were tested together with others, because few chose them or because a side
    /// hides them; 0 if none.
    pub pooled: u32,
}

/// Which test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Method {
    /// Pearson's chi-square.
    ChiSquare,
    /// Fisher's exact test of two by two.
    Fisher,
    /// Mann and Whitney's, normal approximation corrected for ties.
    MannWhitney,
    /// Mann and Whitney's by counting all ways.
    MannWhitneyExact,
    /// Welch's t.
    Welch,
}

/// How large a difference is, apart from how many answered.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Effect {
    /// What the value is.
    pub measure: Measure,
    /// Its value; the sign, where there is one, is that of the first side minus the other.
    pub value: f64,
    /// In four steps by Cohen's conventions.
    pub size: Size,
}

/// A measure of effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Measure {
    /// Cramér's V, 0 to 1; of two by two the absolute phi.
    CramersV,
    /// Rank-biserial correlation, −1 to 1.
    RankBiserial,
    /// Cohen's h of two shares.
    CohensH,
    /// Cohen's d of two means.
    CohensD,
}

/// Cohen's steps: 0.1, 0.3, 0.5 for V and the rank-biserial; 0.2, 0.5, 0.8 for h and d.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Size {
    /// Below the first step: it hardly matters, whatever the test says.
    Negligible,
    /// From the first.
    Small,
    /// From the second.
    Medium,
    /// From the third.
    Large,
}

/// What may be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// The answers show a difference, and it is not negligible.
    Shown,
    /// The answers show a difference, but so small a one that it hardly matters.
    Slight,
    /// The answers do not show a difference; that is not to say that there is none.
    NotShown,
    /// Too few answered on a side to say anything.
    TooFew,
    /// Something that the test would need is hidden.
    Hidden,
    /// Wording, choices or scale changed: not compared.
    Changed,
    /// There is nothing to test: everybody answered alike, or no test suits it.
    NotTested,
}

impl Effect {
    pub(super) fn new(measure: Measure, value: f64) -> Self {
        let steps = match measure {
            Measure::CramersV | Measure::RankBiserial => [0.1, 0.3, 0.5],
            Measure::CohensH | Measure::CohensD => [0.2, 0.5, 0.8],
        };
        let reached = steps.iter().filter(|it| value.abs() >= **it).count();
        let size = match reached {
            0 => Size::Negligible,
            1 => Size::Small,
            2 => Size::Medium,
            _ => Size::Large,
        };
        Self {
            measure,
            value,
            size,
        }
    }
}

impl Verdict {
    /// By the corrected probability and the size.
    pub(super) fn of(test: &Test) -> Self {
        if test.corrected >= 0.05 {
            Self::NotShown
        } else if test.effect.size == Size::Negligible {
            Self::Slight
        } else {
            Self::Shown
        }
    }
}

macro_rules! codes {
    ($type:ident: $($variant:ident = $code:literal),*) => {
        impl $type {
            const ALL: &[Self] = &[$(Self::$variant),*];

            /// A stable code: the variant's name in small letters with hyphens.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// The one of this code.
            pub(crate) fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|it| it.name() == name)
            }
        }
    };
}

codes!(Method: ChiSquare = "chi-square", Fisher = "fisher", MannWhitney = "mann-whitney",
    MannWhitneyExact = "mann-whitney-exact", Welch = "welch");
codes!(Measure: CramersV = "cramers-v", RankBiserial = "rank-biserial", CohensH = "cohens-h",
    CohensD = "cohens-d");
codes!(Size: Negligible = "negligible", Small = "small", Medium = "medium", Large = "large");
codes!(Verdict: Shown = "shown", Slight = "slight", NotShown = "not-shown", TooFew = "too-few",
    Hidden = "hidden", Changed = "changed", NotTested = "not-tested");
