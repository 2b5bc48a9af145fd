//! When a question on paper concerns its reader: its condition in words, by the texts of the answers.

use json::Value;
use questionnaire::definition::{Choices, Element, Formula, Kind, Question, Survey};
use questionnaire::expression::{Asks, Term};
use questionnaire::text::RichText;

use super::paper::{Named, all, choice, code, text_of};
use super::rich_text::plain;
use crate::words::{t, t_with};

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
    let number = code(&Value::Number(number)).replace('.', ",");
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

/// Texts and codes of what can be chosen; nothing where the answer is written.
fn offered(kind: &Kind, lang: &str) -> Vec<Named> {
    let of = |choices: &Choices| all(choices, lang);
    match kind {
        Kind::Single { choices, .. }
        | Kind::Multiple { choices, .. }
        | Kind::ImagePicker { choices, .. }
        | Kind::Ranking { choices, .. } => of(choices),
        Kind::Rating { items, .. } => items.iter().map(|it| choice(&it.choice, lang)).collect(),
        Kind::Boolean {
            label_true,
            label_false,
            value_true,
            value_false,
            ..
        } => {
            let yes = text_of(label_true, lang).unwrap_or_else(|| t("engine.yes"));
            let no = text_of(label_false, lang).unwrap_or_else(|| t("engine.no"));
            vec![(yes, code(value_true)), (no, code(value_false))]
        }
        _ => Vec::new(),
    }
}

fn find<'a>(elements: &'a [Element], name: &str) -> Option<&'a Question> {
    elements.iter().find_map(|element| match element {
        Element::Question(question) => (question.name == name).then_some(&**question),
        Element::Panel(panel) => find(&panel.elements, name),
    })
}
