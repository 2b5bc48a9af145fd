//! Texts of the installation in its languages.

use std::collections::BTreeMap;

use json::{Node, Severity, Value};

/// A text by language tag; a plain text in the file stands for every language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Localised(BTreeMap<String, String>);

/// The tag under which a text for every language is kept.
const EVERY: &str = "";

impl Localised {
    /// The text for `language`: exact, then its base (`fi` for `fi-x-selko`), then the one for
    /// every language.
    pub fn resolve(&self, language: &str) -> Option<&str> {
        let base = language.split('-').next().unwrap_or(language);
        [language, base, EVERY]
            .iter()
            .find_map(|tag| self.0.get(*tag))
            .map(String::as_str)
            .filter(|text| !text.trim().is_empty())
    }

    /// True if there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Language tags and texts; the text for every language stands under an empty tag.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(tag, text)| (tag.as_str(), text.as_str()))
    }

    /// As it is written: an object of texts by language, or one text for all.
    pub(crate) fn to_value(&self) -> Value {
        match self.0.get(EVERY) {
            Some(text) if self.0.len() == 1 => Value::from(text.as_str()),
            _ => {
                let members = self.iter();
                let members = members.map(|(tag, text)| (tag.to_owned(), Value::from(text)));
                Value::Object(members.collect())
            }
        }
    }

    /// Those of `languages` that would be shown nothing.
    pub fn missing<'a>(&self, languages: &'a [String]) -> Vec<&'a str> {
        languages
            .iter()
            .map(String::as_str)
            .filter(|language| self.resolve(language).is_none())
            .collect()
    }

    /// Reads a text or an object of texts; wrong parts are left out and told.
    pub(crate) fn read(node: &Node<'_>) -> Self {
        if let Some(text) = node.value().as_str() {
            return Self(BTreeMap::from([(EVERY.to_owned(), text.to_owned())]));
        }
        let Some(object) = node.value().as_object() else {
            node.wrong("a text, or an object of texts by language");
            return Self::default();
        };
        Self(
            object
                .keys()
                .filter_map(|tag| Some((tag.to_owned(), node.member(tag)?.text()?.to_owned())))
                .collect(),
        )
    }

    /// Reads like [`Localised::read`], and says which of `languages` are missing.
    pub(crate) fn read_complete(node: &Node<'_>, languages: &[String]) -> Self {
        let texts = Self::read(node);
        if node.value().as_str().is_some() || node.value().as_object().is_some() {
            for language in texts.missing(languages) {
                node.problem(
                    Severity::Error,
                    "config/language",
                    "a text in every language of the installation",
                    Some(format!("add \"{language}\"")),
                );
            }
        }
        texts
    }
}

impl<const N: usize> From<[(&str, &str); N]> for Localised {
    fn from(texts: [(&str, &str); N]) -> Self {
        Self(
            texts
                .into_iter()
                .map(|(tag, text)| (tag.to_owned(), text.to_owned()))
                .collect(),
        )
    }
}

impl FromIterator<(String, String)> for Localised {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(texts: I) -> Self {
        Self(texts.into_iter().collect())
    }
}
