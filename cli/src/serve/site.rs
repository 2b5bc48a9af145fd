//! The app's files.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use sha2::{Digest as _, Sha256};
use wire::config::Config;

use super::policy::{headers_of_page, inline_script_hashes};

/// A router that serves the files of `dist`, read anew for each request so that a rebuilt app shows
/// at once.
pub(super) fn files(dist: &Path) -> Router {
    Router::new()
        .fallback(answer)
        .with_state(Arc::new(dist.to_path_buf()))
}

async fn answer(
    State(dist): State<Arc<PathBuf>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return (
            StatusCode::METHOD_NOT_ALLOWED,
            [(header::ALLOW, "GET, HEAD")],
        )
            .into_response();
    }
    let path = uri.path().to_owned();
    let found = tokio::task::spawn_blocking(move || find(&dist, &path, &headers)).await;
    let mut response = match found {
        Ok(Some(response)) => response,
        Ok(None) => (StatusCode::NOT_FOUND, "There is nothing at this address.\n").into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    };
    if method == Method::HEAD {
        *response.body_mut() = Body::empty();
    }
    response
}

fn find(dist: &Path, path: &str, headers: &HeaderMap) -> Option<Response> {
    let name = file_name(dist, path)?;
    let file = dist.join(&name);
    let plain = std::fs::read(&file).ok()?;
    let policy = if has_extension(&name, "html") {
        inline_script_hashes(&String::from_utf8_lossy(&plain))
    } else {
        Vec::new()
    };
    let (encoding, bytes) =
        encoded(&file, headers).map_or((None, plain), |(encoding, bytes)| (Some(encoding), bytes));
    let tag = format!("\"{:x}\"", Sha256::digest(&bytes));
    let unchanged = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|it| it.to_str().ok())
        .is_some_and(|it| it.split(',').any(|one| one.trim() == tag));
    let mut response = if unchanged {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        bytes.into_response()
    };
    let out = response.headers_mut();
    let config = std::fs::read_to_string(dist.join("config.json"))
        .ok()
        .and_then(|text| Config::parse(&text).ok());
    let endpoint = config.as_ref().map(|it| &it.endpoint);
    for (name, value) in headers_of_page(endpoint, &policy) {
        if let Ok(value) = HeaderValue::from_str(&value) {
            out.insert(HeaderName::from_static(name), value);
        }
    }
    let cached = if is_hashed(&name) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(cached));
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    out.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(media_type(&name)),
    );
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        out.insert(header::ETAG, tag);
    }
    if let Some(encoding) = encoding {
        out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    Some(response)
}

/// The file below `dist` that answers for a path: the file itself, or the page whose router knows
/// the path.
fn file_name(dist: &Path, path: &str) -> Option<String> {
    let steps: Vec<&str> = path.split('/').filter(|step| !step.is_empty()).collect();
    let plain = |step: &&str| {
        !step.starts_with('.')
            && step
                .bytes()
                .all(|it| it.is_ascii_alphanumeric() || b"._-@".contains(&it))
    };
    let name = steps.join("/");
    let is_file = steps.iter().all(plain) && !steps.is_empty() && dist.join(&name).is_file();
    match steps.as_slice() {
        _ if is_file => Some(name),
        ["organise" | "results", ..] => Some("organise.html".to_owned()),
        [.., last] if last.contains('.') => None,
        _ => Some("index.html".to_owned()),
    }
}

/// The smallest precompressed form that the browser takes.
fn encoded(file: &Path, headers: &HeaderMap) -> Option<(&'static str, Vec<u8>)> {
    let accepted: Vec<&str> = headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|it| it.to_str().ok())
        .flat_map(|it| it.split(','))
        .collect();
    [("br", "br"), ("gzip", "gz")]
        .into_iter()
        .filter(|(encoding, _)| accepted.iter().any(|it| accepts(it, encoding)))
        .find_map(|(encoding, ending)| {
            let mut path = file.as_os_str().to_owned();
            path.push(".");
            path.push(ending);
            Some((encoding, std::fs::read(path).ok()?))
        })
}

/// Whether one member of `Accept-Encoding` is `encoding` with a weight above zero.
fn accepts(member: &str, encoding: &str) -> bool {
    let mut parts = member.split(';').map(str::trim);
    let named = parts
        .next()
        .is_some_and(|name| name.eq_ignore_ascii_case(encoding));
    let refused = parts.any(|it| {
        it.strip_prefix("q=")
            .and_then(|weight| weight.parse::<f32>().ok())
            .is_some_and(|weight| weight <= 0.0)
    });
    named && !refused
}

/// Whether a file's name carries the hash of its content, so that it never changes.
fn is_hashed(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.split(['-', '_', '.']).any(|part| {
        part.len() >= 12
            && part
                .bytes()
                .all(|it| it.is_ascii_digit() || (b'a'..=b'f').contains(&it))
    })
}

fn has_extension(name: &str, extension: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|it| it == extension)
}

fn media_type(name: &str) -> &'static str {
    let extension = Path::new(name).extension().and_then(|it| it.to_str());
    match extension.unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "ndjson" => "application/x-ndjson",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
