//! A question through the rounds: rounds down, the first one first, and where the line breaks.

use charts::{Cell, Line, LineBlock, LineChart};
use insight::codebook::{Item, Kind, Question};
use insight::release::{Hidden, Label, Summary};
use insight::rounds::{OverTime, Step};

use super::contrast::change;
use super::drawing_of::{cell as cell_of, hidden};
use super::label::{Texts, decimal, number, percent, reason};
use super::side::main_item;
use super::table::{Table, TableCell, TableRow, Weight};
use crate::words::{t, t_with};

/// The table of a question; `None` where there is nothing to follow.
pub fn over_time(question: &Question, rounds: &OverTime, texts: &Texts<'_>) -> Option<Table> {
    let main = main_item(question)?;
    if main.kind == Kind::Text {
        return None;
    }
    let items = items(question, main);
    let columns = columns(main, rounds);
    let mut table = Table {
        head: head(main, &columns, texts),
        ..Table::default()
    };
    let mut reasons = Vec::new();
    for item in &items {
        if items.len() > 1 {
            table.rows.push(heading(texts.item(item)));
        }
        for step in rounds.steps(&item.name) {
            if !step.changes.is_empty() {
                table.rows.push(heading(broken(&step)));
            }
            table.rows.push(TableRow {
                label: step.round.to_owned(),
                cells: cells(item, &step, &columns, texts, &mut reasons),
                weight: Weight::Plain,
            });
        }
    }
    reasons.sort_unstable();
    reasons.dedup();
    table.reasons = reasons.into_iter().map(reason).collect();
    Some(table)
}

/// More lines than this are not drawn: their figures are in the table.
const MOST_LINES: usize = 24;

/// The same as lines; `None` where there is nothing to draw, or too much.
pub fn lines_over_time(
    question: &Question,
    rounds: &OverTime,
    texts: &Texts<'_>,
) -> Option<LineChart> {
    let main = main_item(question).filter(|it| it.kind != Kind::Text)?;
    let items = items(question, main);
    let columns = columns(main, rounds);
    let block = |item: &&Item| {
        let steps = rounds.steps(&item.name);
        let breaks = steps.iter().enumerate().filter(|(_, it)| it.is_broken());
        LineBlock {
            heading: (items.len() > 1).then(|| texts.item(item)),
            breaks: breaks.map(|(at, _)| at).collect(),
            lines: lines(item, &steps, &columns, texts),
        }
    };
    let blocks: Vec<LineBlock> = items.iter().map(block).collect();
    let n = blocks.iter().map(|it| it.lines.len()).sum::<usize>();
    (1..=MOST_LINES).contains(&n).then(|| LineChart {
        rounds: rounds.rounds().iter().map(|it| it.name.clone()).collect(),
        break_word: t("organise.series.broken"),
        blocks,
    })
}

/// A line for each answer, or one of the means.
fn lines(item: &Item, steps: &[Step<'_>], columns: &[Label], texts: &Texts<'_>) -> Vec<Line> {
    if item.kind == Kind::Number {
        let highest = steps.iter().filter_map(|it| summary(it)?.mean);
        let highest = highest.fold(0.0, f64::max);
        let cell = |it: &Step<'_>| match summary(it) {
            Some(it) if it.hidden.is_some() => hidden(),
            Some(it) => it.mean.map_or_else(nothing, |mean| Cell::Shown {
                share: if highest > 0.0 { mean / highest } else { 0.0 },
                text: decimal(mean, &texts.language),
            }),
            None => nothing(),
        };
        return vec![Line {
            label: t("organise.column.mean"),
            cells: steps.iter().map(cell).collect(),
        }];
    }
    let cell = |label: &Label, it: &Step<'_>| {
        let row = it.figures.and_then(|figures| figures.row(label, it.boxes));
        row.map_or_else(nothing, cell_of)
    };
    let line = |label: &Label| Line {
        label: texts.row(item, label),
        cells: steps.iter().map(|it| cell(label, it)).collect(),
    };
    columns.iter().map(line).collect()
}

fn summary<'a>(step: &Step<'a>) -> Option<&'a Summary> {
    step.figures?.summary.as_ref()
}

fn nothing() -> Cell {
    Cell::Nothing {
        text: "–".to_owned(),
    }
}

/// The variables that are followed: of a score its bands.
fn items<'a>(question: &'a Question, main: &'a Item) -> Vec<&'a Item> {
    if main.score {
        vec![main]
    } else {
        question.items.iter().collect()
    }
}

/// The boxes of the scale where it has them, else the answers; none for numbers.
fn columns(item: &Item, rounds: &OverTime) -> Vec<Label> {
    let last = rounds.rounds().last();
    let figures = last.and_then(|it| it.release.figures(&item.name));
    let rows = figures.map(|it| {
        if it.boxes.is_empty() {
            &it.rows
        } else {
            &it.boxes
        }
    });
    let rows = rows.into_iter().flatten();
    match item.kind {
        Kind::Number => Vec::new(),
        _ => rows.map(|it| it.label.clone()).collect(),
    }
}

fn head(item: &Item, columns: &[Label], texts: &Texts<'_>) -> Vec<String> {
    let mut head = vec![t("organise.series.round")];
    if item.kind == Kind::Number {
        head.push(t("organise.column.median"));
        head.push(t("organise.column.mean"));
    }
    head.extend(columns.iter().map(|it| texts.row(item, it)));
    head.push(t("organise.column.n"));
    head
}

fn heading(label: String) -> TableRow {
    TableRow {
        label,
        cells: Vec::new(),
        weight: Weight::Heading,
    }
}

/// What is said between two rounds.
fn broken(step: &Step<'_>) -> String {
    let why: Vec<String> = step.changes.iter().map(|it| change(*it)).collect();
    let why = why.join(" ");
    if step.is_broken() {
        t_with("organise.series.break", &[("why", &why)])
    } else {
        why
    }
}

fn cells(
    item: &Item,
    step: &Step<'_>,
    columns: &[Label],
    texts: &Texts<'_>,
    reasons: &mut Vec<Hidden>,
) -> Vec<TableCell> {
    let nothing = || TableCell::Text("–".to_owned());
    let Some(figures) = step.figures else {
        let n = if item.kind == Kind::Number {
            3
        } else {
            columns.len() + 1
        };
        return vec![nothing(); n];
    };
    let mut hidden = |why: Option<Hidden>| {
        reasons.push(why.unwrap_or(Hidden::TooFew));
        TableCell::Hidden(t("organise.hidden"))
    };
    let mut cells = Vec::new();
    if item.kind == Kind::Number {
        let summary = figures.summary.as_ref();
        let middles = [
            summary.and_then(|it| it.median),
            summary.and_then(|it| it.mean),
        ];
        cells.extend(middles.map(|it| match it {
            Some(it) => TableCell::Text(decimal(it, &texts.language)),
            None => match summary.and_then(|it| it.hidden) {
                Some(why) => hidden(Some(why)),
                None => nothing(),
            },
        }));
    }
    for label in columns {
        cells.push(match figures.row(label, step.boxes) {
            Some(row) if row.hidden.is_some() => hidden(row.hidden),
            Some(row) => TableCell::Text(row.percent.map_or_else(|| "–".to_owned(), percent)),
            None => nothing(),
        });
    }
    cells.push(match figures.n {
        Some(n) => TableCell::Text(number(n, &texts.language)),
        None => hidden(figures.hidden),
    });
    cells
}
