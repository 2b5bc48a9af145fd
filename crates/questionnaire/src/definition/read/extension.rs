//! The `kuuluu` object of a survey, a question, a row, a choice and a column.

use json::Value;

use super::fields::Fields;
use super::place::At;
use super::survey::list;
use crate::definition::{
    ChoiceExtension, Disclosure, FrameUnit, InstrumentItem, Meaning, Mode, QuestionExtension, Role,
    SurveyExtension,
};

/// `kuuluu.languages`, read before everything else.
pub(super) fn languages(at: &At<'_>) -> Vec<String> {
    let Some(value) = at.value.get("kuuluu").and_then(|it| it.get("languages")) else {
        return Vec::new();
    };
    let texts = value.as_list().unwrap_or_default();
    texts
        .iter()
        .filter_map(|it| it.as_str())
        .map(ToOwned::to_owned)
        .collect()
}

/// `kuuluu.only`, read before everything else.
pub(super) fn only(document: &Value) -> Option<String> {
    let only = document.get("kuuluu")?.get("only")?;
    only.as_str().map(ToOwned::to_owned)
}

pub(super) fn survey(f: &Fields<'_>) -> SurveyExtension {
    let Some(at) = f.get("kuuluu") else {
        return SurveyExtension::default();
    };
    let Some(f) = at.fields() else {
        return SurveyExtension::default();
    };
    let extension = SurveyExtension {
        id: f.string("id"),
        version: f.string("version"),
        round: f.string("round"),
        languages: languages_checked(&f),
        only: f.string("only"),
        mode: match f.one_of("mode", &["anonymous", "organisation", "group", "device"]) {
            Some(1) => Mode::Organisation,
            Some(2) => Mode::Group,
            Some(3) => Mode::Device,
            _ => Mode::Anonymous,
        },
        opens: day(&f, "opens"),
        closes: day(&f, "closes"),
        time_zone: f.string("timeZone"),
        grace_minutes: f.count("graceMinutes", 30),
        frame: list(&f, "frame", frame_unit),
        frame_size: f.optional_count("frameSize"),
        decline_if: f.formula("declineIf"),
        disclosure: disclosure(&f),
        seal: f.string("seal"),
    };
    f.close();
    extension
}

fn languages_checked(f: &Fields<'_>) -> Vec<String> {
    let Some(at) = f.get("languages") else {
        return Vec::new();
    };
    let mut languages: Vec<String> = Vec::new();
    for item in at.items() {
        let Some(language) = item.text() else {
            continue;
        };
        if !is_language(&language) || languages.contains(&language) {
            item.say(
                "property/invalid-value",
                "a language tag, once: fi, sv, en, fi-x-selko",
                None,
            );
        } else {
            languages.push(language);
        }
    }
    languages
}

/// True for what looks like a BCP 47 tag.
pub(super) fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    parts.next().is_some_and(|it| {
        (2..=3).contains(&it.len()) && it.bytes().all(|b| b.is_ascii_alphabetic())
    }) && parts
        .all(|it| (1..=8).contains(&it.len()) && it.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// A date `YYYY-MM-DD`, optionally with a time after `T`.
fn day(f: &Fields<'_>, name: &'static str) -> Option<String> {
    let at = f.get(name)?;
    let text = at.text()?;
    let date = text.split('T').next().unwrap_or_default();
    let fits = date.len() == 10
        && date.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !fits {
        at.say("property/invalid-value", "a date such as 2026-11-22", None);
        return None;
    }
    Some(text)
}

fn frame_unit(at: &At<'_>) -> Option<FrameUnit> {
    let f = at.fields()?;
    let unit = FrameUnit {
        code: f.string("code").unwrap_or_else(|| {
            f.at.say("property/required", "code", None);
            String::new()
        }),
        name: f.localized("name"),
        sub_region: f.string("subRegion"),
    };
    f.close();
    Some(unit)
}

fn disclosure(f: &Fields<'_>) -> Disclosure {
    let Some(at) = f.get("disclosure") else {
        return Disclosure::default();
    };
    let Some(f) = at.fields() else {
        return Disclosure::default();
    };
    let disclosure = Disclosure {
        minimum_cell: f.optional_count("minimumCell"),
        sensitive_minimum: f.optional_count("sensitiveMinimum"),
        crossings: list(&f, "crossings", crossing),
    };
    f.close();
    disclosure
}

fn crossing(at: &At<'_>) -> Option<[String; 2]> {
    let names: Vec<String> = at.items().filter_map(|item| item.text()).collect();
    let pair = names.try_into().ok();
    if pair.is_none() {
        at.wrong("two names of background questions");
    }
    pair
}

pub(super) fn question(f: &Fields<'_>) -> QuestionExtension {
    let Some(at) = f.get("kuuluu") else {
        return QuestionExtension::default();
    };
    let Some(f) = at.fields() else {
        return QuestionExtension::default();
    };
    let extension = QuestionExtension {
        theme: f.string("theme"),
        indicator: f.string("indicator"),
        instrument: f.get("instrument").and_then(|at| instrument(&at)),
        role: match f.one_of("role", &["outcome", "background", "open"]) {
            Some(1) => Role::Background,
            Some(2) => Role::Open,
            _ => Role::Outcome,
        },
        sensitive: f.flag("sensitive", false),
        since: f.string("since"),
        help_before: f.flag("helpBefore", false),
        note: f.string("note"),
    };
    f.close();
    extension
}

fn instrument(at: &At<'_>) -> Option<InstrumentItem> {
    let f = at.fields()?;
    let (id, item) = (f.string("id"), f.string("item"));
    if id.is_none() || item.is_none() {
        at.say("property/required", "id and item", None);
    }
    f.close();
    Some(InstrumentItem {
        id: id?,
        item: item?,
    })
}

pub(super) fn choice(f: &Fields<'_>) -> ChoiceExtension {
    let Some(at) = f.get("kuuluu") else {
        return ChoiceExtension::default();
    };
    let Some(f) = at.fields() else {
        return ChoiceExtension::default();
    };
    let extension = ChoiceExtension {
        meaning: match f.one_of("meaning", &["dontKnow", "preferNot", "notApplicable"]) {
            Some(0) => Some(Meaning::DontKnow),
            Some(1) => Some(Meaning::PreferNot),
            Some(2) => Some(Meaning::NotApplicable),
            _ => None,
        },
        group: f.string("group"),
    };
    f.close();
    extension
}
