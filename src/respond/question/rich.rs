//! Rich text as markup: the tree that the engine checked, never HTML.

use questionnaire::text::{Block, Inline, RichText};

use crate::ui::markup::{Element, Node, el};
use crate::words::t;

/// For labels and the like, where only phrases may stand: blocks follow each other with a break.
pub fn phrase(rich: &RichText) -> Vec<Node> {
    let mut nodes = Vec::new();
    push_phrases(&rich.blocks, &mut nodes);
    in_language(rich, "span", nodes)
}

/// For places where paragraphs and lists may stand.
pub fn blocks(rich: &RichText) -> Vec<Node> {
    in_language(rich, "div", rich.blocks.iter().map(block).collect())
}

/// The bare characters.
pub fn plain(rich: &RichText) -> String {
    let mut text = String::new();
    for block in &rich.blocks {
        push_plain_block(block, &mut text);
    }
    text
}

fn in_language(rich: &RichText, tag: &'static str, nodes: Vec<Node>) -> Vec<Node> {
    match &rich.lang {
        Some(lang) => vec![language(tag, lang).children(nodes).node()],
        None => nodes,
    }
}

fn language(tag: &'static str, lang: &str) -> Element {
    el(tag).attr("lang", lang.to_owned()).attr("dir", "auto")
}

fn push_phrases(blocks: &[Block], nodes: &mut Vec<Node>) {
    for block in blocks {
        if !nodes.is_empty() {
            nodes.push(el("br").node());
        }
        match block {
            Block::Paragraph(content) | Block::Heading(_, content) => {
                nodes.extend(content.iter().map(inline));
            }
            Block::List { items, .. } => {
                for it in items {
                    push_phrases(it, nodes);
                }
            }
        }
    }
}

fn block(block: &Block) -> Node {
    match block {
        Block::Paragraph(content) => el("p").children(inlines(content)),
        Block::Heading(level, content) => el(match level {
            0..=2 => "h2",
            3 => "h3",
            4 => "h4",
            _ => "h5",
        })
        .children(inlines(content)),
        Block::List { ordered, items } => {
            let items = items
                .iter()
                .map(|item| {
                    el("li")
                        .children(item.iter().map(self::block).collect())
                        .node()
                })
                .collect();
            el(if *ordered { "ol" } else { "ul" }).children(items)
        }
    }
    .node()
}

fn inlines(content: &[Inline]) -> Vec<Node> {
    content.iter().map(inline).collect()
}

fn inline(piece: &Inline) -> Node {
    match piece {
        Inline::Text(text) => return Node::Text(text.clone()),
        Inline::Strong(content) => el("strong").children(inlines(content)),
        Inline::Emphasis(content) => el("em").children(inlines(content)),
        Inline::Language { lang, content } => language("span", lang).children(inlines(content)),
        Inline::Break => el("br"),
        Inline::Link { href, content } => {
            let link = el("a")
                .attr("href", href.clone())
                .children(inlines(content));
            if href.starts_with("http") {
                // Answers stay on the page behind.
                link.attr("target", "_blank")
                    .attr("rel", "noopener noreferrer")
                    .child(
                        el("span")
                            .class("visually-hidden")
                            .text(format!(" ({})", t("question.new_tab"))),
                    )
            } else {
                link
            }
        }
    }
    .node()
}

fn push_plain_block(block: &Block, text: &mut String) {
    match block {
        Block::Paragraph(content) | Block::Heading(_, content) => {
            if !text.is_empty() {
                text.push(' ');
            }
            for it in content {
                push_plain(it, text);
            }
        }
        Block::List { items, .. } => {
            for item in items {
                for it in item {
                    push_plain_block(it, text);
                }
            }
        }
    }
}

fn push_plain(piece: &Inline, text: &mut String) {
    match piece {
        Inline::Text(content) => text.push_str(content),
        Inline::Break => text.push(' '),
        Inline::Strong(content)
        | Inline::Emphasis(content)
        | Inline::Link { content, .. }
        | Inline::Language { content, .. } => {
            for it in content {
                push_plain(it, text);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(nodes: Vec<Node>) -> String {
        nodes.iter().map(Node::html).collect()
    }

    #[test]
    fn a_text_in_another_language_says_so() {
        let mut rich = RichText::plain("Hur mår du?");
        rich.lang = Some("sv".to_owned());
        assert_eq!(
            html(phrase(&rich)),
            "<span lang=\"sv\" dir=\"auto\">Hur mår du?</span>"
        );
    }

    #[test]
    fn several_paragraphs_in_a_label_are_parted_by_a_break() {
        let rich = RichText {
            blocks: vec![
                Block::Paragraph(vec![Inline::Text("a".into())]),
                Block::Paragraph(vec![Inline::Strong(vec![Inline::Text("b".into())])]),
            ],
            lang: None,
        };
        assert_eq!(html(phrase(&rich)), "a<br><strong>b</strong>");
        assert_eq!(html(blocks(&rich)), "<p>a</p><p><strong>b</strong></p>");
        assert_eq!(plain(&rich), "a b");
    }
}
