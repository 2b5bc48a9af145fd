//! The answers to one survey.

use std::cell::RefCell;
use std::rc::Rc;

use questionnaire::scoring;

use crate::codebook::Codebook;
use crate::columns::{Bitmap, Column, Pending};
use crate::disclosure::{
    Earlier, Groups, Link, Pattern, hide_follow_ups, hide_scores, links, pattern, settled,
    with_backgrounds,
};
use crate::load::answers::Draft;
use crate::published::Published;
use crate::query::Protection;
use crate::scores::Scorer;
use crate::tabulate::classes::{Class, edges};
use crate::weights::{Margins, Unfit, Weighting, Weights, rake};

/// Answers as columns. What is in it can only be had as a [`crate::Release`].
#[derive(Debug, Clone)]
pub struct Dataset {
    codebook: Codebook,
    columns: Vec<Column>,
    /// Those who are in no column yet; nobody is once a source was read to its end.
    pending: Pending,
    rows: u32,
    margins: Option<Margins>,
    /// What was published of them before.
    earlier: Earlier,
    scorer: Rc<Scorer>,
    /// Respondents whose scores are worked out.
    scored: u32,
    known: RefCell<Known>,
}

/// What is worked out once for the answers as they are.
#[derive(Debug, Clone, Default)]
struct Known {
    groups: Vec<(PatternKey, Rc<Groups>)>,
    first: Vec<(PatternKey, Rc<Pattern>)>,
    patterns: Vec<(PatternKey, Rc<Pattern>)>,
    shown: Vec<(PatternKey, Rc<Pattern>)>,
    links: Vec<(Protection, Rc<Vec<Link>>)>,
    edges: Vec<((usize, u32), Rc<Edges>)>,
    weights: Option<Rc<Weights>>,
}

/// Places of the variables, and under which minima.
type PatternKey = (Vec<usize>, Protection);

/// Classes of numbers.
pub(crate) type Edges = Vec<Class>;

