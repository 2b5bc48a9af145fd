//! Comparisons of an answer with a value that the question cannot hold.

use json::Value;

use super::Findings;
use super::domain::{Shape, number, same, shape, shown, values};
use super::known::Known;
use super::map::{Entry, Map, Scope};
use super::resolve::Target;
use super::sites::Site;
use crate::definition::{Kind, Question};
use crate::expression::syntax::{Literal, Node, Operator};

/// A comparison of a variable with a value, the variable on the left.
pub(super) struct Comparison<'e> {
    pub(super) name: &'e str,
    pub(super) operator: Operator,
    pub(super) value: Value,
}

pub(super) fn check(map: &Map<'_>, known: &Known, findings: &mut Findings) {
    for site in &map.sites {
        site.expression.root().walk(&mut |node| {
            let Some(comparison) = comparison(map, known, site, node) else {
                return;
            };
            let Some(held) = held(map, site, comparison.name) else {
                return;
            };
            let said = held.is_whole && mismatch(held.question, &comparison, site, findings);
            if !said {
                unknown_choice(map, &held, &comparison, site, findings);
            }
        });
    }
}

/// What a name with a path behind it reads.
struct Held<'a> {
    question: &'a Question,
    /// The values of a matrix' row are its columns; others are the question's own.
    is_whole: bool,
}

fn held<'a>(map: &Map<'a>, site: &Site, name: &str) -> Option<Held<'a>> {
    let question = |index: usize| map.entries.get(index).and_then(Entry::question);
    let index = match map.resolve(name, site.owner, site.per_item) {
        Target::Entry(index) => {
            return question(index).map(|question| Held {
                question,
                is_whole: true,
            });
        }
        Target::Part(index) => index,
        Target::Known | Target::Unknown(_) => return None,
    };
    let whole = question(index)?;
    let stored = whole.value_name.as_ref().unwrap_or(&whole.name);
    let path = name.trim_start_matches('#').get(stored.len()..)?;
    let inner = |scope, name: &str| {
        let found = *map.named(scope, name).first()?;
        question(found).map(|question| Held {
            question,
            is_whole: true,
        })
    };
    match &whole.kind {
        Kind::PanelDynamic { .. } | Kind::MatrixDynamic { .. } => {
            let (_, name) = path.strip_prefix('[')?.split_once("].")?;
            let scope = match whole.kind {
                Kind::PanelDynamic { .. } => Scope::Panel(index),
                _ => Scope::Row(index),
            };
            inner(scope, name)
        }
        Kind::MatrixDropdown { .. } => {
            let (_, name) = path.strip_prefix('.')?.rsplit_once('.')?;
            inner(Scope::Row(index), name)
        }
        Kind::Matrix { base, .. } => {
            let row = Value::from(path.strip_prefix('.')?);
            let is_row = base.rows.iter().any(|it| same(&it.value, &row));
            is_row.then_some(Held {
                question: whole,
                is_whole: false,
            })
        }
        _ => None,
    }
}

/// The question whose own answer `name` reads.
pub(super) fn whole<'a>(map: &Map<'a>, site: &Site, name: &str) -> Option<&'a Question> {
    held(map, site, name)
        .filter(|it| it.is_whole)
        .map(|it| it.question)
}

/// A comparison of a variable with a value that is written or always the same.
pub(super) fn comparison<'e>(
    map: &Map<'_>,
    known: &Known,
    site: &Site,
    node: &'e Node,
) -> Option<Comparison<'e>> {
    let Node::Chain { first, rest } = node else {
        return None;
    };
    let [(operator, second)] = rest.as_slice() else {
        return None;
    };
    if is_arithmetic(*operator) || matches!(operator, Operator::And | Operator::Or) {
        return None;
    }
    let value = |node: &Node| match node {
        Node::Variable { name, .. } => known.constant(map, site, name),
        node => literal(node),
    };
    match (&**first, second) {
        (Node::Variable { name, .. }, other)
            if known.constant(map, site, name).is_none() && value(other).is_some() =>
        {
            Some(Comparison {
                name,
                operator: *operator,
                value: value(other)?,
            })
        }
        (other @ (Node::Literal(_) | Node::Variable { .. }), Node::Variable { name, .. }) => {
            Some(Comparison {
                name,
                operator: mirrored(*operator)?,
                value: value(other)?,
            })
        }
        _ => None,
    }
}

/// The operator with its sides exchanged.
fn mirrored(operator: Operator) -> Option<Operator> {
    Some(match operator {
        Operator::Equal | Operator::NotEqual => operator,
        Operator::Less => Operator::Greater,
        Operator::LessOrEqual => Operator::GreaterOrEqual,
        Operator::Greater => Operator::Less,
        Operator::GreaterOrEqual => Operator::LessOrEqual,
        _ => return None,
    })
}

