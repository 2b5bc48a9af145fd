//! What may be kept on the device: nothing, until the respondent asks for it.

use leptos::prelude::{WindowListenerHandle, window_event_listener_untyped};
use web_sys::Storage;

use super::{member, window};

/// The text kept under `key`.
pub fn read(key: &str) -> Option<String> {
    local()?.get_item(key).ok()?
}

/// Keeps `text` under `key`; false if the browser would not.
pub fn keep(key: &str, text: &str) -> bool {
    local().is_some_and(|storage| storage.set_item(key, text).is_ok())
}

/// Removes what is kept under `key`.
pub fn forget(key: &str) {
    if let Some(storage) = local() {
        // Removing what is not there is no mistake.
        let _ = storage.remove_item(key);
    }
}

/// Hears that another tab or window has written or removed what is kept under `key`.
pub fn hear_others(key: String, then: impl Fn() + 'static) -> WindowListenerHandle {
    window_event_listener_untyped("storage", move |event| {
        if member::<js_sys::JsString>(&event, "key").is_some_and(|it| it == key.as_str()) {
            then();
        }
    })
}

fn local() -> Option<Storage> {
    window().local_storage().ok()?
}
