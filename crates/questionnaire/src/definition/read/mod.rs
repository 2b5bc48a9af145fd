//! Reading a survey file: every property is asked for by name, and what nobody asked for is said
//! to be unknown.

mod cycles;
mod element;
mod extension;
mod field;
mod fields;
mod kind;
mod matrix;
mod names;
mod panel;
mod place;
mod select;
mod survey;
mod texts;
mod validator;

use core::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use json::{Problem, Severity, Value};

use super::{Parsed, Survey};
pub(crate) use kind::is_type;
pub(crate) use names::nearest;
pub(crate) use place::At;
pub(crate) use survey::old_condition;

/// Elements nested deeper than this are refused; it keeps the stack small.
const DEEPEST: usize = 24;

/// More problems than this are summed up in one.
const MOST_PROBLEMS: usize = 1_000;

/// Lists longer than this are cut, with a problem.
const LONGEST_LIST: usize = 20_000;

/// What is known while a file is read.
struct Reader {
    problems: RefCell<Vec<Problem>>,
    left_out: Cell<usize>,
    /// `kuuluu.languages`: every text must stand in each of them.
    languages: Vec<String>,
    /// `kuuluu.only`: texts need not stand in any other.
    only: Option<String>,
    /// Where the questions stand that write their own value, in order.
    writers: RefCell<Vec<String>>,
    /// Elements without a name are numbered.
    unnamed: Cell<usize>,
}

/// Names that must differ from each other.
type Names = RefCell<BTreeSet<String>>;

impl Reader {
    fn new() -> Self {
        Self {
            problems: RefCell::new(Vec::new()),
            left_out: Cell::new(0),
            languages: Vec::new(),
            only: None,
            writers: RefCell::new(Vec::new()),
            unnamed: Cell::new(0),
        }
    }

    fn push(&self, problem: Problem) {
        let mut problems = self.problems.borrow_mut();
        if problems.len() < MOST_PROBLEMS {
            problems.push(problem);
        } else {
            self.left_out.set(self.left_out.get() + 1);
        }
    }

    fn into_problems(self) -> Vec<Problem> {
        let mut problems = self.problems.into_inner();
        if self.left_out.get() > 0 {
            problems.push(Problem {
                severity: Severity::Error,
                code: "survey/too-many-problems",
                at: String::new(),
                found: format!("{} more problems", self.left_out.get()),
                expected: "a survey file".to_owned(),
                suggestion: None,
            });
        }
        problems
    }
}

/// Reads a whole document.
pub(super) fn read(document: &Value) -> Parsed {
    let mut reader = Reader::new();
    let languages = Reader::new();
    reader.languages = extension::languages(&At::root(document, &languages));
    reader.only = extension::only(document);
    let survey = read_into(document, &reader);
    Parsed {
        survey,
        problems: reader.into_problems(),
    }
}

/// Circles of calculated values, triggers and `setValueExpression`s. A session stops them by
/// itself; authors are told.
pub(crate) fn cycles(document: &Value) -> Vec<Problem> {
    let reader = Reader::new();
    let survey = read_into(document, &reader);
    let writers = reader.writers.take();
    let found = Reader::new();
    cycles::check(&survey, &writers, &found);
    found.into_problems()
}

fn read_into(document: &Value, reader: &Reader) -> Survey {
    let root = At::root(document, reader);
    if document.as_object().is_some() {
        return survey::survey(&root);
    }
    root.wrong("an object");
    survey::survey(&At::root(&Value::Object(json::Object::new()), reader))
}

/// Reads JSON text.
pub(super) fn parse(text: &str) -> Parsed {
    match Value::parse(text) {
        Ok(document) => read(&document),
        Err(error) => Parsed {
            survey: Survey::default(),
            problems: vec![Problem {
                severity: Severity::Error,
                code: "json/syntax",
                at: String::new(),
                found: error.to_string(),
                expected: "JSON".to_owned(),
                suggestion: None,
            }],
        },
    }
}