pub(super) fn is_arithmetic(operator: Operator) -> bool {
    matches!(
        operator,
        Operator::Plus
            | Operator::Minus
            | Operator::Multiply
            | Operator::Divide
            | Operator::Remainder
            | Operator::Power
    )
}

fn literal(node: &Node) -> Option<Value> {
    Some(match node {
        Node::Literal(Literal::Null) => Value::Null,
        Node::Literal(Literal::Bool(it)) => Value::Bool(*it),
        Node::Literal(Literal::Number(it)) => Value::Number(*it),
        Node::Literal(Literal::Text(it)) => Value::Text(it.clone()),
        Node::List(items) => Value::List(items.iter().map(literal).collect::<Option<Vec<_>>>()?),
        _ => return None,
    })
}

fn is_ordering(operator: Operator) -> bool {
    matches!(
        operator,
        Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual
    )
}

/// A comparison that the type of the question cannot satisfy. True if nothing more
/// is to be said.
fn mismatch(
    question: &Question,
    it: &Comparison<'_>,
    site: &Site,
    findings: &mut Findings,
) -> bool {
    let value = &it.value;
    let equality = matches!(it.operator, Operator::Equal | Operator::NotEqual);
    let ordering = is_ordering(it.operator);
    let empty = value.is_null() || *value == Value::from("");
    let is_number = matches!(value, Value::Number(_));
    let why = match shape(question) {
        Shape::Nothing => "has no answer",
        Shape::Structure if (equality || ordering) && !empty && value.as_list().is_none() => {
            "holds several values: name one of them, as in {name.part}"
        }
        Shape::Several if (equality || ordering) && !empty && value.as_list().is_none() => {
            "holds a list: use contains or anyof"
        }
        Shape::Truth if ordering => "is yes or no: use =",
        Shape::Truth if equality && !empty && !matches!(value, Value::Bool(_)) => {
            let Kind::Boolean {
                value_true,
                value_false,
                ..
            } = &question.kind
            else {
                return false;
            };
            if same(value_true, value) || same(value_false, value) {
                return false;
            }
            "never holds this value"
        }
        Shape::Text if ordering && is_number => "holds text: set inputType to number",
        Shape::Date if (ordering || equality) && is_number => {
            "holds a date: compare with '2026-01-31' or a function"
        }
        Shape::Number
            if (ordering || equality)
                && matches!(value, Value::Text(_))
                && !empty
                && number(value).is_none() =>
        {
            "holds a number"
        }
        _ => return false,
    };
    findings.warning(
        "expression/type-mismatch",
        site.at.clone(),
        format!("{{{}}} compared with {}", it.name, shown(value)),
        "a comparison that fits the question",
        &format!("{} {why}", question.name),
    );
    // Of a list, what it is compared with may be none of its choices as well.
    shape(question) != Shape::Several
}

/// A comparison with a value that is no choice of the question.
fn unknown_choice(
    map: &Map<'_>,
    held: &Held<'_>,
    it: &Comparison<'_>,
    site: &Site,
    findings: &mut Findings,
) {
    let question = held.question;
    if is_ordering(it.operator) || matches!(question.kind, Kind::Boolean { .. }) {
        return;
    }
    let columns = match &question.kind {
        Kind::Matrix { columns, .. } if !held.is_whole => {
            Some(columns.iter().map(|it| it.value.clone()).collect())
        }
        _ => values(map, question),
    };
    let Some(values) = columns.filter(|it: &Vec<Value>| !it.is_empty()) else {
        return;
    };
    let given = it.value.clone();
    let several = shape(question) == Shape::Several;
    let substring = matches!(it.operator, Operator::Contains | Operator::NotContains) && !several;
    let given: Vec<Value> = match given {
        Value::List(items) => items,
        Value::Null => return,
        other => vec![other],
    };
    for value in given {
        let text = |value: &Value| {
            value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_lowercase)
        };
        let known = value == Value::from("")
            || values
                .iter()
                .any(|it| same(it, &value) || substring && text(it).contains(&text(&value)))
            || question
                .default_value
                .as_ref()
                .is_some_and(|it| same(it, &value));
        if !known {
            findings.error(
                "expression/unknown-choice",
                site.at.clone(),
                format!("{{{}}} compared with {}", it.name, shown(&value)),
                "a value of one of its choices",
                &crate::definition::nearest(&text(&value), values.iter().filter_map(Value::as_str))
                    .map_or_else(String::new, |it| format!("did you mean '{it}'?")),
            );
        }
    }
}
