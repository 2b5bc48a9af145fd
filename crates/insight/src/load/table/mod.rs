//! Reading responses from tables: one row per respondent, one heading per column.

mod encoding;
mod guess;
mod limesurvey;
mod mapping;
mod places;
pub mod preview;
mod records;

pub use limesurvey::Order;
pub use mapping::{Mapped, Mapping};
pub use places::{Positions, Taken, Unsure, may_be_places};

use std::collections::BTreeMap;

use guess::{category, guess, plain};
use places::{Proof, Reading, Waiting};
use records::{Read, Record, Records};

use super::answers::{Draft, Entry};
use crate::codebook::{Codebook, Item, Kind};

/// Reads a table with a mapping, given or guessed from its headings.
#[derive(Debug)]
pub(super) struct Table {
    records: Records,
    rows: Rows,
}

/// Cells of a column that are none of its variable's choices: a mapping may say what they stand for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unknown {
    /// The column's heading.
    pub heading: String,
    /// The variable it was matched with.
    pub variable: String,
    /// How many such cells there are.
    pub n: u32,
    /// Of how many cells with an answer.
    pub of: u32,
    /// The first [`LISTED_CELLS`] different ones.
    pub cells: Vec<String>,
}

impl Unknown {
    /// True if at least nine cells of ten are no choices: the column is most likely matched with
    /// another question than its own, or has codes that nobody has translated.
    pub fn is_foreign(&self) -> bool {
        u64::from(self.n) * 10 >= u64::from(self.of) * 9
    }
}

/// So many cells of one's own words let it be asked whether they are.
const MANY_OWN_WORDS: u32 = 10;

/// How many unknown cells of a column are listed.
pub const LISTED_CELLS: usize = 20;

/// What a table was read with, and what of it was not understood.
pub(super) struct Understood {
    pub mapping: Mapping,
    pub unmatched: Vec<String>,
    pub unknown: Vec<Unknown>,
    pub unsure: Vec<Unsure>,
    /// How many columns were taken by the order of their codes.
    pub by_order: u32,
    /// Answers that were not known before the end: row of this source, variable, choice.
    pub late: Vec<(u32, usize, usize)>,
}

/// What comes of one record.
pub(super) enum Row {
    /// A respondent; the draft has the answers.
    Respondent,
    /// The headings, or a blank line.
    Nothing,
    /// A code of [`crate::protocol::BadLine`].
    Bad(&'static str),
}

#[derive(Debug)]
struct Rows {
    given: Option<Mapping>,
    used: Mapping,
    unmatched: Vec<String>,
    /// Headings that feed what the order of sub-questions says.
    orders: Vec<(String, Order)>,
    headings: Vec<String>,
    items: Vec<Item>,
    codebook: Codebook,
    columns: Option<Vec<Option<Column>>>,
    /// Respondents so far.
    n: u32,
}

/// How the cells of one column are read.
#[derive(Debug, Clone)]
struct Column {
    item_ix: usize,
    mapped: Mapped,
    ticked: Option<usize>,
    /// What cells came to that were seen before.
    seen: BTreeMap<String, Option<Entry>>,
    /// How many cells, or parts of them, were read as choices.
    n_cells: u32,
    /// How many of them came to no choice.
    n_unknown: u32,
    /// True if the mapping says of no code of `LimeSurvey`'s own what it stands for.
    takes_order: bool,
    /// What its numbers are taken for until the end.
    numbers: Positions,
    proof: Proof,
    waiting: Waiting,
}

/// How many different cells of a column are remembered.
const REMEMBERED: usize = 1000;

/// What tools write where there is no answer, in [`plain`] form.
const NO_ANSWER: [&str; 7] = [
    "ei vastausta",
    "ei vastannut",
    "inget svar",
    "no answer",
    "n/a",
    "na",
    "#null!",
];

impl Table {
    pub(super) fn new(codebook: &Codebook, given: Option<Mapping>) -> Self {
        let delimiter = given.as_ref().and_then(|it| it.delimiter);
        Self {
            records: Records::new(delimiter.and_then(|it| u8::try_from(it).ok())),
            rows: Rows {
                given,
                used: Mapping::default(),
                unmatched: Vec::new(),
                orders: Vec::new(),
                headings: Vec::new(),
                items: codebook.items().map(|(_, item)| item.clone()).collect(),
                codebook: codebook.clone(),
                columns: None,
                n: 0,
            },
        }
    }

    pub(super) fn push(
        &mut self,
        bytes: &[u8],
        draft: &mut Draft,
        mut each: impl FnMut(u64, Row, &Draft),
    ) {
        let Self { records, rows } = self;
        records.push(bytes, |read| rows.take(read, draft, &mut each));
    }

