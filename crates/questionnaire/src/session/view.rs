//! What a page shows, as plain data. Views draw it and send events; they decide nothing.

use json::Value;

use super::event::Key;
use super::words::Violation;
use crate::definition::{BooleanDisplay, InputType, MatrixDisplay, Meaning, RateDisplay};
use crate::text::RichText;

/// Where the respondent is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Stage {
    /// Answering a page.
    #[default]
    Page,
    /// Looking at all answers before sending.
    Review,
    /// Done; the completed data may leave.
    Completed,
}

/// What stands on the page: structure only.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outline {
    /// Where the respondent is.
    pub stage: Stage,
    /// The page's name.
    pub page: Option<Key>,
    /// The page's title.
    pub title: RichText,
    /// The page's description.
    pub description: RichText,
    /// Top-level items in order.
    pub items: Vec<Item>,
    /// How far.
    pub progress: Progress,
    /// There is a page before this one.
    pub can_go_back: bool,
    /// "Next" leads to the review or the end.
    pub is_last: bool,
}

/// A question or a panel with what stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A question.
    Question(Key),
    /// A panel.
    Panel(Key, Vec<Item>),
}

/// Progress that is true under branching: counted over the pages visible now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// This page, counted from one.
    pub page: usize,
    /// Visible pages.
    pub pages: usize,
    /// Visible questions answered.
    pub answered: usize,
    /// Visible questions.
    pub questions: usize,
}

/// A panel's own texts and state.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PanelView {
    /// Its number, if numbered.
    pub number: Option<String>,
    /// Its title.
    pub title: RichText,
    /// Its description.
    pub description: RichText,
    /// `None`: no toggle; else whether it is open.
    pub open: Option<bool>,
    /// What is wrong with it (a required panel without answers).
    pub problems: Vec<ProblemView>,
}

/// One message at a question.
#[derive(Debug, Clone, PartialEq)]
pub struct ProblemView {
    /// True if it blocks; false for warnings and information.
    pub blocks: bool,
    /// What is wrong.
    pub violation: Violation,
    /// The sentence, from the survey's own text or the interface's words.
    pub text: String,
}

/// A question as it looks now.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of one thing"
)]
#[derive(Debug, Clone, PartialEq)]
pub struct QuestionView {
    /// Its key.
    pub key: Key,
    /// Its number, if numbered.
    pub number: Option<String>,
    /// Its title.
    pub title: RichText,
    /// The title is for assistive technology only.
    pub title_hidden: bool,
    /// Its description.
    pub description: RichText,
    /// Required now.
    pub required: bool,
    /// Can be changed now.
    pub enabled: bool,
    /// Shown, but meant to be read only.
    pub read_only: bool,
    /// Optional by rule, with a stricter minimum cell.
    pub sensitive: bool,
    /// An answer is there.
    pub answered: bool,
    /// Messages, worst first.
    pub problems: Vec<ProblemView>,
    /// The comment area, if it has one (also the field of "other").
    pub comment: Option<CommentView>,
    /// What it is answered with.
    pub control: Control,
}

/// A text field beside choices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentView {
    /// Its label.
    pub label: String,
    /// Its content.
    pub value: String,
    /// Its placeholder.
    pub placeholder: String,
    /// Longest content in characters; zero is no limit.
    pub max_length: u32,
    /// True for the field of "other", false for a general comment area.
    pub of_other: bool,
}

/// A choice as it looks now.
#[derive(Debug, Clone, PartialEq)]
pub struct ChoiceView {
    /// What is stored.
    pub value: Value,
    /// What is shown.
    pub text: RichText,
    /// Chosen.
    pub selected: bool,
    /// Can be chosen now.
    pub enabled: bool,
    /// Not a point of the scale: set apart.
    pub meaning: Option<Meaning>,
    /// Choosing it clears the others.
    pub exclusive: bool,
    /// A picture, for an image picker.
    pub image: Option<String>,
    /// Its own text field, if it has one and is chosen.
    pub comment: Option<CommentView>,
    /// Questions that stand below it while it is chosen.
    pub items: Vec<Item>,
}

