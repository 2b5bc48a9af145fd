//! Which chart a question gets, and its figures in it.

use charts::{
    Bar, BarBlock, BarChart, Bracket, Cell, Column, ColumnChart, LikertChart, LikertRow, Segment,
    Tone,
};
use insight::codebook::{Category, Item, Kind, Question};
use insight::release::{Figures, Label, Release, Row};
use json::Value;
use questionnaire::definition::Role;

use super::chart::Chart;
use super::label::{Texts, number, percent};
use super::side::{Side, Spread, main_item};
use crate::words::{t, t_with};

/// A scale of more steps than this, all without words, is drawn as upright columns.
const WORDLESS_STEPS: usize = 7;

/// The chart of a question; `None` where there is nothing to draw, as for free text, or where so
/// many stand beside each other that the table alone shows them.
pub fn chart(question: &Question, spread: &Spread<'_>, texts: &Texts<'_>) -> Option<Chart> {
    let first = main_item(question)?;
    let kind = if first.score {
        first.kind
    } else {
        question.kind
    };
    let is_alone = spread.sides.is_empty();
    let release = spread.release;
    if spread.is_too_much_to_draw() {
        return None;
    }
    match kind {
        Kind::Text => None,
        Kind::Matrix if first.kind == Kind::Scale => {
            Some(Chart::Stacks(matrix(question, spread, texts)))
        }
        Kind::Matrix => Some(Chart::Bars(rows_of_bars(question, spread, texts))),
        Kind::Scale if !is_alone && question.role != Role::Background => {
            Some(Chart::Stacks(matrix(question, spread, texts)))
        }
        Kind::Number if !is_alone => None,
        Kind::Number => columns(first, release, texts),
        Kind::Scale if is_wordless(first) => columns(first, release, texts),
        _ if is_alone => Some(Chart::Bars(bars(
            first,
            release.figures(&first.name)?,
            spread.intervals,
            texts,
        ))),
        _ => Some(Chart::Bars(bars_of_sides(first, spread, texts)?)),
    }
}

fn is_wordless(item: &Item) -> bool {
    item.categories.len() > WORDLESS_STEPS
        && item
            .categories
            .iter()
            .all(|it| it.text.is_empty() && it.meaning.is_none())
}

pub(super) fn hidden() -> Cell {
    Cell::Hidden {
        text: t("organise.hidden"),
    }
}

pub(super) fn cell(row: &Row) -> Cell {
    if row.hidden.is_some() {
        return hidden();
    }
    match row.percent {
        Some(whole) => shown(whole),
        None => Cell::Nothing {
            text: t("organise.noAnswers"),
        },
    }
}

fn shown(whole: u32) -> Cell {
    Cell::Shown {
        share: f64::from(whole) / 100.0,
        text: percent(whole),
    }
}

/// The figure of a row on one side; `None` if it has no such row.
fn cell_of(side: &Side<'_>, item: &Item, label: &Label) -> Cell {
    let Some(row) = side.row(&item.name, label) else {
        return hidden();
    };
    if !side.is_weighted {
        return cell(row);
    }
    match row.weighted {
        Some(it) => shown(it.percent),
        None => Cell::Nothing {
            text: t("organise.weighted.not"),
        },
    }
}

fn interval(row: &Row, is_weighted: bool) -> Option<[f64; 2]> {
    let (low, high) = if is_weighted {
        row.weighted?.interval
    } else {
        row.interval.filter(|_| row.hidden.is_none())?
    };
    Some([low, high])
}

fn is_aside(item: &Item, label: &Label) -> bool {
    match label {
        Label::Missing | Label::Unsure => true,
        Label::Value(value) => item
            .categories
            .iter()
            .any(|it| it.value == *value && it.meaning.is_some()),
        _ => false,
    }
}

fn bars(item: &Item, figures: &Figures, intervals: bool, texts: &Texts<'_>) -> BarChart {
    let bars = figures.rows.iter().map(|row| Bar {
        label: texts.row(item, &row.label),
        cell: cell(row),
        tone: if is_aside(item, &row.label) {
            Tone::Aside
        } else {
            Tone::Main
        },
        interval: interval(row, false).filter(|_| intervals),
    });
    BarChart::simple(bars.collect())
}

/// A matrix whose rows take several answers: a block of bars for each row.
fn rows_of_bars(question: &Question, spread: &Spread<'_>, texts: &Texts<'_>) -> BarChart {
    let blocks = question.items.iter().filter_map(|item| {
        let figures = spread.release.figures(&item.name)?;
        let mut chart = bars(item, figures, spread.intervals, texts);
        let mut block = chart.blocks.pop()?;
        block.heading = Some(texts.item(item));
        Some(block)
    });
    BarChart {
        blocks: blocks.collect(),
    }
}

/// A block for each choice, in it a bar for each side.
fn bars_of_sides(item: &Item, spread: &Spread<'_>, texts: &Texts<'_>) -> Option<BarChart> {
    let whole = spread.release.figures(&item.name)?;
    let two = spread.sides.len() == 2;
    let bar = |ix: usize, side: &Side<'_>, label: &Label| Bar {
        label: side.label.clone(),
        cell: cell_of(side, item, label),
        tone: if two && ix == 1 {
            Tone::Second
        } else {
            Tone::Main
        },
        interval: side
            .row(&item.name, label)
            .and_then(|row| interval(row, side.is_weighted))
            .filter(|_| spread.intervals),
    };
    let blocks = whole.rows.iter().map(|row| {
        let sides = spread.sides.iter().enumerate();
        // What does not compare is not drawn; below the chart stands why.
        let sides = sides.filter(|(_, it)| it.compares(&item.name));
        BarBlock {
            heading: Some(texts.row(item, &row.label)),
            bars: sides.map(|(ix, it)| bar(ix, it, &row.label)).collect(),
        }
    });
    Some(BarChart {
        blocks: blocks.collect(),
    })
}

