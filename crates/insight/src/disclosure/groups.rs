//! Which groups are hidden: codes of one background variable, cells of two.

use super::cells::{Count, hide_parts, hide_since, is_small};
use super::earlier::Before;
use super::pattern::cells;
use super::plane::{Axis, Plane, hide_groups};
use super::strata::{Strata, further};
use crate::columns::{Bitmap, Column};
use crate::dataset::Dataset;
use crate::query::Protection;

/// The cells of none, one or two background variables.
#[derive(Debug)]
pub(crate) struct Groups {
    /// Cells that are not shown at all.
    pub(super) hidden: Vec<bool>,
    /// Of two variables that can be shown together.
    pub(super) crossing: Option<Crossing>,
}

/// What is known of the cells of two background variables, whatever was asked.
#[derive(Debug)]
pub(super) struct Crossing {
    pub plane: Plane,
    /// Respondents per cell of the plane.
    pub sizes: Vec<u32>,
    /// Cells of which not even that is shown.
    pub hidden: Vec<bool>,
    /// By how many more each of these must be able to hold.
    pub needs: Vec<u32>,
    pub strata: Strata,
    /// True if everything must be protected beside these sizes, or they are not shown either.
    pub is_strict: bool,
    /// Of each of the two, whether its hidden sums are taken for known ([`VERY_FEW`]).
    pub is_known: [bool; 2],
}

/// A crossing is shown where this many times the minimum are in a cell on average. With fewer most
/// cells are small, and hardly anything could be shown.
const DENSITY: u32 = 2;

/// Up to so many respondents are few: the sizes of a crossing's groups are shown only where every
/// question can be protected beside them. That takes reading all answers by all crossings, and with
/// more respondents nothing was found that it would prevent.
const FEW: u32 = 500;

/// With fewer respondents than this, what is hidden of a variable alone is taken for known where the
/// variable can be crossed with two others: both crossings together leave it hardly any room. With
/// more nothing was found that this would prevent, and it would hide nearly everything.
const VERY_FEW: u32 = 100;

/// Whether there are few respondents.
pub(super) fn are_few(dataset: &Dataset) -> bool {
    dataset.responses() <= FEW
}

impl Groups {
    /// Of these variables (places in the codebook, in their order).
    pub(crate) fn new(dataset: &Dataset, variables: &[usize], protection: Protection) -> Self {
        match variables {
            [] => Self {
                hidden: vec![is_small(dataset.responses(), protection.minimum_cell)],
                crossing: None,
            },
            [variable] => Self {
                hidden: hidden_codes(dataset, *variable, protection),
                crossing: None,
            },
            _ => {
                let cells = cells(dataset, variables);
                let sizes: Vec<u32> = cells.iter().map(Bitmap::count).collect();
                let crossing = Crossing::new(dataset, variables, (&cells, &sizes), protection);
                let hidden = crossing.as_ref().map(|it| it.plane.spread(&it.hidden));
                Self {
                    hidden: hidden.unwrap_or_else(|| vec![true; sizes.len()]),
                    crossing,
                }
            }
        }
    }
}

impl Crossing {
    fn new(
        dataset: &Dataset,
        variables: &[usize],
        (cells, sizes): (&[Bitmap], &[u32]),
        protection: Protection,
    ) -> Option<Self> {
        let [first, second] = variables else {
            return None;
        };
        let mut before = dataset.earlier().respondents();
        if are_few(dataset) && before.any(|it| it != dataset.responses()) {
            // What came since is too little to be told apart by two variables.
            return None;
        }
        let axis = |it: usize| Axis::new(&hidden_codes(dataset, it, protection));
        let plane = Plane {
            lines: axis(*first),
            columns: axis(*second),
        };
        let minima = variables
            .iter()
            .map(|it| group_minimum(dataset, *it, protection));
        let minimum = minima.max().unwrap_or(protection.minimum_cell);
        let respondents: u32 = sizes.iter().sum();
        if plane.single_cells().count() * (DENSITY * minimum) as usize > respondents as usize {
            return None;
        }
        let further = further(dataset.codebook(), variables);
        let further = further.iter().map(|it| parts(dataset, *it, protection));
        let further: Vec<Vec<Bitmap>> = further.collect();
        let strata = Strata::new(dataset.responses() as usize, cells, &further);
        let counts = crossed_sizes(dataset, variables, (&plane, sizes), minimum);
        let within = strata.sizes();
        let within = within.iter().map(|it| plane.gather_movable(it)).collect();
        let hidden = hide_groups(&plane, &counts, within)?;
        Some(Self {
            sizes: plane.gather(sizes),
            needs: counts.iter().map(|it| it.need).collect(),
            hidden,
            plane,
            strata,
            is_strict: are_few(dataset),
            is_known: [(*first, *second), (*second, *first)].map(|(one, other)| {
                dataset.responses() < VERY_FEW && is_crossed_otherwise(dataset, one, other)
            }),
        })
    }
}

/// Whether a variable can be crossed with another than `other`.
fn is_crossed_otherwise(dataset: &Dataset, variable: usize, other: usize) -> bool {
    let codebook = dataset.codebook();
    let name = |ix: usize| codebook.items().nth(ix).map(|it| it.1.name.as_str());
    name(variable).is_some_and(|variable| {
        let mut thirds = codebook.crossed_with(variable);
        thirds.any(|it| Some(it.name.as_str()) != name(other))
    })
}

