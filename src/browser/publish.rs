//! Publishing results at the endpoint, and taking them back.

use js_sys::Uint8Array;

use super::fetch::{FetchError, request, send, set_headers, success};

/// Puts `results` in the place of what is published at `url`; `None` takes it back.
///
/// # Errors
///
/// When there is no answer, or one that is not a success.
pub async fn publish(url: &str, key: &str, results: Option<&str>) -> Result<(), FetchError> {
    let request = request(if results.is_some() { "PUT" } else { "DELETE" });
    let pass = ["Bearer ", key].concat();
    let headers = [
        ("authorization", pass.as_str()),
        ("content-type", wire::RESULTS_MEDIA_TYPE),
    ];
    set_headers(&request, &headers[..=usize::from(results.is_some())])?;
    if let Some(results) = results {
        request.set_body(&Uint8Array::from(results.as_bytes()));
    }
    success(send(url, &request).await?).map(drop)
}
