//! How codes become a score, and where a score is cut.

use super::Item;
use super::person::{Person, Sex};

/// How the codes of an instrument become one number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Rule {
    /// The sum of the codes, times a factor.
    Sum {
        /// For example 4 for WHO-5.
        factor: f64,
    },
    /// The sum; 0 if the first item is 0, whatever the others are, else all are needed.
    SumUnlessFirstIsNone,
    /// The mean of the answered codes.
    Mean,
    /// The mean of the answered codes, each on a range from 0 to 100 and in one direction.
    MeanPercent,
    /// The sum of the codes, turned into a metric value by a table that begins at the least sum.
    Table(&'static [f64]),
    /// One if any code is at least this.
    AnyAtLeast(f64),
    /// Minutes of moderate activity plus twice the vigorous ones (items 1 and 2), where one of the
    /// two may be missing.
    ActivityMinutes,
    /// Weight (item 2, kg) by the square of height (item 1, cm), to one decimal; not for people
    /// under 18.
    BodyMass,
}

/// The number a rule gives, and the sum behind it if a table was used.
pub(super) struct Result {
    pub(super) value: f64,
    pub(super) raw: Option<f64>,
}

impl Rule {
    pub(super) fn apply(
        self,
        items: &[Item],
        codes: &[Option<f64>],
        person: Person,
    ) -> Option<Result> {
        let directed = || {
            items
                .iter()
                .zip(codes)
                .filter_map(|(item, code)| Some(item.directed((*code)?)))
        };
        let sum = || directed().sum::<f64>();
        let plain = |value: f64| Some(Result { value, raw: None });
        match self {
            Self::Sum { factor } => plain(sum() * factor),
            Self::SumUnlessFirstIsNone => match codes {
                [Some(0.0), ..] => plain(0.0),
                codes if codes.iter().all(Option::is_some) => plain(sum()),
                _ => None,
            },
            Self::Mean => plain(mean(directed())?),
            Self::MeanPercent => {
                // Whole numbers as long as possible, so that a score on a cut is on it: 100 times
                // the mean of the shares 0.8, 0.6, 0.2 and the like is not.
                let range = items.first().map_or(0.0, Item::range);
                let steps = items.iter().zip(codes).filter_map(|(item, code)| {
                    Some((item.directed((*code)?) - item.lowest) * (range / item.range()))
                });
                plain(percent(steps, range)?)
            }
            Self::Table(values) => {
                let raw = sum();
                let least: f64 = items.iter().map(|item| item.lowest).sum();
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "codes are in range and whole"
                )]
                let value = values.get((raw - least) as usize)?;
                Some(Result {
                    value: *value,
                    raw: Some(raw),
                })
            }
            Self::AnyAtLeast(limit) => {
                plain(f64::from(u8::from(directed().any(|code| code >= limit))))
            }
            Self::ActivityMinutes => match codes {
                [None, None, ..] => None,
                [moderate, vigorous, ..] => {
                    plain(moderate.unwrap_or(0.0) + 2.0 * vigorous.unwrap_or(0.0))
                }
                _ => None,
            },
            Self::BodyMass => match codes {
                [Some(height), Some(weight)] if person.age.is_none_or(|age| age >= 18.0) => {
                    plain((weight * 100_000.0 / (height * height)).round() / 10.0)
                }
                _ => None,
            },
        }
    }
}

fn percent(steps: impl Iterator<Item = f64>, range: f64) -> Option<f64> {
    let (sum, count) = total(steps);
    (count > 0.0).then(|| sum * 100.0 / (count * range))
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = total(values);
    (count > 0.0).then(|| sum / count)
}

fn total(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0))
}

/// A limit that divides scores.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cut {
    /// A code for the class on the cut's side, for example `low`.
    pub flag: &'static str,
    /// Which side of which limit.
    pub bound: Bound,
    /// Whom the limit is for.
    pub who: Who,
    /// Items that must reach a code too, for these people, if the score does.
    pub also: &'static [(&'static str, f64, Who)],
}

/// A side of a limit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bound {
    /// This or more.
    AtLeast(f64),
    /// More than this.
    Over(f64),
    /// This or less.
    AtMost(f64),
    /// Less than this.
    Under(f64),
    /// From the first to the second, both included.
    Between(f64, f64),
}

/// Whom a limit is for; ages in years, both ends included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Who {
    /// Everybody.
    All,
    /// One sex, in a range of ages.
    SexAndAge(Sex, f64, f64),
    /// From an age on.
    From(f64),
}

impl Who {
    /// Whether a person is meant; `None` if that cannot be said.
    fn includes(self, person: Person) -> Option<bool> {
        match self {
            Self::All => Some(true),
            Self::From(least) => Some(person.age? >= least),
            Self::SexAndAge(sex, least, most) => {
                let age = person.age?;
                if age < least || age > most {
                    return Some(false);
                }
                Some(person.sex? == sex)
            }
        }
    }
}

impl Bound {
    fn holds(self, value: f64) -> bool {
        match self {
            Self::AtLeast(limit) => value >= limit,
            Self::Over(limit) => value > limit,
            Self::AtMost(limit) => value <= limit,
            Self::Under(limit) => value < limit,
            Self::Between(least, most) => value >= least && value <= most,
        }
    }
}

impl Cut {
    /// Whether the cut holds; `None` if it is not for this person, or an item it needs is missing.
    pub(super) fn holds(
        &self,
        value: f64,
        items: &[Item],
        codes: &[Option<f64>],
        person: Person,
    ) -> Option<bool> {
        if self.who.includes(person) != Some(true) {
            return None;
        }
        let mut holds = self.bound.holds(value);
        for (id, least, who) in self.also {
            if who.includes(person) == Some(true) {
                let at = items.iter().position(|item| item.id == *id)?;
                let code = codes.get(at).copied().flatten()?;
                holds &= code >= *least;
            }
        }
        Some(holds)
    }
}
