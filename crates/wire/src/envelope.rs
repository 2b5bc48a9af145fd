//! One response, as it leaves the browser.

use core::fmt;

use json::{Node, Object, Problem, Problems, Severity, Value};

use crate::{Day, ResponseId, SurveyId};

/// The format of an envelope.
const FORMAT: &str = "kuuluu-response/1";

/// The members of an envelope, in their written order.
const MEMBERS: &[&str] = &[
    "format", "id", "survey", "version", "language", "day", "answers",
];

/// The most bytes a body may have.
pub const MAX_BODY_BYTES: usize = 128 * 1024;

/// How a body is to be understood. Storage and transport treat every kind alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BodyKind {
    /// An [`Envelope`] as JSON.
    Plain,
    /// Bytes that only the organiser can open.
    Sealed,
}

impl BodyKind {
    /// The media type it travels under.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Plain => "application/vnd.kuuluu.response+json",
            Self::Sealed => "application/vnd.kuuluu.sealed",
        }
    }

    /// The kind that travels under a `Content-Type`, parameters apart.
    pub fn from_media_type(content_type: &str) -> Option<Self> {
        let essence = content_type.split(';').next().unwrap_or_default().trim();
        [Self::Plain, Self::Sealed]
            .into_iter()
            .find(|kind| essence.eq_ignore_ascii_case(kind.media_type()))
    }
}

/// What is sent and stored: bytes, and how to understand them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// How to understand them.
    pub kind: BodyKind,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// One response: everything that is in it, and nothing that is not.
#[derive(Debug, Clone, PartialEq)]
pub struct Envelope(Parts);

/// The contents of an [`Envelope`].
#[derive(Debug, Clone, PartialEq)]
pub struct Parts {
    /// Drawn at random for this response.
    pub id: ResponseId,
    /// Which survey.
    pub survey: SurveyId,
    /// Which version of its wording; 1 to 64 characters.
    pub version: String,
    /// The language it was answered in: a BCP 47 tag of at most 35 characters.
    pub language: String,
    /// The day on which it was completed.
    pub day: Day,
    /// Answers by question.
    pub answers: Object,
}

/// Why bytes are not an envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EnvelopeError {
    /// More than [`MAX_BODY_BYTES`].
    TooLarge,
    /// Not JSON in UTF-8.
    NotJson,
    /// JSON, but not an envelope.
    NotAnEnvelope(Vec<Problem>),
    /// An envelope, but not in its one written form (compact, members in order, none twice).
    NotCanonical,
}

impl fmt::Display for EnvelopeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => write!(f, "more than {MAX_BODY_BYTES} bytes"),
            Self::NotJson => f.write_str("not JSON in UTF-8"),
            Self::NotAnEnvelope(problems) => {
                for (ix, problem) in problems.iter().enumerate() {
                    write!(f, "{}{problem}", if ix > 0 { "; " } else { "" })?;
                }
                Ok(())
            }
            Self::NotCanonical => f.write_str("not in the one written form of an envelope"),
        }
    }
}

impl core::error::Error for EnvelopeError {}

impl Envelope {
    /// An envelope with these contents.
    ///
    /// # Errors
    ///
    /// When the version or the language is not as [`Parts`] says, or the whole is too large.
    pub fn new(parts: Parts) -> Result<Self, EnvelopeError> {
        let envelope = Self(parts);
        let bytes = envelope.to_bytes();
        if bytes.len() > MAX_BODY_BYTES {
            return Err(EnvelopeError::TooLarge);
        }
        let value = envelope.to_value();
        let problems = Problems::new();
        read(&Node::root(&value, &problems));
        none_or(problems, envelope)
    }

    /// Reads an envelope.
    ///
    /// # Errors
    ///
    /// When the bytes are anything but the one written form of an envelope.
    pub fn parse(bytes: &[u8]) -> Result<Self, EnvelopeError> {
        if bytes.len() > MAX_BODY_BYTES {
            return Err(EnvelopeError::TooLarge);
        }
        let value = core::str::from_utf8(bytes)
            .ok()
            .and_then(|text| Value::parse(text).ok())
            .ok_or(EnvelopeError::NotJson)?;
        let problems = Problems::new();
        let Some(parts) = read(&Node::root(&value, &problems)) else {
            return Err(EnvelopeError::NotAnEnvelope(problems.into_vec()));
        };
        let envelope = none_or(problems, Self(parts))?;
        if envelope.to_bytes() == bytes {
            Ok(envelope)
        } else {
            Err(EnvelopeError::NotCanonical)
        }
    }

    /// What is in it.
    pub const fn parts(&self) -> &Parts {
        &self.0
    }

    /// Takes the contents out.
    pub fn into_parts(self) -> Parts {
        self.0
    }

    /// The bytes that leave: compact JSON in the order of the format, answers in their own order.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.to_value().to_string().into_bytes()
    }

    fn to_value(&self) -> Value {
        let Parts {
            id,
            survey,
            version,
            language,
            day,
            answers,
        } = &self.0;
        let values = [
            Value::from(FORMAT),
            id.to_string().into(),
            survey.as_str().into(),
            version.as_str().into(),
            language.as_str().into(),
            day.to_string().into(),
            answers.clone().into(),
        ];
        MEMBERS
            .iter()
            .map(|name| (*name).to_owned())
            .zip(values)
            .collect::<Object>()
            .into()
    }
}

fn none_or(problems: Problems, envelope: Envelope) -> Result<Envelope, EnvelopeError> {
    let problems = problems.into_vec();
    if problems.is_empty() {
        Ok(envelope)
    } else {
        Err(EnvelopeError::NotAnEnvelope(problems))
    }
}

fn read(node: &Node<'_>) -> Option<Parts> {
    node.object()?;
    node.only(Severity::Error, MEMBERS);
    let format = text(node, "format", "\"kuuluu-response/1\"", |it| {
        (it == FORMAT).then_some(())
    });
    let id = text(node, "id", "32 hexadecimal digits", |it| it.parse().ok());
    let survey = text(node, "survey", "a survey id", |it| it.parse().ok());
    let version = text(node, "version", "1 to 64 characters", |it| {
        ((1..=64).contains(&it.len()) && !it.chars().any(char::is_control)).then(|| it.to_owned())
    });
    let language = text(node, "language", "a language tag such as fi", |it| {
        is_language_tag(it).then(|| it.to_owned())
    });
    let day = text(node, "day", "a day such as 2026-11-22", |it| {
        it.parse().ok()
    });
    let answers = node
        .required("answers", "answers by question")
        .and_then(|it| it.object().cloned());
    format?;
    Some(Parts {
        id: id?,
        survey: survey?,
        version: version?,
        language: language?,
        day: day?,
        answers: answers?,
    })
}

fn text<T>(
    node: &Node<'_>,
    name: &str,
    expected: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let member = node.required(name, expected)?;
    let value = member.value().as_str().and_then(read);
    if value.is_none() {
        member.wrong(expected);
    }
    value
}

/// Letters, digits and hyphens in subtags of one to eight, at most 35 in all (BCP 47).
pub(crate) fn is_language_tag(text: &str) -> bool {
    text.len() <= 35
        && text.split('-').all(|subtag| {
            (1..=8).contains(&subtag.len()) && subtag.bytes().all(|it| it.is_ascii_alphanumeric())
        })
}
