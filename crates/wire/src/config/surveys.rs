//! The surveys on offer.

use json::{Node, Severity};

use super::text;
use crate::{Localised, SurveyId};

/// A survey as the configuration lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyEntry {
    /// Its id: the stem of its file, and `kuuluu.id` in it.
    pub id: SurveyId,
    /// Its file, relative to the configuration: `surveys/{id}.json`.
    pub file: String,
    /// Its title in lists and links.
    pub title: Localised,
    /// True if a synthetic sample stands ready in `data/{id}.sample.ndjson`.
    pub sample: bool,
    /// The most responses taken in one day; `None` sets no limit.
    pub daily_limit: Option<u32>,
    /// The survey of which it is an earlier round: its organiser can open this one beside it.
    pub round_of: Option<SurveyId>,
}

pub(super) fn read(node: &Node<'_>, languages: &[String]) -> Vec<SurveyEntry> {
    let items = node.items();
    if items.is_empty() && node.value().as_list().is_some() {
        node.wrong("at least one survey");
    }
    let mut surveys: Vec<SurveyEntry> = Vec::new();
    for item in items {
        let Some(survey) = entry(&item, languages) else {
            continue;
        };
        if surveys.iter().any(|it| it.id == survey.id) {
            item.wrong("each survey once");
        } else {
            surveys.push(survey);
        }
    }
    surveys
}

fn entry(node: &Node<'_>, languages: &[String]) -> Option<SurveyEntry> {
    node.object()?;
    node.only(
        Severity::Warning,
        &["id", "file", "title", "sample", "dailyLimit", "roundOf"],
    );
    let title = node
        .required("title", "the survey's title in every language")
        .map(|it| Localised::read_complete(&it, languages));
    let id = text(node, "id", "the survey's id").and_then(|_| survey_id(&node.member("id")?))?;
    let expected = format!("surveys/{id}.json");
    let file = match node.member("file") {
        Some(member) if member.value().as_str() != Some(&expected) => {
            member.problem(
                Severity::Error,
                "config/file",
                "the survey's file, named after its id",
                Some(format!("write \"{expected}\"")),
            );
            return None;
        }
        _ => expected,
    };
    Some(SurveyEntry {
        id,
        file,
        title: title?,
        sample: node
            .member("sample")
            .and_then(|it| it.bool())
            .unwrap_or(false),
        daily_limit: node.member("dailyLimit").and_then(|it| limit(&it)),
        round_of: node.member("roundOf").and_then(|it| survey_id(&it)),
    })
}

fn survey_id(node: &Node<'_>) -> Option<SurveyId> {
    let id = node.value().as_str().and_then(|it| it.parse().ok());
    if id.is_none() {
        node.wrong("1 to 64 letters a-z, digits, hyphens and underscores");
    }
    id
}

fn limit(node: &Node<'_>) -> Option<u32> {
    let number = node
        .value()
        .as_f64()
        .filter(|it| it.fract() == 0.0 && (1.0..=1_000_000_000.0).contains(it));
    if number.is_none() {
        node.wrong("a whole number of responses a day, at least 1");
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole and between 1 and 10^9"
    )]
    number.map(|it| it as u32)
}
