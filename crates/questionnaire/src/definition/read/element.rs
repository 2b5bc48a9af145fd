//! What stands in pages and panels, and what all questions share.

use std::sync::Arc;

use json::Severity;

use super::extension;
use super::fields::Fields;
use super::kind::{self, Context};
use super::place::At;
use super::survey::clear_invisible;
use super::validator::validators;
use super::{DEEPEST, Names, cycles, names, panel};
use crate::definition::{Element, Formula, Kind, Question, TitleLocation};

/// The elements of a page, a panel, a dynamic panel, a detail or a choice.
pub(super) fn elements(
    f: &Fields<'_>,
    property: &'static str,
    names: &Names,
    depth: usize,
) -> Vec<Element> {
    let Some(at) = f.get(property) else {
        return Vec::new();
    };
    if depth > DEEPEST {
        at.say("element/too-deep", "at most 24 levels of elements", None);
        return Vec::new();
    }
    at.items()
        .filter_map(|item| element(&item, names, depth))
        .collect()
}

fn element(at: &At<'_>, names: &Names, depth: usize) -> Option<Element> {
    let f = at.fields()?;
    let Some(kind) = f.string("type") else {
        at.say("element/unknown-type", "a type", None);
        return None;
    };
    if kind == "panel" {
        let panel = panel::panel(&f, names, depth + 1);
        f.close();
        return Some(Element::Panel(Arc::new(panel)));
    }
    let name = name(&f, names, None);
    let question = question(
        &f,
        &kind,
        name,
        &Context {
            names,
            depth,
            matrix: None,
        },
    )?;
    f.close();
    Some(Element::Question(Arc::new(question)))
}

/// The element's name, which must differ from the others in `names`. Without a `fallback` it must
/// be there.
pub(super) fn name(f: &Fields<'_>, names: &Names, fallback: Option<String>) -> String {
    let given = f
        .get("name")
        .and_then(|at| {
            let text = at.text()?;
            let trimmed = text.trim();
            if trimmed.len() < text.len() {
                at.warn(
                    "name/spaces",
                    "a name without spaces around it",
                    Some(trimmed.to_owned()),
                );
            }
            Some(trimmed.to_owned())
        })
        .filter(|it| !it.is_empty());
    let name = match (given, fallback) {
        (Some(name), _) | (None, Some(name)) => name,
        (None, None) => {
            f.at.problem(
                Severity::Error,
                "property/required",
                "nothing".to_owned(),
                "a name",
                None,
            );
            let number = f.at.reader.unnamed.get() + 1;
            f.at.reader.unnamed.set(number);
            format!("question{number}")
        }
    };
    if !names.borrow_mut().insert(name.clone()) {
        f.at.problem(
            Severity::Error,
            "name/duplicate",
            name.clone(),
            "a name that no other element has",
            None,
        );
    }
    name
}

/// `titleLocation` and its kin.
pub(super) fn title_location(f: &Fields<'_>, names: &'static str) -> TitleLocation {
    match f.one_of(names, &["default", "top", "bottom", "left", "hidden"]) {
        Some(1) => TitleLocation::Top,
        Some(2) => TitleLocation::Bottom,
        Some(3) => TitleLocation::Left,
        Some(4) => TitleLocation::Hidden,
        _ => TitleLocation::Default,
    }
}

/// A question of type `kind`; `None`, with a problem, for a type that is unknown or refused.
pub(super) fn question(
    f: &Fields<'_>,
    kind: &str,
    name: String,
    context: &Context<'_>,
) -> Option<Question> {
    let title = f.localized(if kind == "boolean" {
        "title|label"
    } else {
        "title"
    });
    let description = f.localized("description");
    let visible_if = f.formula("visibleIf");
    let is_required = f.flag("isRequired", false);
    let default_value = f
        .value("defaultValue")
        .filter(|it| !super::fields::is_formula(it));
    let default_value_expression = f
        .formula("defaultValueExpression")
        .or_else(|| f.value_formula("defaultValue"));
    let kuuluu = extension::question(f);
    let Some(question_kind) = kind::kind(f, kind, context) else {
        refuse(f);
        return None;
    };
    let mut question = Question {
        title,
        description,
        visible_if,
        is_required,
        default_value,
        default_value_expression,
        kuuluu,
        ..Question::plain(name, question_kind)
    };
    if f.has_more() {
        rare(f, &mut question);
    }
    if cycles::writes(&question) {
        f.at.reader.writers.borrow_mut().push(f.at.pointer());
    }
    Some(question)
}

fn refuse(f: &Fields<'_>) {
    f.refuse(
        &[
            "choicesByUrl",
            "choicesLazyLoadEnabled",
            "component",
            "titleComponent",
            "itemComponent",
        ],
        "nothing from elsewhere: it tells a third party who answers",
    );
    f.refuse(
        &["allowCustomChoices"],
        "showOtherItem, for answers in own words",
    );
    f.refuse(&["acceptedCategories", "storeDataAsText"], "no files");
}

/// What few questions say.
fn rare(f: &Fields<'_>, question: &mut Question) {
    refuse(f);
    bind(f, &mut question.kind);
    question.title_location = title_location(f, "titleLocation");
    question.visible = f.flag("visible", question.visible);
    question.enable_if = f.formula("enableIf");
    question.required_if = f.formula("requiredIf");
    question.reset_value_if = f.formula("resetValueIf");
    question.set_value_if = f.formula("setValueIf");
    question.set_value_expression = f.formula("setValueExpression");
    question.required_error_text = f.localized("requiredErrorText");
    question.read_only = f.flag("readOnly", question.read_only);
    question.correct_answer = f.value("correctAnswer");
    question.value_name = f.string("valueName");
    question.clear_if_invisible = clear_invisible(f, "clearIfInvisible");
    question.validators = validators(f);
    question.show_comment_area = f.flag("showCommentArea|hasComment", false);
    question.comment_text = f.localized("commentText");
    question.comment_placeholder = f.localized("commentPlaceholder|commentPlaceHolder");
    question.show_number =
        f.flag("showNumber", question.show_number) && !f.flag("hideNumber", false);
    question.use_display_values = f.flag(
        "useDisplayValuesInDynamicTexts|useDisplayValuesInTitle",
        question.use_display_values,
    );
    question.default_display_value = f.localized("defaultDisplayValue");
    question.start_with_new_line = f.flag("startWithNewLine", question.start_with_new_line);
    question.state = panel::state(f);
}

/// `bindings`: the number of rows or panels follows an answer, unless an expression says it.
#[inline(never)]
fn bind(f: &Fields<'_>, kind: &mut Kind) {
    let Some(at) = f.get("bindings") else {
        return;
    };
    let Some(object) = at.value.as_object() else {
        at.wrong("an object");
        return;
    };
    for (property, value) in object.iter() {
        let at = at.child(property, value);
        let ((
            "rowCount",
            Kind::MatrixDynamic {
                row_count_expression: count,
                ..
            },
        )
        | (
            "panelCount",
            Kind::PanelDynamic {
                panel_count_expression: count,
                ..
            },
        )) = (property, &mut *kind)
        else {
            at.say(
                "property/unknown",
                "rowCount of a matrixdynamic, panelCount of a paneldynamic",
                names::nearest(property, ["panelCount", "rowCount"].into_iter()),
            );
            continue;
        };
        if let Some(name) = at.text()
            && count.is_none()
        {
            let mut source = String::from("{");
            source.push_str(&name);
            source.push('}');
            *count = Some(Formula::new(&source));
        }
    }
}
