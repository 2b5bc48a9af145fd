//! The answers to one survey.

use std::cell::RefCell;
use std::rc::Rc;

use crate::codebook::Codebook;
use crate::columns::{Bitmap, Column};
use crate::disclosure::{Pattern, pattern};
use crate::load::answers::Draft;
use crate::query::Protection;
use crate::tabulate::classes::edges;

/// Answers as columns. What is in it can only be had as a [`crate::Release`].
#[derive(Debug, Clone)]
pub struct Dataset {
    codebook: Codebook,
    columns: Vec<Column>,
    rows: u32,
    known: RefCell<Known>,
}

/// What is worked out once for the answers as they are.
#[derive(Debug, Clone, Default)]
struct Known {
    patterns: Vec<(PatternKey, Rc<Pattern>)>,
    edges: Vec<((usize, u32), Rc<Edges>)>,
}

/// Places of the variables, and under which minima.
type PatternKey = (Vec<usize>, Protection);

/// Classes of numbers: from, to.
pub(crate) type Edges = Vec<(f64, f64)>;

impl Dataset {
    /// Without answers yet.
    pub fn new(codebook: Codebook) -> Self {
        let columns = codebook
            .items()
            .map(|(_, item)| Column::new(item))
            .collect();
        Self {
            codebook,
            columns,
            rows: 0,
            known: RefCell::default(),
        }
    }

    /// What the columns mean.
    pub fn codebook(&self) -> &Codebook {
        &self.codebook
    }

    /// How many responses were read. For progress while loading; a page shows the release's N.
    pub fn responses(&self) -> u32 {
        self.rows
    }

    /// Bytes of memory the columns take, texts not counted.
    pub fn bytes(&self) -> usize {
        self.columns.iter().map(Column::bytes).sum()
    }

    pub(crate) fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The column of the variable `name`.
    pub(crate) fn column(&self, name: &str) -> Option<&Column> {
        let ix = self.codebook.items().position(|(_, it)| it.name == name)?;
        self.columns.get(ix)
    }

    /// The pattern of what is hidden for these variables.
    pub(crate) fn pattern(&self, variables: &[usize], protection: Protection) -> Rc<Pattern> {
        let key = (variables.to_vec(), protection);
        let known = |it: &Known| find(&it.patterns, &key);
        if let Some(pattern) = known(&self.known.borrow()) {
            return pattern;
        }
        let made = Rc::new(pattern(self, variables, protection));
        let mut known = self.known.borrow_mut();
        known.patterns.push((key, Rc::clone(&made)));
        made
    }

    /// The classes in which a variable's numbers are counted; empty for other variables.
    pub(crate) fn edges(&self, item_ix: usize, minimum: u32) -> Rc<Edges> {
        let Some(Column::Numbers(numbers)) = self.columns.get(item_ix) else {
            return Rc::default();
        };
        let key = (item_ix, minimum);
        let known = |it: &Known| find(&it.edges, &key);
        if let Some(edges) = known(&self.known.borrow()) {
            return edges;
        }
        let all = Bitmap::full(self.rows as usize);
        let made = Rc::new(edges(&numbers.sorted(&all), minimum));
        self.known.borrow_mut().edges.push((key, Rc::clone(&made)));
        made
    }

    fn forget(&mut self) {
        *self.known.get_mut() = Known::default();
    }

    /// Adds a response; false if there are four billion already.
    pub(crate) fn push(&mut self, draft: &Draft) -> bool {
        let Some(next) = self.rows.checked_add(1) else {
            return false;
        };
        draft.commit(&mut self.columns, self.rows as usize);
        self.rows = next;
        if !self.known.get_mut().is_empty() {
            self.forget();
        }
        true
    }

    /// Forgets responses from `rows` on.
    pub(crate) fn truncate(&mut self, rows: u32) {
        if rows < self.rows {
            self.rows = rows;
            self.forget();
            for column in &mut self.columns {
                column.truncate(rows as usize);
            }
        }
    }
}

impl Known {
    fn is_empty(&self) -> bool {
        self.patterns.is_empty() && self.edges.is_empty()
    }
}

fn find<K: PartialEq, V>(known: &[(K, Rc<V>)], key: &K) -> Option<Rc<V>> {
    let found = known.iter().find(|(it, _)| it == key);
    found.map(|(_, it)| Rc::clone(it))
}
