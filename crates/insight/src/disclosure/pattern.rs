//! What is hidden for which combination of background variables.
//!
//! For each background variable, and for each allowed crossing of two, there is one fixed pattern,
//! made from all answers and independent of any query. Whatever is asked is then put together from
//! cells of such a pattern, and is shown only if all of them are: no filter can show more than the
//! fixed tables do.

use questionnaire::definition::Role;

use super::alone::{broken_down, undivided};
use super::cells::{Count, hide_parts, is_small};
use super::crossed::crossed;
use super::earlier::{Before, Edition};
use super::plane::{Axis, Plane, hide_groups};
use super::strata::{Strata, further};
use crate::codebook::{Codebook, Item, Kind, Question};
use crate::columns::{Bitmap, Column};
use crate::dataset::Dataset;
use crate::query::Protection;
use crate::tabulate::{self, Counts};

/// A pattern over the cells of none, one or two background variables.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    /// Respondents of each cell. Cells are the codes and a last one for those without; for two
    /// variables, row by row.
    pub cells: Vec<Bitmap>,
    /// How many they are.
    pub sizes: Vec<u32>,
    /// Cells that are not shown at all; those without an answer always are among them.
    pub hidden: Vec<bool>,
    /// True if nobody is in one of them that has codes.
    pub hides_nobody: bool,
    /// One per variable of the codebook.
    pub items: Vec<ItemPattern>,
}

/// The pattern of one variable.
#[derive(Debug, Clone)]
pub(crate) struct ItemPattern {
    /// Cells in which nothing of it is shown, not even how many answered.
    pub hidden: Vec<bool>,
    /// Per row (codes, then values outside the codebook, or classes of numbers), per cell.
    pub rows: Vec<Vec<bool>>,
    /// Cells of which no middles and spreads are shown.
    pub summaries: Vec<bool>,
}

impl ItemPattern {
    /// Nothing is shown of it.
    pub(super) fn closed(n_rows: usize, n_cells: usize) -> Self {
        Self {
            hidden: vec![true; n_cells],
            rows: vec![vec![true; n_cells]; n_rows],
            summaries: vec![true; n_cells],
        }
    }
}

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
}

/// The background variables of a pattern, as far as items need to know.
enum Ground<'a> {
    None,
    One(&'a [bool]),
    Two {
        plane: &'a Plane,
        sizes: &'a [u32],
        hidden: &'a [bool],
        strata: &'a Strata,
    },
}

/// Makes the pattern of these variables (places in the codebook, at most two).
pub(crate) fn pattern(dataset: &Dataset, variables: &[usize], protection: Protection) -> Pattern {
    let cells = cells(dataset, variables);
    let sizes: Vec<u32> = cells.iter().map(Bitmap::count).collect();
    let all: Vec<usize> = (0..dataset.columns().len()).collect();
    let tables = tabulate::count(dataset, &all, &cells);
    let made = |ground: &Ground<'_>, hidden: &[bool]| -> Vec<ItemPattern> {
        let items = dataset.codebook().items().enumerate();
        items
            .map(|(ix, (question, item))| {
                let rows = rows(dataset, variables, (ix, item), &tables, protection);
                if is_background(question, item) {
                    of_background(dataset, (ix, &rows), (variables, hidden), protection)
                } else {
                    of_question(dataset, (ix, &rows), (variables, ground), protection)
                }
            })
            .collect()
    };
    let hidden = hidden_groups(dataset, variables, &sizes, protection);
    let items = match (variables, plane(dataset, variables, protection)) {
        ([], _) => made(&Ground::None, &hidden),
        ([_], _) => made(&Ground::One(&hidden), &hidden),
        (_, Some(plane)) => {
            let sizes = plane.gather(&sizes);
            let groups = plane.collect(&hidden);
            let further = further(dataset.codebook(), variables);
            let further = further.iter().map(|it| parts(dataset, *it, protection));
            let further: Vec<Vec<Bitmap>> = further.collect();
            let strata = Strata::new(dataset.responses() as usize, &cells, &further);
            let ground = Ground::Two {
                plane: &plane,
                sizes: &sizes,
                hidden: &groups,
                strata: &strata,
            };
            made(&ground, &hidden)
        }
        (_, None) => Vec::new(),
    };
    Pattern {
        hides_nobody: hides_nobody(dataset, variables, (&sizes, &hidden)),
        cells,
        sizes,
        hidden,
        items,
    }
}

/// Whether nobody is in one of the hidden cells that have a code of every variable.
fn hides_nobody(dataset: &Dataset, variables: &[usize], of: (&[u32], &[bool])) -> bool {
    let n_parts = |it: &usize| match dataset.columns().get(*it) {
        Some(Column::One { codes, .. }) => codes.len() + 1,
        _ => 1,
    };
    let n_parts: Vec<usize> = variables.iter().map(n_parts).collect();
    let has_codes = |ix: usize| match n_parts.as_slice() {
        [n] => ix + 1 < *n,
        [lines, columns] => ix / columns + 1 < *lines && ix % columns + 1 < *columns,
        _ => false,
    };
    let mut cells = of.0.iter().zip(of.1).enumerate();
    cells.any(|(ix, (size, hidden))| *hidden && *size == 0 && has_codes(ix))
}

