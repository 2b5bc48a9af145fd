//! One page of questions.

use leptos::prelude::*;
use questionnaire::definition::{ProgressBy, QuestionsOnPage};
use questionnaire::session::{Event, Item, Key, Outline};

use super::later::{Keep, keep_for_later};
use super::question::{self, blocks, phrase};
use super::rich_text::{in_language, plain as plain_text};
use super::running::Running;
use super::summary::{stop, summary};
use crate::ui::button::{plain, quiet};
use crate::ui::markup::{Element, Node, el, text};
use crate::words::{t, t_with};

/// Heading, error summary, questions, and the way on; each in its place, drawn or not.
pub fn page(running: Running, keep: Keep, outline: &Outline) -> Vec<Node> {
    let handle = running.handle();
    let is_titled = !outline.title.is_empty();
    let name = is_titled.then(|| {
        el("p")
            .class("survey__name")
            .attr("id", "survey-name")
            .text(running.title())
            .node()
    });
    let heading = el("h1").attr("id", "heading").attr("tabindex", "-1");
    let heading = if is_titled {
        heading.children(phrase(&outline.title))
    } else {
        heading.text(running.title())
    };
    // Many questions in a row stand under the same heading: what is heard on going on is the question.
    let heading = heading.with(only_question(running, outline).map(|title| {
        el("span")
            .class("visually-hidden")
            .text([". ", &title].concat())
            .node()
    }));
    let intro = (outline.progress.page <= 1).then(|| running.description());
    let lead = [intro.as_ref(), Some(&outline.description)].map(|text| {
        text.filter(|text| !text.is_empty())
            .map(|text| el("div").class("lead flow").children(blocks(text)).node())
    });
    let promise = running
        .stays_here()
        .then(|| el("p").class("promise").text(t("device.promise")).node());
    let [intro, description] = lead;
    [
        name,
        progress(running, outline),
        Some(heading.node()),
        intro,
        description,
        promise,
        summary(running).map(Element::node),
        Some(
            el("div")
                .class("questions")
                .child(question::items(handle, &outline.items))
                .node(),
        ),
        Some(ways(running, outline).node()),
        keep_for_later(running, keep),
    ]
    .into_iter()
    .map(|piece| piece.unwrap_or_else(|| text("")))
    .collect()
}

fn progress(running: Running, outline: &Outline) -> Option<Node> {
    let survey = &running.pass().survey;
    let now = outline.progress;
    let by_questions = survey.progress_bar_type != ProgressBy::Pages;
    if !survey.show_progress_bar || (!by_questions && now.pages < 2) {
        return None;
    }
    let (value, max) = if by_questions {
        (now.answered, now.questions)
    } else {
        (now.page, now.pages)
    };
    let bar = el("progress")
        .class("progress__bar")
        .attr("max", max.to_string())
        .attr("value", value.to_string())
        .attr("aria-label", t("respond.progress"));
    let words = el("span")
        .class("progress__text")
        .text(page_of_pages(running, outline));
    Some(el("div").class("progress").child(bar).child(words).node())
}

/// The title of a page's question, in a survey that asks one at a time.
pub fn only_question(running: Running, outline: &Outline) -> Option<String> {
    let key = only_key(running, outline)?;
    let question = running.handle().read(|session| session.question(key))?;
    Some(plain_text(&question.title))
}

fn only_key(running: Running, outline: &Outline) -> Option<&Key> {
    let one_by_one = matches!(
        running.pass().survey.questions_on_page_mode,
        QuestionsOnPage::QuestionPerPage | QuestionsOnPage::InputPerPage
    );
    match outline.items.first() {
        Some(Item::Question(key)) if one_by_one => Some(key),
        _ => None,
    }
}

/// Which page or question of how many.
pub fn page_of_pages(running: Running, outline: &Outline) -> String {
    let is_question = only_key(running, outline).is_some();
    t_with(
        if is_question {
            "respond.question"
        } else {
            "respond.page"
        },
        &[
            ("page", &outline.progress.page.to_string()),
            ("pages", &outline.progress.pages.to_string()),
        ],
    )
}

/// On and back.
fn ways(running: Running, outline: &Outline) -> Element {
    let survey = &running.pass().survey;
    let back = (survey.show_prev_button && outline.can_go_back).then(|| {
        let own = running.own_text(&survey.texts.page_prev);
        quiet("back", own.unwrap_or_else(|| t("respond.back"))).node()
    });
    // Who came from the review to change something goes back there.
    let (main, other) = if running.reviewed() {
        let on = quiet("on", label(running, outline)).node();
        (plain("review").text(t("respond.toReview")), Some(on))
    } else {
        (plain("on").text(label(running, outline)), None)
    };
    in_language(el("div").class("ways no-print"), running.native())
        .child(main.class("button ways__on"))
        .with(back)
        .with(other)
}

/// What the way on is called.
fn label(running: Running, outline: &Outline) -> String {
    let survey = &running.pass().survey;
    let is_first = !outline.can_go_back;
    // Before consent nothing else can be seen, but there is more to come.
    let asks_first = survey.kuuluu.decline_if.is_some() && is_first;
    if outline.is_last && !asks_first {
        return t(if running.stays_here() {
            "respond.finish"
        } else {
            "respond.review"
        });
    }
    let (own, word) = if survey.first_page_is_start_page && is_first {
        (&survey.texts.start, "respond.start")
    } else {
        (&survey.texts.page_next, "respond.next")
    };
    running.own_text(own).unwrap_or_else(|| t(word))
}

/// Goes on, back or to the review, and remembers what stopped it.
pub fn go(running: Running, event: Event) {
    let changed = running.handle().send(event);
    stop(running, changed.blocked_by);
}

/// Goes on: every survey has its review; a card's result stands in its place.
pub fn go_on(running: Running) {
    let is_last = untrack(|| running.handle().with_outline(|outline| outline.is_last));
    go(running, if is_last { Event::Review } else { Event::Next });
}
