//! Help numbers before a question about safety, from a file with the day they were checked.

use std::rc::Rc;

use json::Value;
use leptos::prelude::*;
use questionnaire::session::Key;

use super::opening::local_date;
use super::running::{Running, use_running};
use crate::browser::fetch;
use crate::ui::markup::{Live, Node};
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

/// What stands before a question that may need help: the numbers, or nothing.
pub fn before(key: &Key) -> Option<Node> {
    use_context::<Running>()
        .filter(|running| running.wants_help_before(key))
        .map(|_| {
            Live::node(["help ", key].concat(), || {
                view! { <HelpNumbers /> }.into_any()
            })
        })
}

/// Who to call, just before the question that may need it.
#[component]
pub fn HelpNumbers() -> impl IntoView {
    let running = use_running();
    move || {
        let help = running.help().get()?;
        let language = language();
        let numbers = help.document.get("numbers").and_then(Value::as_list);
        let rows = numbers
            .unwrap_or_default()
            .iter()
            .filter_map(|it| {
                let name = in_language(it.get("name")?, &language)?;
                let number = in_language(it.get("number")?, &language)?;
                let note = it.get("note").and_then(|it| in_language(it, &language));
                let href = ["tel:", &number.replace(' ', "")].concat();
                Some(view! {
                    <li>
                        <a class="help__number" href=href>
                            <strong>{number}</strong> " " {name}
                        </a>
                        {note.map(|note| view! { <span class="help__note">{note}</span> })}
                    </li>
                })
            })
            .collect_view();
        let checked = help
            .document
            .get("lastChecked")
            .and_then(Value::as_str)
            .and_then(local_date);
        Some(view! {
            <aside class="help" aria-labelledby="help-title">
                <h2 class="help__title" id="help-title">{t("help.title")}</h2>
                <p>{t("help.text")}</p>
                <ul class="help__numbers">{rows}</ul>
                {checked.map(|date| view! {
                    <p class="help__note">{t_with("help.checked", &[("date", &date)])}</p>
                })}
            </aside>
        })
    }
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
