//! What a respondent gets back: own themes in words, and a way on for each.
//!
//! There is no score and no diagnosis: each answer the author listed is good, in between or low,
//! and a theme is as its lowest answer. Themes come in the order of how much speaks for them.

use json::{Node, Object, Problem, Problems, Severity, Value};

use crate::localized::Localized;

/// What the author of a survey wants to give back.
#[derive(Debug, Clone, Default)]
pub struct Guidance {
    /// Said first, whatever else is said.
    urgent: Vec<(Matcher, Localized)>,
    /// A question in which themes are wished for by name.
    wishes: Option<String>,
    /// A free text in which the respondent has written a small step to take.
    step: Option<String>,
    themes: Vec<Theme>,
    /// Said if no theme has anything to say.
    good: Localized,
    /// There are published figures to stand beside.
    pub figures: bool,
}

#[derive(Debug, Clone)]
struct Theme {
    name: String,
    text: Localized,
    questions: Vec<Matcher>,
}

/// One question and what its answers mean.
#[derive(Debug, Clone, Default)]
struct Matcher {
    question: String,
    low: Vec<Value>,
    middle: Vec<Value>,
    low_at_most: Option<f64>,
    middle_at_most: Option<f64>,
    /// Answers that say nothing, such as "I can't say".
    silent: Vec<Value>,
}

/// How an answer, or a theme, is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// All is well.
    Good,
    /// So-so.
    Mixed,
    /// Support could help.
    Support,
}

/// What one respondent gets back.
#[derive(Debug, Clone, PartialEq)]
pub struct Advice<'a> {
    /// Said first.
    pub urgent: Vec<&'a Localized>,
    /// Themes with something to say first, then those that are well; themes without an answer are
    /// left out.
    pub themes: Vec<ThemeAdvice<'a>>,
    /// Said when no theme has anything to say.
    pub good: Option<&'a Localized>,
}

/// One theme.
#[derive(Debug, Clone, PartialEq)]
pub struct ThemeAdvice<'a> {
    /// Its name, for example `culture`.
    pub name: &'a str,
    /// As its lowest answer.
    pub level: Level,
    /// Each question that is answered, in order, and how its answer is.
    pub answers: Vec<(&'a str, Level)>,
    /// Wished for by the respondent.
    pub wished: bool,
    /// A way on.
    pub text: &'a Localized,
}

impl Advice<'_> {
    /// False if no answer says anything of a theme.
    pub fn says_something(&self) -> bool {
        !(self.urgent.is_empty() && self.themes.is_empty() && self.good.is_none())
    }
}

impl ThemeAdvice<'_> {
    /// True if the way on is offered.
    pub fn speaks(&self) -> bool {
        self.wished || self.level != Level::Good
    }

    /// The questions whose answers made the theme what it is; none when all is well.
    pub fn deciding(&self) -> impl Iterator<Item = &str> {
        let level = self.level;
        let deciding = self.answers.iter().filter(move |it| it.1 == level);
        deciding
            .filter(move |_| level != Level::Good)
            .map(|it| it.0)
    }

    fn n(&self, level: Level) -> usize {
        self.answers.iter().filter(|it| it.1 == level).count()
    }
}

impl Guidance {
    /// Reads `data/guidance/{survey}.json`; what is wrong with it is said and left out.
    pub fn read(document: &Value) -> (Self, Vec<Problem>) {
        let problems = Problems::new();
        let node = Node::root(document, &problems);
        let list = |name| node.member(name).map(|it| it.items()).unwrap_or_default();
        if node.member("format").and_then(|it| it.text()) != Some("kuuluu-guidance/1") {
            node.problem(
                Severity::Error,
                "guidance/format",
                "the format \"kuuluu-guidance/1\"",
                None,
            );
        }
        let name_of = |name| {
            let name = node.member(name).and_then(|it| it.text());
            name.map(str::to_owned)
        };
        let guidance = Self {
            urgent: list("urgent")
                .iter()
                .map(|it| (Matcher::read(it), texts(it, "text")))
                .collect(),
            wishes: name_of("wishes"),
            step: name_of("step"),
            themes: list("themes")
                .iter()
                .filter_map(|it| {
                    let questions = it.member("questions").map(|it| it.items());
                    Some(Theme {
                        name: it.member("theme")?.text()?.to_owned(),
                        text: texts(it, "text"),
                        questions: questions.iter().flatten().map(Matcher::read).collect(),
                    })
                })
                .collect(),
            good: texts(&node, "good"),
            figures: node
                .member("figures")
                .is_some_and(|it| it.value() == &Value::from(true)),
        };
        (guidance, problems.into_vec())
    }

    /// The small step that the respondent has written down.
    pub fn step(&self, answers: &Object) -> Option<String> {
        let step = answers.get(self.step.as_deref()?)?.as_str()?.trim();
        (!step.is_empty()).then(|| step.to_owned())
    }

