//! A piece of a page as plain data, so that what a question looks like is a pure function of its
//! view: tested on the host, drawn by [`crate::browser::draw`], which changes only what differs.

use std::borrow::Cow;
use std::rc::Rc;

use leptos::prelude::AnyView;

/// A piece of a page.
pub enum Node {
    /// An element.
    Element(Element),
    /// Characters, never read as markup.
    Text(String),
    /// A view that lives on its own.
    Live(Live),
}

/// An element with its attributes and content.
///
/// Boxed, and built by functions that are not compiled into those that call them: a page is a
/// hundred such calls, and each then takes a dozen bytes of what a respondent loads.
#[must_use]
pub struct Element(pub(crate) Box<Parts>);

/// What an [`Element`] is made of.
pub(crate) struct Parts {
    pub(crate) tag: &'static str,
    pub(crate) attributes: Vec<(&'static str, Setting)>,
    pub(crate) children: Vec<Node>,
}

/// What an attribute may be set to.
pub trait Content {
    /// `element` with the attribute `name` set to this.
    fn set(self, element: Element, name: &'static str) -> Element;
}

impl Content for &'static str {
    #[inline(never)]
    fn set(self, mut element: Element, name: &'static str) -> Element {
        let setting = Setting::Attribute(Cow::Borrowed(self));
        element.0.attributes.push((name, setting));
        element
    }
}

impl Content for String {
    #[inline(never)]
    fn set(self, mut element: Element, name: &'static str) -> Element {
        let setting = Setting::Attribute(Cow::Owned(self));
        element.0.attributes.push((name, setting));
        element
    }
}

/// What may stand inside an element.
pub trait Piece {
    /// `element` with this as its last piece.
    fn enter(self, element: Element) -> Element;
}

impl Piece for Node {
    #[inline(never)]
    fn enter(self, mut element: Element) -> Element {
        element.0.children.push(self);
        element
    }
}

impl Piece for Element {
    #[inline(never)]
    fn enter(self, element: Element) -> Element {
        Node::Element(self).enter(element)
    }
}

/// Words inside an element.
pub trait Words {
    /// `element` with this as its last piece.
    fn say(self, element: Element) -> Element;
}

impl Words for &str {
    #[inline(never)]
    fn say(self, element: Element) -> Element {
        self.to_owned().say(element)
    }
}

impl Words for String {
    #[inline(never)]
    fn say(self, element: Element) -> Element {
        Node::Text(self).enter(element)
    }
}

/// What an attribute or property is set to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setting {
    /// An attribute; a name that starts with `--` sets a custom property of the style.
    Attribute(Cow<'static, str>),
    /// The property `value`: what stands in a field now.
    Value(String),
    /// A property that is true or false, such as `checked`.
    Flag(bool),
}

/// A view that lives on its own inside drawn markup: built once for each `id` and kept while a
/// view with the same `id` stands in the same place.
pub struct Live {
    /// Names what is shown.
    pub id: String,
    /// Builds it.
    pub build: Rc<dyn Fn() -> AnyView>,
}

impl Live {
    /// A view that is built by `build` and kept while `id` stays the same.
    pub fn node(id: impl Into<String>, build: impl Fn() -> AnyView + 'static) -> Node {
        Node::Live(Self {
            id: id.into(),
            build: Rc::new(build),
        })
    }
}

/// An element without attributes or content.
#[inline(never)]
pub fn el(tag: &'static str) -> Element {
    Element(Box::new(Parts {
        tag,
        attributes: Vec::new(),
        children: Vec::new(),
    }))
}

/// A text.
pub fn text(text: impl Into<String>) -> Node {
    Node::Text(text.into())
}

impl Element {
    /// With an attribute.
    pub fn attr(self, name: &'static str, value: impl Content) -> Self {
        value.set(self, name)
    }

