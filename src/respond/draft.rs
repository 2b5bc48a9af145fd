//! "Continue later": kept on the device only when the respondent asks for it, and not for long.

use std::rc::Rc;

use json::{Object, Value};
use leptos::prelude::*;
use questionnaire::definition::Mode;
use questionnaire::session::{Formats, Session};

use super::running::{Running, use_running};
use crate::browser::intl::Local;
use crate::browser::{clock, storage};
use crate::words::{language, t, t_with};

const FORMAT: &str = "kuuluu-draft/1";

/// How long a resident's draft stays on the device.
const HOURS: u32 = 24;

/// How long the draft of an organisation's official answer stays.
const HOURS_OF_ORGANISATION: u32 = 14 * 24;

/// An unfinished answer that was kept on the device.
pub struct Draft {
    until_millis: f64,
    session: Value,
}

impl Draft {
    /// The draft of a survey, if there is one that is neither too old nor of another version.
    pub fn find(survey: &str, version: Option<&str>) -> Option<Self> {
        let text = storage::read(&key(survey))?;
        let read = || {
            let document = Value::parse(&text).ok()?;
            let is = |name: &str, wanted: &str| {
                document.get(name).and_then(Value::as_str) == Some(wanted)
            };
            let until_millis = document.get("until")?.as_f64()?;
            (is("format", FORMAT)
                && is("version", version.unwrap_or_default())
                && until_millis > clock::now_millis())
            .then(|| Self {
                until_millis,
                session: document.get("session").cloned().unwrap_or_default(),
            })
        };
        let draft = read();
        if draft.is_none() {
            storage::forget(&key(survey));
        }
        draft
    }

    /// Keeps the pass as it stands; the moment until which, if the browser would.
    pub fn keep(running: Running) -> Option<f64> {
        let until = clock::now_millis() + f64::from(hours(running)) * 3_600_000.0;
        let pass = running.pass();
        let mut document = Object::new();
        document.insert("format", Value::from(FORMAT));
        let version = pass.survey.kuuluu.version.as_deref();
        document.insert("version", Value::from(version.unwrap_or_default()));
        document.insert("until", Value::from(until));
        document.insert("session", running.handle().read(Session::draft));
        storage::keep(&key(pass.id.as_str()), &Value::Object(document).to_string()).then_some(until)
    }

    /// Removes the draft of a survey.
    pub fn forget(survey: &str) {
        storage::forget(&key(survey));
    }
}

fn key(survey: &str) -> String {
    ["kuuluu.draft.", survey].concat()
}

fn hours(running: Running) -> u32 {
    match running.pass().survey.kuuluu.mode {
        Mode::Organisation => HOURS_OF_ORGANISATION,
        _ => HOURS,
    }
}

fn moment(until_millis: f64) -> String {
    let (year, month, day) = clock::day_of(until_millis);
    let time = clock::time_of(until_millis);
    [&Local.date(&language(), year, month, day), " ", &time].concat()
}

/// Offers to go on with a draft.
#[component]
pub fn DraftFound(
    /// What was kept.
    draft: Rc<Draft>,
    /// The pass it would fill.
    running: Running,
    /// Opens the survey.
    go_on: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let until = draft.until_millis;
    let take_up = move |_| {
        running.resume(&draft.session);
        running.kept().set(Some(until));
        go_on();
    };
    let discard = move |_| {
        running.forget_draft();
        go_on();
    };
    view! {
        <div class="flow">
            <p class="survey__name">{move || running.title()}</p>
            <h1 id="heading" tabindex="-1">{move || t("draft.found.title")}</h1>
            <p>{move || t_with("draft.found.text", &[("until", &moment(until))])}</p>
            <div class="ways">
                <button type="button" class="button" on:click=take_up>
                    {move || t("draft.continue")}
                </button>
                <button type="button" class="button button--quiet" on:click=discard>
                    {move || t("draft.discard")}
                </button>
            </div>
        </div>
    }
}

/// Offers to keep what has been answered.
#[component]
pub fn KeepForLater() -> impl IntoView {
    let running = use_running();
    if running.stays_here() {
        return None;
    }
    let failed = RwSignal::new(false);
    let keep = move |_| {
        let until = Draft::keep(running);
        failed.set(until.is_none());
        running.kept().set(until);
    };
    let time = match running.pass().survey.kuuluu.mode {
        Mode::Organisation => "draft.time.organisation",
        _ => "draft.time.resident",
    };
    Some(view! {
        <details class="disclosure no-print">
            <summary>{move || t("draft.title")}</summary>
            <div class="flow">
                <p>{move || t_with("draft.text", &[("time", &t(time))])}</p>
                <p>{move || t("draft.shared")}</p>
                <div class="ways">
                    <button type="button" class="button button--quiet" on:click=keep>
                        {move || t("draft.save")}
                    </button>
                    {move || running.kept().get().map(|_| view! {
                        <button
                            type="button"
                            class="button button--quiet"
                            on:click=move |_| running.forget_draft()
                        >
                            {move || t("draft.remove")}
                        </button>
                    })}
                </div>
                <p role="status">
                    {move || match running.kept().get() {
                        Some(until) => t_with("draft.saved", &[("until", &moment(until))]),
                        None if failed.get() => t("draft.failed"),
                        None => String::new(),
                    }}
                </p>
            </div>
        </details>
    })
}
