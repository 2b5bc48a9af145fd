//! From a condition to the set of respondents for whom it holds.

mod parse;

use parse::{Condition, Operator, Word};
use questionnaire::definition::Role;

use crate::codebook::Item;
use crate::columns::{Bitmap, Column};
use crate::dataset::Dataset;
use crate::release::Refusal;

/// The respondents for whom `source` holds, and the places of the variables it names. As in the expression language, someone without an
/// answer is unequal to every value and neither less nor greater than any.
///
/// # Errors
///
/// [`Refusal::Filter`], when the condition cannot be read, names something that is not a
/// background variable with choices, or a value that is not among them.
pub(crate) fn select(dataset: &Dataset, source: &str) -> Result<(Bitmap, Vec<usize>), Refusal> {
    let condition = parse::parse(source).map_err(|error| Refusal::Filter {
        offset: error.offset,
        code: "syntax",
        what: error.found,
    })?;
    let all = Bitmap::full(dataset.responses() as usize);
    let find = |variable: &Word| background(dataset, variable);
    let chosen = holds(&condition, &find, &all)?;
    let mut variables = Vec::new();
    name(&condition, dataset, &mut variables);
    Ok((chosen, variables))
}

/// For each combination of codes of the variables at these places, and of having none (the last of
/// each; row by row), whether `source` holds for whoever has it, be there anybody or not. `None` if the
/// filter cannot be read, or names other variables.
pub(crate) fn covers(dataset: &Dataset, source: &str, variables: &[usize]) -> Option<Vec<bool>> {
    let condition = parse::parse(source).ok()?;
    let items: Vec<&Item> = dataset.codebook().items().map(|it| it.1).collect();
    let n_parts = |it: &usize| Some(items.get(*it)?.categories.len() + 1);
    let n_parts: Vec<usize> = variables.iter().map(n_parts).collect::<Option<_>>()?;
    let n_cells: usize = n_parts.iter().product();
    let mut inner = n_cells;
    let sets = n_parts.iter().map(|n| {
        inner /= n;
        let has = |code: usize| {
            let cells = (0..n_cells).filter(|cell| cell / inner % n == code);
            cells.fold(Bitmap::default(), |mut set, cell| {
                set.set(cell);
                set
            })
        };
        (0..n - 1).map(has).collect::<Vec<_>>()
    });
    let sets: Vec<Vec<Bitmap>> = sets.collect();
    let nobody = Bitmap::default();
    let find = |variable: &Word| {
        let (item, ..) = background(dataset, variable)?;
        let place = variables
            .iter()
            .position(|it| items.get(*it).is_some_and(|it| it.name == item.name));
        let codes = place.and_then(|it| sets.get(it)).map(Vec::as_slice);
        Ok((item, codes.unwrap_or_default(), &nobody))
    };
    let chosen = holds(&condition, &find, &Bitmap::full(n_cells)).ok()?;
    Some((0..n_cells).map(|it| chosen.has(it)).collect())
}

/// The variables and values of a filter that asks for one value of each; `None` if it asks for more.
pub(crate) fn equalities(source: &str) -> Option<Vec<(String, String)>> {
    let parts = match parse::parse(source).ok()? {
        Condition::And(parts) => parts,
        other => vec![other],
    };
    let equality = |part: Condition| match part {
        Condition::Compare {
            variable,
            operator: Operator::Equal,
            values,
        } => Some((variable.text, values.into_iter().next()?.text)),
        _ => None,
    };
    parts.into_iter().map(equality).collect()
}

/// Places of the variables a condition names, each once.
fn name(condition: &Condition, dataset: &Dataset, places: &mut Vec<usize>) {
    match condition {
        Condition::And(parts) | Condition::Or(parts) => {
            for part in parts {
                name(part, dataset, places);
            }
        }
        Condition::Not(part) => name(part, dataset, places),
        Condition::Answered(variable) | Condition::Compare { variable, .. } => {
            let same = |it: &Item| it.name.eq_ignore_ascii_case(&variable.text);
            let place = dataset.codebook().items().position(|(_, it)| same(it));
            if let Some(place) = place.filter(|it| !places.contains(it)) {
                places.push(place);
            }
        }
    }
}

fn holds<'a>(
    condition: &Condition,
    find: &impl Fn(&Word) -> Result<Background<'a>, Refusal>,
    all: &Bitmap,
) -> Result<Bitmap, Refusal> {
    Ok(match condition {
        Condition::And(parts) => {
            let mut set = all.clone();
            for part in parts {
                set = set.and(&holds(part, find, all)?);
            }
            set
        }
        Condition::Or(parts) => {
            let mut set = Bitmap::default();
            for part in parts {
                set = set.or(&holds(part, find, all)?);
            }
            set
        }
        Condition::Not(part) => holds(part, find, all)?.complement(all),
        Condition::Answered(variable) => {
            let (_, codes, other) = find(variable)?;
            codes.iter().fold(other.clone(), |set, code| set.or(code))
        }
        Condition::Compare {
            variable,
            operator,
            values,
        } => {
            let (item, codes, _) = find(variable)?;
            let mut wanted = vec![false; codes.len()];
            for value in values {
                for (wanted, holds) in wanted.iter_mut().zip(matching(item, *operator, value)?) {
                    *wanted |= holds;
                }
            }
            let chosen = codes.iter().zip(wanted).filter(|(_, wanted)| *wanted);
            let set = chosen.fold(Bitmap::default(), |set, (code, _)| set.or(code));
            match operator {
                Operator::NotEqual | Operator::NoneOf => set.complement(all),
                _ => set,
            }
        }
    })
}

/// For each category, whether it is named (or passed) by one value of a comparison.
fn matching(item: &Item, operator: Operator, value: &Word) -> Result<Vec<bool>, Refusal> {
    let number: Option<f64> = value.text.replace(',', ".").parse().ok();
    let unknown = || Refusal::Filter {
        offset: value.offset,
        code: "unknown-value",
        what: value.text.clone(),
    };
    let compared = |holds: fn(&f64, &f64) -> bool| {
        let number = number.ok_or_else(unknown)?;
        let points = item.categories.iter().map(|it| it.point);
        Ok(points
            .map(|it| it.is_some_and(|it| holds(&it, &number)))
            .collect())
    };
    match operator {
        Operator::Less => compared(f64::lt),
        Operator::LessOrEqual => compared(f64::le),
        Operator::Greater => compared(f64::gt),
        Operator::GreaterOrEqual => compared(f64::ge),
        Operator::Equal | Operator::NotEqual | Operator::AnyOf | Operator::NoneOf => {
            let named: Vec<bool> = item
                .categories
                .iter()
                .map(|it| it.code() == value.text || (number.is_some() && it.point == number))
                .collect();
            if named.contains(&true) {
                Ok(named)
            } else {
                Err(unknown())
            }
        }
    }
}

type Background<'a> = (&'a Item, &'a [Bitmap], &'a Bitmap);

fn background<'a>(dataset: &'a Dataset, variable: &Word) -> Result<Background<'a>, Refusal> {
    let refuse = |code| Refusal::Filter {
        offset: variable.offset,
        code,
        what: variable.text.clone(),
    };
    let codebook = dataset.codebook();
    let found = codebook
        .items()
        .find(|(_, item)| item.name.eq_ignore_ascii_case(&variable.text));
    let (question, item) = found.ok_or_else(|| refuse("unknown-variable"))?;
    match dataset.column(&item.name) {
        Some(Column::One { codes, other }) if question.role == Role::Background => {
            Ok((item, codes, other))
        }
        _ => Err(refuse("not-background")),
    }
}