    pub(super) fn finish(
        self,
        draft: &mut Draft,
        mut each: impl FnMut(u64, Row, &Draft),
    ) -> Understood {
        let Self { records, mut rows } = self;
        let delimiter = records.delimiter();
        records.finish(|read| rows.take(read, draft, &mut each));
        rows.used.delimiter = delimiter.map(char::from);
        let (mut unsure, late) = rows.settle();
        let by_order = rows.settle_orders(&mut unsure);
        let columns = rows.columns.iter().flatten().flatten();
        let unknown = columns.filter_map(|it| it.unknown(rows.items.get(it.item_ix)?));
        Understood {
            unsure,
            by_order,
            late,
            unknown: unknown.collect(),
            mapping: rows.used,
            unmatched: rows.unmatched,
        }
    }
}

impl Rows {
    fn take(&mut self, read: Read<'_>, draft: &mut Draft, each: &mut impl FnMut(u64, Row, &Draft)) {
        let (line, row) = match read {
            Read::TooLong(line) => (line, Row::Bad("too-long")),
            Read::Record(record, line) if record.is_blank() => (line, Row::Nothing),
            Read::Record(record, line) => match &mut self.columns {
                None => {
                    self.headings(record);
                    (line, Row::Nothing)
                }
                Some(columns) => {
                    draft.begin(self.items.len());
                    let row = respondent(columns, (&self.items, self.n), record, draft);
                    let is_good = matches!(row, Row::Respondent);
                    for column in columns.iter_mut().flatten() {
                        column.waiting.end_row(is_good);
                    }
                    self.n += u32::from(is_good);
                    (line, row)
                }
            },
        };
        each(line, row, draft);
    }

    fn headings(&mut self, record: &Record) {
        let headings: Vec<&str> = record.cells().collect();
        let guessed = guess(&self.codebook, headings.iter().copied());
        self.used = self.given.clone().unwrap_or(guessed.mapping.clone());
        self.orders = guessed.orders;
        self.orders.retain(|(heading, _)| {
            let feeds = |it: &Mapping| {
                it.of(heading)
                    .map(|it| (it.variable.clone(), it.code.clone()))
            };
            feeds(&self.used) == feeds(&guessed.mapping)
        });
        self.headings = record.cells().map(str::to_owned).collect();
        let mut columns = Vec::new();
        for heading in record.cells() {
            let mapped = self.used.columns.iter().find(|it| it.heading == heading);
            let column = mapped.and_then(|it| Column::new(it, &self.items));
            // What a mapping leaves out on purpose is no news.
            let is_known = mapped.is_some_and(|it| it.variable.is_empty());
            if column.is_none() && !is_known {
                self.unmatched.push(heading.to_owned());
            }
            columns.push(column);
        }
        self.used.complete(record.cells());
        self.columns = Some(columns);
    }

    /// Decides what the numbers of each column are, and writes what is proven into the mapping.
    fn settle(&mut self) -> (Vec<Unsure>, Vec<(u32, usize, usize)>) {
        let columns = || self.columns.iter().flatten().flatten();
        let votes: Vec<bool> = columns().filter_map(|it| it.proof.says_places()).collect();
        let others = !votes.is_empty() && votes.iter().all(|it| *it);
        let (mut unsure, mut late) = (Vec::new(), Vec::new());
        let mut proven = Vec::new();
        for column in columns().filter(|it| it.mapped.positions == Positions::Unclear) {
            let says = column.proof.says_places();
            let as_places = says.unwrap_or(others && column.proof == Proof::default());
            let settled = column.waiting.settle(as_places);
            late.extend(settled.map(|(row, choice)| (row, column.item_ix, choice)));
            let heading = column.mapped.heading.clone();
            match says {
                Some(as_places) if column.numbers == Positions::Unclear => {
                    proven.push((heading, as_places));
                }
                _ if column.waiting.is_empty() || column.mapped.checked => {}
                _ => unsure.push(Unsure {
                    heading,
                    taken: if as_places {
                        Taken::Places
                    } else {
                        Taken::Codes
                    },
                }),
            }
        }
        for (heading, as_places) in proven {
            let mut columns = self.used.columns.iter_mut();
            if let Some(column) = columns.find(|it| it.heading == heading) {
                column.positions = if as_places {
                    Positions::Places
                } else {
                    Positions::Codes
                };
            }
        }
        (unsure, late)
    }
}

impl Rows {
    /// Writes into the mapping what codes were taken for by their order, adds those that are not
    /// sure and that no mapping has said, and counts all that no mapping has said.
    fn settle_orders(&mut self, unsure: &mut Vec<Unsure>) -> u32 {
        let mut n = 0;
        let is_guess = self.given.is_none();
        for column in self.columns.iter().flatten().flatten() {
            let Some(item) = self.items.get(column.item_ix) else {
                continue;
            };
            let heading = &column.mapped.heading;
            let of_column = self.orders.iter().find(|it| is_guess && it.0 == *heading);
            let of_column = of_column.map(|it| it.1);
            let of_cells = column.order(item).filter(|_| column.takes_order);
            if let Some(sample) = column.codes(item).next().filter(|_| of_cells.is_some()) {
                let mut columns = self.used.columns.iter_mut();
                if let Some(mapped) = columns.find(|it| it.heading == *heading) {
                    mapped
                        .values
                        .extend(limesurvey::translations(item, sample.0));
                }
            }
            if let Some(order) = of_column.max(of_cells) {
                n += 1;
                let is_unsure = order == Order::Unsure && !column.mapped.checked;
                unsure.extend(is_unsure.then(|| Unsure {
                    heading: heading.clone(),
                    taken: Taken::Order,
                }));
            }
        }
        n
    }

