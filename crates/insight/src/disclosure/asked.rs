//! What the N of a question tells that was not asked of everybody.
//!
//! It was asked of no more than gave an answer with which it is asked, so those of other answers are at
//! most as many as answered the question it depends on and not itself; if all who were asked
//! answered, that is how many they are. The question is therefore shown only in cells in which the
//! answers with which it is not asked are shown: its N then tells nothing new, neither of these cells
//! nor, as both are sums, of any others that follow from them.
//!
//! So does a choice that is not offered to everybody: those to whom it is not are at most as many as
//! did not choose it.
//!
//! Of a background variable that is not shown in the cells, and of a number, no such answers are
//! shown. Then the question is shown by a variable if in every cell, and in the hidden ones
//! together, as many as the minimum could not have been asked, or nobody, and were not; and in no
//! crossing. Where few answered at all, it is not shown by a variable for the background variable's
//! sake.

use super::cells::{Count, is_small};
use super::earlier::Before;
use super::groups::{are_few, group_minimum};
use super::pattern::{Pattern, is_background};
use super::scores::hide_scores;
use super::strata::sets;
use crate::codebook::{Condition, Item, Kind, Offer};
use crate::columns::{Bitmap, Column};
use crate::dataset::Dataset;
use crate::query::Protection;
use crate::tabulate;

/// A question, and one on whose answers it depends whether it is asked.
#[derive(Debug)]
pub(crate) struct Link {
    child: usize,
    parent: usize,
    /// Rows of the parent with which it is not asked; `None` of numbers.
    left_out: Option<Vec<usize>>,
    /// Rows of the question that are not offered with these, if it is asked of them all the same.
    chosen: Option<Vec<usize>>,
}

/// Hides questions where their N would tell of a hidden count of what they depend on, and the scores
/// made of them. `variables` are those of the pattern.
pub(crate) fn hide_follow_ups(
    dataset: &Dataset,
    variables: &[usize],
    pattern: &mut Pattern,
    protection: Protection,
) {
    let guard = Guard {
        dataset,
        variables,
        protection,
    };
    let links = dataset.links(protection);
    if links.is_empty() {
        return;
    }
    // What a question depends on may depend on another one itself.
    loop {
        let mut has_changed = false;
        for link in links.iter() {
            let Some(hidden) = guard.hidden(link, pattern) else {
                continue;
            };
            if let Some(own) = pattern.items.get_mut(link.child)
                && own.hidden != hidden
            {
                own.hidden = hidden;
                has_changed = true;
            }
        }
        if !has_changed {
            break;
        }
    }
    hide_scores(dataset, pattern, protection);
}

struct Guard<'a> {
    dataset: &'a Dataset,
    variables: &'a [usize],
    protection: Protection,
}

