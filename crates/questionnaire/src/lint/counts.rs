//! Numbers that contradict each other, and checks that check nothing.

use json::Value;

use super::Findings;
use super::domain::{Shape, choices, number, shape};
use super::map::{Entry, Map};
use crate::definition::{Check, InputType, Kind, Question, Validator};

pub(super) fn check(map: &Map<'_>, findings: &mut Findings) {
    for (entry, question) in map.questions() {
        pairs(entry, findings);
        selected(entry, question, findings);
        steps(entry, question, findings);
        validators(question, &question.validators, &entry.at, findings);
        if let Kind::MultipleText { items, .. } = &question.kind {
            for (index, item) in items.iter().enumerate() {
                let at = format!("{}/items/{index}", entry.at);
                validators(question, &item.validators, &at, findings);
            }
        }
        masks(entry, question, findings);
        dead(entry, question, findings);
    }
    aliases(map, findings);
}

/// Least and greatest of one thing.
const PAIRS: &[(&str, &str)] = &[
    ("minSelectedChoices", "maxSelectedChoices"),
    ("minRowCount", "maxRowCount"),
    ("minPanelCount", "maxPanelCount"),
    ("rateMin", "rateMax"),
    ("choicesMin", "choicesMax"),
    ("min", "max"),
    ("minRangeLength", "maxRangeLength"),
    ("minimumFractionDigits", "maximumFractionDigits"),
    ("rowCount", "maxRowCount"),
    ("panelCount", "maxPanelCount"),
    ("minRowCount", "rowCount"),
    ("minPanelCount", "panelCount"),
];

fn pairs(entry: &Entry<'_>, findings: &mut Findings) {
    for (least, greatest) in PAIRS {
        let (Some(low), Some(high)) = (entry.property(least), entry.property(greatest)) else {
            continue;
        };
        let above = match (number(low), number(high)) {
            (Some(low), Some(high)) => {
                let no_limit = least.ends_with("SelectedChoices") && high <= 0.0;
                !no_limit && low >= 0.0 && low > high
            }
            // dates compare as texts
            _ => {
                matches!((low, high), (Value::Text(low), Value::Text(high)) if low > high && !high.is_empty())
            }
        };
        if above {
            findings.error(
                "element/count-contradiction",
                entry.at_property(least),
                format!(
                    "{least} {} above {greatest} {}",
                    low.to_string(),
                    high.to_string()
                ),
                &format!("{least} at most {greatest}"),
                "",
            );
        }
    }
}

fn selected(entry: &Entry<'_>, question: &Question, findings: &mut Findings) {
    let (Kind::Multiple { min_selected, .. } | Kind::Ranking { min_selected, .. }) = &question.kind
    else {
        return;
    };
    let Some(choices) = choices(question).filter(|it| it.carry_forward.is_none()) else {
        return;
    };
    let offered = choices.items.len() + super::domain::special(choices).len();
    if *min_selected as usize > offered && offered > 0 {
        findings.error(
            "element/count-contradiction",
            entry.at_property("minSelectedChoices"),
            format!("minSelectedChoices {min_selected} of {offered} choices"),
            "no more than there are choices",
            "",
        );
    }
}

fn steps(entry: &Entry<'_>, question: &Question, findings: &mut Findings) {
    let (name, step, range) = match &question.kind {
        Kind::Slider { step, min, max, .. } => ("step", *step, max - min),
        Kind::Rating { .. } if entry.property("rateCount").is_none() => {
            let read = |name, default| entry.property(name).and_then(number).unwrap_or(default);
            (
                "rateStep",
                read("rateStep", 1.0),
                read("rateMax", 5.0) - read("rateMin", 1.0),
            )
        }
        _ => return,
    };
    if entry.property(name).is_some() && range > 0.0 && step > range {
        findings.error(
            "element/count-contradiction",
            entry.at_property(name),
            format!("a step of {step} in a range of {range}"),
            "a step that fits in the range",
            "",
        );
    }
}

