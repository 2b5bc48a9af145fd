//! The worker that counts, spoken to in the protocol of `insight`.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use insight::protocol::{Pieces, Reply, Request};
use js_sys::Uint8Array;
use web_sys::Blob;

use crate::browser::worker::TextWorker;

/// The script that starts the worker's program.
const SCRIPT: &str = "/worker/insight_worker.js";

/// The running engine; what is asked before it is ready waits.
pub(crate) struct Engine {
    worker: TextWorker,
    /// What waits for the worker; `None` once it is ready.
    waiting: RefCell<Option<Vec<Message>>>,
}

enum Message {
    Text(String),
    Bytes(Uint8Array),
}

/// What the engine says.
pub(crate) enum Heard {
    /// A reply; of a file, that it comes.
    Reply(Reply),
    /// The file of the order with this number.
    File(u32, Blob),
    /// It stopped, or said something unknown.
    Failure,
}

impl Engine {
    /// Starts the worker; `on_heard` gets all that it says.
    pub(crate) fn start(on_heard: impl Fn(Heard) + Clone + 'static) -> Option<Self> {
        let (on_file, on_failure) = (on_heard.clone(), on_heard.clone());
        let pieces = RefCell::new(Pieces::default());
        // A file comes right after the reply that has its number.
        let announced = Rc::new(Cell::new(0));
        let number = Rc::clone(&announced);
        let worker = TextWorker::start(
            SCRIPT,
            move |text| {
                let whole = pieces.borrow_mut().take(&text);
                match whole {
                    Ok(Some(reply)) => {
                        if let Reply::File { id, .. } = reply {
                            announced.set(id);
                        }
                        on_heard(Heard::Reply(reply));
                    }
                    Ok(None) => {}
                    Err(_) => on_heard(Heard::Failure),
                }
            },
            move |file| on_file(Heard::File(number.get(), file)),
            move || on_failure(Heard::Failure),
        )?;
        Some(Self {
            worker,
            waiting: RefCell::new(Some(Vec::new())),
        })
    }

    pub(crate) fn ask(&self, request: &Request) {
        self.send(Message::Text(request.to_text()));
    }

    /// Moves the bytes to the worker.
    pub(super) fn hand_over(&self, bytes: Uint8Array) {
        self.send(Message::Bytes(bytes));
    }

    /// The worker takes requests: sends what has waited.
    pub(crate) fn is_ready(&self) {
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