impl Guard<'_> {
    /// Cells in which nothing of the question may be shown.
    fn hidden(&self, link: &Link, pattern: &Pattern) -> Option<Vec<bool>> {
        let (own, parent) = (
            pattern.items.get(link.child)?,
            pattern.items.get(link.parent)?,
        );
        if self.is_hidden_of_all(link.child) {
            // All cells together are the whole.
            return Some(vec![true; own.hidden.len()]);
        }
        let is_unseen = || {
            let found = self.dataset.codebook().items().nth(link.parent);
            !self.variables.is_empty()
                && !self.variables.contains(&link.parent)
                && parent.hidden.iter().all(|it| *it)
                && found.is_some_and(|(question, item)| is_background(question, item))
        };
        let is_unseen = is_unseen();
        let rows = link.left_out.as_ref().filter(|_| !is_unseen);
        let Some(rows) = rows else {
            // Of two background variables each such question bounds how many have both codes; where
            // few answered, several bounds together may tell it.
            let is_bound = is_unseen && are_few(self.dataset);
            let is_open = match self.variables {
                [_, _, ..] => self.asks_everybody(link),
                _ if is_bound => self.asks_everybody(link),
                _ => self.is_open(link, pattern, &own.hidden)?,
            };
            return Some(if is_open {
                own.hidden.clone()
            } else {
                vec![true; own.hidden.len()]
            });
        };
        let rows: Vec<&Vec<bool>> = rows.iter().filter_map(|it| parent.rows.get(*it)).collect();
        let at = |cells: &[bool], cell: usize| cells.get(cell).copied().unwrap_or(true);
        let cells = own.hidden.iter().enumerate();
        let hidden = cells.map(|(cell, hidden)| {
            *hidden || at(&parent.hidden, cell) || rows.iter().any(|it| at(it, cell))
        });
        Some(hidden.collect())
    }

    /// Whether a question is hidden where nobody is left out.
    fn is_hidden_of_all(&self, child: usize) -> bool {
        if self.variables.is_empty() {
            return false;
        }
        let whole = self.dataset.pattern(&[], self.protection);
        let own = whole.items.get(child);
        own.is_none_or(|it| it.hidden.contains(&true))
    }

    fn asks_everybody(&self, link: &Link) -> bool {
        let all = Bitmap::full(self.dataset.responses() as usize);
        self.others(link, &[all]).iter().all(|it| *it == 0)
    }

    /// Per set, those who answered what the question depends on and not the question, or did not
    /// choose what is not offered to all.
    fn others(&self, link: &Link, sets: &[Bitmap]) -> Vec<u32> {
        let counts = tabulate::count(self.dataset, &[link.parent, link.child], sets);
        let chosen = link.chosen.as_ref().map(|rows| {
            let of = sets_of(self.dataset, link.child).enumerate();
            let of = of.filter(|(row, _)| rows.contains(row));
            of.fold(Bitmap::default(), |all, (_, it)| all.or(it))
        });
        let others = counts
            .iter()
            .zip(sets)
            .map(|(it, set)| match it.as_slice() {
                [parent, child] => {
                    let told = chosen.as_ref().map(|it| it.and(set).count());
                    parent
                        .answered
                        .saturating_sub(told.unwrap_or(child.answered))
                }
                _ => 0,
            });
        others.collect()
    }

    /// Whether it is not told in any cell that only few were not asked.
    fn is_open(&self, link: &Link, pattern: &Pattern, hidden: &[bool]) -> Option<bool> {
        let codebook = self.dataset.codebook();
        let minimum = {
            let (_, own) = codebook.items().nth(link.child)?;
            let parent = group_minimum(self.dataset, link.parent, self.protection);
            self.protection.minimum_of(own).max(parent)
        };
        let counts = self.others(link, &pattern.cells);
        // Nor may there be few of them where N leaves room for more: who has room depends on what
        // else is shown.
        let left_out = link.left_out.iter().flatten();
        let left_out = left_out.filter_map(|row| sets_of(self.dataset, link.parent).nth(*row));
        let left_out = left_out.fold(Bitmap::default(), |set, it| set.or(it));
        let cells_with_few =
            pattern.cells.iter().zip(hidden).filter(|(cell, hidden)| {
                !**hidden && is_small(cell.and(&left_out).count(), minimum)
            });
        if cells_with_few.count() > 0 {
            return Some(false);
        }
        let cells = || counts.iter().zip(hidden);
        let covered: u32 = cells().filter(|it| *it.1).map(|it| it.0).sum();
        let shown = cells().filter(|it| !it.1).map(|it| *it.0);
        if shown.chain([covered]).any(|it| is_small(it, minimum)) {
            return Some(false);
        }
        let earlier = self.dataset.earlier();
        let mut others = earlier.respondents();
        let is_same = others.all(|it| it == self.dataset.responses());
        if is_same {
            return Some(true);
        }
        if !self.variables.is_empty() {
            // What came since is not told apart by a variable here.
            return Some(false);
        }
        let all: u32 = counts.iter().sum();
        let editions = |ix: usize| {
            let item: Option<&Item> = codebook.items().nth(ix).map(|it| it.1);
            item.map_or_else(Vec::new, |it| earlier.editions(None, it, &[]))
        };
        let pairs = editions(link.parent).into_iter().zip(editions(link.child));
        let before =
            pairs.map(
                |(parent, child)| match (parent.whole.answered, child.whole.answered) {
                    (Before::Told(parent), Before::Told(child)) => {
                        Before::Told(parent.saturating_sub(child))
                    }
                    _ => Before::Untold,
                },
            );
        Some(!Count::new(all, minimum).after(before, minimum).is_hidden)
    }
}

