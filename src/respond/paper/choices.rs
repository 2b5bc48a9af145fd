//! What can be chosen, as it stands on paper: texts with their codes.

use questionnaire::definition::{Choice, Choices, Kind, SpecialItem};
use questionnaire::localized::Localized;

use crate::words::t;

/// A text with its code or name.
pub(super) type Named = (String, String);

/// Texts and codes of what can be chosen; nothing where the answer is written.
pub(super) fn offered(kind: &Kind, lang: &str) -> Vec<Named> {
    let of = |choices: &Choices| all(choices, lang);
    match kind {
        Kind::Single { choices, .. }
        | Kind::Multiple { choices, .. }
        | Kind::ImagePicker { choices, .. }
        | Kind::Ranking { choices, .. } => of(choices),
        Kind::Rating { items, .. } => items.iter().map(|it| choice(&it.choice, lang)).collect(),
        Kind::Boolean {
            label_true,
            label_false,
            value_true,
            value_false,
            ..
        } => {
            let yes = text_of(label_true, lang).unwrap_or_else(|| t("engine.yes"));
            let no = text_of(label_false, lang).unwrap_or_else(|| t("engine.no"));
            vec![(yes, code(value_true)), (no, code(value_false))]
        }
        _ => Vec::new(),
    }
}

fn all(choices: &Choices, lang: &str) -> Vec<Named> {
    let special = |item: &Option<SpecialItem>, word: &str, code: &str| {
        let item = item.as_ref()?;
        let text = text_of(&item.text, lang).unwrap_or_else(|| t(word));
        Some((text, code.to_owned()))
    };
    choices
        .items
        .iter()
        .map(|item| choice(item, lang))
        .chain(special(&choices.other, "engine.other", "other"))
        .chain(special(&choices.none, "engine.none", "none"))
        .chain(special(&choices.refuse, "engine.refuse", "refused"))
        .chain(special(&choices.dont_know, "engine.dontKnow", "dontknow"))
        .collect()
}

pub(super) fn choice(choice: &Choice, lang: &str) -> Named {
    let code = code(&choice.value);
    (
        text_of(&choice.text, lang).unwrap_or_else(|| code.clone()),
        code,
    )
}

pub(super) fn code(value: &json::Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), ToOwned::to_owned)
}

pub(super) fn text_of(text: &Localized, lang: &str) -> Option<String> {
    text.resolve(lang).map(|it| it.text.to_owned())
}