fn columns(item: &Item, release: &Release, texts: &Texts<'_>) -> Option<Chart> {
    let figures = release.figures(&item.name)?;
    if figures.rows.is_empty() {
        return None;
    }
    let columns = figures.rows.iter().map(|row| Column {
        label: texts.row(item, &row.label),
        cell: cell(row),
    });
    Some(Chart::Columns(ColumnChart {
        columns: columns.collect(),
    }))
}

/// One bar for each row of a matrix, or for each side, or for each side below each row.
fn matrix(question: &Question, spread: &Spread<'_>, texts: &Texts<'_>) -> LikertChart {
    let alone = question.items.len() == 1;
    let mut rows = Vec::new();
    for item in &question.items {
        let label = if alone {
            t("organise.all")
        } else {
            texts.item(item)
        };
        let Some(whole) = spread.release.figures(&item.name) else {
            continue;
        };
        if spread.sides.is_empty() {
            rows.push(LikertRow {
                label,
                note: n_of(whole, texts),
                segments: whole
                    .rows
                    .iter()
                    .map(|row| Segment { cell: cell(row) })
                    .collect(),
                brackets: brackets(item, whole, cell, texts),
                heading: None,
            });
            continue;
        }
        let mut heading = (!alone).then_some(label);
        for side in spread.sides.iter().filter(|it| it.compares(&item.name)) {
            let mut row = stack(item, whole, side, texts);
            row.heading = heading.take();
            rows.push(row);
        }
    }
    let legend = question
        .items
        .first()
        .and_then(|item| Some((item, spread.release.figures(&item.name)?)))
        .map(|(item, figures)| legend(item, figures, texts))
        .unwrap_or_default();
    for row in &mut rows {
        row.segments
            .resize(legend.len(), Segment { cell: hidden() });
    }
    LikertChart {
        legend,
        rows,
        hidden_word: t("organise.hidden"),
    }
}

/// The bar of one side, its parts in the order of the whole.
fn stack(item: &Item, whole: &Figures, side: &Side<'_>, texts: &Texts<'_>) -> LikertRow {
    let Some(figures) = side.figures(&item.name) else {
        return LikertRow {
            label: side.label.clone(),
            ..LikertRow::default()
        };
    };
    let brackets = brackets(item, whole, |row| cell_of(side, item, &row.label), texts);
    let has_boxes = whole
        .boxes
        .iter()
        .any(|it| side.row(&item.name, &it.label).is_some());
    LikertRow {
        heading: None,
        label: side.label.clone(),
        note: n_of(figures, texts),
        segments: whole
            .rows
            .iter()
            .map(|row| Segment {
                cell: cell_of(side, item, &row.label),
            })
            .collect(),
        brackets: if has_boxes { brackets } else { Vec::new() },
    }
}

fn n_of(figures: &Figures, texts: &Texts<'_>) -> String {
    figures.n.map_or_else(
        || t("organise.n.hidden"),
        |n| t_with("organise.n", &[("n", &number(n, &texts.language))]),
    )
}

fn legend(item: &Item, figures: &Figures, texts: &Texts<'_>) -> Vec<(String, Tone)> {
    let steps = steps(item);
    let is_grouped = steps.iter().any(|it| it.group.is_some());
    let tone = |value: &Value| {
        let ix = steps.iter().position(|it| it.value == *value)?;
        Some(if is_grouped {
            Tone::of_scale(ix, steps.len())
        } else {
            Tone::of_order(ix, steps.len())
        })
    };
    figures
        .rows
        .iter()
        .map(|row| {
            let tone = match &row.label {
                Label::Value(value) => tone(value).unwrap_or(Tone::Aside),
                _ => Tone::Aside,
            };
            (texts.row(item, &row.label), tone)
        })
        .collect()
}

/// The steps of a scale. Where the survey names its boxes they run from the low to the high point,
/// so that the colours take sides; elsewhere they stand as written and the colours do not judge.
fn steps(item: &Item) -> Vec<&Category> {
    let mut steps: Vec<&Category> = item
        .categories
        .iter()
        .filter(|it| it.meaning.is_none())
        .collect();
    if steps.iter().any(|it| it.group.is_some()) {
        let point = |it: &Category| it.point.unwrap_or_default();
        steps.sort_by(|a, b| point(a).total_cmp(&point(b)));
    }
    steps
}

/// The boxes of the scale over the segments they are made of.
fn brackets(
    item: &Item,
    figures: &Figures,
    cell: impl Fn(&Row) -> Cell,
    texts: &Texts<'_>,
) -> Vec<Bracket> {
    let group_of = |row: &Row| match &row.label {
        Label::Value(value) => item
            .categories
            .iter()
            .find(|it| it.value == *value)
            .and_then(|it| it.group.as_deref()),
        _ => None,
    };
    let brackets = figures.boxes.iter().filter_map(|it| {
        let Label::Box(name) = &it.label else {
            return None;
        };
        let belongs = |row: &Row| group_of(row) == Some(name.as_str());
        let from = figures.rows.iter().position(belongs)?;
        let to = figures.rows.iter().rposition(belongs)?;
        (from < to).then(|| Bracket {
            label: texts.row(item, &it.label),
            from,
            to,
            cell: cell(it),
        })
    });
    brackets.collect()
}