/// Sizes of a plane's cells, with what was published of them before.
fn crossed_sizes(
    dataset: &Dataset,
    variables: &[usize],
    (plane, sizes): (&Plane, &[u32]),
    minimum: u32,
) -> Vec<Count> {
    // Those without a code are known, and hide nobody.
    let mut counts: Vec<Count> = plane
        .gather_movable(sizes)
        .into_iter()
        .map(|it| Count::new(it, minimum))
        .collect();
    let item = |it: &usize| dataset.codebook().items().nth(*it).map(|it| it.1);
    if let [Some(one), Some(other)] = variables.iter().map(item).collect::<Vec<_>>().as_slice() {
        for (place, [first, second]) in plane.single_cells() {
            let before: Vec<Before> = dataset.earlier().both((one, first), (other, second));
            if let Some(count) = counts.get_mut(place) {
                *count = count.after(before, minimum);
            }
        }
    }
    counts
}

/// Those with each shown code of a background variable, and all others together.
fn parts(dataset: &Dataset, variable: usize, protection: Protection) -> Vec<Bitmap> {
    let all = Bitmap::full(dataset.responses() as usize);
    let Some(Column::One { codes, .. }) = dataset.columns().get(variable) else {
        return vec![all];
    };
    let hidden = hidden_codes(dataset, variable, protection);
    let shown = codes.iter().zip(&hidden).filter(|(_, hidden)| !**hidden);
    let mut parts: Vec<Bitmap> = shown.map(|(code, _)| code.clone()).collect();
    let named = parts.iter().fold(Bitmap::default(), |set, it| set.or(it));
    parts.push(named.complement(&all));
    parts
}

/// Which codes of a background variable are hidden; those without a code, the last, always are.
pub(super) fn hidden_codes(
    dataset: &Dataset,
    variable: usize,
    protection: Protection,
) -> Vec<bool> {
    let mut hidden = hidden_values(dataset, variable, protection);
    hidden.pop();
    if let Some(rest) = hidden.last_mut() {
        *rest = true;
    }
    hidden
}

/// The same with those whose value is outside the codebook apart from those without any: how many
/// these are follows from N, so that they can hide nobody.
pub(super) fn hidden_values(
    dataset: &Dataset,
    variable: usize,
    protection: Protection,
) -> Vec<bool> {
    let values = Values::new(dataset, variable, protection);
    values.map_or_else(Vec::new, |it| it.hidden())
}

/// Whether few of those who came since results were published have a value of this background
/// variable: how many have one follows from N and from those without, at both times. Nothing may then
/// be shown of it, not even how many have a value.
pub(super) fn few_with_value_since(
    dataset: &Dataset,
    variable: usize,
    protection: Protection,
) -> bool {
    let values = Values::new(dataset, variable, protection);
    values.is_some_and(|it| it.are_few_since())
}

/// The values of a background variable, today and in earlier results.
struct Values {
    /// Those with each code, and with a value outside the codebook.
    now: Vec<u32>,
    /// The same of each earlier result, and then those without a value; and how many had any.
    then: Vec<(Vec<Before>, Before)>,
    minimum: u32,
}

impl Values {
    fn new(dataset: &Dataset, variable: usize, protection: Protection) -> Option<Self> {
        let item = dataset.codebook().items().nth(variable)?.1;
        let Column::One { codes, other } = dataset.columns().get(variable)? else {
            return None;
        };
        let earlier = dataset.earlier();
        let then = earlier.values(item).into_iter().zip(earlier.respondents());
        let then = then.map(|(values, all)| {
            let any = Before::Told(all).without(values.last().copied());
            (values, any)
        });
        Some(Self {
            now: codes.iter().chain([other]).map(Bitmap::count).collect(),
            then: then.collect(),
            minimum: group_minimum(dataset, variable, protection),
        })
    }

    fn hidden(&self) -> Vec<bool> {
        let count = |(ix, now): (usize, &u32)| {
            let before = self.then.iter().filter_map(|it| it.0.get(ix).copied());
            Count::new(*now, self.minimum).after(before, self.minimum)
        };
        let mut parts: Vec<Count> = self.now.iter().enumerate().map(count).collect();
        for (values, any) in &self.then {
            let told = values.iter().copied();
            hide_since(parts.iter_mut().zip(told), *any, self.minimum);
        }
        let mut hidden = if self.are_few_since() {
            vec![true; parts.len()]
        } else {
            hide_parts(&parts)
        };
        hidden.push(true);
        hidden
    }

    fn are_few_since(&self) -> bool {
        let now: u32 = self.now.iter().sum();
        let is_few = |then| is_small(now.abs_diff(then), self.minimum);
        let mut any = self.then.iter().map(|it| it.1);
        any.any(|it| matches!(it, Before::Told(then) if is_few(then)))
    }
}

/// The smallest group shown of a background variable.
pub(super) fn group_minimum(dataset: &Dataset, variable: usize, protection: Protection) -> u32 {
    let item = dataset.codebook().items().nth(variable);
    match item {
        Some((_, item)) if item.sensitive => protection.sensitive_minimum,
        _ => protection.minimum_cell,
    }
}
