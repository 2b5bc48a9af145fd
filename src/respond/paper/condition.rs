//! When a question on paper concerns its reader: its condition in words, by the texts of the answers.

use json::Value;
use questionnaire::definition::{Formula, Question, Survey};
use questionnaire::expression::{Asks, Term};
use questionnaire::session::Formats as _;

use super::choices::{code, offered};
use super::numbers;
use crate::browser::intl::Local;
use crate::words::{language, t, t_with};

/// When to answer; where the condition cannot be told in a sentence, that there is one.
pub(super) fn sentence(condition: &Formula, survey: &Survey, lang: &str) -> String {
    told(condition, survey, lang).unwrap_or_else(|| t("paper.if"))
}

fn told(condition: &Formula, survey: &Survey, lang: &str) -> Option<String> {
    let terms = condition.expression.as_ref()?.terms()?;
    let asks = |it: &Term<'_>, what: fn(&Asks) -> bool| {
        let mut others = terms.terms.iter().filter(|other| other.name == it.name);
        terms.all && others.any(|other| what(&other.asks))
    };
    // That something is answered, and not with this: both are said at once.
    let is_answered = |it: &Term<'_>| asks(it, |asks| matches!(asks, Asks::Answered(true)));
    let is_said = |it: &Term<'_>| {
        matches!(it.asks, Asks::Answered(true)) && asks(it, |asks| matches!(asks, Asks::NoneOf(_)))
    };
    let parts: Option<Vec<String>> = terms
        .terms
        .iter()
        .filter(|it| !is_said(it))
        .map(|it| term(it, is_answered(it), survey, lang))
        .collect();
    let joint = if terms.all { "list.and" } else { "list.or" };
    let terms = parts?.join(&t(joint));
    Some(t_with("paper.when", &[("terms", &terms)]))
}

fn term(term: &Term<'_>, is_answered: bool, survey: &Survey, lang: &str) -> Option<String> {
    let (number, asked) = numbers::find(survey, term.name)?;
    let (key, answer) = match &term.asks {
        Asks::Answered(true) => ("paper.term.any", String::new()),
        Asks::Answered(false) => ("paper.term.none", String::new()),
        Asks::OneOf(values) => ("paper.term.is", answers(asked, values, lang)?),
        Asks::NoneOf(values) if is_answered => ("paper.term.other", answers(asked, values, lang)?),
        Asks::NoneOf(values) => ("paper.term.not", answers(asked, values, lang)?),
        Asks::AtLeast(n) => ("paper.term.is", bound("paper.at_least", *n)),
        Asks::AtMost(n) => ("paper.term.is", bound("paper.at_most", *n)),
        Asks::Above(n) => ("paper.term.is", bound("paper.above", *n)),
        Asks::Below(n) => ("paper.term.is", bound("paper.below", *n)),
    };
    let number = number.to_string();
    Some(t_with(key, &[("question", &number), ("answer", &answer)]))
}

fn bound(key: &str, number: f64) -> String {
    let number = Local.number(&language(), number, (0, 20), false);
    t_with(key, &[("n", &number)])
}

/// The answers as they stand on the paper.
fn answers(asked: &Question, values: &[Value], lang: &str) -> Option<String> {
    let offered = offered(&asked.kind, lang);
    let text = |value: &Value| {
        let value = code(value);
        let known = offered.iter().find(|it| it.1 == value);
        match known {
            Some((text, _)) => Some(t_with("paper.quoted", &[("answer", text)])),
            None if offered.is_empty() => Some(value),
            None => None,
        }
    };
    let texts: Option<Vec<String>> = values.iter().map(text).collect();
    Some(texts?.join(&t("list.or")))
}
