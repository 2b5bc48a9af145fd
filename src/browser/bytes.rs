//! Bytes as they come: from the endpoint, or from a file on disk.

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    File, ReadableStream, ReadableStreamDefaultReader, ReadableWritablePair, WritableStream,
};

use super::fetch::{FetchError, header, request, send, set_headers, success};

#[wasm_bindgen]
extern "C" {
    /// The browser's own, which the bindings do not know yet.
    type DecompressionStream;

    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<DecompressionStream, JsValue>;

    #[wasm_bindgen(method, getter)]
    fn readable(this: &DecompressionStream) -> ReadableStream;

    #[wasm_bindgen(method, getter)]
    fn writable(this: &DecompressionStream) -> WritableStream;
}

/// Why there are no bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BytesProblem {
    /// No answer from the network.
    Unreachable,
    /// An answer with this status.
    Status(u16),
    /// It broke off on the way.
    Broken,
    /// A packed file that ends before its end, or is damaged.
    CutOff,
    /// A file that is packed in a way the browser does not know, or a workbook.
    Packed,
}

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
/// Also the beginning of workbooks.
const ZIP: &[u8] = b"PK\x03\x04";

impl From<FetchError> for BytesProblem {
    fn from(problem: FetchError) -> Self {
        match problem {
            FetchError::Unreachable => Self::Unreachable,
            FetchError::Status(status) => Self::Status(status),
        }
    }
}

/// A stream that is read piece by piece; stops when dropped.
pub struct Bytes {
    reader: ReadableStreamDefaultReader,
    length: Option<u64>,
    is_packed: bool,
}

impl Bytes {
    /// Asks `url` for a list of envelopes with the organiser's key.
    ///
    /// # Errors
    ///
    /// When nothing or something else than success comes back.
    pub async fn of_endpoint(url: &str, key: &str) -> Result<Self, BytesProblem> {
        let request = request("GET");
        let pass = ["Bearer ", key].concat();
        let headers = [
            ("authorization", pass.as_str()),
            ("accept", wire::routes::NDJSON),
        ];
        set_headers(&request, &headers)?;
        let response = success(send(url, &request).await?)?;
        let is_encoded = header(&response, "content-encoding").is_some();
        let length = header(&response, "content-length")
            .filter(|_| !is_encoded)
            .and_then(|it| it.parse().ok());
        let stream = response.body().ok_or(BytesProblem::Broken)?;
        Self::of_stream(&stream, length)
    }

    /// Reads a file from disk, and unpacks it if it is packed with gzip.
    ///
    /// # Errors
    ///
    /// When the browser cannot read or unpack it.
    pub async fn of_file(file: &File) -> Result<Self, BytesProblem> {
        let head = head(file).await.map_err(|_| BytesProblem::Broken)?;
        if head.starts_with(GZIP) {
            let unpacked = unpacked(file).map_err(|_| BytesProblem::Packed)?;
            let mut bytes = Self::of_stream(&unpacked, None)?;
            bytes.is_packed = true;
            return Ok(bytes);
        }
        if head == ZSTD || head == ZIP {
            return Err(BytesProblem::Packed);
        }
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
        Ok(Self {
            reader,
            length,
            is_packed: false,
        })
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
        let broken = if self.is_packed {
            BytesProblem::CutOff
        } else {
            BytesProblem::Broken
        };
        let piece = JsFuture::from(self.reader.read())
            .await
            .map_err(|_| broken)?;
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

/// The first four bytes, which tell how a file is packed.
async fn head(file: &File) -> Result<Vec<u8>, JsValue> {
    let head = file.slice_with_f64_and_f64(0.0, 4.0)?;
    let buffer = JsFuture::from(head.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

fn unpacked(file: &File) -> Result<ReadableStream, JsValue> {
    let gzip = DecompressionStream::new("gzip")?;
    let both = ReadableWritablePair::new(&gzip.readable(), &gzip.writable());
    Ok(file.stream().pipe_through(&both))
}

/// The first bytes of a file, about `most` of them, unpacked if it is packed.
///
/// # Errors
///
/// When the browser cannot read or unpack it.
pub async fn head_of_file(file: &File, most: usize) -> Result<Vec<u8>, BytesProblem> {
    let mut bytes = Bytes::of_file(file).await?;
    let mut head = Vec::new();
    while head.len() < most {
        let piece = match bytes.next().await {
            // What comes before the break is looked at; reading tells that it breaks off.
            Err(BytesProblem::CutOff) if !head.is_empty() => break,
            piece => piece?,
        };
        let Some(piece) = piece else {
            break;
        };
        head.extend(piece.to_vec());
    }
    Ok(head)
}

/// The whole of a small file as text.
///
/// # Errors
///
/// When the browser cannot read it.
pub async fn text_of_file(file: &File) -> Result<String, BytesProblem> {
    let text = JsFuture::from(file.text()).await;
    let text = text.map_err(|_| BytesProblem::Broken)?;
    text.as_string().ok_or(BytesProblem::Broken)
}

impl Drop for Bytes {
    fn drop(&mut self) {
        // Of a stream that broke off the promise is refused, which is no news.
        let done = self.reader.cancel();
        wasm_bindgen_futures::spawn_local(async move {
            let _ = JsFuture::from(done).await;
        });
    }
}
