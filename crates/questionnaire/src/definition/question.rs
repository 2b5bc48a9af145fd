//! Questions of every type.

use std::sync::Arc;

use json::Value;

use super::choice::{Choice, Choices};
use super::extension::QuestionExtension;
use super::survey::{ClearInvisible, Element, Formula, Order, PanelState};
use super::validator::Validator;
use crate::localized::Localized;

/// A question: what all types share, and its kind.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the properties of the format, one by one"
)]
pub struct Question {
    /// `name`.
    pub name: String,
    /// `title`; empty shows the name.
    pub title: Localized,
    /// `titleLocation`.
    pub title_location: TitleLocation,
    /// `description`.
    pub description: Localized,
    /// `visible` (default true).
    pub visible: bool,
    /// `visibleIf`.
    pub visible_if: Option<Formula>,
    /// `enableIf`.
    pub enable_if: Option<Formula>,
    /// `requiredIf`.
    pub required_if: Option<Formula>,
    /// `resetValueIf`.
    pub reset_value_if: Option<Formula>,
    /// `setValueIf`.
    pub set_value_if: Option<Formula>,
    /// `setValueExpression`.
    pub set_value_expression: Option<Formula>,
    /// `isRequired`.
    pub is_required: bool,
    /// `requiredErrorText`.
    pub required_error_text: Localized,
    /// `readOnly`.
    pub read_only: bool,
    /// `defaultValue`.
    pub default_value: Option<Value>,
    /// `defaultValueExpression`.
    pub default_value_expression: Option<Formula>,
    /// `correctAnswer`.
    pub correct_answer: Option<Value>,
    /// `valueName`: stores under this name instead of `name`.
    pub value_name: Option<String>,
    /// `clearIfInvisible`; `None` inherits.
    pub clear_if_invisible: Option<ClearInvisible>,
    /// `validators`.
    pub validators: Vec<Validator>,
    /// `showCommentArea`.
    pub show_comment_area: bool,
    /// `commentText`.
    pub comment_text: Localized,
    /// `commentPlaceholder`.
    pub comment_placeholder: Localized,
    /// `showNumber` (default true).
    pub show_number: bool,
    /// `useDisplayValuesInDynamicTexts` (default true).
    pub use_display_values: bool,
    /// `defaultDisplayValue`.
    pub default_display_value: Localized,
    /// `startWithNewLine` (default true).
    pub start_with_new_line: bool,
    /// `state`.
    pub state: PanelState,
    /// The `kuuluu` object.
    pub kuuluu: QuestionExtension,
    /// What is particular to the type.
    pub kind: Kind,
}

impl Question {
    /// A question that says nothing but its name and type: all else is as the format has it.
    #[inline(never)]
    pub(crate) fn plain(name: String, kind: Kind) -> Self {
        Self {
            name,
            title: Localized::default(),
            title_location: TitleLocation::Default,
            description: Localized::default(),
            visible: true,
            visible_if: None,
            enable_if: None,
            required_if: None,
            reset_value_if: None,
            set_value_if: None,
            set_value_expression: None,
            is_required: false,
            required_error_text: Localized::default(),
            read_only: false,
            default_value: None,
            default_value_expression: None,
            correct_answer: None,
            value_name: None,
            clear_if_invisible: None,
            validators: Vec::new(),
            show_comment_area: false,
            comment_text: Localized::default(),
            comment_placeholder: Localized::default(),
            show_number: true,
            use_display_values: true,
            default_display_value: Localized::default(),
            start_with_new_line: true,
            state: PanelState::Default,
            kuuluu: QuestionExtension::default(),
            kind,
        }
    }
}

