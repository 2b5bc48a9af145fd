//! When a question on paper concerns its reader: its condition in words, by the texts of the answers.

use json::Value;
use questionnaire::definition::{Element, Formula, Question, Survey};
use questionnaire::expression::{Asks, Term};
use questionnaire::session::Formats as _;
use questionnaire::text::RichText;

use super::choices::{code, offered, text_of};
use crate::browser::intl::Local;
use crate::respond::rich_text::plain;
use crate::words::{language, t, t_with};

/// When to answer; where the condition cannot be told in a sentence, that there is one.
pub(super) fn sentence(condition: &Formula, survey: &Survey, lang: &str) -> String {
    told(condition, survey, lang).unwrap_or_else(|| t("paper.if"))
}

fn told(condition: &Formula, survey: &Survey, lang: &str) -> Option<String> {
    let terms = condition.expression.as_ref()?.terms()?;
    let parts: Option<Vec<String>> = terms
        .terms
        .iter()
        .map(|it| term(it, survey, lang))
        .collect();
    let joint = if terms.all { "paper.and" } else { "paper.or" };
    let terms = parts?.join(&t(joint));
    Some(t_with("paper.when", &[("terms", &terms)]))
}

fn term(term: &Term<'_>, survey: &Survey, lang: &str) -> Option<String> {
    let asked = survey
        .pages
        .iter()
        .find_map(|page| find(&page.panel.elements, term.name))?;
    let title = text_of(&asked.title, lang)?;
    let title = plain(&RichText::html(&title));
    let (key, answer) = match &term.asks {
        Asks::Answered(true) => ("paper.term.any", String::new()),
        Asks::Answered(false) => ("paper.term.none", String::new()),
        Asks::OneOf(values) => ("paper.term.is", answers(asked, values, lang)?),
        Asks::NoneOf(values) => ("paper.term.not", answers(asked, values, lang)?),
        Asks::AtLeast(n) => ("paper.term.is", bound("paper.at_least", *n)),
        Asks::AtMost(n) => ("paper.term.is", bound("paper.at_most", *n)),
        Asks::Above(n) => ("paper.term.is", bound("paper.above", *n)),
        Asks::Below(n) => ("paper.term.is", bound("paper.below", *n)),
    };
    Some(t_with(key, &[("question", &title), ("answer", &answer)]))
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
    Some(texts?.join(&t("paper.or")))
}

fn find<'a>(elements: &'a [Element], name: &str) -> Option<&'a Question> {
    elements.iter().find_map(|element| match element {
        Element::Question(question) => (question.name == name).then_some(&**question),
        Element::Panel(panel) => find(&panel.elements, name),
    })
}
