//! The step from answers on a device to bytes that leave it.

use json::Object;
use questionnaire::definition::{Mode, Survey};
use sha2::{Digest as _, Sha256};
use wire::{
    Body, BodyKind, Day, Digest, Envelope, EnvelopeError, Parts, Receipt, ResponseId, SurveyId,
};

use crate::Declaration;

/// One response, ready to leave: what is shown is what is sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Departure {
    survey: SurveyId,
    id: ResponseId,
    body: Body,
    digest: Digest,
}

/// Why nothing can leave.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// The survey keeps everything on the device.
    StaysOnDevice,
    /// The survey has no id or no version, so that nobody could tell what was answered.
    Unidentified,
    /// The answers do not fit into an envelope, for example because they are too large.
    Envelope(EnvelopeError),
}

impl Departure {
    /// Which survey.
    pub const fn survey(&self) -> &SurveyId {
        &self.survey
    }

    /// Which response.
    pub const fn id(&self) -> ResponseId {
        self.id
    }

    /// What is sent, byte for byte.
    pub const fn body(&self) -> &Body {
        &self.body
    }

    /// SHA-256 of what is sent; a receipt must carry the same.
    pub const fn digest(&self) -> Digest {
        self.digest
    }

    /// Whether a receipt is the endpoint's word that it holds exactly these bytes: only then has the
    /// response been sent.
    pub fn is_acknowledged_by(&self, receipt: &Receipt) -> bool {
        receipt.id == self.id && receipt.digest == self.digest
    }

    /// What is sent, as text to show.
    pub fn shown(&self) -> &str {
        core::str::from_utf8(&self.body.bytes).unwrap_or_default()
    }

    /// Takes up what was made ready earlier and kept on the device.
    ///
    /// # Errors
    ///
    /// When the bytes are not an envelope, for example because the device has lost some of them.
    pub fn resume(bytes: Vec<u8>) -> Result<Self, EnvelopeError> {
        let parts = Envelope::parse(&bytes)?.into_parts();
        Ok(Self::of(parts.survey, parts.id, bytes))
    }

    fn of(survey: SurveyId, id: ResponseId, bytes: Vec<u8>) -> Self {
        Self {
            survey,
            id,
            digest: digest(&bytes),
            body: Body {
                kind: BodyKind::Plain,
                bytes,
            },
        }
    }
}

/// Makes the one envelope that may leave: the declared part of `data`, the survey's id and version,
/// the language, the day, and an id of 16 random bytes that the caller has drawn.
///
/// # Errors
///
/// When the survey lets nothing leave, or cannot be named, or the answers are too large.
pub fn minimise(
    survey: &Survey,
    data: &Object,
    language: &str,
    day: Day,
    random: [u8; 16],
) -> Result<Departure, Refusal> {
    if survey.kuuluu.mode == Mode::Device {
        return Err(Refusal::StaysOnDevice);
    }
    let name = survey
        .kuuluu
        .id
        .as_deref()
        .and_then(|id| id.parse::<SurveyId>().ok());
    let (Some(name), Some(version)) = (name, survey.kuuluu.version.clone()) else {
        return Err(Refusal::Unidentified);
    };
    let envelope = Envelope::new(Parts {
        id: ResponseId::from_random(random),
        survey: name.clone(),
        version,
        language: language.to_owned(),
        day,
        answers: Declaration::of(survey).keep(data),
    })
    .map_err(Refusal::Envelope)?;
    let id = envelope.parts().id;
    Ok(Departure::of(name, id, envelope.to_bytes()))
}

/// SHA-256 of `bytes`.
pub fn digest(bytes: &[u8]) -> Digest {
    Digest::from_bytes(Sha256::digest(bytes).into())
}
