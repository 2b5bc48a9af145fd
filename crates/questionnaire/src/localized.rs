//! Texts in several languages.

use json::Value;

use crate::definition::At;

/// A text in the languages its author gave.
///
/// `default` is the language that the survey declares first; a plain string in the file is a text
/// in `default`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Localized {
    texts: Vec<(Box<str>, Box<str>)>,
}

/// The name under which the text without a language of its own is kept.
pub const DEFAULT: &str = "default";

/// A text together with the language it turned out to be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resolved<'a> {
    /// The text.
    pub text: &'a str,
    /// The key it stands under: a BCP 47 tag or [`DEFAULT`].
    pub language: &'a str,
}

impl Localized {
    /// A text in the default language only.
    pub fn plain(text: impl Into<Box<str>>) -> Self {
        Self {
            texts: vec![(DEFAULT.into(), text.into())],
        }
    }

    /// Sets the text of one language.
    pub fn insert(&mut self, language: impl Into<Box<str>>, text: impl Into<Box<str>>) {
        let language = language.into();
        match self.texts.iter_mut().find(|(key, _)| *key == language) {
            Some((_, slot)) => *slot = text.into(),
            None => self.texts.push((language, text.into())),
        }
    }

    /// True if no language has a text.
    pub fn is_empty(&self) -> bool {
        self.texts.iter().all(|(_, text)| text.is_empty())
    }

    /// The text of exactly this language key.
    pub fn get(&self, language: &str) -> Option<&str> {
        self.texts
            .iter()
            .find(|(key, _)| &**key == language)
            .map(|(_, text)| &**text)
    }

    /// Languages that have a text, in document order.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.texts
            .iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(key, _)| &**key)
    }

    /// The text for `language`: exact, then its base (`pt` for `pt-BR`, `fi` for `fi-x-selko`),
    /// then the default; where the default itself is asked for and there is none, English.
    pub fn resolve<'a>(&'a self, language: &str) -> Option<Resolved<'a>> {
        let base = language.split('-').next().unwrap_or(language);
        let last = if base == DEFAULT { "en" } else { DEFAULT };
        [language, base, last].iter().find_map(|wanted| {
            self.texts
                .iter()
                .find(|(key, text)| key.eq_ignore_ascii_case(wanted) && !text.is_empty())
                .map(|(key, text)| Resolved {
                    text,
                    language: key,
                })
        })
    }
}

impl Localized {
    /// Reads a text, or an object of texts by language. What is missing or refused is a problem;
    /// `spoken` texts must stand in every language that the survey declares.
    pub(crate) fn read(at: &At<'_>, spoken: bool) -> Self {
        let mut texts = Self::default();
        match at.value {
            Value::Object(by_language) => {
                for (language, value) in by_language.iter() {
                    let at = at.child(language, value);
                    if let Some(text) = at.text() {
                        at.check_language(language);
                        at.check_markup(&text);
                        texts.insert(language, text);
                    }
                }
            }
            _ => {
                if let Some(text) = at.text().filter(|text| !text.is_empty()) {
                    at.check_markup(&text);
                    texts = Self::plain(text);
                }
            }
        }
        if spoken && texts.has_words() {
            at.check_complete(&texts);
        }
        texts
    }

    /// True if there is a letter outside `{…}`: numbers and signs are the same in all languages.
    fn has_words(&self) -> bool {
        self.texts.iter().any(|(_, text)| {
            let mut depth = 0_usize;
            text.chars().any(|c| {
                match c {
                    '{' => depth += 1,
                    '}' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                depth == 0 && is_letter(c)
            })
        })
    }
}

/// True for letters of any script, near enough: signs, dashes and arrows are not.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || c >= 'À' && !('\u{2000}'..='\u{2bff}').contains(&c)
}
