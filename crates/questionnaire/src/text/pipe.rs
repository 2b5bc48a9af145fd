//! Answers inside texts: `{name}`.

use super::{Block, Inline, RichText};

/// Puts answers in the place of `{name}`. `answer` gives the text shown, empty for a question
/// without an answer, and `None` for a name that stands for nothing, which then stays as it is.
/// Names with `:` in them are left alone.
pub fn pipe_text(text: &str, answer: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(end) = rest.find('}') {
        let (piece, after) = rest.split_at(end + 1);
        let placeholder = piece
            .rfind('{')
            .and_then(|start| Some((piece.get(..start)?, piece.get(start + 1..end)?)));
        let replaced = placeholder.and_then(|(before, name)| {
            let name = name.trim();
            if name.is_empty() || name.contains(':') {
                return None;
            }
            Some((before, answer(name)?))
        });
        match replaced {
            Some((before, shown)) => {
                out.push_str(before);
                out.push_str(&shown);
            }
            None => out.push_str(piece),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

impl RichText {
    /// The same text with answers in the place of `{name}`, see [`pipe_text`]. An answer is always
    /// text: markup inside it is shown as it was typed.
    #[must_use]
    pub fn piped(&self, answer: &dyn Fn(&str) -> Option<String>) -> Self {
        Self {
            blocks: blocks(&self.blocks, answer),
            lang: self.lang.clone(),
        }
    }
}

fn blocks(all: &[Block], answer: &dyn Fn(&str) -> Option<String>) -> Vec<Block> {
    all.iter()
        .map(|block| match block {
            Block::Paragraph(content) => Block::Paragraph(inlines(content, answer)),
            Block::Heading(level, content) => Block::Heading(*level, inlines(content, answer)),
            Block::List { ordered, items } => Block::List {
                ordered: *ordered,
                items: items.iter().map(|item| blocks(item, answer)).collect(),
            },
        })
        .collect()
}

fn inlines(all: &[Inline], answer: &dyn Fn(&str) -> Option<String>) -> Vec<Inline> {
    all.iter()
        .map(|inline| match inline {
            Inline::Text(text) => Inline::Text(pipe_text(text, answer)),
            Inline::Strong(content) => Inline::Strong(inlines(content, answer)),
            Inline::Emphasis(content) => Inline::Emphasis(inlines(content, answer)),
            Inline::Link { href, content } => Inline::Link {
                href: href.clone(),
                content: inlines(content, answer),
            },
            Inline::Language { lang, content } => Inline::Language {
                lang: lang.clone(),
                content: inlines(content, answer),
            },
            Inline::Break => Inline::Break,
        })
        .collect()
}
