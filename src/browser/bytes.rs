//! Bytes as they come: from the endpoint, or from a file on disk.

use gloo_net::http::Request;
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    File, ReadableStream, ReadableStreamDefaultReader, ReferrerPolicy, RequestCredentials,
};

/// Why there are no bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BytesProblem {
    /// No answer from the network.
    Unreachable,
    /// An answer with this status.
    Status(u16),
    /// It broke off on the way.
    Broken,
}

/// A stream that is read piece by piece; stops when dropped.
pub struct Bytes {
    reader: ReadableStreamDefaultReader,
    length: Option<u64>,
}

impl Bytes {
    /// Asks `url` for a list of envelopes with the organiser's key.
    ///
    /// # Errors
    ///
    /// When nothing or something else than success comes back.
    pub async fn of_endpoint(url: &str, key: &str) -> Result<Self, BytesProblem> {
        let response = Request::get(url)
            .header("authorization", &format!("Bearer {key}"))
            .header("accept", wire::routes::NDJSON)
            .credentials(RequestCredentials::Omit)
            .referrer_policy(ReferrerPolicy::NoReferrer)
            .send()
            .await
            .map_err(|_| BytesProblem::Unreachable)?;
        if !response.ok() {
            return Err(BytesProblem::Status(response.status()));
        }
        let is_encoded = response.headers().get("content-encoding").is_some();
        let length = response
            .headers()
            .get("content-length")
            .filter(|_| !is_encoded)
            .and_then(|it| it.parse().ok());
        let stream = response.body().ok_or(BytesProblem::Broken)?;
        Self::of_stream(&stream, length)
    }

    /// Reads a file from disk.
    ///
    /// # Errors
    ///
    /// When the browser cannot read it.
    pub fn of_file(file: &File) -> Result<Self, BytesProblem> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a file's size is a whole number"
        )]
        let length = file.size() as u64;
        Self::of_stream(&file.stream(), Some(length))
    }

    fn of_stream(stream: &ReadableStream, length: Option<u64>) -> Result<Self, BytesProblem> {
        let reader = stream
            .get_reader()
            .dyn_into()
            .map_err(|_| BytesProblem::Broken)?;
        Ok(Self { reader, length })
    }

    /// How many bytes will come, if that is known.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    ///
    /// When the stream breaks off.
    pub async fn next(&mut self) -> Result<Option<Uint8Array>, BytesProblem> {
        let piece = JsFuture::from(self.reader.read())
            .await
            .map_err(|_| BytesProblem::Broken)?;
        let get = |name: &str| {
            Reflect::get(&piece, &JsValue::from_str(name)).map_err(|_| BytesProblem::Broken)
        };
        if get("done")?.is_truthy() {
            return Ok(None);
        }
        get("value")?
            .dyn_into()
            .map(Some)
            .map_err(|_| BytesProblem::Broken)
    }
}

impl Drop for Bytes {
    fn drop(&mut self) {
        let _ = self.reader.cancel();
    }
}
