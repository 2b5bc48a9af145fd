//! Requests: reading the installation's files, sending a response.
//!
//! `index.html` asks for the first files before the program has arrived and keeps promises in
//! `window.early`, of their texts or of the status that came instead; [`text`] takes them up.

use js_sys::{Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Headers, ReferrerPolicy, RequestCredentials, RequestInit, Response,
};

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
    let text = match early(url).await {
        Some(text) => text?,
        None => whole_text(&success(send(url, &request("GET")).await?)?).await?,
    };
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
    let abort = AbortController::new().map_err(|_| FetchError::Unreachable)?;
    let request = request("PUT");
    request.set_signal(Some(&abort.signal()));
    let headers = [
        ("content-type", media_type),
        (wire::routes::IDEMPOTENCY_KEY, idempotency_key),
    ];
    set_headers(&request, &headers)?;
    request.set_body(&Uint8Array::from(body));
    let give_up = wasm_bindgen::closure::Closure::once_into_js(move || abort.abort());
    let timer = window()
        .set_timeout_with_callback_and_timeout_and_arguments_0(
            give_up.unchecked_ref(),
            patience_millis,
        )
        .ok();
    let answer = async {
        let response = send(url, &request).await?;
        Ok(Answer {
            status: response.status(),
            retry_after_secs: header(&response, "retry-after")
                .and_then(|it| it.trim().parse().ok()),
            body: whole_text(&response).await?,
        })
    }
    .await;
    if let Some(timer) = timer {
        window().clear_timeout_with_handle(timer);
    }
    answer
}

/// A request without cookies that does not tell where it comes from.
pub(super) fn request(method: &str) -> RequestInit {
    let request = RequestInit::new();
    request.set_method(method);
    request.set_credentials(RequestCredentials::Omit);
    request.set_referrer_policy(ReferrerPolicy::NoReferrer);
    request
}

/// Gives a request its headers.
///
/// # Errors
///
/// When one of them cannot be sent.
pub(super) fn set_headers(
    request: &RequestInit,
    headers: &[(&str, &str)],
) -> Result<(), FetchError> {
    let set = || {
        let all = Headers::new()?;
        for (name, value) in headers {
            all.set(name, value)?;
        }
        request.set_headers(&all);
        Ok::<_, JsValue>(())
    };
    set().map_err(|_| FetchError::Unreachable)
}

/// Sends a request.
///
/// # Errors
///
/// When nothing answers.
pub(super) async fn send(url: &str, request: &RequestInit) -> Result<Response, FetchError> {
    let answer = JsFuture::from(window().fetch_with_str_and_init(url, request)).await;
    answer
        .ok()
        .and_then(|it| it.dyn_into().ok())
        .ok_or(FetchError::Unreachable)
}

/// What was answered, if that is a success.
///
/// # Errors
///
/// When it is not: its status.
pub(super) fn success(response: Response) -> Result<Response, FetchError> {
    if response.ok() {
        Ok(response)
    } else {
        Err(FetchError::Status(response.status()))
    }
}

/// A header of an answer.
pub(super) fn header(response: &Response, name: &str) -> Option<String> {
    response.headers().get(name).ok()?
}

async fn whole_text(response: &Response) -> Result<String, FetchError> {
    let text = response.text().map_err(|_| FetchError::Unreachable)?;
    let text = JsFuture::from(text).await.ok();
    text.and_then(|it| it.as_string())
        .ok_or(FetchError::Unreachable)
}

/// What a request brought that the page itself made early; each is taken once.
///
/// A text that is here already costs no turn of the browser, in which it would draw a page without
/// questions.
async fn early(url: &str) -> Option<Result<String, FetchError>> {
    let promises: JsValue = member(&window(), "early")?;
    let promise: Promise = member(&promises, url)?;
    let early: &js_sys::Object = promises.dyn_ref()?;
    Reflect::delete_property(early, &JsValue::from_str(url)).ok()?;
    let sent = JsFuture::from(promise).await.ok()?;
    if let Some(text) = sent.as_string() {
        return Some(Ok(text));
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "an HTTP status"
    )]
    let status = sent.as_f64()? as u16;
    Some(Err(FetchError::Status(status)))
}
