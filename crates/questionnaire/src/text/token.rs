//! HTML as a row of tags and texts. Everything that is not a tag is text.

/// A quoted `>` further away than this ends the tag all the same.
const LONGEST_TAG: usize = 4_096;

/// A piece of HTML.
pub(super) enum Token<'a> {
    /// Characters, references not yet replaced.
    Text(&'a str),
    /// `<name …>`, the name as written.
    Open(&'a str, Attributes<'a>),
    /// `</name>`, the name as written.
    Close(&'a str),
}

/// The attributes of a tag, not yet taken apart.
#[derive(Clone, Copy)]
pub(super) struct Attributes<'a>(&'a str);

/// Takes HTML apart.
pub(super) struct Tokens<'a> {
    rest: &'a str,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(html: &'a str) -> Self {
        Self { rest: html }
    }

    /// Goes on after `</name>`, or at the end.
    pub(super) fn skip_past_close(&mut self, name: &str) {
        let mut rest = self.rest;
        while let Some(at) = rest.find("</") {
            rest = rest.get(at + 2..).unwrap_or_default();
            let closes = rest
                .get(..name.len())
                .is_some_and(|it| it.eq_ignore_ascii_case(name));
            if closes {
                self.rest = rest
                    .find('>')
                    .and_then(|at| rest.get(at + 1..))
                    .unwrap_or_default();
                return;
            }
        }
        self.rest = "";
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let at = tag_start(self.rest).unwrap_or(self.rest.len());
            if at > 0 {
                let (text, rest) = self.rest.split_at(at);
                self.rest = rest;
                return Some(Token::Text(text));
            }
            let (tag, rest) = tag(self.rest);
            self.rest = rest;
            if let Some(token) = tag {
                return Some(token);
            }
        }
    }
}

/// Where the next tag starts: `<` and then a letter, `/`, `!` or `?`.
fn tag_start(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let is_tag = |at: &usize| {
        bytes
            .get(at + 1)
            .is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?'))
    };
    text.match_indices('<').map(|(at, _)| at).find(is_tag)
}

/// The tag at the start of `text`, `None` for a comment or a declaration, and what follows it. A
/// tag that does not end is text.
fn tag(text: &str) -> (Option<Token<'_>>, &str) {
    let body = text.get(1..).unwrap_or_default();
    if let Some(comment) = body.strip_prefix("!--") {
        let rest = comment.find("-->").and_then(|at| comment.get(at + 3..));
        return (None, rest.unwrap_or_default());
    }
    let Some(end) = tag_end(body) else {
        return (Some(Token::Text(text)), "");
    };
    let (inside, rest) = body.split_at(end);
    let rest = rest.get(1..).unwrap_or_default();
    if inside.starts_with(['!', '?']) {
        return (None, rest);
    }
    if let Some(name) = inside.strip_prefix('/') {
        return (Some(Token::Close(name.trim())), rest);
    }
    let length = inside
        .bytes()
        .take_while(|byte| !byte.is_ascii_whitespace() && *byte != b'/')
        .count();
    let (name, attributes) = inside.split_at(length);
    (Some(Token::Open(name, Attributes(attributes))), rest)
}

/// The `>` that ends a tag, not one inside quotes.
fn tag_end(body: &str) -> Option<usize> {
    let mut quote = None;
    let mut after_equals = false;
    for (at, byte) in body.bytes().enumerate().take(LONGEST_TAG) {
        match quote {
            Some(open) if byte == open => quote = None,
            None if byte == b'>' => return Some(at),
            None if after_equals && (byte == b'"' || byte == b'\'') => quote = Some(byte),
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            after_equals = byte == b'=';
        }
    }
    body.find('>')
}

impl<'a> Attributes<'a> {
    /// The next name and value, as written.
    pub(super) fn next_pair(&mut self) -> Option<(&'a str, &'a str)> {
        let text = self
            .0
            .trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/' || c == '=');
        if text.is_empty() {
            return None;
        }
        let length = text
            .bytes()
            .take_while(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'=' | b'/'))
            .count();
        let (name, rest) = text.split_at(length);
        let Some(value) = rest.trim_start().strip_prefix('=').map(str::trim_start) else {
            self.0 = rest;
            return Some((name, ""));
        };
        let quoted = ['"', '\'']
            .iter()
            .find_map(|quote| value.strip_prefix(*quote)?.split_once(*quote));
        let (value, rest) = quoted.unwrap_or_else(|| {
            let end = value
                .find(|c: char| c.is_ascii_whitespace())
                .unwrap_or(value.len());
            value.split_at(end)
        });
        self.0 = rest;
        Some((name, value))
    }
}
