//! Middle and spread as datasets.

use json::{Object, Value};

use super::super::edition::Edition;
use super::{Dataset, by, dimension, label_of, written};
use crate::protocol::object;
use crate::release::{Figures, Group};

/// Middle and spread, and the words for them.
const MIDDLES: [(&str, &str); 5] = [
    ("lower-quartile", "lower"),
    ("median", "median"),
    ("upper-quartile", "upper"),
    ("mean", "mean"),
    ("deviation", "deviation"),
];

/// Middle and spread of a variable that has them.
pub(super) fn middles(
    edition: &Edition<'_>,
    whole: &Figures,
    parts: &[(Option<&Group>, &Figures)],
) -> Option<Value> {
    whole.summary.as_ref()?;
    let (question, item) = edition.codebook.item(&whole.name)?;
    let (first, _) = parts.first()?;
    let mut dimensions = by(edition, *first)?;
    // Codes that are no numbers have no mean.
    let n_told = if item.is_numeric() { MIDDLES.len() } else { 3 };
    let told = MIDDLES.into_iter().take(n_told);
    let codes: Vec<_> = told
        .map(|(code, word)| (code.to_owned(), edition.say(word)))
        .collect();
    let label = edition.say("middle");
    dimensions.push(("middle".to_owned(), dimension(&label, &codes), codes.len()));
    let mut values = Vec::new();
    let mut status = Object::new();
    for (group, figures) in parts {
        let is_hidden = group.is_some_and(|it| it.hidden.is_some());
        let summary = figures.summary.as_ref().filter(|_| !is_hidden);
        let numbers = summary.map(|it| {
            let [low, high] = [it.lower_quartile, it.upper_quartile];
            [low, it.median, high, it.mean, it.deviation]
        });
        for number in numbers.unwrap_or_default().into_iter().take(n_told) {
            if number.is_none() && (is_hidden || summary.is_some_and(|it| it.hidden.is_some())) {
                status.insert(values.len().to_string(), Value::from("hidden"));
            }
            values.push(number.map_or(Value::Null, Value::Number));
        }
    }
    Some(written(Dataset {
        label: label_of(question, item, edition),
        dimensions,
        metric: "middle",
        values,
        status,
        extension: object([("variable", Value::from(whole.name.as_str()))]),
    }))
}
