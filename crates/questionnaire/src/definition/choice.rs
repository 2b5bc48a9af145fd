//! Choices of select questions.

use json::Value;

use super::extension::ChoiceExtension;
use super::survey::{Element, Formula};
use crate::localized::Localized;

/// A choice, a matrix column or any other item with a value and a text.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// `value`: a text or a number.
    pub value: Value,
    /// `text`; empty shows the value.
    pub text: Localized,
    /// `visibleIf`.
    pub visible_if: Option<Formula>,
    /// `enableIf`.
    pub enable_if: Option<Formula>,
    /// `isExclusive`: choosing it clears the others.
    pub is_exclusive: bool,
    /// `showCommentArea`: a text of its own beside the choice.
    pub show_comment_area: bool,
    /// `isCommentRequired`.
    pub is_comment_required: bool,
    /// `commentPlaceholder`.
    pub comment_placeholder: Localized,
    /// `elements`: questions that open below a chosen choice.
    pub elements: Vec<Element>,
    /// `imageLink` of an image picker.
    pub image_link: Localized,
    /// The `kuuluu` object.
    pub kuuluu: ChoiceExtension,
}

/// Everything that decides which choices a question offers.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    /// `choices`, with a dropdown's `choicesMin`…`choicesMax` written out.
    pub items: Vec<Choice>,
    /// `choicesOrder`.
    pub order: ChoiceOrder,
    /// `choicesFromQuestion` and its kin.
    pub carry_forward: Option<CarryForward>,
    /// `choicesVisibleIf`.
    pub visible_if: Option<Formula>,
    /// `choicesEnableIf`.
    pub enable_if: Option<Formula>,
    /// `hideIfChoicesEmpty`.
    pub hide_if_empty: bool,
    /// `showOtherItem`: `otherText`, stored as `other`.
    pub other: Option<SpecialItem>,
    /// `otherPlaceholder`.
    pub other_placeholder: Localized,
    /// `otherErrorText`.
    pub other_error_text: Localized,
    /// `showNoneItem`: stored as `none`, exclusive.
    pub none: Option<SpecialItem>,
    /// `showRefuseItem`: stored as `refused`, exclusive.
    pub refuse: Option<SpecialItem>,
    /// `showDontKnowItem`: stored as `dontknow`, exclusive.
    pub dont_know: Option<SpecialItem>,
    /// `showSelectAllItem` (several choices only).
    pub select_all: Option<SpecialItem>,
    /// `storeOthersAsComment`; `None` inherits.
    pub store_others_as_comment: Option<bool>,
    /// `separateSpecialChoices`.
    pub separate_special: bool,
}

/// "Other", "None", "Refuse", "Don't know", "Select all".
#[derive(Debug, Clone, Default)]
pub struct SpecialItem {
    /// The text the survey gives; empty uses the interface's.
    pub text: Localized,
}

/// `choicesOrder`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ChoiceOrder {
    /// As written.
    #[default]
    None,
    /// By text, upwards.
    Ascending,
    /// By text, downwards.
    Descending,
    /// Shuffled by the session's seed.
    Random,
}

/// Choices taken from another question.
#[derive(Debug, Clone)]
pub struct CarryForward {
    /// `choicesFromQuestion`.
    pub question: String,
    /// `choicesFromQuestionMode`.
    pub mode: CarryForwardMode,
    /// `choiceValuesFromQuestion`: the column or panel question that gives the value.
    pub values_from: Option<String>,
    /// `choiceTextsFromQuestion`: the column or panel question that gives the text.
    pub texts_from: Option<String>,
}

/// `choicesFromQuestionMode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CarryForwardMode {
    /// All.
    #[default]
    All,
    /// Those chosen there.
    Selected,
    /// Those not chosen there.
    Unselected,
}
