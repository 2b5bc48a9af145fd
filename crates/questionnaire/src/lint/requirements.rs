//! What the parts of a condition ask of one answer, and whether it can be all of that.

use json::Value;

use super::comparisons::{Comparison, comparison, whole};
use super::domain::{Shape, number, same, shape, shown};
use super::verdict::Judge;
use crate::definition::Kind;
use crate::expression::syntax::{Node, Operator};

/// What is required of one variable.
#[derive(Default)]
pub(super) struct Requirements {
    equal: Vec<Value>,
    not_equal: Vec<Value>,
    least: Option<Bound>,
    greatest: Option<Bound>,
    empty: bool,
    filled: bool,
}

/// A number or day that an answer is to be above or below.
#[derive(Clone)]
struct Bound {
    at: f64,
    /// The bound itself is left out.
    open: bool,
    text: String,
}

/// Adds what a term asks to what is asked of its variable.
type Add = Box<dyn Fn(&mut Requirements)>;

impl Judge<'_, '_> {
    /// The variable a term is about, and what it asks of it.
    pub(super) fn requirement<'e>(&self, term: &'e Node) -> Option<(&'e str, Add)> {
        if let Node::Empty { of, expected } = term {
            let Node::Variable { name, .. } = &**of else {
                return None;
            };
            let expected = *expected;
            return Some((
                name,
                Box::new(move |all| {
                    all.empty |= expected;
                    all.filled |= !expected;
                }),
            ));
        }
        let Comparison {
            name,
            operator,
            value,
        } = comparison(self.map, self.known, self.site, term)?;
        let bound = |open| {
            let at = measure(&value).filter(|_| !matches!(value, Value::Bool(_)))?;
            let text = shown(&value);
            Some(Bound { at, open, text })
        };
        let add: Add = match operator {
            Operator::Equal if value.is_null() || value == Value::from("") => {
                Box::new(|all| all.empty = true)
            }
            Operator::Equal => Box::new(move |all| all.equal.push(value.clone())),
            Operator::NotEqual => Box::new(move |all| all.not_equal.push(value.clone())),
            Operator::Greater | Operator::GreaterOrEqual => {
                let bound = bound(operator == Operator::Greater)?;
                Box::new(move |all| {
                    all.filled = true;
                    if all.least.as_ref().is_none_or(|it| bound.at >= it.at) {
                        all.least = Some(bound.clone());
                    }
                })
            }
            Operator::Less | Operator::LessOrEqual => {
                let bound = bound(operator == Operator::Less)?;
                Box::new(move |all| {
                    all.filled = true;
                    if all.greatest.as_ref().is_none_or(|it| bound.at <= it.at) {
                        all.greatest = Some(bound.clone());
                    }
                })
            }
            _ => return None,
        };
        Some((name, add))
    }

    /// The least and greatest number a question takes.
    pub(super) fn allowed(&self, name: &str) -> (Option<f64>, Option<f64>) {
        let Some(question) = whole(self.map, self.site, name) else {
            return (None, None);
        };
        match &question.kind {
            Kind::Rating { items, .. } => {
                let points = || items.iter().filter_map(|it| number(&it.choice.value));
                let all = points().count() == items.len() && !items.is_empty();
                (
                    all.then(|| points().fold(f64::INFINITY, f64::min)),
                    all.then(|| points().fold(f64::NEG_INFINITY, f64::max)),
                )
            }
            Kind::Slider {
                min,
                max,
                range: false,
                ..
            } => (Some(*min), Some(*max)),
            Kind::Text { field } if matches!(shape(question), Shape::Number | Shape::Date) => (
                field
                    .min
                    .as_ref()
                    .and_then(measure)
                    .filter(|_| field.min_expression.is_none()),
                field
                    .max
                    .as_ref()
                    .and_then(measure)
                    .filter(|_| field.max_expression.is_none()),
            ),
            _ => (None, None),
        }
    }

    /// `x = 1 or x != 1`, `x empty or x notempty`.
    pub(super) fn covers_all(&self, terms: &[&Node]) -> bool {
        let all: Vec<(&str, Requirements)> = terms
            .iter()
            .filter_map(|term| {
                let (name, add) = self.requirement(term)?;
                let mut all = Requirements::default();
                add(&mut all);
                Some((name, all))
            })
            .collect();
        all.iter().enumerate().any(|(index, (name, a))| {
            all.iter().skip(index + 1).any(|(other, b)| {
                let opposite = |a: &Requirements, b: &Requirements| {
                    a.equal
                        .iter()
                        .any(|it| b.not_equal.iter().any(|other| same(it, other)))
                };
                name.eq_ignore_ascii_case(other)
                    && (opposite(a, b)
                        || opposite(b, a)
                        || a.empty && b.filled && b.least.is_none() && b.greatest.is_none()
                        || b.empty && a.filled && a.least.is_none() && a.greatest.is_none())
            })
        })
    }
}

/// A number, or a day as a number that grows with it.
fn measure(value: &Value) -> Option<f64> {
    number(value).or_else(|| {
        let mut parts = value.as_str()?.splitn(3, '-');
        let (year, month): (i32, u8) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let day: u8 = parts.next()?.parse().ok()?;
        crate::expression::is_day(year, month, day)
            .then(|| f64::from(year) * 10_000.0 + f64::from(month) * 100.0 + f64::from(day))
    })
}

/// Why an answer cannot be all of this; `least` and `greatest` are what its question takes.
pub(super) fn contradiction(
    all: &Requirements,
    least: Option<f64>,
    greatest: Option<f64>,
) -> Option<String> {
    if all.empty && (all.filled || !all.equal.is_empty()) {
        return Some("cannot be both empty and filled".to_owned());
    }
    let first = all.equal.first();
    if let Some(first) = first {
        if let Some(other) = all.equal.iter().find(|it| !same(first, it)) {
            return Some(format!(
                "cannot be both {} and {}",
                shown(first),
                shown(other)
            ));
        }
        if all.not_equal.iter().any(|it| same(first, it)) {
            return Some(format!("cannot be {} and not be it", shown(first)));
        }
    }
    let below = |value: f64, it: &Bound| value < it.at || it.open && value <= it.at;
    let above = |value: f64, it: &Bound| value > it.at || it.open && value >= it.at;
    if let (Some(low), Some(high)) = (&all.least, &all.greatest)
        && (low.at > high.at || (low.open || high.open) && low.at >= high.at)
    {
        return Some(format!(
            "cannot be above {} and below {}",
            low.text, high.text
        ));
    }
    if let Some((exact, text)) = first.and_then(|it| Some((measure(it)?, shown(it)))) {
        if all.least.as_ref().is_some_and(|it| below(exact, it))
            || all.greatest.as_ref().is_some_and(|it| above(exact, it))
        {
            return Some(format!("is asked to be {text} and out of its bounds"));
        }
        if least.is_some_and(|it| exact < it) || greatest.is_some_and(|it| exact > it) {
            return Some(format!("never is {text}"));
        }
    }
    if let (Some(bound), Some(most)) = (&all.least, greatest)
        && below(most, bound)
    {
        return Some(format!("never is above {}", bound.text));
    }
    if let (Some(bound), Some(fewest)) = (&all.greatest, least)
        && above(fewest, bound)
    {
        return Some(format!("never is below {}", bound.text));
    }
    None
}