/// What is particular to a type.
#[derive(Debug, Clone)]
pub enum Kind {
    /// `radiogroup` and `dropdown`: one choice.
    Single {
        /// How it is drawn.
        display: SelectDisplay,
        /// The choices.
        choices: Choices,
        /// `allowClear`.
        allow_clear: bool,
        /// `placeholder`.
        placeholder: Localized,
    },
    /// `checkbox` and `tagbox`: several choices.
    Multiple {
        /// How it is drawn.
        display: SelectDisplay,
        /// The choices.
        choices: Choices,
        /// `minSelectedChoices`; zero is no limit.
        min_selected: u32,
        /// `maxSelectedChoices`; zero is no limit.
        max_selected: u32,
        /// `valuePropertyName`: answers are objects with this member.
        value_property_name: Option<String>,
        /// `placeholder`.
        placeholder: Localized,
    },
    /// `ranking`.
    Ranking {
        /// The choices.
        choices: Choices,
        /// `selectToRankEnabled`.
        select_to_rank: bool,
        /// `minSelectedChoices`; zero is no limit.
        min_selected: u32,
        /// `maxSelectedChoices`; zero is no limit.
        max_selected: u32,
    },
    /// `imagepicker`.
    ImagePicker {
        /// The choices.
        choices: Choices,
        /// `multiSelect`.
        multi_select: bool,
        /// `showLabel`.
        show_label: bool,
    },
    /// `rating`.
    Rating {
        /// The points, `rateValues` or written out from `rateMin`, `rateMax`, `rateStep`, `rateCount`.
        items: Vec<RateItem>,
        /// `minRateDescription`.
        min_description: Localized,
        /// `maxRateDescription`.
        max_description: Localized,
        /// `rateType`.
        display: RateDisplay,
        /// `displayMode` is `dropdown`.
        as_dropdown: bool,
    },
    /// `boolean`.
    Boolean {
        /// `labelTrue`.
        label_true: Localized,
        /// `labelFalse`.
        label_false: Localized,
        /// `valueTrue` (default `true`).
        value_true: Value,
        /// `valueFalse` (default `false`).
        value_false: Value,
        /// `swapOrder`.
        swap_order: bool,
        /// `displayMode`.
        display: BooleanDisplay,
        /// `useTitleAsLabel`.
        use_title_as_label: bool,
    },
    /// `text`: one line.
    Text {
        /// The field.
        field: TextItem,
    },
    /// `comment`: several lines.
    Comment {
        /// `rows`.
        rows: u32,
        /// `maxLength`; `None` inherits, zero is no limit.
        max_length: Option<u32>,
        /// `placeholder`.
        placeholder: Localized,
        /// `acceptCarriageReturn` (default true).
        accept_carriage_return: bool,
    },
    /// `multipletext`: several short fields; the answer is an object.
    MultipleText {
        /// `items`.
        items: Vec<TextItem>,
        /// `colCount`.
        columns: u32,
    },
    /// `matrix`: a scale for several rows; the answer is an object from row to column.
    Matrix {
        /// What matrices share.
        base: MatrixBase,
        /// `columns`.
        columns: Vec<Choice>,
        /// `cells`: texts of single cells.
        cells: Cells,
        /// `eachRowRequired`.
        each_row_required: bool,
        /// `eachRowUnique`.
        each_row_unique: bool,
        /// `cellType` is `checkbox`: several columns per row.
        several_per_row: bool,
    },
    /// `matrixdropdown`: fixed rows, columns of different types.
    MatrixDropdown {
        /// What matrices share.
        base: MatrixBase,
        /// `columns`.
        columns: Vec<Column>,
        /// `totalText`.
        total_text: Localized,
        /// `transposeData`.
        transpose: bool,
        /// `detailElements`.
        detail: DetailPanel,
    },
    /// `matrixdynamic`: rows are added and removed; the answer is a list of objects.
    MatrixDynamic {
        /// What matrices share (its `rows` are empty).
        base: MatrixBase,
        /// `columns`.
        columns: Vec<Column>,
        /// `rowCount`.
        row_count: u32,
        /// `rowCountExpression`.
        row_count_expression: Option<Formula>,
        /// `minRowCount`.
        min_rows: u32,
        /// `maxRowCount`.
        max_rows: u32,
        /// `allowAddRows`.
        allow_add: bool,
        /// `allowRemoveRows`.
        allow_remove: bool,
        /// `allowRowReorder`.
        allow_reorder: bool,
        /// `keyName`: a column whose values must differ.
        key_name: Option<String>,
        /// `keyDuplicationError`.
        key_duplication_error: Localized,
        /// `defaultRowValue`.
        default_row_value: Option<Value>,
        /// `copyDefaultValueFromLastEntry`.
        copy_last: bool,
        /// `confirmDelete`.
        confirm_delete: bool,
        /// `addRowText`.
        add_text: Localized,
        /// `removeRowText`.
        remove_text: Localized,
        /// `noRowsText`.
        no_rows_text: Localized,
        /// `totalText`.
        total_text: Localized,
        /// `hideColumnsIfEmpty`.
        hide_columns_if_empty: bool,
        /// `detailElements`.
        detail: DetailPanel,
    },
    /// `paneldynamic`: a group of questions, many times; the answer is a list of objects.
    PanelDynamic {
        /// `templateElements`.
        template: Vec<Element>,
        /// `templateTitle`.
        template_title: Localized,
        /// `templateDescription`.
        template_description: Localized,
        /// `templateVisibleIf`.
        template_visible_if: Option<Formula>,
        /// `noEntriesText`.
        no_entries_text: Localized,
        /// `panelCount`.
        panel_count: u32,
        /// `panelCountExpression`.
        panel_count_expression: Option<Formula>,
        /// `minPanelCount`.
        min_panels: u32,
        /// `maxPanelCount`.
        max_panels: u32,
        /// `allowAddPanel`.
        allow_add: bool,
        /// `allowRemovePanel`.
        allow_remove: bool,
        /// `newPanelPosition` is `next`.
        new_panel_next: bool,
        /// `keyName`.
        key_name: Option<String>,
        /// `keyDuplicationError`.
        key_duplication_error: Localized,
        /// `defaultPanelValue`.
        default_panel_value: Option<Value>,
        /// `copyDefaultValueFromLastEntry`.
        copy_last: bool,
        /// `confirmDelete`.
        confirm_delete: bool,
        /// `confirmDeleteText`.
        confirm_delete_text: Localized,
        /// `addPanelText`.
        add_text: Localized,
        /// `removePanelText`.
        remove_text: Localized,
    },
    /// `expression`: computed, read-only.
    Expression {
        /// `expression`.
        expression: Option<Formula>,
        /// How the value is written.
        format: ExpressionFormat,
    },
    /// `slider`.
    Slider {
        /// `sliderType` is `range`: the answer is a list of two numbers.
        range: bool,
        /// `min`.
        min: f64,
        /// `max`.
        max: f64,
        /// `step`.
        step: f64,
        /// `minValueExpression`.
        min_expression: Option<Formula>,
        /// `maxValueExpression`.
        max_expression: Option<Formula>,
        /// `minRangeLength`.
        min_range_length: Option<f64>,
        /// `maxRangeLength`.
        max_range_length: Option<f64>,
        /// `customLabels`: where and what.
        labels: Vec<(f64, Localized)>,
        /// `allowClear`.
        allow_clear: bool,
    },
    /// `html`: information.
    Html {
        /// `html`.
        html: Localized,
    },
    /// `image`.
    Image {
        /// `imageLink`; only addresses of the installation itself or `data:image/` are drawn.
        link: Localized,
        /// `altText`.
        alt: Localized,
    },
}

