//! Scales: which way they run, what is not a point of them, how wide they are.

use std::collections::BTreeMap;

use super::Findings;
use super::domain::{number, scale};
use super::map::{Entry, Map};
use crate::definition::{Choice, Kind, MatrixDisplay, Question};

/// A table with more columns than this does not fit on a telephone.
const WIDEST_TABLE: usize = 4;

/// A row of one matrix with more points than this does not fit even on its own.
const MOST_POINTS: usize = 11;

/// Texts of answers that are not points of a scale.
const NO_OPINION: &[&str] = &[
    "en osaa sanoa",
    "kan inte säga",
    "vet ej",
    "i can't say",
    "i don't know",
    "don't know",
    "en tiedä",
    "en halua vastata",
    "vill inte svara",
    "prefer not to say",
    "ei koske minua",
    "gäller inte mig",
    "does not concern me",
    "not applicable",
];

pub(super) fn check(map: &Map<'_>, findings: &mut Findings) {
    let mut directions: BTreeMap<Vec<String>, (bool, &str)> = BTreeMap::new();
    let mut groups: BTreeMap<&str, Vec<(&Entry<'_>, f64, bool)>> = BTreeMap::new();
    for (entry, question) in map.questions() {
        let points = scale(question);
        unmarked(entry, question, &points, findings);
        wide(entry, question, findings);
        if question.kuuluu.instrument.is_some() {
            continue;
        }
        same_texts(entry, &points, &mut directions, findings);
        collect_groups(entry, &points, &mut groups);
    }
    for (group, all) in &groups {
        opposite(group, all, findings);
    }
}

/// The default or first text of a point, in lower case.
fn text(choice: &Choice) -> Option<String> {
    let language = choice.text.languages().next()?;
    Some(choice.text.get(language)?.trim().to_lowercase())
}

/// Two scales of the same texts whose codes run in opposite ways.
fn same_texts<'a>(
    entry: &Entry<'a>,
    points: &[&Choice],
    directions: &mut BTreeMap<Vec<String>, (bool, &'a str)>,
    findings: &mut Findings,
) {
    let mut coded: Vec<(String, f64)> = points
        .iter()
        .filter(|it| it.kuuluu.meaning.is_none())
        .filter_map(|it| Some((text(it)?, number(&it.value)?)))
        .collect();
    if coded.len() < 3 {
        return;
    }
    coded.sort_by(|a, b| a.0.cmp(&b.0));
    let rising = coded.first().map(|it| it.1) < coded.last().map(|it| it.1);
    let key: Vec<String> = coded.into_iter().map(|it| it.0).collect();
    match directions.get(&key) {
        Some((other, name)) if *other != rising => findings.warning(
            "kuuluu/reversed-scale",
            entry.at.clone(),
            format!("the same answers as in {name}, coded the other way"),
            "one direction of codes for one scale",
            "use the same values in both, or mark the question's kuuluu.instrument if its coding is fixed",
        ),
        Some(_) => {}
        None => {
            directions.insert(key, (rising, entry.name()));
        }
    }
}

/// Notes for each box of a grouped distribution whether it stands at the high end of its scale.
fn collect_groups<'m, 'a>(
    entry: &'m Entry<'a>,
    points: &[&'m Choice],
    groups: &mut BTreeMap<&'m str, Vec<(&'m Entry<'a>, f64, bool)>>,
) {
    let coded: Vec<(&Choice, f64)> = points
        .iter()
        .filter(|it| it.kuuluu.meaning.is_none())
        .filter_map(|it| Some((*it, number(&it.value)?)))
        .collect();
    let count = coded.len();
    if count < 3 {
        return;
    }
    #[expect(clippy::cast_precision_loss, reason = "a handful of points")]
    let middle = coded.iter().map(|it| it.1).sum::<f64>() / count as f64;
    let mut seen: Vec<&str> = Vec::new();
    for (choice, _) in &coded {
        let Some(group) = choice
            .kuuluu
            .group
            .as_deref()
            .filter(|it| !seen.contains(it))
        else {
            continue;
        };
        seen.push(group);
        let own: Vec<f64> = coded
            .iter()
            .filter(|it| it.0.kuuluu.group.as_deref() == Some(group))
            .map(|it| it.1)
            .collect();
        #[expect(clippy::cast_precision_loss, reason = "a handful of points")]
        let mean = own.iter().sum::<f64>() / own.len() as f64;
        if (mean - middle).abs() > 0.01 {
            groups
                .entry(group)
                .or_default()
                .push((entry, mean, mean > middle));
        }
    }
}

/// The questions in which a box stands at the other end than in most.
fn opposite(group: &str, all: &[(&Entry<'_>, f64, bool)], findings: &mut Findings) {
    let high = all.iter().filter(|it| it.2).count();
    let low = all.len() - high;
    if high == 0 || low == 0 || high == low {
        return;
    }
    for (entry, _, is_high) in all {
        if *is_high != (high > low) {
            findings.warning(
                "kuuluu/reversed-scale",
                entry.at.clone(),
                format!(
                    "{group} has the {} codes",
                    if *is_high { "high" } else { "low" }
                ),
                "the same direction as in the other questions",
                "turn the codes round, so that means and charts can be read alike",
            );
        }
    }
}

/// "I can't say" in a numeric scale that is not marked as no point of it.
fn unmarked(entry: &Entry<'_>, question: &Question, points: &[&Choice], findings: &mut Findings) {
    let numeric = points
        .iter()
        .filter(|it| number(&it.value).is_some())
        .count();
    if numeric < 3 || points.len() < 4 {
        return;
    }
    let property = match question.kind {
        Kind::Matrix { .. } => "columns",
        Kind::Rating { .. } => "rateValues",
        _ => "choices",
    };
    for (index, point) in points.iter().enumerate() {
        let all: Vec<String> = point
            .text
            .languages()
            .filter_map(|language| point.text.get(language))
            .map(str::to_lowercase)
            .collect();
        let says_nothing = all
            .iter()
            .any(|text| NO_OPINION.iter().any(|it| text.starts_with(it)));
        if says_nothing && point.kuuluu.meaning.is_none() {
            findings.warning(
                "kuuluu/unmarked-no-opinion",
                format!("{}/{property}/{index}", entry.at),
                all.first().cloned().unwrap_or_default(),
                "kuuluu.meaning: dontKnow, preferNot or notApplicable",
                "unmarked, it would be averaged as a point of the scale",
            );
        }
    }
}

fn wide(entry: &Entry<'_>, question: &Question, findings: &mut Findings) {
    let (columns, display, most) = match &question.kind {
        Kind::Matrix { base, columns, .. } => (columns.len(), base.display, MOST_POINTS),
        Kind::MatrixDropdown { base, columns, .. } | Kind::MatrixDynamic { base, columns, .. } => {
            (columns.len(), base.display, WIDEST_TABLE * 2)
        }
        _ => return,
    };
    let table = display == MatrixDisplay::Table && columns > WIDEST_TABLE;
    if table || columns > most {
        findings.warning(
            "kuuluu/wide-matrix",
            entry.at.clone(),
            format!("{columns} columns"),
            "a matrix that fits on a telephone",
            if table {
                "leave displayMode to auto: on a narrow screen it becomes one question a row"
            } else {
                "ask in parts, or one question a row"
            },
        );
    }
}
