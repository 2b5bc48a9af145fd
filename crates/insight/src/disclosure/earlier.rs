//! What was published before of the same answers.
//!
//! Answers may go on coming in after results were published. Whoever has both results takes one from
//! the other and is left with those few who answered in between. A count that was published is
//! therefore a figure like any other: what it leaves of a later one must not be small, or the later
//! one is hidden, with as many others as it takes; and what was hidden stays hidden.

use json::Value;

use crate::codebook::{Codebook, Item};
use crate::published::Published;
use crate::query::Base;
use crate::release::{Figures, Group, Label};
use crate::tabulate::classes::Class;

/// Published results of the same survey and round, in the order in which they came.
#[derive(Debug, Clone, Default)]
pub(crate) struct Earlier(Vec<Published>);

/// What an earlier publication says of one count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// Nothing: it has no such figure.
    Untold,
    /// That it is hidden.
    Hidden,
    /// How many they were.
    Told(u32),
}

/// One earlier publication about one variable, in one cell or over all respondents.
#[derive(Debug, Clone)]
pub(super) struct Glimpse {
    /// Those who answered.
    pub answered: Before,
    /// Per row.
    pub rows: Vec<Before>,
    /// How many points or numbers a middle was made of.
    pub points: Before,
}

/// One earlier publication about one variable, over the cells of a pattern.
#[derive(Debug, Clone)]
pub(super) struct Edition {
    /// All respondents.
    pub whole: Glimpse,
    /// Per cell.
    pub cells: Vec<Glimpse>,
}

impl Before {
    /// What a sum leaves without these parts of it.
    pub(super) fn without(self, parts: impl IntoIterator<Item = Self>) -> Self {
        parts
            .into_iter()
            .fold(self, |left, part| match (left, part) {
                (Self::Told(sum), Self::Told(part)) => Self::Told(sum.saturating_sub(part)),
                (Self::Untold, _) | (_, Self::Untold) => Self::Untold,
                _ => Self::Hidden,
            })
    }

    fn of(count: Option<u32>) -> Self {
        count.map_or(Self::Hidden, Self::Told)
    }
}

impl Earlier {
    /// Takes results into account, if they are of this survey and round.
    pub(crate) fn add(&mut self, codebook: &Codebook, published: Published) -> bool {
        let theirs = &published.codebook;
        let is_same = theirs.survey == codebook.survey && theirs.round == codebook.round;
        if is_same {
            self.0.push(published);
        }
        is_same
    }

    /// How many respondents each publication had.
    pub(super) fn respondents(&self) -> impl Iterator<Item = u32> {
        self.0.iter().filter_map(|it| it.whole.head().n)
    }

    /// Per publication, those with each value of a background variable: its codes, then what is
    /// outside the codebook, then none.
    pub(super) fn values(&self, item: &Item) -> Vec<Vec<Before>> {
        let labels = labels(item, &[]);
        let values = |it: &Published| {
            let all = Before::of(it.whole.head().n);
            let glimpse = glimpse(it.whole.figures(&item.name), all, &labels);
            let none = all.without([glimpse.answered]);
            glimpse.rows.into_iter().chain([none]).collect()
        };
        self.0.iter().map(values).collect()
    }

    /// Per publication, those with both codes: variables with the places of codes.
    pub(super) fn both(&self, one: (&Item, usize), other: (&Item, usize)) -> Vec<Before> {
        let value = |(item, code): (&Item, usize)| {
            let category = item.categories.get(code)?;
            Some(category.value.clone())
        };
        let (Some(one_value), Some(other_value)) = (value(one), value(other)) else {
            return Vec::new();
        };
        let seen = |it: &Published, by: (&Item, &Value), of: (&Item, &Value)| {
            let Some(group) = group(it, &by.0.name, by.1) else {
                return Before::Untold;
            };
            let label = [Label::Value(of.1.clone())];
            let glimpse = glimpse(group.figures(&of.0.name), Before::of(group.n), &label);
            match glimpse.rows.first() {
                _ if group.hidden.is_some() => Before::Hidden,
                Some(count) => *count,
                None => Before::Untold,
            }
        };
        let of = |it: &Published| {
            let (one, other) = ((one.0, &one_value), (other.0, &other_value));
            match (seen(it, one, other), seen(it, other, one)) {
                (Before::Told(count), _) | (_, Before::Told(count)) => Before::Told(count),
                (Before::Untold, Before::Untold) => Before::Untold,
                _ => Before::Hidden,
            }
        };
        self.0.iter().map(of).collect()
    }

