//! A survey's file with the texts of one language only: what a respondent needs first.

use json::{Object, Value};

use crate::definition::Survey;
use crate::localized::DEFAULT;

/// Members whose values are data, even where they look like texts by language.
const DATA: [&str; 8] = [
    "correctAnswer",
    "defaultPanelValue",
    "defaultRowValue",
    "defaultValue",
    "setValue",
    "value",
    "valueFalse",
    "valueTrue",
];

/// The same survey as `document` with the texts that [`Localized::resolve`] gives for `language`,
/// and with `kuuluu.only` saying so.
///
/// As it is stays a survey that does not declare `language` or, for a variety such as
/// `fi-x-selko`, its base; and one with errors, so that its page names them all.
///
/// [`Localized::resolve`]: crate::localized::Localized::resolve
pub fn one_language(document: &Value, language: &str) -> Value {
    let narrow = narrow(document, language).filter(|it| Survey::read(it).is_usable());
    narrow.unwrap_or_else(|| document.clone())
}

fn narrow(document: &Value, language: &str) -> Option<Value> {
    let kuuluu = document.get("kuuluu")?;
    if kuuluu.get("only").is_some() {
        return None;
    }
    let declared = kuuluu.get("languages")?.as_list()?;
    let declared: Vec<&str> = declared.iter().filter_map(Value::as_str).collect();
    let base = base(language);
    if !declared.iter().any(|it| *it == language || *it == base) {
        return None;
    }
    let wanted = [language, base, DEFAULT];
    let mut narrow = narrowed(document, &declared, &wanted);
    if let Value::Object(survey) = &mut narrow
        && let Some(Value::Object(kuuluu)) = survey.get_mut("kuuluu")
    {
        kuuluu.insert("only", language.into());
    }
    Some(narrow)
}

fn narrowed(value: &Value, declared: &[&str], wanted: &[&str]) -> Value {
    match value {
        Value::List(items) => Value::List(
            items
                .iter()
                .map(|it| narrowed(it, declared, wanted))
                .collect(),
        ),
        Value::Object(members) if is_text(members, declared) => {
            let kept = wanted.iter().find_map(|wanted| {
                members.iter().find(|(key, text)| {
                    key.eq_ignore_ascii_case(wanted)
                        && text.as_str().is_some_and(|it| !it.is_empty())
                })
            });
            match kept {
                Some((key, text)) => {
                    Value::Object([(key.to_owned(), text.clone())].into_iter().collect())
                }
                None => value.clone(),
            }
        }
        Value::Object(members) => Value::Object(
            members
                .iter()
                .map(|(name, value)| {
                    let value = if DATA.contains(&name) {
                        value.clone()
                    } else {
                        narrowed(value, declared, wanted)
                    };
                    (name.to_owned(), value)
                })
                .collect(),
        ),
        other => other.clone(),
    }
}

/// Texts by language, and nothing else.
fn is_text(members: &Object, declared: &[&str]) -> bool {
    !members.is_empty()
        && members.iter().all(|(key, text)| {
            let is_language =
                key == DEFAULT || declared.iter().any(|it| *it == key || base(it) == key);
            is_language && text.as_str().is_some()
        })
}

fn base(language: &str) -> &str {
    language.split('-').next().unwrap_or(language)
}
