//! From HTML to the small tree: a machine with two stacks, one of lists, one of inline elements.

use super::entity::decode;
use super::link::is_safe_link;
use super::token::{Attributes, Token, Tokens};
use super::{Block, Inline, Refusal};

/// Lists inside lists, and inline elements inside each other, are kept to this depth.
const DEEPEST: usize = 12;

/// Elements whose content is never shown.
const HIDDEN: &[&str] = &[
    "script", "style", "iframe", "object", "template", "noscript", "svg", "math", "textarea",
    "title", "select", "noembed", "noframes", "xmp", "video", "audio", "canvas", "applet",
];

/// Other elements that act or load something.
const ACTIVE: &[&str] = &[
    "embed", "form", "input", "button", "link", "meta", "base", "frame", "img", "source", "track",
];

/// Blocks that are drawn as paragraphs.
const PARAGRAPHS: &[&str] = &[
    "p", "div", "section", "article", "header", "footer", "main", "aside",
];

/// Blocks that are drawn as paragraphs, but mean more than that.
const TABLES: &[&str] = &[
    "table",
    "tr",
    "caption",
    "blockquote",
    "pre",
    "dl",
    "dt",
    "dd",
    "hr",
    "figure",
];

/// An inline element that is open.
enum Span {
    Strong,
    Emphasis,
    Link(String),
    Language(String),
    /// An element without a meaning of its own here.
    Plain,
}

/// A list, or an item of one.
struct Level {
    /// `Some(ordered)` for a list, `None` for an item.
    list: Option<bool>,
    items: Vec<Vec<Block>>,
    blocks: Vec<Block>,
}

#[derive(Default)]
struct Builder {
    blocks: Vec<Block>,
    levels: Vec<Level>,
    /// Heading level of the paragraph that is open.
    heading: Option<u8>,
    /// Open inline elements with their content; the first is the paragraph itself.
    content: Vec<Inline>,
    spans: Vec<(&'static str, Span, Vec<Inline>)>,
    refusals: Vec<Refusal>,
}

/// Reads HTML; what is not on the list is left out and named.
pub(super) fn read(html: &str) -> (Vec<Block>, Vec<Refusal>) {
    let mut builder = Builder::default();
    let mut tokens = Tokens::new(html);
    while let Some(token) = tokens.next() {
        match token {
            Token::Text(text) => builder.text(text),
            Token::Open(name, attributes) => {
                let name = name.to_ascii_lowercase();
                builder.open(&name, attributes);
                if HIDDEN.contains(&name.as_str()) {
                    builder.refuse(Refusal::Active(name.clone()));
                    tokens.skip_past_close(&name);
                }
            }
            Token::Close(name) => builder.close(&name.to_ascii_lowercase()),
        }
    }
    builder.end_block();
    while builder.end_level() {}
    (builder.blocks, builder.refusals)
}

impl Builder {
    fn refuse(&mut self, refusal: Refusal) {
        if self.refusals.len() < 20 {
            self.refusals.push(refusal);
        }
    }

    fn text(&mut self, text: &str) {
        let decoded = decode(text);
        let starts = self.content.is_empty() && self.spans.iter().all(|it| it.2.is_empty());
        let mut collapsed = String::with_capacity(decoded.len());
        let mut space = starts;
        for c in decoded.chars() {
            if c.is_ascii_whitespace() {
                if !space {
                    collapsed.push(' ');
                }
                space = true;
            } else {
                collapsed.push(c);
                space = false;
            }
        }
        if !collapsed.is_empty() {
            self.push(Inline::Text(collapsed));
        }
    }

    fn push(&mut self, inline: Inline) {
        let content = match self.spans.last_mut() {
            Some((_, _, content)) => content,
            None => &mut self.content,
        };
        if let (Some(Inline::Text(last)), Inline::Text(text)) = (content.last_mut(), &inline) {
            last.push_str(text);
        } else {
            content.push(inline);
        }
    }

    fn open(&mut self, name: &str, attributes: Attributes<'_>) {
        let mut each = attributes;
        while let Some((attribute, _)) = each.next_pair() {
            let attribute = attribute.to_ascii_lowercase();
            if attribute.starts_with("on") {
                self.refuse(Refusal::Active(attribute));
            }
        }
        match name {
            "strong" | "b" => self.open_span("strong", Span::Strong),
            "em" | "i" => self.open_span("em", Span::Emphasis),
            "a" => self.open_link(attributes),
            "span" => {
                let lang = attribute(attributes, "lang").filter(|it| !it.is_empty());
                self.open_span("span", lang.map_or(Span::Plain, Span::Language));
            }
            "br" => self.push(Inline::Break),
            "ul" | "ol" => self.open_list(name == "ol"),
            "li" => self.open_item(),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.end_block();
                let level = name.as_bytes().get(1).copied().unwrap_or(b'2');
                self.heading = Some(level.saturating_sub(b'0').clamp(2, 6));
            }
            _ if PARAGRAPHS.contains(&name) => self.end_block(),
            _ if TABLES.contains(&name) => {
                self.end_block();
                self.refuse(Refusal::Element(name.to_owned()));
            }
            _ if HIDDEN.contains(&name) => {}
            _ => {
                let active = ACTIVE.contains(&name);
                let name = name.to_owned();
                self.refuse(if active {
                    Refusal::Active(name)
                } else {
                    Refusal::Element(name)
                });
            }
        }
    }