impl Dataset {
    /// Without answers yet.
    pub fn new(codebook: Codebook) -> Self {
        let columns: Vec<Column> = codebook
            .items()
            .map(|(_, item)| Column::new(item))
            .collect();
        Self {
            pending: Pending::new(columns.len()),
            scorer: Rc::new(Scorer::new(&codebook)),
            codebook,
            columns,
            rows: 0,
            margins: None,
            earlier: Earlier::default(),
            scored: 0,
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

    /// Takes into account that these results are public: from now on nothing is shown from which,
    /// together with them, something could be worked out about the few who answered in between.
    /// Several are told from the oldest to the newest. False if they are of another survey or round,
    /// whose answers are others, so that nothing can be taken from them.
    pub fn published_before(&mut self, published: Published) -> bool {
        self.forget();
        self.earlier.add(&self.codebook, published)
    }

    pub(crate) fn earlier(&self) -> &Earlier {
        &self.earlier
    }

    /// Weights the answers by these margins from now on, also those that are still to come.
    ///
    /// # Errors
    ///
    /// What does not fit the survey; the dataset is then as it was.
    pub fn weigh(&mut self, margins: Margins) -> Result<Weighting, Unfit> {
        let weights = rake(self, &margins)?;
        let weighting = weights.weighting.clone();
        self.known.get_mut().weights = Some(Rc::new(weights));
        self.margins = Some(margins);
        Ok(weighting)
    }

    /// The weights, if there are margins to meet.
    pub(crate) fn weights(&self) -> Option<Rc<Weights>> {
        let margins = self.margins.as_ref()?;
        if let Some(weights) = &self.known.borrow().weights {
            return Some(Rc::clone(weights));
        }
        let made = Rc::new(rake(self, margins).ok()?);
        self.known.borrow_mut().weights = Some(Rc::clone(&made));
        Some(made)
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
        let mut variables = variables.to_vec();
        variables.sort_unstable();
        let key = (variables, protection);
        if let Some(pattern) = find(&self.known.borrow().shown, &key) {
            return pattern;
        }
        let of_questions = self.pattern_of_questions(&key.0, protection);
        if key.0.len() != 1 && self.links(protection).is_empty() {
            return of_questions;
        }
        let mut made = match key.0.as_slice() {
            [variable] => with_backgrounds(self, *variable, &of_questions, protection),
            _ => Pattern::clone(&of_questions),
        };
        hide_follow_ups(self, &key.0, &mut made, protection);
        let made = Rc::new(made);
        let mut known = self.known.borrow_mut();
        known.shown.push((key, Rc::clone(&made)));
        made
    }

    /// The same before what follow-up questions tell ([`hide_follow_ups`]), and without what one
    /// background variable shows of others.
    pub(crate) fn pattern_of_questions(
        &self,
        variables: &[usize],
        protection: Protection,
    ) -> Rc<Pattern> {
        let mut variables = variables.to_vec();
        variables.sort_unstable();
        let key = (variables, protection);
        if let Some(pattern) = find(&self.known.borrow().patterns, &key) {
            return pattern;
        }
        let made = settled(self, &key.0, protection)
            .unwrap_or_else(|| self.make_pattern(&key.0, protection, false));
        let mut known = self.known.borrow_mut();
        known.patterns.push((key, Rc::clone(&made)));
        made
    }

    /// The same before what is hidden for variables that are not shown together.
    pub(crate) fn first_pattern(&self, variables: &[usize], protection: Protection) -> Rc<Pattern> {
        let key = (variables.to_vec(), protection);
        if let Some(pattern) = find(&self.known.borrow().first, &key) {
            return pattern;
        }
        let made = self.make_pattern(variables, protection, true);
        let mut known = self.known.borrow_mut();
        known.first.push((key, Rc::clone(&made)));
        made
    }

    /// Which questions are not asked of everybody, and on what that depends.
    pub(crate) fn links(&self, protection: Protection) -> Rc<Vec<Link>> {
        if let Some(links) = find(&self.known.borrow().links, &protection) {
            return links;
        }
        let made = Rc::new(links(self, protection));
        let mut known = self.known.borrow_mut();
        known.links.push((protection, Rc::clone(&made)));
        made
    }

    fn make_pattern(&self, of: &[usize], protection: Protection, is_first: bool) -> Rc<Pattern> {
        let mut made = pattern(self, of, protection, is_first);
        hide_scores(self, &mut made, protection);
        Rc::new(made)
    }

    /// Which groups of these variables (places in the codebook, in their order) are hidden before
    /// anything is asked of them.
    pub(crate) fn groups(&self, variables: &[usize], protection: Protection) -> Rc<Groups> {
        let key = (variables.to_vec(), protection);
        if let Some(groups) = find(&self.known.borrow().groups, &key) {
            return groups;
        }
        let made = Rc::new(Groups::new(self, variables, protection));
        let mut known = self.known.borrow_mut();
        known.groups.push((key, Rc::clone(&made)));
        made
    }

    /// The classes in which a variable's numbers are counted; empty for other variables.
    pub(crate) fn edges(&self, item_ix: usize, protection: Protection) -> Rc<Edges> {
        let Some(Column::Numbers(numbers)) = self.columns.get(item_ix) else {
            return Rc::default();
        };
        let item = self.codebook.items().nth(item_ix);
        let minimum = item.map_or(1, |(_, item)| protection.minimum_of(item));
        let key = (item_ix, minimum);
        let known = |it: &Known| find(&it.edges, &key);
        if let Some(edges) = known(&self.known.borrow()) {
            return edges;
        }
        let all = Bitmap::full(self.rows as usize);
        let instrument = item.filter(|it| it.1.score);
        let instrument =
            instrument.and_then(|it| scoring::instrument(&it.1.instrument.as_ref()?.id));
        let most = instrument.map_or(f64::INFINITY, |it| it.range.1);
        let made = Rc::new(edges(&numbers.sorted(&all), minimum, most));
        self.known.borrow_mut().edges.push((key, Rc::clone(&made)));
        made
    }

    /// How scores are worked out.
    pub(crate) fn scorer(&self) -> &Scorer {
        &self.scorer
    }

    fn forget(&mut self) {
        *self.known.get_mut() = Known::default();
    }

    /// Adds a response; false if there are four billion already.
    pub(crate) fn push(&mut self, draft: &Draft) -> bool {
        let Some(next) = self.rows.checked_add(1) else {
            return false;
        };
        let row = self.rows as usize;
        draft.commit(&mut self.columns, row);
        self.pending.push(row, draft.codes(), &mut self.columns);
        self.rows = next;
        if !self.known.get_mut().is_empty() {
            self.forget();
        }
        true
    }

    /// Adds answers that were not known when their respondents came: row, variable, choice. Who
    /// has another answer to a question of one choice keeps it.
    pub(crate) fn add_late(&mut self, answers: impl Iterator<Item = (u32, usize, usize)>) {
        self.pending.write(&mut self.columns);
        for (row, item_ix, choice) in answers {
            let row = row as usize;
            match self.columns.get_mut(item_ix) {
                Some(Column::One { codes, other }) => {
                    let is_free = !other.has(row) && codes.iter().all(|it| !it.has(row));
                    if let Some(code) = codes.get_mut(choice).filter(|_| is_free) {
                        code.set(row);
                    }
                }
                Some(Column::Many {
                    codes, answered, ..
                }) => {
                    answered.set(row);
                    if let Some(code) = codes.get_mut(choice) {
                        code.set(row);
                    }
                }
                _ => {}
            }
        }
    }

    /// A source was read to its end: works out the scores of those who came.
    pub(crate) fn complete(&mut self) {
        self.pending.write(&mut self.columns);
        let scorer = Rc::clone(&self.scorer);
        scorer.score(&mut self.columns, self.scored..self.rows);
        self.scored = self.rows;
        self.forget();
    }

    /// Forgets responses from `rows` on.
    pub(crate) fn truncate(&mut self, rows: u32) {
        self.pending.clear();
        if rows < self.rows {
            self.rows = rows;
            self.scored = self.scored.min(rows);
            self.forget();
            for column in &mut self.columns {
                column.truncate(rows as usize);
            }
        }
    }
}

impl Known {
    fn is_empty(&self) -> bool {
        self.groups.is_empty()
            && self.first.is_empty()
            && self.patterns.is_empty()
            && self.edges.is_empty()
            && self.weights.is_none()
    }
}

fn find<K: PartialEq, V>(known: &[(K, Rc<V>)], key: &K) -> Option<Rc<V>> {
    let found = known.iter().find(|(it, _)| it == key);
    found.map(|(_, it)| Rc::clone(it))
}
