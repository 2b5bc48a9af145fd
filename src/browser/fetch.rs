//! Requests: reading the installation's files, sending a response.
//!
//! `index.html` asks for the first files before the program has arrived and keeps the promises in
//! `window.early`; [`text`] takes them up.

use gloo_net::http::{Method, RequestBuilder, Response};
use js_sys::{Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

use super::{member, window};

/// Why nothing usable came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FetchError {
    /// No answer at all: offline, refused, too late.
    Unreachable,
    /// An answer with this HTTP status.
    Status(u16),
}

/// What an endpoint answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body, as text.
    pub body: String,
    /// `Retry-After`, if it is a number of seconds.
    pub retry_after_secs: Option<u64>,
}

/// Fetches a file of the installation as text.
///
/// # Errors
///
/// When there is no such file; a server that answers every address with the start page counts as
/// not having it.
pub async fn text(url: &str) -> Result<String, FetchError> {
    let response = match early(url).await {
        Some(response) => response,
        None => request(url, Method::GET)
            .send()
            .await
            .map_err(|_| FetchError::Unreachable)?,
    };
    if !response.ok() {
        return Err(FetchError::Status(response.status()));
    }
    let text = response.text().await.map_err(|_| FetchError::Unreachable)?;
    if text.trim_start().starts_with('<') {
        return Err(FetchError::Status(404));
    }
    Ok(text)
}

/// Sends `body` with `PUT` and waits at most `patience_millis` for the answer.
///
/// # Errors
///
/// Only when there is no answer; an answer of any status is an [`Answer`].
pub async fn put(
    url: &str,
    media_type: &str,
    idempotency_key: &str,
    body: &[u8],
    patience_millis: i32,
) -> Result<Answer, FetchError> {
    let unreachable = |_| FetchError::Unreachable;
    let abort = AbortController::new().map_err(|_| FetchError::Unreachable)?;
    let signal = abort.signal();
    let give_up = wasm_bindgen::closure::Closure::once_into_js(move || abort.abort());
    let timer = window()
        .set_timeout_with_callback_and_timeout_and_arguments_0(
            give_up.unchecked_ref(),
            patience_millis,
        )
        .ok();
    let answer = async {
        let response = request(url, Method::PUT)
            .header("content-type", media_type)
            .header(wire::routes::IDEMPOTENCY_KEY, idempotency_key)
            .abort_signal(Some(&signal))
            .body(Uint8Array::from(body))
            .map_err(unreachable)?
            .send()
            .await
            .map_err(unreachable)?;
        Ok(Answer {
            status: response.status(),
            retry_after_secs: response
                .headers()
                .get("retry-after")
                .and_then(|it| it.trim().parse().ok()),
            body: response.text().await.map_err(unreachable)?,
        })
    }
    .await;
    if let Some(timer) = timer {
        window().clear_timeout_with_handle(timer);
    }
    answer
}

fn request(url: &str, method: Method) -> RequestBuilder {
    RequestBuilder::new(url)
        .method(method)
        .credentials(web_sys::RequestCredentials::Omit)
        .referrer_policy(web_sys::ReferrerPolicy::NoReferrer)
}

/// The answer to a request that the page itself made early; each is taken once.
async fn early(url: &str) -> Option<Response> {
    let promises: JsValue = member(&window(), "early")?;
    let promise: Promise = member(&promises, url)?;
    let early: &js_sys::Object = promises.dyn_ref()?;
    Reflect::delete_property(early, &JsValue::from_str(url)).ok()?;
    let response = JsFuture::from(promise).await.ok()?;
    Some(response.dyn_into::<web_sys::Response>().ok()?.into())
}
