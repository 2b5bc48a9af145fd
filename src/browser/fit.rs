//! Whether something wide fits the place it stands in, measured, not guessed.

use std::cell::{Cell, RefCell};

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Below this width in CSS pixels nothing wide is tried before it is measured.
const DOUBTFUL: i32 = 640;

thread_local! {
    static STARTS_NARROW: Cell<bool> = const { Cell::new(true) };
}

/// Looks how wide the window is, once, before anything is drawn: asked for later, the browser would
/// lay out a half-drawn page to tell.
pub fn look() {
    let width = window().inner_width().ok().and_then(|it| it.as_f64());
    STARTS_NARROW.set(width.is_some_and(|it| it < f64::from(DOUBTFUL)));
}

/// Whether something wide should be drawn narrow before it could be measured.
pub fn starts_narrow() -> bool {
    STARTS_NARROW.get()
}

/// Sets `narrow` whenever what stands in the element `id` is wider than the element, and unsets it
/// once there is room again. Ends with the current owner.
pub fn follow(id: String, narrow: RwSignal<bool>) {
    let watching = StoredValue::new_local(None);
    queue_microtask(move || {
        if let Some(place) = document().get_element_by_id(&id) {
            let _ = watching.try_set_value(Watching::start(place, narrow));
        }
    });
    on_cleanup(move || {
        let _ = watching.try_update_value(|it: &mut Option<Watching>| {
            if let Some(it) = it.take() {
                it.observer.disconnect();
            }
        });
    });
}

struct Watching {
    observer: web_sys::ResizeObserver,
    _callback: Closure<dyn Fn(js_sys::Array, web_sys::ResizeObserver)>,
}

impl Watching {
    fn start(place: web_sys::Element, narrow: RwSignal<bool>) -> Option<Self> {
        let needed = Cell::new(DOUBTFUL);
        let content: RefCell<Option<web_sys::Element>> = RefCell::new(None);
        let watched = place.clone();
        let callback = Closure::new(move |_: js_sys::Array, observer: web_sys::ResizeObserver| {
            let width = place.client_width();
            let is_narrow = narrow.try_get_untracked().unwrap_or(true);
            if !is_narrow && place.scroll_width() > width + 1 {
                needed.set(place.scroll_width());
                narrow.set(true);
            } else if is_narrow && width >= needed.get() {
                narrow.set(false);
            }
            // Longer words (another language, more spacing) widen the content, not the place.
            let now = place.first_element_child();
            if *content.borrow() != now {
                if let Some(now) = &now {
                    observer.observe(now);
                }
                *content.borrow_mut() = now;
            }
        });
        let observer = web_sys::ResizeObserver::new(callback.as_ref().unchecked_ref()).ok()?;
        observer.observe(&watched);
        Some(Self {
            observer,
            _callback: callback,
        })
    }
}
