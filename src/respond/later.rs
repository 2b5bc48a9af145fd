//! "Continue later": offering to keep what has been answered, and to go on with it.

use std::rc::Rc;
use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use questionnaire::definition::Mode;
use questionnaire::session::Formats;

use super::draft::Draft;
use super::hand_over::HandOver;
use super::rich_text::in_language;
use super::running::Running;
use crate::browser::intl::Local;
use crate::browser::{clock, document, rest};
use crate::ui::button::quiet;
use crate::ui::follow::follow;
use crate::ui::markup::{Element, Live, Node, el};
use crate::words::{language, t, t_with};

/// How long after the last change a draft is written anew.
const PAUSE: Duration = Duration::from_secs(1);

/// For so many milliseconds the button that has just kept a draft does not yet remove it: whoever
/// presses twice where once is enough wants it kept.
const SECOND_PRESS: f64 = 1_000.0;

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
    // Stands before anybody has touched the page.
    rest::fetch();
    let until = draft.until_millis;
    let is_changed = draft.is_of_other_version;
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
    // Whoever goes on is at a new page, with its heading.
    let go_on = move || {
        go_on();
        clock::after_drawing(|| {
            document::focus("heading");
        });
    };
    Effect::new(move || {
        document::set_title(&[&t("draft.found.title"), " – ", &running.title()].concat());
    });
    let asks = RwSignal::new(false);
    let ask = move |_| {
        asks.set(true);
        clock::after_drawing(|| {
            document::focus("draft-sure");
        });
    };
    let discard = move || {
        running.forget_draft();
        go_on();
    };
    let is_wrong = move || state.get() == Code::Wrong;
    view! {
        <form class="flow" on:submit=take_up>
            <p class="survey__name">{move || running.title()}</p>
            <h1 id="heading" tabindex="-1">{move || t("draft.found.title")}</h1>
            <p>{move || t_with("draft.found.text", &[("until", &moment(until))])}</p>
            {is_changed.then(|| view! { <p>{move || t("draft.changed")}</p> })}
            <div class="code">
                <AboveField
                    id="draft-code"
                    words=["draft.code", "draft.code.hint", "draft.code.wrong"]
                    wrong=is_wrong
                />
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
                <button type="button" class="button button--quiet" on:click=ask>
                    {move || t("draft.discard")}
                </button>
            </div>
            <Sure asks discard />
            <p role="status">
                {move || (state.get() == Code::Tried).then(|| t("draft.opening"))}
            </p>
        </form>
    }
}

/// What stands above the field `id`: its label, the hint `{id}-hint`, and the alert `{id}-error`.
#[component]
pub fn AboveField(
    /// The field's id.
    id: &'static str,
    /// Keys of the label, of the hint, and of what is said where the field is wrong.
    words: [&'static str; 3],
    /// Whether it is wrong; followed.
    wrong: impl Fn() -> bool + Send + 'static,
) -> impl IntoView {
    let [label, hint, problem] = words;
    view! {
        <label class="code__label" for=id>{move || t(label)}</label>
        <p class="code__hint" id=[id, "-hint"].concat()>{move || t(hint)}</p>
        <div id=[id, "-error"].concat() role="alert">
            {move || wrong().then(|| view! {
                <p class="message" data-kind="error">{t(problem)}</p>
            })}
        </div>
    }
}

/// Asks before a draft is removed for good.
#[component]
fn Sure(
    /// Whether it asks.
    asks: RwSignal<bool>,
    /// Removes the draft.
    discard: impl Fn() + 'static,
) -> impl IntoView {
    view! {
        <div
            class="notice flow"
            id="draft-sure"
            role="group"
            tabindex="-1"
            aria-labelledby="draft-sure-text"
            hidden=move || !asks.get()
        >
            <p id="draft-sure-text">{move || t("draft.sure")}</p>
            <div class="ways">
                <button
                    type="button"
                    class="button button--quiet"
                    on:click=move |_| asks.set(false)
                >
                    {move || t("draft.keep")}
                </button>
                <button type="button" class="button" on:click=move |_| discard()>
                    {move || t("draft.remove")}
                </button>
            </div>
        </div>
    }
}

/// How it stands with the code that a draft asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Code {
    Asked,
    Tried,
    Wrong,
}

/// How it stands with keeping.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keeping {
    /// Nothing has been asked for, or all is done.
    Idle,
    /// The draft is being closed and written.
    Busy,
    /// It could not be written.
    Failed,
    /// Asks for the file of somebody else's.
    Taking,
}

/// What a page remembers of keeping.
#[derive(Clone, Copy)]
pub struct Keep {
    state: RwSignal<Keeping>,
    /// Until when the draft was said to be kept. Writing it anew moves its end, which is not worth
    /// saying again.
    said: StoredValue<Option<f64>>,
    /// When the draft was last kept by the button, in milliseconds since 1970.
    since: StoredValue<f64>,
}

