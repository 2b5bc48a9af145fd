//! Published figures that stand beside one's own answer: how many per cent somewhere have answered
//! in a certain way, with source and year.
//!
//! Choosing what concerns a respondent happens here, on the device; nothing is asked for by place.

use json::{Node, Object, Problem, Problems, Severity, Value};

use crate::guidance::texts;
use crate::localized::Localized;

/// The figures of `data/figures/{survey}.json`.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    /// The question whose answer says where somebody lives.
    place: String,
    list: Vec<Figure>,
}

#[derive(Debug, Clone)]
struct Figure {
    question: String,
    theme: String,
    answers: Vec<Value>,
    says: Localized,
    shares: Vec<Share>,
}

/// A published share of an area's people.
#[derive(Debug, Clone)]
pub struct Share {
    /// The area's name.
    pub area: Localized,
    /// From 0 to 100.
    pub percent: f64,
    /// Who has published it.
    pub source: Localized,
    /// Of which year it is, for example `2022`.
    pub year: String,
    /// The places it concerns; none if it concerns everybody.
    places: Vec<Value>,
}

/// One's own answer and the figures beside it.
#[derive(Debug)]
pub struct Comparison<'a> {
    /// The question.
    pub question: &'a str,
    /// What the figures count, for example "lonely at least sometimes".
    pub says: &'a Localized,
    /// True if one's own answer is among those counted.
    pub counted: bool,
    /// In the order of the file.
    pub shares: Vec<&'a Share>,
    /// There are figures of some places, but none of one's own.
    pub lacks_place: bool,
}

impl Figures {
    /// Reads the file; what is wrong with it is said and left out.
    pub fn read(document: &Value) -> (Self, Vec<Problem>) {
        let problems = Problems::new();
        let node = Node::root(document, &problems);
        if text_of(&node, "format") != "kuuluu-figures/1" {
            node.problem(
                Severity::Error,
                "figures/format",
                "the format \"kuuluu-figures/1\"",
                None,
            );
        }
        let figures = Self {
            place: text_of(&node, "place"),
            list: items(&node, "figures").iter().map(Figure::read).collect(),
        };
        (figures, problems.into_vec())
    }

    /// What can be said beside `answers` on a theme; nothing beside a question left unanswered.
    pub fn compare(&self, theme: &str, answers: &Object) -> Vec<Comparison<'_>> {
        let place = answers.get(&self.place);
        let here = |share: &&Share| {
            share.places.is_empty() || place.is_some_and(|place| share.places.contains(place))
        };
        let of_theme = self.list.iter().filter(|it| it.theme == theme);
        of_theme
            .filter_map(|figure| {
                let answer = answers.get(&figure.question).filter(|it| !it.is_null())?;
                let shares: Vec<&Share> = figure.shares.iter().filter(here).collect();
                let is_counted = |answer: &Value| figure.answers.contains(answer);
                let counted = answer.as_list().map_or_else(
                    || is_counted(answer),
                    |several| several.iter().any(is_counted),
                );
                let is_of_place = |it: &Share| !it.places.is_empty();
                let lacks_place = place.is_some()
                    && figure.shares.iter().any(is_of_place)
                    && !shares.iter().any(|it| is_of_place(it));
                (!shares.is_empty()).then_some(Comparison {
                    lacks_place,
                    question: &figure.question,
                    says: &figure.says,
                    counted,
                    shares,
                })
            })
            .collect()
    }
}

impl Figure {
    fn read(node: &Node<'_>) -> Self {
        Self {
            question: text_of(node, "question"),
            theme: text_of(node, "theme"),
            answers: values(node, "answers"),
            says: texts(node, "says"),
            shares: items(node, "shares")
                .iter()
                .filter_map(Share::read)
                .collect(),
        }
    }
}

impl Share {
    /// `None`, and a problem, without a per cent between 0 and 100.
    fn read(node: &Node<'_>) -> Option<Self> {
        let percent = node.member("percent").and_then(|it| it.number());
        let Some(percent) = percent.filter(|it| (0.0..=100.0).contains(it)) else {
            node.problem(
                Severity::Error,
                "figures/percent",
                "a \"percent\" from 0 to 100",
                None,
            );
            return None;
        };
        Some(Self {
            area: texts(node, "area"),
            percent,
            source: texts(node, "source"),
            year: text_of(node, "year"),
            places: values(node, "places"),
        })
    }
}

fn items<'a>(node: &Node<'a>, name: &str) -> Vec<Node<'a>> {
    node.member(name).map(|it| it.items()).unwrap_or_default()
}

fn values(node: &Node<'_>, name: &str) -> Vec<Value> {
    items(node, name)
        .iter()
        .map(|it| it.value().clone())
        .collect()
}

fn text_of(node: &Node<'_>, name: &str) -> String {
    let text = node.member(name).and_then(|it| it.text());
    text.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"{"format":"kuuluu-figures/1","place":"home","figures":[
        {"question":"lonely","theme":"social","answers":["3","4"],"says":{"fi":"Yksin"},"shares":[
          {"area":{"fi":"Forssa"},"percent":31,"places":["061"],"year":"2026"},
          {"area":{"fi":"Suomi"},"percent":29.7,"year":"2022"}]},
        {"question":"joined","theme":"social","answers":["club"],"says":{"fi":"Mukana"},"shares":[
          {"area":{"fi":"Forssa"},"percent":12,"places":["061"],"year":"2026"}]}]}"#;

    fn said(answers: &str) -> Vec<String> {
        let (figures, problems) = Figures::read(&Value::parse(FILE).expect("JSON"));
        assert_eq!(problems, []);
        let answers = Value::parse(answers).expect("JSON");
        figures
            .compare("social", answers.as_object().expect("an object"))
            .iter()
            .map(|it| {
                let areas = it.shares.iter().filter_map(|it| it.area.get("fi"));
                let areas = areas.collect::<Vec<_>>().join(", ");
                format!(
                    "{} {}: {areas}{}",
                    it.says.get("fi").unwrap_or("?"),
                    it.counted,
                    if it.lacks_place { " alone" } else { "" }
                )
            })
            .collect()
    }

    #[test]
    fn figures_of_ones_own_municipality_come_before_those_of_the_country() {
        assert_eq!(
            said(r#"{"home":"061","lonely":"3"}"#),
            ["Yksin true: Forssa, Suomi"]
        );
    }

    #[test]
    fn other_peoples_municipalities_are_left_out() {
        assert_eq!(
            said(r#"{"home":"109","lonely":"1","joined":["club"]}"#),
            ["Yksin false: Suomi alone"]
        );
    }

    #[test]
    fn one_of_several_answers_counts_and_no_answer_says_nothing() {
        assert_eq!(
            said(r#"{"home":"061","joined":["parish","club"]}"#),
            ["Mukana true: Forssa"]
        );
    }

    #[test]
    fn a_share_without_a_per_cent_is_named() {
        let file = r#"{"format":"kuuluu-figures/1","figures":[{"shares":[{"percent":101}]}]}"#;
        let (_, problems) = Figures::read(&Value::parse(file).expect("JSON"));
        let at: Vec<&str> = problems.iter().map(|it| it.at.as_str()).collect();
        assert_eq!(at, ["/figures/0/shares/0"]);
    }
}
