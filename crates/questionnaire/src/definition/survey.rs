//! The survey, its pages and panels, and what happens over the whole of it.

use std::sync::Arc;

use json::Value;

use super::extension::SurveyExtension;
use super::question::{Question, TitleLocation};
use crate::expression::Expression;
use crate::localized::Localized;

/// A whole questionnaire.
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the properties of the format, one by one"
)]
pub struct Survey {
    /// `title`.
    pub title: Localized,
    /// `description`.
    pub description: Localized,
    /// `locale`: the language a session starts in if none is asked for.
    pub locale: Option<String>,
    /// `pages`; a file with only `elements` has one page named `page1`.
    pub pages: Vec<Page>,
    /// `triggers`.
    pub triggers: Vec<Trigger>,
    /// `calculatedValues`.
    pub calculated_values: Vec<CalculatedValue>,
    /// `completedHtml`.
    pub completed_html: Localized,
    /// `completedBeforeHtml`.
    pub completed_before_html: Localized,
    /// `completedHtmlOnCondition`; the first that holds wins.
    pub completed_html_on_condition: Vec<ConditionalText>,
    /// `navigateToUrl`.
    pub navigate_to_url: Option<String>,
    /// `navigateToUrlOnCondition`.
    pub navigate_to_url_on_condition: Vec<ConditionalUrl>,
    /// Button and preview texts that the survey overrides.
    pub texts: SurveyTexts,
    /// `questionOrder`.
    pub question_order: Order,
    /// `showPageTitles` (default true).
    pub show_page_titles: bool,
    /// `showTitle` (default true).
    pub show_title: bool,
    /// `showPageNumbers`.
    pub show_page_numbers: bool,
    /// `showQuestionNumbers`.
    pub show_question_numbers: QuestionNumbers,
    /// `questionStartIndex`.
    pub question_start_index: Option<String>,
    /// `questionTitlePattern`.
    pub question_title_pattern: Option<String>,
    /// `requiredMark` (default `*`).
    pub required_mark: String,
    /// `showProgressBar`.
    pub show_progress_bar: bool,
    /// `progressBarType`.
    pub progress_bar_type: ProgressBy,
    /// `readOnly`.
    pub read_only: bool,
    /// `storeOthersAsComment` (default true).
    pub store_others_as_comment: bool,
    /// `maxTextLength`; zero is no limit.
    pub max_text_length: u32,
    /// `maxCommentLength`; zero is no limit.
    pub max_comment_length: u32,
    /// `autoAdvanceEnabled`.
    pub auto_advance_enabled: bool,
    /// `autoAdvanceAllowComplete` (default true).
    pub auto_advance_allow_complete: bool,
    /// `clearInvisibleValues`.
    pub clear_invisible_values: ClearInvisible,
    /// `checkErrorsMode`.
    pub check_errors_mode: CheckErrors,
    /// `validateVisitedEmptyFields`.
    pub validate_visited_empty_fields: bool,
    /// `showPrevButton` (default true).
    pub show_prev_button: bool,
    /// `showNavigationButtons` (default true).
    pub show_navigation_buttons: bool,
    /// `showCompletePage` (default true).
    pub show_complete_page: bool,
    /// `firstPageIsStartPage`.
    pub first_page_is_start_page: bool,
    /// `questionsOnPageMode`.
    pub questions_on_page_mode: QuestionsOnPage,
    /// `showPreviewBeforeComplete` and `previewMode`.
    pub preview: Preview,
    /// `timeLimit` in seconds; zero is no limit. Kuuluu never stops a respondent (ACC-11).
    pub time_limit_secs: u32,
    /// `timeLimitPerPage` in seconds; zero is no limit.
    pub time_limit_per_page_secs: u32,
    /// The `kuuluu` object.
    pub kuuluu: SurveyExtension,
}

/// Texts of buttons that a survey may give itself.
#[derive(Debug, Clone, Default)]
pub struct SurveyTexts {
    /// `startSurveyText`.
    pub start: Localized,
    /// `pagePrevText`.
    pub page_prev: Localized,
    /// `pageNextText`.
    pub page_next: Localized,
    /// `completeText`.
    pub complete: Localized,
    /// `previewText`.
    pub preview: Localized,
    /// `editText`.
    pub edit: Localized,
}

/// A page: a panel at the top level.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// What it shares with panels.
    pub panel: Panel,
    /// `navigationTitle`.
    pub navigation_title: Localized,
    /// `navigationDescription`.
    pub navigation_description: Localized,
    /// `showNavigationButtons`, if the page says so itself.
    pub show_navigation_buttons: Option<bool>,
    /// `timeLimit` in seconds; zero is no limit.
    pub time_limit_secs: u32,
}

