//! `config.json`: everything that one installation says about itself, read at run time.

mod endpoint;
mod organisation;
mod surveys;
mod theme;

pub use endpoint::Endpoint;
pub use organisation::{Contact, Organisation};
pub use surveys::SurveyEntry;
pub use theme::{Colour, Theme};

use json::{Node, Problem, Problems, Severity, Value};

use crate::envelope::is_language_tag;

/// The format of a configuration.
pub const CONFIG_FORMAT: &str = "kuuluu-config/1";

const MEMBERS: &[&str] = &[
    "format",
    "endpoint",
    "languages",
    "organisation",
    "surveys",
    "theme",
    "disclosure",
];

/// One installation.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// Where responses go.
    pub endpoint: Endpoint,
    /// The languages on offer, the default first; never empty.
    pub languages: Vec<String>,
    /// Who asks.
    pub organisation: Organisation,
    /// The surveys on offer, in order.
    pub surveys: Vec<SurveyEntry>,
    /// Colours that differ from the product's own.
    pub theme: Theme,
    /// Minima below which no figure is shown, where a survey does not say otherwise.
    pub disclosure: Minima,
    /// What works, but perhaps not as meant.
    pub warnings: Vec<Problem>,
}

/// The fewest respondents a shown figure may rest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Minima {
    /// Of any figure (default 5).
    pub minimum_cell: u32,
    /// Of a figure on a sensitive question (default 10).
    pub sensitive_minimum: u32,
}

impl Default for Minima {
    fn default() -> Self {
        Self {
            minimum_cell: 5,
            sensitive_minimum: 10,
        }
    }
}

impl Config {
    /// Reads a configuration from JSON text.
    ///
    /// # Errors
    ///
    /// Everything that is wrong, each with the path of the field and what is expected there.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        Self::read(&document(text)?)
    }

    /// Reads a configuration from its JSON tree.
    ///
    /// # Errors
    ///
    /// As [`Config::parse`].
    pub fn read(document: &Value) -> Result<Self, Vec<Problem>> {
        let problems = Problems::new();
        let config = read(&Node::root(document, &problems));
        let problems = problems.into_vec();
        match config {
            Some(config) if problems.iter().all(|it| it.severity == Severity::Warning) => {
                Ok(Self {
                    warnings: problems,
                    ..config
                })
            }
            _ => Err(problems),
        }
    }

    /// The survey with this id.
    pub fn survey(&self, id: &str) -> Option<&SurveyEntry> {
        self.surveys.iter().find(|it| it.id.as_str() == id)
    }
}

/// A file of the installation as a JSON tree.
pub(crate) fn document(text: &str) -> Result<Value, Vec<Problem>> {
    Value::parse(text).map_err(|error| {
        vec![Problem {
            severity: Severity::Error,
            code: "json/syntax",
            at: String::new(),
            found: format!("a mistake in {error}"),
            expected: "a JSON document".to_owned(),
            suggestion: None,
        }]
    })
}

fn read(node: &Node<'_>) -> Option<Config> {
    node.object()?;
    node.only(Severity::Warning, MEMBERS);
    if let Some(format) = node.required("format", "\"kuuluu-config/1\"")
        && format.value().as_str() != Some(CONFIG_FORMAT)
    {
        format.wrong("\"kuuluu-config/1\"");
    }
    let languages = languages(node);
    let endpoint = node
        .required("endpoint", "where responses go, for example \"/api\"")
        .and_then(|it| Endpoint::read(&it));
    let organisation = node
        .required("organisation", "an object with name and contact")
        .map(|it| Organisation::read(&it, &languages));
    let surveys = node
        .required("surveys", "a list of surveys")
        .map(|it| surveys::read(&it, &languages));
    Some(Config {
        endpoint: endpoint?,
        organisation: organisation?,
        surveys: surveys?,
        theme: node
            .member("theme")
            .map(|it| Theme::read(&it))
            .unwrap_or_default(),
        disclosure: node
            .member("disclosure")
            .map(|it| minima(&it))
            .unwrap_or_default(),
        languages,
        warnings: Vec::new(),
    })
}

fn languages(node: &Node<'_>) -> Vec<String> {
    let expected = "a list of language tags, for example [\"fi\", \"sv\", \"en\"]";
    let Some(list) = node.required("languages", expected) else {
        return Vec::new();
    };
    let items = list.items();
    if items.is_empty() && list.value().as_list().is_some() {
        list.wrong("at least one language");
    }
    let mut languages: Vec<String> = Vec::new();
    for item in items {
        match item.value().as_str().filter(|it| is_language_tag(it)) {
            Some(tag) if languages.iter().any(|it| it == tag) => item.wrong("each language once"),
            Some(tag) => languages.push(tag.to_owned()),
            None => item.wrong("a language tag such as \"fi\""),
        }
    }
    languages
}

fn minima(node: &Node<'_>) -> Minima {
    node.object();
    node.only(Severity::Warning, &["minimumCell", "sensitiveMinimum"]);
    let read = |name, default| {
        let Some(member) = node.member(name) else {
            return default;
        };
        let whole = member
            .value()
            .as_f64()
            .filter(|it| it.fract() == 0.0 && (1.0..=1000.0).contains(it));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "whole and between 1 and 1000"
        )]
        whole.map_or_else(
            || {
                member.wrong("a whole number from 1 to 1000");
                default
            },
            |it| it as u32,
        )
    };
    let defaults = Minima::default();
    Minima {
        minimum_cell: read("minimumCell", defaults.minimum_cell),
        sensitive_minimum: read("sensitiveMinimum", defaults.sensitive_minimum),
    }
}

/// The non-empty text member `name`.
fn text(node: &Node<'_>, name: &str, expected: &str) -> Option<String> {
    let member = node.required(name, expected)?;
    let text = member.value().as_str().filter(|it| !it.trim().is_empty());
    if text.is_none() {
        member.wrong(expected);
    }
    text.map(str::to_owned)
}
