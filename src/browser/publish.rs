//! Publishing results at the endpoint, and taking them back.

use gloo_net::http::{Method, RequestBuilder};
use js_sys::Uint8Array;
use web_sys::{ReferrerPolicy, RequestCredentials};

use super::fetch::FetchError;

/// Puts `results` in the place of what is published at `url`; `None` takes it back.
///
/// # Errors
///
/// When there is no answer, or one that is not a success.
pub async fn publish(url: &str, key: &str, results: Option<&str>) -> Result<(), FetchError> {
    let method = if results.is_some() {
        Method::PUT
    } else {
        Method::DELETE
    };
    let request = RequestBuilder::new(url)
        .method(method)
        .header("authorization", &format!("Bearer {key}"))
        .credentials(RequestCredentials::Omit)
        .referrer_policy(ReferrerPolicy::NoReferrer);
    let sent = match results {
        Some(results) => request
            .header("content-type", wire::RESULTS_MEDIA_TYPE)
            .body(Uint8Array::from(results.as_bytes()))
            .map_err(|_| FetchError::Unreachable)?
            .send(),
        None => request.build().map_err(|_| FetchError::Unreachable)?.send(),
    };
    let response = sent.await.map_err(|_| FetchError::Unreachable)?;
    if response.ok() {
        Ok(())
    } else {
        Err(FetchError::Status(response.status()))
    }
}