fn validators(question: &Question, all: &[Validator], at: &str, findings: &mut Findings) {
    for (index, validator) in all.iter().enumerate() {
        let at = format!("{at}/validators/{index}");
        let mut dead = |found: String, mend: &str| {
            findings.error(
                "validator/dead",
                at.clone(),
                found,
                "a check that can pass and fail",
                mend,
            );
        };
        let shape = shape(question);
        let wrong_shape = match &validator.check {
            _ if shape == Shape::Nothing => Some("a check on something that has no answer"),
            Check::Numeric { .. } | Check::Email
                if matches!(shape, Shape::Several | Shape::Structure)
                    && !matches!(question.kind, Kind::MultipleText { .. }) =>
            {
                Some("a check of one value on an answer of several")
            }
            Check::Text { .. } | Check::Email if shape == Shape::Number => {
                Some("a check of text on a number")
            }
            Check::AnswerCount { .. } if !matches!(shape, Shape::Several | Shape::Structure) => {
                Some("a count of answers on a single answer")
            }
            _ => None,
        };
        if let Some(found) = wrong_shape {
            dead(
                found.to_owned(),
                "leave it out, or use the check for this type of question",
            );
        }
        let above = match &validator.check {
            Check::Numeric {
                min: Some(min),
                max: Some(max),
            } => min > max,
            Check::Text {
                min_length,
                max_length,
                ..
            } => *max_length > 0 && min_length > max_length,
            Check::AnswerCount {
                min: Some(min),
                max: Some(max),
            } => *max > 0 && min > max,
            _ => false,
        };
        if above {
            dead("a least value above the greatest".to_owned(), "");
        }
        if let (Check::AnswerCount { min: Some(min), .. }, Some(choices)) =
            (&validator.check, choices(question))
        {
            let offered = choices.items.len() + super::domain::special(choices).len();
            if offered > 0 && *min as usize > offered && choices.carry_forward.is_none() {
                dead(format!("{min} answers of {offered} choices"), "");
            }
        }
        if let Check::Regex { pattern, .. } = &validator.check
            && (pattern.is_empty() || !brackets_match(pattern))
        {
            dead(
                format!("the pattern {pattern:?}"),
                "a pattern whose brackets are closed",
            );
        }
    }
}

/// Round and square brackets of a regular expression are closed, and nothing is repeated that is
/// not there.
fn brackets_match(pattern: &str) -> bool {
    let (mut depth, mut class) = (0_i32, false);
    let mut chars = pattern.chars();
    let mut first = true;
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.next().is_none() => return false,
            '[' if !class => class = true,
            ']' if class => class = false,
            '(' if !class => depth += 1,
            ')' if !class => depth -= 1,
            '*' | '+' | '?' if first => return false,
            _ => {}
        }
        first = false;
        if depth < 0 {
            return false;
        }
    }
    depth == 0 && !class
}

fn masks(entry: &Entry<'_>, question: &Question, findings: &mut Findings) {
    if !matches!(question.kind, Kind::Text { .. }) {
        return;
    }
    let mask_type = entry
        .property("maskType")
        .and_then(Value::as_str)
        .unwrap_or("none");
    let settings = entry.property("maskSettings").and_then(Value::as_object);
    if mask_type == "none" && settings.is_some_and(|it| !it.is_empty()) {
        findings.warning(
            "mask/mismatch",
            entry.at_property("maskSettings"),
            "settings without a mask".to_owned(),
            "maskType",
            "say which mask: pattern, datetime, numeric or currency",
        );
    }
    let input_type = entry.property("inputType").and_then(Value::as_str);
    if mask_type != "none" && !matches!(input_type, None | Some("text" | "tel")) {
        findings.warning(
            "mask/mismatch",
            entry.at_property("maskType"),
            mask_type.to_owned(),
            "inputType text or tel",
            "a mask has no effect on this type of field",
        );
    }
    let known = settings_of(mask_type);
    for (name, _) in settings.into_iter().flat_map(json::Object::iter) {
        if !known.is_empty() && name != "saveMaskedValue" && !known.contains(&name) {
            findings.warning(
                "mask/mismatch",
                format!(
                    "{}/{}",
                    entry.at_property("maskSettings"),
                    name.replace('~', "~0").replace('/', "~1")
                ),
                name.to_owned(),
                &known.join(", "),
                "this mask does not know it: take it out, or take another mask",
            );
        }
    }
    let get = |name| settings.and_then(|it| it.get(name));
    if let (Some(low), Some(high)) = (get("min").and_then(number), get("max").and_then(number))
        && low > high
    {
        findings.error(
            "mask/mismatch",
            entry.at_property("maskSettings"),
            format!("min {low} above max {high}"),
            "min at most max",
            "",
        );
    }
    let no_pattern = get("pattern")
        .and_then(Value::as_str)
        .is_none_or(str::is_empty);
    if mask_type == "pattern" && no_pattern {
        findings.warning(
            "mask/mismatch",
            entry.at_property("maskType"),
            "a pattern mask without a pattern".to_owned(),
            "maskSettings.pattern, for example 99999",
            "",
        );
    }
}

