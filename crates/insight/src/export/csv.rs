//! Comma-separated values (RFC 4180), one line per figure.

use super::differences::{Beside, Line};
use super::edition::Edition;
use super::table::{code, middles, written};
use crate::compare::Test;
use crate::release::{Figures, Label, Release};

/// Columns of a comparison, after those of the figures.
const COMPARED: [&str; 20] = [
    "side_one",
    "side_other",
    "n_one",
    "n_other",
    "one",
    "other",
    "difference",
    "low",
    "high",
    "test",
    "statistic",
    "degrees",
    "p",
    "corrected",
    "measure",
    "effect",
    "size",
    "verdict",
    "changes",
    "says",
];

/// UTF-8 with a header; `hidden` says why a figure is empty; `weighted` per cents stand last if the
/// answers are weighted. Boxes of a scale follow its rows; of scales and numbers `(median)`,
/// `(mean)` and the like have their value under `number`. Cells that a spreadsheet would take for a
/// formula get an apostrophe before them.
///
/// A group of which nothing is shown has one line, with `hidden` and no `question` nor `value`: it is
/// about the group as a whole.
///
/// A comparison follows in lines and columns of its own: of each variable `(question)` with the test
/// and what may be said, then its rows (per cents and percentage points with one decimal) or its
/// `(mean)`.
pub fn csv(release: &Release, edition: &Edition<'_>) -> String {
    let first = release.groups().first();
    let by = first.map(|it| it.by.as_slice()).unwrap_or_default();
    let variables: Vec<&str> = by.iter().map(|(name, _)| name.as_str()).collect();
    let mut head: Vec<&str> = variables.clone();
    head.extend([
        "question", "value", "count", "percent", "n", "base", "hidden", "number",
    ]);
    let weighted = release.head().weighting.is_some();
    head.extend(weighted.then_some("weighted"));
    let width = head.len();
    if edition.compared.is_some() {
        head.extend(COMPARED);
    }
    let mut out = Table {
        out: String::new(),
        n_cells: head.len(),
    };
    out.line(head.into_iter());
    let whole = vec![String::new(); variables.len()];
    for figures in release.questions() {
        out.figures(&whole, figures, (edition, weighted));
    }
    for group in release.groups() {
        let by = group.by.iter();
        let by: Vec<String> = by
            .map(|(_, value)| code(&Label::Value(value.clone())))
            .collect();
        if let Some(why) = group.hidden {
            let rest = ["", "", "", "", "", "", why.name()];
            out.line(by.iter().map(String::as_str).chain(rest));
        }
        for figures in &group.questions {
            out.figures(&by, figures, (edition, weighted));
        }
    }
    if let Some(beside) = edition.compared {
        let sides = beside.codes();
        for line in beside.lines(edition) {
            let mut cells = vec![String::new(); width];
            let own = [
                line.found.name.clone(),
                line.code(),
                line.hidden()
                    .map(|it| it.name().to_owned())
                    .unwrap_or_default(),
            ];
            let places = [0, 1, 6].map(|it| it + variables.len());
            for (place, text) in places.into_iter().zip(own) {
                if let Some(cell) = cells.get_mut(place) {
                    *cell = text;
                }
            }
            cells.extend(compared(&line, &sides, beside, edition));
            out.line(cells.iter().map(String::as_str));
        }
    }
    out.out
}

fn compared(
    line: &Line<'_>,
    sides: &(String, String),
    beside: Beside<'_>,
    edition: &Edition<'_>,
) -> [String; COMPARED.len()] {
    let decimal = |it: Option<f64>| it.map(written).unwrap_or_default();
    let n = |it: Option<u32>| it.map(|it| it.to_string()).unwrap_or_default();
    let test = line.test();
    let of_test = |read: &dyn Fn(&Test) -> Option<f64>| decimal(test.and_then(read));
    let numbers = line.numbers();
    [
        sides.0.clone(),
        sides.1.clone(),
        n(line.found.n.0),
        n(line.found.n.1),
        decimal(numbers.one),
        decimal(numbers.other),
        decimal(numbers.difference),
        decimal(numbers.low),
        decimal(numbers.high),
        test.map(|it| it.method.name().to_owned())
            .unwrap_or_default(),
        of_test(&|it| it.statistic),
        of_test(&|it| it.degrees),
        of_test(&|it| Some(it.p)),
        of_test(&|it| Some(it.corrected)),
        test.map(|it| it.effect.measure.name().to_owned())
            .unwrap_or_default(),
        of_test(&|it| Some(it.effect.value)),
        test.map(|it| it.effect.size.name().to_owned())
            .unwrap_or_default(),
        line.verdict()
            .map(|it| it.name().to_owned())
            .unwrap_or_default(),
        line.changes(),
        line.says(beside.comparison.is_of_rounds(), edition),
    ]
}

/// The text so far; every line has as many cells as the heading.
struct Table {
    out: String,
    n_cells: usize,
}

impl Table {
    fn line<'a>(&mut self, cells: impl Iterator<Item = &'a str>) {
        let padded = cells.chain(core::iter::repeat("")).take(self.n_cells);
        line(&mut self.out, padded);
    }

    fn figures(
        &mut self,
        by: &[String],
        figures: &Figures,
        (edition, weighted): (&Edition<'_>, bool),
    ) {
        let number = |it: Option<u32>| it.map(|it| it.to_string()).unwrap_or_default();
        for row in figures.rows.iter().chain(&figures.boxes) {
            let cells = [
                figures.name.clone(),
                code(&row.label),
                number(row.count),
                number(row.percent),
                number(figures.n),
                figures.base.name().to_owned(),
                row.hidden
                    .map(|it| it.name().to_owned())
                    .unwrap_or_default(),
                String::new(),
            ];
            let last = weighted.then(|| number(row.weighted.map(|it| it.percent)));
            self.line(by.iter().chain(&cells).chain(&last).map(String::as_str));
        }
        let item = edition.codebook.item(&figures.name);
        let is_numeric = item.is_none_or(|it| it.1.is_numeric());
        let middles = figures
            .summary
            .iter()
            .flat_map(|it| middles(it, is_numeric));
        for (name, value, summary) in middles {
            let cells = [
                figures.name.clone(),
                format!("({name})"),
                String::new(),
                String::new(),
                number(summary.n),
                String::new(),
                summary
                    .hidden
                    .map(|it| it.name().to_owned())
                    .unwrap_or_default(),
                value.map(|it| it.to_string()).unwrap_or_default(),
            ];
            self.line(by.iter().chain(&cells).map(String::as_str));
        }
    }
}

/// One line; cells that a spreadsheet would take for a formula get an apostrophe before them.
pub(crate) fn line<'a>(out: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (cell_ix, cell) in cells.enumerate() {
        if cell_ix > 0 {
            out.push(',');
        }
        let formula = cell.starts_with(['=', '+', '@', '\t', '\r'])
            || (cell.starts_with('-') && cell.parse::<f64>().is_err());
        let quoted = formula || cell.contains([',', '"', '\n', '\r', ';']);
        if quoted {
            out.push('"');
        }
        if formula {
            out.push('\'');
        }
        out.push_str(&cell.replace('"', "\"\""));
        if quoted {
            out.push('"');
        }
    }
    out.push_str("\r\n");
}