/// All questions that are not asked of everybody, with all they depend on.
pub(crate) fn links(dataset: &Dataset, protection: Protection) -> Vec<Link> {
    let codebook = dataset.codebook();
    if codebook.conditions.is_empty() && codebook.offers.is_empty() {
        return Vec::new();
    }
    let whole = dataset.pattern_of_questions(&[], protection);
    // That nobody gave an answer is no secret where it is shown.
    let is_known = |parent: usize, row: usize| {
        let rows = whole.items.get(parent).and_then(|it| it.rows.get(row));
        let set = sets_of(dataset, parent).nth(row);
        set.is_some_and(Bitmap::is_empty) && rows.is_some_and(|it| !it.contains(&true))
    };
    let items: Vec<_> = codebook.items().collect();
    let place = |name: &String| items.iter().position(|(_, item)| item.name == *name);
    let of = |ix: usize| {
        let found = items.get(ix).filter(|(_, item)| !item.score);
        let conditions = codebook.conditions.iter();
        conditions.filter(move |it| {
            found.is_some_and(|(question, item)| it.of == question.name || it.of == item.name)
        })
    };
    let mut links = Vec::new();
    for (child, (question, item)) in items.iter().enumerate() {
        let offers = codebook.offers.iter();
        let offers = offers.filter(|it| it.of == question.name || it.of == item.name);
        let offers: Vec<&Offer> = offers.collect();
        let mut parents: Vec<&String> = offers.iter().flat_map(|it| &it.reads).collect();
        parents.sort_unstable();
        parents.dedup();
        for parent in parents.into_iter().filter_map(place) {
            let rows = offered(dataset, (child, item), parent, &offers);
            let rows = rows
                .into_iter()
                .filter(|it| parent != child && !is_known(parent, it.0));
            links.extend(rows.map(|(row, chosen)| Link {
                child,
                parent,
                left_out: Some(vec![row]),
                chosen: Some(chosen),
            }));
        }
    }
    for child in 0..items.len() {
        let mut left: Vec<&Condition> = of(child).collect();
        if left.is_empty() {
            continue;
        }
        let Some(given) = answered(dataset, child) else {
            continue;
        };
        let mut seen: Vec<usize> = Vec::new();
        while let Some(condition) = left.pop() {
            for parent in condition.reads.iter().filter_map(place) {
                if parent == child {
                    continue;
                }
                let Some((_, item)) = items.get(parent) else {
                    continue;
                };
                let mut rows = left_out(dataset, &given, condition, (parent, item));
                if let Some(Some(rows)) = &mut rows {
                    rows.retain(|it| !is_known(parent, *it));
                }
                match rows {
                    Some(left_out) if left_out.as_ref().is_none_or(|it| !it.is_empty()) => {
                        links.push(Link {
                            child,
                            parent,
                            left_out,
                            chosen: None,
                        });
                    }
                    _ => {}
                }
                if !seen.contains(&parent) {
                    seen.push(parent);
                    left.extend(of(parent));
                }
            }
        }
    }
    links
}

