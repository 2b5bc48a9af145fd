//! Reading JSON text (RFC 8259), strictly and with a bound on nesting.

use core::fmt;

use crate::{Object, Value};

/// Why a text is not JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// Line, counted from one.
    pub line: usize,
    /// Column in characters, counted from one.
    pub column: usize,
    /// What the reader tripped over, in English.
    pub reason: String,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "line {}, column {}: {}",
            self.line, self.column, self.reason
        )
    }
}

impl core::error::Error for SyntaxError {}

/// How many levels of lists and objects may stand inside each other.
const DEEPEST: usize = 128;

/// What went wrong; where is known from how much text is left.
type Read<T> = Result<T, &'static str>;

struct Reader<'a> {
    rest: &'a str,
    depth: usize,
}

pub(crate) fn parse(text: &str) -> Result<Value, SyntaxError> {
    let mut reader = Reader {
        rest: text,
        depth: 0,
    };
    reader.document().map_err(|reason| {
        let before = text
            .get(..text.len() - reader.rest.len())
            .unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        SyntaxError {
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
            reason: reason.to_owned(),
        }
    })
}

impl<'a> Reader<'a> {
    fn document(&mut self) -> Read<Value> {
        let value = self.value()?;
        self.space();
        if self.rest.is_empty() {
            Ok(value)
        } else {
            Err("expected nothing more")
        }
    }

    fn space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }

    fn eat(&mut self, token: &str) -> bool {
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    fn value(&mut self) -> Read<Value> {
        self.space();
        match self.rest.bytes().next() {
            None => Err("expected a value, found the end"),
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::list),
            Some(b'"') => self.text().map(Value::Text),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(_) if self.eat("true") => Ok(Value::Bool(true)),
            Some(_) if self.eat("false") => Ok(Value::Bool(false)),
            Some(_) if self.eat("null") => Ok(Value::Null),
            Some(_) => Err("expected a value"),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Read<Value>) -> Read<Value> {
        if self.depth == DEEPEST {
            return Err("nested too deeply");
        }
        self.depth += 1;
        self.take(1);
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn list(&mut self) -> Read<Value> {
        let mut items = Vec::new();
        self.space();
        if self.eat("]") {
            return Ok(Value::List(items));
        }
        loop {
            items.push(self.value()?);
            self.space();
            if self.eat("]") {
                return Ok(Value::List(items));
            }
            if !self.eat(",") {
                return Err("expected \",\" or \"]\"");
            }
        }
    }

    fn object(&mut self) -> Read<Value> {
        let mut members = Vec::new();
        self.space();
        if self.eat("}") {
            return Ok(Value::Object(Object::new()));
        }
        loop {
            self.space();
            if !self.rest.starts_with('"') {
                return Err("expected a name in quotes");
            }
            let name = self.text()?;
            self.space();
            if !self.eat(":") {
                return Err("expected \":\"");
            }
            members.push((name, self.value()?));
            self.space();
            if self.eat("}") {
                return Ok(Value::Object(Object::from_members(members)));
            }
            if !self.eat(",") {
                return Err("expected \",\" or \"}\"");
            }
        }
    }

    fn text(&mut self) -> Read<String> {
        self.take(1);
        let mut text = String::new();
        loop {
            let plain = self
                .rest
                .find(|it| it == '"' || it == '\\' || it < ' ')
                .unwrap_or(self.rest.len());
            text.push_str(self.take(plain));
            match self.rest.bytes().next() {
                Some(b'"') => {
                    self.take(1);
                    return Ok(text);
                }
                Some(b'\\') => {
                    self.take(1);
                    text.push(self.escape()?);
                }
                Some(_) => return Err("expected an escape instead of a control character"),
                None => return Err("expected a closing quote, found the end"),
            }
        }
    }

    fn escape(&mut self) -> Read<char> {
        let known = match self.rest.bytes().next() {
            Some(it @ (b'"' | b'\\' | b'/')) => char::from(it),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.take(1);
                return self.code_point();
            }
            _ => return Err("expected an escape such as \\n"),
        };
        self.take(1);
        Ok(known)
    }

    fn code_point(&mut self) -> Read<char> {
        let unit = self.code_unit()?;
        if !(0xd800..0xdc00).contains(&unit) {
            return char::from_u32(unit).ok_or("expected no half of a surrogate pair");
        }
        if !self.eat("\\u") {
            return Err("expected the second half of a surrogate pair");
        }
        let low = self.code_unit()?;
        if !(0xdc00..0xe000).contains(&low) {
            return Err("expected the second half of a surrogate pair");
        }
        char::from_u32(0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00))
            .ok_or("expected a character")
    }

    fn code_unit(&mut self) -> Read<u32> {
        let digits = self
            .rest
            .get(..4)
            .filter(|it| it.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .ok_or("expected four hexadecimal digits")?;
        self.take(4);
        u32::from_str_radix(digits, 16).map_err(|_| "expected four hexadecimal digits")
    }

    fn number(&mut self) -> Read<Value> {
        let start = self.rest;
        self.eat("-");
        let whole = self.digits();
        if whole == 0 || whole > 1 && start.trim_start_matches('-').starts_with('0') {
            return Err("expected a number without leading zeros");
        }
        if self.eat(".") && self.digits() == 0 {
            return Err("expected a digit after the point");
        }
        if self.eat("e") || self.eat("E") {
            let _ = self.eat("+") || self.eat("-");
            if self.digits() == 0 {
                return Err("expected a digit in the exponent");
            }
        }
        start
            .get(..start.len() - self.rest.len())
            .and_then(crate::decimal::read)
            .filter(|it| it.is_finite())
            .map(Value::Number)
            .ok_or("expected a number within range")
    }

    fn digits(&mut self) -> usize {
        let count = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        self.take(count).len()
    }
}
