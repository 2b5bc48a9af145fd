//! What is hidden for which combination of background variables.
//!
//! For each background variable, and for each allowed crossing of two, there is one fixed pattern,
//! made from all answers and independent of any query. Whatever is asked is then put together from
//! cells of such a pattern, and is shown only if all of them are: no filter can show more than the
//! fixed tables do.

use std::rc::Rc;

use questionnaire::definition::Role;

use super::alone::{broken_down, undivided};
use super::apart::{Apart, apart};
use super::between;
use super::cells::is_small;
use super::crossed::crossed;
use super::groups::{Groups, are_few, few_with_value_since, hidden_values};
use super::rows::Rows;
use crate::codebook::{Item, Kind, Question};
use crate::columns::{Bitmap, Column};
use crate::dataset::Dataset;
use crate::query::Protection;
use crate::tabulate;

/// A pattern over the cells of none, one or two background variables.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    /// Respondents of each cell. Cells are the codes and a last one for those without; for two
    /// variables, row by row.
    pub cells: Rc<[Bitmap]>,
    /// How many they are.
    pub sizes: Vec<u32>,
    /// Cells that are not shown at all; those without an answer always are among them.
    pub hidden: Vec<bool>,
    /// Of the hidden ones, those of which it would not be known that nobody is in them.
    pub unknown: Vec<bool>,
    /// One per variable of the codebook.
    pub items: Vec<ItemPattern>,
}

/// The pattern of one variable.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ItemPattern {
    /// Cells in which nothing of it is shown, not even how many answered.
    pub hidden: Vec<bool>,
    /// Per row (codes, then values outside the codebook, or classes of numbers), per cell.
    pub rows: Vec<Vec<bool>>,
    /// Cells of which no middles and spreads are shown.
    pub summaries: Vec<bool>,
}

impl Pattern {
    /// True if nothing at all is shown.
    pub(super) fn is_withdrawn(&self) -> bool {
        self.hidden.iter().all(|it| *it)
    }

