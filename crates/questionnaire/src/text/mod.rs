//! Rich text: the small tree that titles, descriptions and `html` are read into.
//!
//! Only what is on the allow-list survives; links are `https:`, `http:`, `mailto:`, `tel:` or
//! in-app. Piped answers are always plain text.

mod entity;
mod html;
mod link;
mod pipe;
mod token;

pub use link::{is_own_image, is_safe_link};
pub use pipe::pipe_text;

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

/// Markup that is not drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// An element that is left out, its content kept.
    Element(String),
    /// An element or an attribute that would act or load something.
    Active(String),
    /// A link without a safe address; its text is kept.
    Link(String),
}

/// Reads HTML into blocks. Never fails: what is not on the allow-list is left out, its text kept;
/// what would act (`<script>`, `<iframe>`, …) is left out with its content.
pub fn parse_html(html: &str) -> Vec<Block> {
    if html.contains(['<', '&']) {
        return html::read(html).0;
    }
    let mut content = Vec::new();
    for (index, line) in html.trim().lines().enumerate() {
        if index > 0 {
            content.push(Inline::Break);
        }
        if !line.is_empty() {
            content.push(Inline::Text(line.to_owned()));
        }
    }
    if content.is_empty() {
        Vec::new()
    } else {
        vec![Block::Paragraph(content)]
    }
}

/// What [`parse_html`] leaves out of this text, for its author; at most twenty.
pub fn refusals(html: &str) -> Vec<Refusal> {
    if html.contains('<') {
        html::read(html).1
    } else {
        Vec::new()
    }
}

impl RichText {
    /// Reads HTML, see [`parse_html`].
    pub fn html(html: &str) -> Self {
        Self {
            blocks: parse_html(html),
            lang: None,
        }
    }

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
