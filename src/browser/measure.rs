//! Sizes on the screen, turns of the drawing loop, and marks for the User Timing API.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::mem;

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Element, ResizeObserver};

/// Follows the width of an element; stops when dropped.
pub struct WidthObserver {
    observer: ResizeObserver,
    _on_resize: Closure<dyn FnMut()>,
}

impl WidthObserver {
    /// Tells `on_width` the inner width of `element` in CSS pixels, now and whenever it changes.
    pub fn new(element: &Element, on_width: impl Fn(f64) + 'static) -> Option<Self> {
        let followed = element.clone();
        let on_resize = Closure::new(move || on_width(f64::from(followed.client_width())));
        let observer = ResizeObserver::new(on_resize.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Self {
            observer,
            _on_resize: on_resize,
        })
    }
}

impl Drop for WidthObserver {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

thread_local! {
    /// What [`root_text_size`] found in this turn of the drawing loop: to ask again, the browser would
    /// have to lay the page out again.
    static TEXT_SIZE: Cell<Option<f64>> = const { Cell::new(None) };
}

/// The size of the root's text in CSS pixels: 16 unless the reader has set another.
pub fn root_text_size() -> f64 {
    if let Some(size) = TEXT_SIZE.get() {
        return size;
    }
    let size = asked_text_size();
    TEXT_SIZE.set(Some(size));
    next_frame(|| TEXT_SIZE.set(None));
    size
}

fn asked_text_size() -> f64 {
    let size = || {
        let window = web_sys::window()?;
        let root = window.document()?.document_element()?;
        let style = window.get_computed_style(&root).ok()??;
        let text = style.get_property_value("font-size").ok()?;
        text.strip_suffix("px")?.parse().ok()
    };
    size().unwrap_or(16.0)
}

/// Runs `work` in the next turn of the drawing loop.
pub fn next_frame(work: impl FnOnce() + 'static) {
    if let Some(window) = web_sys::window() {
        let _ = window.request_animation_frame(Closure::once_into_js(work).unchecked_ref());
    }
}

thread_local! {
    static TURNS: RefCell<VecDeque<Box<dyn FnOnce()>>> = const { RefCell::new(VecDeque::new()) };
}

/// Runs `work` in a turn of the drawing loop that it has for itself: what was asked for before comes
/// first, one piece a turn.
pub fn next_turn(work: impl FnOnce() + 'static) {
    let is_first = TURNS.with_borrow_mut(|it| {
        it.push_back(Box::new(work));
        it.len() == 1
    });
    if is_first {
        next_frame(take_turn);
    }
}

fn take_turn() {
    // It stays in the queue while it works, so that what it asks for waits for another turn.
    let work =
        TURNS.with_borrow_mut(|it| it.front_mut().map(|it| mem::replace(it, Box::new(|| {}))));
    if let Some(work) = work {
        work();
    }
    let has_more = TURNS.with_borrow_mut(|it| {
        it.pop_front();
        !it.is_empty()
    });
    if has_more {
        next_frame(take_turn);
    }
}

/// Sets a mark with the User Timing API.
pub fn mark(name: &str) {
    if let Some(performance) = web_sys::window().and_then(|it| it.performance()) {
        let _ = performance.mark(name);
    }
}

/// Enters a span that another thread measured, in milliseconds since 1970.
pub fn measure_span(name: &str, start: f64, end: f64) {
    let Some(performance) = web_sys::window().and_then(|it| it.performance()) else {
        return;
    };
    let origin = performance.time_origin();
    let span = Object::new();
    let set = |key: &str, value: f64| {
        let _ = Reflect::set(&span, &JsValue::from_str(key), &JsValue::from_f64(value));
    };
    set("start", (start - origin).max(0.0));
    set("end", (end - origin).max(0.0));
    let measure = Reflect::get(&performance, &JsValue::from_str("measure"));
    if let Some(measure) = measure.ok().and_then(|it| it.dyn_into::<Function>().ok()) {
        let _ = measure.call2(&performance, &JsValue::from_str(name), &span);
    }
}

/// Measures from the mark `start` until now, under `name`.
pub fn measure(name: &str, start: &str) {
    if let Some(performance) = web_sys::window().and_then(|it| it.performance()) {
        let _ = performance.measure_with_start_mark(name, start);
    }
}
