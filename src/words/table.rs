//! The words of one language.

use json::Value;

/// Keys and texts of one language, sorted by key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    language: String,
    texts: Vec<(String, String)>,
}

impl Table {
    /// Reads a flat object of texts; members that are not texts are left out.
    pub fn read(language: &str, document: Value) -> Self {
        let mut table = Self {
            language: language.to_owned(),
            texts: Vec::new(),
        };
        table.extend(document);
        table
    }

    /// Adds the texts of a second file, as the organiser's page does.
    pub fn extend(&mut self, document: Value) {
        if let Value::Object(members) = document {
            for (key, value) in members.iter() {
                let Some(text) = value.as_str() else { continue };
                // The files are sorted, so this is nearly always the end.
                let place = self.texts.partition_point(|(it, _)| it.as_str() < key);
                self.texts.insert(place, (key.to_owned(), text.to_owned()));
            }
        }
    }

    /// The language, a BCP 47 tag.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The text for `key`.
    pub fn find(&self, key: &str) -> Option<&str> {
        let at = self
            .texts
            .binary_search_by(|(it, _)| it.as_str().cmp(key))
            .ok()?;
        self.texts.get(at).map(|(_, text)| text.as_str())
    }

    /// The text for `key`, the key itself if there is none.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.find(key).unwrap_or(key)
    }
}
