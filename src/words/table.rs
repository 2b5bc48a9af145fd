//! The words of one language.

use json::Value;

/// The key that stands where words are missing, written by `cargo xtask build`.
const MORE: &str = "words.more";

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

    /// Adds the texts of a second file; what is there already stays.
    pub fn extend(&mut self, document: Value) {
        if let Value::Object(members) = document {
            for (key, value) in members.iter() {
                let Some(text) = value.as_str() else { continue };
                if let Err(place) = self.place_of(key) {
                    self.texts.insert(place, (key.to_owned(), text.to_owned()));
                }
            }
        }
    }

    fn place_of(&self, key: &str) -> Result<usize, usize> {
        self.texts.binary_search_by(|(it, _)| it.as_str().cmp(key))
    }

    /// Whether there are more words than these: the file of the first page's says so.
    pub fn is_part(&self) -> bool {
        self.find(MORE).is_some()
    }

    /// The language, a BCP 47 tag.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// All texts whose keys begin so, by the rest of their keys.
    pub fn beginning<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let texts = self.texts.iter();
        texts.filter_map(move |(key, text)| Some((key.strip_prefix(prefix)?, text.as_str())))
    }

    /// The text for `key`.
    pub fn find(&self, key: &str) -> Option<&str> {
        let at = self.place_of(key).ok()?;
        self.texts.get(at).map(|(_, text)| text.as_str())
    }
}
