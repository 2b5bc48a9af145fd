//! The only code that touches the browser: fetch, storage, encryption, clock, random, files, print, `Intl`.
//!
//! Whatever a browser may refuse is an `Option` or a `Result`; nothing here panics.

pub mod bytes;
pub mod cipher;
pub mod clock;
pub mod dates;
pub mod document;
pub mod download;
pub mod draw;
pub mod fetch;
pub mod files;
pub mod fit;
pub mod fragment;
pub mod history;
pub mod intl;
pub mod measure;
pub mod page;
pub mod publish;
pub mod random;
pub mod rest;
pub mod storage;
pub mod turns;
pub mod worker;

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};

/// The window.
///
/// # Panics
///
/// Outside a browser window; this module is called nowhere else.
fn window() -> web_sys::Window {
    leptos::prelude::window()
}

/// The member `name` of a JavaScript object, as the type asked for.
fn member<T: JsCast>(object: &JsValue, name: &str) -> Option<T> {
    Reflect::get(object, &JsValue::from_str(name))
        .ok()?
        .dyn_into()
        .ok()
}
