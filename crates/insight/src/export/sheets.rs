//! What stands in a workbook, before it is written in either format: how to read it, one line per
//! figure, the middles, and what is compared.

use questionnaire::definition::Mode;

use super::differences::{Beside, Part};
use super::edition::Edition;
use super::over_time;
use super::table::{Middling, code};
use crate::query::Protection;
use crate::release::Release;
use crate::rounds::OverTime;

/// A sheet.
pub(super) struct Sheet {
    /// Its name; at most 31 characters and without `[]:*?/\`.
    pub name: String,
    /// Widths of the columns in characters.
    pub widths: Vec<u32>,
    /// Rows.
    pub rows: Vec<Vec<Cell>>,
    /// True if the first row is a heading over a table.
    pub is_table: bool,
}

/// A cell.
pub(super) enum Cell {
    /// Nothing.
    Empty,
    /// A text.
    Text(String),
    /// A heading.
    Head(String),
    /// A number.
    Number(f64),
}

/// The sheets of a workbook.
pub(super) fn sheets(release: &Release, edition: &Edition<'_>) -> Vec<Sheet> {
    let mut all = vec![about(release, edition), figures(release, edition)];
    let middles = middles(release, edition);
    if middles.rows.len() > 1 {
        all.push(middles);
    }
    all.extend(edition.compared.map(|it| differences(it, edition)));
    all.extend(edition.over_time.map(|it| series(it, edition)));
    all
}

fn sheet_name(name: String) -> String {
    let fits = |c: &char| !"[]:*?/\\'".contains(*c);
    name.chars().filter(fits).take(31).collect()
}

/// How to read the figures: survey, round, N, base, rounding, what is hidden.
fn about(release: &Release, edition: &Edition<'_>) -> Sheet {
    let head = release.head();
    let say = |key: &str| edition.say(key);
    let mut rows = vec![vec![Cell::Head(edition.title())], vec![Cell::Empty]];
    let mut line = |key: &str, value: String| {
        if !value.is_empty() {
            rows.push(vec![Cell::Head(say(key)), Cell::Text(value)]);
        }
    };
    if edition.sample {
        line("sample", say("sample.is"));
    }
    line("survey", head.survey.clone());
    line("version", edition.codebook.version.clone());
    line("round", head.round.clone().unwrap_or_default());
    line("publisher", edition.publisher.to_owned());
    line(
        "day",
        edition.day.map(|it| it.to_string()).unwrap_or_default(),
    );
    let filter = head.filter.as_deref();
    line(
        "filter",
        filter.map_or_else(|| say("none"), |it| edition.filter(it)),
    );
    let number = |it: Option<u32>| it.map_or_else(|| say("hidden"), |it| it.to_string());
    line(
        "n",
        format!("{} {} {}", number(head.n), say("of"), number(head.total)),
    );
    line("base", say(&format!("base.{}", head.base.name())));
    line(
        "rounding",
        say(&format!("rounding.{}", head.rounding.name())),
    );
    line("hidden", minima(head.protection, edition));
    let mut reading = say("notes.percent");
    if edition.codebook.mode == Mode::Anonymous {
        reading = format!("{} {reading}", say("caveat"));
    }
    line("reading", reading);
    if let Some(beside) = edition.compared {
        let (one, other) = beside.sides(edition);
        let n = beside.n();
        line(
            "compared",
            format!(
                "{one} (N = {}) – {other} (N = {})",
                number(n.0),
                number(n.1)
            ),
        );
        let with_n = |key: &str, n: u32| say(key).replace("{n}", &n.to_string());
        let notes = [
            beside
                .comparison
                .months_apart
                .map(|it| with_n("rounds.apart", it)),
            Some(say("compare.note")),
            Some(with_n("compare.tests", beside.comparison.tests)),
        ];
        let notes: Vec<String> = notes.into_iter().flatten().collect();
        line("differences", notes.join(" "));
    }
    Sheet {
        name: sheet_name(say("about")),
        widths: vec![24, 90],
        rows,
        is_table: false,
    }
}

/// What is hidden, with the minima in it.
fn minima(protection: Protection, edition: &Edition<'_>) -> String {
    if protection.is_none() {
        return edition.say("notes.hidden.none");
    }
    edition
        .say("notes.hidden")
        .replace("{cell}", &protection.minimum_cell.to_string())
        .replace("{sensitive}", &protection.sensitive_minimum.to_string())
        .replace("{score}", &protection.score_minimum.to_string())
}

