//! What changed in a question between two rounds.

use core::cmp::Ordering;

use super::Change;
use super::wording::{Rewording, rewording};
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
    let since = question.since.as_deref();
    let stands = since.map(|it| compare_versions(it, &earlier.version) != Ordering::Greater);
    // Who says since when a wording stands has read it: a corrected typing error is no new wording.
    // But what a version number says does not make other words the same question.
    let enough = match stands {
        None => Rewording::Slight,
        Some(true) => Rewording::Plain,
        Some(false) => Rewording::None,
    };
    let title = rewording(&question_before.title, &question.title);
    let title = title.max(rewording(&before.text, &item.text));
    if title >= enough {
        found.push(Change::Wording);
    }
    let find = |wanted: &Category| before.categories.iter().find(|it| it.value == wanted.value);
    let pairs = item.categories.iter().map(|it| (find(it), it));
    let pairs: Vec<(Option<&Category>, &Category)> = pairs.collect();
    let of_same = |differ: &dyn Fn(&Category, &Category) -> bool| {
        let mut known = pairs
            .iter()
            .filter_map(|(before, now)| Some(((*before)?, *now)));
        known.any(|(before, now)| differ(before, now))
    };
    let other_codes =
        before.categories.len() != item.categories.len() || pairs.iter().any(|it| it.0.is_none());
    // That the question has been worded anew is said already.
    let enough = enough.max(Rewording::Slight);
    let reworded = stands != Some(false)
        && of_same(&|before, now| rewording(&before.text, &now.text) >= enough);
    if other_codes || reworded {
        found.push(Change::Choices);
    }
    if of_same(&|before, now| before.point != now.point || before.meaning != now.meaning) {
        found.push(Change::Scale);
    }
    if of_same(&|before, now| before.group != now.group) {
        found.push(Change::Boxes);
    }
    found
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