    /// True if it would not be known that nobody is in a cell.
    pub(super) fn is_unknown(&self, cell: usize) -> bool {
        self.unknown.get(cell) == Some(&true)
    }
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

/// Makes the pattern of these variables (places in the codebook, at most two). What one background
/// variable shows of others comes later ([`with_backgrounds`]). At first nothing is hidden for what
/// two variables tell that are not shown together ([`super::apart`]): which these are is known then.
pub(crate) fn pattern(
    dataset: &Dataset,
    variables: &[usize],
    protection: Protection,
    is_first: bool,
) -> Pattern {
    let cells = cells(dataset, variables);
    let sizes: Vec<u32> = cells.iter().map(Bitmap::count).collect();
    let groups = dataset.groups(variables, protection);
    let apart = match variables {
        [variable] if !is_first => apart(dataset, *variable, protection),
        _ => Vec::new(),
    };
    let before = match variables {
        [_] if !is_first => Some(dataset.first_pattern(variables, protection)),
        _ => None,
    };
    let all: Vec<usize> = (0..dataset.columns().len()).collect();
    let tables = tabulate::count(dataset, &all, &cells);
    let items = dataset.codebook().items().enumerate();
    let rows =
        items.map(|(ix, (_, item))| Rows::new(dataset, variables, (ix, item), &tables, protection));
    let rows: Vec<Rows> = rows.collect();
    let made = rows.iter().enumerate().map(|(ix, rows)| {
        let (question, item) = dataset.codebook().items().nth(ix)?;
        if is_background(question, item) {
            let hidden = &groups.hidden;
            Some(of_background(
                dataset,
                (ix, rows),
                (variables, hidden),
                protection,
            ))
        } else {
            let alone = |of: &[usize]| -> Option<ItemPattern> {
                let pattern = if is_first {
                    dataset.first_pattern(of, protection)
                } else {
                    dataset.pattern_of_questions(of, protection)
                };
                pattern.items.get(ix).cloned()
            };
            of_question(
                dataset,
                (ix, rows),
                (variables, &sizes, &groups, &apart),
                before.as_ref().and_then(|it| it.items.get(ix)),
                &alone,
            )
        }
    });
    let (hidden, items) = match made.collect() {
        Some(items) => (groups.hidden.clone(), items),
        // Beside the sizes of the crossing's groups a question would give something away.
        None => (
            vec![true; cells.len()],
            rows.iter()
                .map(|it| ItemPattern::closed(it.counts.len(), cells.len()))
                .collect(),
        ),
    };
    Pattern {
        unknown: unknown(dataset, variables, &hidden),
        cells: cells.into(),
        sizes,
        hidden,
        items,
    }
}

/// The pattern of one background variable with the others: their sizes are shown as far as those of
/// the crossing with it are.
pub(crate) fn with_backgrounds(
    dataset: &Dataset,
    variable: usize,
    pattern: &Pattern,
    protection: Protection,
) -> Pattern {
    let mut whole = pattern.clone();
    let codebook = dataset.codebook();
    let name = |ix: usize| codebook.items().nth(ix).map(|(_, item)| item.name.as_str());
    for (ix, (question, item)) in codebook.items().enumerate() {
        let is_other = ix != variable && is_background(question, item);
        let allowed = name(variable).is_some_and(|it| codebook.may_cross(it, &item.name));
        if is_other
            && allowed
            && let Some(slot) = whole.items.get_mut(ix)
        {
            *slot = beside(dataset, (variable, ix), pattern, protection);
        }
    }
    whole
}

/// One background variable in the cells of another.
fn beside(
    dataset: &Dataset,
    (variable, ix): (usize, usize),
    pattern: &Pattern,
    protection: Protection,
) -> ItemPattern {
    let Some(Column::One { codes, other }) = dataset.columns().get(ix) else {
        return ItemPattern::closed(0, pattern.cells.len());
    };
    let n_rows = codes.len() + 1;
    let both = [variable.min(ix), variable.max(ix)];
    let crossed = if are_few(dataset) {
        let crossed = dataset.pattern_of_questions(&both, protection);
        crossed.hidden.clone()
    } else {
        dataset.groups(&both, protection).hidden.clone()
    };
    if crossed.iter().all(|it| *it) {
        // Nothing is shown of the crossing: not even how many of a group have neither of its codes.
        return ItemPattern::closed(n_rows, pattern.cells.len());
    }
    let item = dataset.codebook().items().nth(ix).map(|it| it.1);
    let minimum = item.map_or(protection.minimum_cell, |it| protection.minimum_of(it));
    let closed = pattern.cells.iter().zip(&pattern.hidden);
    // Those whose value is outside the codebook have a row of their own.
    let closed = closed.map(|(cell, hidden)| *hidden || is_small(other.and(cell).count(), minimum));
    let closed: Vec<bool> = closed.collect();
    let is_hidden = |cell: usize, row: usize| {
        let place = if ix < variable {
            row * closed.len() + cell
        } else {
            cell * n_rows + row
        };
        crossed.get(place).copied().unwrap_or(true)
    };
    let row = |row: usize| {
        let cells = closed.iter().enumerate();
        let hidden =
            |(cell, it): (usize, &bool)| *it || (row + 1 != n_rows && is_hidden(cell, row));
        cells.map(hidden).collect()
    };
    ItemPattern {
        rows: (0..n_rows).map(row).collect(),
        summaries: vec![false; closed.len()],
        hidden: closed,
    }
}

/// The pattern of a crossing where few answered, if it needs no second look: nothing of it is shown,
/// or nothing that it depends on has changed.
pub(crate) fn settled(
    dataset: &Dataset,
    variables: &[usize],
    protection: Protection,
) -> Option<Rc<Pattern>> {
    if variables.len() != 2 || !are_few(dataset) {
        return None;
    }
    let first = dataset.first_pattern(variables, protection);
    let is_same = |variable: &usize| {
        let (of, now) = (
            [*variable],
            dataset.pattern_of_questions(&[*variable], protection),
        );
        dataset.first_pattern(&of, protection).items == now.items
    };
    (first.is_withdrawn() || variables.iter().all(is_same)).then_some(first)
}

/// The hidden cells that have a code of every variable; of a crossing that is not shown at all, every
/// one. How many are in the others follows from N.
fn unknown(dataset: &Dataset, variables: &[usize], hidden: &[bool]) -> Vec<bool> {
    let is_withdrawn = variables.len() == 2 && hidden.iter().all(|it| *it);
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
    let cells = hidden.iter().enumerate();
    cells
        .map(|(ix, hidden)| *hidden && (is_withdrawn || has_codes(ix)))
        .collect()
}

/// Every combination of codes, and of having none.
pub(super) fn cells(dataset: &Dataset, variables: &[usize]) -> Vec<Bitmap> {
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

/// True for variables that groups are made of.
pub(crate) fn is_background(question: &Question, item: &Item) -> bool {
    question.role == Role::Background && matches!(item.kind, Kind::Single | Kind::Scale)
}

/// A background variable over all respondents, and beside itself.
fn of_background(
    dataset: &Dataset,
    (ix, rows): (usize, &Rows),
    (variables, hidden): (&[usize], &[bool]),
    protection: Protection,
) -> ItemPattern {
    let n_rows = rows.counts.len();
    if variables.contains(&ix) {
        return ItemPattern {
            hidden: hidden.to_vec(),
            rows: vec![hidden.to_vec(); n_rows],
            summaries: vec![false; hidden.len()],
        };
    }
    if !variables.is_empty() {
        return ItemPattern::closed(n_rows, hidden.len());
    }
    let few = is_small(rows.answered.first().copied().unwrap_or(0), rows.minimum)
        || few_with_value_since(dataset, ix, protection);
    let codes = hidden_values(dataset, ix, protection);
    let row = |row: usize| vec![few || codes.get(row).copied().unwrap_or(true)];
    ItemPattern {
        hidden: vec![few],
        rows: (0..n_rows).map(row).collect(),
        summaries: vec![false],
    }
}

/// `before` is what the first look at one variable came to. `None` if not even the sizes of groups may
/// be shown beside what is shown of it otherwise.
fn of_question(
    dataset: &Dataset,
    (ix, rows): (usize, &Rows),
    (variables, sizes, groups, apart): (&[usize], &[u32], &Groups, &[Apart]),
    before: Option<&ItemPattern>,
    of: &dyn Fn(&[usize]) -> Option<ItemPattern>,
) -> Option<ItemPattern> {
    let nothing = || Some(ItemPattern::closed(rows.counts.len(), rows.answered.len()));
    match (variables, &groups.crossing) {
        ([], _) => Some(undivided(rows)),
        ([variable], _) => {
            let whole = of(&[])?;
            let own = before.cloned().unwrap_or_else(|| {
                let own = broken_down(rows, &groups.hidden, &whole);
                let now = (sizes, groups.hidden.as_slice());
                between::limit(dataset, *variable, now, (rows, &whole), own)
            });
            apart.iter().try_fold(own, |own, it| {
                let other = of(&[it.other])?;
                Some(it.limit(dataset, ix, (&whole, &other), own))
            })
        }
        ([one, other], Some(crossing)) => {
            let column = dataset.columns().get(ix)?;
            crossed(
                rows,
                column,
                crossing,
                &of(&[])?,
                [&of(&[*one])?, &of(&[*other])?],
            )
        }
        _ => nothing(),
    }
}
