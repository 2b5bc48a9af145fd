//! Walking the tree.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::arithmetic::calculate;
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
            let mut order_matters = is_raw(first);
            let mut left = evaluate(first, scope);
            for (operator, operand) in rest {
                left = match operator {
                    Operator::And if !left.is_truthy() => left,
                    Operator::Or if left.is_truthy() => left,
                    Operator::And | Operator::Or => evaluate(operand, scope),
                    _ => {
                        let strict = order_matters || is_raw(operand);
                        apply(*operator, left, evaluate(operand, scope), strict)
                    }
                };
                order_matters = false;
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

fn is_raw(node: &Node) -> bool {
    matches!(node, Node::Variable { raw: true, .. })
}

fn apply<'a>(
    operator: Operator,
    left: Datum<'a>,
    right: Datum<'a>,
    order_matters: bool,
) -> Datum<'a> {
    let (l, r) = (&left, &right);
    Datum::Bool(match operator {
        Operator::Equal => compare::equal(l, r, order_matters),
        Operator::NotEqual => !compare::equal(l, r, order_matters),
        Operator::Less => compare::ordered(l, r, Ordering::Less),
        Operator::Greater => compare::ordered(l, r, Ordering::Greater),
        Operator::LessOrEqual => {
            compare::ordered(l, r, Ordering::Less) || at_rest(l, r, order_matters)
        }
        Operator::GreaterOrEqual => {
            compare::ordered(l, r, Ordering::Greater) || at_rest(l, r, order_matters)
        }
        Operator::Contains => compare::contains(l, r, true),
        Operator::NotContains => compare::contains_not(l, r),
        Operator::AnyOf => compare::any_of(l, r),
        Operator::AllOf => compare::all_of(l, r),
        Operator::NoneOf => compare::none_of(l, r),
        operator => return calculate(operator, left, right),
    })
}

/// The "or equal" of an order; nothing is not equal to nothing here.
fn at_rest(left: &Datum, right: &Datum, order_matters: bool) -> bool {
    !left.is_empty() && !right.is_empty() && compare::equal(left, right, order_matters)
}
