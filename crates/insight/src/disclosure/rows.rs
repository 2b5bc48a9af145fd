//! The counts of one variable in every cell of a pattern.

use super::earlier::Edition;
use crate::codebook::{Item, Kind};
use crate::dataset::Dataset;
use crate::query::Protection;
use crate::statistics::descriptive::range;
use crate::tabulate::Counts;

/// Rows of one variable in every cell.
pub(super) struct Rows {
    /// Per row, per cell.
    pub counts: Vec<Vec<u32>>,
    /// Respondents who answered, per cell.
    pub answered: Vec<u32>,
    /// Points of the scale or numbers, per cell; `None` where there is no middle.
    pub points: Option<Vec<u32>>,
    /// What the rows are.
    pub kind: Kind,
    /// The smallest count shown.
    pub minimum: u32,
    /// The smallest N with a middle.
    pub score_minimum: u32,
    /// What was published of it before.
    pub before: Vec<Edition>,
    /// True if it must not be told either that all in a group answered alike.
    pub is_sensitive: bool,
    /// Of numbers, the smallest and the largest per cell.
    ranges: Vec<Option<(f64, f64)>>,
    /// Per row, its box and its place on the scale.
    places: Vec<(Option<String>, Option<usize>)>,
}

impl Rows {
    /// Of a variable with its place in the codebook, from what was counted of all variables in each
    /// cell of `variables`.
    pub(super) fn new(
        dataset: &Dataset,
        variables: &[usize],
        (item_ix, item): (usize, &Item),
        tables: &[Vec<Counts>],
        protection: Protection,
    ) -> Self {
        let edges = dataset.edges(item_ix, protection);
        let counts: Vec<&Counts> = tables.iter().filter_map(|it| it.get(item_ix)).collect();
        let per_cell: Vec<Vec<u32>> = counts.iter().map(|it| it.rows(&edges)).collect();
        let n_rows = per_cell.first().map_or(0, Vec::len);
        let row = |ix: usize| {
            per_cell
                .iter()
                .filter_map(|it| it.get(ix).copied())
                .collect()
        };
        let numbers = |it: &Counts| it.points(item).map(|it| it.n());
        let range = |it: &&Counts| it.numbers.as_ref().and_then(range);
        let by = match variables {
            [one] => dataset.codebook().items().nth(*one).map(|it| it.1),
            _ => None,
        };
        let before = match variables {
            // Of crossings only the sizes of groups are ever published.
            [_, _, ..] => Vec::new(),
            _ => dataset.earlier().editions(by, item, &edges),
        };
        Self {
            counts: (0..n_rows).map(row).collect(),
            answered: counts.iter().map(|it| it.answered).collect(),
            points: counts.iter().map(|it| numbers(it)).collect(),
            kind: item.kind,
            minimum: protection.minimum_of(item),
            score_minimum: protection.score_minimum,
            before,
            is_sensitive: item.sensitive && !protection.is_none(),
            ranges: counts.iter().map(range).collect(),
            places: places(item),
        }
    }

    /// True if all in these cells together gave the same number, of which that must not be told.
    pub(super) fn are_same(&self, cells: impl Iterator<Item = usize>) -> bool {
        let given = cells.filter_map(|it| self.ranges.get(it).copied().flatten());
        let range = given.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)));
        self.is_sensitive && range.is_some_and(|(least, most)| least.total_cmp(&most).is_eq())
    }

    /// The same of numbers in one of several classes: how many of some cells are in each.
    pub(super) fn are_in_one_class(&self, counts: impl Iterator<Item = u32>) -> bool {
        let is_several = || self.counts.len() > 1;
        self.is_sensitive && is_several() && counts.filter(|it| *it > 0).count() == 1
    }

    /// What it costs more to hide `other` for the sake of `row`. In one box both can be hidden and the
    /// box still be shown; neighbours on a scale can be compared as one point.
    pub(super) fn apart(&self, row: usize, other: usize) -> u32 {
        let [one, other] = [row, other].map(|it| self.places.get(it));
        let (Some(one), Some(other)) = (one, other) else {
            return 0;
        };
        let steps = one.1.zip(other.1).map_or(0, |(one, other)| {
            u32::try_from(one.abs_diff(other)).unwrap_or(u32::MAX)
        });
        let is_other_box = one.0 != other.0;
        u32::from(is_other_box) * OTHER_BOX + steps.saturating_sub(1).min(FAR) * STEP
    }
}

/// Prices beside those of [`super::cells::PRICE`].
const OTHER_BOX: u32 = 300;
const STEP: u32 = 60;
const FAR: u32 = 5;

fn places(item: &Item) -> Vec<(Option<String>, Option<usize>)> {
    let is_scale = item.kind == Kind::Scale;
    let categories = item.categories.iter().enumerate();
    categories
        .map(|(ix, it)| {
            let place = (is_scale && it.point.is_some()).then_some(ix);
            (it.group.clone(), place)
        })
        .collect()
}