    fn open_link(&mut self, attributes: Attributes<'_>) {
        let href = attribute(attributes, "href").unwrap_or_default();
        if is_safe_link(&href) {
            let href = href.chars().filter(|c| !c.is_control()).collect::<String>();
            self.open_span("a", Span::Link(href.trim().to_owned()));
        } else {
            self.refuse(Refusal::Link(href));
            self.open_span("a", Span::Plain);
        }
    }

    fn open_span(&mut self, name: &'static str, span: Span) {
        if self.spans.len() < DEEPEST {
            self.spans.push((name, span, Vec::new()));
        }
    }

    fn open_list(&mut self, ordered: bool) {
        self.end_block();
        if self.levels.len() < 2 * DEEPEST {
            self.levels.push(Level {
                list: Some(ordered),
                items: Vec::new(),
                blocks: Vec::new(),
            });
        }
    }

    fn open_item(&mut self) {
        self.end_block();
        match self.levels.last() {
            Some(level) if level.list.is_none() => {
                self.end_level();
            }
            Some(_) => {}
            None => self.open_list(false),
        }
        if self.levels.last().is_some_and(|level| level.list.is_some()) {
            self.levels.push(Level {
                list: None,
                items: Vec::new(),
                blocks: Vec::new(),
            });
        }
    }

    fn close(&mut self, name: &str) {
        let name = match name {
            "b" => "strong",
            "i" => "em",
            other => other,
        };
        match name {
            "strong" | "em" | "a" | "span" if self.spans.iter().any(|(open, ..)| *open == name) => {
                while self.end_span().is_some_and(|ended| ended != name) {}
            }
            "li" => {
                self.end_block();
                if self.levels.last().is_some_and(|level| level.list.is_none()) {
                    self.end_level();
                }
            }
            "ul" | "ol" => {
                self.end_block();
                if self.levels.last().is_some_and(|level| level.list.is_none()) {
                    self.end_level();
                }
                self.end_level();
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.end_block(),
            _ if PARAGRAPHS.contains(&name) || TABLES.contains(&name) => self.end_block(),
            _ => {}
        }
    }

    /// Ends the innermost inline element and says which it was.
    fn end_span(&mut self) -> Option<&'static str> {
        let (name, span, content) = self.spans.pop()?;
        if content.is_empty() {
            return Some(name);
        }
        match span {
            Span::Strong => self.push(Inline::Strong(content)),
            Span::Emphasis => self.push(Inline::Emphasis(content)),
            Span::Link(href) => self.push(Inline::Link { href, content }),
            Span::Language(lang) => self.push(Inline::Language { lang, content }),
            Span::Plain => {
                for inline in content {
                    self.push(inline);
                }
            }
        }
        Some(name)
    }

    fn end_block(&mut self) {
        while self.end_span().is_some() {}
        let mut content = core::mem::take(&mut self.content);
        let heading = self.heading.take();
        if let Some(Inline::Text(last)) = content.last_mut() {
            last.truncate(
                last.trim_end_matches(|c: char| c.is_ascii_whitespace())
                    .len(),
            );
            if last.is_empty() {
                content.pop();
            }
        }
        if content.iter().all(|it| *it == Inline::Break) {
            return;
        }
        let block = match heading {
            Some(level) => Block::Heading(level, content),
            None => Block::Paragraph(content),
        };
        self.place(block);
    }

    /// Puts a block where blocks go now. What stands in a list but in no item becomes an item.
    fn place(&mut self, block: Block) {
        match self.levels.last_mut() {
            None => self.blocks.push(block),
            Some(level) if level.list.is_none() => level.blocks.push(block),
            Some(level) => level.items.push(vec![block]),
        }
    }

    /// Ends the innermost list or item; false if there is none.
    fn end_level(&mut self) -> bool {
        let Some(level) = self.levels.pop() else {
            return false;
        };
        match level.list {
            None => {
                if let (false, Some(list)) = (level.blocks.is_empty(), self.levels.last_mut()) {
                    list.items.push(level.blocks);
                }
            }
            Some(ordered) => {
                if !level.items.is_empty() {
                    self.place(Block::List {
                        ordered,
                        items: level.items,
                    });
                }
            }
        }
        true
    }
}

/// The value of an attribute, references replaced.
fn attribute(mut attributes: Attributes<'_>, wanted: &str) -> Option<String> {
    while let Some((name, value)) = attributes.next_pair() {
        if name.eq_ignore_ascii_case(wanted) {
            return Some(decode(value));
        }
    }
    None
}
