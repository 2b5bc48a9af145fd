//! Answering: the page, the review or the end, and the browser's history beside them.

use leptos::prelude::*;
use questionnaire::session::{Event, Stage};

use super::device::DeviceResult;
use super::handle::provide_session;
use super::later::{keep_up, write_anew};
use super::outcome::Outcome;
use super::page::PageOfQuestions;
use super::review::Review;
use super::rich_text::plain;
use super::running::Running;
use super::shell::use_whereabouts;
use crate::browser::{clock, document, history};
use crate::ui::apart::apart;
use crate::words::{t, t_with};

/// Where in the survey: stage and page.
type Spot = (Stage, Option<String>);

/// The running survey.
#[component]
pub fn Answering(
    /// The pass.
    running: Running,
) -> impl IntoView {
    let handle = running.handle();
    provide_session(handle);
    provide_context(running);
    let spot = Memo::new(move |_| {
        handle.with_outline(|outline| {
            let page = outline.page.as_ref().map(ToString::to_string);
            (outline.stage.clone(), page)
        })
    });
    follow_moves(running, spot);
    follow_buttons(running, spot);
    keep_up(running);
    history::warn_before_leaving(move || running.holds_answers());
    // Questions may be in a language that the interface does not have.
    let is_page = Memo::new(move |_| spot.with(|(stage, _)| *stage == Stage::Page));
    let lang = move || running.foreign().filter(|_| is_page.get());
    let dir = move || lang().map(|it| document::direction(&it));
    view! {
        <div class="survey" lang=lang dir=dir>
            <Announcer spot />
            {move || {
                running.assisted().get().then(|| view! {
                    <div class="notice no-print">
                        <p>{move || t("assisted.on")}</p>
                        <button
                            type="button"
                            class="button button--quiet"
                            on:click=move |_| running.assisted().set(false)
                        >
                            {move || t("assisted.off")}
                        </button>
                    </div>
                })
            }}
            {(!running.pass().listed && !running.stays_here())
                .then(|| view! { <p class="notice">{move || t("preview.notice")}</p> })}
            {move || match spot.get().0 {
                Stage::Page => view! { <PageOfQuestions /> }.into_any(),
                Stage::Review | Stage::Completed if running.stays_here() => {
                    apart(|| view! { <DeviceResult /> }.into_any())
                }
                Stage::Review => apart(|| view! { <Review /> }.into_any()),
                Stage::Completed => apart(|| view! { <Outcome /> }.into_any()),
            }}
        </div>
    }
}

/// After each move: an entry in the history, the title, and focus on the heading.
fn follow_moves(running: Running, spot: Memo<Spot>) {
    Effect::new(move |before: Option<Spot>| {
        let now = spot.get();
        let place = place_of(&now);
        match before {
            Some(before) if before != now => {
                if history::place() != place {
                    history::push(&place, &address());
                }
                write_anew(running);
                document::scroll_to_top();
                clock::after_drawing(|| {
                    if !document::focus("summary") {
                        document::focus("heading");
                    }
                });
            }
            Some(_) => {}
            None => history::replace(&place, &address()),
        }
        now
    });
    Effect::new(move || {
        spot.get();
        let survey = running.title();
        let page = running
            .handle()
            .with_outline(|outline| plain(&outline.title));
        let page = match spot.get().0 {
            Stage::Page => page,
            Stage::Review if running.stays_here() => t("device.title"),
            Stage::Review => t("review.title"),
            Stage::Completed => String::new(),
        };
        document::set_title(&if page.is_empty() {
            survey
        } else {
            [&page, " – ", &survey].concat()
        });
    });
}

/// What the browser's back and forward buttons ask for.
fn follow_buttons(running: Running, spot: Memo<Spot>) {
    let here = use_whereabouts();
    Effect::new(move |before: Option<()>| {
        let asked = here.asked();
        if before.is_none() {
            return;
        }
        let Some(asked) = asked else { return };
        let handle = running.handle();
        if spot.get_untracked().0 != Stage::Completed {
            if asked == "review" {
                handle.send(Event::Review);
            } else if let Some(page) = asked.strip_prefix("page:") {
                handle.send(Event::GoTo(page.into()));
            }
        }
        let reached = place_of(&spot.get_untracked());
        if reached != asked {
            history::replace(&reached, &address());
        }
    });
}

/// Says where one is after a move.
#[component]
fn Announcer(spot: Memo<Spot>) -> impl IntoView {
    let running = super::running::use_running();
    let said = move || {
        let (stage, _) = spot.get();
        let progress = running.handle().with_outline(|outline| outline.progress);
        if stage != Stage::Page || progress.pages < 2 {
            return String::new();
        }
        t_with(
            "respond.page",
            &[
                ("page", &progress.page.to_string()),
                ("pages", &progress.pages.to_string()),
            ],
        )
    };
    view! {
        <p class="visually-hidden" role="status" lang=move || running.native()>{said}</p>
    }
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
