//! Conditions that say nothing, or something impossible.

use json::Value;

use super::Findings;
use super::domain::{Shape, number, same, shape, shown, values};
use super::map::{Entry, Map};
use super::resolve::Target;
use super::sites::Site;
use crate::definition::{Kind, Question};
use crate::expression::syntax::{Literal, Node, Operator};
use crate::expression::{ObjectScope, Outcome};

/// A comparison of a variable with a written value, the variable on the left.
struct Comparison<'e> {
    name: &'e str,
    operator: Operator,
    value: &'e Node,
}

pub(super) fn check(map: &Map<'_>, findings: &mut Findings) {
    for site in &map.sites {
        if site.condition {
            match verdict(map, site) {
                Some(Verdict::Never(why)) => findings.error(
                    "expression/contradiction",
                    site.at.clone(),
                    shown(&Value::from(site.source.as_str())),
                    "a condition that can hold",
                    &why,
                ),
                Some(Verdict::Always(why)) => findings.warning(
                    "expression/meaningless-condition",
                    site.at.clone(),
                    shown(&Value::from(site.source.as_str())),
                    "a condition that can hold and not hold",
                    &why,
                ),
                None => {}
            }
        }
        each_comparison(site.expression.root(), &mut |comparison| {
            let Target::Entry(index) = map.resolve(comparison.name, site.owner, site.per_item)
            else {
                return;
            };
            if let Some(question) = map.entries.get(index).and_then(Entry::question)
                && !mismatch(question, &comparison, site, findings)
            {
                unknown_choice(map, question, &comparison, site, findings);
            }
        });
    }
}

enum Verdict {
    Never(String),
    Always(String),
}

/// True for a condition that no answers can make true.
pub(super) fn never_true(map: &Map<'_>, site: &Site) -> bool {
    matches!(verdict(map, site), Some(Verdict::Never(_)))
}

/// Variables that must have a value for the condition to hold.
pub(super) fn required_names(site: &Site) -> Vec<&str> {
    terms(site.expression.root(), Operator::And)
        .into_iter()
        .filter_map(|term| match term {
            Node::Empty {
                of,
                expected: false,
            } => match &**of {
                Node::Variable { name, .. } => Some(name.as_str()),
                _ => None,
            },
            other => {
                let comparison = comparison(other)?;
                let positive = matches!(
                    comparison.operator,
                    Operator::Equal
                        | Operator::Less
                        | Operator::LessOrEqual
                        | Operator::Greater
                        | Operator::GreaterOrEqual
                        | Operator::Contains
                        | Operator::AnyOf
                        | Operator::AllOf
                );
                let truthy = literal(comparison.value)
                    .is_some_and(|it| !it.is_null() && it != Value::from(""));
                (positive && truthy).then_some(comparison.name)
            }
        })
        .collect()
}

fn verdict(map: &Map<'_>, site: &Site) -> Option<Verdict> {
    let root = site.expression.root();
    if let Some(constant) = constant(site) {
        return Some(if constant == Value::Bool(true) {
            Verdict::Always("it does not depend on any answer".to_owned())
        } else {
            Verdict::Never("it does not depend on any answer".to_owned())
        });
    }
    if let Node::Chain { rest, .. } = root
        && rest.iter().all(|(operator, _)| is_arithmetic(*operator))
    {
        return Some(Verdict::Always(
            "arithmetic gives a number, not yes or no".to_owned(),
        ));
    }
    if let Some(name) = itself(root) {
        return Some(Verdict::Always(format!(
            "{{{name}}} is compared with itself"
        )));
    }
    if terms(root, Operator::Or).len() > 1 {
        let any = terms(root, Operator::Or);
        if any
            .iter()
            .any(|it| matches!(it, Node::Literal(Literal::Bool(true))))
            || covers_all(&any)
        {
            return Some(Verdict::Always("one of its parts always holds".to_owned()));
        }
        let all_dead = any
            .iter()
            .all(|it| impossible(map, site, &terms(it, Operator::And)).is_some());
        return all_dead.then(|| Verdict::Never("none of its parts can hold".to_owned()));
    }
    impossible(map, site, &terms(root, Operator::And)).map(Verdict::Never)
}

/// The value of an expression that asks nothing.
fn constant(site: &Site) -> Option<Value> {
    let functions = site.expression.functions();
    if !site.expression.variables().is_empty() || !functions.is_empty() {
        return None;
    }
    let scope = ObjectScope {
        values: json::Object::new(),
        today: (2026, 1, 1),
    };
    match site.expression.evaluate(&scope) {
        Outcome::Value(value) => Some(value),
        Outcome::Undefined => Some(Value::Null),
    }
}