fn heads(edition: &Edition<'_>, groupings: &[String], keys: &[&str]) -> Vec<Cell> {
    let groupings = groupings.iter().cloned();
    let keys = keys.iter().map(|it| edition.say(it));
    groupings.chain(keys).map(Cell::Head).collect()
}

fn texts(by: Vec<String>) -> impl Iterator<Item = Cell> {
    by.into_iter().map(Cell::Text)
}

fn number(it: Option<u32>) -> Cell {
    it.map_or(Cell::Empty, |it| Cell::Number(f64::from(it)))
}

/// A share as per cents with one decimal.
fn share(it: Option<f64>) -> Cell {
    decimal(it.map(|it| (it * 1000.0).round() / 10.0))
}

/// A number with four decimals at most; of one that would have none left, as many digits.
fn decimal(it: Option<f64>) -> Cell {
    const SMALL: f64 = 1e-3;
    let rounded = |it: f64| {
        if it.abs() < SMALL {
            format!("{it:.3e}").parse().unwrap_or(it)
        } else {
            (it * 1e4).round() / 1e4
        }
    };
    it.filter(|it| it.is_finite())
        .map_or(Cell::Empty, |it| Cell::Number(rounded(it)))
}

/// One line per figure.
fn figures(release: &Release, edition: &Edition<'_>) -> Sheet {
    let groupings = edition.groupings(release);
    let keys = [
        "question", "text", "item", "code", "answer", "count", "percent", "low", "high", "n",
        "base", "hidden",
    ];
    let mut rows = vec![heads(edition, &groupings, &keys)];
    let mut widths = vec![20; groupings.len()];
    widths.extend([18, 48, 32, 12, 32, 10, 8, 14, 14, 8, 24, 40]);
    for line in edition.lines(release) {
        let mut row: Vec<Cell> = texts(line.by).collect();
        let why = line.row.hidden.or(line.figures.hidden);
        row.extend([
            Cell::Text(line.figures.name.clone()),
            Cell::Text(edition.question(line.question)),
            Cell::Text(edition.item(line.item)),
            Cell::Text(code(&line.row.label)),
            Cell::Text(edition.label(line.item, &line.row.label)),
            number(line.row.count),
            number(line.row.percent),
            share(line.row.interval.map(|it| it.0)),
            share(line.row.interval.map(|it| it.1)),
            number(line.figures.n),
            Cell::Text(edition.say(&format!("base.{}", line.figures.base.name()))),
            why.map_or(Cell::Empty, |it| Cell::Text(edition.why(it))),
        ]);
        rows.push(row);
    }
    // Groups that are not shown at all have no lines of their own, but are not passed over either.
    for group in release.groups() {
        if let Some(why) = group.hidden {
            let mut row: Vec<Cell> = texts(edition.group(group)).collect();
            row.extend(keys.iter().skip(1).map(|_| Cell::Empty));
            row.push(Cell::Text(edition.why(why)));
            rows.push(row);
        }
    }
    Sheet {
        name: sheet_name(edition.say("figures")),
        widths,
        rows,
        is_table: true,
    }
}

fn middles(release: &Release, edition: &Edition<'_>) -> Sheet {
    let groupings = edition.groupings(release);
    let keys = [
        "question",
        "text",
        "item",
        "n",
        "median",
        "lower",
        "upper",
        "mean",
        "deviation",
        "minimum",
        "maximum",
        "hidden",
    ];
    let mut rows = vec![heads(edition, &groupings, &keys)];
    let mut widths = vec![20; groupings.len()];
    widths.extend([18, 48, 32, 8, 10, 14, 14, 12, 12, 10, 10, 40]);
    for line in edition.middles(release) {
        let it = line.summary;
        let at = |place: Option<f64>| match place.map(|it| edition.middle(line.item, it)) {
            Some(Middling::Choice(text)) => Cell::Text(text),
            Some(Middling::Number(number)) => decimal(Some(number)),
            None => Cell::Empty,
        };
        let mut row: Vec<Cell> = texts(line.by).collect();
        row.extend([
            Cell::Text(line.item.name.clone()),
            Cell::Text(edition.question(line.question)),
            Cell::Text(edition.item(line.item)),
            number(it.n),
            at(it.median),
            at(it.lower_quartile),
            at(it.upper_quartile),
            decimal(it.mean),
            decimal(it.deviation),
            at(it.range.map(|it| it.0)),
            at(it.range.map(|it| it.1)),
            it.hidden
                .map_or(Cell::Empty, |it| Cell::Text(edition.why(it))),
        ]);
        rows.push(row);
    }
    Sheet {
        name: sheet_name(edition.say("middle")),
        widths,
        rows,
        is_table: true,
    }
}

