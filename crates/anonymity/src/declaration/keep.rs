//! What of the answers is kept: the declared part, in the survey's order.

use json::{Object, Value};

use super::{Declaration, Form, Member};

impl Declaration {
    /// The declared part of `data`. Names come in the survey's order and chosen values in the order
    /// of the choices, so that the order in which somebody answered stays on the device.
    pub fn keep(&self, data: &Object) -> Object {
        members(&self.members, data)
    }
}

fn members(declared: &[Member], data: &Object) -> Object {
    declared
        .iter()
        .filter_map(|member| {
            let kept = value(&member.form, data.get(&member.name)?)?;
            Some((member.name.clone(), kept))
        })
        .collect()
}

fn value(form: &Form, found: &Value) -> Option<Value> {
    match (form, found) {
        (_, Value::Null) => None,
        (Form::SomeOf { values, ranked }, Value::List(items)) => {
            let mut items: Vec<Value> = items.iter().filter_map(scalar).collect();
            if !ranked {
                items.sort_by_key(|item| {
                    values
                        .iter()
                        .position(|value| value == item)
                        .unwrap_or(values.len())
                });
            }
            Some(items.into())
        }
        (Form::Members(declared), Value::Object(object)) => Some(members(declared, object).into()),
        (Form::Rows(declared, _), Value::List(rows)) => Some(
            rows.iter()
                .map(|row| match row {
                    Value::Object(object) => members(declared, object).into(),
                    _ => Value::Object(Object::new()),
                })
                .collect::<Vec<_>>()
                .into(),
        ),
        (Form::Totals(names), Value::Object(object)) => Some(
            names
                .iter()
                .filter_map(|name| Some((name.clone(), scalar(object.get(name)?)?)))
                .collect::<Object>()
                .into(),
        ),
        (Form::Scalars, Value::List(items)) => {
            Some(items.iter().filter_map(scalar).collect::<Vec<_>>().into())
        }
        (Form::Either(first, second), _) => value(first, found).or_else(|| value(second, found)),
        (Form::OneOf(_) | Form::Number | Form::Text(_) | Form::Scalar, _) => scalar(found),
        _ => None,
    }
}

/// A text, a number or a truth value; nothing that could carry members of its own.
fn scalar(value: &Value) -> Option<Value> {
    match value {
        Value::Text(_) | Value::Number(_) | Value::Bool(_) => Some(value.clone()),
        Value::Null | Value::List(_) | Value::Object(_) => None,
    }
}
