//! "Continue later": offering to keep what has been answered, and to go on with it.

use std::rc::Rc;
use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use questionnaire::definition::Mode;
use questionnaire::session::Formats;

use super::draft::Draft;
use super::running::{Running, use_running};
use crate::browser::intl::Local;
use crate::browser::{clock, document};
use crate::words::{language, t, t_with};

/// How long after the last change a draft is written anew.
const PAUSE: Duration = Duration::from_secs(1);

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
    let code = RwSignal::new(String::new());
    let state = RwSignal::new(Code::Asked);
    let take_up = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if state.get_untracked() == Code::Tried {
            return;
        }
        state.set(Code::Tried);
        let draft = Rc::clone(&draft);
        spawn_local(async move {
            if draft.take_up(&code.get_untracked(), running).await {
                go_on();
            } else {
                state.set(Code::Wrong);
                document::focus("draft-code");
            }
        });
    };
    let discard = move |_| {
        running.forget_draft();
        go_on();
    };
    let is_wrong = move || state.get() == Code::Wrong;
    view! {
        <form class="flow" on:submit=take_up>
            <p class="survey__name">{move || running.title()}</p>
            <h1 id="heading" tabindex="-1">{move || t("draft.found.title")}</h1>
            <p>{move || t_with("draft.found.text", &[("until", &moment(until))])}</p>
            <div class="code">
                <label class="code__label" for="draft-code">{move || t("draft.code")}</label>
                <p class="code__hint" id="draft-code-hint">{move || t("draft.code.hint")}</p>
                <div id="draft-code-error" role="alert">
                    {move || is_wrong().then(|| view! {
                        <p class="message" data-kind="error">{t("draft.code.wrong")}</p>
                    })}
                </div>
                <input
                    class="field code__field"
                    id="draft-code"
                    inputmode="numeric"
                    autocomplete="off"
                    maxlength="20"
                    required
                    aria-describedby="draft-code-hint draft-code-error"
                    aria-invalid=move || is_wrong().then_some("true")
                    prop:value=code
                    on:input=move |event| code.set(event_target_value(&event))
                />
            </div>
            <div class="ways">
                <button type="submit" class="button">{move || t("draft.continue")}</button>
                <button type="button" class="button button--quiet" on:click=discard>
                    {move || t("draft.discard")}
                </button>
            </div>
            <p role="status">
                {move || (state.get() == Code::Tried).then(|| t("draft.opening"))}
            </p>
        </form>
    }
}

/// How it stands with the code that a draft asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Code {
    Asked,
    Tried,
    Wrong,
}

/// Offers to keep what has been answered.
#[component]
pub fn KeepForLater() -> impl IntoView {
    let running = use_running();
    if running.stays_here() {
        return None;
    }
    let state = RwSignal::new(Keeping::Idle);
    // Writing the draft anew moves its end; that is not worth saying again.
    let is_kept = Memo::new(move |_| running.kept().with(Option::is_some));
    let keep = move |_| {
        if state.get_untracked() == Keeping::Busy {
            return;
        }
        state.set(Keeping::Busy);
        spawn_local(async move {
            let kept = Draft::keep(running).await;
            state.set(if kept { Keeping::Idle } else { Keeping::Failed });
        });
    };
    let time = match running.pass().survey.kuuluu.mode {
        Mode::Organisation => "draft.time.organisation",
        _ => "draft.time.resident",
    };
    let said = move || {
        let until = running.kept().get_untracked().filter(|_| is_kept.get());
        let code = running.keeper().map(|it| in_groups(&it.code));
        match (until, state.get()) {
            (Some(until), _) => view! {
                <p>{t_with("draft.saved", &[("until", &moment(until))])}</p>
                <p>{t("draft.code.note")}</p>
                <p class="code__shown">{code}</p>
            }
            .into_any(),
            (None, Keeping::Busy) => view! { <p>{t("draft.saving")}</p> }.into_any(),
            (None, Keeping::Failed) => view! { <p>{t("draft.failed")}</p> }.into_any(),
            (None, Keeping::Idle) => ().into_any(),
        }
    };
    let press = move |event| {
        if is_kept.get_untracked() {
            running.forget_draft();
        } else {
            keep(event);
        }
    };
    Some(view! {
        <details
            class="disclosure no-print"
            lang=move || running.native()
            dir=move || running.native().map(|it| document::direction(&it))
        >
            <summary>{move || t("draft.title")}</summary>
            <div class="flow">
                {move || (!is_kept.get()).then(|| view! {
                    <p>{t_with("draft.text", &[("time", &t(time))])}</p>
                    <p>{t("draft.shared")}</p>
                })}
                <div class="flow" role="status">{said}</div>
                <div class="ways">
                    <button type="button" class="button button--quiet" on:click=press>
                        {move || t(if is_kept.get() { "draft.remove" } else { "draft.save" })}
                    </button>
                </div>
            </div>
        </details>
    })
}

/// How it stands with keeping.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keeping {
    Idle,
    Busy,
    Failed,
}

/// Once a draft is kept, it follows what is answered: soon after each change, and at once when the
/// page goes out of sight.
pub fn keep_up(running: Running) {
    let waits = StoredValue::new(false);
    let write = move || {
        if waits.try_get_value() == Some(true) {
            waits.set_value(false);
            write_anew(running);
        }
    };
    Effect::new(move |before: Option<u32>| {
        let given = running.handle().given();
        let changed = before.is_some_and(|before| before != given);
        if changed && running.kept().get_untracked().is_some() && !waits.get_value() {
            waits.set_value(true);
            clock::after(PAUSE, write);
        }
        given
    });
    let hidden = window_event_listener_untyped("visibilitychange", move |_| write());
    on_cleanup(move || hidden.remove());
}

/// Writes the draft anew if one is kept.
pub fn write_anew(running: Running) {
    if running.kept().get_untracked().is_some() {
        spawn_local(async move {
            Draft::keep(running).await;
        });
    }
}

/// A code as it is written down: `4829 1370 5664`.
fn in_groups(code: &str) -> String {
    let mut groups = String::new();
    for (ix, digit) in code.chars().enumerate() {
        if ix > 0 && ix % 4 == 0 {
            groups.push('\u{a0}');
        }
        groups.push(digit);
    }
    groups
}

fn moment(until_millis: f64) -> String {
    let (year, month, day) = clock::day_of(until_millis);
    let time = clock::time_of(until_millis);
    [&Local.date(&language(), year, month, day), " ", &time].concat()
}
