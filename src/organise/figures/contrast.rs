//! Two groups beside each other: what may be said, and the table of differences.

use insight::codebook::{Item, Question};
use insight::compare::{Comparison, Contrast, Difference, Size, Verdict, Who};

use super::label::{Texts, decimal};
use super::table::{Table, TableCell, TableRow, Weight};
use crate::words::{t, t_with};

/// What may be said of one variable of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The variable's text within the question; empty if it is the only one.
    pub label: String,
    /// One sentence.
    pub sentence: String,
    /// True where the answers show a difference that matters.
    pub is_shown: bool,
}

/// The findings of a question, and the table that they rest on; `None` where nothing of it was
/// compared.
pub fn contrast(
    question: &Question,
    comparison: &Comparison,
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
    let label = |item: &Item| {
        if is_alone {
            String::new()
        } else {
            texts.item(item)
        }
    };
    let mut findings = Vec::new();
    let mut rows = Vec::new();
    for (item, found) in &compared {
        findings.push(Finding {
            label: label(item),
            sentence: sentence(found),
            is_shown: found.verdict == Verdict::Shown,
        });
        if !is_alone {
            rows.push(TableRow {
                label: texts.item(item),
                cells: Vec::new(),
                weight: Weight::Heading,
            });
        }
        let plain = found.rows.iter().map(|it| (it, Weight::Plain));
        let boxes = found.boxes.iter().map(|it| (it, Weight::Sum));
        rows.extend(plain.chain(boxes).map(|(it, weight)| TableRow {
            label: texts.row(item, &it.label),
            cells: cells(it, texts),
            weight,
        }));
    }
    let head = vec![
        String::new(),
        who(&comparison.one.who, texts),
        who(&comparison.other.who, texts),
        t("organise.compare.difference"),
        t("organise.column.interval"),
    ];
    let notes = vec![
        t("organise.compare.note"),
        t_with(
            "organise.compare.tests",
            &[("n", &comparison.tests.to_string())],
        ),
    ];
    Some((findings, Table { head, rows, notes }))
}

/// Who is on a side of a comparison.
pub fn who(who: &Who, texts: &Texts<'_>) -> String {
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

/// What may be said; never more than the answers show.
fn sentence(found: &Contrast) -> String {
    match found.verdict {
        Verdict::Shown => {
            let size = found.test.map_or(Size::Small, |it| it.effect.size);
            t(match size {
                Size::Large => "organise.compare.large",
                Size::Medium => "organise.compare.medium",
                _ => "organise.compare.small",
            })
        }
        Verdict::Slight => t("organise.compare.slight"),
        Verdict::NotShown => t("organise.compare.notShown"),
        Verdict::TooFew => t("organise.compare.tooFew"),
        Verdict::Hidden => t("organise.compare.hidden"),
        Verdict::Changed => t("organise.hidden.changed"),
        _ => t("organise.compare.notTested"),
    }
}

fn cells(it: &Difference, texts: &Texts<'_>) -> Vec<TableCell> {
    let hundred = |it: f64| decimal(it * 100.0, &texts.language);
    let share = |it: Option<f64>| match it {
        Some(share) => TableCell::Text(t_with("organise.percent", &[("n", &hundred(share))])),
        None => TableCell::Hidden(t("organise.hidden")),
    };
    let difference = match it.difference {
        Some(difference) => {
            let sign = if difference > 0.0 { "+" } else { "" };
            TableCell::Text(format!("{sign}{}", hundred(difference)))
        }
        None => TableCell::Hidden(t("organise.hidden")),
    };
    let interval = match it.interval {
        Some((low, high)) => TableCell::Text(format!("{} … {}", hundred(low), hundred(high))),
        None => TableCell::Text("–".to_owned()),
    };
    vec![share(it.one), share(it.other), difference, interval]
}
