//! Whether answers can be answers to the survey at all: for whoever receives them.
//!
//! Rules that depend on other answers (visibility, required answers, validators) are not asked: an
//! endpoint must take in what an older or stricter page has accepted.

use json::{Object, Value};

use super::{Declaration, Form, Member};

/// Something that cannot be an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// JSON pointer into the answers.
    pub at: String,
    /// What is expected there, in English.
    pub expected: &'static str,
}

impl Declaration {
    /// Everything in `answers` that cannot be an answer, in their order; empty if all can.
    pub fn misfits(&self, answers: &Object) -> Vec<Misfit> {
        let mut misfits = Vec::new();
        of_members(&self.members, answers, "", &mut misfits);
        misfits
    }
}

fn of_members(members: &[Member], object: &Object, at: &str, misfits: &mut Vec<Misfit>) {
    for (name, value) in object.iter() {
        let at = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
        match members.iter().find(|member| member.name == name) {
            Some(member) => of_form(&member.form, value, at, misfits),
            None => misfits.push(Misfit {
                at,
                expected: "no such answer",
            }),
        }
    }
}

fn of_form(form: &Form, value: &Value, at: String, misfits: &mut Vec<Misfit>) {
    let expected = match form {
        Form::OneOf(values) if values.contains(value) => return,
        Form::OneOf(_) => "one of the question's values",
        Form::SomeOf { values, .. } => {
            let fits = value.as_list().is_some_and(|items| {
                items.len() <= values.len()
                    && items.iter().all(|item| values.contains(item))
                    && items
                        .iter()
                        .enumerate()
                        .all(|(ix, item)| !items.iter().skip(ix + 1).any(|other| other == item))
            });
            if fits {
                return;
            }
            "a list of the question's values, each once"
        }
        Form::Number if matches!(value, Value::Number(_)) => return,
        Form::Number => "a number",
        Form::Text(limit) => match value {
            Value::Text(text) if text.chars().count() <= *limit => return,
            Value::Text(_) => "a shorter text",
            _ => "a text",
        },
        Form::Scalar if is_scalar(value) => return,
        Form::Scalar => "a text, a number, true or false",
        Form::Scalars => match value.as_list() {
            Some(items) if items.len() <= super::MOST_ROWS && items.iter().all(is_scalar) => {
                return;
            }
            _ => "a list of texts, numbers, true or false",
        },
        Form::Members(members) => match value {
            Value::Object(object) => return of_members(members, object, &at, misfits),
            _ => "an object",
        },
        Form::Rows(members, limit) => match value {
            Value::List(rows) if rows.len() <= *limit => {
                for (ix, row) in rows.iter().enumerate() {
                    let at = format!("{at}/{ix}");
                    match row {
                        Value::Object(object) => of_members(members, object, &at, misfits),
                        _ => misfits.push(Misfit {
                            at,
                            expected: "an object",
                        }),
                    }
                }
                return;
            }
            Value::List(_) => "fewer rows",
            _ => "a list of objects",
        },
        Form::Totals(names) => match value {
            Value::Object(object)
                if object
                    .iter()
                    .all(|(name, it)| is_scalar(it) && names.iter().any(|known| known == name)) =>
            {
                return;
            }
            _ => "an object of totals by column",
        },
        Form::Either(first, second) => {
            let mut of_first = Vec::new();
            of_form(first, value, at.clone(), &mut of_first);
            if !of_first.is_empty() {
                let mut of_second = Vec::new();
                of_form(second, value, at, &mut of_second);
                if !of_second.is_empty() {
                    misfits.append(&mut of_first);
                }
            }
            return;
        }
    };
    misfits.push(Misfit { at, expected });
}

fn is_scalar(value: &Value) -> bool {
    match value {
        Value::Text(text) => text.chars().count() <= super::LONGEST_TEXT,
        Value::Number(_) | Value::Bool(_) => true,
        _ => false,
    }
}
