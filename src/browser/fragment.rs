//! Secrets in the address: read once, then out of sight.

/// Takes `name` out of the fragment of the page's address (`#name=…`) and out of the history.
pub fn take_from_fragment(name: &str) -> Option<String> {
    let window = web_sys::window()?;
    let location = window.location();
    let fragment = location.hash().ok()?;
    let value = fragment
        .trim_start_matches('#')
        .split('&')
        .find_map(|part| part.strip_prefix(name)?.strip_prefix('='))?
        .to_owned();
    let clean = format!(
        "{}{}",
        location.pathname().unwrap_or_default(),
        location.search().unwrap_or_default()
    );
    if let Ok(history) = window.history() {
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&clean));
    }
    let value = js_sys::decode_uri_component(&value)
        .ok()
        .and_then(|it| it.as_string())
        .unwrap_or(value);
    (!value.is_empty()).then_some(value)
}
