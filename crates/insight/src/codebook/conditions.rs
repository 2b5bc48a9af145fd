//! On which answers it depends whether a question is asked.

use std::collections::BTreeMap;

use json::Value;
use questionnaire::definition::{
    CarryForwardMode, Choices, Element, Formula, Kind, Question as Asked, Survey, TriggerKind,
};
use questionnaire::expression::{Expression, Scope};

use super::Question;
use super::from_survey::{choices_of, plain_code};

/// One condition under which a question is asked: of the question itself, of a panel or page around
/// it, or of a trigger.
#[derive(Debug, Clone)]
pub struct Condition {
    /// Name of the question, or of the row as `question.row`.
    pub of: String,
    /// Names of the variables it reads, calculated values and expressions resolved.
    pub reads: Vec<String>,
    /// The formula, if one answer decides it.
    formula: Option<Expression>,
}

impl Condition {
    /// Whether a question can be asked of those who gave this answer; `None` if that depends on more.
    pub fn can_hold(&self, answer: &Value) -> Option<bool> {
        let formula = self.formula.as_ref()?;
        Some(formula.is_true(&OneAnswer {
            answer,
            choice: None,
        }))
    }
}

/// A choice that is not offered to everybody.
#[derive(Debug, Clone)]
pub struct Offer {
    /// Name of the question.
    pub of: String,
    /// The choice, by its value; `None` of all that are taken from another question's answer.
    pub choice: Option<Value>,
    /// Names of the variables that decide it, calculated values and expressions resolved.
    pub reads: Vec<String>,
    /// The formula, if one answer decides it.
    formula: Option<Expression>,
}

impl Offer {
    /// Whether the choice can be offered to those who gave this answer; `None` if that depends on
    /// more.
    pub fn can_hold(&self, answer: &Value) -> Option<bool> {
        let formula = self.formula.as_ref()?;
        let choice = self.choice.as_ref();
        Some(formula.is_true(&OneAnswer { answer, choice }))
    }
}

/// A world of one answer: every variable has this value, but for the names of the choice that is
/// tested.
struct OneAnswer<'a> {
    answer: &'a Value,
    choice: Option<&'a Value>,
}

/// What formulas call the choice that they are tested for.
fn is_choice(variable: &str) -> bool {
    let mut names = ["item", "choice", "self"].iter();
    names.any(|it| it.eq_ignore_ascii_case(variable))
}

impl Scope for OneAnswer<'_> {
    fn variable(&self, name: &str) -> Option<Value> {
        let choice = self.choice.filter(|_| is_choice(name));
        Some(choice.unwrap_or(self.answer).clone())
    }

    fn today(&self) -> (i32, u8, u8) {
        (2000, 1, 1)
    }
}

/// All conditions of a survey whose variables are `questions`, and all choices that have some.
pub(super) fn conditions(survey: &Survey, questions: &[Question]) -> (Vec<Condition>, Vec<Offer>) {
    let mut names = Names {
        questions,
        stored: BTreeMap::new(),
        formulas: BTreeMap::new(),
    };
    for page in &survey.pages {
        each_question(&page.panel.elements, &mut |it| names.note(it));
    }
    for it in &survey.calculated_values {
        let name = it.name.to_lowercase();
        names.formulas.insert(name, &it.expression);
    }
    let mut reader = Reader {
        names,
        found: Vec::new(),
        offers: Vec::new(),
    };
    for page in &survey.pages {
        let own = [&page.panel.visible_if, &page.panel.enable_if];
        let around: Vec<&Formula> = own.into_iter().flatten().collect();
        reader.elements(&page.panel.elements, &around);
    }
    reader.triggers(survey);
    (reader.found, reader.offers)
}

/// Under which name the answers to a question are kept.
fn stored(asked: &Asked) -> &str {
    asked.value_name.as_ref().unwrap_or(&asked.name)
}

