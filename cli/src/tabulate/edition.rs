//! The words of exported files: those of the organiser's page.

use std::collections::BTreeMap;

use insight::Codebook;
use insight::export::is_shared;

const TEXTS: [(&str, &str); 3] = [
    ("fi", include_str!("../../../public/words/organise.fi.json")),
    ("sv", include_str!("../../../public/words/organise.sv.json")),
    ("en", include_str!("../../../public/words/organise.en.json")),
];

/// What the files say in one language.
pub(super) struct Words {
    pub(super) language: &'static str,
    texts: BTreeMap<String, String>,
}

impl Words {
    /// In the language asked for, else in the survey's first that there are words for, else English.
    ///
    /// # Errors
    ///
    /// When there are no words in the language asked for.
    pub(super) fn new(asked: Option<&str>, codebook: &Codebook) -> Result<Self, String> {
        let known = |language: &str| TEXTS.iter().find(|(it, _)| *it == language);
        let found = if let Some(language) = asked {
            known(language)
                .ok_or_else(|| format!("--language {language}: fi, sv or en is expected"))?
        } else {
            let own = codebook.languages.iter().find_map(|it| known(it));
            own.unwrap_or(&TEXTS[2])
        };
        let document = json::Value::parse(found.1).unwrap_or_default();
        let members = document
            .as_object()
            .into_iter()
            .flat_map(json::Object::iter);
        let texts =
            members.filter_map(|(key, text)| Some((key.to_owned(), text.as_str()?.to_owned())));
        Ok(Self {
            language: found.0,
            texts: texts.collect(),
        })
    }

    /// The words for a key of [`insight::export::WORDS`].
    pub(super) fn say(&self, key: &str) -> String {
        let part = if is_shared(key) { "" } else { "sheet." };
        let found = self.texts.get(&format!("organise.{part}{key}"));
        found.cloned().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Words;
    use insight::Codebook;

    #[test]
    fn every_word_of_a_file_is_there_in_every_language() {
        for language in ["fi", "sv", "en"] {
            let words = Words::new(Some(language), &Codebook::default()).expect("known");
            for key in insight::export::WORDS
                .iter()
                .chain(&insight::compare::SENTENCES)
            {
                assert!(!words.say(key).is_empty(), "{key} in {language}");
            }
        }
    }
}
