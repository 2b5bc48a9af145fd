//! A Web Worker that is spoken to in texts and handed bytes.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, MessageEvent, Worker};

/// A running worker; stops when dropped.
pub struct TextWorker {
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(web_sys::Event)>,
}

impl TextWorker {
    /// Starts the script at `url`; `on_text` gets every text it says, `on_file` gets every file
    /// that it made, `on_failure` hears that it could not start or stopped with an error. `None` where
    /// the browser refuses.
    pub fn start(
        url: &str,
        on_text: impl Fn(String) + 'static,
        on_file: impl Fn(Blob) + 'static,
        on_failure: impl Fn() + 'static,
    ) -> Option<Self> {
        let worker = Worker::new(url).ok()?;
        let on_message = Closure::new(move |event: MessageEvent| {
            let data = event.data();
            if let Some(text) = data.as_string() {
                on_text(text);
            } else if let Ok(file) = data.dyn_into() {
                on_file(file);
            }
        });
        let on_error = Closure::new(move |_: web_sys::Event| on_failure());
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Some(Self {
            worker,
            _on_message: on_message,
            _on_error: on_error,
        })
    }

    /// Says a text.
    pub fn say(&self, text: &str) {
        let _ = self.worker.post_message(&JsValue::from_str(text));
    }

    /// Hands bytes over; they are moved, not copied, and `bytes` is empty afterwards.
    pub fn hand_over(&self, bytes: &Uint8Array) {
        let transfer = Array::of1(&bytes.buffer());
        if self
            .worker
            .post_message_with_transfer(bytes, &transfer)
            .is_err()
        {
            let _ = self.worker.post_message(bytes);
        }
    }
}

impl Drop for TextWorker {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}
