//! Texts the law asks for, of which none may be empty when a survey is published.

use std::collections::BTreeMap;

use json::{Node, Severity};

use crate::Localised;

/// The eight parts of an accessibility statement (Act 306/2019, section 9; Decision (EU)
/// 2018/1523), in reading order.
pub const ACCESSIBILITY_HEADINGS: &[&str] = &[
    "service",
    "conformity",
    "nonAccessible",
    "alternatives",
    "assessment",
    "feedback",
    "enforcement",
    "published",
];

/// The twelve parts of a privacy notice (GDPR, articles 12 to 14), in reading order. `rights`
/// includes withdrawing a consent; `source` says where data comes from that the person did not give.
pub const PRIVACY_FIELDS: &[&str] = &[
    "controller",
    "dataProtectionOfficer",
    "purposes",
    "categories",
    "recipients",
    "transfers",
    "retention",
    "rights",
    "complaint",
    "obligation",
    "automation",
    "source",
];

/// Named texts of one document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Texts(BTreeMap<&'static str, Localised>);

impl Texts {
    /// The text of a field; `None` if it is empty in `language`.
    pub fn get(&self, field: &str, language: &str) -> Option<&str> {
        self.0.get(field)?.resolve(language)
    }

    fn read(node: &Node<'_>, fields: &'static [&'static str]) -> Self {
        node.object();
        node.only(Severity::Warning, fields);
        Self(
            fields
                .iter()
                .filter_map(|field| Some((*field, Localised::read(&node.member(field)?))))
                .collect(),
        )
    }
}

/// The legal texts of an installation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Legal {
    /// The accessibility statement by [`ACCESSIBILITY_HEADINGS`].
    pub accessibility: Texts,
    /// The privacy notice by [`PRIVACY_FIELDS`].
    pub privacy: Texts,
    /// What is stored on the respondent's device, and why.
    pub storage: Localised,
}

/// A legal text that nobody has written yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmptyField {
    /// The JSON pointer of the text in the configuration.
    pub at: String,
    /// The language it is missing in.
    pub language: String,
}

impl Legal {
    /// Every text that is empty in one of `languages`; while there is one, nothing may be
    /// published.
    pub fn empty_fields(&self, languages: &[String]) -> Vec<EmptyField> {
        let accessibility = ACCESSIBILITY_HEADINGS
            .iter()
            .map(|field| ("accessibility", *field, self.accessibility.0.get(field)));
        let privacy = PRIVACY_FIELDS
            .iter()
            .map(|field| ("privacy", *field, self.privacy.0.get(field)));
        let nothing = Localised::default();
        let of = |at: String, text: Option<&Localised>| {
            text.unwrap_or(&nothing)
                .missing(languages)
                .into_iter()
                .map(|language| EmptyField {
                    at: at.clone(),
                    language: language.to_owned(),
                })
                .collect::<Vec<_>>()
        };
        accessibility
            .chain(privacy)
            .flat_map(|(document, field, text)| of(format!("/legal/{document}/{field}"), text))
            .chain(of("/legal/storage".to_owned(), Some(&self.storage)))
            .collect()
    }

    pub(super) fn read(node: &Node<'_>) -> Self {
        node.object();
        node.only(Severity::Warning, &["accessibility", "privacy", "storage"]);
        let texts = |name, fields| {
            node.member(name)
                .map(|it| Texts::read(&it, fields))
                .unwrap_or_default()
        };
        Self {
            accessibility: texts("accessibility", ACCESSIBILITY_HEADINGS),
            privacy: texts("privacy", PRIVACY_FIELDS),
            storage: node
                .member("storage")
                .map(|it| Localised::read(&it))
                .unwrap_or_default(),
        }
    }
}
