//! A respondent's pass through a questionnaire, as a state machine: events in, views out.

mod act;
mod answers;
mod build;
mod check;
mod draft;
mod event;
mod exchange;
mod finish;
mod inspect;
mod navigate;
mod number;
mod offer;
mod other;
mod pipe;
mod reaction;
mod rows;
mod settle;
mod show;
mod shuffle;
mod sight;
mod start;
mod stored;
mod tree;
mod typed;
mod values;
mod view;
mod words;

pub use event::{Changed, Event, Key};
pub use inspect::Standing;
pub use view::{
    AnswerLine, CellView, ChoiceView, ColumnView, CommentView, Control, FieldView, GroupView, Item,
    MatrixRowView, Outline, PanelView, ProblemView, Progress, QuestionView, ReviewEntry, RowView,
    Stage,
};
pub use words::{AS_IT_IS, Formats, Violation, Words};

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use json::{Object, Value};

use crate::definition::Survey;
use crate::text::RichText;

use tree::{Node, NodeId, Watch};
use values::{Values, VarId};

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

/// What is shown at once.
#[derive(Debug, Clone, Copy)]
enum Screen {
    /// A page.
    Page(NodeId),
    /// One question.
    Question(NodeId),
    /// All pages.
    Whole,
}

/// Where the answer being given comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// The page.
    Page,
    /// A file, a link: with the table or group whose rows it has made, from which one on.
    Named(NodeId, usize),
    /// A draft: everything that acts has acted before.
    Draft,
}

/// The state of one pass.
///
/// Answers stand in `values` by name; `nodes` are the pages, panels and questions, made once and,
/// for rows and dynamic panels, as they are added. Who reads which value is registered with the
/// value, so that a change costs what depends on it.
#[derive(Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "how far it has started, how an answer comes and who gives it are apart"
)]
pub struct Session {
    survey: Rc<Survey>,
    environment: Environment,
    nodes: Vec<Node>,
    /// Questions by key.
    keys: BTreeMap<Key, NodeId>,
    /// Pages and panels by key.
    containers: BTreeMap<Key, NodeId>,
    pages: Vec<NodeId>,
    screens: Vec<Screen>,
    values: Values,
    calculated: Vec<VarId>,
    /// What depends on more than values: evaluated after every change.
    unbound: BTreeSet<Watch>,
    /// What has to be evaluated next.
    pending: BTreeSet<Watch>,
    /// Values that have changed since the last settling, and what they were.
    dirty: Vec<(VarId, Option<Value>)>,
    changed: Changed,
    /// Where a `skip` trigger asked to go.
    skip_to: Option<Key>,
    at: usize,
    /// The first screen that has been shown.
    first: usize,
    stage: Stage,
    built: bool,
    /// What is shown at first is known.
    started: bool,
    /// An answer is being given as a whole: panels that come with it get no defaults.
    given: bool,
    origin: Origin,
    /// The table or group that has just been answered as a whole, and whether its rows were made
    /// before.
    whole: Option<(NodeId, bool)>,
    /// Somebody fills the survey in for another person.
    assisted: bool,
}

impl Session {
    /// Starts at the first page, with defaults set.
    pub fn start(survey: Rc<Survey>, environment: Environment) -> Self {
        let mut session = Self {
            survey,
            environment,
            nodes: Vec::new(),
            keys: BTreeMap::new(),
            containers: BTreeMap::new(),
            pages: Vec::new(),
            screens: Vec::new(),
            values: Values::default(),
            calculated: Vec::new(),
            unbound: BTreeSet::new(),
            pending: BTreeSet::new(),
            dirty: Vec::new(),
            changed: Changed::default(),
            skip_to: None,
            at: 0,
            first: 0,
            stage: Stage::Page,
            built: false,
            started: false,
            given: false,
            origin: Origin::Page,
            whole: None,
            assisted: false,
        };
        session.build();
        session.built = true;
        session.set_defaults();
        session.settle();
        session.set_table_defaults();
        session.settle();
        session.go_to_start();
        session.skip_to = None;
        session.changed = Changed::default();
        session
    }

    /// Applies an event; total.
    pub fn apply(&mut self, event: Event) -> Changed {
        let mut changed = Changed::default();
        self.act(event, &mut changed);
        let spread = std::mem::take(&mut self.changed);
        changed.keys = spread.keys;
        changed.outline |= spread.outline;
        changed
    }

    /// The survey.
    pub fn survey(&self) -> &Survey {
        &self.survey
    }

    /// Takes the same questionnaire with other texts, as when the file of one language gives way to
    /// the whole one; answers and place stay. False, and nothing is changed, if it is another one.
    ///
    /// What is shown changes with the next [`Event::Language`].
    pub fn exchange(&mut self, survey: Rc<Survey>) -> bool {
        self.take_texts(survey)
    }

    /// The language shown.
    pub fn language(&self) -> &str {
        &self.environment.language
    }

    /// True while somebody fills the survey in for another person, see [`Event::Assist`].
    pub fn is_assisted(&self) -> bool {
        self.assisted
    }

    /// What stands on the page now: keys in order, without contents.
    pub fn outline(&self) -> Outline {
        self.structure()
    }

    /// One question (or matrix cell, or panel question) as it looks now; `None` once it is not on
    /// the page.
    pub fn question(&self, key: &Key) -> Option<QuestionView> {
        self.show(key)
    }

    /// What a question stands in that others of its title do not: the row or entry of each table
    /// or group around it and the question whose field it is, outermost first.
    pub fn around(&self, key: &Key) -> Vec<String> {
        let node = self.keys.get(key);
        node.map(|&it| self.names_around(it)).unwrap_or_default()
    }

    /// One panel of the page.
    pub fn panel(&self, key: &Key) -> Option<PanelView> {
        self.show_panel(key)
    }

    /// Every visible answered (or all visible) question by page, for the review.
    pub fn review(&self) -> Vec<(Key, RichText, Vec<ReviewEntry>)> {
        self.reviewed()
    }

    /// Answers as they are now, hidden ones included.
    pub fn data(&self) -> Object {
        self.values.data(|_| true)
    }

    /// Answers as they would be after completion: hidden ones cleared, calculated values included.
    pub fn completed_data(&self) -> Object {
        self.completed()
    }

    /// What the completion page says.
    pub fn completed_text(&self) -> RichText {
        self.farewell()
    }

    /// Everything needed to go on later: answers, page and seed.
    pub fn draft(&self) -> Value {
        self.put_away()
    }

    /// Takes up a draft; parts that do not fit the survey any more are left out and named.
    pub fn resume(&mut self, draft: &Value) -> Vec<String> {
        self.take_up(draft)
    }
}