/// Of each variable what may be said and the test, then its rows or its mean.
fn differences(beside: Beside<'_>, edition: &Edition<'_>) -> Sheet {
    let (one, other) = beside.sides(edition);
    let mut head = heads(
        edition,
        &[],
        &["question", "text", "item", "code", "answer"],
    );
    let n = edition.say("n");
    let sides = [
        one.clone(),
        other.clone(),
        format!("{n}, {one}"),
        format!("{n}, {other}"),
    ];
    head.extend(sides.map(Cell::Head));
    let rest = [
        "difference",
        "difference.low",
        "difference.high",
        "test",
        "p",
        "corrected",
        "measure",
        "effect",
        "says",
    ];
    head.extend(heads(edition, &[], &rest));
    let mut rows = vec![head];
    for line in beside.lines(edition) {
        let (numbers, test) = (line.numbers(), line.test());
        let said = |part: &str, code: &str| Cell::Text(edition.say(&format!("{part}.{code}")));
        let answer = match line.part {
            Part::Whole => edition.say("whole"),
            Part::Row(row) => edition.label(line.item, &row.label),
            Part::Mean(_) => edition.say("mean"),
        };
        let is_whole = matches!(line.part, Part::Whole);
        let n = |it: Option<u32>| number(it.filter(|_| is_whole));
        rows.push(vec![
            Cell::Text(line.found.name.clone()),
            Cell::Text(edition.question(line.question)),
            Cell::Text(edition.item(line.item)),
            Cell::Text(line.code()),
            Cell::Text(answer),
            decimal(numbers.one),
            decimal(numbers.other),
            n(line.found.n.0),
            n(line.found.n.1),
            decimal(numbers.difference),
            decimal(numbers.low),
            decimal(numbers.high),
            test.map_or(Cell::Empty, |it| said("test", it.method.name())),
            decimal(test.map(|it| it.p)),
            decimal(test.map(|it| it.corrected)),
            test.map_or(Cell::Empty, |it| said("measure", it.effect.measure.name())),
            decimal(test.map(|it| it.effect.value)),
            Cell::Text(line.says(beside.comparison.is_of_rounds(), edition)),
        ]);
    }
    Sheet {
        name: sheet_name(edition.say("differences")),
        widths: vec![
            18, 48, 32, 12, 32, 14, 14, 10, 10, 14, 14, 14, 24, 10, 10, 24, 10, 60,
        ],
        rows,
        is_table: true,
    }
}

/// Rounds across, the first one first; beside N where the series breaks and why.
fn series(rounds: &OverTime, edition: &Edition<'_>) -> Sheet {
    let mut head = heads(
        edition,
        &[],
        &["question", "text", "item", "code", "answer"],
    );
    let names = rounds.rounds().iter().map(|it| Cell::Head(it.name.clone()));
    head.extend(names);
    head.push(Cell::Head(edition.say("breaks")));
    let mut rows = vec![head];
    for line in over_time::lines(rounds, edition) {
        let mut row = vec![
            Cell::Text(line.item.name.clone()),
            Cell::Text(edition.question(line.question)),
            Cell::Text(edition.item(line.item)),
            Cell::Text(line.code),
            Cell::Text(line.answer),
        ];
        row.extend(line.numbers.into_iter().map(decimal));
        row.push(Cell::Text(line.breaks));
        rows.push(row);
    }
    let mut widths = vec![18, 48, 32, 12, 32];
    widths.extend(rounds.rounds().iter().map(|_| 12));
    widths.push(60);
    Sheet {
        name: sheet_name(edition.say("series")),
        widths,
        rows,
        is_table: true,
    }
}
