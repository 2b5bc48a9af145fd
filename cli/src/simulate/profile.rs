//! What synthetic respondents are like: distributions of answers.

use std::collections::BTreeMap;

use json::{Object, Value};
use questionnaire::expression::{Expression, ObjectScope};

/// How one question is answered.
#[derive(Debug, Clone, Default)]
pub(crate) struct Manner {
    /// How often it is answered at all.
    pub(crate) answered: Option<f64>,
    /// Values and their weights.
    pub(crate) weights: BTreeMap<String, f64>,
    /// Least, greatest, mean and standard deviation of a number.
    pub(crate) min: Option<f64>,
    pub(crate) max: Option<f64>,
    pub(crate) mean: Option<f64>,
    pub(crate) sd: Option<f64>,
    /// Texts to draw from.
    pub(crate) texts: Vec<String>,
    /// Manners that replace parts of this one while a condition holds.
    given: Vec<(Expression, Manner)>,
}

/// The manners of all questions.
#[derive(Debug, Clone, Default)]
pub(crate) struct Profile {
    questions: BTreeMap<String, Manner>,
}

impl Profile {
    pub(crate) fn read(document: &Value) -> Result<Self, String> {
        let questions = document
            .get("questions")
            .and_then(Value::as_object)
            .ok_or("a profile wants an object \"questions\"")?;
        let mut read = BTreeMap::new();
        for (name, manner) in questions.iter() {
            let manner =
                Manner::read(manner).map_err(|error| format!("questions.{name}: {error}"))?;
            read.insert(name.to_owned(), manner);
        }
        Ok(Self { questions: read })
    }

    /// How a question is answered by someone who has answered `answers`.
    pub(crate) fn manner(&self, name: &str, answers: &Object, today: (i32, u8, u8)) -> Manner {
        let Some(manner) = self.questions.get(name) else {
            return Manner::default();
        };
        let mut result = manner.clone();
        if !manner.given.is_empty() {
            let scope = ObjectScope {
                values: answers.clone(),
                today,
            };
            for (condition, other) in &manner.given {
                if condition.is_true(&scope) {
                    result.take(other);
                }
            }
        }
        result
    }
}

impl Manner {
    fn read(document: &Value) -> Result<Self, String> {
        let object = document.as_object().ok_or("wants an object")?;
        let mut manner = Self::default();
        for (name, value) in object.iter() {
            let number = || value.as_f64().ok_or(format!("{name} wants a number"));
            match name {
                "answered" => manner.answered = Some(number()?),
                "min" => manner.min = Some(number()?),
                "max" => manner.max = Some(number()?),
                "mean" => manner.mean = Some(number()?),
                "sd" => manner.sd = Some(number()?),
                "weights" => {
                    let weights = value.as_object().ok_or("weights wants an object")?;
                    for (choice, weight) in weights.iter() {
                        let weight = weight.as_f64().ok_or("a weight is a number")?;
                        manner.weights.insert(choice.to_owned(), weight);
                    }
                }
                "texts" => {
                    let texts = value.as_list().ok_or("texts wants a list")?;
                    manner.texts = texts
                        .iter()
                        .filter_map(Value::as_str)
                        .map(str::to_owned)
                        .collect();
                }
                "given" => {
                    for case in value.as_list().ok_or("given wants a list")? {
                        let when = case
                            .get("when")
                            .and_then(Value::as_str)
                            .ok_or("each given wants \"when\"")?;
                        let condition = Expression::parse(when)
                            .map_err(|_| format!("\"{when}\" is not an expression"))?;
                        let mut rest = case.as_object().cloned().unwrap_or_default();
                        rest.remove("when");
                        manner
                            .given
                            .push((condition, Self::read(&Value::Object(rest))?));
                    }
                }
                other => return Err(format!("there is no \"{other}\" in a profile")),
            }
        }
        Ok(manner)
    }

    fn take(&mut self, other: &Self) {
        self.answered = other.answered.or(self.answered);
        self.min = other.min.or(self.min);
        self.max = other.max.or(self.max);
        self.mean = other.mean.or(self.mean);
        self.sd = other.sd.or(self.sd);
        if !other.weights.is_empty() {
            self.weights.clone_from(&other.weights);
        }
        if !other.texts.is_empty() {
            self.texts.clone_from(&other.texts);
        }
    }
}
