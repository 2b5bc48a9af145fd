//! What is particular to each type of question.

use super::Names;
use super::element::elements;
use super::field::text_item;
use super::fields::Fields;
use super::matrix;
use super::names;
use super::select::{choices, rate_items};
use super::survey::list;
use crate::definition::{
    BooleanDisplay, Choices, ExpressionFormat, Kind, RateDisplay, SelectDisplay,
};
use crate::localized::Localized;
use json::Value;

/// Where a question stands.
pub(super) struct Context<'a> {
    /// Names it must not repeat.
    pub(super) names: &'a Names,
    /// How deep.
    pub(super) depth: usize,
    /// The choices of the matrix whose column it is.
    pub(super) matrix: Option<&'a Choices>,
}

/// Types that the format has and Kuuluu does not take, and why.
const REFUSED: &[(&str, &str)] = &[
    (
        "file",
        "no files: they carry names and places of those who answer",
    ),
    ("signaturepad", "no signatures: they tell who answers"),
    ("imagemap", "imagepicker"),
    ("buttongroup", "radiogroup"),
    ("flowpanel", "panel"),
];

/// Types that Kuuluu has.
const TYPES: &[&str] = &[
    "radiogroup",
    "checkbox",
    "dropdown",
    "tagbox",
    "rating",
    "boolean",
    "text",
    "comment",
    "matrix",
    "html",
    "panel",
    "multipletext",
    "image",
    "expression",
    "ranking",
    "matrixdropdown",
    "matrixdynamic",
    "paneldynamic",
    "imagepicker",
    "slider",
];

/// True for a type that Kuuluu has.
pub(crate) fn is_type(name: &str) -> bool {
    TYPES.contains(&name)
}

pub(super) fn kind(f: &Fields<'_>, kind: &str, context: &Context<'_>) -> Option<Kind> {
    Some(match kind {
        "radiogroup" | "dropdown" => single(f, kind == "dropdown", context),
        "checkbox" | "tagbox" => multiple(f, kind == "tagbox", context),
        "ranking" => Kind::Ranking {
            choices: choices(f, context),
            select_to_rank: f.flag("selectToRankEnabled", false),
            min_selected: f.count("minSelectedChoices", 0),
            max_selected: f.count("maxSelectedChoices", 0),
        },
        "imagepicker" => Kind::ImagePicker {
            choices: choices(f, context),
            multi_select: f.flag("multiSelect", false),
            show_label: f.flag("showLabel", false),
        },
        "rating" => rating(f),
        "boolean" => boolean(f),
        "text" => Kind::Text {
            field: text_item(f),
        },
        "comment" => Kind::Comment {
            rows: f.count("rows", 4),
            max_length: f.optional_count("maxLength"),
            placeholder: f.localized("placeholder|placeHolder"),
            accept_carriage_return: f.flag("acceptCarriageReturn", true),
        },
        "multipletext" => Kind::MultipleText {
            items: super::field::items(f),
            columns: f.count("colCount", 1).max(1),
        },
        "matrix" => matrix::matrix(f),
        "matrixdropdown" => matrix::dropdown(f, context),
        "matrixdynamic" => matrix::dynamic(f, context),
        "paneldynamic" => panel_dynamic(f, context),
        "expression" => Kind::Expression {
            expression: f.formula("expression"),
            format: format(f),
        },
        "slider" => slider(f),
        "html" => Kind::Html {
            html: f.localized("html"),
        },
        "image" => image(f),
        other => {
            unknown(f, other);
            return None;
        }
    })
}

#[inline(never)]
fn unknown(f: &Fields<'_>, kind: &str) {
    let at = f.get("type|cellType");
    let at = at.as_ref().unwrap_or(f.at);
    match REFUSED.iter().find(|(name, _)| *name == kind) {
        Some((_, instead)) => at.say("feature/refused", instead, None),
        None => at.say(
            "element/unknown-type",
            "a type of question",
            names::nearest(kind, TYPES.iter().copied()),
        ),
    }
}

fn single(f: &Fields<'_>, dropdown: bool, context: &Context<'_>) -> Kind {
    let mut choices = choices(f, context);
    if dropdown {
        super::select::number_choices(f, &mut choices);
    }
    Kind::Single {
        display: display(dropdown),
        choices,
        allow_clear: if dropdown {
            f.flag("allowClear|showOptionsCaption", true)
        } else {
            f.flag("allowClear|showClearButton", false)
        },
        placeholder: f.localized("placeholder|optionsCaption"),
    }
}

fn multiple(f: &Fields<'_>, tagbox: bool, context: &Context<'_>) -> Kind {
    f.get("allowClear");
    let min_selected = f.count("minSelectedChoices", 0);
    let max_selected = f.count("maxSelectedChoices", 0);
    Kind::Multiple {
        display: display(tagbox),
        choices: choices(f, context),
        min_selected,
        max_selected,
        value_property_name: f.string("valuePropertyName"),
        placeholder: f.localized("placeholder"),
    }
}

fn display(dropdown: bool) -> SelectDisplay {
    if dropdown {
        SelectDisplay::Dropdown
    } else {
        SelectDisplay::List
    }
}

