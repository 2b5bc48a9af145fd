//! The installation: its configuration and the language of the interface.

use std::sync::Arc;

use json::{Problem, Value};
use leptos::prelude::*;
use wire::config::Config;

use crate::browser::fetch::{self, FetchError};
use crate::browser::{document, history};
use crate::words::{self, Table};

/// What is known of the installation.
#[derive(Clone)]
pub enum Installation {
    /// Not yet anything.
    Loading,
    /// The configuration did not come.
    Unreachable(FetchError),
    /// The configuration came and is not one.
    Broken(Arc<Vec<Problem>>),
    /// All is well.
    Ready(Arc<Config>),
}

/// The languages that the interface has.
const OWN: [&str; 4] = ["fi", "sv", "en", "fi-x-selko"];

/// Fetches configuration and words; the language is the one the address asks for, else the
/// installation's first.
pub async fn load() -> Installation {
    let asked = history::parameter("lang");
    let config = fetch::text("/config.json").await;
    let parsed = match &config {
        Ok(text) => Config::parse(text).map_err(Arc::new),
        Err(_) => Err(Arc::default()),
    };
    let language = match &parsed {
        Ok(config) => choose(asked.as_deref(), &config.languages),
        Err(_) => choose(asked.as_deref(), &OWN.map(ToOwned::to_owned)),
    };
    speak(&language).await;
    match (config, parsed) {
        (Err(error), _) => Installation::Unreachable(error),
        (_, Err(problems)) => Installation::Broken(problems),
        (_, Ok(config)) => {
            for (name, colour) in config.theme.colours() {
                let brand = if name == "accent" { "brand" } else { name };
                document::set_property(&["--", brand].concat(), &colour.to_string());
            }
            Installation::Ready(Arc::new(config))
        }
    }
}

/// Installs the words of `language`; false, with the old words kept, if they do not come.
pub async fn speak(language: &str) -> bool {
    let url = ["/words/", language, ".json"].concat();
    let mut text = fetch::text(&url).await;
    if text.is_err() {
        // The words of the first page alone, which the page asked for, are not everywhere.
        text = fetch::text(&url).await;
    }
    let Some(document) = text.ok().and_then(|text| Value::parse(&text).ok()) else {
        return false;
    };
    document::set_language(language);
    words::install(Table::read(language, document));
    true
}

/// The language on offer that suits `asked` best: itself, its base, else the first.
pub fn choose(asked: Option<&str>, offered: &[String]) -> String {
    let has = |tag: &str| offered.iter().any(|it| it == tag);
    asked
        .and_then(|asked| {
            let base = asked.split('-').next().unwrap_or(asked);
            [asked, base].into_iter().find(|tag| has(tag))
        })
        .map(ToOwned::to_owned)
        .or_else(|| offered.first().cloned())
        .unwrap_or_else(|| "fi".to_owned())
}

/// The configuration, for views below the page that loaded it.
#[derive(Clone, Copy)]
struct Known(StoredValue<Arc<Config>>);

/// Makes the configuration known to the views below.
pub fn provide_config(config: Arc<Config>) {
    provide_context(Known(StoredValue::new(config)));
}

/// The configuration.
///
/// # Panics
///
/// Outside the pages that [`provide_config`] stands above; a mistake in the app.
pub fn use_config() -> Arc<Config> {
    expect_context::<Known>().0.get_value()
}

#[cfg(test)]
mod tests {
    use super::choose;

    #[test]
    fn the_language_asked_for_is_taken_if_it_is_offered() {
        let offered = ["fi", "sv", "fi-x-selko"].map(ToOwned::to_owned);
        for (asked, chosen) in [
            (Some("sv"), "sv"),
            (Some("sv-FI"), "sv"),
            (Some("fi-x-selko"), "fi-x-selko"),
            (Some("ar"), "fi"),
            (None, "fi"),
        ] {
            assert_eq!(choose(asked, &offered), chosen, "{asked:?}");
        }
    }
}
