//! What the columns mean: every question of a survey as one or more variables with their codes.

mod conditions;
mod crossings;
mod frame;
mod from_survey;
mod scores;

pub use conditions::{Condition, Offer};

use json::Value;
use questionnaire::definition::{Disclosure, FrameUnit, InstrumentItem, Meaning, Mode, Role};
use questionnaire::localized::Localized;

/// The variables of one survey, in questionnaire order.
#[derive(Debug, Clone, Default)]
pub struct Codebook {
    /// `kuuluu.id` of the survey; empty if it has none.
    pub survey: String,
    /// `kuuluu.version`: the version of the wording; empty if it has none.
    pub version: String,
    /// `kuuluu.round`, for example `2026`.
    pub round: Option<String>,
    /// When answering began and ended, ISO dates, as far as the survey says.
    pub period: (Option<String>, Option<String>),
    /// Languages of the survey; texts without a language of their own are in the first.
    pub languages: Vec<String>,
    /// The survey's title.
    pub title: Localized,
    /// Who answers; decides which minima apply.
    pub mode: Mode,
    /// Titles of the survey's pages.
    pub pages: Vec<Localized>,
    /// The questions that hold answers, in questionnaire order.
    pub questions: Vec<Question>,
    /// Scores of the instruments whose items the survey asks, each with a number and, if the
    /// instrument is cut, a band; in the order of their first items.
    pub scores: Vec<Question>,
    /// On which answers it depends which questions are asked.
    pub conditions: Vec<Condition>,
    /// Choices that are not offered to everybody.
    pub offers: Vec<Offer>,
    /// Who was asked, if that is known.
    pub frame: Vec<FrameUnit>,
    /// How many were asked, where the units are not listed one by one.
    pub frame_size: Option<u32>,
    /// The survey's own minima and allowed crossings.
    pub disclosure: Disclosure,
}

/// One question of the questionnaire.
#[derive(Debug, Clone)]
pub struct Question {
    /// Its name.
    pub name: String,
    /// The page it stands on, counted from zero.
    pub page: usize,
    /// Its title.
    pub title: Localized,
    /// What is measured.
    pub kind: Kind,
    /// One item for most kinds; one per row of a matrix and per field of a multiple text.
    pub items: Vec<Item>,
    /// `kuuluu.role`.
    pub role: Role,
    /// `kuuluu.theme`.
    pub theme: Option<String>,
    /// `kuuluu.since`: the version from which the wording stands; an older round does not compare.
    pub since: Option<String>,
    /// `kuuluu.note`, for example that the wording is not the validated one.
    pub note: Option<String>,
}

/// What a question measures, and so how it is counted and drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// One choice without an order; also yes or no.
    Single,
    /// Several choices; per cents are of respondents and may exceed 100 together.
    Multiple,
    /// One point of an ordered scale.
    Scale,
    /// Several items on one scale (Likert): one [`Item`] per row, all with the same categories.
    Matrix,
    /// A number.
    Number,
    /// An order of preference: how often each choice came first.
    Ranking,
    /// Free text: how many answered; the texts themselves are never part of a release.
    Text,
}

/// One variable: what one column holds.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its name, unique in the survey: the question's own, or `question.row`, `question.field`,
    /// `question.row.column`.
    pub name: String,
    /// The row's or field's text; empty for a question of one item.
    pub text: Localized,
    /// What this variable measures; differs from the question's kind inside a matrix.
    pub kind: Kind,
    /// Its codes in questionnaire order; empty for numbers and texts.
    pub categories: Vec<Category>,
    /// True if values outside the categories are kept (`other` stored as text).
    pub open_ended: bool,
    /// `kuuluu.theme` of the row, or of the question.
    pub theme: Option<String>,
    /// `kuuluu.indicator` of the row, or of the question.
    pub indicator: Option<String>,
    /// `kuuluu.instrument` of the row, or of the question.
    pub instrument: Option<InstrumentItem>,
    /// `kuuluu.sensitive` of the row or the question: the stricter minimum holds.
    pub sensitive: bool,
    /// True for what is worked out of an instrument's items; the minimum for scores holds.
    pub score: bool,
}

/// One answer that can be chosen.
#[derive(Debug, Clone)]
pub struct Category {
    /// The value as it stands in the answers.
    pub value: Value,
    /// What is shown; empty shows the value.
    pub text: Localized,
    /// Set for answers that are no point of the scale and are never averaged.
    pub meaning: Option<Meaning>,
    /// The box it belongs to in a grouped distribution, for example `good`.
    pub group: Option<String>,
    /// Its place on the scale, if it has one: the value itself, if that is a number.
    pub point: Option<f64>,
}

impl Codebook {
    /// The question `name`.
    pub fn question(&self, name: &str) -> Option<&Question> {
        self.questions.iter().find(|it| it.name == name)
    }

    /// All variables with their questions, in questionnaire order; those of scores come last.
    pub fn items(&self) -> impl Iterator<Item = (&Question, &Item)> {
        self.questions
            .iter()
            .chain(&self.scores)
            .flat_map(|question| question.items.iter().map(move |item| (question, item)))
    }

    /// The variable `name` with its question.
    pub fn item(&self, name: &str) -> Option<(&Question, &Item)> {
        self.items().find(|(_, item)| item.name == name)
    }

    /// Questions that may be used as a filter or a group.
    pub fn backgrounds(&self) -> impl Iterator<Item = &Question> {
        self.questions.iter().filter(|it| {
            it.role == Role::Background && matches!(it.kind, Kind::Single | Kind::Scale)
        })
    }
}

impl Item {
    /// True where the codes are the numbers themselves, as of a rating from 0 to 10, so that they
    /// may be averaged. Where words stand beside the points, a code is a place in an order.
    pub fn is_numeric(&self) -> bool {
        let is_number = |it: &Category| {
            let mut languages = it.text.languages();
            languages.all(|language| {
                let text = it.text.get(language).unwrap_or_default().trim();
                text.parse::<f64>().ok() == it.point
            })
        };
        let mut points = self.categories.iter().filter(|it| it.point.is_some());
        self.kind == Kind::Number || points.all(is_number)
    }

    /// The choices at a place of the scale: the one with the highest point up to it, and the one
    /// with the lowest from it on.
    pub fn around(&self, place: f64) -> (Option<&Category>, Option<&Category>) {
        let points = || {
            let all = self.categories.iter();
            all.filter_map(|it| Some((it.point?, it)))
        };
        let up_to = points().filter(|it| it.0 <= place);
        let from = points().filter(|it| it.0 >= place);
        let by_point = |one: &(f64, &Category), other: &(f64, &Category)| one.0.total_cmp(&other.0);
        (
            up_to.max_by(by_point).map(|it| it.1),
            from.min_by(by_point).map(|it| it.1),
        )
    }
}

impl Category {
    /// The value as text: what stands in CSV files, filters and labels without a text.
    pub fn code(&self) -> String {
        match &self.value {
            Value::Text(text) => text.clone(),
            other => other.to_string(),
        }
    }
}
