//! Which answers a survey declares, and what each may look like.

mod build;
mod check;
mod keep;

pub use check::Misfit;

use json::Value;
use questionnaire::definition::Survey;

/// Everything that may be in a response to one survey, in the order of the survey.
#[derive(Debug, Clone, PartialEq)]
pub struct Declaration {
    members: Vec<Member>,
}

/// A name under which something is stored.
#[derive(Debug, Clone, PartialEq)]
struct Member {
    name: String,
    form: Form,
}

/// What stands under a name.
#[derive(Debug, Clone, PartialEq)]
enum Form {
    /// One of these values.
    OneOf(Vec<Value>),
    /// Several of these values. The order they were chosen in stays on the device unless it is the
    /// answer itself.
    SomeOf { values: Vec<Value>, ranked: bool },
    /// A number.
    Number,
    /// A text of at most so many characters.
    Text(usize),
    /// Any text, number or truth value: computed, or chosen among other answers.
    Scalar,
    /// Several of them.
    Scalars,
    /// An object with these members.
    Members(Vec<Member>),
    /// A list of at most so many objects with these members.
    Rows(Vec<Member>, usize),
    /// An object of scalars under any of these names.
    Totals(Vec<String>),
    /// Two questions store under one name.
    Either(Box<Form>, Box<Form>),
}

/// The name under which the way of answering is kept, if it is not the usual one.
pub const CHANNEL: &str = "kuuluuChannel";

/// [`CHANNEL`] of an answer that someone filled in for another person.
pub const ASSISTED: &str = "assisted";

/// No text is longer than this, whatever a survey says.
pub const LONGEST_TEXT: usize = 10_000;

/// No list of rows or panels is longer than this, whatever a survey says.
pub const MOST_ROWS: usize = 1_000;

impl Declaration {
    /// What `survey` declares.
    pub fn of(survey: &Survey) -> Self {
        Self {
            members: build::members(survey),
        }
    }

    /// The declared names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.members.iter().map(|member| member.name.as_str())
    }
}