/// A list to look at, or one that opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SelectDisplay {
    /// `radiogroup`, `checkbox`.
    #[default]
    List,
    /// `dropdown`, `tagbox`.
    Dropdown,
}

/// `titleLocation`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TitleLocation {
    /// Inherits.
    #[default]
    Default,
    /// Above.
    Top,
    /// Below.
    Bottom,
    /// Beside.
    Left,
    /// For assistive technology only.
    Hidden,
}

/// A point of a rating.
#[derive(Debug, Clone, Default)]
pub struct RateItem {
    /// Value, text and extension.
    pub choice: Choice,
}

/// `rateType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RateDisplay {
    /// Numbers or texts.
    #[default]
    Labels,
    /// Stars.
    Stars,
    /// Faces.
    Smileys,
}

/// `displayMode` of a boolean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BooleanDisplay {
    /// Two buttons.
    #[default]
    Segmented,
    /// Two radio buttons.
    Radio,
    /// One checkbox.
    Checkbox,
    /// A switch.
    Switch,
}

/// A one-line field, alone or inside a `multipletext`.
#[derive(Debug, Clone, Default)]
pub struct TextItem {
    /// `name` (of an item of a `multipletext`; empty in a `text`).
    pub name: String,
    /// `title` (of an item of a `multipletext`).
    pub title: Localized,
    /// `inputType`.
    pub input_type: InputType,
    /// `isRequired` (of an item).
    pub is_required: bool,
    /// `requiredErrorText` (of an item).
    pub required_error_text: Localized,
    /// `min`: a number, or a date as text.
    pub min: Option<Value>,
    /// `max`: a number, or a date as text.
    pub max: Option<Value>,
    /// `minValueExpression`.
    pub min_expression: Option<Formula>,
    /// `maxValueExpression`.
    pub max_expression: Option<Formula>,
    /// `minErrorText`.
    pub min_error_text: Localized,
    /// `maxErrorText`.
    pub max_error_text: Localized,
    /// `stepErrorText`.
    pub step_error_text: Localized,
    /// `step`.
    pub step: Option<f64>,
    /// `maxLength`; `None` inherits, zero is no limit.
    pub max_length: Option<u32>,
    /// `placeholder`.
    pub placeholder: Localized,
    /// `defaultValueExpression` (of an item).
    pub default_value_expression: Option<Formula>,
    /// `validators` (of an item).
    pub validators: Vec<Validator>,
    /// `dataList`: suggestions.
    pub data_list: Vec<Localized>,
    /// `inputSize`.
    pub size: Option<u32>,
}

