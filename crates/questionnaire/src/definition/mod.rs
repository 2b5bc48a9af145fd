//! What a survey file says, read once and completely.

mod choice;
mod extension;
mod question;
mod read;
mod survey;
mod validator;

pub(crate) use read::{At, cycles, is_type, nearest, old_condition};

pub use choice::{CarryForward, CarryForwardMode, Choice, ChoiceOrder, Choices, SpecialItem};
pub use extension::{
    ChoiceExtension, Disclosure, FrameUnit, InstrumentItem, Meaning, Mode, QuestionExtension, Role,
    SurveyExtension,
};
pub use question::{
    BooleanDisplay, CellType, Cells, Column, DetailPanel, ExpressionFormat, InputType, Kind,
    MatrixBase, MatrixDisplay, Question, RateDisplay, RateItem, Row, SelectDisplay, TextItem,
    TitleLocation, Total, TotalType,
};
pub use survey::{
    CalculatedValue, CheckErrors, ClearInvisible, ConditionalText, ConditionalUrl, Element,
    Formula, Order, Page, Panel, PanelState, Preview, ProgressBy, QuestionNumbers, QuestionsOnPage,
    Survey, SurveyTexts, Trigger, TriggerKind,
};
pub use validator::{Check, Notification, Validator};

use json::{Problem, Value};

/// A survey with everything that is wrong with its file.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// The usable part.
    pub survey: Survey,
    /// In the order they were met; a survey with an error-level problem must not be opened to respondents.
    pub problems: Vec<Problem>,
}

impl Parsed {
    /// True if nothing forbids showing the survey to respondents.
    pub fn is_usable(&self) -> bool {
        self.problems
            .iter()
            .all(|problem| problem.severity != json::Severity::Error)
    }
}

impl Survey {
    /// Reads a survey from its JSON tree; never fails, says what is wrong.
    pub fn read(document: &Value) -> Parsed {
        read::read(document)
    }

    /// Reads a survey from JSON text; a syntax error is the only problem then, with its line and
    /// column.
    pub fn parse(text: &str) -> Parsed {
        read::parse(text)
    }
}
