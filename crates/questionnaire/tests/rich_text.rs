//! HTML of a survey file becomes a small tree, or nothing.

use proptest::prelude::*;
use questionnaire::text::{
    Block, Inline, Refusal, RichText, is_own_image, is_safe_link, parse_html, pipe_text, refusals,
};

/// A short notation of the tree.
fn drawn(html: &str) -> String {
    blocks(&parse_html(html))
}

fn blocks(all: &[Block]) -> String {
    let one = |block: &Block| match block {
        Block::Paragraph(content) => format!("p[{}]", inlines(content)),
        Block::Heading(level, content) => format!("h{level}[{}]", inlines(content)),
        Block::List { ordered, items } => format!(
            "{}[{}]",
            if *ordered { "ol" } else { "ul" },
            items
                .iter()
                .map(|it| blocks(it))
                .collect::<Vec<_>>()
                .join("|")
        ),
    };
    all.iter().map(one).collect()
}

fn inlines(all: &[Inline]) -> String {
    all.iter()
        .map(|inline| match inline {
            Inline::Text(text) => text.clone(),
            Inline::Strong(content) => format!("*{}*", inlines(content)),
            Inline::Emphasis(content) => format!("_{}_", inlines(content)),
            Inline::Link { href, content } => format!("({} → {href})", inlines(content)),
            Inline::Language { lang, content } => format!("({lang}: {})", inlines(content)),
            Inline::Break => "/".to_owned(),
        })
        .collect()
}

#[test]
fn a_title_without_markup_is_one_paragraph() {
    assert_eq!(drawn("Mitä kuuluu?"), "p[Mitä kuuluu?]");
    assert_eq!(drawn("yksi\nkaksi"), "p[yksi/kaksi]");
    assert_eq!(drawn(""), "");
    assert_eq!(drawn("  \n "), "");
}

#[test]
fn allowed_elements_are_kept() {
    assert_eq!(
        drawn("<h3>Otsikko</h3>\n<p>Hyvä <b>asia</b>, <i>todella</i>.<br>Rivi</p>"),
        "h3[Otsikko]p[Hyvä *asia*, _todella_./Rivi]"
    );
    assert_eq!(
        drawn("<ul><li>yksi<li>kaksi<ol><li>sisä</ol></ul><p>loppu"),
        "ul[p[yksi]|p[kaksi]ol[p[sisä]]]p[loppu]"
    );
    assert_eq!(
        drawn(r#"<a href="https://thl.fi/?a=1&amp;b=2">THL</a> <span lang=sv>på svenska</span>"#),
        "p[(THL → https://thl.fi/?a=1&b=2) (sv: på svenska)]"
    );
    assert_eq!(drawn("<h1>Suuri</h1>"), "h2[Suuri]");
}

#[test]
fn comparisons_are_text_and_not_tags() {
    assert_eq!(drawn("Ikä < 18 & tulot > 0"), "p[Ikä < 18 & tulot > 0]");
    assert_eq!(drawn("1 <2 ja <b"), "p[1 <2 ja <b]");
    assert_eq!(
        drawn("&lt;b&gt; &amp;lt; &#228;&#xE4;&unknown;"),
        "p[<b> &lt; ää&unknown;]"
    );
    assert_eq!(
        drawn("&#0;&#xD800;&#99999999999;"),
        "p[\u{fffd}\u{fffd}\u{fffd}]"
    );
}

#[test]
fn what_acts_or_loads_is_left_out_and_named() {
    for html in [
        "<script>alert(1)</script>jää",
        "<SCRIPT SRC=//x.example>alert(1)</ScRiPt >jää",
        "<style>p{}</style>jää",
        "<iframe src=x>alert(1)</iframe>jää",
        "<svg><script>alert(1)</script></svg>jää",
        "<object data=x>alert(1)</object>jää",
        "<textarea><b>alert(1)</textarea>jää",
    ] {
        assert_eq!(drawn(html), "p[jää]", "{html}");
        assert!(
            matches!(refusals(html)[..], [Refusal::Active(_), ..]),
            "{html}"
        );
    }
    assert_eq!(drawn("<img src=x onerror=alert(1)>jää"), "p[jää]");
    assert_eq!(
        refusals("<img src=x onerror=alert(1)>"),
        [
            Refusal::Active("onerror".into()),
            Refusal::Active("img".into())
        ]
    );
    assert_eq!(drawn("<p onclick='x'>jää</p>"), "p[jää]");
    assert_eq!(
        refusals("<p OnClick='x'>jää</p>"),
        [Refusal::Active("onclick".into())]
    );
    assert_eq!(refusals("<u>jää</u>"), [Refusal::Element("u".into())]);
    assert_eq!(
        drawn("<!-- <b>pois</b> --><!doctype html><?x?>jää"),
        "p[jää]"
    );
    assert_eq!(drawn("a<script>loppumaton"), "p[a]");
}

#[test]
fn dangerous_addresses_are_refused_however_they_are_written() {
    for address in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "\u{0}\u{1}",
        "java\nscript:alert(1)",
        "java\tscript:alert(1)",
        "\u{1}javascript:alert(1)",
        "javascript&#58;alert(1)",
        "&#106;avascript:alert(1)",
        "&#x6A;avascript:alert(1)",
        "javascript&colon;alert(1)",
        "java&Tab;script:alert(1)",
        "java&NewLine;script:alert(1)",
        "java\u{ad}script:alert(1)",
        "data:text/html,<b>x",
        "vbscript:x",
        "file:///etc/passwd",
        "blob:x",
        "view-source:x",
        "",
    ] {
        let html = format!("<a href=\"{address}\">linkki</a>");
        assert_eq!(drawn(&html), "p[linkki]", "{address:?}");
        assert!(
            matches!(refusals(&html)[..], [Refusal::Link(_)]),
            "{address:?}"
        );
    }
}

