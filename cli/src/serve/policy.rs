//! What a browser is told about the app's pages.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use wire::config::Endpoint;

/// The headers that every page and file of the app should be sent with. `hashes` are those of the
/// page's inline scripts; `endpoint` is where the page may send to besides its own origin.
pub(crate) fn headers_of_page(
    endpoint: Option<&Endpoint>,
    hashes: &[String],
) -> Vec<(&'static str, String)> {
    let scripts: String = hashes
        .iter()
        .map(|hash| [" '", hash, "'"].concat())
        .collect();
    let origin = endpoint
        .and_then(Endpoint::origin)
        .map(|origin| [" ", origin].concat())
        .unwrap_or_default();
    let policy = [
        "default-src 'none'",
        &format!("script-src 'self' 'wasm-unsafe-eval'{scripts}"),
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        &format!("connect-src 'self'{origin}"),
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
    .join("; ");
    let permissions = "camera=(), microphone=(), geolocation=(), browsing-topics=()";
    vec![
        ("content-security-policy", policy),
        ("referrer-policy", "no-referrer".to_owned()),
        ("x-content-type-options", "nosniff".to_owned()),
        ("cross-origin-opener-policy", "same-origin".to_owned()),
        ("cross-origin-resource-policy", "same-origin".to_owned()),
        ("permissions-policy", permissions.to_owned()),
    ]
}

/// `sha256-…` of each inline script of a page, in document order.
pub(crate) fn inline_script_hashes(html: &str) -> Vec<String> {
    let mut hashes = Vec::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once("<script") {
        let Some((attributes, after)) = after.split_once('>') else {
            break;
        };
        let Some((script, after)) = after.split_once("</script") else {
            break;
        };
        let has_source = attributes
            .split_ascii_whitespace()
            .any(|it| it.starts_with("src=") || it == "src");
        if !has_source {
            let digest = STANDARD.encode(Sha256::digest(script.as_bytes()));
            hashes.push(format!("sha256-{digest}"));
        }
        rest = after;
    }
    hashes
}
