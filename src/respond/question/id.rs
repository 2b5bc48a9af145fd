//! The ids that a question has on the page, so that links, labels and tests find it.

use questionnaire::session::Key;

/// The id of the element that holds the whole question: `q-` and its key.
///
/// Letters, digits, `-` and `_` stay; anything else is written as its code point between dashes,
/// so that an id can stand in a CSS selector and in a space-separated list.
pub fn question_id(key: &Key) -> String {
    let mut id = String::from("q-");
    for character in key.chars() {
        if character.is_ascii_alphanumeric() || matches!(character, '-' | '_') {
            id.push(character);
        } else {
            id.push_str(&format!("-{:x}-", u32::from(character)));
        }
    }
    id
}

/// The id of the control that takes focus when a question is to be answered or corrected: the
/// field, the first choice, the first row's first choice, the button that adds a row.
///
/// Links from the error summary and from the review go here.
pub fn input_id(key: &Key) -> String {
    question_id(key) + "-input"
}

/// The id of the `ix`th of several inputs of the question with id `id`; the first is the one that
/// [`input_id`] names.
pub(super) fn nth(id: &str, ix: usize) -> String {
    match ix {
        0 => format!("{id}-input"),
        ix => format!("{id}-i{ix}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_becomes_an_id_without_characters_that_selectors_mind() {
        assert_eq!(question_id(&"hope_1".into()), "q-hope_1");
        assert_eq!(
            input_id(&"goals[0].title".into()),
            "q-goals-5b-0-5d--2e-title-input"
        );
    }

    #[test]
    fn different_keys_have_different_ids() {
        assert_ne!(question_id(&"a.b".into()), question_id(&"a b".into()));
    }
}
