//! What changed in a question between two rounds.

use core::cmp::Ordering;

use questionnaire::localized::Localized;

use super::Change;
use crate::codebook::{Category, Codebook, Item, Question};

/// A question with one of its variables.
type Place<'a> = (&'a Question, &'a Item);

/// The variables of a round, to be found again.
pub(crate) struct Identity<'a> {
    items: Vec<Place<'a>>,
}

impl<'a> Identity<'a> {
    pub(crate) fn of(codebook: &'a Codebook) -> Self {
        Self {
            items: codebook.items().collect(),
        }
    }

    /// The variable that `item` was then: by name, else by the instrument's item that it is.
    pub(crate) fn find(&self, item: &Item) -> Option<Place<'a>> {
        let mut named = self.items.iter().filter(|it| it.1.name == item.name);
        if let Some(found) = named.next() {
            return Some(*found);
        }
        let wanted = item.instrument.as_ref()?;
        let mut same = self.items.iter().filter(|it| {
            let own = it.1.instrument.as_ref();
            own.is_some_and(|own| own.id == wanted.id && own.item == wanted.item)
        });
        // Two of one item would leave open which is meant.
        same.next().copied().filter(|_| same.next().is_none())
    }
}

/// What changed from `before` to `now`; empty if the two compare.
pub(crate) fn changes(
    earlier: &Codebook,
    before: Option<Place<'_>>,
    (question, item): Place<'_>,
) -> Vec<Change> {
    let Some((question_before, before)) = before else {
        return vec![Change::New];
    };
    let mut found = Vec::new();
    if before.kind != item.kind {
        found.push(Change::Kind);
    }
    let stands = question
        .since
        .as_deref()
        .map(|since| compare_versions(since, &earlier.version) != Ordering::Greater);
    let reworded =
        || differs(&question_before.title, &question.title) || differs(&before.text, &item.text);
    // Who says since when a wording stands has read it: a corrected typing error is no new wording.
    if stands.map_or_else(reworded, |stands| !stands) {
        found.push(Change::Wording);
    }
    let find = |wanted: &Category| before.categories.iter().find(|it| it.value == wanted.value);
    let pairs = item.categories.iter().map(|it| (find(it), it));
    let pairs: Vec<(Option<&Category>, &Category)> = pairs.collect();
    let of_same = |differ: fn(&Category, &Category) -> bool| {
        let mut known = pairs
            .iter()
            .filter_map(|(before, now)| Some(((*before)?, *now)));
        known.any(|(before, now)| differ(before, now))
    };
    let other_codes =
        before.categories.len() != item.categories.len() || pairs.iter().any(|it| it.0.is_none());
    let reworded = stands.is_none() && of_same(|before, now| differs(&before.text, &now.text));
    if other_codes || reworded {
        found.push(Change::Choices);
    }
    if of_same(|before, now| before.point != now.point || before.meaning != now.meaning) {
        found.push(Change::Scale);
    }
    if of_same(|before, now| before.group != now.group) {
        found.push(Change::Boxes);
    }
    found
}

/// Whether two texts say something else in a language that both have.
fn differs(before: &Localized, now: &Localized) -> bool {
    let words = |it: &Localized, language: &str| {
        let text = it.get(language).unwrap_or_default();
        text.split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let mut shared = now
        .languages()
        .filter(|language| before.get(language).is_some());
    shared.any(|language| words(before, language) != words(now, language))
}

/// Versions by their numbers: `1.10` is after `1.9`.
fn compare_versions(one: &str, other: &str) -> Ordering {
    let parts = |it: &str| -> Vec<(u64, String)> {
        let parts = it.split(['.', '-']);
        parts
            .map(|part| (part.parse().unwrap_or(u64::MAX), part.to_owned()))
            .collect()
    };
    let (one, other) = (parts(one), parts(other));
    let pairs = one.iter().zip(&other);
    let mut steps = pairs.map(|(one, other)| match one.0.cmp(&other.0) {
        Ordering::Equal if one.0 == u64::MAX => one.1.cmp(&other.1),
        order => order,
    });
    steps
        .find(|it| it.is_ne())
        .unwrap_or_else(|| one.len().cmp(&other.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_numbers_between_points() {
        assert_eq!(compare_versions("1.10", "1.9"), Ordering::Greater);
        assert_eq!(compare_versions("2", "2.0.1"), Ordering::Less);
        assert_eq!(compare_versions("3", "3"), Ordering::Equal);
        assert_eq!(compare_versions("1-beta", "1-alpha"), Ordering::Greater);
    }
}
