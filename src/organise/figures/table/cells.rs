//! The cells of a table.

use insight::codebook::Item;
use insight::percent::half_up;
use insight::release::{Figures, Hidden, Row};

use super::super::label::{decimal, ends, number, percent};
use super::super::side::Side;
use super::{Maker, TableCell};
use crate::words::{t, t_with};

/// Where there is nothing to say.
pub(super) fn dash() -> TableCell {
    TableCell::Text("–".to_owned())
}

impl Maker<'_> {
    pub(super) fn hidden(&mut self, why: Option<Hidden>) -> TableCell {
        self.reasons.extend(why);
        TableCell::Hidden(t("organise.hidden"))
    }

    pub(super) fn count(&mut self, count: Option<u32>, why: Option<Hidden>) -> TableCell {
        match count {
            Some(count) => TableCell::Text(number(count, &self.texts.language)),
            None => self.hidden(why),
        }
    }

    pub(super) fn percent(&mut self, row: &Row) -> TableCell {
        if row.hidden.is_some() {
            self.hidden(row.hidden)
        } else {
            TableCell::Text(self.texts.percent(row))
        }
    }

    pub(super) fn weighted(&mut self, row: &Row) -> TableCell {
        match row.weighted {
            Some(it) => TableCell::Text(percent(it.percent)),
            None if row.hidden.is_some() => self.hidden(row.hidden),
            None => dash(),
        }
    }

    /// Per cents with the count in brackets, and the interval if it is asked for.
    pub(super) fn together(&mut self, row: &Row, is_weighted: bool) -> TableCell {
        if is_weighted {
            return match (row.weighted, self.spread.intervals) {
                (Some(it), true) => TableCell::Text(format!(
                    "{}, {}",
                    percent(it.percent),
                    self.range(it.interval)
                )),
                _ => self.weighted(row),
            };
        }
        let (None, Some(count)) = (row.hidden, row.count) else {
            return self.hidden(row.hidden);
        };
        let mut text = format!(
            "{} ({})",
            self.texts.percent(row),
            number(count, &self.texts.language)
        );
        if let Some(interval) = row.interval.filter(|_| self.spread.intervals) {
            text.push_str(", ");
            text.push_str(&self.range(interval));
        }
        TableCell::Text(text)
    }

    /// Those who gave a hidden answer, taken together.
    pub(super) fn hidden_sum(&self, item: &Item, side: &Side<'_>, figures: &Figures) -> TableCell {
        let sum = figures
            .hidden_together(item.kind)
            .filter(|_| !side.is_weighted);
        let Some((sum, share)) = sum.and_then(|it| Some((it, half_up(it, figures.n?)?))) else {
            return dash();
        };
        let count = number(sum, &self.texts.language);
        TableCell::Text(format!("{} ({count})", percent(share)))
    }

    pub(super) fn range(&self, (low, high): (f64, f64)) -> String {
        let (low, high) = ends((low * 100.0, high * 100.0), &self.texts.language);
        t_with("organise.interval.value", &[("low", &low), ("high", &high)])
    }

    pub(super) fn interval(&mut self, row: &Row) -> TableCell {
        match row.interval {
            _ if row.hidden.is_some() => self.hidden(row.hidden),
            Some(interval) => TableCell::Text(self.range(interval)),
            None => dash(),
        }
    }

    pub(super) fn middle(&mut self, value: Option<f64>, why: Option<Hidden>) -> TableCell {
        match value {
            Some(value) => TableCell::Text(decimal(value, &self.texts.language)),
            None if why.is_some() => self.hidden(why),
            None => dash(),
        }
    }
}
