//! Answering: the page, the review or the end, and the browser's history beside them.

use std::time::Duration;

use leptos::prelude::*;
use questionnaire::session::{Event, Outline, Stage};

use super::device::DeviceResult;
use super::handle::provide_session;
use super::later::{Keep, keep_or_forget, keep_up, take_over, write_anew};
use super::outcome::Outcome;
use super::page::{go, go_on, only_question, page, page_of_pages};
use super::question;
use super::review::Review;
use super::rich_text::{in_language, plain};
use super::running::Running;
use super::shell::use_whereabouts;
use super::summary;
use crate::browser::draw::draw;
use crate::browser::{clock, document, history, page as elements, turns};
use crate::ui::button::quiet;
use crate::ui::follow::follow;
use crate::ui::markup::{Element, Live, Node, el};
use crate::words::t;

/// How long the first question stands before the browser is told its place, which takes it a while.
const FIRST: Duration = Duration::from_millis(100);

/// Where in the survey: stage and page.
type Spot = (Stage, Option<String>);

fn spot(outline: &Outline) -> Spot {
    let page = outline.page.as_ref().map(ToString::to_string);
    (outline.stage.clone(), page)
}

/// The running survey.
pub fn answering(running: Running) -> AnyView {
    provide_session(running.handle());
    provide_context(running);
    follow_moves(running);
    follow_buttons(running);
    keep_up(running);
    history::warn_before_leaving(move || running.holds_answers());
    let keep = Keep::start();
    turns::begin();
    draw(
        move || survey(running, keep),
        &["click"],
        Some(Box::new(move |event| press(running, keep, &event))),
    )
}

fn survey(running: Running, keep: Keep) -> Element {
    let outline = running.handle().outline();
    let is_page = outline.stage == Stage::Page;
    // Questions may be in a language that the interface does not have.
    let lang = running.foreign().filter(|_| is_page);
    let preview = !running.pass().listed && !running.stays_here();
    let survey = in_language(el("div").class("survey"), lang)
        .child(announcement(running, &outline))
        .with((running.assisted() && outline.stage != Stage::Completed).then(assisted))
        .with(preview.then(|| el("p").class("notice").text(t("preview.notice")).node()));
    match outline.stage {
        Stage::Page => survey.children(page(running, keep, &outline)),
        Stage::Review | Stage::Completed if running.stays_here() => survey
            .child(Live::node("device", || {
                view! { <DeviceResult /> }.into_any()
            })),
        Stage::Review => survey.child(Live::node("review", || view! { <Review /> }.into_any())),
        Stage::Completed => {
            survey.child(Live::node("outcome", || view! { <Outcome /> }.into_any()))
        }
    }
}

/// Says where one is after a move.
fn announcement(running: Running, outline: &Outline) -> Element {
    let is_one_of_many = outline.stage == Stage::Page && outline.progress.pages > 1;
    el("p")
        .class("visually-hidden")
        .attr("role", "status")
        .maybe("lang", running.native())
        .text(if is_one_of_many {
            page_of_pages(running, outline)
        } else {
            String::new()
        })
}

/// Says that someone fills the survey in for another person.
fn assisted() -> Node {
    el("div")
        .class("notice no-print")
        .attr("id", "assisted")
        .attr("tabindex", "-1")
        .child(el("p").text(t("assisted.on")))
        .child(quiet("alone", t("assisted.off")))
        .node()
}

fn press(running: Running, keep: Keep, event: &web_sys::Event) {
    let Some((control, what)) = elements::action(event) else {
        return;
    };
    match what.as_str() {
        "on" => go_on(running),
        "back" => go(running, Event::Back),
        "review" => go(running, Event::Review),
        "keep" => keep_or_forget(running, keep),
        "take" => take_over(keep),
        "alone" => running.assist(false),
        "mend" => {
            event.prevent_default();
            if let Some(key) = control.get_attribute("data-key") {
                summary::go_to(&key.into());
            }
        }
        _ => question::fold(running.handle(), event),
    }
}

/// After each move: an entry in the history, the title, and focus on the heading.
fn follow_moves(running: Running) {
    let mut before: Option<Spot> = None;
    let untold = StoredValue::new(None::<String>);
    let tell = move || {
        if let Some(place) = untold.try_update_value(Option::take).flatten() {
            history::replace(&place, &address());
        }
    };
    follow(move || {
        let now = running.handle().with_outline(spot);
        let place = place_of(&now);
        match before.replace(now.clone()) {
            Some(before) if before != now => {
                tell();
                if history::place() != place {
                    history::push(&place, &address());
                }
                write_anew(running);
                document::remove("language-failed");
                document::scroll_to_top();
                clock::after_drawing(|| {
                    if !document::focus("summary") {
                        document::focus("heading");
                    }
                });
            }
            Some(_) => {}
            None => {
                untold.set_value(Some(place));
                clock::after(FIRST, tell);
            }
        }
    });
    follow(move || document::set_title(&title(running)));
}

/// The title of the document: what the page is called, and the survey.
pub(super) fn title(running: Running) -> String {
    let survey = running.title();
    let (stage, page) = running.handle().with_outline(|outline| {
        let page = only_question(running, outline).unwrap_or_else(|| plain(&outline.title));
        (outline.stage.clone(), page)
    });
    let page = match stage {
        Stage::Page => page,
        Stage::Review if running.stays_here() => t("device.title"),
        Stage::Review => t("review.title"),
        Stage::Completed => String::new(),
    };
    if page.is_empty() {
        survey
    } else {
        [&page, " – ", &survey].concat()
    }
}

/// What the browser's back and forward buttons ask for.
fn follow_buttons(running: Running) {
    let here = use_whereabouts();
    let mut is_first = true;
    follow(move || {
        let asked = here.asked();
        if std::mem::replace(&mut is_first, false) {
            return;
        }
        let Some(asked) = asked else { return };
        let handle = running.handle();
        let now = || untrack(|| handle.with_outline(spot));
        if now().0 != Stage::Completed {
            if asked == "review" {
                handle.send(Event::Review);
            } else if let Some(page) = asked.strip_prefix("page:") {
                handle.send(Event::GoTo(page.into()));
            }
        }
        let reached = place_of(&now());
        if reached != asked {
            history::replace(&reached, &address());
        }
    });
}

fn place_of((stage, page): &Spot) -> String {
    match stage {
        Stage::Page => ["page:", page.as_deref().unwrap_or_default()].concat(),
        Stage::Review => "review".to_owned(),
        Stage::Completed => "sent".to_owned(),
    }
}

fn address() -> String {
    super::shell::address(&history::path())
}
