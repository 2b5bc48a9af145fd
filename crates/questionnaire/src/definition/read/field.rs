//! One-line fields.

use std::collections::BTreeSet;

use json::Value;

use super::Names;
use super::element::name;
use super::fields::Fields;
use super::place::At;
use super::validator::validators;
use crate::definition::{InputType, Mask, TextItem};
use crate::localized::Localized;

/// `items` of a `multipletext`.
pub(super) fn items(f: &Fields<'_>) -> Vec<TextItem> {
    let names = Names::new(BTreeSet::new());
    let Some(at) = f.get("items") else {
        f.at.say("property/required", "items", None);
        return Vec::new();
    };
    at.items().filter_map(|at| item(&at, &names)).collect()
}

fn item(at: &At<'_>, names: &Names) -> Option<TextItem> {
    if let Some(text) = at.value.as_str() {
        let (name, title) = text.split_once('|').unwrap_or((text, ""));
        return Some(TextItem {
            name: name.to_owned(),
            title: Localized::plain(title),
            ..TextItem::default()
        });
    }
    let f = at.fields()?;
    let item = TextItem {
        name: name(&f, names, None),
        title: f.localized("title"),
        is_required: f.flag("isRequired", false),
        required_error_text: f.localized("requiredErrorText"),
        default_value_expression: f.formula("defaultValueExpression"),
        validators: validators(&f),
        ..text_item(&f)
    };
    f.close();
    Some(item)
}

/// The field of a `text`, or what an item of a `multipletext` shares with it.
pub(super) fn text_item(f: &Fields<'_>) -> TextItem {
    let input_type = input_type(f);
    TextItem {
        input_type,
        min: bound(f, "min", input_type),
        max: bound(f, "max", input_type),
        min_expression: f.formula("minValueExpression"),
        max_expression: f.formula("maxValueExpression"),
        min_error_text: f.localized("minErrorText"),
        max_error_text: f.localized("maxErrorText"),
        step_error_text: f.localized("stepErrorText"),
        step: step(f),
        max_length: f.optional_count("maxLength"),
        placeholder: f.localized("placeholder|placeHolder"),
        data_list: data_list(f),
        mask: mask(f),
        size: f.optional_count("inputSize|size"),
        ..TextItem::default()
    }
}

fn step(f: &Fields<'_>) -> Option<f64> {
    let at = f.get("step")?;
    match at.value.as_str() {
        Some("any" | "") => None,
        _ => at.number(),
    }
}

fn input_type(f: &Fields<'_>) -> InputType {
    let types = [
        "text",
        "number",
        "range",
        "date",
        "datetime-local",
        "time",
        "month",
        "week",
        "email",
        "tel",
        "url",
        "color",
        "password",
        "datetime",
    ];
    match f.one_of("inputType", &types) {
        Some(1) => InputType::Number,
        Some(2) => InputType::Range,
        Some(3) => InputType::Date,
        Some(4 | 13) => InputType::DateTimeLocal,
        Some(5) => InputType::Time,
        Some(6) => InputType::Month,
        Some(7) => InputType::Week,
        Some(8) => InputType::Email,
        Some(9) => InputType::Tel,
        Some(10) => InputType::Url,
        Some(11) => InputType::Color,
        Some(12) => InputType::Password,
        _ => InputType::Text,
    }
}

/// A bound: a number for numbers, a text for dates and times.
fn bound(f: &Fields<'_>, name: &'static str, input_type: InputType) -> Option<Value> {
    let at = f.get(name)?;
    if matches!(input_type, InputType::Number | InputType::Range) {
        let text = at.value.as_str();
        return match text.map(|text| text.trim().replace(',', ".").parse::<f64>()) {
            Some(Ok(number)) if number.is_finite() => Some(Value::Number(number)),
            Some(_) if text == Some("") => None,
            _ => at.number().map(Value::Number),
        };
    }
    match at.value {
        Value::Text(text) if text.is_empty() => None,
        Value::Text(_) | Value::Number(_) => Some(at.value.clone()),
        _ => {
            at.wrong("a number or a date");
            None
        }
    }
}

/// `dataList`: a list, or lists by language.
fn data_list(f: &Fields<'_>) -> Vec<Localized> {
    let Some(at) = f.get("dataList") else {
        return Vec::new();
    };
    let Some(by_language) = at.value.as_object() else {
        return at
            .items()
            .map(|item| Localized::read(&item, false))
            .collect();
    };
    let mut texts: Vec<Localized> = Vec::new();
    for (language, list) in by_language.iter() {
        for (index, item) in at.child(language, list).items().enumerate() {
            if index == texts.len() {
                texts.push(Localized::default());
            }
            if let (Some(text), Some(slot)) = (item.text(), texts.get_mut(index)) {
                slot.insert(language, text);
            }
        }
    }
    texts
}

fn mask(f: &Fields<'_>) -> Option<Mask> {
    let kind = f.one_of(
        "maskType",
        &["none", "pattern", "datetime", "numeric", "currency"],
    );
    let settings = f.get("maskSettings");
    let kind = kind.filter(|kind| *kind > 0)?;
    let Some(at) = settings else {
        return Some(match kind {
            1 => Mask::Pattern(String::new()),
            2 => Mask::DateTime(String::new()),
            _ => Mask::Numeric {
                decimal_separator: ".".to_owned(),
                thousands_separator: ",".to_owned(),
                precision: 2,
                min: None,
                max: None,
                prefix: String::new(),
                suffix: String::new(),
            },
        });
    };
    let f = at.fields()?;
    f.flag("saveMaskedValue", false);
    let mask = match kind {
        1 => Mask::Pattern(f.string("pattern").unwrap_or_default()),
        2 => {
            f.get("min");
            f.get("max");
            Mask::DateTime(f.string("pattern").unwrap_or_default())
        }
        _ => {
            let negative = f.flag("allowNegativeValues", true);
            let min = f.number("min");
            Mask::Numeric {
                decimal_separator: f
                    .string("decimalSeparator")
                    .unwrap_or_else(|| ".".to_owned()),
                thousands_separator: match f.get("thousandsSeparator") {
                    Some(at) => at.text().unwrap_or_default(),
                    None => ",".to_owned(),
                },
                precision: f.count("precision", 2),
                min: if negative {
                    min
                } else {
                    Some(min.unwrap_or(0.0).max(0.0))
                },
                max: f.number("max"),
                prefix: f.string("prefix").unwrap_or_default(),
                suffix: f.string("suffix").unwrap_or_default(),
            }
        }
    };
    f.close();
    Some(mask)
}
