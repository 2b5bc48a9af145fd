//! Any text as HTML: only safe links come out, and answers stay text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use questionnaire::text::{Block, Inline, RichText, is_safe_link, pipe_text, refusals};

fuzz_target!(|data: &str| {
    let text = RichText::html(data);
    blocks(&text.blocks);
    let _ = refusals(data);
    let answer = |name: &str| (name.len() % 2 == 0).then(|| "<script>x</script>{a}".to_owned());
    blocks(&text.piped(&answer).blocks);
    let _ = pipe_text(data, &answer);
});

fn blocks(all: &[Block]) {
    for block in all {
        match block {
            Block::Paragraph(content) | Block::Heading(_, content) => inlines(content),
            Block::List { items, .. } => items.iter().for_each(|item| blocks(item)),
        }
    }
}

fn inlines(all: &[Inline]) {
    for inline in all {
        match inline {
            Inline::Link { href, content } => {
                assert!(is_safe_link(href), "{href:?}");
                inlines(content);
            }
            Inline::Strong(content)
            | Inline::Emphasis(content)
            | Inline::Language { content, .. } => inlines(content),
            Inline::Text(_) | Inline::Break => {}
        }
    }
}
