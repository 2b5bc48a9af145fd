//! One-line fields.

use std::collections::BTreeSet;

use json::{Severity, Value};

use super::Names;
use super::element::name;
use super::fields::{Fields, is_formula};
use super::place::At;
use super::validator::validators;
use crate::definition::{InputType, TextItem};
use crate::localized::Localized;

/// `items` of a `multipletext`.
#[inline(never)]
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
    let masked = mask(f, input_type(f));
    let input_type = masked.input_type;
    TextItem {
        input_type,
        min: bound(f, "min", input_type).or(masked.min),
        max: bound(f, "max", input_type).or(masked.max),
        min_expression: f
            .formula("minValueExpression")
            .or_else(|| f.value_formula("min")),
        max_expression: f
            .formula("maxValueExpression")
            .or_else(|| f.value_formula("max")),
        min_error_text: f.localized("minErrorText"),
        max_error_text: f.localized("maxErrorText"),
        step_error_text: f.localized("stepErrorText"),
        step: step(f),
        max_length: f.optional_count("maxLength"),
        placeholder: f.localized("placeholder|placeHolder"),
        data_list: data_list(f),
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
    let at = f.get(name).filter(|it| !is_formula(it.value))?;
    if matches!(input_type, InputType::Number | InputType::Range) {
        let text = at.value.as_str();
        return match text.map(|text| json::decimal::read(&text.trim().replace(',', "."))) {
            Some(Some(number)) if number.is_finite() => Some(Value::Number(number)),
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

/// What a mask makes of a field.
struct Masked {
    input_type: InputType,
    min: Option<Value>,
    max: Option<Value>,
}

/// `maskType` and `maskSettings`: a mask of numbers or dates makes a field of that type, which
/// people fill in their own local form. A pattern cannot be typed over, so it is named as ignored.
fn mask(f: &Fields<'_>, input_type: InputType) -> Masked {
    let kind = f.one_of(
        "maskType",
        &["none", "pattern", "datetime", "numeric", "currency"],
    );
    let settings = f.get("maskSettings");
    let mut masked = Masked {
        input_type,
        min: None,
        max: None,
    };
    let is_text = matches!(input_type, InputType::Text | InputType::Tel);
    let mut pattern = None;
    if let Some(settings) = settings.as_ref().and_then(At::fields) {
        pattern = settings.string("pattern");
        let allows_negative = settings.flag("allowNegativeValues", true);
        masked.min = settings.value("min");
        masked.max = settings.value("max");
        if !allows_negative && masked.min.is_none() {
            masked.min = Some(Value::Number(0.0));
        }
        for name in FORMS {
            settings.get(name);
        }
        settings.close();
    }
    let new = match kind {
        Some(2) => pattern.as_deref().map(moment),
        Some(3 | 4) => Some(InputType::Number),
        _ => None,
    };
    if let Some(new) = new.filter(|_| is_text) {
        masked.input_type = new;
        return masked;
    }
    if kind == Some(1)
        && let Some(at) = f.get("maskType")
    {
        at.problem(
            Severity::Warning,
            "property/ignored",
            "pattern".to_owned(),
            "a validator of type regex, or a description that says how to write it",
            None,
        );
    }
    Masked {
        input_type,
        min: None,
        max: None,
    }
}

/// Settings of masks that say how a value looks; Kuuluu writes values in the local form.
const FORMS: [&str; 6] = [
    "saveMaskedValue",
    "decimalSeparator",
    "thousandsSeparator",
    "precision",
    "prefix",
    "suffix",
];

/// What a date mask asks for.
fn moment(pattern: &str) -> InputType {
    let has = |letters: [char; 2]| pattern.contains(letters);
    match (has(['y', 'Y']), has(['d', 'D']), has(['h', 'H'])) {
        (_, true, true) => InputType::DateTimeLocal,
        (_, true, false) => InputType::Date,
        (true, false, _) => InputType::Month,
        (false, false, true) => InputType::Time,
        (false, false, false) => InputType::Text,
    }
}