#[test]
fn ordinary_addresses_are_taken() {
    for address in [
        "https://example.org/a:b",
        "HTTP://example.org",
        "mailto:kunta@example.fi",
        "tel:+358 9 310 5015",
        "/tietosuoja",
        "#alku",
        "?kieli=sv",
        "saavutettavuus",
    ] {
        assert!(is_safe_link(address), "{address}");
    }
    for address in [
        "kuvat/talo.png",
        "/kuvat/talo.png",
        "data:image/png;base64,AAAA",
    ] {
        assert!(is_own_image(address), "{address}");
    }
    for address in [
        "https://x.example/a.png",
        "//x.example/a.png",
        "\\\\x.example\\a",
        "data:text/html,x",
        "",
    ] {
        assert!(!is_own_image(address), "{address}");
    }
}

#[test]
fn a_quoted_sign_does_not_end_a_tag() {
    assert_eq!(
        drawn(r#"<a title="a > b" href='/x'>linkki</a>"#),
        "p[(linkki → /x)]"
    );
}

#[test]
fn elements_that_cross_each_other_are_mended() {
    assert_eq!(drawn("<b>a<i>b</b>c</i>d"), "p[*a_b_*cd]");
    assert_eq!(drawn("<p><b>a<p>b</b>c"), "p[*a*]p[bc]");
    assert_eq!(drawn("</li></ul></b>a"), "p[a]");
    assert_eq!(drawn("<li>a<li>b"), "ul[p[a]|p[b]]");
    assert_eq!(drawn("<ul>a<li>b</ul>"), "ul[p[a]|p[b]]");
}

fn answers(name: &str) -> Option<String> {
    match name {
        "nimi" => Some("<b>Aino</b> & {ikä}".to_owned()),
        "ikä" => Some("47".to_owned()),
        "tyhjä" => Some(String::new()),
        _ => None,
    }
}

#[test]
fn answers_are_put_into_texts_as_text() {
    assert_eq!(pipe_text("Ikä {ikä}, {tyhjä}.", &answers), "Ikä 47, .");
    assert_eq!(pipe_text("{ ikä }{muu}{a:b}{}", &answers), "47{muu}{a:b}{}");
    assert_eq!(pipe_text("{{ikä}} {x {ikä} }", &answers), "{47} {x 47 }");
    assert_eq!(pipe_text("auki {ikä", &answers), "auki {ikä");
    assert_eq!(pipe_text("} {ikä}", &answers), "} 47");
    let text = RichText::html("<p>Hei <b>{nimi}</b></p>").piped(&answers);
    assert_eq!(blocks(&text.blocks), "p[Hei *<b>Aino</b> & {ikä}*]");
}

const PIECES: &[&str] = &[
    "<a href=",
    "javascript:",
    "\"",
    "'",
    ">",
    "</a>",
    "<b>",
    "</b>",
    "<ul>",
    "<li>",
    "</ul>",
    "<p>",
    "<h2>",
    "x",
    " ",
    "&#",
    "106;",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<",
    "/",
    "ö",
    "<span lang=sv>",
    "onload=x",
    "data:",
    ":",
    "\n",
];

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in any::<String>()) {
        let _ = parse_html(&text);
        let _ = refusals(&text);
        let _ = pipe_text(&text, &answers);
    }

    #[test]
    fn any_markup_gives_only_safe_links_and_a_shallow_tree(
        parts in prop::collection::vec(prop::sample::select(PIECES), 0..200)
    ) {
        prop_assert!(safe(&parse_html(&parts.concat()), 0));
    }
}

fn safe(all: &[Block], depth: usize) -> bool {
    depth < 30
        && all.iter().all(|block| match block {
            Block::Paragraph(content) | Block::Heading(_, content) => safe_inline(content, 0),
            Block::List { items, .. } => items.iter().all(|item| safe(item, depth + 1)),
        })
}

fn safe_inline(all: &[Inline], depth: usize) -> bool {
    depth < 14
        && all.iter().all(|inline| match inline {
            Inline::Link { href, content } => is_safe_link(href) && safe_inline(content, depth + 1),
            Inline::Strong(content)
            | Inline::Emphasis(content)
            | Inline::Language { content, .. } => safe_inline(content, depth + 1),
            Inline::Text(_) | Inline::Break => true,
        })
}
