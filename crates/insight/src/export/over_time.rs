//! Variables through the rounds as lines of a table.

use super::edition::Edition;
use super::table::code;
use crate::codebook::{Item, Kind, Question};
use crate::release::Figures;
use crate::rounds::{OverTime, Step};

/// One line: what a row, a mean or N was in each round.
pub(super) struct Line<'a> {
    pub question: &'a Question,
    pub item: &'a Item,
    pub code: String,
    pub answer: String,
    /// Per cents, the mean or N; `None` where it is hidden, was not asked or does not compare.
    pub numbers: Vec<Option<f64>>,
    /// Where the line breaks and why, in words; of N alone, so that it is told once.
    pub breaks: String,
}

/// Every line, in the order of the questionnaire.
pub(super) fn lines<'a>(rounds: &'a OverTime, edition: &'a Edition<'_>) -> Vec<Line<'a>> {
    let items = edition.codebook.items();
    let items = items.filter(|(_, item)| item.kind != Kind::Text);
    items
        .flat_map(|(question, item)| lines_of(question, item, rounds, edition))
        .collect()
}

fn lines_of<'a>(
    question: &'a Question,
    item: &'a Item,
    rounds: &'a OverTime,
    edition: &Edition<'_>,
) -> Vec<Line<'a>> {
    let steps = rounds.steps(&item.name);
    let Some(last) = steps.last().and_then(|it| it.figures) else {
        return Vec::new();
    };
    let line = |code: String, answer: String, read: &dyn Fn(&Step<'_>, &Figures) -> Option<f64>| {
        let numbers = steps.iter().map(|it| read(it, it.figures?));
        Line {
            question,
            item,
            code,
            answer,
            numbers: numbers.collect(),
            breaks: String::new(),
        }
    };
    let n = line("(n)".to_owned(), edition.say("n"), &|_, it| {
        it.n.map(f64::from)
    });
    let mut lines = vec![Line {
        breaks: breaks(&steps, edition),
        ..n
    }];
    if item.kind == Kind::Number {
        let mean = |_: &Step<'_>, it: &Figures| it.summary.as_ref()?.mean;
        lines.push(line("(mean)".to_owned(), edition.say("mean"), &mean));
        return lines;
    }
    for row in last.rows.iter().chain(&last.boxes) {
        let percent = |step: &Step<'_>, it: &Figures| {
            let found = it.row(&row.label, step.boxes)?;
            found.percent.map(f64::from)
        };
        lines.push(line(
            code(&row.label),
            edition.label(item, &row.label),
            &percent,
        ));
    }
    lines
}

/// `2024: Sanamuoto on muuttunut.` for each round before which something changed.
fn breaks(steps: &[Step<'_>], edition: &Edition<'_>) -> String {
    let broken = steps.iter().filter(|it| !it.changes.is_empty());
    let told = broken.map(|it| {
        let why = it.changes.iter();
        let why = why.map(|it| edition.say(&format!("change.{}", it.name())));
        format!("{}: {}", it.round, why.collect::<Vec<_>>().join(" "))
    });
    told.collect::<Vec<_>>().join(" ")
}
