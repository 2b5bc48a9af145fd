//! What holds for the whole survey.

use std::collections::BTreeSet;

use json::Value;

use super::Names;
use super::extension;
use super::fields::Fields;
use super::panel;
use super::place::At;
use super::validator::kind_name;
use crate::definition::{
    CalculatedValue, CheckErrors, ClearInvisible, ConditionalText, ConditionalUrl, Formula, Order,
    Preview, ProgressBy, QuestionNumbers, QuestionsOnPage, Survey, Trigger, TriggerKind,
};
use crate::text;

pub(super) fn survey(at: &At<'_>) -> Survey {
    let Some(f) = at.fields() else {
        return Survey::default();
    };
    let mut survey = Survey {
        show_page_titles: true,
        show_title: true,
        store_others_as_comment: true,
        auto_advance_allow_complete: true,
        show_prev_button: true,
        show_navigation_buttons: true,
        show_complete_page: true,
        required_mark: "*".to_owned(),
        ..Survey::default()
    };
    survey.title = f.localized("title");
    survey.description = f.localized("description");
    survey.locale = f.string("locale");
    survey.kuuluu = extension::survey(&f);
    survey.preview = preview(&f);
    survey.show_progress_bar = progress_bar(&f);
    survey.pages = panel::pages(&f);
    survey.calculated_values = calculated_values(&f);
    survey.completed_html = f.localized("completedHtml");
    if f.has_more() {
        rare(&f, &mut survey);
    }
    f.close();
    survey
}

/// What few surveys say.
fn rare(f: &Fields<'_>, survey: &mut Survey) {
    f.refuse(
        &["logo", "backgroundImage"],
        "no pictures from elsewhere: the installation's theme has the logo",
    );
    f.refuse(
        &["partialSendEnabled|sendResultOnPageNext", "cookieName"],
        "nothing: answers are sent once, at the end, and no cookie is set",
    );
    survey.read_only =
        f.flag("readOnly", false) || f.one_of("mode", &["edit", "display"]) == Some(1);
    survey.triggers = list(f, "triggers", trigger);
    survey.completed_before_html = f.localized("completedBeforeHtml");
    survey.completed_html_on_condition = list(f, "completedHtmlOnCondition", conditional_text);
    survey.navigate_to_url = f.get("navigateToUrl").and_then(|at| url(&at));
    survey.navigate_to_url_on_condition = list(f, "navigateToUrlOnCondition", conditional_url);
    survey.texts.start = f.localized("startSurveyText");
    survey.texts.page_prev = f.localized("pagePrevText");
    survey.texts.page_next = f.localized("pageNextText");
    survey.texts.complete = f.localized("completeText");
    survey.texts.preview = f.localized("previewText");
    survey.texts.edit = f.localized("editText");
    survey.question_order = order(f, "questionOrder|questionsOrder").unwrap_or_default();
    survey.show_page_titles = f.flag("showPageTitles", survey.show_page_titles);
    survey.show_title = f.flag("showTitle", survey.show_title);
    survey.show_page_numbers = f.flag("showPageNumbers", false);
    survey.show_question_numbers = question_numbers(f).unwrap_or_default();
    survey.question_start_index = f.string("questionStartIndex");
    survey.question_title_pattern = f
        .one_of(
            "questionTitlePattern",
            &[
                "numTitleRequire",
                "numRequireTitle",
                "requireNumTitle",
                "numTitle",
            ],
        )
        .map(|_| f.string("questionTitlePattern").unwrap_or_default());
    if let Some(mark) = f.get("requiredMark|requiredText").and_then(|at| at.text()) {
        survey.required_mark = mark;
    }
    survey.progress_bar_type = match f.one_of(
        "progressBarType",
        &[
            "pages",
            "questions",
            "requiredQuestions",
            "correctQuestions",
            "buttons",
        ],
    ) {
        Some(1) => ProgressBy::Questions,
        Some(2) => ProgressBy::RequiredQuestions,
        Some(3) => ProgressBy::CorrectQuestions,
        _ => ProgressBy::Pages,
    };
    survey.store_others_as_comment = f.flag("storeOthersAsComment", survey.store_others_as_comment);
    survey.max_text_length = f.count("maxTextLength", 0);
    survey.max_comment_length = f.count("maxCommentLength|maxOthersLength", 0);
    survey.auto_advance_enabled = f.flag("autoAdvanceEnabled|goNextPageAutomatic", false);
    survey.auto_advance_allow_complete = f.flag(
        "autoAdvanceAllowComplete|allowCompleteSurveyAutomatic",
        survey.auto_advance_allow_complete,
    );
    survey.clear_invisible_values = clear_invisible(f, "clearInvisibleValues").unwrap_or_default();
    survey.check_errors_mode = match f.one_of(
        "checkErrorsMode",
        &[
            "onNextPage",
            "onValueChanged",
            "onComplete",
            "onValueChanging",
        ],
    ) {
        Some(1 | 3) => CheckErrors::OnValueChanged,
        Some(2) => CheckErrors::OnComplete,
        _ => CheckErrors::OnNextPage,
    };
    survey.validate_visited_empty_fields = f.flag("validateVisitedEmptyFields", false);
    survey.show_prev_button = f.flag("showPrevButton", survey.show_prev_button);
    survey.show_navigation_buttons = switch(
        f,
        "showNavigationButtons",
        &["none", "top", "bottom", "both"],
        survey.show_navigation_buttons,
    );
    survey.show_complete_page = f.flag(
        "showCompletePage|showCompletedPage",
        survey.show_complete_page,
    );
    survey.first_page_is_start_page = f.flag("firstPageIsStartPage|firstPageIsStarted", false);
    survey.questions_on_page_mode = questions_on_page(f);
    survey.time_limit_secs = f.count("timeLimit|maxTimeToFinish", 0);
    survey.time_limit_per_page_secs = f.count("timeLimitPerPage|maxTimeToFinishPage", 0);
}

