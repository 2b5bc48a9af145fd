//! Two groups or two rounds beside each other: what may be said, and the table of differences.

use insight::codebook::{Item, Question};
use insight::compare::{Comparison, Contrast, Difference, Means, Who, Words, said};
use insight::rounds::Change;

use super::label::{Texts, decimal, ends};
use super::table::{Table, TableCell, TableRow, Weight};
use crate::words::{t, t_with};

/// What may be said of one variable of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The variable's text within the question; empty if it is the only one.
    pub label: String,
    /// One sentence, or a few.
    pub sentence: String,
    /// True where the answers show a difference that matters.
    pub is_shown: bool,
}

/// What is compared, in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Between<'a> {
    /// Two groups; they are called what the survey calls them.
    Groups,
    /// Two rounds and what they are called, the later one first.
    Rounds(&'a str, &'a str),
}

/// The findings of a question, and the table that they rest on; `None` where nothing of it was
/// compared. The table has no rows where nothing of the question compares.
pub fn contrast(
    question: &Question,
    comparison: &Comparison,
    between: Between<'_>,
    texts: &Texts<'_>,
) -> Option<(Vec<Finding>, Table)> {
    let compared: Vec<(&Item, &Contrast)> = question
        .items
        .iter()
        .filter_map(|item| {
            let found = comparison
                .questions
                .iter()
                .find(|it| it.name == item.name)?;
            Some((item, found))
        })
        .collect();
    if compared.is_empty() || comparison.refusal.is_some() {
        return None;
    }
    let is_alone = question.items.len() == 1;
    let mut findings = Vec::new();
    let mut rows = Vec::new();
    for (item, found) in &compared {
        let words = Words {
            say: &|key| t(&["organise.", key].concat()),
            row: &|label| texts.row(item, label),
        };
        findings.push(Finding {
            label: if is_alone {
                String::new()
            } else {
                texts.item_or_answers(item)
            },
            sentence: said(item, found, comparison.is_of_rounds(), &words),
            is_shown: found.is_shown(),
        });
        let before = rows.len();
        let plain = found.rows.iter().map(|it| (it, Weight::Plain));
        let boxes = found.boxes.iter().map(|it| (it, Weight::Sum));
        rows.extend(plain.chain(boxes).map(|(it, weight)| TableRow {
            label: texts.row(item, &it.label),
            cells: shares(it, texts),
            weight,
        }));
        rows.extend(found.means.as_ref().map(|it| TableRow {
            label: t("organise.column.mean"),
            cells: means(it, texts),
            weight: Weight::Plain,
        }));
        if !is_alone && rows.len() > before {
            let heading = TableRow {
                label: texts.item_or_answers(item),
                cells: Vec::new(),
                weight: Weight::Heading,
            };
            rows.insert(before, heading);
        }
    }
    let (one, other) = match between {
        Between::Groups => (
            who(&comparison.one.who, texts),
            who(&comparison.other.who, texts),
        ),
        Between::Rounds(one, other) => (one.to_owned(), other.to_owned()),
    };
    let head = vec![
        String::new(),
        one,
        other,
        t("organise.compare.difference"),
        t("organise.column.interval"),
    ];
    let n = comparison.tests.to_string();
    let notes = vec![
        t("organise.compare.note"),
        t_with("organise.compare.tests", &[("n", &n)]),
    ];
    let table = Table {
        head,
        rows,
        notes,
        ..Table::default()
    };
    Some((findings, table))
}

/// Who is on a side of a comparison.
fn who(who: &Who, texts: &Texts<'_>) -> String {
    match who {
        Who::Group(variable, value) => texts.group(&[(variable.clone(), value.clone())]),
        Who::Rest(..) => t("organise.compare.rest"),
        Who::Round(round, version) => t_with(
            "organise.round",
            &[("round", round.as_ref().unwrap_or(version))],
        ),
        _ => String::new(),
    }
}

/// Why a question does not compare with an earlier round.
pub fn change(change: Change) -> String {
    t(&["organise.change.", change.name()].concat())
}

fn signed(difference: f64, texts: &Texts<'_>) -> String {
    let text = decimal(difference, &texts.language);
    if difference > 0.0 && text != "0" {
        format!("+{text}")
    } else {
        text
    }
}

fn range(low: f64, high: f64, texts: &Texts<'_>) -> TableCell {
    let (low, high) = ends((low, high), &texts.language);
    TableCell::Text(format!("{low} … {high}"))
}

fn shares(it: &Difference, texts: &Texts<'_>) -> Vec<TableCell> {
    let hidden = || TableCell::Hidden(t("organise.hidden"));
    let share = |it: Option<f64>| match it {
        Some(share) => {
            let n = decimal(share * 100.0, &texts.language);
            TableCell::Text(t_with("organise.percent", &[("n", &n)]))
        }
        None => hidden(),
    };
    let difference = match it.difference {
        Some(it) => {
            let points = signed(it * 100.0, texts);
            TableCell::Text(t_with("organise.points", &[("n", &points)]))
        }
        None => hidden(),
    };
    let interval = match it.interval {
        Some((low, high)) => range(low * 100.0, high * 100.0, texts),
        None => TableCell::Text("–".to_owned()),
    };
    vec![share(it.one), share(it.other), difference, interval]
}

fn means(it: &Means, texts: &Texts<'_>) -> Vec<TableCell> {
    let number = |it: f64| TableCell::Text(decimal(it, &texts.language));
    let interval = match it.interval {
        Some((low, high)) => range(low, high, texts),
        None => TableCell::Text("–".to_owned()),
    };
    vec![
        number(it.one),
        number(it.other),
        TableCell::Text(signed(it.difference, texts)),
        interval,
    ]
}
