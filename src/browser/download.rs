//! Giving the reader a file.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, HtmlAnchorElement, Url};

/// How long a download may take to begin, in milliseconds.
const PATIENCE: i32 = 10_000;

/// Offers `content` as a file to keep; `None` if the browser would not.
pub fn download(name: &str, media_type: &str, content: &[u8]) -> Option<()> {
    let parts = Array::of1(&Uint8Array::from(content));
    download_blob(
        name,
        media_type,
        &Blob::new_with_u8_array_sequence(&parts).ok()?,
    )
}

/// The same of a file that the browser holds.
pub fn download_blob(name: &str, media_type: &str, content: &Blob) -> Option<()> {
    let window = web_sys::window()?;
    let blob = content
        .slice_with_f64_and_f64_and_content_type(0.0, content.size(), media_type)
        .ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let link: HtmlAnchorElement = window
        .document()?
        .create_element("a")
        .ok()?
        .dyn_into()
        .ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    let revoke = Closure::once_into_js(move || {
        let _ = Url::revoke_object_url(&url);
    });
    window
        .set_timeout_with_callback_and_timeout_and_arguments_0(revoke.unchecked_ref(), PATIENCE)
        .ok()?;
    Some(())
}
