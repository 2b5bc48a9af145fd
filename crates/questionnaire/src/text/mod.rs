//! Rich text: the small tree that titles, descriptions and `html` are read into.
//!
//! Only what is on the allow-list survives; links are `https:`, `http:`, `mailto:`, `tel:` or
//! in-app. Piped answers are always plain text.

/// A piece of rich text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Characters, drawn as they are.
    Text(String),
    /// `<strong>`/`<b>`.
    Strong(Vec<Inline>),
    /// `<em>`/`<i>`.
    Emphasis(Vec<Inline>),
    /// A link whose address has been checked.
    Link {
        /// The checked address.
        href: String,
        /// What is shown.
        content: Vec<Inline>,
    },
    /// A part in another language (`<span lang="sv">`).
    Language {
        /// A BCP 47 tag.
        lang: String,
        /// What is shown.
        content: Vec<Inline>,
    },
    /// `<br>`.
    Break,
}

/// A block of rich text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph, also loose text.
    Paragraph(Vec<Inline>),
    /// A heading, level 2 to 6.
    Heading(u8, Vec<Inline>),
    /// A list.
    List {
        /// True for `<ol>`.
        ordered: bool,
        /// Each item's content.
        items: Vec<Vec<Block>>,
    },
}

/// A text as blocks; a title is usually one paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RichText {
    /// The blocks in order.
    pub blocks: Vec<Block>,
    /// The language it is in, if that is not the language the page was asked for.
    pub lang: Option<String>,
}

impl RichText {
    /// One paragraph of plain text; empty for empty text.
    pub fn plain(text: impl Into<String>) -> Self {
        let text = text.into();
        let blocks = if text.is_empty() {
            Vec::new()
        } else {
            vec![Block::Paragraph(vec![Inline::Text(text)])]
        };
        Self { blocks, lang: None }
    }

    /// True if there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }
}
