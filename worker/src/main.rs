//! The worker that holds responses and counts them, so that the page never waits.
//!
//! Commands come as texts, responses as bytes; see [`insight::protocol`].

use std::cell::RefCell;

use insight::Desk;
use insight::protocol::{Reply, Request};
use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent, Performance};

/// The desk with what is needed to tell how long its work took.
struct Worker {
    desk: Desk,
    scope: DedicatedWorkerGlobalScope,
    performance: Option<Performance>,
    /// Received bytes; kept to be used again.
    buffer: Vec<u8>,
    /// When reading of the present source began.
    began: f64,
}

fn main() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let worker = RefCell::new(Worker {
        desk: Desk::new(),
        performance: scope.performance(),
        scope: scope.clone(),
        buffer: Vec::new(),
        began: 0.0,
    });
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        worker.borrow_mut().receive(&event.data());
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    say(&scope, Reply::Ready);
}

fn say(scope: &DedicatedWorkerGlobalScope, mut reply: Reply) {
    let file = match &mut reply {
        Reply::File { file, .. } => Some(core::mem::take(file)),
        _ => None,
    };
    for text in reply.into_texts() {
        let _ = scope.post_message(&JsValue::from_str(&text));
    }
    if let Some(file) = file {
        // The browser holds it: the page never has its bytes, which it would have to tidy away.
        let parts = Array::of1(&Uint8Array::from(file.as_slice()));
        match Blob::new_with_u8_array_sequence(&parts) {
            Ok(blob) => drop(scope.post_message(&blob)),
            Err(_) => say(
                scope,
                Reply::Failed {
                    reason: "no room for the file".to_owned(),
                },
            ),
        }
    }
}

impl Worker {
    fn receive(&mut self, data: &JsValue) {
        if let Some(text) = data.as_string() {
            self.command(&text);
        } else if let Some(bytes) = data.dyn_ref::<Uint8Array>() {
            self.bytes(bytes);
        } else if let Some(buffer) = data.dyn_ref::<ArrayBuffer>() {
            self.bytes(&Uint8Array::new(buffer));
        }
    }

    fn command(&mut self, text: &str) {
        let Ok(request) = Request::read(text) else {
            let reason = "not a request".to_owned();
            return say(&self.scope, Reply::Failed { reason });
        };
        let start = self.now();
        let timed = match request {
            Request::Begin { .. } => {
                self.began = start;
                None
            }
            Request::End => Some(("kuuluu:load", self.began)),
            Request::Tabulate { .. } | Request::Compare { .. } => Some(("kuuluu:tabulate", start)),
            Request::Open { .. }
            | Request::Round { .. }
            | Request::Before { .. }
            | Request::Look { .. }
            | Request::Match { .. }
            | Request::Follow { .. }
            | Request::Weigh { .. }
            | Request::Cancel
            | Request::OpenAnswers { .. }
            | Request::Publish(_)
            | Request::File(_) => None,
        };
        if let Some(reply) = self.desk.ask(request) {
            let end = self.now();
            say(&self.scope, reply);
            if let Some((name, start)) = timed {
                let name = name.to_owned();
                say(&self.scope, Reply::Timed { name, start, end });
            }
        }
    }

    fn bytes(&mut self, bytes: &Uint8Array) {
        self.buffer.resize(bytes.length() as usize, 0);
        bytes.copy_to(&mut self.buffer);
        if let Some(reply) = self.desk.read(&self.buffer) {
            say(&self.scope, reply);
        }
    }

    /// Milliseconds since 1970, with fractions.
    fn now(&self) -> f64 {
        let clock = self.performance.as_ref();
        clock.map_or(0.0, |it| it.time_origin() + it.now())
    }
}