fn is_arithmetic(operator: Operator) -> bool {
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

/// `{a} = {a}`.
fn itself(node: &Node) -> Option<&str> {
    let Node::Chain { first, rest } = node else {
        return None;
    };
    match (&**first, rest.as_slice()) {
        (Node::Variable { name, .. }, [(_, Node::Variable { name: other, .. })])
            if name == other =>
        {
            Some(name)
        }
        _ => None,
    }
}

/// The parts that `and` or `or` joins.
fn terms(node: &Node, joint: Operator) -> Vec<&Node> {
    match node {
        Node::Chain { first, rest } if rest.iter().all(|(operator, _)| *operator == joint) => {
            let mut all = terms(first, joint);
            for (_, part) in rest {
                all.extend(terms(part, joint));
            }
            all
        }
        other => vec![other],
    }
}

/// A comparison of a variable with a written value.
fn comparison(node: &Node) -> Option<Comparison<'_>> {
    let Node::Chain { first, rest } = node else {
        return None;
    };
    let [(operator, second)] = rest.as_slice() else {
        return None;
    };
    if is_arithmetic(*operator) || matches!(operator, Operator::And | Operator::Or) {
        return None;
    }
    match (&**first, second) {
        (Node::Variable { name, .. }, value @ (Node::Literal(_) | Node::List(_))) => {
            Some(Comparison {
                name,
                operator: *operator,
                value,
            })
        }
        (value @ Node::Literal(_), Node::Variable { name, .. }) => Some(Comparison {
            name,
            operator: mirrored(*operator)?,
            value,
        }),
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

fn each_comparison<'e>(node: &'e Node, visit: &mut dyn FnMut(Comparison<'e>)) {
    node.walk(&mut |node| {
        if let Some(found) = comparison(node) {
            visit(found);
        }
    });
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

/// What is required of one variable.
#[derive(Default)]
struct Requirements {
    equal: Vec<Value>,
    not_equal: Vec<Value>,
    least: Option<(f64, bool)>,
    greatest: Option<(f64, bool)>,
    empty: bool,
    filled: bool,
}

/// Why the terms cannot all hold.
fn impossible(map: &Map<'_>, site: &Site, terms: &[&Node]) -> Option<String> {
    let mut by_name: Vec<(String, Requirements)> = Vec::new();
    for term in terms {
        if matches!(term, Node::Literal(Literal::Bool(false))) {
            return Some("it asks for something false".to_owned());
        }
        let Some((name, add)) = requirement(term) else {
            continue;
        };
        let key = name.to_lowercase();
        if !by_name.iter().any(|(it, _)| *it == key) {
            by_name.push((key.clone(), Requirements::default()));
        }
        for (_, all) in by_name.iter_mut().filter(|(it, _)| *it == key) {
            add(all);
        }
    }
    by_name.iter().find_map(|(name, all)| {
        let (least, greatest) = allowed(map, site, name);
        contradiction(all, least, greatest).map(|why| format!("{{{name}}} {why}"))
    })
}

type Add = Box<dyn Fn(&mut Requirements)>;

fn requirement(term: &Node) -> Option<(&str, Add)> {
    if let Node::Empty { of, expected } = term {
        let Node::Variable { name, .. } = &**of else {
            return None;
        };
        let expected = *expected;
        return Some((
            name,
            Box::new(move |all| {
                all.empty |= expected;
                all.filled |= !expected;
            }),
        ));
    }
    let Comparison {
        name,
        operator,
        value,
    } = comparison(term)?;
    let value = literal(value)?;
    let bound = number(&value).filter(|_| !matches!(value, Value::Bool(_)));
    let add: Add = match operator {
        Operator::Equal if value.is_null() || value == Value::from("") => {
            Box::new(|all| all.empty = true)
        }
        Operator::Equal => Box::new(move |all| all.equal.push(value.clone())),
        Operator::NotEqual => Box::new(move |all| all.not_equal.push(value.clone())),
        Operator::Greater | Operator::GreaterOrEqual => {
            let (bound, open) = (bound?, operator == Operator::Greater);
            Box::new(move |all| {
                all.filled = true;
                if all.least.is_none_or(|(it, _)| bound >= it) {
                    all.least = Some((bound, open));
                }
            })
        }
        Operator::Less | Operator::LessOrEqual => {
            let (bound, open) = (bound?, operator == Operator::Less);
            Box::new(move |all| {
                all.filled = true;
                if all.greatest.is_none_or(|(it, _)| bound <= it) {
                    all.greatest = Some((bound, open));
                }
            })
        }
        _ => return None,
    };
    Some((name, add))
}

/// The least and greatest number a question takes.
fn allowed(map: &Map<'_>, site: &Site, name: &str) -> (Option<f64>, Option<f64>) {
    let Target::Entry(index) = map.resolve(name, site.owner, site.per_item) else {
        return (None, None);
    };
    let Some(question) = map.entries.get(index).and_then(Entry::question) else {
        return (None, None);
    };
    match &question.kind {
        Kind::Rating { items, .. } => {
            let points = || items.iter().filter_map(|it| number(&it.choice.value));
            let all = points().count() == items.len() && !items.is_empty();
            (
                all.then(|| points().fold(f64::INFINITY, f64::min)),
                all.then(|| points().fold(f64::NEG_INFINITY, f64::max)),
            )
        }
        Kind::Slider {
            min,
            max,
            range: false,
            ..
        } => (Some(*min), Some(*max)),
        Kind::Text { field } if shape(question) == Shape::Number => (
            field
                .min
                .as_ref()
                .and_then(number)
                .filter(|_| field.min_expression.is_none()),
            field
                .max
                .as_ref()
                .and_then(number)
                .filter(|_| field.max_expression.is_none()),
        ),
        _ => (None, None),
    }
}

fn contradiction(all: &Requirements, least: Option<f64>, greatest: Option<f64>) -> Option<String> {
    if all.empty && (all.filled || !all.equal.is_empty()) {
        return Some("cannot be both empty and filled".to_owned());
    }
    let first = all.equal.first();
    if let Some(first) = first {
        if let Some(other) = all.equal.iter().find(|it| !same(first, it)) {
            return Some(format!(
                "cannot be both {} and {}",
                shown(first),
                shown(other)
            ));
        }
        if all.not_equal.iter().any(|it| same(first, it)) {
            return Some(format!("cannot be {} and not be it", shown(first)));
        }
    }
    let exact = first.and_then(number);
    let below = |value: f64, (bound, open): (f64, bool)| value < bound || open && value <= bound;
    let above = |value: f64, (bound, open): (f64, bool)| value > bound || open && value >= bound;
    if let (Some(low), Some(high)) = (all.least, all.greatest)
        && (low.0 > high.0 || (low.1 || high.1) && low.0 >= high.0)
    {
        return Some(format!("cannot be above {} and below {}", low.0, high.0));
    }
    if let Some(exact) = exact {
        if all.least.is_some_and(|it| below(exact, it))
            || all.greatest.is_some_and(|it| above(exact, it))
        {
            return Some(format!("is asked to be {exact} and out of its bounds"));
        }
        if least.is_some_and(|it| exact < it) || greatest.is_some_and(|it| exact > it) {
            return Some(format!("never is {exact}"));
        }
    }
    if let (Some(bound), Some(most)) = (all.least, greatest)
        && below(most, bound)
    {
        return Some(format!("is at most {most}"));
    }
    if let (Some(bound), Some(fewest)) = (all.greatest, least)
        && above(fewest, bound)
    {
        return Some(format!("is at least {fewest}"));
    }
    None
}

/// `x = 1 or x != 1`, `x empty or x notempty`.
fn covers_all(terms: &[&Node]) -> bool {
    let all: Vec<(&str, Requirements)> = terms
        .iter()
        .filter_map(|term| {
            let (name, add) = requirement(term)?;
            let mut all = Requirements::default();
            add(&mut all);
            Some((name, all))
        })
        .collect();
    all.iter().enumerate().any(|(index, (name, a))| {
        all.iter().skip(index + 1).any(|(other, b)| {
            let opposite = |a: &Requirements, b: &Requirements| {
                a.equal
                    .iter()
                    .any(|it| b.not_equal.iter().any(|other| same(it, other)))
            };
            name.eq_ignore_ascii_case(other)
                && (opposite(a, b)
                    || opposite(b, a)
                    || a.empty && b.filled && b.least.is_none() && b.greatest.is_none()
                    || b.empty && a.filled && a.least.is_none() && a.greatest.is_none())
        })
    })
}

fn is_ordering(operator: Operator) -> bool {
    matches!(
        operator,
        Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual
    )
}

/// A comparison that the type of the question cannot satisfy. True if it was said.
fn mismatch(
    question: &Question,
    it: &Comparison<'_>,
    site: &Site,
    findings: &mut Findings,
) -> bool {
    let Some(value) = literal(it.value) else {
        return false;
    };
    let equality = matches!(it.operator, Operator::Equal | Operator::NotEqual);
    let ordering = is_ordering(it.operator);
    let empty = value.is_null() || value == Value::from("");
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
            if same(value_true, &value) || same(value_false, &value) {
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
                && number(&value).is_none() =>
        {
            "holds a number"
        }
        _ => return false,
    };
    findings.warning(
        "expression/type-mismatch",
        site.at.clone(),
        format!("{{{}}} compared with {}", it.name, shown(&value)),
        "a comparison that fits the question",
        &format!("{} {why}", question.name),
    );
    true
}

/// A comparison with a value that is no choice of the question.
fn unknown_choice(
    map: &Map<'_>,
    question: &Question,
    it: &Comparison<'_>,
    site: &Site,
    findings: &mut Findings,
) {
    if is_ordering(it.operator) || matches!(question.kind, Kind::Boolean { .. }) {
        return;
    }
    let (Some(values), Some(given)) = (values(map, question), literal(it.value)) else {
        return;
    };
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
