//! From the button to the checked acknowledgement: what the outbox decides is done here.

use std::rc::Rc;
use std::time::Duration;

use anonymity::Departure;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use outbox::{Command, Event, Failure, Name, Outbox, State};
use questionnaire::session::{self, Key, Stage};
use wire::{ProblemDetails, Receipt, routes};

use super::running::Running;
use crate::browser::fetch::{self, Answer};
use crate::browser::{clock, random};

/// The post of one pass: the outbox, and how its one response stands.
#[derive(Clone, Copy)]
pub struct Post {
    outbox: StoredValue<Outbox, LocalStorage>,
    /// `None` until the button has been pressed.
    pub state: RwSignal<Option<State>>,
    /// The survey cannot give anything that may leave.
    pub nothing_to_send: RwSignal<bool>,
}

impl Post {
    /// Empty.
    pub fn new() -> Self {
        Self {
            outbox: StoredValue::new_local(Outbox::new()),
            state: RwSignal::new(None),
            nothing_to_send: RwSignal::new(false),
        }
    }

    /// True once the endpoint has acknowledged exactly what was sent.
    pub fn has_arrived(self) -> bool {
        self.state.get_untracked() == Some(State::Sent)
    }
}

impl Default for Post {
    fn default() -> Self {
        Self::new()
    }
}

/// Completes the session and sends what it gives; the questions that block, if any do.
pub fn complete_and_send(running: Running, endpoint: &str) -> Vec<Key> {
    let handle = running.handle();
    let changed = handle.send(session::Event::Complete);
    if handle.with_outline(|outline| outline.stage != Stage::Completed) {
        return changed.blocked_by;
    }
    match running.departure() {
        Some(departure) => feed(running, endpoint, Event::Queued(name_of(&departure))),
        None => running.post().nothing_to_send.set(true),
    }
    Vec::new()
}

/// Tries again because a person asks.
pub fn retry(running: Running, endpoint: &str) {
    if let Some(departure) = running.departure() {
        feed(running, endpoint, Event::Retry(name_of(&departure)));
    }
}

/// Tries again when the device is online again, as long as the view stands.
pub fn retry_when_online(running: Running, endpoint: String) {
    let online = window_event_listener(ev::online, move |_| {
        feed(running, &endpoint, Event::Online);
    });
    on_cleanup(move || online.remove());
}

fn name_of(departure: &Departure) -> Name {
    departure.id().to_string().into()
}

fn feed(running: Running, endpoint: &str, event: Event) {
    let post = running.post();
    let commands = post.outbox.try_update_value(|outbox| {
        outbox.apply(event, clock::now_whole_millis(), random::fraction())
    });
    for command in commands.unwrap_or_default() {
        match command {
            // Answers stay in memory, and in the draft if the respondent asked for one.
            Command::Keep(_) => {}
            Command::Send(name) => attempt(running, endpoint.to_owned(), name),
            Command::WakeAt(at) => {
                let endpoint = endpoint.to_owned();
                let wait = at.saturating_sub(clock::now_whole_millis());
                clock::after(Duration::from_millis(wait), move || {
                    feed(running, &endpoint, Event::Tick);
                });
            }
            Command::Forget(_) => running.forget_draft(),
            Command::Show(_, state) => post.state.set(Some(state)),
        }
    }
}

fn attempt(running: Running, endpoint: String, name: Name) {
    let Some(departure) = running.departure() else {
        return;
    };
    spawn_local(async move {
        let judged = send(&endpoint, &departure).await;
        let event = match judged {
            Ok(()) => Event::Acknowledged(name),
            Err(failure) => Event::Failed(name, failure),
        };
        feed(running, &endpoint, event);
    });
}

async fn send(endpoint: &str, departure: &Rc<Departure>) -> Result<(), Failure> {
    let answer = fetch::put(
        &routes::response(endpoint, departure.survey(), departure.id()),
        departure.body().kind.media_type(),
        &departure.id().to_string(),
        &departure.body().bytes,
        i32::try_from(outbox::ANSWER_WITHIN_MS).unwrap_or(i32::MAX),
    )
    .await
    .map_err(|_| Failure::Unreachable)?;
    judge(departure, &answer)
}

/// What an endpoint's answer to `departure` means.
fn judge(departure: &Departure, answer: &Answer) -> Result<(), Failure> {
    match answer.status {
        200 | 201 => Receipt::parse(&answer.body)
            .ok()
            .filter(|receipt| departure.is_acknowledged_by(receipt))
            .map(|_| ())
            .ok_or(Failure::NoReceipt),
        408 | 425 | 429 | 500.. => Err(Failure::Unavailable {
            retry_after_ms: answer.retry_after_secs.map(|it| it.saturating_mul(1_000)),
        }),
        status => Err(Failure::Refused {
            code: ProblemDetails::parse(&answer.body)
                .map_or_else(|| status.to_string(), |problem| problem.code),
        }),
    }
}
