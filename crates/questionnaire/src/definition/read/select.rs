//! Choices, and the points of a rating.

use json::Value;

use super::element::elements;
use super::extension;
use super::fields::Fields;
use super::kind::Context;
use super::place::At;
use super::survey::list;
use crate::definition::{
    CarryForward, CarryForwardMode, Choice, ChoiceOrder, Choices, RateDisplay, RateItem,
    SpecialItem,
};
use crate::localized::Localized;

/// More written-out points than this are refused.
const MOST_POINTS: f64 = 10_000.0;

/// A rating shows at most this many points, as in the reference implementation.
const MOST_RATES: usize = 20;

/// Everything about the choices of a select question.
pub(super) fn choices(f: &Fields<'_>, context: &Context<'_>) -> Choices {
    let mut items: Vec<Choice> = match f.get("choices") {
        Some(at) => at
            .items()
            .filter_map(|item| choice(&item, Some(context)))
            .collect(),
        None => Vec::new(),
    };
    if let (true, Some(matrix)) = (items.is_empty(), context.matrix) {
        items.clone_from(&matrix.items);
    }
    let mut choices = Choices {
        items,
        other: special(f, "showOtherItem|hasOther", "otherText"),
        none: special(f, "showNoneItem|hasNone", "noneText"),
        ..Choices::default()
    };
    if f.has_more() {
        rare(f, &mut choices);
    }
    choices
}

/// What few say about their choices.
fn rare(f: &Fields<'_>, choices: &mut Choices) {
    choices.order = match f.one_of("choicesOrder", &["none", "asc", "desc", "random"]) {
        Some(1) => ChoiceOrder::Ascending,
        Some(2) => ChoiceOrder::Descending,
        Some(3) => ChoiceOrder::Random,
        _ => ChoiceOrder::None,
    };
    choices.carry_forward = carry_forward(f);
    choices.visible_if = f.formula("choicesVisibleIf");
    choices.enable_if = f.formula("choicesEnableIf");
    choices.hide_if_empty = f.flag("hideIfChoicesEmpty", false);
    choices.other_placeholder = f.localized("otherPlaceholder|otherPlaceHolder");
    choices.other_error_text = f.localized("otherErrorText");
    choices.refuse = special(f, "showRefuseItem", "refuseText");
    choices.dont_know = special(f, "showDontKnowItem", "dontKnowText");
    choices.select_all = special(f, "showSelectAllItem|hasSelectAll", "selectAllText");
    choices.store_others_as_comment = f.optional_flag("storeOthersAsComment");
    choices.separate_special = f.flag("separateSpecialChoices", false);
}

fn special(f: &Fields<'_>, shown: &'static str, text: &'static str) -> Option<SpecialItem> {
    let text = f.localized(text);
    f.flag(shown, false).then_some(SpecialItem { text })
}

fn carry_forward(f: &Fields<'_>) -> Option<CarryForward> {
    let mode = match f.one_of(
        "choicesFromQuestionMode",
        &["all", "selected", "unselected"],
    ) {
        Some(1) => CarryForwardMode::Selected,
        Some(2) => CarryForwardMode::Unselected,
        _ => CarryForwardMode::All,
    };
    let values_from = f.string("choiceValuesFromQuestion");
    let texts_from = f.string("choiceTextsFromQuestion");
    Some(CarryForward {
        question: f.string("choicesFromQuestion")?,
        mode,
        values_from,
        texts_from,
    })
}

/// A choice: a value alone, `value|text`, or an object. Without a `context` it is a column or a
/// point of a scale and has no questions of its own.
pub(super) fn choice(at: &At<'_>, context: Option<&Context<'_>>) -> Option<Choice> {
    if matches!(at.value, Value::Object(_)) {
        let f = at.fields()?;
        let (value, text) = value_and_text(&f);
        let mut choice = Choice {
            value,
            text,
            is_exclusive: f.flag("isExclusive", false),
            kuuluu: extension::choice(&f),
            ..Choice::default()
        };
        if f.has_more() {
            choice.visible_if = f.formula("visibleIf");
            choice.enable_if = f.formula("enableIf");
            choice.show_comment_area = f.flag("showCommentArea", false);
            choice.is_comment_required = f.flag("isCommentRequired", false);
            choice.comment_placeholder = f.localized("commentPlaceholder");
            choice.image_link = image_link(&f);
            if let Some(context) = context {
                choice.elements = elements(&f, "elements", context.names, context.depth + 1);
            }
        }
        f.close();
        return Some(choice);
    }
    let (value, text) = bare(at)?;
    Some(Choice {
        value,
        text,
        ..Choice::default()
    })
}

