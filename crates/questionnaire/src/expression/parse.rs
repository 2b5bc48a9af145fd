//! From text to tree: the grammar, read from left to right. Where an operand cannot be read, the
//! operator before it is left for whatever stands around.

use super::ParseError;
use super::functions::Function;
use super::syntax::{Literal, Node, Operator};

/// How deep brackets, calls, lists and negations may stand inside each other.
pub(super) const DEPTH: usize = 96;

/// The levels of binary operators, loosest first; on each level operators are tried in this order.
/// All of them group from the left.
const LEVELS: [&[(&str, Operator)]; 7] = [
    &[("||", Operator::Or), ("or", Operator::Or)],
    &[("&&", Operator::And), ("and", Operator::And)],
    &[
        ("<=", Operator::LessOrEqual),
        ("lessorequal", Operator::LessOrEqual),
        (">=", Operator::GreaterOrEqual),
        ("greaterorequal", Operator::GreaterOrEqual),
        ("==", Operator::Equal),
        ("=", Operator::Equal),
        ("equal", Operator::Equal),
        ("!=", Operator::NotEqual),
        ("notequal", Operator::NotEqual),
        ("<", Operator::Less),
        ("less", Operator::Less),
        (">", Operator::Greater),
        ("greater", Operator::Greater),
    ],
    &[("+", Operator::Plus), ("-", Operator::Minus)],
    &[
        ("*", Operator::Multiply),
        ("/", Operator::Divide),
        ("%", Operator::Remainder),
    ],
    &[("^", Operator::Power), ("power", Operator::Power)],
    &[
        ("*=", Operator::Contains),
        ("contains", Operator::Contains),
        ("contain", Operator::Contains),
        ("notcontains", Operator::NotContains),
        ("notcontain", Operator::NotContains),
        ("anyof", Operator::AnyOf),
        ("allof", Operator::AllOf),
        ("noneof", Operator::NoneOf),
    ],
];

/// The level of `contains` and its kin, whose right side may be missing.
const CONTAINS: usize = LEVELS.len() - 1;

/// Reads a whole expression.
pub(super) fn parse(source: &str) -> Result<Node, ParseError> {
    let text = respelled(source);
    let mut parser = Parser {
        text: &text,
        at: 0,
        depth: 0,
        too_deep: false,
        failed: Vec::new(),
    };
    parser.space();
    let node = parser.binary(0);
    parser.space();
    match node {
        Some(node)
            if parser.at == text.len()
                && !parser.too_deep
                && node != Node::Literal(Literal::Null) =>
        {
            Ok(node)
        }
        _ => Err(ParseError { offset: parser.at }),
    }
}

/// Older spellings, replaced wherever they stand, inside texts too; every replacement keeps its
/// length, so that offsets stay true.
fn respelled(source: &str) -> String {
    source
        .replace("=>", ">=")
        .replace("=<", "<=")
        .replace("<>", "!=")
        .replace("equals", "equal ")
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    too_deep: bool,
    /// Where nothing could be read: not tried again, since brackets that nobody closes would be
    /// tried from every bracket around them.
    failed: Vec<usize>,
}

impl<'a> Parser<'a> {
    /// A chain of the operators of `level`, or whatever binds tighter.
    fn binary(&mut self, level: usize) -> Option<Node> {
        let Some(operators) = LEVELS.get(level) else {
            return self.factor();
        };
        let first = self.binary(level + 1)?;
        let mut rest = Vec::new();
        loop {
            let before = self.at;
            self.space();
            let Some(operator) = self.operator(operators) else {
                self.at = before;
                break;
            };
            let after = self.at;
            self.space();
            match self.binary(level + 1) {
                Some(operand) => rest.push((operator, operand)),
                None if level == CONTAINS => {
                    self.at = after;
                    rest.push((operator, Node::Literal(Literal::Null)));
                }
                None => {
                    self.at = before;
                    break;
                }
            }
        }
        Some(if rest.is_empty() {
            first
        } else {
            Node::Chain {
                first: Box::new(first),
                rest,
            }
        })
    }

    fn operator(&mut self, operators: &[(&str, Operator)]) -> Option<Operator> {
        let (_, operator) = operators.iter().find(|(word, _)| self.word(word))?;
        Some(*operator)
    }

    /// Something that no binary operator splits.
    fn factor(&mut self) -> Option<Node> {
        if self.depth >= DEPTH {
            self.too_deep = true;
            return None;
        }
        let start = self.at;
        if self.failed.contains(&start) {
            return None;
        }
        self.depth += 1;
        let node = self.factor_within();
        self.depth -= 1;
        if node.is_none() {
            self.failed.push(start);
        }
        node
    }

    fn factor_within(&mut self) -> Option<Node> {
        let start = self.at;
        let found = self
            .group()
            .or_else(|| self.or_back(start, Self::call))
            .or_else(|| self.or_back(start, Self::negation))
            .or_else(|| self.or_back(start, Self::tested_atom))
            .or_else(|| self.or_back(start, Self::list));
        if found.is_none() {
            self.at = start;
        }
        found
    }

    fn or_back(&mut self, start: usize, read: fn(&mut Self) -> Option<Node>) -> Option<Node> {
        if self.too_deep {
            return None;
        }
        self.at = start;
        read(self)
    }

    /// `( … )`; the closing bracket may be missing, here as in a call.
    fn group(&mut self) -> Option<Node> {
        self.sign(b'(').then_some(())?;
        self.space();
        let inner = self.binary(0)?;
        let before = self.at;
        self.space();
        if !self.sign(b')') {
            self.at = before;
        }
        Some(inner)
    }

    fn call(&mut self) -> Option<Node> {
        let name = self.identifier()?;
        self.sign(b'(').then_some(())?;
        let arguments = self.sequence();
        self.sign(b')');
        Some(Node::Call {
            name: name.to_owned(),
            function: Function::named(name),
            arguments,
        })
    }