fn progress_bar(f: &Fields<'_>) -> bool {
    switch(
        f,
        "showProgressBar",
        &[
            "off",
            "top",
            "bottom",
            "both",
            "on",
            "auto",
            "aboveheader",
            "belowheader",
            "topbottom",
        ],
        false,
    )
}

/// A property that is a truth value now and was a place once; the first name means "no".
fn switch(f: &Fields<'_>, name: &'static str, places: &[&'static str], default: bool) -> bool {
    match f.get(name).map(|at| at.value) {
        None => default,
        Some(Value::Bool(it)) => *it,
        Some(_) => f.one_of(name, places).map_or(default, |index| index > 0),
    }
}

fn preview(f: &Fields<'_>) -> Preview {
    let answered = f.one_of("previewMode", &["allQuestions", "answeredQuestions"]) == Some(1);
    let asked = match f.get("showPreviewBeforeComplete").map(|at| at.value) {
        None => 0,
        Some(Value::Bool(it)) => usize::from(*it),
        Some(_) => f
            .one_of(
                "showPreviewBeforeComplete",
                &[
                    "noPreview",
                    "on",
                    "showAllQuestions",
                    "showAnsweredQuestions",
                ],
            )
            .unwrap_or_default(),
    };
    match (asked, answered) {
        (0, _) => Preview::Off,
        (3, _) | (1, true) => Preview::AnsweredQuestions,
        _ => Preview::AllQuestions,
    }
}

fn questions_on_page(f: &Fields<'_>) -> QuestionsOnPage {
    let single = f.flag("isSinglePage", false);
    match f.one_of(
        "questionsOnPageMode",
        &[
            "standard",
            "singlePage",
            "questionPerPage",
            "inputPerPage",
            "questionOnPage",
        ],
    ) {
        Some(1) => QuestionsOnPage::SinglePage,
        Some(2 | 4) => QuestionsOnPage::QuestionPerPage,
        Some(3) => QuestionsOnPage::InputPerPage,
        None if single => QuestionsOnPage::SinglePage,
        _ => QuestionsOnPage::Standard,
    }
}

/// `showQuestionNumbers` of a survey, a panel or a dynamic panel.
pub(super) fn question_numbers(f: &Fields<'_>) -> Option<QuestionNumbers> {
    let name = "showQuestionNumbers";
    match f.get(name)?.value {
        Value::Bool(true) => return Some(QuestionNumbers::On),
        Value::Bool(false) => return Some(QuestionNumbers::Off),
        _ => {}
    }
    match f.one_of(
        name,
        &["default", "on", "onPage", "onpanel", "recursive", "off"],
    )? {
        0 => None,
        1 => Some(QuestionNumbers::On),
        2 | 3 => Some(QuestionNumbers::OnPage),
        4 => Some(QuestionNumbers::Recursive),
        _ => Some(QuestionNumbers::Off),
    }
}

/// `initial` or `random`; `None` inherits.
pub(super) fn order(f: &Fields<'_>, names: &'static str) -> Option<Order> {
    match f.one_of(names, &["default", "initial", "random"])? {
        1 => Some(Order::Initial),
        2 => Some(Order::Random),
        _ => None,
    }
}

/// `clearInvisibleValues` and `clearIfInvisible`; `None` inherits.
pub(super) fn clear_invisible(f: &Fields<'_>, names: &'static str) -> Option<ClearInvisible> {
    match f.get(names)?.value {
        Value::Bool(true) => return Some(ClearInvisible::OnComplete),
        Value::Bool(false) => return Some(ClearInvisible::None),
        _ => {}
    }
    match f.one_of(
        names,
        &[
            "default",
            "none",
            "onComplete",
            "onHidden",
            "onHiddenContainer",
        ],
    )? {
        1 => Some(ClearInvisible::None),
        2 => Some(ClearInvisible::OnComplete),
        3 => Some(ClearInvisible::OnHidden),
        4 => Some(ClearInvisible::OnHiddenContainer),
        _ => None,
    }
}

/// Reads each item of a list; those that cannot be used have a problem.
pub(super) fn list<T>(
    f: &Fields<'_>,
    name: &'static str,
    read: fn(&At<'_>) -> Option<T>,
) -> Vec<T> {
    let mut all = Vec::new();
    if let Some(at) = f.get(name) {
        for item in at.items() {
            if let Some(it) = read(&item) {
                all.push(it);
            }
        }
    }
    all
}

/// A formula that must be there.
fn required_formula(f: &Fields<'_>, name: &'static str) -> Formula {
    f.formula(name).unwrap_or_else(|| {
        if !f.has(name) {
            f.at.say("property/required", name, None);
        }
        Formula {
            source: "".into(),
            expression: None,
        }
    })
}

/// A name that must be there.
fn required_name(f: &Fields<'_>, name: &'static str) -> String {
    f.string(name).unwrap_or_else(|| {
        f.at.say("property/required", name, None);
        String::new()
    })
}

fn calculated_values(f: &Fields<'_>) -> Vec<CalculatedValue> {
    let names = Names::new(BTreeSet::new());
    let Some(at) = f.get("calculatedValues") else {
        return Vec::new();
    };
    let read = |item: At<'_>| {
        let f = item.fields()?;
        let value = CalculatedValue {
            name: required_name(&f, "name"),
            expression: required_formula(&f, "expression"),
            include_into_result: f.flag("includeIntoResult", false),
        };
        if !names.borrow_mut().insert(value.name.clone()) {
            item.say("name/duplicate", "a name of its own", None);
        }
        f.close();
        Some(value)
    };
    at.items().filter_map(read).collect()
}

fn trigger(at: &At<'_>) -> Option<Trigger> {
    let f = at.fields()?;
    let kind_at = f.get("type");
    let name = kind_at
        .as_ref()
        .and_then(|it| it.value.as_str())
        .unwrap_or_default();
    let kinds = [
        "visible",
        "complete",
        "setvalue",
        "copyvalue",
        "skip",
        "runexpression",
    ];
    let kind = match kind_name(name, "trigger") {
        "visible" => TriggerKind::Visible {
            pages: f.strings("pages"),
            questions: f.strings("questions"),
        },
        "complete" => TriggerKind::Complete,
        "setvalue" => TriggerKind::SetValue {
            to: required_name(&f, "setToName"),
            value: f.value("setValue").unwrap_or_default(),
            is_variable: f.flag("isVariable", false),
        },
        "copyvalue" => TriggerKind::CopyValue {
            from: required_name(&f, "fromName"),
            to: required_name(&f, "setToName"),
            display: f.flag("copyDisplayValue", false),
        },
        "skip" => TriggerKind::Skip {
            to: required_name(&f, "gotoName"),
        },
        "runexpression" => TriggerKind::RunExpression {
            to: f.string("setToName"),
            run: required_formula(&f, "runExpression"),
        },
        _ => {
            let nearest = super::names::nearest(name, kinds.into_iter());
            kind_at
                .unwrap_or(*at)
                .say("trigger/unknown-type", &kinds.join(", "), nearest);
            return None;
        }
    };
    let trigger = Trigger {
        expression: trigger_condition(&f),
        kind,
    };
    f.close();
    Some(trigger)
}

/// `expression`, or the older `name`, `operator` and `value`.
fn trigger_condition(f: &Fields<'_>) -> Formula {
    let name = f.string("name");
    let operator = f.string("operator").unwrap_or_else(|| "equal".to_owned());
    let value = f.value("value").unwrap_or_default();
    match name {
        Some(name) if !f.has("expression") => {
            let source = old_condition(&name, &operator, &value);
            if source.is_empty() {
                f.at.say("property/required", "value", None);
            }
            Formula::new(&source)
        }
        _ => required_formula(f, "expression"),
    }
}

/// The condition of an older trigger; empty if it lacks the value that its operator compares with.
pub(crate) fn old_condition(name: &str, operator: &str, value: &Value) -> String {
    let mut source = format!("{{{name}}} {operator}");
    if operator == "empty" || operator == "notempty" {
        return source;
    }
    source.push(' ');
    match value {
        Value::Null => return String::new(),
        Value::Text(text) if text.trim().is_empty() => return String::new(),
        Value::Text(text) => {
            source.push('\'');
            source.push_str(&text.replace('\'', "\\'"));
            source.push('\'');
        }
        other => source.push_str(&other.to_string()),
    }
    source
}

fn conditional_text(at: &At<'_>) -> Option<ConditionalText> {
    let f = at.fields()?;
    let text = ConditionalText {
        expression: required_formula(&f, "expression"),
        html: f.localized("html"),
    };
    f.close();
    Some(text)
}

fn conditional_url(at: &At<'_>) -> Option<ConditionalUrl> {
    let f = at.fields()?;
    if let Some(at) = f.get("url").filter(|at| at.value.as_str().is_some()) {
        url(&at);
    }
    let result = ConditionalUrl {
        expression: required_formula(&f, "expression"),
        url: f.address("url"),
    };
    f.close();
    Some(result)
}

/// An address to go on to: a safe one, without answers in it.
fn url(at: &At<'_>) -> Option<String> {
    let address = at.text().filter(|it| !it.is_empty())?;
    if !text::is_safe_link(&address) {
        at.say("url/refused", "an https: address or one of this site", None);
        return None;
    }
    if address.contains('{') {
        at.say(
            "url/answer-in-address",
            "an address without answers in it: it would tell them to another site",
            None,
        );
        return None;
    }
    Some(address)
}
