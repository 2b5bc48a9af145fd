//! A respondent's pass through a questionnaire, as a state machine: events in, views out.

mod event;
mod view;
mod words;

pub use event::{Changed, Event, Key};
pub use view::{
    CellView, ChoiceView, ColumnView, CommentView, Control, FieldView, GroupView, Item,
    MatrixRowView, Outline, PanelView, ProblemView, Progress, QuestionView, ReviewEntry, RowView,
    Stage,
};
pub use words::{Formats, Violation, Words};

use std::rc::Rc;

use json::Object;

use crate::definition::Survey;
use crate::text::RichText;

/// What a session is given from outside.
#[derive(Clone)]
pub struct Environment {
    /// The language to show; one of the survey's.
    pub language: String,
    /// Today, `(year, month, day)`.
    pub today: (i32, u8, u8),
    /// Drives every random order.
    pub seed: u64,
    /// The interface's own words for what the survey leaves unsaid.
    pub words: Rc<dyn Words>,
    /// Local forms of numbers and dates.
    pub formats: Rc<dyn Formats>,
}

/// The state of one pass. To be filled in.
pub struct Session {
    survey: Rc<Survey>,
    environment: Environment,
}

impl Session {
    /// Starts at the first page, with defaults set.
    pub fn start(survey: Rc<Survey>, environment: Environment) -> Self {
        Self {
            survey,
            environment,
        }
    }

    /// Applies an event; total.
    pub fn apply(&mut self, event: Event) -> Changed {
        let _ = event;
        Changed::default()
    }

    /// The survey.
    pub fn survey(&self) -> &Survey {
        &self.survey
    }

    /// The language shown.
    pub fn language(&self) -> &str {
        &self.environment.language
    }

    /// What stands on the page now: keys in order, without contents.
    pub fn outline(&self) -> Outline {
        Outline::default()
    }

    /// One question (or matrix cell, or panel question) as it looks now; `None` once it is not on
    /// the page.
    pub fn question(&self, key: &Key) -> Option<QuestionView> {
        let _ = key;
        None
    }

    /// One panel of the page.
    pub fn panel(&self, key: &Key) -> Option<PanelView> {
        let _ = key;
        None
    }

    /// Every visible answered (or all visible) question by page, for the review.
    pub fn review(&self) -> Vec<(Key, RichText, Vec<ReviewEntry>)> {
        Vec::new()
    }

    /// Answers as they are now, hidden ones included.
    pub fn data(&self) -> Object {
        Object::new()
    }

    /// Answers as they would be after completion: hidden ones cleared, calculated values included.
    pub fn completed_data(&self) -> Object {
        Object::new()
    }

    /// What the completion page says.
    pub fn completed_text(&self) -> RichText {
        RichText::default()
    }

    /// Everything needed to go on later: answers, page, seed, open and added rows.
    pub fn draft(&self) -> json::Value {
        json::Value::Null
    }

    /// Takes up a draft; parts that do not fit the survey any more are left out and named.
    pub fn resume(&mut self, draft: &json::Value) -> Vec<String> {
        let _ = draft;
        Vec::new()
    }
}
