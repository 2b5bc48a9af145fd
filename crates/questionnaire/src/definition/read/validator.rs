//! `validators`.

use super::fields::Fields;
use super::names;
use super::place::At;
use super::survey::list;
use crate::definition::{Check, Notification, Validator};

/// `validators` of a question, an item or a column.
pub(super) fn validators(f: &Fields<'_>) -> Vec<Validator> {
    list(f, "validators", validator)
}

/// The short name of a type, which may be given with its class (`numericvalidator`).
pub(super) fn kind_name<'a>(name: &'a str, class: &str) -> &'a str {
    match name.strip_suffix(class) {
        Some(short) if !short.is_empty() => short,
        _ => name,
    }
}

fn validator(at: &At<'_>) -> Option<Validator> {
    let f = at.fields()?;
    let kind_at = f.get("type");
    let name = kind_at
        .as_ref()
        .and_then(|it| it.value.as_str())
        .unwrap_or_default();
    let kinds = [
        "numeric",
        "text",
        "answercount",
        "regex",
        "email",
        "expression",
    ];
    let check = match kind_name(name, "validator") {
        "numeric" => Check::Numeric {
            min: f.number("minValue"),
            max: f.number("maxValue"),
        },
        "text" => Check::Text {
            min_length: f.count("minLength", 0),
            max_length: f.count("maxLength", 0),
            allow_digits: f.flag("allowDigits", true),
        },
        "answercount" => Check::AnswerCount {
            min: f.optional_count("minCount"),
            max: f.optional_count("maxCount"),
        },
        "regex" => Check::Regex {
            pattern: f.string("regex").unwrap_or_default(),
            case_insensitive: f.flag("caseInsensitive|insensitive", false),
        },
        "email" => Check::Email,
        "expression" => {
            let formula = f.formula("expression");
            if !f.has("expression") {
                at.warn("validator/dead", "an expression", None);
            }
            Check::Expression(formula?)
        }
        _ => {
            let nearest = names::nearest(name, kinds.into_iter());
            kind_at
                .unwrap_or(*at)
                .say("validator/unknown-type", &kinds.join(", "), nearest);
            return None;
        }
    };
    let validator = Validator {
        check,
        text: f.localized("text"),
        notification: match f.one_of("notificationType", &["error", "warning", "info"]) {
            Some(1) => Notification::Warning,
            Some(2) => Notification::Info,
            _ => Notification::Error,
        },
    };
    f.close();
    Some(validator)
}
