//! Giving the reader a file.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// How long a download may take to begin, in milliseconds.
const PATIENCE: i32 = 10_000;

/// Offers `content` as a file to keep; `None` if the browser would not.
pub fn download(name: &str, media_type: &str, content: &[u8]) -> Option<()> {
    download_bytes(name, media_type, &Uint8Array::from(content))
}

/// The same of bytes that the browser holds.
pub fn download_bytes(name: &str, media_type: &str, content: &Uint8Array) -> Option<()> {
    let window = web_sys::window()?;
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = Array::of1(content);
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
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
