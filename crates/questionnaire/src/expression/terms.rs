//! A condition in the few terms that a reader of paper can follow by hand.

use json::Value;

use super::Expression;
use super::syntax::{Literal, Node, Operator};

/// What a condition asks, if it is nothing but simple terms joined by one word.
#[derive(Debug, Clone, PartialEq)]
pub struct Terms<'a> {
    /// True if all terms must hold, false if one is enough.
    pub all: bool,
    /// At least one.
    pub terms: Vec<Term<'a>>,
}

/// What is asked of one answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Term<'a> {
    /// The variable, as written between the braces.
    pub name: &'a str,
    /// What its answer must be.
    pub asks: Asks,
}

/// What an answer must be.
#[derive(Debug, Clone, PartialEq)]
pub enum Asks {
    /// Anything at all, or nothing.
    Answered(bool),
    /// One of these values, or (of several chosen) with one of them among them.
    OneOf(Vec<Value>),
    /// None of these values.
    NoneOf(Vec<Value>),
    /// This number or more.
    AtLeast(f64),
    /// This number or less.
    AtMost(f64),
    /// More than this number.
    Above(f64),
    /// Less than this number.
    Below(f64),
}

impl Expression {
    /// The condition in simple terms; `None` for all others.
    pub fn terms(&self) -> Option<Terms<'_>> {
        let single = |term| Terms {
            all: true,
            terms: vec![term],
        };
        if let Some(term) = term(&self.root) {
            return Some(single(term));
        }
        let Node::Chain { first, rest } = &self.root else {
            return None;
        };
        let joint = rest.first()?.0;
        if !matches!(joint, Operator::And | Operator::Or) || rest.iter().any(|it| it.0 != joint) {
            return None;
        }
        let parts = std::iter::once(&**first).chain(rest.iter().map(|it| &it.1));
        Some(Terms {
            all: joint == Operator::And,
            terms: parts.map(term).collect::<Option<_>>()?,
        })
    }
}

fn term(node: &Node) -> Option<Term<'_>> {
    match node {
        Node::Empty { of, expected } => Some(Term {
            name: variable(of)?,
            asks: Asks::Answered(!expected),
        }),
        Node::Chain { first, rest } => {
            let [(operator, second)] = rest.as_slice() else {
                return None;
            };
            let values = values(second)?;
            let number = || values.first().and_then(Value::as_f64);
            let asks = match operator {
                Operator::Equal | Operator::Contains | Operator::AllOf if values.len() == 1 => {
                    Asks::OneOf(values)
                }
                Operator::AnyOf => Asks::OneOf(values),
                Operator::NotEqual | Operator::NotContains if values.len() == 1 => {
                    Asks::NoneOf(values)
                }
                Operator::NoneOf => Asks::NoneOf(values),
                Operator::GreaterOrEqual => Asks::AtLeast(number()?),
                Operator::LessOrEqual => Asks::AtMost(number()?),
                Operator::Greater => Asks::Above(number()?),
                Operator::Less => Asks::Below(number()?),
                _ => return None,
            };
            Some(Term {
                name: variable(first)?,
                asks,
            })
        }
        _ => None,
    }
}

fn variable(node: &Node) -> Option<&str> {
    match node {
        Node::Variable { name, .. } => Some(name),
        _ => None,
    }
}

/// One value, or those of a list.
fn values(node: &Node) -> Option<Vec<Value>> {
    match node {
        Node::List(items) if !items.is_empty() => items.iter().map(value).collect(),
        one => value(one).map(|it| vec![it]),
    }
}

fn value(node: &Node) -> Option<Value> {
    match node {
        Node::Literal(Literal::Bool(it)) => Some(Value::Bool(*it)),
        Node::Literal(Literal::Number(it)) => Some(Value::Number(*it)),
        Node::Literal(Literal::Text(it)) if !it.is_empty() => Some(Value::from(it.as_str())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Asks, Expression};
    use json::Value;

    fn told(source: &str) -> Option<(bool, Vec<(String, Asks)>)> {
        let expression = Expression::parse(source).expect("an expression");
        let terms = expression.terms()?;
        let each = terms.terms.into_iter();
        let each = each.map(|it| (it.name.to_owned(), it.asks)).collect();
        Some((terms.all, each))
    }

    #[test]
    fn simple_conditions_are_told() {
        let text = |it: &str| Value::from(it);
        for (source, asks) in [
            ("{q} = 'a'", Asks::OneOf(vec![text("a")])),
            (
                "{q} anyof ['a', 'b']",
                Asks::OneOf(vec![text("a"), text("b")]),
            ),
            ("{q} contains 2", Asks::OneOf(vec![Value::Number(2.0)])),
            ("{q} <> true", Asks::NoneOf(vec![Value::Bool(true)])),
            ("{q} >= 5", Asks::AtLeast(5.0)),
            ("{q} < 18", Asks::Below(18.0)),
            ("{q} notempty", Asks::Answered(true)),
            ("{q} empty", Asks::Answered(false)),
        ] {
            assert_eq!(told(source), Some((true, vec![("q".to_owned(), asks)])));
        }
    }

    #[test]
    fn terms_are_joined_by_one_word() {
        let names = |source| {
            let (all, terms) = told(source)?;
            Some((all, terms.len()))
        };
        assert_eq!(
            names("{a} = 1 and {b} notempty and {c} > 2"),
            Some((true, 3))
        );
        assert_eq!(names("{a} = 1 or {b} = 2"), Some((false, 2)));
        assert_eq!(names("{a} = 1 or {b} = 2 and {c} = 3"), None);
    }

    #[test]
    fn all_else_is_not_guessed_at() {
        for source in [
            "{a} = {b}",
            "!({a} = 1)",
            "age({born}) > 17",
            "{a} + 1 = 2",
            "{a} allof ['x', 'y']",
            "{a} = ''",
            "1 = {a}",
        ] {
            assert_eq!(told(source), None, "{source}");
        }
    }
}
