//! The tree that the parser makes and the evaluator walks.

use super::functions::Function;

/// One part of an expression.
///
/// Chains of operators of one precedence are kept flat, so that the depth of the tree is the
/// nesting an author wrote and not the number of operators.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    /// `null`, a number, a truth value, a text.
    Literal(Literal),
    /// `{name}`; `raw` for `{#name}`, whose text is not turned into a number or truth value.
    Variable { name: String, raw: bool },
    /// `[a, b]`.
    List(Vec<Node>),
    /// `!x`.
    Not(Box<Node>),
    /// `x empty`, or `x notempty`.
    Empty { of: Box<Node>, expected: bool },
    /// `first op a op b …`, from left to right.
    Chain {
        first: Box<Node>,
        rest: Vec<(Operator, Node)>,
    },
    /// `name(a, b)`; `function` is `None` if no function has that name.
    Call {
        name: String,
        function: Option<Function>,
        arguments: Vec<Node>,
    },
}

/// A value written in the expression itself.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Literal {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
}

/// Everything that stands between two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Or,
    And,
    LessOrEqual,
    GreaterOrEqual,
    Equal,
    NotEqual,
    Less,
    Greater,
    Plus,
    Minus,
    Multiply,
    Divide,
    Remainder,
    Power,
    Contains,
    NotContains,
    AnyOf,
    AllOf,
    NoneOf,
}

impl Node {
    /// Calls `visit` with this part and every part inside it, in the order they are written.
    pub(crate) fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Node)) {
        visit(self);
        match self {
            Self::Literal(_) | Self::Variable { .. } => {}
            Self::List(items)
            | Self::Call {
                arguments: items, ..
            } => items.iter().for_each(|item| item.walk(visit)),
            Self::Not(inner) | Self::Empty { of: inner, .. } => inner.walk(visit),
            Self::Chain { first, rest } => {
                first.walk(visit);
                for (_, operand) in rest {
                    operand.walk(visit);
                }
            }
        }
    }
}
