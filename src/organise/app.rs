//! The organiser's app: where it starts, its address, its language.

use json::Value;
use leptos::mount::mount_to_body;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::Desk;
use super::view::Page;
use crate::browser::fragment::take_from_fragment;
use crate::browser::{document, fetch};
use crate::results;
use crate::words::{Table, install};

/// Languages that have the organiser's words.
pub(super) const LANGUAGES: [&str; 3] = ["fi", "sv", "en"];

/// What the address asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Address {
    /// `/organise/{survey}`.
    Organise(String),
    /// `/results/{survey}`.
    Results(String),
    /// Anything else.
    Unknown,
}

/// Starts the app in the document's body.
pub fn start() {
    #[cfg(debug_assertions)]
    console_error_on_panic();
    let key = take_from_fragment("key");
    let location = window().location();
    let address = Address::read(&location.pathname().unwrap_or_default());
    let asked = location
        .search()
        .ok()
        .and_then(|it| language_in(&it))
        .unwrap_or("fi");
    wasm_bindgen_futures::spawn_local(async move {
        speak(asked).await;
        document::remove("loading");
        let survey = match address {
            Address::Results(survey) => return results::open(survey),
            Address::Organise(survey) => survey,
            Address::Unknown => String::new(),
        };
        mount_to_body(move || {
            let desk = Desk::new();
            spawn_local(desk.open(survey, key));
            view! { <Page desk/> }
        });
    });
}

/// Makes the page speak `language`; on failure it keeps the one it has.
pub(super) async fn speak(language: &'static str) {
    let Ok(own) = fetch::text(&format!("/words/{language}.json")).await else {
        return;
    };
    let organise = fetch::text(&format!("/words/organise.{language}.json"))
        .await
        .unwrap_or_default();
    let (Ok(own), organise) = (Value::parse(&own), Value::parse(&organise)) else {
        return;
    };
    let mut table = Table::read(language, own);
    if let Ok(organise) = organise {
        table.extend(organise);
    }
    install(table);
    document::set_language(language);
}

/// On a panic the page says so in words instead of falling silent; what people get is built
/// without words for panics, and there the entry page itself says so.
#[cfg(debug_assertions)]
fn console_error_on_panic() {
    std::panic::set_hook(Box::new(|info| {
        document::complain(&info.to_string());
        document::reveal("broken");
    }));
}

impl Address {
    fn read(path: &str) -> Self {
        let mut steps = path.trim_matches('/').split('/');
        match (steps.next(), steps.next(), steps.next()) {
            (Some("organise"), Some(survey), None) if !survey.is_empty() => {
                Self::Organise(survey.to_owned())
            }
            (Some("results"), Some(survey), None) if !survey.is_empty() => {
                Self::Results(survey.to_owned())
            }
            _ => Self::Unknown,
        }
    }
}

fn language_in(search: &str) -> Option<&'static str> {
    let wanted = search
        .trim_start_matches('?')
        .split('&')
        .find_map(|part| part.strip_prefix("lang="))?;
    LANGUAGES.into_iter().find(|it| *it == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_names_the_survey() {
        assert_eq!(
            Address::read("/organise/resurssi"),
            Address::Organise("resurssi".to_owned())
        );
        assert_eq!(
            Address::read("/results/asukas"),
            Address::Results("asukas".to_owned())
        );
        assert_eq!(Address::read("/organise/"), Address::Unknown);
        assert_eq!(Address::read("/organise/a/b"), Address::Unknown);
    }

    #[test]
    fn only_languages_that_exist_are_spoken() {
        assert_eq!(language_in("?x=1&lang=sv"), Some("sv"));
        assert_eq!(language_in("?lang=xx"), None);
    }
}
