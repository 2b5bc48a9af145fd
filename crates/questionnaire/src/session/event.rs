//! What can happen to a session, and what an event changed.

use std::collections::BTreeSet;
use std::rc::Rc;

use json::Value;

/// Names one thing on a page.
///
/// A question: `q`. A question inside a dynamic panel: `goals[0].title` (its index now). A cell:
/// `m[row value or index].column`. An item of a `multipletext`: `mt.item`. A page or panel: its name.
pub type Key = Rc<str>;

/// What can happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A single choice, a rating point, a boolean, an image.
    Choose(Key, Value),
    /// One of several choices switched on or off; also "select all" with value `all`.
    Toggle(Key, Value, bool),
    /// A matrix row's column chosen.
    ChooseCell {
        /// The matrix.
        key: Key,
        /// The row's value.
        row: Value,
        /// The column's value.
        column: Value,
    },
    /// A matrix row's column switched on or off (several per row).
    ToggleCell {
        /// The matrix.
        key: Key,
        /// The row's value.
        row: Value,
        /// The column's value.
        column: Value,
        /// On or off.
        on: bool,
    },
    /// Text as typed into a text, number, date, slider or comment field; numbers may have a decimal
    /// comma and thin spaces, dates may be `d.m.yyyy`.
    Type(Key, String),
    /// The upper value of a range slider.
    TypeUpper(Key, String),
    /// The text beside "other" or in a question's comment area.
    Comment(Key, String),
    /// The text beside one particular choice.
    ChoiceComment(Key, Value, String),
    /// The field has been left: its text is read and checked.
    Leave(Key),
    /// A ranked item moved to a place, counted from zero; `None` takes it out of the ranking.
    Rank(Key, Value, Option<usize>),
    /// A row or panel added at the end (or after the given one).
    Add(Key, Option<usize>),
    /// A row or panel removed.
    Remove(Key, usize),
    /// The last removal taken back.
    UndoRemove(Key),
    /// A row moved.
    MoveRow {
        /// The matrix.
        key: Key,
        /// From.
        from: usize,
        /// To.
        to: usize,
    },
    /// A panel or detail opened or closed.
    Fold(Key, bool),
    /// The answer taken away.
    Clear(Key),
    /// A value set by name, as from a prefilled link, an import or an answers file.
    SetValue(String, Value),
    /// On to the next page, the review or completion, if nothing blocks.
    Next,
    /// Back.
    Back,
    /// To a page by name, as the browser's history or a change link asks; never past a page that
    /// still has errors.
    GoTo(Key),
    /// To the review.
    Review,
    /// From the review: completes if nothing blocks.
    Complete,
    /// From the end back to the review, where the answers were refused and nobody has them.
    Reopen,
    /// Another language; answers and place stay.
    Language(String),
    /// From now on somebody fills the survey in for another person, most often from a form on
    /// paper, or no longer. What nobody answered there cannot be asked any more: it is pointed out
    /// and does not block, but for what decides whether anything may be sent (`declineIf`).
    Assist(bool),
}

/// What an event changed; everything not named looks as before.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changed {
    /// The outline (which things stand on the page) changed.
    pub outline: bool,
    /// Another page, the review or the end is shown.
    pub stage: bool,
    /// These questions and panels look different.
    pub keys: BTreeSet<Key>,
    /// The event asked to go on and these questions block, in page order.
    pub blocked_by: Vec<Key>,
    /// Where focus should go, if the event implies it (an added row, what follows a removed one).
    pub focus: Option<Key>,
}
