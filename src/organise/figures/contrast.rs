//! Two groups or two rounds beside each other: what may be said, and the table of differences.

use insight::codebook::{Item, Kind, Question};
use insight::compare::{Comparison, Contrast, Difference, Means, Size, Verdict, Who};
use insight::rounds::Change;

use super::label::{Texts, decimal};
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
        findings.push(Finding {
            label: if is_alone {
                String::new()
            } else {
                texts.item_or_answers(item)
            },
            sentence: sentences(item, found, between, texts),
            is_shown: found.verdict == Verdict::Shown || shown_rows(found).next().is_some(),
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

/// Several choices have a test each: those of which a difference is shown.
fn shown_rows(found: &Contrast) -> impl Iterator<Item = &Difference> {
    let rows = found.rows.iter();
    rows.filter(|it| it.verdict == Some(Verdict::Shown))
}

/// What may be said; never more than the answers show.
fn sentences(item: &Item, found: &Contrast, between: Between<'_>, texts: &Texts<'_>) -> String {
    let mut said = if item.kind == Kind::Multiple && found.verdict == Verdict::NotTested {
        of_rows(item, found, between, texts)
    } else {
        of_whole(found, between)
    };
    if found.verdict != Verdict::Changed && found.changes.contains(&Change::Boxes) {
        said.push(' ');
        said.push_str(&change(Change::Boxes));
    }
    said
}

fn of_whole(found: &Contrast, between: Between<'_>) -> String {
    let size = found.test.map_or(Size::Small, |it| it.effect.size);
    match found.verdict {
        Verdict::Shown => match size {
            Size::Large => between.say("large"),
            Size::Medium => between.say("medium"),
            _ => between.say("small"),
        },
        Verdict::Slight => between.say("slight"),
        Verdict::NotShown => between.say("notShown"),
        Verdict::TooFew => t("organise.compare.tooFew"),
        Verdict::Hidden => t("organise.compare.hidden"),
        Verdict::Changed => {
            let reasons: Vec<String> = found.changes.iter().map(|it| change(*it)).collect();
            format!("{} {}", t("organise.compare.changed"), reasons.join(" "))
        }
        _ => t("organise.compare.notTested"),
    }
}

/// Several choices: which of them differ.
fn of_rows(item: &Item, found: &Contrast, between: Between<'_>, texts: &Texts<'_>) -> String {
    let shown: Vec<String> = shown_rows(found)
        .map(|it| texts.row(item, &it.label))
        .collect();
    let any = |verdict| found.rows.iter().any(|it| it.verdict == Some(verdict));
    if !shown.is_empty() {
        between.say_with("rows", &shown.join(", "))
    } else if any(Verdict::Slight) {
        between.say("slight")
    } else if any(Verdict::NotShown) {
        between.say("notShown")
    } else if any(Verdict::Hidden) || found.rows.iter().any(|it| it.difference.is_none()) {
        t("organise.compare.hidden")
    } else {
        t("organise.compare.notTested")
    }
}

impl Between<'_> {
    fn key(self, word: &str) -> String {
        match self {
            Self::Groups => format!("organise.compare.{word}"),
            Self::Rounds(..) => format!("organise.compare.rounds.{word}"),
        }
    }

    fn say(self, word: &str) -> String {
        t(&self.key(word))
    }

    fn say_with(self, word: &str, what: &str) -> String {
        t_with(&self.key(word), &[("what", what)])
    }
}

/// Why a question does not compare with an earlier round.
pub fn change(change: Change) -> String {
    t(match change {
        Change::New => "organise.change.new",
        Change::Kind => "organise.change.kind",
        Change::Wording => "organise.change.wording",
        Change::Choices => "organise.change.choices",
        Change::Scale => "organise.change.scale",
        _ => "organise.change.boxes",
    })
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
    let (low, high) = (
        decimal(low, &texts.language),
        decimal(high, &texts.language),
    );
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