    /// With an attribute if there is a value.
    #[inline(never)]
    pub fn maybe(self, name: &'static str, value: Option<String>) -> Self {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// With an attribute without a value if `on`.
    #[inline(never)]
    pub fn on(self, name: &'static str, on: bool) -> Self {
        if on { self.attr(name, "") } else { self }
    }

    /// With an attribute that says `true` or `false`.
    #[inline(never)]
    pub fn says(self, name: &'static str, value: bool) -> Self {
        self.attr(name, if value { "true" } else { "false" })
    }

    /// With a class.
    #[inline(never)]
    pub fn class(self, class: &'static str) -> Self {
        self.attr("class", class)
    }

    /// With the field's content.
    pub fn value(mut self, value: impl Into<String>) -> Self {
        let setting = Setting::Value(value.into());
        self.0.attributes.push(("value", setting));
        self
    }

    /// With a property that is true or false.
    #[inline(never)]
    pub fn flag(mut self, name: &'static str, on: bool) -> Self {
        self.0.attributes.push((name, Setting::Flag(on)));
        self
    }

    /// With one more piece inside.
    pub fn child(self, child: impl Piece) -> Self {
        child.enter(self)
    }

    /// With one more piece inside if there is one, and its place kept free if not: what follows
    /// is then not drawn anew when it comes.
    #[inline(never)]
    pub fn with(self, child: Option<Node>) -> Self {
        self.child(child.unwrap_or_else(|| Node::Text(String::new())))
    }

    /// With more pieces inside.
    #[inline(never)]
    pub fn children(mut self, children: Vec<Node>) -> Self {
        self.0.children.extend(children);
        self
    }

    /// With a text inside.
    pub fn text(self, content: impl Words) -> Self {
        content.say(self)
    }

    /// As a node.
    pub fn node(self) -> Node {
        Node::Element(self)
    }
}

impl From<Element> for Node {
    fn from(element: Element) -> Self {
        Self::Element(element)
    }
}

const VOID: [&str; 4] = ["input", "img", "br", "hr"];

impl Node {
    /// As HTML, for tests and for drawing on the host.
    pub fn html(&self) -> String {
        let mut html = String::new();
        self.write(&mut html);
        html
    }

    fn write(&self, html: &mut String) {
        match self {
            Self::Text(text) => escape(text, html),
            Self::Live(live) => {
                html.push_str("<live id=\"");
                escape(&live.id, html);
                html.push_str("\">");
            }
            Self::Element(element) => element.write(html),
        }
    }
}

impl Element {
    fn write(&self, html: &mut String) {
        html.push('<');
        let Parts {
            tag,
            attributes,
            children,
        } = &*self.0;
        html.push_str(tag);
        for (name, setting) in attributes {
            let value = match setting {
                Setting::Attribute(value) => value,
                Setting::Value(value) => value.as_str(),
                Setting::Flag(true) => "",
                Setting::Flag(false) => continue,
            };
            html.push(' ');
            html.push_str(name);
            if !value.is_empty() {
                html.push_str("=\"");
                escape(value, html);
                html.push('"');
            }
        }
        html.push('>');
        if VOID.contains(tag) {
            return;
        }
        for child in children {
            child.write(html);
        }
        html.push_str("</");
        html.push_str(tag);
        html.push('>');
    }
}

fn escape(text: &str, html: &mut String) {
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            other => html.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_never_read_as_markup() {
        let piece = el("p")
            .attr("title", "\"a\" & b")
            .text("<b>1 < 2</b>")
            .node();
        assert_eq!(
            piece.html(),
            "<p title=\"&quot;a&quot; &amp; b\">&lt;b&gt;1 &lt; 2&lt;/b&gt;</p>"
        );
    }

    #[test]
    fn what_is_false_or_absent_is_not_written() {
        let piece = el("input")
            .flag("checked", false)
            .flag("disabled", true)
            .maybe("aria-label", None)
            .on("hidden", false)
            .node();
        assert_eq!(piece.html(), "<input disabled>");
    }
}
