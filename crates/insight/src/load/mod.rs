//! Reading responses as they stream in.

pub(crate) mod answers;
mod lines;
mod names;
mod scan;
mod short;
mod table;

use answers::{Draft, Plan};
use lines::{Line, Lines};
pub use table::{
    LISTED_CELLS, Mapped, Mapping, Order, Positions, Taken, Unknown, Unsure, may_be_places, preview,
};
use table::{Row, Table};

use crate::dataset::Dataset;
use crate::protocol::BadLine;

/// How many bad lines are listed; all are counted.
pub const LISTED_BAD_LINES: usize = 100;

/// Reads one source into a dataset, piece by piece.
#[derive(Debug)]
pub struct Loader {
    dataset: Dataset,
    source: Source,
    draft: Draft,
    rows_before: u32,
    report: Report,
}

#[derive(Debug)]
enum Source {
    Ndjson { plan: Box<Plan>, lines: Lines },
    Table(Box<Table>),
}

/// What became of a source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Bytes read.
    pub bytes: u64,
    /// Lines seen, blank ones and headings included; of a table, the line of the last row.
    pub lines: u64,
    /// Responses this source added.
    pub responses: u32,
    /// Lines that could not be read.
    pub bad_lines: u32,
    /// The first [`LISTED_BAD_LINES`] of them.
    pub bad: Vec<BadLine>,
    /// Of a table: the mapping that was used, to be kept and corrected.
    pub mapping: Option<Mapping>,
    /// Of a table: headings that feed nothing.
    pub unmatched: Vec<String>,
    /// Of a table: cells that are no choices of the survey, column by column.
    pub unknown: Vec<Unknown>,
    /// Of a table: columns that could be read in another way, too.
    pub unsure: Vec<Unsure>,
    /// Of a table: how many columns were taken, or have answers that were taken, by the order of
    /// codes that say nothing else.
    pub by_order: u32,
}

impl Loader {
    /// Will add NDJSON to `dataset`: one JSON object a line, its answers under `answers`.
    pub fn new(dataset: Dataset) -> Self {
        let source = Source::Ndjson {
            plan: Box::new(Plan::new(dataset.codebook())),
            lines: Lines::default(),
        };
        Self::of(dataset, source)
    }

    /// Will add a table with headings (CSV and its kin, also exports of Webropol and `LimeSurvey`)
    /// to `dataset`; without a mapping one is guessed.
    pub fn table(dataset: Dataset, mapping: Option<Mapping>) -> Self {
        let table = Table::new(dataset.codebook(), mapping);
        Self::of(dataset, Source::Table(Box::new(table)))
    }

    fn of(dataset: Dataset, source: Source) -> Self {
        Self {
            source,
            draft: Draft::default(),
            rows_before: dataset.responses(),
            report: Report::default(),
            dataset,
        }
    }

    /// Reads the next bytes; they may end anywhere.
    pub fn push(&mut self, bytes: &[u8]) {
        self.report.bytes += bytes.len() as u64;
        let Self {
            dataset,
            source,
            draft,
            report,
            ..
        } = self;
        match source {
            Source::Ndjson { plan, lines } => {
                lines.push(bytes, |line| read_line(line, dataset, plan, draft, report));
            }
            Source::Table(table) => {
                table.push(bytes, draft, |line, row, draft| {
                    take_row(line, &row, draft, dataset, report);
                });
            }
        }
    }

    /// What was read so far.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Responses in the dataset so far.
    pub fn responses(&self) -> u32 {
        self.dataset.responses()
    }

    /// Reads what is left of the last line, and gives the dataset back with a report.
    pub fn finish(self) -> (Dataset, Report) {
        let Self {
            mut dataset,
            source,
            mut draft,
            mut report,
            rows_before,
        } = self;
        match source {
            Source::Ndjson { plan, lines } => lines.finish(|line| {
                read_line(line, &mut dataset, &plan, &mut draft, &mut report);
            }),
            Source::Table(table) => {
                let understood = table.finish(&mut draft, |line, row, draft| {
                    take_row(line, &row, draft, &mut dataset, &mut report);
                });
                report.mapping = Some(understood.mapping);
                report.unmatched = understood.unmatched;
                report.unknown = understood.unknown;
                report.unsure = understood.unsure;
                report.by_order = understood.by_order;
                let late = understood.late.into_iter();
                dataset.add_late(late.map(|(row, item, code)| (rows_before + row, item, code)));
            }
        }
        dataset.complete();
        (dataset, report)
    }

    /// Gives the dataset back without what this source brought.
    pub fn cancel(mut self) -> Dataset {
        self.dataset.truncate(self.rows_before);
        self.dataset
    }
}

fn take_row(line: u64, row: &Row, draft: &Draft, dataset: &mut Dataset, report: &mut Report) {
    report.lines = line;
    match row {
        Row::Nothing => {}
        Row::Respondent => report.responses += u32::from(dataset.push(draft)),
        Row::Bad(code) => report.note_bad(code),
    }
}

impl Report {
    fn note_bad(&mut self, code: &'static str) {
        self.bad_lines += 1;
        if self.bad.len() < LISTED_BAD_LINES {
            self.bad.push(BadLine {
                line: self.lines,
                code,
            });
        }
    }
}

fn read_line(
    line: Line<'_>,
    dataset: &mut Dataset,
    plan: &Plan,
    draft: &mut Draft,
    report: &mut Report,
) {
    report.lines += 1;
    let read = match line {
        Line::TooLong => Err("too-long"),
        Line::Whole(line) if line.bytes.iter().all(u8::is_ascii_whitespace) => return,
        Line::Whole(line) => plan.read(line, draft),
    };
    match read {
        Ok(()) => report.responses += u32::from(dataset.push(draft)),
        Err(code) => report.note_bad(code),
    }
}
