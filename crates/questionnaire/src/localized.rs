//! Texts in several languages.

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
    /// then the default.
    pub fn resolve<'a>(&'a self, language: &str) -> Option<Resolved<'a>> {
        let base = language.split('-').next().unwrap_or(language);
        [language, base, DEFAULT].iter().find_map(|wanted| {
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
