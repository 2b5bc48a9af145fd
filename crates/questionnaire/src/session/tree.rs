//! The things of a questionnaire while it is being answered: pages, panels and questions, those of
//! rows and dynamic panels included.

use std::rc::Rc;
use std::sync::Arc;

use json::Value;

use super::event::Key;
use super::values::VarId;
use crate::definition::{Choices, Kind, Panel, Question};

/// Which node; never used for another one again.
pub(super) type NodeId = usize;

/// Something that is evaluated again when a value it reads has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Watch {
    /// Triggers that show and hide first, then calculated values, then nodes in document order,
    /// then what a page or panel allows (as in the reference, what stands inside comes first), and
    /// all other triggers.
    pub(super) phase: Phase,
    /// The trigger's, calculated value's or node's index.
    pub(super) index: usize,
    /// What of the node.
    pub(super) what: What,
}

/// The order in which a change is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    Showing,
    Calculated,
    Node,
    Around,
    Trigger,
}

/// What of a node depends on a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    All,
    Visible,
    Enabled,
    Required,
    Items,
    Bounds,
    Count,
    Reset,
    SetValue,
    Default,
    Compute,
    Total,
    Look,
}

/// Where an answer stands.
#[derive(Debug, Clone)]
pub(super) enum Place {
    /// Nowhere: pages, panels, information.
    Nowhere,
    /// Under a name.
    Var(VarId),
    /// In its owner's answer: under `name`, in the row that the node stands in, if any.
    Member { owner: NodeId, name: Rc<str> },
}

/// A page, panel or question.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of one thing"
)]
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) key: Key,
    pub(super) parent: Option<NodeId>,
    pub(super) body: Body,
    /// Elements of a page or panel in the order shown.
    pub(super) children: Vec<NodeId>,
    pub(super) place: Place,
    /// The question with rows and the row in which this stands.
    pub(super) row: Option<(NodeId, usize)>,
    /// Its own visibility, whatever its surroundings.
    pub(super) visible: bool,
    /// Its own, whatever its surroundings.
    pub(super) enabled: bool,
    pub(super) required: bool,
    /// False once its row is gone.
    pub(super) alive: bool,
    pub(super) open: Option<bool>,
    /// Messages are shown.
    pub(super) checked: bool,
    pub(super) answer: Option<Box<Answering>>,
}

/// What a node is.
#[derive(Debug, Clone)]
pub(super) enum Body {
    /// A page, by its place in the survey.
    Page(usize),
    /// A panel.
    Panel(Arc<Panel>),
    /// A question.
    Question(Arc<Question>),
}

/// What only questions have.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of one question"
)]
#[derive(Debug, Clone, Default)]
pub(super) struct Answering {
    /// The slot of the comment.
    pub(super) comment: Option<Place>,
    /// The order of choices or rows, if not as written.
    pub(super) order: Option<Vec<usize>>,
    /// One for each choice, scale column or fixed row with a condition.
    pub(super) items: Vec<Standing>,
    /// One for each column of a scale.
    pub(super) columns: Vec<bool>,
    /// Rows and panels, the shown parts of a matrix or group.
    pub(super) rows: Vec<Row>,
    pub(super) next_row: u32,
    /// A table or group made to be checked as soon as it was answered.
    pub(super) made: bool,
    /// How many panels came with an answer before the group was made, 0 if none.
    pub(super) given: usize,
    /// The totals of a table as they were computed last.
    pub(super) total: Option<Value>,
    /// Items of a `multipletext`.
    pub(super) fields: Vec<NodeId>,
    /// Questions below choices: choice and question.
    pub(super) below: Vec<(usize, NodeId)>,
    /// Computed bounds.
    pub(super) min: Option<Value>,
    pub(super) max: Option<Value>,
    /// What stands in the field while it is not a valid answer.
    pub(super) typed: Option<String>,
    pub(super) typed_upper: Option<String>,
    /// What was typed cannot be read as an answer.
    pub(super) unreadable: bool,
    /// The respondent has typed it: it can be longer than its field takes.
    pub(super) by_hand: bool,
    /// The respondent has changed it: defaults leave it alone.
    pub(super) touched: bool,
    /// "Other" is chosen although its text is still empty (where the text is the value).
    pub(super) other: bool,
    /// Chosen things that are not offered at the moment.
    pub(super) away: Vec<Value>,
    /// The row removed last, for taking that back.
    pub(super) removed: Option<(usize, Value)>,
}

/// How one choice, row or column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) visible: bool,
    pub(super) enabled: bool,
}

impl Default for Standing {
    fn default() -> Self {
        Self {
            visible: true,
            enabled: true,
        }
    }
}

/// One row or panel.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    /// Stable across adding and removing.
    pub(super) id: u32,
    /// Cells in column order.
    pub(super) cells: Vec<NodeId>,
    /// Contents of a panel or of a row's detail.
    pub(super) items: Vec<NodeId>,
    pub(super) open: bool,
    pub(super) visible: bool,
}

impl Node {
    pub(super) fn question(&self) -> Option<&Arc<Question>> {
        match &self.body {
            Body::Question(question) => Some(question),
            _ => None,
        }
    }
}

/// The choices of a question that has any.
pub(super) fn choices_of(question: &Question) -> Option<&Choices> {
    match &question.kind {
        Kind::Single { choices, .. }
        | Kind::Multiple { choices, .. }
        | Kind::Ranking { choices, .. }
        | Kind::ImagePicker { choices, .. } => Some(choices),
        _ => None,
    }
}

/// True if the answer is a list of choices.
pub(super) fn is_multiple(question: &Question) -> bool {
    matches!(
        question.kind,
        Kind::Multiple { .. }
            | Kind::Ranking { .. }
            | Kind::ImagePicker {
                multi_select: true,
                ..
            }
    )
}

/// True for what is only looked at.
pub(super) fn is_information(question: &Question) -> bool {
    matches!(question.kind, Kind::Html { .. } | Kind::Image { .. })
}