/// A one-line field.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldView {
    /// The kind of input.
    pub input_type: InputType,
    /// As it should stand in the field: what was typed, or the value in local form.
    pub text: String,
    /// Placeholder.
    pub placeholder: String,
    /// Least number or earliest date, if any.
    pub min: Option<Value>,
    /// Greatest number or latest date, if any.
    pub max: Option<Value>,
    /// Step of a number.
    pub step: Option<f64>,
    /// Longest content in characters; zero is no limit.
    pub max_length: u32,
    /// Suggestions.
    pub suggestions: Vec<String>,
}

/// What a question is answered with.
#[derive(Debug, Clone, PartialEq)]
pub enum Control {
    /// Radio buttons.
    Radio {
        /// The choices.
        choices: Vec<ChoiceView>,
        /// The answer can be taken back.
        clearable: bool,
    },
    /// Checkboxes.
    Checkboxes {
        /// The choices.
        choices: Vec<ChoiceView>,
        /// "Select all": its text, and whether all are selected.
        select_all: Option<(String, bool)>,
        /// At most this many; zero is no limit.
        max_selected: u32,
    },
    /// A list that opens, one choice.
    Dropdown {
        /// The choices.
        choices: Vec<ChoiceView>,
        /// Placeholder.
        placeholder: String,
        /// The answer can be taken back.
        clearable: bool,
    },
    /// A list that opens, several choices.
    Tagbox {
        /// The choices.
        choices: Vec<ChoiceView>,
        /// Placeholder.
        placeholder: String,
        /// At most this many; zero is no limit.
        max_selected: u32,
    },
    /// Pictures to choose from.
    Images {
        /// The choices.
        choices: Vec<ChoiceView>,
        /// Several may be chosen.
        several: bool,
        /// Texts are shown.
        labels: bool,
    },
    /// Things to put in order.
    Ranking {
        /// In their order now; `selected` is true for ranked ones.
        choices: Vec<ChoiceView>,
        /// Only chosen things are ranked.
        select_to_rank: bool,
    },
    /// A scale.
    Rating {
        /// The points.
        points: Vec<ChoiceView>,
        /// What the low end means.
        min_label: RichText,
        /// What the high end means.
        max_label: RichText,
        /// How it is drawn.
        display: RateDisplay,
        /// Drawn as a list that opens.
        as_dropdown: bool,
    },
    /// Yes or no: first and second as they should stand.
    Boolean {
        /// The two choices in order of display.
        choices: Vec<ChoiceView>,
        /// How it is drawn.
        display: BooleanDisplay,
    },
    /// One line.
    Text(FieldView),
    /// Several lines.
    LongText {
        /// Content.
        text: String,
        /// Placeholder.
        placeholder: String,
        /// Height.
        rows: u32,
        /// Longest content in characters; zero is no limit.
        max_length: u32,
        /// A line break may be typed.
        line_breaks: bool,
    },
    /// Several one-line fields.
    Fields {
        /// Key, title, required, field and messages of each.
        fields: Vec<CellView>,
        /// In this many columns.
        columns: u32,
    },
    /// A scale for several rows.
    Matrix {
        /// The scale.
        columns: Vec<ColumnView>,
        /// The rows.
        rows: Vec<MatrixRowView>,
        /// Several columns per row.
        several: bool,
        /// Column heads are shown.
        header: bool,
        /// Table or list.
        display: MatrixDisplay,
    },
    /// Rows with cells of different types, fixed or added; also dynamic panels.
    Rows(GroupView),
    /// A computed value, written.
    Computed(String),
    /// A slider.
    Slider {
        /// Lower (or only) value.
        value: Option<f64>,
        /// Upper value of a range.
        upper: Option<f64>,
        /// A range has two values.
        range: bool,
        /// As it should stand in the number field.
        text: String,
        /// As it should stand in the upper number field.
        upper_text: String,
        /// Least.
        min: f64,
        /// Greatest.
        max: f64,
        /// Step.
        step: f64,
        /// Labels: where and what.
        labels: Vec<(f64, String)>,
        /// The answer can be taken back.
        clearable: bool,
    },
    /// Information.
    Html(RichText),
    /// A picture.
    Image {
        /// Checked address.
        src: String,
        /// What it shows.
        alt: String,
    },
}