/// What can be set of a mask; empty where that is not known.
fn settings_of(mask_type: &str) -> &'static [&'static str] {
    const CURRENCY: [&str; 10] = [
        "decimalSeparator",
        "thousandsSeparator",
        "precision",
        "min",
        "max",
        "allowNegativeValues",
        "prefix",
        "suffix",
        "currencySymbol",
        "currencyPattern",
    ];
    match mask_type {
        "pattern" => &["pattern"],
        "datetime" => &["pattern", "patternPreset", "min", "max"],
        "numeric" => &CURRENCY[..6],
        "currency" => &CURRENCY,
        _ => &[],
    }
}

/// Properties that say something which has no effect.
fn dead(entry: &Entry<'_>, question: &Question, findings: &mut Findings) {
    if let Kind::Text { field } = &question.kind {
        let bounded = matches!(
            field.input_type,
            InputType::Number
                | InputType::Range
                | InputType::Date
                | InputType::DateTimeLocal
                | InputType::Time
                | InputType::Month
                | InputType::Week
        );
        for name in [
            "min",
            "max",
            "step",
            "minValueExpression",
            "maxValueExpression",
        ] {
            if !bounded && entry.property(name).is_some() {
                findings.warning(
                    "property/dead",
                    entry.at_property(name),
                    name.to_owned(),
                    "an inputType with bounds",
                    "set inputType to number or date, or leave it out",
                );
            }
        }
    }
    if let Kind::Ranking { .. } = question.kind {
        let special = [
            "showOtherItem",
            "showNoneItem",
            "showRefuseItem",
            "showDontKnowItem",
            "showSelectAllItem",
        ];
        for name in special {
            if entry.property(name) == Some(&Value::Bool(true)) {
                findings.warning(
                    "property/dead",
                    entry.at_property(name),
                    name.to_owned(),
                    "choices to rank",
                    "everything in a ranking is ranked: leave it out",
                );
            }
        }
    }
    if let Some(name) = question.value_name.as_ref().filter(|it| it.contains('.')) {
        findings.error(
            "property/invalid-value",
            entry.at_property("valueName"),
            name.clone(),
            "a valueName without a dot",
            "a dot would be read as a path in expressions",
        );
    }
}

/// Old and new names of one property.
const ALIASES: &[(&str, &str)] = &[
    ("showOtherItem", "hasOther"),
    ("showNoneItem", "hasNone"),
    ("showSelectAllItem", "hasSelectAll"),
    ("showCommentArea", "hasComment"),
    ("eachRowRequired", "isAllRowRequired"),
    ("rowOrder", "rowsOrder"),
    ("placeholder", "placeHolder"),
    ("placeholder", "optionsCaption"),
    ("rateType", "rateDisplayMode"),
    ("elements", "questions"),
    ("questionOrder", "questionsOrder"),
    ("requiredMark", "requiredText"),
    ("addPanelText", "panelAddText"),
    ("removePanelText", "panelRemoveText"),
    ("noRowsText", "emptyRowsText"),
    ("readOnly", "mode"),
];

fn aliases(map: &Map<'_>, findings: &mut Findings) {
    let owned = map
        .entries
        .iter()
        .filter_map(|entry| Some((entry.at.as_str(), entry.raw?)));
    let root = map.document.as_object().map(|it| ("", it));
    for (at, object) in owned.chain(root) {
        for (new, old) in ALIASES {
            if object.get(new).is_some() && object.get(old).is_some() {
                findings.warning(
                    "property/dead",
                    format!("{at}/{old}"),
                    format!("{old} beside {new}"),
                    "one of them: they are two names of one property",
                    &format!("leave out {old}"),
                );
            }
        }
    }
}
