//! Which chart a question gets, and its figures in it.

use charts::{
    Bar, BarBlock, BarChart, Bracket, Cell, Column, ColumnChart, LikertChart, LikertRow, Segment,
    Tone,
};
use insight::codebook::{Category, Item, Kind, Question};
use insight::release::{Figures, Group, Label, Release, Row};
use json::Value;
use questionnaire::definition::Role;

use super::chart::Chart;
use super::label::{Texts, number, percent};
use crate::words::{t, t_with};

/// A scale of more steps than this, all without words, is drawn as upright columns.
const WORDLESS_STEPS: usize = 7;

/// The chart of a question; `None` where there is nothing to draw, as for free text.
///
/// `groups` are those of the release's groups that the reader wants to see.
pub fn chart(
    question: &Question,
    release: &Release,
    groups: &[&Group],
    texts: &Texts<'_>,
) -> Option<Chart> {
    let first = question.items.first()?;
    match question.kind {
        Kind::Text => None,
        Kind::Matrix if first.kind == Kind::Scale => {
            Some(Chart::Stacks(matrix(question, release, groups, texts)))
        }
        Kind::Matrix => Some(Chart::Bars(rows_of_bars(question, release, texts))),
        Kind::Scale if !groups.is_empty() && question.role != Role::Background => {
            Some(Chart::Stacks(matrix(question, release, groups, texts)))
        }
        Kind::Number if !groups.is_empty() => None,
        Kind::Number => columns(first, release, texts),
        Kind::Scale if is_wordless(first) => columns(first, release, texts),
        _ if groups.is_empty() => Some(Chart::Bars(bars(
            first,
            release.figures(&first.name)?,
            texts,
        ))),
        _ => Some(Chart::Bars(grouped_bars(first, release, groups, texts)?)),
    }
}

fn is_wordless(item: &Item) -> bool {
    item.categories.len() > WORDLESS_STEPS
        && item
            .categories
            .iter()
            .all(|it| it.text.is_empty() && it.meaning.is_none())
}

fn cell(row: &Row) -> Cell {
    if row.hidden.is_some() {
        Cell::Hidden {
            text: t("organise.hidden"),
        }
    } else {
        match row.percent {
            Some(whole) => Cell::Shown {
                share: f64::from(whole) / 100.0,
                text: percent(whole),
            },
            None => Cell::Nothing {
                text: t("organise.noAnswers"),
            },
        }
    }
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

fn bars(item: &Item, figures: &Figures, texts: &Texts<'_>) -> BarChart {
    let bars = figures.rows.iter().map(|row| Bar {
        label: texts.row(item, &row.label),
        cell: cell(row),
        tone: if is_aside(item, &row.label) {
            Tone::Aside
        } else {
            Tone::Main
        },
        interval: None,
    });
    BarChart::simple(bars.collect())
}

/// A matrix whose rows take several answers: a block of bars for each row.
fn rows_of_bars(question: &Question, release: &Release, texts: &Texts<'_>) -> BarChart {
    let blocks = question.items.iter().filter_map(|item| {
        let figures = release.figures(&item.name)?;
        let mut chart = bars(item, figures, texts);
        let mut block = chart.blocks.pop()?;
        block.heading = Some(texts.item(item));
        Some(block)
    });
    BarChart {
        blocks: blocks.collect(),
    }
}

/// A block for each choice, in it a bar for each group.
fn grouped_bars(
    item: &Item,
    release: &Release,
    groups: &[&Group],
    texts: &Texts<'_>,
) -> Option<BarChart> {
    let whole = release.figures(&item.name)?;
    let two = groups.len() == 2;
    let blocks = whole.rows.iter().map(|row| BarBlock {
        heading: Some(texts.row(item, &row.label)),
        bars: groups
            .iter()
            .enumerate()
            .map(|(ix, group)| Bar {
                label: texts.group(&group.by),
                cell: group_row(group, &item.name, &row.label).map_or_else(
                    || Cell::Hidden {
                        text: t("organise.hidden"),
                    },
                    cell,
                ),
                tone: if two && ix == 1 {
                    Tone::Second
                } else {
                    Tone::Main
                },
                interval: None,
            })
            .collect(),
    });
    Some(BarChart {
        blocks: blocks.collect(),
    })
}

fn group_row<'a>(group: &'a Group, item: &str, label: &Label) -> Option<&'a Row> {
    group
        .figures(item)?
        .rows
        .iter()
        .find(|row| row.label == *label)
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

/// One bar for each row of a matrix, or for each group, or for each group below each row.
fn matrix(
    question: &Question,
    release: &Release,
    groups: &[&Group],
    texts: &Texts<'_>,
) -> LikertChart {
    let alone = question.items.len() == 1;
    let mut rows = Vec::new();
    for item in &question.items {
        let label = if alone {
            t("organise.all")
        } else {
            texts.item(item)
        };
        if groups.is_empty() {
            rows.extend(
                release
                    .figures(&item.name)
                    .map(|it| stack(item, it, label, texts)),
            );
            continue;
        }
        let mut heading = (!alone).then_some(label);
        for group in groups {
            let label = texts.group(&group.by);
            let mut row = match group.figures(&item.name) {
                Some(figures) => stack(item, figures, label, texts),
                None => hidden_stack(label),
            };
            row.heading = heading.take();
            rows.push(row);
        }
    }
    let legend = question
        .items
        .first()
        .and_then(|item| Some((item, release.figures(&item.name)?)))
        .map(|(item, figures)| legend(item, figures, texts))
        .unwrap_or_default();
    for row in &mut rows {
        row.segments.resize(
            legend.len(),
            Segment {
                cell: Cell::Hidden {
                    text: t("organise.hidden"),
                },
            },
        );
    }
    LikertChart {
        legend,
        rows,
        hidden_word: t("organise.hidden"),
    }
}

fn hidden_stack(label: String) -> LikertRow {
    LikertRow {
        label,
        ..LikertRow::default()
    }
}

fn stack(item: &Item, figures: &Figures, label: String, texts: &Texts<'_>) -> LikertRow {
    let note = figures.n.map_or_else(
        || t("organise.n.hidden"),
        |n| t_with("organise.n", &[("n", &number(n, &texts.language))]),
    );
    LikertRow {
        heading: None,
        label,
        note,
        segments: figures
            .rows
            .iter()
            .map(|row| Segment { cell: cell(row) })
            .collect(),
        brackets: brackets(item, figures, texts),
    }
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
fn brackets(item: &Item, figures: &Figures, texts: &Texts<'_>) -> Vec<Bracket> {
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
