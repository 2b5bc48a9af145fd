//! The machine: events in, commands out.

use std::rc::Rc;

use crate::pause_ms;

/// Names one response: its id as text.
pub type Name = Rc<str>;

/// An attempt without an answer counts as failed after this long.
pub const ANSWER_WITHIN_MS: u64 = 60_000;

/// Why an attempt did not end with an acknowledgement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The endpoint could not be reached.
    Unreachable,
    /// No answer came in time.
    TimedOut,
    /// The endpoint answered with a fault of its own (5xx), or too many requests (429), and may have
    /// said how long to wait.
    Unavailable {
        /// From `Retry-After`, in milliseconds.
        retry_after_ms: Option<u64>,
    },
    /// Something answered, but not with a receipt for these bytes.
    NoReceipt,
    /// The endpoint does not take this response, and will not: the code it gave.
    Refused {
        /// The stable code of the problem, or the HTTP status.
        code: String,
    },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A response is complete, or was found on the device at the start.
    Queued(Name),
    /// A receipt came and was checked against what was sent.
    Acknowledged(Name),
    /// An attempt failed.
    Failed(Name, Failure),
    /// The timer went off.
    Tick,
    /// The device is online again.
    Online,
    /// A person asks to try now.
    Retry(Name),
    /// A person gives the response up.
    Discard(Name),
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Keep the response until it is to be forgotten.
    Keep(Name),
    /// Send the response, and report how it went.
    Send(Name),
    /// Set the one timer to this time in milliseconds, in place of any earlier one.
    WakeAt(u64),
    /// The response may be forgotten.
    Forget(Name),
    /// Show how the response stands.
    Show(Name, State),
}

/// How a response stands, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Being sent, for the `attempt`th time, counted from one.
    Sending {
        /// Which attempt.
        attempt: u32,
    },
    /// To be tried again.
    Waiting {
        /// How many attempts there were.
        attempts: u32,
        /// When, in milliseconds of the clock given to the machine.
        until: u64,
        /// Why the last one failed.
        because: Failure,
    },
    /// Not taken; it is kept until its owner tries again or discards it.
    Refused {
        /// The stable code of the problem.
        code: String,
    },
    /// Acknowledged.
    Sent,
}

#[derive(Debug, Clone)]
struct Entry {
    name: Name,
    state: State,
    /// When an unanswered attempt counts as failed.
    deadline: u64,
}

/// The queue.
#[derive(Debug, Clone, Default)]
pub struct Outbox {
    entries: Vec<Entry>,
}

impl Outbox {
    /// Without responses.
    pub fn new() -> Self {
        Self::default()
    }

    /// How a response stands; `None` if there is none of this name.
    pub fn state(&self, name: &str) -> Option<&State> {
        self.entries
            .iter()
            .find(|entry| &*entry.name == name)
            .map(|entry| &entry.state)
    }

    /// All responses in the order they were queued in.
    pub fn states(&self) -> impl Iterator<Item = (&Name, &State)> {
        self.entries.iter().map(|entry| (&entry.name, &entry.state))
    }

    /// Takes an event at the time `now` (milliseconds of any steady clock) and says what to do, in
    /// order. `jitter` is a number between 0 and 1, drawn anew for each event.
    pub fn apply(&mut self, event: Event, now: u64, jitter: f64) -> Vec<Command> {
        let mut todo = Vec::new();
        match event {
            Event::Queued(name) => self.queue(name, now, &mut todo),
            Event::Acknowledged(name) => {
                if let Some(entry) = self.entry(&name)
                    && entry.state != State::Sent
                {
                    todo.push(Command::Forget(name));
                    entry.show(State::Sent, &mut todo);
                }
            }
            Event::Failed(name, failure) => {
                if let Some(entry) = self.entry(&name) {
                    entry.fail(failure, now, jitter, &mut todo);
                }
            }
            Event::Tick => {
                for entry in &mut self.entries {
                    match &entry.state {
                        State::Sending { .. } if entry.deadline <= now => {
                            entry.fail(Failure::TimedOut, now, jitter, &mut todo);
                        }
                        State::Waiting { until, .. } if *until <= now => {
                            entry.send(now, &mut todo);
                        }
                        _ => {}
                    }
                }
            }
            Event::Online => {
                for entry in &mut self.entries {
                    if let State::Waiting { because, .. } = &entry.state
                        && matches!(because, Failure::Unreachable | Failure::TimedOut)
                    {
                        entry.send(now, &mut todo);
                    }
                }
            }
            Event::Retry(name) => {
                if let Some(entry) = self.entry(&name)
                    && matches!(entry.state, State::Waiting { .. } | State::Refused { .. })
                {
                    entry.send(now, &mut todo);
                }
            }
            Event::Discard(name) => {
                let before = self.entries.len();
                self.entries.retain(|entry| entry.name != name);
                if self.entries.len() < before {
                    todo.push(Command::Forget(name));
                }
            }
        }
        todo.extend(self.next_wake().map(Command::WakeAt));
        todo
    }

    fn entry(&mut self, name: &Name) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|entry| entry.name == *name)
    }

    fn queue(&mut self, name: Name, now: u64, todo: &mut Vec<Command>) {
        if self.entry(&name).is_some() {
            return;
        }
        todo.push(Command::Keep(name.clone()));
        let mut entry = Entry {
            name,
            state: State::Sending { attempt: 0 },
            deadline: now,
        };
        entry.send(now, todo);
        self.entries.push(entry);
    }

    fn next_wake(&self) -> Option<u64> {
        self.entries
            .iter()
            .filter_map(|entry| match &entry.state {
                State::Sending { .. } => Some(entry.deadline),
                State::Waiting { until, .. } => Some(*until),
                State::Refused { .. } | State::Sent => None,
            })
            .min()
    }
}

impl Entry {
    fn show(&mut self, state: State, todo: &mut Vec<Command>) {
        self.state = state;
        todo.push(Command::Show(self.name.clone(), self.state.clone()));
    }

    fn send(&mut self, now: u64, todo: &mut Vec<Command>) {
        let attempt = match self.state {
            State::Sending { attempt } => attempt,
            State::Waiting { attempts, .. } => attempts,
            State::Refused { .. } | State::Sent => 0,
        }
        .saturating_add(1);
        self.deadline = now.saturating_add(ANSWER_WITHIN_MS);
        self.show(State::Sending { attempt }, todo);
        todo.push(Command::Send(self.name.clone()));
    }

    /// Only an attempt that is under way can fail: what comes later is about one given up already.
    fn fail(&mut self, failure: Failure, now: u64, jitter: f64, todo: &mut Vec<Command>) {
        let State::Sending { attempt } = self.state else {
            return;
        };
        let asked = match failure {
            Failure::Refused { code } => return self.show(State::Refused { code }, todo),
            Failure::Unavailable { retry_after_ms } => retry_after_ms.unwrap_or_default(),
            _ => 0,
        };
        let until = now.saturating_add(pause_ms(attempt, jitter).max(asked));
        self.show(
            State::Waiting {
                attempts: attempt,
                until,
                because: failure,
            },
            todo,
        );
    }
}