/// A panel, also the common part of a page.
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the properties of the format, one by one"
)]
pub struct Panel {
    /// `name`.
    pub name: String,
    /// `elements`.
    pub elements: Vec<Element>,
    /// `visible` (default true).
    pub visible: bool,
    /// `readOnly`.
    pub read_only: bool,
    /// `visibleIf`.
    pub visible_if: Option<Formula>,
    /// `enableIf`.
    pub enable_if: Option<Formula>,
    /// `requiredIf`.
    pub required_if: Option<Formula>,
    /// `isRequired`: at least one question inside must be answered.
    pub is_required: bool,
    /// `requiredErrorText`.
    pub required_error_text: Localized,
    /// `title`.
    pub title: Localized,
    /// `description`.
    pub description: Localized,
    /// `questionTitleLocation`.
    pub question_title_location: TitleLocation,
    /// `questionOrder`; `None` inherits.
    pub question_order: Option<Order>,
    /// `state`.
    pub state: PanelState,
    /// `showNumber`.
    pub show_number: bool,
    /// `showQuestionNumbers`; `None` inherits.
    pub show_question_numbers: Option<QuestionNumbers>,
    /// `questionStartIndex`.
    pub question_start_index: Option<String>,
}

/// What stands in a page or panel; shared, so that a session holds what it shows without copying.
#[derive(Debug, Clone)]
pub enum Element {
    /// A question (also `html`, `image` and `expression`).
    Question(Arc<Question>),
    /// A panel.
    Panel(Arc<Panel>),
}

/// An expression as its author wrote it, and as it was read.
#[derive(Debug, Clone)]
pub struct Formula {
    /// As written.
    pub source: Box<str>,
    /// `None` if it does not parse (which is an error-level problem of the file).
    pub expression: Option<Expression>,
}

impl Formula {
    /// Reads `source`.
    pub fn new(source: &str) -> Self {
        Self {
            source: source.into(),
            expression: Expression::parse(source).ok(),
        }
    }
}

/// `calculatedValues[]`.
#[derive(Debug, Clone)]
pub struct CalculatedValue {
    /// `name`.
    pub name: String,
    /// `expression`.
    pub expression: Formula,
    /// `includeIntoResult`.
    pub include_into_result: bool,
}

/// `triggers[]`.
#[derive(Debug, Clone)]
pub struct Trigger {
    /// `expression`; fires when it becomes true.
    pub expression: Formula,
    /// What it does.
    pub kind: TriggerKind,
}

/// The kinds of trigger.
#[derive(Debug, Clone)]
pub enum TriggerKind {
    /// `visible`.
    Visible {
        /// Pages to show.
        pages: Vec<String>,
        /// Questions to show.
        questions: Vec<String>,
    },
    /// `complete`: ends the survey on Next.
    Complete,
    /// `setvalue`.
    SetValue {
        /// Where to.
        to: String,
        /// What.
        value: Value,
        /// True if `to` is a variable, not a question.
        is_variable: bool,
    },
    /// `copyvalue`.
    CopyValue {
        /// Where from.
        from: String,
        /// Where to.
        to: String,
        /// Copies the shown text rather than the value.
        display: bool,
    },
    /// `skip`: goes to a question or page at once.
    Skip {
        /// Name of the question or page.
        to: String,
    },
    /// `runexpression`.
    RunExpression {
        /// Where the result goes, if anywhere.
        to: Option<String>,
        /// What is run.
        run: Formula,
    },
}

/// A text for a case.
#[derive(Debug, Clone)]
pub struct ConditionalText {
    /// When.
    pub expression: Formula,
    /// What.
    pub html: Localized,
}

/// An address for a case.
#[derive(Debug, Clone)]
pub struct ConditionalUrl {
    /// When.
    pub expression: Formula,
    /// Where.
    pub url: Localized,
}

/// `initial` or `random`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// As written.
    #[default]
    Initial,
    /// Shuffled by the session's seed.
    Random,
}

/// `showQuestionNumbers`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum QuestionNumbers {
    /// No numbers (the default of 2.x and 3.x).
    #[default]
    Off,
    /// Through the survey.
    On,
    /// Anew on each page (or panel).
    OnPage,
    /// `1.1`, `1.2` inside panels.
    Recursive,
}

/// `progressBarType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ProgressBy {
    /// Pages.
    #[default]
    Pages,
    /// Questions.
    Questions,
    /// Required questions.
    RequiredQuestions,
    /// Correct questions.
    CorrectQuestions,
}

/// `clearInvisibleValues`, also `clearIfInvisible` of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ClearInvisible {
    /// Kept.
    None,
    /// Cleared at completion.
    #[default]
    OnComplete,
    /// Cleared when hidden.
    OnHidden,
    /// Cleared when its container is hidden.
    OnHiddenContainer,
}

/// `checkErrorsMode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CheckErrors {
    /// When going on.
    #[default]
    OnNextPage,
    /// After each change.
    OnValueChanged,
    /// Only at the end.
    OnComplete,
}

/// `questionsOnPageMode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum QuestionsOnPage {
    /// As written.
    #[default]
    Standard,
    /// All pages as one.
    SinglePage,
    /// One question a page.
    QuestionPerPage,
    /// One input a page.
    InputPerPage,
}

/// `showPreviewBeforeComplete` with `previewMode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Preview {
    /// The survey does not ask for it; the app offers its review all the same.
    #[default]
    Off,
    /// All visible questions.
    AllQuestions,
    /// Answered questions only.
    AnsweredQuestions,
}

/// `state`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PanelState {
    /// Always open, without a toggle.
    #[default]
    Default,
    /// Closed at first.
    Collapsed,
    /// Open, can be closed.
    Expanded,
}