/// A value that stands alone, taken apart at `|`; `None`, with a problem, for what cannot be one.
pub(super) fn bare(at: &At<'_>) -> Option<(Value, Localized)> {
    match at.value {
        Value::Text(text) => Some(split(text)),
        Value::Number(_) | Value::Bool(_) => Some((at.value.clone(), Localized::default())),
        _ => {
            at.wrong("a value, or an object with value and text");
            None
        }
    }
}

fn split(text: &str) -> (Value, Localized) {
    match text.split_once('|') {
        Some((value, text)) if !text.is_empty() => (value.into(), Localized::plain(text)),
        Some((value, _)) => (value.into(), Localized::default()),
        None => (text.into(), Localized::default()),
    }
}

/// `value` and `text` of a choice, a row or a column.
pub(super) fn value_and_text(f: &Fields<'_>) -> (Value, Localized) {
    let text = f.localized("text");
    let Some(at) = f.get("value") else {
        f.at.say("property/required", "value", None);
        let value = text
            .resolve("")
            .map(|it| it.text.into())
            .unwrap_or_default();
        return (value, text);
    };
    let Value::Text(value) = at.value else {
        return (at.value.clone(), text);
    };
    let (value, piped) = split(value);
    (value, if text.is_empty() { piped } else { text })
}

/// `imageLink`: a picture of this installation, or one inside the file.
pub(super) fn image_link(f: &Fields<'_>) -> Localized {
    let link = f.address("imageLink");
    for language in link.languages() {
        let address = link.get(language).unwrap_or_default();
        if !crate::text::is_own_image(address) {
            f.at.say(
                "feature/refused",
                "imageLink to a picture of this site: others would learn who answers",
                None,
            );
            return Localized::default();
        }
    }
    link
}

/// `choicesMin` to `choicesMax` of a dropdown, after the written choices.
pub(super) fn number_choices(f: &Fields<'_>, choices: &mut Choices) {
    let min = f.number("choicesMin").unwrap_or(0.0);
    let max = f.number("choicesMax").unwrap_or(0.0);
    let step = f.number("choicesStep").unwrap_or(1.0);
    let step = if step > 0.0 { step } else { 1.0 };
    if min >= max {
        return;
    }
    if (max - min) / step > MOST_POINTS {
        f.at.say("survey/too-long", "at most 10,000 choices", None);
        return;
    }
    for value in points(min, max, step, usize::MAX) {
        choices.items.push(Choice {
            value: Value::Number(value),
            ..Choice::default()
        });
    }
}

/// `rateValues`, or the points that `rateMin`, `rateMax`, `rateStep` and `rateCount` make.
pub(super) fn rate_items(f: &Fields<'_>, display: RateDisplay) -> Vec<RateItem> {
    let given = f.has("rateValues");
    let mut items = list(f, "rateValues", rate_item);
    let generate = f
        .optional_flag("autoGenerate")
        .unwrap_or(!given || items.is_empty());
    let most = if display == RateDisplay::Smileys {
        10
    } else {
        MOST_RATES
    };
    let (min, max, step) = rate_range(f);
    if !generate && !items.is_empty() {
        if display == RateDisplay::Smileys {
            items.truncate(most);
        }
        return items;
    }
    if (max - min) / step >= 20.0 {
        f.at.warn("element/count-contradiction", "at most 20 points", None);
    }
    points(min.min(max), max, step, most)
        .map(|value| RateItem {
            choice: Choice {
                value: Value::Number(value),
                ..Choice::default()
            },
        })
        .collect()
}

/// Least, greatest, step: two of least, greatest and count give the third.
fn rate_range(f: &Fields<'_>) -> (f64, f64, f64) {
    let (min, max) = (f.number("rateMin"), f.number("rateMax"));
    let count = f.optional_count("rateCount");
    let mut step = f.number("rateStep").unwrap_or(1.0);
    if step <= 0.0 {
        f.at.say("property/invalid-value", "rateStep above 0", None);
        step = 1.0;
    }
    let span = step * (f64::from(count.unwrap_or(1)) - 1.0);
    match (min, max, count) {
        (Some(min), None, Some(_)) => (min, min + span, step),
        (None, Some(max), Some(_)) => (max - span, max, step),
        _ => (min.unwrap_or(1.0), max.unwrap_or(5.0), step),
    }
}

fn rate_item(at: &At<'_>) -> Option<RateItem> {
    Some(RateItem {
        choice: choice(at, None)?,
    })
}

/// From `min` to `max`, without the errors of repeated addition.
fn points(min: f64, max: f64, step: f64, most: usize) -> impl Iterator<Item = f64> {
    let mut scale = 1.0_f64;
    while scale < 1e9 && (step * scale).fract() != 0.0 {
        scale *= 10.0;
    }
    core::iter::successors(Some(min), move |last| {
        Some(((last + step) * scale).round() / scale)
    })
    .take_while(move |value| *value <= max)
    .take(most)
}
