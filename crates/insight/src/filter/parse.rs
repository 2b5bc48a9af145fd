//! Conditions on background variables: the expression language's comparisons and connectives.

/// A condition.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Condition {
    /// All hold.
    And(Vec<Condition>),
    /// One holds.
    Or(Vec<Condition>),
    /// Does not hold.
    Not(Box<Condition>),
    /// A variable compared with values; several only for `anyof` and `noneof`.
    Compare {
        variable: Word,
        operator: Operator,
        values: Vec<Word>,
    },
    /// The variable has an answer.
    Answered(Word),
}

/// How a variable is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    AnyOf,
    NoneOf,
}

/// A name or a value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    pub text: String,
    pub offset: usize,
}

/// Where the condition stops making sense, and the word found there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    pub offset: usize,
    pub found: String,
}

/// Deepest nesting of brackets and negations.
const MAX_DEPTH: usize = 50;

/// Reads a condition: `age_band = "65p" and not (gender anyof ["x", "y"])`; names may stand in
/// braces.
///
/// # Errors
///
/// At the first word that does not belong there.
pub(crate) fn parse(source: &str) -> Result<Condition, SyntaxError> {
    let mut parser = Parser {
        tokens: tokens(source)?,
        at: 0,
        end: source.len(),
    };
    let condition = parser.or(0)?;
    match parser.peek() {
        None => Ok(condition),
        Some(_) => Err(parser.wrong()),
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Name(String),
    Literal(String),
    Sign(&'static str),
}

struct Parser {
    tokens: Vec<(usize, Token)>,
    at: usize,
    end: usize,
}

/// Longer signs first.
const SIGNS: &[&str] = &[
    "<=", ">=", "==", "!=", "<>", "&&", "||", "=", "<", ">", "(", ")", "[", "]", ",", "!",
];

fn tokens(source: &str) -> Result<Vec<(usize, Token)>, SyntaxError> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(rest) = source.get(at..).filter(|it| !it.is_empty()) {
        let trimmed = rest.trim_start();
        at += rest.len() - trimmed.len();
        let Some(first) = trimmed.chars().next() else {
            break;
        };
        let wrong = || SyntaxError {
            offset: at,
            found: first.to_string(),
        };
        let (token, len) = match first {
            '"' | '\'' => quoted(trimmed, first).ok_or_else(wrong)?,
            '{' => {
                let end = trimmed.find('}').ok_or_else(wrong)?;
                let name = trimmed.get(1..end).unwrap_or_default().trim();
                (Token::Name(name.to_owned()), end + 1)
            }
            _ => word_or_sign(trimmed).ok_or_else(wrong)?,
        };
        tokens.push((at, token));
        at += len;
    }
    Ok(tokens)
}

fn word_or_sign(source: &str) -> Option<(Token, usize)> {
    if let Some(sign) = SIGNS.iter().find(|sign| source.starts_with(**sign)) {
        return Some((Token::Sign(sign), sign.len()));
    }
    let part = |it: char| it.is_alphanumeric() || matches!(it, '_' | '.' | '-');
    let len = source.find(|it| !part(it)).unwrap_or(source.len());
    let word = source.get(..len).filter(|it| !it.is_empty())?;
    Some((Token::Name(word.to_owned()), len))
}

/// A text in quotes, with `\` before a quote of its own kind; gives its length in the source.
fn quoted(source: &str, quote: char) -> Option<(Token, usize)> {
    let mut text = String::new();
    let mut characters = source.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        if character == quote {
            return Some((Token::Literal(text), at + 1));
        }
        if character == '\\' {
            text.push(characters.next()?.1);
        } else {
            text.push(character);
        }
    }
    None
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(_, token)| token)
    }

    fn offset(&self) -> usize {
        self.tokens
            .get(self.at)
            .map_or(self.end, |(offset, _)| *offset)
    }

    fn wrong(&self) -> SyntaxError {
        let found = match self.peek() {
            Some(Token::Name(text) | Token::Literal(text)) => text.clone(),
            Some(Token::Sign(sign)) => (*sign).to_owned(),
            None => String::new(),
        };
        SyntaxError {
            offset: self.offset(),
            found,
        }
    }

    fn sign(&mut self, wanted: &[&str]) -> bool {
        let found = matches!(self.peek(), Some(Token::Sign(sign)) if wanted.contains(sign));
        self.at += usize::from(found);
        found
    }

    fn keyword(&mut self, wanted: &[&str]) -> bool {
        let found = matches!(self.peek(), Some(Token::Name(name))
            if wanted.iter().any(|it| it.eq_ignore_ascii_case(name)));
        self.at += usize::from(found);
        found
    }

    fn or(&mut self, depth: usize) -> Result<Condition, SyntaxError> {
        let mut parts = vec![self.and(depth)?];
        while self.keyword(&["or"]) || self.sign(&["||"]) {
            parts.push(self.and(depth)?);
        }
        Ok(join(parts, Condition::Or))
    }

    fn and(&mut self, depth: usize) -> Result<Condition, SyntaxError> {
        let mut parts = vec![self.not(depth)?];
        while self.keyword(&["and"]) || self.sign(&["&&"]) {
            parts.push(self.not(depth)?);
        }
        Ok(join(parts, Condition::And))
    }

    fn not(&mut self, depth: usize) -> Result<Condition, SyntaxError> {
        if depth > MAX_DEPTH {
            return Err(self.wrong());
        }
        if self.keyword(&["not", "negate"]) || self.sign(&["!"]) {
            return Ok(Condition::Not(Box::new(self.not(depth + 1)?)));
        }
        if self.sign(&["("]) {
            let inner = self.or(depth + 1)?;
            return if self.sign(&[")"]) {
                Ok(inner)
            } else {
                Err(self.wrong())
            };
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Result<Condition, SyntaxError> {
        let Some(Token::Name(_)) = self.peek() else {
            return Err(self.wrong());
        };
        let variable = self.word()?;
        if self.keyword(&["empty"]) {
            return Ok(Condition::Not(Box::new(Condition::Answered(variable))));
        }
        if self.keyword(&["notempty"]) {
            return Ok(Condition::Answered(variable));
        }
        let operator = self.operator()?;
        let values = if matches!(operator, Operator::AnyOf | Operator::NoneOf) {
            self.list()?
        } else {
            vec![self.word()?]
        };
        Ok(Condition::Compare {
            variable,
            operator,
            values,
        })
    }

    fn operator(&mut self) -> Result<Operator, SyntaxError> {
        let spellings: [(&[&str], &[&str], Operator); 8] = [
            (&["=", "=="], &["equal", "equals"], Operator::Equal),
            (
                &["!=", "<>"],
                &["notequal", "notequals"],
                Operator::NotEqual,
            ),
            (&["<="], &["lessorequal"], Operator::LessOrEqual),
            (&[">="], &["greaterorequal"], Operator::GreaterOrEqual),
            (&["<"], &["less"], Operator::Less),
            (&[">"], &["greater"], Operator::Greater),
            (&[], &["anyof"], Operator::AnyOf),
            (&[], &["noneof"], Operator::NoneOf),
        ];
        for (signs, words, operator) in spellings {
            if self.sign(signs) || self.keyword(words) {
                return Ok(operator);
            }
        }
        Err(self.wrong())
    }

    fn list(&mut self) -> Result<Vec<Word>, SyntaxError> {
        if !self.sign(&["["]) {
            return Ok(vec![self.word()?]);
        }
        let mut words = Vec::new();
        while !self.sign(&["]"]) {
            if !words.is_empty() && !self.sign(&[","]) {
                return Err(self.wrong());
            }
            words.push(self.word()?);
        }
        Ok(words)
    }

    fn word(&mut self) -> Result<Word, SyntaxError> {
        match self.tokens.get(self.at) {
            Some((offset, Token::Name(text) | Token::Literal(text))) => {
                self.at += 1;
                Ok(Word {
                    text: text.clone(),
                    offset: *offset,
                })
            }
            _ => Err(self.wrong()),
        }
    }
}

fn join(mut parts: Vec<Condition>, all: fn(Vec<Condition>) -> Condition) -> Condition {
    match (parts.pop(), parts.is_empty()) {
        (Some(only), true) => only,
        (Some(last), false) => {
            parts.push(last);
            all(parts)
        }
        (None, _) => all(parts),
    }
}
