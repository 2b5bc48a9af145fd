//! Pages and panels.

use std::collections::BTreeSet;

use super::Names;
use super::element::{elements, name, title_location};
use super::fields::Fields;
use super::place::At;
use super::survey::{order, question_numbers};
use crate::definition::{Page, Panel, PanelState};

/// `pages`, or the one page that `elements` make.
pub(super) fn pages(f: &Fields<'_>) -> Vec<Page> {
    let names = Names::new(BTreeSet::new());
    let questions = Names::new(BTreeSet::new());
    if f.has("elements") || f.has("questions") {
        if let Some(pages) = f.get("pages") {
            pages.say(
                "survey/pages-and-elements",
                "either pages or elements",
                None,
            );
        }
        return vec![Page {
            panel: Panel {
                name: "page1".to_owned(),
                elements: elements(f, "elements|questions", &questions, 1),
                visible: true,
                show_number: false,
                ..Panel::default()
            },
            ..Page::default()
        }];
    }
    let Some(at) = f.get("pages") else {
        f.get("elements|questions");
        return Vec::new();
    };
    f.get("elements|questions");
    at.items()
        .enumerate()
        .filter_map(|(index, item)| page(&item, index, &names, &questions))
        .collect()
}

fn page(at: &At<'_>, index: usize, names: &Names, questions: &Names) -> Option<Page> {
    let f = at.fields()?;
    let fallback = format!("page{}", index + 1);
    let page = Page {
        panel: panel_base(&f, name(&f, names, Some(fallback)), questions, 1),
        navigation_title: f.localized("navigationTitle"),
        navigation_description: f.localized("navigationDescription"),
        show_navigation_buttons: navigation_buttons(&f),
        time_limit_secs: f.count("timeLimit|maxTimeToFinish", 0),
    };
    f.one_of("type", &["page"]);
    f.close();
    Some(page)
}

/// `showNavigationButtons`, which was `inherit`, `show` or `hide` once.
fn navigation_buttons(f: &Fields<'_>) -> Option<bool> {
    let names = "showNavigationButtons|navigationButtonsVisibility";
    let at = f.get(names)?;
    match at.value.as_bool() {
        Some(it) => Some(it),
        None => match f.one_of(names, &["inherit", "show", "hide"])? {
            1 => Some(true),
            2 => Some(false),
            _ => None,
        },
    }
}

/// A panel, `f` being its properties.
pub(super) fn panel(f: &Fields<'_>, names: &Names, depth: usize) -> Panel {
    let number = f.at.reader.unnamed.get() + 1;
    f.at.reader.unnamed.set(number);
    let name = name(f, &Names::default(), Some(format!("panel{number}")));
    panel_base(f, name, names, depth)
}

fn panel_base(f: &Fields<'_>, name: String, names: &Names, depth: usize) -> Panel {
    Panel {
        name,
        elements: elements(f, "elements|questions", names, depth),
        visible: f.flag("visible", true),
        read_only: f.flag("readOnly", false),
        visible_if: f.formula("visibleIf"),
        enable_if: f.formula("enableIf"),
        required_if: f.formula("requiredIf"),
        is_required: f.flag("isRequired", false),
        required_error_text: f.localized("requiredErrorText"),
        title: f.localized("title"),
        description: f.localized("description"),
        question_title_location: title_location(f, "questionTitleLocation"),
        question_order: order(f, "questionOrder|questionsOrder"),
        state: state(f),
        show_number: f.flag("showNumber", false),
        show_question_numbers: question_numbers(f),
        question_start_index: f.string("questionStartIndex"),
    }
}

/// `state` of a panel or a question.
pub(super) fn state(f: &Fields<'_>) -> PanelState {
    match f.one_of("state", &["default", "collapsed", "expanded"]) {
        Some(1) => PanelState::Collapsed,
        Some(2) => PanelState::Expanded,
        _ => PanelState::Default,
    }
}