    /// How sure the order is by which a column or its cells were taken, if they were.
    fn order(&self, column: &Column) -> Option<Order> {
        let item = self.items.get(column.item_ix)?;
        let mut orders = self.orders.iter();
        let own = orders.find(|it| it.0 == column.mapped.heading);
        own.map(|it| it.1).max(column.order(item))
    }
}

fn respondent(
    columns: &mut [Option<Column>],
    (items, row): (&[Item], u32),
    record: &Record,
    draft: &mut Draft,
) -> Row {
    let mut n_cells = 0;
    for (cell_ix, cell) in record.cells().enumerate() {
        let beyond = cell_ix >= columns.len() && !cell.trim().is_empty();
        if beyond {
            return Row::Bad("columns");
        }
        n_cells += 1;
        if let Some(Some(column)) = columns.get_mut(cell_ix)
            && let Some(item) = items.get(column.item_ix)
        {
            column.read(item, cell.trim(), row, draft);
        }
    }
    if n_cells < columns.len() {
        return Row::Bad("columns");
    }
    Row::Respondent
}

impl Column {
    fn new(mapped: &Mapped, items: &[Item]) -> Option<Self> {
        let item_ix = items.iter().position(|it| it.name == mapped.variable)?;
        let item = items.get(item_ix)?;
        let ticked = match &mapped.code {
            Some(code) => Some(category(&item.categories, code)?),
            None => None,
        };
        Some(Self {
            item_ix,
            numbers: match mapped.positions {
                Positions::Unclear if !may_be_places(item) => Positions::Codes,
                other => other,
            },
            proof: Proof::default(),
            waiting: Waiting::default(),
            mapped: mapped.clone(),
            ticked,
            seen: BTreeMap::new(),
            n_cells: 0,
            n_unknown: 0,
            takes_order: !mapped.values.keys().any(|it| limesurvey::is_code(item, it)),
        })
    }

    fn read(&mut self, item: &Item, cell: &str, row: u32, draft: &mut Draft) {
        if cell.is_empty() {
            return;
        }
        match item.kind {
            Kind::Number => draft.number(self.item_ix, cell),
            Kind::Text if NO_ANSWER.contains(&plain(cell).as_str()) => {}
            Kind::Text => draft.text(self.item_ix, cell),
            Kind::Multiple | Kind::Matrix | Kind::Ranking if self.ticked.is_none() => {
                let separator = self.mapped.separator.clone().unwrap_or_default();
                let wanted = match item.kind {
                    Kind::Ranking => 1,
                    _ => usize::MAX,
                };
                let mut parts = if separator.is_empty() {
                    vec![cell]
                } else {
                    cell.split(&separator).map(str::trim).collect()
                };
                parts.retain(|it| !it.is_empty());
                if let ([only], true) = (parts.as_slice(), item.kind == Kind::Multiple)
                    && !self.mapped.values.contains_key(*only)
                    && let Some(listed) = listed(item, only)
                {
                    parts = listed;
                }
                for part in parts.into_iter().take(wanted) {
                    self.take(item, part, row, draft);
                }
            }
            _ => self.take(item, cell, row, draft),
        }
    }

    /// Adds what one cell, or a part of it, comes to.
    fn take(&mut self, item: &Item, cell: &str, row: u32, draft: &mut Draft) {
        self.n_cells += 1;
        if self.waits(item, cell, row) {
            return;
        }
        let entry = self.seen.get(cell).copied().unwrap_or_else(|| {
            let entry = match self.ticked {
                Some(code) => is_tick(item, code, cell).then_some(Entry::Code(code)),
                None => self.code(item, cell),
            };
            if self.seen.len() < REMEMBERED {
                self.seen.insert(cell.to_owned(), entry);
            }
            entry
        });
        self.n_unknown += u32::from(entry == Some(Entry::Other));
        if let Some(entry) = entry {
            draft.add(item.kind, self.item_ix, entry);
        }
    }