/// A question inside another: an item of a `multipletext`, a cell.
#[derive(Debug, Clone, PartialEq)]
pub struct CellView {
    /// The question; its key leads to [`super::Session::question`].
    pub key: Key,
    /// Its title.
    pub title: RichText,
    /// Shown now.
    pub visible: bool,
}

/// A column of a scale.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnView {
    /// What is stored.
    pub value: Value,
    /// What is shown.
    pub text: RichText,
    /// Not a point of the scale: set apart.
    pub meaning: Option<Meaning>,
    /// Choosing it clears the others of the row.
    pub exclusive: bool,
}

/// A row of a scale.
#[derive(Debug, Clone, PartialEq)]
pub struct MatrixRowView {
    /// What is stored.
    pub value: Value,
    /// What is shown.
    pub text: RichText,
    /// One for each column: chosen.
    pub selected: Vec<bool>,
    /// One for each column: the cell's own text, if it has one.
    pub cell_texts: Vec<Option<RichText>>,
    /// Can be changed now.
    pub enabled: bool,
    /// This row is what is wrong.
    pub invalid: bool,
}

/// Rows of cells, or panels of questions, fixed or dynamic.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of one thing"
)]
#[derive(Debug, Clone, PartialEq)]
pub struct GroupView {
    /// True for panels of questions, false for a table.
    pub panels: bool,
    /// Column titles of a table; empty for panels.
    pub columns: Vec<CellView>,
    /// The rows or panels.
    pub rows: Vec<RowView>,
    /// Totals below the columns, written; empty without totals.
    pub totals: Vec<String>,
    /// The total row's title.
    pub total_title: String,
    /// One may be added now.
    pub can_add: bool,
    /// One may be removed now.
    pub can_remove: bool,
    /// Rows can be moved.
    pub can_reorder: bool,
    /// Removing asks first.
    pub confirm_delete: Option<String>,
    /// Where the row stood whose removal can be taken back.
    pub removed_at: Option<usize>,
    /// Text of the add button.
    pub add_text: String,
    /// Text of the remove button.
    pub remove_text: String,
    /// Said while there are none.
    pub empty_text: String,
}

/// One row or panel.
#[derive(Debug, Clone, PartialEq)]
pub struct RowView {
    /// Stable across adding and removing, for keyed lists.
    pub id: u32,
    /// A fixed row's text, or a panel's title.
    pub title: RichText,
    /// A panel's description.
    pub description: RichText,
    /// Cells of a table in column order.
    pub cells: Vec<CellView>,
    /// Contents of a panel, or of a row's detail.
    pub items: Vec<Item>,
    /// A detail can be opened: whether it is.
    pub detail_open: Option<bool>,
}

/// A line of the review.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewEntry {
    /// The question.
    pub key: Key,
    /// The page to go to for changing it.
    pub page: Key,
    /// Its title.
    pub title: RichText,
    /// The answer in words, one line each; empty if unanswered.
    pub answer: Vec<AnswerLine>,
}

/// One line of an answer in words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AnswerLine {
    /// The row, field or number that it stands for; empty where there is but one.
    pub label: String,
    /// What is answered there; empty where the label heads the lines that follow.
    pub text: String,
}

impl core::fmt::Display for AnswerLine {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.label)?;
        if !self.label.is_empty() && !self.text.is_empty() {
            let is_closed = self.label.ends_with(['?', ':', '!', '.', '…']);
            f.write_str(if is_closed { " " } else { ": " })?;
        }
        f.write_str(&self.text)
    }
}
