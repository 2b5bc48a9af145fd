//! Reading responses as they stream in.

pub(crate) mod answers;
mod lines;
mod names;
mod scan;

use answers::{Draft, Plan};
use lines::{Line, Lines};

use crate::dataset::Dataset;
use crate::protocol::BadLine;

/// How many bad lines are listed; all are counted.
pub const LISTED_BAD_LINES: usize = 100;

/// Reads one source of NDJSON into a dataset, piece by piece.
///
/// Dropping a loader without [`Loader::finish`] is a cancellation: [`Loader::cancel`] gives the
/// dataset back as it was before.
#[derive(Debug)]
pub struct Loader {
    dataset: Dataset,
    plan: Plan,
    lines: Lines,
    draft: Draft,
    rows_before: u32,
    report: Report,
}

/// What became of a source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Bytes read.
    pub bytes: u64,
    /// Lines seen, blank ones included.
    pub lines: u64,
    /// Responses this source added.
    pub responses: u32,
    /// Lines that could not be read.
    pub bad_lines: u32,
    /// The first [`LISTED_BAD_LINES`] of them.
    pub bad: Vec<BadLine>,
}

impl Loader {
    /// Will add to `dataset`.
    pub fn new(dataset: Dataset) -> Self {
        Self {
            plan: Plan::new(dataset.codebook()),
            lines: Lines::default(),
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
            plan,
            lines,
            draft,
            report,
            ..
        } = self;
        lines.push(bytes, |line| read_line(line, dataset, plan, draft, report));
    }

    /// What was read so far.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Responses in the dataset so far.
    pub fn responses(&self) -> u32 {
        self.dataset.responses()
    }

    /// Reads the last line, and gives the dataset back with a report.
    pub fn finish(mut self) -> (Dataset, Report) {
        let lines = core::mem::take(&mut self.lines);
        lines.finish(|line| {
            read_line(
                line,
                &mut self.dataset,
                &self.plan,
                &mut self.draft,
                &mut self.report,
            );
        });
        (self.dataset, self.report)
    }

    /// Gives the dataset back without what this source brought.
    pub fn cancel(mut self) -> Dataset {
        self.dataset.truncate(self.rows_before);
        self.dataset
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
        Line::Whole(line) if line.iter().all(u8::is_ascii_whitespace) => return,
        Line::Whole(line) => plan.read(line, draft),
    };
    match read {
        Ok(()) => {
            if dataset.push(draft) {
                report.responses += 1;
            }
        }
        Err(code) => {
            report.bad_lines += 1;
            if report.bad.len() < LISTED_BAD_LINES {
                report.bad.push(BadLine {
                    line: report.lines,
                    code,
                });
            }
        }
    }
}
