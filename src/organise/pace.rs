//! Keeps a source from running ahead of the worker, which would have to keep it all in memory.

use std::cell::{Cell, RefCell};

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Bytes that may be with the worker unread; several times what it reads between two replies.
const AHEAD: u64 = 16 << 20;

/// How far the page has handed a source over, and how far the worker has read it.
#[derive(Default)]
pub(super) struct Pace {
    handed: Cell<u64>,
    read: Cell<u64>,
    /// Wakes whoever waits for room.
    wake: RefCell<Option<Function>>,
}

impl Pace {
    /// A source begins, or was given up: nothing is under way.
    pub(super) fn begin(&self) {
        self.handed.set(0);
        self.progress(0);
    }

    /// So many bytes more were handed over.
    pub(super) fn hand(&self, bytes: u32) {
        self.handed.set(self.handed.get() + u64::from(bytes));
    }

    /// The worker has read so many bytes of the source in all.
    pub(super) fn progress(&self, bytes: u64) {
        self.read.set(bytes);
        if let Some(wake) = self.wake.take() {
            let _ = wake.call0(&JsValue::NULL);
        }
    }

    /// Waits until the worker can take more.
    pub(super) async fn room(&self) {
        while self.handed.get() > self.read.get() + AHEAD {
            let promise = Promise::new(&mut |resolve, _| {
                self.wake.replace(Some(resolve));
            });
            let _ = JsFuture::from(promise).await;
        }
    }
}