    /// Keeps a number back of which only the end tells what it is.
    fn waits(&mut self, item: &Item, cell: &str, row: u32) -> bool {
        let is_open = self.mapped.positions == Positions::Unclear && self.ticked.is_none();
        if !is_open || self.mapped.values.contains_key(cell) {
            return false;
        }
        let Some(read) = Reading::of(item, cell) else {
            return false;
        };
        self.proof.see(read);
        let waits = self.numbers == Positions::Unclear && read.placed.is_some();
        if waits && read.coded != read.placed {
            self.waiting.push(row, read);
            return true;
        }
        false
    }

    /// Cells that came to no choice, where people could not write their own, or where they are
    /// nearly all that there is.
    fn unknown(&self, item: &Item) -> Option<Unknown> {
        let other = |(cell, entry): (&String, &Option<Entry>)| {
            (*entry == Some(Entry::Other)).then(|| cell.clone())
        };
        let found = Unknown {
            heading: self.mapped.heading.clone(),
            variable: item.name.clone(),
            n: self.n_unknown,
            of: self.n_cells,
            cells: (self.seen.iter().filter_map(other).take(LISTED_CELLS)).collect(),
        };
        let is_odd = if item.open_ended {
            found.n >= MANY_OWN_WORDS && found.is_foreign()
        } else {
            found.n > 0
        };
        is_odd.then_some(found)
    }

    /// Cells that are codes of `LimeSurvey`'s own, with the choice that each came to.
    fn codes<'a>(&'a self, item: &'a Item) -> impl Iterator<Item = (&'a str, Option<usize>)> {
        let is_open = self.ticked.is_none() && !item.categories.is_empty();
        let seen = self.seen.iter().filter(move |_| is_open);
        let codes = seen.filter(|(cell, _)| limesurvey::is_code(item, cell));
        codes.map(|(cell, entry)| match entry {
            Some(Entry::Code(code)) => (cell.as_str(), Some(*code)),
            _ => (cell.as_str(), None),
        })
    }

    /// How sure the order is by which its cells were taken, if they were.
    fn order(&self, item: &Item) -> Option<Order> {
        limesurvey::order(item, self.codes(item))
    }

    /// `None` for cells that stand for no answer.
    fn code(&self, item: &Item, cell: &str) -> Option<Entry> {
        if let Some(code) = self.mapped.values.get(cell) {
            if code.is_empty() {
                return None;
            }
            return Some(category(&item.categories, code).map_or(Entry::Other, Entry::Code));
        }
        let named = category(&item.categories, cell);
        let placed = Reading::of(item, cell).and_then(|it| it.placed);
        let found = match self.mapped.positions {
            Positions::Codes => named,
            Positions::Places => placed.or(named),
            Positions::Unclear => named.or(placed),
        };
        match found {
            Some(code) => Some(Entry::Code(code)),
            None if NO_ANSWER.contains(&plain(cell).as_str()) => None,
            None => {
                let ordered = limesurvey::choice(item, cell);
                let taken =
                    ordered.filter(|_| self.takes_order || !limesurvey::is_code(item, cell));
                Some(taken.map_or(Entry::Other, Entry::Code))
            }
        }
    }
}

/// The choices that a cell lists with a comma, a bar or a new line between them, which may stand in a
/// choice itself; `None` if it is one choice, or not all of it are choices.
fn listed<'a>(item: &Item, cell: &'a str) -> Option<Vec<&'a str>> {
    let is_choice = |it: &str| category(&item.categories, it.trim()).is_some();
    if is_choice(cell) {
        return None;
    }
    let by = |separator: char| {
        let mut found = Vec::new();
        let mut rest = cell;
        while !rest.trim().is_empty() {
            let ends = rest.match_indices(separator).map(|it| it.0);
            let ends: Vec<usize> = ends.chain([rest.len()]).collect();
            let choice = |end: &usize| rest.get(..*end).filter(|it| is_choice(it));
            let (end, choice) = ends.iter().rev().find_map(|it| Some((*it, choice(it)?)))?;
            found.push(choice.trim());
            rest = rest.get(end + 1..).unwrap_or_default();
        }
        Some(found)
    };
    [',', '|', '\n'].into_iter().find_map(by)
}

/// In a column of its own per choice anything but a "no" is a tick. As in our own answers, a
/// respondent without any tick has not answered.
fn is_tick(item: &Item, code: usize, cell: &str) -> bool {
    const NO: [&str; 9] = [
        "0",
        "n",
        "no",
        "ei",
        "nej",
        "false",
        "not selected",
        "ei valittu",
        "-",
    ];
    let word = plain(cell);
    let is_no = NO.contains(&word.as_str()) || NO_ANSWER.contains(&word.as_str());
    !is_no || category(&item.categories, cell) == Some(code)
}
