//! What stands where in a table, by the kind of question.

use insight::codebook::{Item, Kind, Question};
use insight::percent::half_up;
use insight::release::{Figures, Label, Summary};

use super::super::label::{decimal, percent};
use super::super::side::{Beside, Side, Spread, all};
use super::cells::dash;
use super::{Maker, Table, TableCell, TableRow, Weight};
use crate::words::{t, t_with};

fn plain(label: String, cells: Vec<TableCell>) -> TableRow {
    TableRow {
        label,
        cells,
        weight: Weight::Plain,
    }
}

fn heading(label: String) -> TableRow {
    TableRow {
        label,
        cells: Vec::new(),
        weight: Weight::Heading,
    }
}

fn table_of(head: Vec<String>, rows: Vec<TableRow>) -> Table {
    Table {
        head,
        rows,
        ..Table::default()
    }
}

impl Maker<'_> {
    /// Answers down; share, count and interval across.
    pub(super) fn single(&mut self, item: &Item, figures: &Figures) -> Table {
        let rows = || figures.rows.iter().chain(&figures.boxes);
        let has_intervals = rows().any(|it| it.interval.is_some());
        let has_weights = self.spread.beside == Beside::Weights;
        let mut head = vec![
            t("organise.column.answer"),
            t("organise.column.share"),
            t("organise.column.count"),
        ];
        head.extend(has_intervals.then(|| t("organise.column.interval")));
        if has_weights {
            head.push(t("organise.column.weighted"));
            head.push(t("organise.column.weightedInterval"));
        }
        let mut lines = Vec::new();
        for (ix, row) in rows().enumerate() {
            let mut cells = vec![self.percent(row), self.count(row.count, row.hidden)];
            if has_intervals {
                cells.push(self.interval(row));
            }
            if has_weights {
                cells.push(self.weighted(row));
                cells.push(match row.weighted {
                    Some(it) => TableCell::Text(self.range(it.interval)),
                    None => dash(),
                });
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
        if let (Some(count), Some(n)) = (figures.hidden_together(item.kind), figures.n) {
            let share = half_up(count, n).map_or_else(dash, |it| TableCell::Text(percent(it)));
            let mut cells = vec![share, self.count(Some(count), None)];
            cells.resize(head.len() - 1, dash());
            lines.push(TableRow {
                label: t("organise.row.hidden"),
                cells,
                weight: Weight::Sum,
            });
        }
        if figures.rows.is_empty() {
            self.reasons.extend(figures.hidden);
        }
        let mut cells = vec![TableCell::Text(String::new()); head.len() - 1];
        if let Some(cell) = cells.get_mut(1) {
            *cell = self.count(figures.n, figures.hidden);
        }
        lines.push(TableRow {
            label: t("organise.column.n"),
            cells,
            weight: Weight::Sum,
        });
        Table {
            notes: self.summary(item, figures.summary.as_ref()),
            ..table_of(head, lines)
        }
    }

    /// The bands of a score, with the middle of its points below.
    pub(super) fn scored(
        &mut self,
        band: &Item,
        number: Option<&Item>,
        figures: &Figures,
    ) -> Table {
        let mut table = self.single(band, figures);
        let points = number.and_then(|it| self.spread.release.figures(&it.name));
        let summary = points.and_then(|it| it.summary.as_ref());
        table.notes = number.map_or_else(Vec::new, |it| self.summary(it, summary));
        table
    }

    /// Middle and spread in a sentence.
    pub(super) fn summary(&mut self, item: &Item, summary: Option<&Summary>) -> Vec<String> {
        let Some(summary) = summary else {
            return Vec::new();
        };
        if let Some(why) = summary.hidden {
            self.reasons.push(why);
            return Vec::new();
        }
        if !item.is_numeric() {
            return self.summary_of_choices(item, summary);
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

    /// The same of a scale whose codes are no numbers: choices, and no mean.
    fn summary_of_choices(&self, item: &Item, summary: &Summary) -> Vec<String> {
        let at = |place: Option<f64>| self.texts.choices_at(item, place?);
        let Some((low, high)) = at(summary.median) else {
            return Vec::new();
        };
        let median = if low == high {
            t_with("organise.summary.median.choice", &[("x", &low)])
        } else {
            let values = [("low", low.as_str()), ("high", high.as_str())];
            t_with("organise.summary.median.between", &values)
        };
        let (from, to) = (at(summary.lower_quartile), at(summary.upper_quartile));
        // Rounded outwards to choices, so that half of the answers are between them at least.
        let half = from.zip(to).filter(|(from, to)| from.0 != to.1);
        let half = half.map(|(from, to)| {
            let values = [("low", from.0.as_str()), ("high", to.1.as_str())];
            t_with("organise.summary.quartiles.choices", &values)
        });
        vec![
            [Some(median), half]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" "),
        ]
    }

    /// One heading per answer of the whole, then N, then one for the hidden answers together where
    /// `sides` hide any of `items`.
    pub(super) fn answer_heads(
        &mut self,
        item: &Item,
        items: &[Item],
        sides: &[(Side<'_>, Weight)],
    ) -> (Vec<String>, Vec<Label>) {
        let pairs = sides
            .iter()
            .flat_map(|side| items.iter().map(move |it| (&side.0, it)));
        self.sums_hidden = pairs.into_iter().any(|(side, item)| {
            let figures = side.figures(&item.name).filter(|_| !side.is_weighted);
            figures.is_some_and(|it| it.hidden_together(item.kind).is_some())
        });
        let figures = self.spread.release.figures(&item.name);
        let rows = figures
            .into_iter()
            .flat_map(|it| it.rows.iter().chain(&it.boxes));
        let labels: Vec<Label> = rows.map(|row| row.label.clone()).collect();
        let mut head = vec![String::new()];
        head.extend(labels.iter().map(|it| self.texts.row(item, it)));
        head.push(t("organise.column.n"));
        head.extend(self.sums_hidden.then(|| t("organise.row.hidden")));
        (head, labels)
    }

    /// The figures of one item across: per cent and count of each answer, then N.
    pub(super) fn across(&mut self, item: &Item, side: &Side<'_>, labels: &[Label]) -> TableRow {
        let name = item.name.as_str();
        let n_cells = labels.len() + usize::from(self.sums_hidden) + 1;
        let mut cells = Vec::with_capacity(n_cells);
        if let Some(figures) = side.figures(name).filter(|it| !it.rows.is_empty()) {
            for label in labels {
                cells.push(match side.row(name, label) {
                    Some(row) => self.together(row, side.is_weighted),
                    None => dash(),
                });
            }
            cells.push(self.count(figures.n, figures.hidden));
            if self.sums_hidden {
                cells.push(self.hidden_sum(item, side, figures));
            }
        } else {
            let why = side.figures(name).and_then(|it| it.hidden);
            self.reasons.extend(why.or(side.why(name)));
            let word = if side.compares(name) {
                TableCell::Hidden(t("organise.hidden"))
            } else {
                dash()
            };
            cells.resize(n_cells, word);
        }
        plain(side.label.clone(), cells)
    }

    pub(super) fn matrix(&mut self, question: &Question) -> Table {
        let Some(first) = question.items.first() else {
            return Table::default();
        };
        let release = self.spread.release;
        let whole = [(all(release, String::new()), Weight::Plain)];
        let (head, labels) = self.answer_heads(first, &question.items, &whole);
        let rows = question.items.iter().map(|item| {
            let whole = all(release, self.texts.item(item));
            self.across(item, &whole, &labels)
        });
        table_of(head, rows.collect())
    }

    pub(super) fn matrix_beside(&mut self, question: &Question) -> Table {
        let Some(first) = question.items.first() else {
            return Table::default();
        };
        let sides = sides(self.spread);
        let (head, labels) = self.answer_heads(first, &question.items, &sides);
        let mut rows = Vec::new();
        for item in &question.items {
            rows.push(heading(self.texts.item(item)));
            for (side, weight) in &sides {
                let row = self.across(item, side, &labels);
                let weight = *weight;
                rows.push(TableRow { weight, ..row });
            }
        }
        table_of(head, rows)
    }

    /// Sides down, answers across; of a score its mean too.
    pub(super) fn beside(&mut self, item: &Item, number: Option<&Item>) -> Table {
        let sides = sides(self.spread);
        let (mut head, labels) = self.answer_heads(item, core::slice::from_ref(item), &sides);
        head.extend(number.map(|_| t("organise.column.mean")));
        let mut rows = Vec::new();
        for (side, weight) in sides {
            let mut row = self.across(item, &side, &labels);
            if let Some(number) = number {
                let summary = side
                    .figures(&number.name)
                    .and_then(|it| it.summary.as_ref());
                row.cells.push(match summary {
                    _ if side.is_weighted => dash(),
                    Some(it) => self.middle(it.mean, it.hidden),
                    None => self.hidden(side.why(&number.name)),
                });
            }
            rows.push(TableRow { weight, ..row });
        }
        table_of(head, rows)
    }

    /// N and middle of each item.
    pub(super) fn items(&mut self, question: &Question) -> Table {
        let rows = question.items.iter().filter_map(|item| {
            let figures = self.spread.release.figures(&item.name)?;
            Some(self.number_row(self.texts.item_or_answers(item), figures))
        });
        table_of(number_heads(question), rows.collect())
    }

    pub(super) fn numbers_beside(&mut self, question: &Question) -> Table {
        let head = number_heads(question);
        let mut rows = Vec::new();
        for item in &question.items {
            if question.items.len() > 1 {
                rows.push(heading(self.texts.item(item)));
            }
            let spread = self.spread;
            for (side, weight) in sides(spread) {
                let row = match side.figures(&item.name) {
                    Some(figures) => self.number_row(side.label.clone(), figures),
                    None if side.compares(&item.name) => {
                        let cell = self.hidden(side.why(&item.name));
                        plain(side.label.clone(), vec![cell; head.len() - 1])
                    }
                    None => plain(side.label.clone(), vec![dash(); head.len() - 1]),
                };
                rows.push(TableRow { weight, ..row });
            }
        }
        table_of(head, rows)
    }

    pub(super) fn number_row(&mut self, label: String, figures: &Figures) -> TableRow {
        let mut cells = vec![self.count(figures.n, figures.hidden)];
        if let Some(summary) = &figures.summary {
            for value in [summary.median, summary.mean] {
                cells.push(self.middle(value, summary.hidden));
            }
        }
        plain(label, cells)
    }
}

/// Those who stand beside each other, and below groups all of them.
fn sides<'a>(spread: &'a Spread<'a>) -> Vec<(Side<'a>, Weight)> {
    let sides = spread.sides.iter().cloned();
    let mut sides: Vec<_> = sides.map(|it| (it, Weight::Plain)).collect();
    if spread.beside == Beside::Groups {
        sides.push((all(spread.release, t("organise.all")), Weight::Sum));
    }
    sides
}

fn number_heads(question: &Question) -> Vec<String> {
    let mut head = vec![String::new(), t("organise.column.answers")];
    if question.kind == Kind::Number {
        head.push(t("organise.column.median"));
        head.push(t("organise.column.mean"));
    }
    head
}