/// The plane of two variables.
fn plane(dataset: &Dataset, variables: &[usize], protection: Protection) -> Option<Plane> {
    let [first, second] = variables else {
        return None;
    };
    let axis = |it: usize| Axis::new(&hidden_codes(dataset, it, protection));
    Some(Plane {
        lines: axis(*first),
        columns: axis(*second),
    })
}

/// A crossing is shown where this many times the minimum are in a cell on average. With fewer most
/// cells are small, and the sizes of groups with the tables of either variable alone tell some.
const DENSITY: u32 = 2;

/// Which cells of these variables are hidden, from how many respondents are in each.
fn hidden_groups(
    dataset: &Dataset,
    variables: &[usize],
    sizes: &[u32],
    protection: Protection,
) -> Vec<bool> {
    match variables {
        [] => vec![is_small(dataset.responses(), protection.minimum_cell)],
        [variable] => hidden_codes(dataset, *variable, protection),
        _ => {
            let minima = variables
                .iter()
                .map(|it| group_minimum(dataset, *it, protection));
            let minimum = minima.max().unwrap_or(protection.minimum_cell);
            let plane = plane(dataset, variables, protection);
            let is_dense = |it: &Plane| {
                let respondents: u32 = sizes.iter().sum();
                it.single_cells().count() * (DENSITY * minimum) as usize <= respondents as usize
            };
            let hidden = plane.filter(is_dense).and_then(|plane| {
                let counts = crossed_sizes(dataset, variables, (&plane, sizes), minimum);
                let groups = hide_groups(&plane, &counts)?;
                Some(plane.spread(&groups))
            });
            hidden.unwrap_or_else(|| vec![true; sizes.len()])
        }
    }
}

