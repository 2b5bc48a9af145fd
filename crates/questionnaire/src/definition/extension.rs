//! The `kuuluu` object: what the format does not say by itself (format reference, section 13).

use super::survey::Formula;
use crate::localized::Localized;

/// `kuuluu` of a survey.
#[derive(Debug, Clone, Default)]
pub struct SurveyExtension {
    /// `id`: stable identity.
    pub id: Option<String>,
    /// `version` of the wording.
    pub version: Option<String>,
    /// `round` of collection, for example `2026`.
    pub round: Option<String>,
    /// `languages` that must be complete; the first is the default.
    pub languages: Vec<String>,
    /// `only`: the one language whose texts the file has; the whole file has the others.
    pub only: Option<String>,
    /// `mode`.
    pub mode: Mode,
    /// `opens`, ISO date.
    pub opens: Option<String>,
    /// `closes`, ISO date.
    pub closes: Option<String>,
    /// `timeZone`.
    pub time_zone: Option<String>,
    /// `graceMinutes` after closing in which a started answer is still taken.
    pub grace_minutes: u32,
    /// `frame`: who was asked.
    pub frame: Vec<FrameUnit>,
    /// `frameSize`: how many were asked, where the units are not listed one by one.
    pub frame_size: Option<u32>,
    /// `declineIf`: when this holds at the end, the respondent has declined and nothing is sent.
    pub decline_if: Option<Formula>,
    /// `disclosure`.
    pub disclosure: Disclosure,
    /// `seal`: the organiser's public key, base64url.
    pub seal: Option<String>,
}

/// Who answers, and what may be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// Residents.
    #[default]
    Anonymous,
    /// One official answer per body; a public document.
    Organisation,
    /// 5 to 20 people.
    Group,
    /// Nothing leaves the device.
    Device,
}

/// One unit of the frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameUnit {
    /// Its code, the same as the background question's choice.
    pub code: String,
    /// Its name.
    pub name: Localized,
    /// The sub-region it belongs to.
    pub sub_region: Option<String>,
}

/// Minimum cells and crossings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Disclosure {
    /// `minimumCell`; `None` uses the installation's.
    pub minimum_cell: Option<u32>,
    /// `sensitiveMinimum`; `None` uses the installation's.
    pub sensitive_minimum: Option<u32>,
    /// `crossings`: pairs of background variables that may be crossed; empty allows all.
    pub crossings: Vec<[String; 2]>,
}

/// `kuuluu` of a question.
#[derive(Debug, Clone, Default)]
pub struct QuestionExtension {
    /// `theme`.
    pub theme: Option<String>,
    /// `indicator`.
    pub indicator: Option<String>,
    /// `instrument`.
    pub instrument: Option<InstrumentItem>,
    /// `role`.
    pub role: Role,
    /// `sensitive`.
    pub sensitive: bool,
    /// `since`: the survey version from which the wording stands.
    pub since: Option<String>,
    /// `helpBefore`: help numbers and the quick exit are shown before this question (PRI-12).
    pub help_before: bool,
    /// `note`: where the wording comes from, for example that it is not the validated text.
    pub note: Option<String>,
}

/// Which item of which instrument a question is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstrumentItem {
    /// For example `auditc`.
    pub id: String,
    /// For example `1` or `calm`.
    pub item: String,
}

/// What a question is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// A result.
    #[default]
    Outcome,
    /// May be used as a filter or a group.
    Background,
    /// Free text.
    Open,
}

/// `kuuluu` of a choice or a matrix column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChoiceExtension {
    /// `meaning`, if it is not a point of the scale.
    pub meaning: Option<Meaning>,
    /// `group`: the box it belongs to in a grouped distribution.
    pub group: Option<String>,
}

/// Answers that are never averaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// "I can't say".
    DontKnow,
    /// "I'd rather not answer".
    PreferNot,
    /// "Does not concern me".
    NotApplicable,
}
