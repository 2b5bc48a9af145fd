//! Walking the tree.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::arithmetic::{calculate, levelled};
use super::compare;
use super::datum::Datum;
use super::syntax::{Literal, Node, Operator};
use super::{Scope, functions};

/// The value of `node` for what `scope` sees.
pub(super) fn evaluate<'a>(node: &'a Node, scope: &dyn Scope) -> Datum<'a> {
    match node {
        Node::Literal(literal) => match literal {
            Literal::Null => Datum::Null,
            Literal::Bool(it) => Datum::Bool(*it),
            Literal::Number(it) => Datum::Number(*it),
            Literal::Text(it) => Datum::Text(Cow::Borrowed(it)),
        },
        Node::Variable { name, raw } => variable(name, *raw, scope),
        Node::List(items) => Datum::List(items.iter().map(|item| evaluate(item, scope)).collect()),
        Node::Not(inner) => Datum::Bool(!evaluate(inner, scope).is_truthy()),
        Node::Empty { of, expected } => Datum::Bool(evaluate(of, scope).is_empty() == *expected),
        Node::Chain { first, rest } => {
            let mut left = evaluate(first, scope);
            for (operator, operand) in rest {
                left = match operator {
                    Operator::And if !left.is_truthy() && !left.is_empty() => left,
                    Operator::Or if left.is_truthy() && !left.is_empty() => left,
                    Operator::And | Operator::Or => {
                        decide(*operator, left, evaluate(operand, scope))
                    }
                    _ => apply(*operator, left, evaluate(operand, scope), scope),
                };
            }
            left
        }
        Node::Call {
            function,
            arguments,
            ..
        } => match function {
            None => Datum::Null,
            Some(function) => functions::call(*function, arguments, scope),
        },
    }
}

/// `and` and `or` give one of their operands; nothing becomes zero, or an empty text or list.
#[inline(never)]
fn decide<'a>(operator: Operator, left: Datum<'a>, right: Datum<'a>) -> Datum<'a> {
    let (left, right) = levelled(left, right);
    if left.is_truthy() == (operator == Operator::And) {
        right
    } else {
        left
    }
}

fn variable<'a>(name: &str, raw: bool, scope: &dyn Scope) -> Datum<'a> {
    let value = scope.variable(name).or_else(|| {
        let (element, property) = name.strip_prefix('$')?.split_once('.')?;
        scope.property(element, property)
    });
    match value {
        None => Datum::Null,
        Some(value) if raw => Datum::plain(value),
        Some(value) => Datum::converted(value),
    }
}

#[inline(never)]
fn apply<'a>(
    operator: Operator,
    left: Datum<'a>,
    right: Datum<'a>,
    scope: &dyn Scope,
) -> Datum<'a> {
    let (l, r) = (&left, &right);
    Datum::Bool(match operator {
        Operator::Equal => compare::equal(l, r, scope),
        Operator::NotEqual => !compare::equal(l, r, scope),
        Operator::Less => compare::ordered(l, r, Ordering::Less, scope),
        Operator::Greater => compare::ordered(l, r, Ordering::Greater, scope),
        Operator::LessOrEqual => {
            compare::ordered(l, r, Ordering::Less, scope) || compare::equal(l, r, scope)
        }
        Operator::GreaterOrEqual => {
            compare::ordered(l, r, Ordering::Greater, scope) || compare::equal(l, r, scope)
        }
        Operator::Contains => compare::contains(l, r, true),
        Operator::NotContains => compare::contains_not(l, r),
        Operator::AnyOf => compare::any_of(l, r),
        Operator::AllOf => compare::all_of(l, r),
        Operator::NoneOf => compare::none_of(l, r),
        operator => return calculate(operator, left, right),
    })
}
