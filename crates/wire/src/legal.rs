//! `legal.json`: texts the law asks for, of which none may be empty when a survey is published.
//!
//! They stand beside `config.json`, not in it: nobody who answers has to download them first.

use std::collections::{BTreeMap, BTreeSet};

use json::{Node, Problem, Problems, Severity, Value};

use crate::Localised;
use crate::config::document;

/// The format of the legal texts.
pub const LEGAL_FORMAT: &str = "kuuluu-legal/1";

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
    /// What works, but perhaps not as meant.
    pub warnings: Vec<Problem>,
}

/// A legal text that nobody has written yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmptyField {
    /// The JSON pointer of the text in the file.
    pub at: String,
    /// The language it is missing in.
    pub language: String,
}

impl Legal {
    /// Reads the legal texts from JSON text.
    ///
    /// # Errors
    ///
    /// Everything that is wrong, each with the path of the field and what is expected there. An
    /// empty text is no error here: see [`Legal::empty_fields`].
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        Self::read(&document(text)?)
    }

    /// Reads the legal texts from their JSON tree.
    ///
    /// # Errors
    ///
    /// As [`Legal::parse`].
    pub fn read(document: &Value) -> Result<Self, Vec<Problem>> {
        let problems = Problems::new();
        let legal = read(&Node::root(document, &problems));
        let problems = problems.into_vec();
        if problems.iter().any(|it| it.severity == Severity::Error) {
            return Err(problems);
        }
        Ok(Self {
            warnings: problems,
            ..legal
        })
    }

    /// Every language that any of the texts has, in alphabetical order.
    pub fn languages(&self) -> Vec<String> {
        let texts = self.accessibility.0.values().chain(self.privacy.0.values());
        let tags = texts
            .chain([&self.storage])
            .flat_map(Localised::iter)
            .map(|(tag, _)| tag.to_owned())
            .filter(|tag| !tag.is_empty());
        tags.collect::<BTreeSet<_>>().into_iter().collect()
    }

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
            .flat_map(|(document, field, text)| of(format!("/{document}/{field}"), text))
            .chain(of("/storage".to_owned(), Some(&self.storage)))
            .collect()
    }
}

fn read(node: &Node<'_>) -> Legal {
    if node.object().is_none() {
        return Legal::default();
    }
    node.only(
        Severity::Warning,
        &["format", "accessibility", "privacy", "storage"],
    );
    if let Some(format) = node.required("format", "\"kuuluu-legal/1\"")
        && format.value().as_str() != Some(LEGAL_FORMAT)
    {
        format.wrong("\"kuuluu-legal/1\"");
    }
    let texts = |name, fields| {
        node.member(name)
            .map(|it| Texts::read(&it, fields))
            .unwrap_or_default()
    };
    Legal {
        accessibility: texts("accessibility", ACCESSIBILITY_HEADINGS),
        privacy: texts("privacy", PRIVACY_FIELDS),
        storage: node
            .member("storage")
            .map(|it| Localised::read(&it))
            .unwrap_or_default(),
        warnings: Vec::new(),
    }
}
