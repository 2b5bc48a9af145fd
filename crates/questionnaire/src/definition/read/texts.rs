//! What is asked of every text: its languages, and markup that can be drawn.

use json::Severity;

use super::extension::is_language;
use super::names;
use super::place::At;
use crate::localized::{DEFAULT, Localized};
use crate::text::{self, Refusal};

impl At<'_> {
    /// The key of a text must be a language.
    pub(crate) fn check_language(&self, language: &str) {
        if language == DEFAULT {
            return;
        }
        let declared = &self.reader.languages;
        if !is_language(language) {
            self.problem(
                Severity::Error,
                "language/unknown",
                language.to_owned(),
                "a language tag",
                names::nearest(language, declared.iter().map(String::as_str)),
            );
        } else if !declared.is_empty() && !declared.iter().any(|it| it == language) {
            self.problem(
                Severity::Warning,
                "language/undeclared",
                language.to_owned(),
                "a language of kuuluu.languages",
                None,
            );
        }
    }

    /// Every declared language must have a text, or the only one that the file is for; the first one may stand as `default`, and a
    /// variety such as `fi-x-selko` may let its base language's text serve where that is easy enough.
    pub(crate) fn check_complete(&self, texts: &Localized) {
        let first = self.reader.languages.first();
        let there = |key: &str| texts.get(key).is_some_and(|text| !text.trim().is_empty());
        let asked = match &self.reader.only {
            Some(only) => core::slice::from_ref(only),
            None => &self.reader.languages,
        };
        for language in asked {
            let base = language.split('-').next().unwrap_or(language);
            let serves =
                |key: &str| there(key) || first.is_some_and(|it| it == key) && there(DEFAULT);
            if !serves(language) && !serves(base) {
                self.problem(
                    Severity::Error,
                    "language/missing",
                    "no text".to_owned(),
                    language,
                    None,
                );
            }
        }
    }

    /// Markup that will not be drawn is said to the author.
    pub(crate) fn check_markup(&self, text: &str) {
        for refusal in text::refusals(text) {
            let (severity, code, what) = match refusal {
                Refusal::Element(name) => (Severity::Warning, "html/element", name),
                Refusal::Active(name) => (Severity::Error, "html/active", name),
                Refusal::Link(address) => (Severity::Error, "html/link", address),
            };
            self.problem(
                severity,
                code,
                what,
                "p, h2 to h6, ul, ol, li, strong, em, br, span with lang, or a with a safe address",
                None,
            );
        }
    }
}
