//! The table beside a chart: the same numbers, and those that a chart has no room for.

use insight::codebook::{Item, Kind, Question};
use insight::release::{Figures, Group, Hidden, Release, Row, Summary};

use super::label::{Texts, decimal, is_multiple, number, reason};
use crate::words::{t, t_with};

/// A table with one row of column headings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Column headings; the first stands over the row headings.
    pub head: Vec<String>,
    /// Rows.
    pub rows: Vec<TableRow>,
    /// Sentences below: why something is hidden, what is special about the base.
    pub notes: Vec<String>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// Its heading.
    pub label: String,
    /// Its cells, one per column heading but the first; none for a heading over the rows below.
    pub cells: Vec<TableCell>,
    /// What kind of row it is.
    pub weight: Weight,
}

/// What kind of row it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Figures.
    Plain,
    /// A heading over the rows below.
    Heading,
    /// Several rows above taken together, or N.
    Sum,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableCell {
    /// A figure.
    Text(String),
    /// Kept back; the word for it.
    Hidden(String),
}

/// The table of a question; `None` where there are no figures at all.
///
/// `groups` are those of the release's groups that the reader wants to see.
pub fn table(
    question: &Question,
    release: &Release,
    groups: &[&Group],
    texts: &Texts<'_>,
) -> Option<Table> {
    let first = question.items.first()?;
    let mut maker = Maker {
        texts,
        reasons: Vec::new(),
    };
    let mut table = match (question.kind, groups.is_empty()) {
        (Kind::Matrix, true) => maker.matrix(question, release),
        (Kind::Matrix, false) => maker.grouped_matrix(question, release, groups),
        (Kind::Number | Kind::Text, false) => maker.grouped_numbers(question, release, groups),
        (_, true) if question.items.len() > 1 => maker.items(question, release),
        (Kind::Text, true) => maker.items(question, release),
        (_, true) => maker.single(first, release.figures(&first.name)?),
        (_, false) => maker.grouped(first, release.figures(&first.name)?, groups),
    };
    maker.reasons.sort_unstable();
    maker.reasons.dedup();
    table.notes.extend(maker.reasons.into_iter().map(reason));
    if is_multiple(first.kind) {
        table.notes.push(t("organise.note.multiple"));
    }
    Some(table)
}

struct Maker<'a> {
    texts: &'a Texts<'a>,
    reasons: Vec<Hidden>,
}