impl Keep {
    /// Nothing has been asked for.
    pub fn start() -> Self {
        Self {
            state: RwSignal::new(Keeping::Idle),
            said: StoredValue::new(None),
            since: StoredValue::new(0.0),
        }
    }
}

/// Offers to keep what has been answered; nothing where answers stay here anyway.
pub fn keep_for_later(running: Running, keep: Keep) -> Option<Node> {
    if running.stays_here() {
        return None;
    }
    let kept = running.kept();
    if kept.is_none() || keep.said.get_value().is_none() {
        keep.said.set_value(kept);
    }
    let is_shared = running.pass().survey.kuuluu.mode == Mode::Organisation;
    let is_taking = keep.state.get() == Keeping::Taking;
    let may_take = is_shared && !is_taking && kept.is_none();
    let hands_over = is_shared && (is_taking || kept.is_some());
    let offer = kept.is_none().then(|| {
        let time = t(match running.pass().survey.kuuluu.mode {
            Mode::Organisation => "draft.time.organisation",
            _ => "draft.time.resident",
        });
        el("div")
            .class("flow")
            .child(el("p").text(t_with("draft.text", &[("time", &time)])))
            .child(el("p").text(t("draft.shared")))
            .node()
    });
    let word = if kept.is_some() {
        "draft.remove"
    } else {
        "draft.save"
    };
    let inside = el("div")
        .class("flow")
        .with(offer)
        .child(said(running, keep))
        .child(
            el("div")
                .class("ways")
                .child(quiet("keep", t(word)))
                .with(may_take.then(|| quiet("take", t("draft.take")).node())),
        )
        .with(hands_over.then(|| {
            Live::node("hand-over", move || {
                view! { <HandOver running /> }.into_any()
            })
        }));
    let details = el("details").class("disclosure no-print");
    let details = in_language(details, running.native())
        .child(el("summary").text(t("draft.title")))
        .child(inside);
    Some(details.node())
}

/// What has become of the draft.
fn said(running: Running, keep: Keep) -> Element {
    let said = el("div").class("flow").attr("role", "status");
    let word = match (keep.said.get_value(), keep.state.get()) {
        (Some(until), _) => return is_kept(said, running, until),
        (None, Keeping::Busy) => "draft.saving",
        (None, Keeping::Failed) => "draft.failed",
        (None, Keeping::Idle | Keeping::Taking) => return said,
    };
    said.child(el("p").text(t(word)))
}

/// That the draft is kept, and the code that opens it.
fn is_kept(said: Element, running: Running, until: f64) -> Element {
    let code = running.keeper().map(|it| in_groups(&it.code));
    let until = t_with("draft.saved", &[("until", &moment(until))]);
    let code = el("p")
        .class("code__shown")
        .attr("id", "draft-code-shown")
        .attr("tabindex", "-1")
        .text(code.unwrap_or_default());
    said.child(el("p").text(until))
        .child(el("p").text(t("draft.code.note")))
        .child(code)
}

/// Asks for the file in which somebody else has kept an unfinished answer.
pub fn take_over(keep: Keep) {
    keep.state.set(Keeping::Taking);
    clock::after_drawing(|| {
        document::focus("draft-file");
    });
}

/// Keeps what has been answered, or removes what was kept.
pub fn keep_or_forget(running: Running, keep: Keep) {
    if untrack(|| running.kept()).is_some() {
        if clock::now_millis() - keep.since.get_value() > SECOND_PRESS {
            running.forget_draft();
        }
    } else if keep.state.get_untracked() != Keeping::Busy {
        keep.state.set(Keeping::Busy);
        spawn_local(async move {
            let kept = Draft::keep(running).await;
            let state = if kept { Keeping::Idle } else { Keeping::Failed };
            keep.since.set_value(clock::now_millis());
            keep.state.set(state);
            // The button has become the one that removes: what matters now is the code.
            clock::after_drawing(|| {
                document::focus("draft-code-shown");
            });
        });
    }
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
    let mut before = running.handle().given_untracked();
    follow(move || {
        let given = running.handle().given();
        let changed = std::mem::replace(&mut before, given) != given;
        if changed && untrack(|| running.kept()).is_some() && !waits.get_value() {
            waits.set_value(true);
            clock::after(PAUSE, write);
        }
    });
    let hidden = window_event_listener_untyped("visibilitychange", move |_| write());
    let others = Draft::yield_to_others(running, move || {
        document::alert("draft-elsewhere", "header", &t("draft.elsewhere"));
    });
    on_cleanup(move || {
        hidden.remove();
        others.remove();
    });
}

/// Writes the draft anew if one is kept.
pub fn write_anew(running: Running) {
    if untrack(|| running.kept()).is_some() {
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
