//! The worker that counts, spoken to in the protocol of `insight`.

use std::cell::RefCell;

use insight::protocol::{Pieces, Reply, Request};
use js_sys::Uint8Array;

use crate::browser::worker::TextWorker;

/// The script that starts the worker's program.
const SCRIPT: &str = "/worker/insight_worker.js";

/// The running engine; what is asked before it is ready waits.
pub(super) struct Engine {
    worker: TextWorker,
    /// What waits for the worker; `None` once it is ready.
    waiting: RefCell<Option<Vec<Message>>>,
}

enum Message {
    Text(String),
    Bytes(Uint8Array),
}

impl Engine {
    /// Starts the worker; `on_reply` gets `None` when it stopped or said something unknown.
    pub(super) fn start(on_reply: impl Fn(Option<Reply>) + Clone + 'static) -> Option<Self> {
        let on_failure = on_reply.clone();
        let pieces = RefCell::new(Pieces::default());
        let worker = TextWorker::start(
            SCRIPT,
            move |text| {
                let whole = pieces.borrow_mut().take(&text);
                match whole {
                    Ok(Some(reply)) => on_reply(Some(reply)),
                    Ok(None) => {}
                    Err(_) => on_reply(None),
                }
            },
            move || on_failure(None),
        )?;
        Some(Self {
            worker,
            waiting: RefCell::new(Some(Vec::new())),
        })
    }

    pub(super) fn ask(&self, request: &Request) {
        self.send(Message::Text(request.to_text()));
    }

    /// Moves the bytes to the worker.
    pub(super) fn hand_over(&self, bytes: Uint8Array) {
        self.send(Message::Bytes(bytes));
    }

    /// The worker takes requests: sends what has waited.
    pub(super) fn is_ready(&self) {
        for message in self.waiting.take().into_iter().flatten() {
            self.send(message);
        }
    }

    fn send(&self, message: Message) {
        if let Some(waiting) = self.waiting.borrow_mut().as_mut() {
            waiting.push(message);
            return;
        }
        match message {
            Message::Text(text) => self.worker.say(&text),
            Message::Bytes(bytes) => self.worker.hand_over(&bytes),
        }
    }
}
