//! Help numbers before a question about safety, from a file with the day they were checked.

use std::rc::Rc;

use json::Value;
use leptos::prelude::*;
use questionnaire::session::Key;

use super::opening::local_date;
use super::running::Running;
use crate::browser::fetch;
use crate::ui::markup::{Element, Node, el, text};
use crate::words::{language, t, t_with};

/// Where to call, and where the quick exit leads.
pub struct Help {
    document: Value,
}

impl Help {
    /// Fetches the file; `None` if the installation has none.
    pub async fn load() -> Option<Rc<Self>> {
        let text = fetch::text("/data/help_numbers.json").await.ok()?;
        let document = Value::parse(&text).ok()?;
        Some(Rc::new(Self { document }))
    }

    /// The harmless page that the quick exit opens.
    pub fn exit(&self) -> Option<&str> {
        let address = self.document.get("exit")?.as_str()?;
        address.starts_with("https://").then_some(address)
    }
}

/// What stands before a question that may need help: who to call, once that is known.
/// Follows its coming.
pub fn before(key: &Key) -> Option<Node> {
    let running = use_context::<Running>().filter(|running| running.wants_help_before(key))?;
    let help = running.help();
    Some(help.map_or_else(|| text(""), |help| Node::Element(numbers(&help))))
}

/// The numbers, with the day they were checked.
pub fn numbers(help: &Help) -> Element {
    let language = language();
    let numbers = help.document.get("numbers").and_then(Value::as_list);
    let rows = numbers.unwrap_or_default().iter();
    let checked = help.document.get("lastChecked").and_then(Value::as_str);
    el("aside")
        .class("help")
        .attr("aria-labelledby", "help-title")
        .child(
            el("h2")
                .class("help__title")
                .attr("id", "help-title")
                .text(t("help.title")),
        )
        .child(el("p").text(t("help.text")))
        .child(
            el("ul")
                .class("help__numbers")
                .children(rows.filter_map(|it| row(it, &language)).collect()),
        )
        .with(checked.and_then(local_date).map(|date| {
            el("p")
                .class("help__note")
                .text(t_with("help.checked", &[("date", &date)]))
                .node()
        }))
}

fn row(number: &Value, language: &str) -> Option<Node> {
    let word = |name: &str| in_language(number.get(name)?, language);
    let shown = word("number")?;
    let link = el("a")
        .class("help__number")
        .attr("href", ["tel:", &shown.replace(' ', "")].concat())
        .child(el("strong").text(shown))
        .text([" ", &word("name")?].concat());
    let note = word("note").map(|note| el("span").class("help__note").text(note).node());
    Some(el("li").child(link).with(note).node())
}

/// A text, or the member of an object for `language` or its base.
pub fn in_language(value: &Value, language: &str) -> Option<String> {
    let base = language.split('-').next().unwrap_or(language);
    value
        .as_str()
        .or_else(|| value.get(language)?.as_str())
        .or_else(|| value.get(base)?.as_str())
        .or_else(|| value.get("fi")?.as_str())
        .map(ToOwned::to_owned)
}