/// Sizes of a plane's cells, with what was published of them before.
fn crossed_sizes(
    dataset: &Dataset,
    variables: &[usize],
    (plane, sizes): (&Plane, &[u32]),
    minimum: u32,
) -> Vec<Count> {
    let mut counts: Vec<Count> = plane
        .gather(sizes)
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

/// Every combination of codes, and of having none.
fn cells(dataset: &Dataset, variables: &[usize]) -> Vec<Bitmap> {
    let all = Bitmap::full(dataset.responses() as usize);
    let mut cells = vec![all.clone()];
    for variable in variables {
        let Some(Column::One { codes, .. }) = dataset.columns().get(*variable) else {
            continue;
        };
        let named = codes
            .iter()
            .fold(Bitmap::default(), |set, code| set.or(code));
        let rest = named.complement(&all);
        let parts: Vec<&Bitmap> = codes.iter().chain([&rest]).collect();
        cells = cells
            .iter()
            .flat_map(|cell| parts.iter().map(|part| cell.and(part)))
            .collect();
    }
    cells
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
fn hidden_codes(dataset: &Dataset, variable: usize, protection: Protection) -> Vec<bool> {
    let mut hidden = hidden_values(dataset, variable, protection);
    hidden.pop();
    if let Some(rest) = hidden.last_mut() {
        *rest = true;
    }
    hidden
}

/// The same with those whose value is outside the codebook apart from those without any.
fn hidden_values(dataset: &Dataset, variable: usize, protection: Protection) -> Vec<bool> {
    let Some(Column::One { codes, other }) = dataset.columns().get(variable) else {
        return Vec::new();
    };
    let mut parts: Vec<u32> = codes.iter().chain([other]).map(Bitmap::count).collect();
    parts.push(dataset.responses() - parts.iter().sum::<u32>());
    let minimum = group_minimum(dataset, variable, protection);
    let item = dataset.codebook().items().nth(variable);
    let editions = item.map(|(_, item)| dataset.earlier().values(item));
    let editions = editions.unwrap_or_default();
    let count = |(ix, now)| {
        let before = editions.iter().filter_map(|it| it.get(ix).copied());
        Count::new(now, minimum).after(before, minimum)
    };
    let parts: Vec<Count> = parts.into_iter().enumerate().map(count).collect();
    hide_parts(&parts)
}

/// The smallest group shown of a background variable.
fn group_minimum(dataset: &Dataset, variable: usize, protection: Protection) -> u32 {
    let item = dataset.codebook().items().nth(variable);
    match item {
        Some((_, item)) if item.sensitive => protection.sensitive_minimum,
        _ => protection.minimum_cell,
    }
}

/// True for variables that groups are made of.
pub(crate) fn is_background(question: &Question, item: &Item) -> bool {
    question.role == Role::Background && matches!(item.kind, Kind::Single | Kind::Scale)
}

/// Whether the survey allows two background variables to be crossed.
pub(super) fn may_cross(codebook: &Codebook, one: &str, other: &str) -> bool {
    codebook.may_cross(one, other)
}

fn rows(
    dataset: &Dataset,
    variables: &[usize],
    (item_ix, item): (usize, &Item),
    tables: &[Vec<Counts>],
    protection: Protection,
) -> Rows {
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
    let by = match variables {
        [one] => dataset.codebook().items().nth(*one).map(|it| it.1),
        _ => None,
    };
    let before = match variables {
        // Of crossings only the sizes of groups are ever published.
        [_, _, ..] => Vec::new(),
        _ => dataset.earlier().editions(by, item, &edges),
    };
    Rows {
        counts: (0..n_rows).map(row).collect(),
        answered: counts.iter().map(|it| it.answered).collect(),
        points: counts.iter().map(|it| numbers(it)).collect(),
        kind: item.kind,
        minimum: protection.minimum_of(item),
        score_minimum: protection.score_minimum,
        before,
        is_sensitive: item.sensitive && !protection.is_none(),
    }
}

/// A background variable is shown as far as its crossing with the others is.
fn of_background(
    dataset: &Dataset,
    (ix, rows): (usize, &Rows),
    (variables, hidden): (&[usize], &[bool]),
    protection: Protection,
) -> ItemPattern {
    let n_rows = rows.counts.len();
    let other_row = n_rows.saturating_sub(1);
    let same = |hidden: &[bool]| ItemPattern {
        hidden: hidden.to_vec(),
        rows: vec![hidden.to_vec(); n_rows],
        summaries: vec![false; hidden.len()],
    };
    match variables {
        [] => {
            let few = is_small(rows.answered.first().copied().unwrap_or(0), rows.minimum);
            let codes = hidden_values(dataset, ix, protection);
            ItemPattern {
                hidden: vec![few],
                rows: (0..n_rows)
                    .map(|row| vec![few || codes.get(row).copied().unwrap_or(true)])
                    .collect(),
                summaries: vec![false],
            }
        }
        _ if variables.contains(&ix) => same(hidden),
        [variable] => {
            let codebook = dataset.codebook();
            let name = |it: usize| codebook.items().nth(it).map(|(_, item)| item.name.as_str());
            let allowed = match (name(*variable), name(ix)) {
                (Some(one), Some(other)) => may_cross(codebook, one, other),
                _ => false,
            };
            if !allowed {
                return ItemPattern::closed(n_rows, hidden.len());
            }
            let mut both = [*variable, ix];
            both.sort_unstable();
            let sizes: Vec<u32> = cells(dataset, &both).iter().map(Bitmap::count).collect();
            let crossed = hidden_groups(dataset, &both, &sizes, protection);
            let at = |cell: usize, row: usize| {
                let place = if ix < *variable {
                    row * hidden.len() + cell
                } else {
                    cell * n_rows + row
                };
                crossed.get(place).copied().unwrap_or(true)
            };
            let few_others = |cell: usize| {
                let others = rows.counts.get(other_row).and_then(|it| it.get(cell));
                others.is_none_or(|it| is_small(*it, rows.minimum))
            };
            let closed = hidden.iter().enumerate();
            let closed: Vec<bool> = closed.map(|(cell, it)| *it || few_others(cell)).collect();
            ItemPattern {
                rows: (0..n_rows)
                    .map(|row| {
                        let cells = closed.iter().enumerate();
                        cells
                            .map(|(cell, it)| *it || (row != other_row && at(cell, row)))
                            .collect()
                    })
                    .collect(),
                summaries: vec![false; closed.len()],
                hidden: closed,
            }
        }
        _ => ItemPattern::closed(n_rows, hidden.len()),
    }
}

fn of_question(
    dataset: &Dataset,
    (ix, rows): (usize, &Rows),
    (variables, ground): (&[usize], &Ground<'_>),
    protection: Protection,
) -> ItemPattern {
    let whole = match ground {
        Ground::None => return undivided(rows),
        _ => dataset_item(dataset, &[], ix, protection),
    };
    match (ground, whole) {
        (Ground::One(hidden), Some(whole)) => broken_down(rows, hidden, &whole),
        (
            Ground::Two {
                plane,
                sizes,
                hidden,
                strata,
            },
            Some(whole),
        ) => {
            let alone = |side: usize| {
                let variable = variables.get(side)?;
                dataset_item(dataset, &[*variable], ix, protection)
            };
            match (alone(0), alone(1), dataset.columns().get(ix)) {
                (Some(lines), Some(columns), Some(column)) => crossed(
                    rows,
                    column,
                    (plane, sizes, hidden, strata),
                    &whole,
                    [&lines, &columns],
                ),
                _ => ItemPattern::closed(rows.counts.len(), rows.answered.len()),
            }
        }
        _ => ItemPattern::closed(rows.counts.len(), rows.answered.len()),
    }
}

/// One variable's part of a pattern that is known or made first; none of its own.
fn dataset_item(
    dataset: &Dataset,
    variables: &[usize],
    ix: usize,
    protection: Protection,
) -> Option<ItemPattern> {
    dataset
        .pattern(variables, protection)
        .items
        .get(ix)
        .cloned()
}