impl Maker<'_> {
    fn hidden(&mut self, why: Option<Hidden>) -> TableCell {
        self.reasons.extend(why);
        TableCell::Hidden(t("organise.hidden"))
    }

    fn count(&mut self, count: Option<u32>, why: Option<Hidden>) -> TableCell {
        match count {
            Some(count) => TableCell::Text(number(count, &self.texts.language)),
            None => self.hidden(why),
        }
    }

    fn percent(&mut self, row: &Row) -> TableCell {
        if row.hidden.is_some() {
            self.hidden(row.hidden)
        } else {
            TableCell::Text(self.texts.percent(row))
        }
    }

    /// Per cents with the count in brackets.
    fn both(&mut self, row: &Row) -> TableCell {
        match (row.hidden, row.count) {
            (None, Some(count)) => TableCell::Text(format!(
                "{} ({})",
                self.texts.percent(row),
                number(count, &self.texts.language)
            )),
            (why, _) => self.hidden(why),
        }
    }

    fn interval(&mut self, row: &Row) -> TableCell {
        match row.interval {
            Some((low, high)) => TableCell::Text(t_with(
                "organise.interval.value",
                &[
                    ("low", &decimal(low * 100.0, &self.texts.language)),
                    ("high", &decimal(high * 100.0, &self.texts.language)),
                ],
            )),
            None if row.hidden.is_some() => self.hidden(row.hidden),
            None => TableCell::Text("–".to_owned()),
        }
    }

    fn single(&mut self, item: &Item, figures: &Figures) -> Table {
        let rows = || figures.rows.iter().chain(&figures.boxes);
        let has_intervals = rows().any(|it| it.interval.is_some());
        let mut head = vec![
            t("organise.column.answer"),
            t("organise.column.share"),
            t("organise.column.count"),
        ];
        head.extend(has_intervals.then(|| t("organise.column.interval")));
        let mut lines = Vec::new();
        for (ix, row) in rows().enumerate() {
            let mut cells = vec![self.percent(row), self.count(row.count, row.hidden)];
            if has_intervals {
                cells.push(self.interval(row));
            }
            lines.push(TableRow {
                label: self.texts.row(item, &row.label),
                cells,
                weight: if ix < figures.rows.len() {
                    Weight::Plain
                } else {
                    Weight::Sum
                },
            });
        }
        if figures.rows.is_empty() {
            self.reasons.extend(figures.hidden);
        }
        let empty = || TableCell::Text(String::new());
        let mut cells = vec![empty(), self.count(figures.n, figures.hidden)];
        cells.extend(has_intervals.then(empty));
        lines.push(TableRow {
            label: t("organise.column.n"),
            cells,
            weight: Weight::Sum,
        });
        Table {
            head,
            rows: lines,
            notes: self.summary(figures.summary.as_ref()),
        }
    }

    /// Middle and spread in a sentence.
    fn summary(&mut self, summary: Option<&Summary>) -> Vec<String> {
        let Some(summary) = summary else {
            return Vec::new();
        };
        if let Some(why) = summary.hidden {
            self.reasons.push(why);
            return Vec::new();
        }
        let language = &self.texts.language;
        let mut parts = Vec::new();
        let mut part = |key: &str, value: Option<f64>| {
            parts.extend(value.map(|it| t_with(key, &[("x", &decimal(it, language))])));
        };
        part("organise.summary.median", summary.median);
        if let (Some(low), Some(high)) = (summary.lower_quartile, summary.upper_quartile) {
            let (low, high) = (decimal(low, language), decimal(high, language));
            let values = [("low", low.as_str()), ("high", high.as_str())];
            parts.push(t_with("organise.summary.quartiles", &values));
        }
        let mut part = |key: &str, value: Option<f64>| {
            parts.extend(value.map(|it| t_with(key, &[("x", &decimal(it, language))])));
        };
        part("organise.summary.mean", summary.mean);
        part("organise.summary.deviation", summary.deviation);
        if parts.is_empty() {
            Vec::new()
        } else {
            vec![parts.join(" · ")]
        }
    }

    fn answer_heads(&self, item: &Item, figures: Option<&Figures>) -> Vec<String> {
        let mut head = vec![String::new()];
        if let Some(figures) = figures {
            head.extend(
                figures
                    .rows
                    .iter()
                    .chain(&figures.boxes)
                    .map(|row| self.texts.row(item, &row.label)),
            );
        }
        head.push(t("organise.column.n"));
        head
    }

    /// The figures of one item across: per cent and count of each answer, then N.
    fn across(
        &mut self,
        label: String,
        figures: Option<&Figures>,
        width: usize,
        why: Option<Hidden>,
    ) -> TableRow {
        let mut cells = Vec::with_capacity(width);
        if let Some(figures) = figures.filter(|it| !it.rows.is_empty()) {
            for row in figures.rows.iter().chain(&figures.boxes) {
                cells.push(self.both(row));
            }
            cells.push(self.count(figures.n, figures.hidden));
        } else {
            let why = figures.and_then(|it| it.hidden).or(why);
            cells.extend((0..width).map(|_| TableCell::Hidden(t("organise.hidden"))));
            self.reasons.extend(why);
        }
        TableRow {
            label,
            cells,
            weight: Weight::Plain,
        }
    }

    fn matrix(&mut self, question: &Question, release: &Release) -> Table {
        let first = question.items.first();
        let head = first.map_or_else(Vec::new, |item| {
            self.answer_heads(item, release.figures(&item.name))
        });
        let width = head.len().saturating_sub(1);
        let rows = question
            .items
            .iter()
            .map(|item| {
                self.across(
                    self.texts.item(item),
                    release.figures(&item.name),
                    width,
                    None,
                )
            })
            .collect();
        Table {
            head,
            rows,
            notes: Vec::new(),
        }
    }

    fn grouped_matrix(
        &mut self,
        question: &Question,
        release: &Release,
        groups: &[&Group],
    ) -> Table {
        let first = question.items.first();
        let head = first.map_or_else(Vec::new, |item| {
            self.answer_heads(item, release.figures(&item.name))
        });
        let width = head.len().saturating_sub(1);
        let mut rows = Vec::new();
        for item in &question.items {
            rows.push(TableRow {
                label: self.texts.item(item),
                cells: Vec::new(),
                weight: Weight::Heading,
            });
            for group in groups {
                let label = self.texts.group(&group.by);
                rows.push(self.across(label, group.figures(&item.name), width, group.hidden));
            }
            let all = self.across(t("organise.all"), release.figures(&item.name), width, None);
            rows.push(TableRow {
                weight: Weight::Sum,
                ..all
            });
        }
        Table {
            head,
            rows,
            notes: Vec::new(),
        }
    }

    /// Groups down, answers across.
    fn grouped(&mut self, item: &Item, whole: &Figures, groups: &[&Group]) -> Table {
        let head = self.answer_heads(item, Some(whole));
        let width = head.len().saturating_sub(1);
        let mut rows: Vec<TableRow> = Vec::new();
        for group in groups {
            let label = self.texts.group(&group.by);
            rows.push(self.across(label, group.figures(&item.name), width, group.hidden));
        }
        let all = self.across(t("organise.all"), Some(whole), width, None);
        rows.push(TableRow {
            weight: Weight::Sum,
            ..all
        });
        Table {
            head,
            rows,
            notes: Vec::new(),
        }
    }

    /// N and middle of each item.
    fn items(&mut self, question: &Question, release: &Release) -> Table {
        let rows = question
            .items
            .iter()
            .filter_map(|item| {
                Some(self.number_row(
                    self.texts.item_or_answers(item),
                    release.figures(&item.name)?,
                ))
            })
            .collect();
        Table {
            head: Self::number_heads(question),
            rows,
            notes: Vec::new(),
        }
    }

    fn grouped_numbers(
        &mut self,
        question: &Question,
        release: &Release,
        groups: &[&Group],
    ) -> Table {
        let mut rows = Vec::new();
        for item in &question.items {
            if question.items.len() > 1 {
                rows.push(TableRow {
                    label: self.texts.item(item),
                    cells: Vec::new(),
                    weight: Weight::Heading,
                });
            }
            for group in groups {
                let label = self.texts.group(&group.by);
                let row = match group.figures(&item.name) {
                    Some(figures) => self.number_row(label, figures),
                    None => TableRow {
                        label,
                        cells: vec![
                            self.hidden(group.hidden);
                            Self::number_heads(question).len() - 1
                        ],
                        weight: Weight::Plain,
                    },
                };
                rows.push(row);
            }
            if let Some(figures) = release.figures(&item.name) {
                rows.push(TableRow {
                    weight: Weight::Sum,
                    ..self.number_row(t("organise.all"), figures)
                });
            }
        }
        Table {
            head: Self::number_heads(question),
            rows,
            notes: Vec::new(),
        }
    }

    fn number_heads(question: &Question) -> Vec<String> {
        let mut head = vec![String::new(), t("organise.column.answers")];
        if question.kind == Kind::Number {
            head.push(t("organise.column.median"));
            head.push(t("organise.column.mean"));
        }
        head
    }

    fn number_row(&mut self, label: String, figures: &Figures) -> TableRow {
        let mut cells = vec![self.count(figures.n, figures.hidden)];
        if let Some(summary) = &figures.summary {
            for value in [summary.median, summary.mean] {
                cells.push(match value {
                    Some(value) => TableCell::Text(decimal(value, &self.texts.language)),
                    None if summary.hidden.is_some() => self.hidden(summary.hidden),
                    None => TableCell::Text("–".to_owned()),
                });
            }
        }
        TableRow {
            label,
            cells,
            weight: Weight::Plain,
        }
    }
}

impl Texts<'_> {
    /// An item's own text, or a word for its answers where it has none.
    fn item_or_answers(&self, item: &Item) -> String {
        if item.text.is_empty() {
            t("organise.answers")
        } else {
            self.item(item)
        }
    }
}