/// All questions, those that open below a choice included, in their order.
fn each_question<'a>(elements: &'a [Element], each: &mut dyn FnMut(&'a Asked)) {
    for element in elements {
        match element {
            Element::Panel(panel) => each_question(&panel.elements, each),
            Element::Question(asked) => {
                each(asked);
                for choice in choices_of(asked).iter().flat_map(|it| &it.items) {
                    each_question(&choice.elements, each);
                }
            }
        }
    }
}

/// What the variables of formulas are, by their names in small letters.
struct Names<'a> {
    questions: &'a [Question],
    /// Under which name the answers to a question are kept.
    stored: BTreeMap<String, &'a str>,
    /// What is worked out: calculated values, and questions that are expressions.
    formulas: BTreeMap<String, &'a Formula>,
}

impl<'a> Names<'a> {
    fn note(&mut self, asked: &'a Asked) {
        let name = asked.name.to_lowercase();
        if let Kind::Expression {
            expression: Some(formula),
            ..
        } = &asked.kind
        {
            self.formulas.insert(name.clone(), formula);
        }
        self.stored.insert(name, stored(asked));
    }

    /// Names of the codebook's variables that a formula reads, also through what is worked out.
    fn read_by(&self, formula: &Expression) -> Vec<String> {
        let variables = |it: &Expression| -> Vec<String> {
            let names = it.variables().into_iter();
            names.map(str::to_lowercase).collect()
        };
        let mut reads = Vec::new();
        let mut seen = Vec::new();
        let mut left = variables(formula);
        while let Some(variable) = left.pop() {
            if seen.contains(&variable) {
                continue;
            }
            if let Some(inner) = self.formulas.get(&variable) {
                left.extend(inner.expression.iter().flat_map(variables));
            }
            for name in self.items(&variable) {
                if !reads.contains(name) {
                    reads.push(name.clone());
                }
            }
            seen.push(variable);
        }
        reads
    }

    /// The variables that one of a formula's stands for: all rows and fields of a question.
    fn items(&self, variable: &str) -> Vec<&'a String> {
        let end = variable.find(['.', '[', '-']).unwrap_or(variable.len());
        let names = [variable, variable.get(..end).unwrap_or(variable)];
        let found = names.into_iter().map(|name| {
            let stored = self.stored.get(name);
            let name = stored.map_or_else(|| name.to_owned(), |it| it.to_lowercase());
            let items = self.questions.iter().flat_map(|question| {
                let is_whole = question.name.to_lowercase() == name;
                question.items.iter().map(move |it| (it, is_whole))
            });
            let items = items.filter(|(it, is_whole)| *is_whole || it.name.to_lowercase() == name);
            items.map(|(it, _)| &it.name).collect::<Vec<_>>()
        });
        found
            .into_iter()
            .find(|it| !it.is_empty())
            .unwrap_or_default()
    }
}

struct Reader<'a> {
    names: Names<'a>,
    found: Vec<Condition>,
    offers: Vec<Offer>,
}

impl<'a> Reader<'a> {
    /// `decides` is false if a question may be asked although the formula is not true.
    fn add(&mut self, of: &str, formula: &Formula, decides: bool) {
        let Some((reads, formula)) = self.read(formula, decides) else {
            return;
        };
        self.found.push(Condition {
            of: of.to_owned(),
            reads,
            formula,
        });
    }

    /// What a formula reads, if anything, and the formula itself if one answer decides it.
    fn read(&self, formula: &Formula, decides: bool) -> Option<(Vec<String>, Option<Expression>)> {
        let expression = formula.expression.as_ref()?;
        let reads = self.names.read_by(expression);
        let variables = expression.variables();
        let variables: Vec<&str> = variables.into_iter().filter(|it| !is_choice(it)).collect();
        let is_plain = |it: &&str| !self.names.formulas.contains_key(&it.to_lowercase());
        let one_decides = decides
            && reads.len() == 1
            && variables.len() == 1
            && variables.iter().all(is_plain)
            && expression.functions().is_empty();
        (!reads.is_empty()).then(|| (reads, one_decides.then(|| expression.clone())))
    }