    fn list(&mut self) -> Option<Node> {
        self.sign(b'[').then_some(())?;
        let items = self.sequence();
        self.sign(b']').then_some(Node::List(items))
    }

    /// Operands between commas. A sequence whose first operand is missing or `null` is empty,
    /// whatever follows.
    fn sequence(&mut self) -> Vec<Node> {
        let start = self.at;
        self.space();
        let first = self.binary(0);
        if first.is_none() {
            self.at = start;
        }
        let mut items = Vec::from_iter(first);
        let is_void = items
            .first()
            .is_none_or(|first| *first == Node::Literal(Literal::Null));
        loop {
            let before = self.at;
            self.space();
            if !self.sign(b',') {
                self.at = if items.is_empty() { before } else { self.at };
                break;
            }
            self.space();
            let Some(item) = self.binary(0) else {
                self.at = before;
                break;
            };
            items.push(item);
        }
        if is_void { Vec::new() } else { items }
    }

    fn negation(&mut self) -> Option<Node> {
        (self.sign(b'!') || self.word("negate")).then_some(())?;
        self.space();
        Some(Node::Not(Box::new(self.factor()?)))
    }

    fn tested_atom(&mut self) -> Option<Node> {
        let atom = self.atom()?;
        let before = self.at;
        self.space();
        let expected = if self.word("empty") {
            true
        } else if self.word("notempty") {
            false
        } else {
            self.at = before;
            return Some(atom);
        };
        Some(Node::Empty {
            of: Box::new(atom),
            expected,
        })
    }

    fn atom(&mut self) -> Option<Node> {
        match self.peek()? {
            b'{' => self.variable(),
            quote @ (b'\'' | b'"') => self.quoted(quote),
            b'0'..=b'9' | b'-' => self.number(),
            _ => self.keyword().or_else(|| {
                let word = self.identifier()?.to_owned();
                Some(Node::Literal(Literal::Text(word)))
            }),
        }
    }

    fn variable(&mut self) -> Option<Node> {
        let rest = self.text.get(self.at + 1..)?;
        let end = rest.find(['{', '}'])?;
        let name = rest.get(..end)?;
        if name.is_empty() || rest.as_bytes().get(end) != Some(&b'}') {
            return None;
        }
        self.at += end + 2;
        let (name, raw) = match name.strip_prefix('#') {
            Some(name) => (name, true),
            None => (name, false),
        };
        Some(Node::Variable {
            name: name.to_owned(),
            raw,
        })
    }

    /// A text between quotes; neither quote may stand inside without a backslash before it.
    fn quoted(&mut self, quote: u8) -> Option<Node> {
        let mut text = String::new();
        let mut rest = self.text.get(self.at + 1..)?.chars();
        loop {
            let here = rest.as_str();
            match rest.next()? {
                '\\' if here.starts_with("\\'") || here.starts_with("\\\"") => {
                    text.extend(rest.next());
                }
                found @ ('\'' | '"') => {
                    self.at = self.text.len() - rest.as_str().len();
                    return (found == char::from(quote))
                        .then_some(Node::Literal(Literal::Text(text)));
                }
                other => text.push(other),
            }
        }
    }

    fn keyword(&mut self) -> Option<Node> {
        let literal = if self.word("true") {
            Literal::Bool(true)
        } else if self.word("false") {
            Literal::Bool(false)
        } else if self.exactly("null") || self.exactly("undefined") {
            Literal::Null
        } else {
            return None;
        };
        Some(Node::Literal(literal))
    }

    /// `5`, `-5`, `1.50`, `0x10` with decimal digits alone.
    fn number(&mut self) -> Option<Node> {
        let start = self.at;
        if self.exactly("0x") {
            let digits = self.digits();
            let value = digits.bytes().fold(0.0, |value, digit| {
                value * 16.0 + f64::from(digit.saturating_sub(b'0'))
            });
            return (!digits.is_empty()).then_some(Node::Literal(Literal::Number(value)));
        }
        self.sign(b'-');
        let whole = self.digits();
        if whole.is_empty() || (whole.len() > 1 && whole.starts_with('0')) {
            return None;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            if self.digits().is_empty() {
                return None;
            }
        }
        let value = json::decimal::read(self.text.get(start..self.at)?)?;
        Some(Node::Literal(Literal::Number(value)))
    }

    fn digits(&mut self) -> &'a str {
        self.take(|byte| byte.is_ascii_digit())
    }

    fn identifier(&mut self) -> Option<&'a str> {
        let first = self.peek()?;
        if !(first.is_ascii_alphabetic() || first == b'_') {
            return None;
        }
        Some(self.take(|byte| byte.is_ascii_alphanumeric() || byte == b'_'))
    }

    fn take(&mut self, belongs: fn(u8) -> bool) -> &'a str {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = rest
            .bytes()
            .position(|byte| !belongs(byte))
            .unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    fn space(&mut self) {
        self.take(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn sign(&mut self, sign: u8) -> bool {
        let found = self.peek() == Some(sign);
        self.at += usize::from(found);
        found
    }

    /// `word` in any case, whatever follows it.
    fn word(&mut self, word: &str) -> bool {
        let end = self.at + word.len();
        let found = self
            .text
            .as_bytes()
            .get(self.at..end)
            .is_some_and(|here| here.eq_ignore_ascii_case(word.as_bytes()));
        if found {
            self.at = end;
        }
        found
    }

    fn exactly(&mut self, word: &str) -> bool {
        let found = self
            .text
            .get(self.at..)
            .is_some_and(|here| here.starts_with(word));
        if found {
            self.at += word.len();
        }
        found
    }
}