    /// What each publication says of a variable by a background variable (its codes, then those
    /// without), or over all respondents. `classes` are those of numbers.
    pub(super) fn editions(
        &self,
        by: Option<&Item>,
        item: &Item,
        classes: &[Class],
    ) -> Vec<Edition> {
        let labels = labels(item, classes);
        let edition = |it: &Published| {
            let all = Before::of(it.whole.head().n);
            let whole = glimpse(it.whole.figures(&item.name), all, &labels);
            let Some(by) = by else {
                return Edition {
                    cells: vec![whole.clone()],
                    whole,
                };
            };
            let codes =
                by.categories
                    .iter()
                    .map(|category| match group(it, &by.name, &category.value) {
                        None => all_alike(Before::Untold, labels.len()),
                        Some(group) if group.hidden.is_some() => {
                            all_alike(Before::Hidden, labels.len())
                        }
                        Some(group) => {
                            glimpse(group.figures(&item.name), Before::of(group.n), &labels)
                        }
                    });
            let mut cells: Vec<Glimpse> = codes.collect();
            let rest = Glimpse {
                answered: whole.answered.without(cells.iter().map(|it| it.answered)),
                rows: (0..labels.len())
                    .map(|ix| row(&whole, ix).without(cells.iter().map(|it| row(it, ix))))
                    .collect(),
                points: whole.points.without(cells.iter().map(|it| it.points)),
            };
            cells.push(rest);
            Edition { whole, cells }
        };
        self.0.iter().map(edition).collect()
    }
}

/// What a glimpse says of a row.
pub(super) fn row(glimpse: &Glimpse, ix: usize) -> Before {
    glimpse.rows.get(ix).copied().unwrap_or(Before::Untold)
}

/// Rows in the order of a pattern's.
fn labels(item: &Item, classes: &[Class]) -> Vec<Label> {
    if !classes.is_empty() {
        return classes.iter().map(|it| it.label()).collect();
    }
    let values = item
        .categories
        .iter()
        .map(|it| Label::Value(it.value.clone()));
    values.chain([Label::Other]).collect()
}

fn group<'a>(published: &'a Published, by: &str, value: &Value) -> Option<&'a Group> {
    let (_, release) = published.breakdowns.iter().find(|it| it.0 == by)?;
    let mut groups = release.groups().iter();
    groups.find(|it| it.by.first().is_some_and(|it| it.1 == *value))
}

fn all_alike(before: Before, n_rows: usize) -> Glimpse {
    Glimpse {
        answered: before,
        rows: vec![before; n_rows],
        points: before,
    }
}

/// `all` is the number of respondents in the same set.
fn glimpse(figures: Option<&Figures>, all: Before, labels: &[Label]) -> Glimpse {
    let Some(figures) = figures else {
        return all_alike(Before::Untold, labels.len());
    };
    if figures.hidden.is_some() {
        return all_alike(Before::Hidden, labels.len());
    }
    let find = |label: &Label| figures.rows.iter().find(|it| it.label == *label);
    let missing = find(&Label::Missing).map_or(Before::Told(0), |it| Before::of(it.count));
    let row = |label: &Label| match (find(label), label) {
        (Some(row), _) => Before::of(row.count),
        // Other classes than today's: together they would tell more than either.
        (None, Label::Range(..) | Label::Whole(..)) => Before::Hidden,
        // Rows of nobody are left out, and what could not be chosen was chosen by nobody.
        (None, _) => Before::Told(0),
    };
    Glimpse {
        answered: match figures.base {
            Base::Valid => Before::of(figures.n),
            Base::All => all.without([missing]),
        },
        rows: labels.iter().map(row).collect(),
        points: match figures.summary.as_ref().map(|it| it.n) {
            Some(Some(n)) => Before::Told(n),
            Some(None) => Before::Hidden,
            None => Before::Untold,
        },
    }
}