    /// Choices that are not offered to everybody.
    fn choices(&mut self, name: &str, choices: &Choices) {
        for choice in &choices.items {
            let own = [&choice.visible_if, &choice.enable_if];
            let of_all = [&choices.visible_if, &choices.enable_if];
            for formula in own.into_iter().chain(of_all).flatten() {
                if let Some((reads, formula)) = self.read(formula, true) {
                    self.offers.push(Offer {
                        of: name.to_owned(),
                        choice: Some(choice.value.clone()),
                        reads,
                        formula,
                    });
                }
            }
        }
        let carried = choices.carry_forward.as_ref();
        if let Some(from) = carried.filter(|it| it.mode != CarryForwardMode::All) {
            let reads = self.names.items(&from.question.to_lowercase());
            self.offers.push(Offer {
                of: name.to_owned(),
                choice: None,
                reads: reads.into_iter().cloned().collect(),
                formula: None,
            });
        }
    }

    fn elements(&mut self, elements: &'a [Element], around: &[&'a Formula]) {
        for element in elements {
            match element {
                Element::Panel(panel) => {
                    let own = [&panel.visible_if, &panel.enable_if].into_iter().flatten();
                    let around: Vec<&Formula> = around.iter().copied().chain(own).collect();
                    self.elements(&panel.elements, &around);
                }
                Element::Question(asked) => self.question(asked, around),
            }
        }
    }

    fn question(&mut self, asked: &'a Asked, around: &[&'a Formula]) {
        let own = [&asked.visible_if, &asked.enable_if].into_iter().flatten();
        let around: Vec<&Formula> = around.iter().copied().chain(own).collect();
        let name = stored(asked);
        for formula in &around {
            self.add(name, formula, true);
        }
        if let Kind::Matrix { base, .. } = &asked.kind {
            for row in &base.rows {
                let of = format!("{name}.{}", plain_code(&row.value));
                for formula in [&row.visible_if, &row.enable_if].into_iter().flatten() {
                    self.add(&of, formula, true);
                }
                if let Some(formula) = &base.rows_visible_if {
                    self.add(&of, formula, false);
                }
            }
        }
        if let Some(choices) = choices_of(asked) {
            self.choices(name, choices);
        }
        for choice in choices_of(asked).iter().flat_map(|it| &it.items) {
            self.elements(&choice.elements, &around);
            // What opens below a choice is asked of those who chose it.
            let mut below = Vec::new();
            each_question(&choice.elements, &mut |it| below.push(stored(it)));
            let reads = self.names.items(&name.to_lowercase());
            let reads: Vec<String> = reads.into_iter().cloned().collect();
            let conditions = below.into_iter().map(|of| Condition {
                of: of.to_owned(),
                reads: reads.clone(),
                formula: None,
            });
            self.found.extend(conditions);
        }
    }

    /// What triggers show, jump over and leave out.
    fn triggers(&mut self, survey: &'a Survey) {
        let mut asked: Vec<(&str, &Asked)> = Vec::new();
        for page in &survey.pages {
            let name = page.panel.name.as_str();
            each_question(&page.panel.elements, &mut |it| asked.push((name, it)));
        }
        for trigger in &survey.triggers {
            let Some(expression) = &trigger.expression.expression else {
                continue;
            };
            let reads = self.names.read_by(expression);
            let reads_it = |it: &Asked| {
                let items = self.names.items(&it.name.to_lowercase());
                items.iter().any(|it| reads.contains(it))
            };
            let first = asked.iter().position(|it| reads_it(it.1));
            let concerned =
                asked
                    .iter()
                    .enumerate()
                    .filter(|(ix, (page, it))| match &trigger.kind {
                        TriggerKind::Visible { pages, questions } => {
                            pages.iter().any(|it| it == page) || questions.contains(&it.name)
                        }
                        TriggerKind::Complete | TriggerKind::Skip { .. } => {
                            first.is_some_and(|first| *ix > first)
                        }
                        _ => false,
                    });
            let names: Vec<&str> = concerned.map(|(_, (_, it))| stored(it)).collect();
            for name in names {
                self.add(name, &trigger.expression, false);
            }
        }
    }
}