#[inline(never)]
fn rating(f: &Fields<'_>) -> Kind {
    let display = match f.one_of("rateType|rateDisplayMode", &["labels", "stars", "smileys"]) {
        Some(1) => RateDisplay::Stars,
        Some(2) => RateDisplay::Smileys,
        _ => RateDisplay::Labels,
    };
    Kind::Rating {
        items: rate_items(f, display),
        min_description: f.localized("minRateDescription|mininumRateDescription"),
        max_description: f.localized("maxRateDescription|maximumRateDescription"),
        display,
        as_dropdown: f.one_of("displayMode", &["auto", "buttons", "dropdown"]) == Some(2),
    }
}

#[inline(never)]
fn boolean(f: &Fields<'_>) -> Kind {
    let modes = ["segmented", "radio", "checkbox", "switch"];
    let display = if f.has("displayMode") {
        f.one_of("displayMode", &modes)
    } else {
        f.one_of("renderAs", &["default", "radio", "checkbox", "switch"])
    };
    f.get("displayMode|renderAs");
    Kind::Boolean {
        label_true: f.localized("labelTrue"),
        label_false: f.localized("labelFalse"),
        value_true: f.value("valueTrue").unwrap_or(Value::Bool(true)),
        value_false: f.value("valueFalse").unwrap_or(Value::Bool(false)),
        swap_order: f.flag("swapOrder", false),
        display: match display {
            Some(1) => BooleanDisplay::Radio,
            Some(2) => BooleanDisplay::Checkbox,
            Some(3) => BooleanDisplay::Switch,
            _ => BooleanDisplay::Segmented,
        },
        use_title_as_label: f.flag("useTitleAsLabel", true),
    }
}

#[inline(never)]
fn panel_dynamic(f: &Fields<'_>, context: &Context<'_>) -> Kind {
    let max_panels = f.count("maxPanelCount", 100).clamp(1, 100);
    let min_panels = f.count("minPanelCount", 0).min(max_panels);
    Kind::PanelDynamic {
        template: elements(
            f,
            "templateElements|questions|elements",
            &Names::default(),
            context.depth + 1,
        ),
        template_title: f.localized("templateTitle"),
        template_description: f.localized("templateDescription"),
        template_visible_if: f.formula("templateVisibleIf"),
        no_entries_text: f.localized("noEntriesText"),
        panel_count: f.count("panelCount", 0).clamp(min_panels, max_panels),
        panel_count_expression: f.formula("panelCountExpression"),
        min_panels,
        max_panels,
        allow_add: f.flag("allowAddPanel", true),
        allow_remove: f.flag("allowRemovePanel", true),
        new_panel_next: f.one_of("newPanelPosition", &["last", "next"]) == Some(1),
        key_name: f.string("keyName"),
        key_duplication_error: f.localized("keyDuplicationError"),
        default_panel_value: f.value("defaultPanelValue"),
        copy_last: f.flag(
            "copyDefaultValueFromLastEntry|defaultValueFromLastPanel",
            false,
        ),
        confirm_delete: f.flag("confirmDelete", false),
        confirm_delete_text: f.localized("confirmDeleteText"),
        add_text: f.localized("addPanelText|panelAddText"),
        remove_text: f.localized("removePanelText|panelRemoveText"),
    }
}

#[inline(never)]
fn slider(f: &Fields<'_>) -> Kind {
    let step = f.number("step").unwrap_or(1.0);
    let (min, max) = (
        f.number("min").unwrap_or(0.0),
        f.number("max").unwrap_or(100.0),
    );
    if step <= 0.0 || min >= max {
        f.at.say(
            "property/invalid-value",
            "min below max and a step above 0",
            None,
        );
    }
    Kind::Slider {
        range: f.one_of("sliderType", &["single", "range"]) == Some(1),
        min,
        max,
        step: if step > 0.0 { step } else { 1.0 },
        min_expression: f.formula("minValueExpression"),
        max_expression: f.formula("maxValueExpression"),
        min_range_length: f.number("minRangeLength"),
        max_range_length: f.number("maxRangeLength"),
        labels: list(f, "customLabels", slider_label),
        allow_clear: f.flag("allowClear", false),
    }
}

fn slider_label(at: &super::place::At<'_>) -> Option<(f64, Localized)> {
    if let Value::Number(number) = at.value {
        return Some((*number, Localized::plain(at.value.to_string())));
    }
    let f = at.fields()?;
    let label = (f.number("value")?, f.localized("text"));
    f.get("showValue");
    f.close();
    Some(label)
}

#[inline(never)]
fn image(f: &Fields<'_>) -> Kind {
    if let Some(at) = f.get("contentMode").filter(|at| {
        at.value
            .as_str()
            .is_some_and(|it| it == "video" || it == "youtube")
    }) {
        at.say(
            "feature/refused",
            "a picture: videos come from elsewhere",
            None,
        );
    }
    Kind::Image {
        link: super::select::image_link(f),
        alt: f.localized("altText|text"),
    }
}

/// `format`, `displayStyle` and their kin.
#[inline(never)]
pub(super) fn format(f: &Fields<'_>) -> ExpressionFormat {
    let styles = ["none", "decimal", "currency", "percent", "date"];
    ExpressionFormat {
        format: f.localized("format"),
        style: f
            .one_of("displayStyle", &styles)
            .and_then(|index| styles.get(index))
            .filter(|style| **style != "none")
            .map(|style| (*style).to_owned()),
        currency: f.string("currency"),
        maximum_fraction_digits: f.optional_count("maximumFractionDigits"),
        minimum_fraction_digits: f.optional_count("minimumFractionDigits"),
        no_grouping: !f.flag("useGrouping", true),
        precision: f.optional_count("precision"),
    }
}