/// `inputType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum InputType {
    /// `text`.
    #[default]
    Text,
    /// `number`.
    Number,
    /// `range`.
    Range,
    /// `date`.
    Date,
    /// `datetime-local`.
    DateTimeLocal,
    /// `time`.
    Time,
    /// `month`.
    Month,
    /// `week`.
    Week,
    /// `email`.
    Email,
    /// `tel`.
    Tel,
    /// `url`.
    Url,
    /// `color`.
    Color,
    /// `password`.
    Password,
}

/// What all matrices share.
#[derive(Debug, Clone, Default)]
pub struct MatrixBase {
    /// `rows`.
    pub rows: Vec<Row>,
    /// `rowsVisibleIf`.
    pub rows_visible_if: Option<Formula>,
    /// `columnsVisibleIf`.
    pub columns_visible_if: Option<Formula>,
    /// `rowOrder`.
    pub row_order: Order,
    /// `hideIfRowsEmpty`.
    pub hide_if_rows_empty: bool,
    /// `showHeader` (default true).
    pub show_header: bool,
    /// `displayMode`.
    pub display: MatrixDisplay,
}

/// A fixed row.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// `value`.
    pub value: Value,
    /// `text`; empty shows the value.
    pub text: Localized,
    /// `visibleIf`.
    pub visible_if: Option<Formula>,
    /// `enableIf`.
    pub enable_if: Option<Formula>,
    /// The `kuuluu` object of a row: theme, indicator and instrument item may differ by row.
    pub kuuluu: QuestionExtension,
}

/// `displayMode` of a matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MatrixDisplay {
    /// By the width of its container.
    #[default]
    Auto,
    /// Always a table.
    Table,
    /// Always one row below the other.
    List,
}

/// Texts of single cells: row value, column value, text.
pub type Cells = Vec<(Value, Value, Localized)>;

/// A column of a `matrixdropdown` or `matrixdynamic`.
#[derive(Debug, Clone)]
pub struct Column {
    /// The question that stands in each of its cells; `name` and `title` are the column's.
    pub question: Arc<Question>,
    /// The type of its cells.
    pub cell_type: CellType,
    /// `isUnique`.
    pub is_unique: bool,
    /// `showInMultipleColumns`.
    pub show_in_multiple_columns: bool,
    /// The total below it.
    pub total: Total,
}

/// `cellType`, resolved against the matrix's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CellType {
    /// `dropdown`.
    #[default]
    Dropdown,
    /// `checkbox`.
    Checkbox,
    /// `radiogroup`.
    Radiogroup,
    /// `tagbox`.
    Tagbox,
    /// `text`.
    Text,
    /// `comment`.
    Comment,
    /// `boolean`.
    Boolean,
    /// `expression`.
    Expression,
    /// `rating`.
    Rating,
    /// `slider`.
    Slider,
}

/// A column's total.
#[derive(Debug, Clone, Default)]
pub struct Total {
    /// `totalType`.
    pub kind: TotalType,
    /// `totalExpression`.
    pub expression: Option<Formula>,
    /// `totalFormat` and its kin.
    pub format: ExpressionFormat,
}

/// `totalType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TotalType {
    /// No total.
    #[default]
    None,
    /// Sum.
    Sum,
    /// Count of answered cells.
    Count,
    /// Least.
    Min,
    /// Greatest.
    Max,
    /// Mean.
    Avg,
}

/// How a computed value is written.
#[derive(Debug, Clone, Default)]
pub struct ExpressionFormat {
    /// `format`, with `{0}` for the value.
    pub format: Localized,
    /// `displayStyle`: `none`, `decimal`, `currency`, `percent`, `date`.
    pub style: Option<String>,
    /// `currency` (ISO 4217).
    pub currency: Option<String>,
    /// `maximumFractionDigits`.
    pub maximum_fraction_digits: Option<u32>,
    /// `minimumFractionDigits`.
    pub minimum_fraction_digits: Option<u32>,
    /// `useGrouping` is false.
    pub no_grouping: bool,
    /// `precision`.
    pub precision: Option<u32>,
}

/// Questions that open below a matrix row.
#[derive(Debug, Clone, Default)]
pub struct DetailPanel {
    /// `detailElements`; empty is no detail.
    pub elements: Vec<Element>,
    /// `detailPanelMode` is `underRowSingle`: one open at a time.
    pub single: bool,
    /// `detailPanelMode` is not `none`.
    pub shown: bool,
}
