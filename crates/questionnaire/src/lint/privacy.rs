//! What could tell who answers.

use super::Findings;
use super::domain::choices;
use super::map::{Entry, Map, What};
use crate::definition::{InputType, Kind, Mode, Question, Role};

/// More groups than this within one municipality leave fewer than five answers in each when one in
/// ten of 2,000 inhabitants answers, which is the smallest municipality's size.
const MOST_GROUPS: usize = 40;

/// Background questions with more choices than this are taken to be the place of residence.
const PLACES: usize = 9;

pub(super) fn check(map: &Map<'_>, findings: &mut Findings) {
    for (entry, question) in map.questions() {
        sensitive(map, entry, question, findings);
    }
    field_period(map, findings);
    identity(map, findings);
    if map.survey.kuuluu.mode != Mode::Anonymous || map.document.get("kuuluu").is_none() {
        return;
    }
    for (entry, question) in map.questions() {
        identifying(entry, question, findings);
    }
    groups(map, findings);
}

fn sensitive(map: &Map<'_>, entry: &Entry<'_>, question: &Question, findings: &mut Findings) {
    if !question.kuuluu.sensitive {
        return;
    }
    let mut required = Vec::new();
    if question.is_required {
        required.push("isRequired");
    }
    if question.required_if.is_some() {
        required.push("requiredIf");
    }
    if let Kind::Matrix {
        each_row_required: true,
        ..
    } = question.kind
    {
        required.push("eachRowRequired");
    }
    if entry.scope == super::map::Scope::Survey {
        let mut parent = entry.parent;
        while let Some(above) = parent.and_then(|it| map.entries.get(it)) {
            if let What::Panel(panel) = above.what
                && panel.is_required
                && panel.elements.len() == 1
            {
                required.push("a required panel around it");
            }
            parent = above.parent;
        }
    }
    for property in required {
        findings.error(
            "kuuluu/sensitive-required",
            entry.at.clone(),
            format!("{} is sensitive and has {property}", question.name),
            "a sensitive question that may be left without an answer",
            &format!("leave out {property}"),
        );
    }
}

/// Questions that ask who one is.
fn identifying(entry: &Entry<'_>, question: &Question, findings: &mut Findings) {
    let input_type = match &question.kind {
        Kind::Text { field } => Some(field.input_type),
        Kind::MultipleText { items, .. } => items
            .iter()
            .map(|it| it.input_type)
            .find(|it| matches!(it, InputType::Email | InputType::Tel)),
        _ => None,
    };
    if matches!(input_type, Some(InputType::Email | InputType::Tel)) {
        findings.error(
            "kuuluu/asks-identity",
            entry.at.clone(),
            question.name.clone(),
            "nothing in an anonymous survey that tells who answers",
            "ask for contact details in a form of its own, without a link to the answers",
        );
    }
    let exact = matches!(
        question.kind,
        Kind::Text { .. } | Kind::Comment { .. } | Kind::Slider { .. } | Kind::MultipleText { .. }
    );
    if question.kuuluu.role == Role::Background && exact {
        findings.error(
            "kuuluu/exact-background",
            entry.at.clone(),
            question.name.clone(),
            "a background question with a few wide classes",
            "an exact age, date or place is often one person's alone: offer classes to choose from",
        );
    }
}

/// Background questions that together single people out.
fn groups(map: &Map<'_>, findings: &mut Findings) {
    let disclosure = &map.survey.kuuluu.disclosure;
    if !disclosure.crossings.is_empty() {
        return;
    }
    let background: Vec<(&Entry<'_>, &Question, usize)> = map
        .questions()
        .filter(|(_, question)| question.kuuluu.role == Role::Background)
        .filter_map(|(entry, question)| Some((entry, question, choices(question)?.items.len())))
        .collect();
    let mut groups = 1_usize;
    for (entry, _, count) in &background {
        if *count <= PLACES {
            groups = groups.saturating_mul((*count).max(1));
        }
        if groups > MOST_GROUPS {
            let names: Vec<&str> = background.iter().map(|it| it.1.name.as_str()).collect();
            findings.warning(
                "kuuluu/unique-background",
                entry.at.clone(),
                format!("{} make {groups} groups or more in each municipality", names.join(", ")),
                "so few groups that none is a single person in a small municipality",
                "ask fewer or wider classes, or say in kuuluu.disclosure.crossings which pairs may be crossed",
            );
            return;
        }
    }
}

/// True for a day that there is; `2026-02-31` is none.
fn is_in_calendar(text: &str) -> bool {
    let mut parts = text.split('T').next().unwrap_or_default().splitn(3, '-');
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let number = |it: Option<&str>| it?.parse().ok();
    let year = year.and_then(|it| it.parse().ok());
    year.zip(number(month))
        .zip(number(day))
        .is_some_and(|((year, month), day)| crate::expression::is_day(year, month, day))
}

fn field_period(map: &Map<'_>, findings: &mut Findings) {
    let extension = &map.survey.kuuluu;
    for (name, day) in [("opens", &extension.opens), ("closes", &extension.closes)] {
        if let Some(text) = day
            && !is_in_calendar(text)
        {
            findings.error(
                "kuuluu/field-period",
                format!("/kuuluu/{name}"),
                text.clone(),
                "a day of the calendar",
                "look up the last day of that month",
            );
        }
    }
    if let (Some(opens), Some(closes)) = (&extension.opens, &extension.closes)
        && closes < opens
    {
        findings.error(
            "kuuluu/field-period",
            "/kuuluu/closes".to_owned(),
            closes.clone(),
            "a day not before opens",
            "",
        );
    }
    if (extension.opens.is_some() || extension.closes.is_some()) && extension.time_zone.is_none() {
        findings.warning(
            "kuuluu/time-zone",
            "/kuuluu".to_owned(),
            "opens or closes without timeZone".to_owned(),
            "timeZone, for example Europe/Helsinki",
            "",
        );
    }
    let (cell, sensitive) = (
        extension.disclosure.minimum_cell,
        extension.disclosure.sensitive_minimum,
    );
    let public = matches!(extension.mode, Mode::Organisation | Mode::Device);
    if !public
        && (cell.is_some_and(|it| it < 3)
            || sensitive
                .zip(cell)
                .is_some_and(|(sensitive, cell)| sensitive < cell))
    {
        findings.error(
            "kuuluu/disclosure",
            "/kuuluu/disclosure".to_owned(),
            "minimum cells that protect nobody".to_owned(),
            "minimumCell of at least 3, and sensitiveMinimum not below it",
            "5 and 10 are usual",
        );
    }
}

/// A survey needs an identity before answers are collected.
fn identity(map: &Map<'_>, findings: &mut Findings) {
    let extension = &map.survey.kuuluu;
    for (property, there) in [
        ("id", extension.id.is_some()),
        ("version", extension.version.is_some()),
        ("languages", !extension.languages.is_empty()),
    ] {
        if !there {
            findings.warning(
                "kuuluu/identity",
                format!("/kuuluu/{property}"),
                "nothing".to_owned(),
                match property {
                    "id" => "the survey's identity, for example asukas-2026",
                    "version" => "the version of the wording, for example 1",
                    _ => "the languages that must be complete, for example fi, sv, en",
                },
                "answers cannot be collected and compared without it",
            );
        }
    }
}