    /// What `answers` give back.
    pub fn advise(&self, answers: &Object) -> Advice<'_> {
        let wished = |theme: &str| {
            let wishes = self.wishes.as_deref().and_then(|it| answers.get(it));
            wishes
                .and_then(Value::as_list)
                .is_some_and(|it| it.iter().any(|it| it.as_str() == Some(theme)))
        };
        let mut themes: Vec<ThemeAdvice<'_>> = self
            .themes
            .iter()
            .map(|theme| {
                let levels: Vec<(&str, Level)> = theme
                    .questions
                    .iter()
                    .filter_map(|it| Some((it.question.as_str(), it.level(answers)?)))
                    .collect();
                let lowest = levels.iter().map(|it| it.1).max();
                ThemeAdvice {
                    name: &theme.name,
                    level: lowest.unwrap_or(Level::Good),
                    answers: levels,
                    wished: wished(&theme.name),
                    text: &theme.text,
                }
            })
            .filter(|it| it.wished || !it.answers.is_empty())
            .collect();
        themes.sort_by_key(|it| {
            let weight = (it.n(Level::Support), it.n(Level::Mixed), it.wished);
            core::cmp::Reverse((it.speaks(), weight))
        });
        let urgent: Vec<&Localized> = self
            .urgent
            .iter()
            .filter(|(matcher, _)| matcher.level(answers) == Some(Level::Support))
            .map(|(_, text)| text)
            .collect();
        let is_well =
            urgent.is_empty() && !themes.is_empty() && themes.iter().all(|it| !it.speaks());
        Advice {
            urgent,
            good: is_well.then_some(&self.good),
            themes,
        }
    }
}

impl Matcher {
    fn read(node: &Node<'_>) -> Self {
        let values = |name: &str| {
            let items = node.member(name).map(|it| it.items());
            items
                .iter()
                .flatten()
                .map(|it| it.value().clone())
                .collect()
        };
        let number = |name: &str| node.member(name).and_then(|it| it.number());
        Self {
            question: node
                .member("question")
                .and_then(|it| it.text())
                .unwrap_or_default()
                .to_owned(),
            low: values("low"),
            middle: values("middle"),
            low_at_most: number("lowAtMost"),
            middle_at_most: number("middleAtMost"),
            silent: values("silent"),
        }
    }

    /// `None` without an answer that says something.
    fn level(&self, answers: &Object) -> Option<Level> {
        let answer = answers.get(&self.question)?;
        let at_most = |bound: Option<f64>| {
            bound
                .zip(answer.as_f64())
                .is_some_and(|(bound, answer)| answer <= bound)
        };
        if answer.is_null() || self.silent.contains(answer) {
            None
        } else if self.low.contains(answer) || at_most(self.low_at_most) {
            Some(Level::Support)
        } else if self.middle.contains(answer) || at_most(self.middle_at_most) {
            Some(Level::Mixed)
        } else {
            Some(Level::Good)
        }
    }
}

/// An object of texts by language.
pub(crate) fn texts(node: &Node<'_>, name: &str) -> Localized {
    let mut localized = Localized::default();
    if let Some(node) = node.member(name)
        && let Some(object) = node.object()
    {
        for (language, text) in object.iter() {
            localized.insert(language, text.as_str().unwrap_or_default());
        }
    }
    localized
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guidance() -> Guidance {
        let document = Value::parse(
            r#"{"format":"kuuluu-guidance/1","wishes":"wish","good":{"fi":"Hienoa"},
            "urgent":[{"question":"safe","low":["no"],"text":{"fi":"112"}}],
            "themes":[
             {"theme":"move","text":{"fi":"Liiku"},"questions":[
              {"question":"a","low":["no"],"middle":["partly"]},
              {"question":"life","lowAtMost":3,"middleAtMost":6}]},
             {"theme":"culture","text":{"fi":"Lue"},"questions":[
              {"question":"b","low":["no"],"middle":["partly"],"silent":["dk"]}]}]}"#,
        )
        .expect("JSON");
        let (guidance, problems) = Guidance::read(&document);
        assert_eq!(problems, []);
        guidance
    }

    fn said(answers: &str) -> String {
        let guidance = guidance();
        let answers = Value::parse(answers).expect("JSON");
        let advice = guidance.advise(answers.as_object().expect("an object"));
        let mut said: Vec<String> = advice
            .urgent
            .iter()
            .filter_map(|it| it.get("fi"))
            .map(|it| format!("!{it}"))
            .collect();
        said.extend(advice.themes.iter().map(|it| {
            format!(
                "{} {:?} {}",
                it.name,
                it.level,
                if it.speaks() { "+" } else { "" }
            )
        }));
        said.extend(advice.good.and_then(|it| it.get("fi")).map(str::to_owned));
        said.join("; ")
    }

    #[test]
    fn a_theme_is_as_its_lowest_answer_and_the_most_pressing_comes_first() {
        assert_eq!(
            said(r#"{"a":"partly","life":8,"b":"no"}"#),
            "culture Support +; move Mixed +"
        );
    }

    #[test]
    fn the_answers_that_decided_are_named() {
        let guidance = guidance();
        let answers = Value::parse(r#"{"a":"partly","life":5,"b":"yes"}"#).expect("JSON");
        let advice = guidance.advise(answers.as_object().expect("an object"));
        let deciding = advice.themes.iter().map(|it| it.deciding().collect());
        assert_eq!(
            deciding.collect::<Vec<Vec<&str>>>(),
            [vec!["a", "life"], vec![]]
        );
    }

    #[test]
    fn danger_is_said_first() {
        assert_eq!(said(r#"{"safe":"no","a":"yes"}"#), "!112; move Good ");
    }

    #[test]
    fn who_is_well_hears_so() {
        assert_eq!(said(r#"{"a":"yes","life":9}"#), "move Good ; Hienoa");
    }

    #[test]
    fn a_wish_speaks_without_an_answer_and_a_silent_answer_does_not() {
        assert_eq!(said(r#"{"wish":["culture"]}"#), "culture Good +");
        assert_eq!(said(r#"{"b":"dk"}"#), "");
    }
}
