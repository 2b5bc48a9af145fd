//! The values a question can hold.

use json::Value;

use super::map::Map;
use crate::definition::{Choice, Choices, Kind, Question};

/// The shape of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// No answer at all (information, pictures).
    Nothing,
    /// One choice or point.
    One,
    /// Several choices.
    Several,
    Number,
    Text,
    Date,
    Truth,
    /// An object or a list of objects.
    Structure,
    /// Not known here.
    Open,
}

/// The shape of a question's answer.
pub(super) fn shape(question: &Question) -> Shape {
    use crate::definition::InputType as I;
    match &question.kind {
        Kind::Single { .. } | Kind::Rating { .. } => Shape::One,
        Kind::ImagePicker { multi_select, .. } if !multi_select => Shape::One,
        Kind::Multiple {
            value_property_name: None,
            ..
        }
        | Kind::Ranking { .. }
        | Kind::ImagePicker { .. } => Shape::Several,
        Kind::Boolean { .. } => Shape::Truth,
        Kind::Text { field } => match field.input_type {
            I::Number | I::Range => Shape::Number,
            I::Date | I::DateTimeLocal | I::Time | I::Month | I::Week => Shape::Date,
            _ => Shape::Text,
        },
        Kind::Comment { .. } => Shape::Text,
        Kind::Slider { range, .. } => {
            if *range {
                Shape::Several
            } else {
                Shape::Number
            }
        }
        Kind::Multiple { .. }
        | Kind::MultipleText { .. }
        | Kind::Matrix { .. }
        | Kind::MatrixDropdown { .. }
        | Kind::MatrixDynamic { .. }
        | Kind::PanelDynamic { .. } => Shape::Structure,
        Kind::Html { .. } | Kind::Image { .. } => Shape::Nothing,
        Kind::Expression { .. } => Shape::Open,
    }
}

/// The choices of a select question.
pub(super) fn choices(question: &Question) -> Option<&Choices> {
    match &question.kind {
        Kind::Single { choices, .. }
        | Kind::Multiple { choices, .. }
        | Kind::Ranking { choices, .. }
        | Kind::ImagePicker { choices, .. } => Some(choices),
        _ => None,
    }
}

/// The values of the special items that a question shows, with the property that shows them.
pub(super) fn special(choices: &Choices) -> Vec<(&'static str, &'static str)> {
    [
        (choices.other.is_some(), "other", "showOtherItem"),
        (choices.none.is_some(), "none", "showNoneItem"),
        (choices.refuse.is_some(), "refused", "showRefuseItem"),
        (choices.dont_know.is_some(), "dontknow", "showDontKnowItem"),
    ]
    .into_iter()
    .filter_map(|(shown, value, property)| shown.then_some((value, property)))
    .collect()
}

/// All values the question (or one item of its answer) can hold; `None` if they are not listed.
pub(super) fn values(map: &Map<'_>, question: &Question) -> Option<Vec<Value>> {
    match &question.kind {
        Kind::Rating { items, .. } => {
            Some(items.iter().map(|it| it.choice.value.clone()).collect())
        }
        Kind::Boolean {
            value_true,
            value_false,
            ..
        } => Some(vec![value_true.clone(), value_false.clone()]),
        _ => {
            let choices = choices(question)?;
            let free = !choices
                .store_others_as_comment
                .unwrap_or(map.survey.store_others_as_comment);
            if choices.carry_forward.is_some()
                || choices.other.is_some() && free
                || choices.items.is_empty()
            {
                return None;
            }
            let mut values: Vec<Value> = choices.items.iter().map(|it| it.value.clone()).collect();
            values.extend(
                special(choices)
                    .iter()
                    .map(|(value, _)| Value::from(*value)),
            );
            Some(values)
        }
    }
}

/// The points of a scale: choices, columns or rate values.
pub(super) fn scale(question: &Question) -> Vec<&Choice> {
    match &question.kind {
        Kind::Rating { items, .. } => items.iter().map(|it| &it.choice).collect(),
        Kind::Matrix { columns, .. } => columns.iter().collect(),
        _ => choices(question).map_or_else(Vec::new, |it| it.items.iter().collect()),
    }
}

/// True if an expression would call the two equal: without regard to case and spaces, numbers in
/// texts as numbers.
pub(super) fn same(a: &Value, b: &Value) -> bool {
    match (number(a), number(b)) {
        (Some(a), Some(b)) => a.to_bits() == b.to_bits(),
        _ => match (a, b) {
            (Value::Text(a), Value::Text(b)) => a.trim().to_lowercase() == b.trim().to_lowercase(),
            (Value::Bool(flag), Value::Text(text)) | (Value::Text(text), Value::Bool(flag)) => text
                .trim()
                .eq_ignore_ascii_case(if *flag { "true" } else { "false" }),
            _ => a == b,
        },
    }
}

/// A number, also one in a text.
pub(super) fn number(value: &Value) -> Option<f64> {
    let number = match value {
        Value::Number(it) => *it,
        Value::Text(text) => text.trim().parse().ok()?,
        Value::Bool(it) => f64::from(u8::from(*it)),
        _ => return None,
    };
    number.is_finite().then_some(number + 0.0)
}

/// A value in a few words.
pub(super) fn shown(value: &Value) -> String {
    json::Found(value).to_string()
}