/// Rows of what choices depend on, each with the choices that are not offered with it. What one answer
/// does not decide counts as not offered.
fn offered(
    dataset: &Dataset,
    (child, item): (usize, &Item),
    parent: usize,
    offers: &[&Offer],
) -> Vec<(usize, Vec<usize>)> {
    let codebook = dataset.codebook();
    let Some((_, of)) = codebook.items().nth(parent) else {
        return Vec::new();
    };
    let is_read = |it: &&&Offer| it.reads.contains(&of.name);
    let n_chosen = sets_of(dataset, child).count();
    let rows = 0..sets_of(dataset, parent).count();
    let rows = rows.map(|row| {
        let answer = of.categories.get(row).filter(|_| of.kind != Kind::Multiple);
        let decided = |it: &&&Offer| answer.and_then(|answer| it.can_hold(&answer.value));
        let withheld = offers.iter().filter(is_read);
        let withheld = withheld.filter(|it| decided(it) != Some(true));
        let mut chosen: Vec<usize> = Vec::new();
        for offer in withheld {
            match &offer.choice {
                None => chosen.extend(0..n_chosen),
                Some(choice) => {
                    let mut categories = item.categories.iter();
                    chosen.extend(categories.position(|it| it.value == *choice));
                }
            }
        }
        (row, chosen)
    });
    rows.filter(|it| !it.1.is_empty()).collect()
}

/// Rows with which it is not asked, `Some(None)` of numbers; `None` if answers have no rows. What one
/// answer does not decide is read off who answered: with a row with which hardly anybody did it is
/// not asked.
#[expect(clippy::option_option, reason = "no link, or one without rows")]
fn left_out(
    dataset: &Dataset,
    given: &Bitmap,
    condition: &Condition,
    (parent, item): (usize, &Item),
) -> Option<Option<Vec<usize>>> {
    let all = Bitmap::full(dataset.responses() as usize);
    let is_hardly_in = |set: &Bitmap, of: &Bitmap| set.and(of).count() * 10 <= of.count();
    let rows = match dataset.columns().get(parent)? {
        Column::One { codes, other } => {
            let decided = item
                .categories
                .iter()
                .map(|it| condition.can_hold(&it.value));
            let decided = decided.chain([None]);
            let sets = codes.iter().chain([other]).zip(decided).enumerate();
            let rows = sets.filter(|(_, (set, decided))| {
                let is_guessed = || !set.is_empty() && is_hardly_in(given, set);
                decided.map_or_else(is_guessed, |it| !it)
            });
            rows.map(|it| it.0).collect()
        }
        Column::Many {
            codes,
            other,
            answered,
        } => {
            let asked = given.and(answered);
            if asked.count() == answered.count() {
                return None;
            }
            let sets: Vec<&Bitmap> = codes.iter().chain([other]).collect();
            let rows = sets.iter().enumerate().filter(|(_, set)| {
                let not = set.complement(&all);
                let is_told = is_hardly_in(given, set) || is_hardly_in(&not, &asked);
                !set.is_empty() && is_told
            });
            let rows: Vec<usize> = rows.map(|it| it.0).collect();
            if rows.is_empty() {
                // It takes several choices to tell.
                (0..sets.len()).collect()
            } else {
                rows
            }
        }
        Column::Numbers(_) => return Some(None),
        Column::Texts(_) => return None,
    };
    Some(Some(rows))
}

/// Those who gave each answer.
fn sets_of(dataset: &Dataset, ix: usize) -> impl Iterator<Item = &Bitmap> {
    dataset.columns().get(ix).into_iter().flat_map(sets)
}

/// Those who answered a question.
fn answered(dataset: &Dataset, ix: usize) -> Option<Bitmap> {
    Some(match dataset.columns().get(ix)? {
        Column::One { codes, other } => codes.iter().fold(other.clone(), |set, it| set.or(it)),
        Column::Many { answered, .. } => answered.clone(),
        Column::Texts(texts) => texts.answered().clone(),
        Column::Numbers(numbers) => {
            let mut set = Bitmap::default();
            for row in 0..dataset.responses() as usize {
                if numbers.at(row).is_some() {
                    set.set(row);
                }
            }
            set
        }
    })
}
