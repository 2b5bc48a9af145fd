//! Where responses go.

use core::fmt;

use json::Node;

/// A path of the app's own origin (`/api`), or an `https` address; plain `http` only on the
/// machine itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint(String);

impl Endpoint {
    /// An endpoint, if `text` is one.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim_end_matches('/');
        let path_is_fine = |path: &str| {
            path.bytes()
                .all(|it| it.is_ascii_alphanumeric() || b"/-._~%".contains(&it))
                && !path.contains("//")
                && !path.split('/').any(|step| step == "." || step == "..")
        };
        let fine = match split(text) {
            Some((scheme, host, path)) => {
                let on_this_machine = ["localhost", "127.0.0.1", "[::1]"]
                    .iter()
                    .any(|it| host.strip_prefix(it).is_some_and(is_port));
                (scheme == "https" && is_host(host) || scheme == "http" && on_this_machine)
                    && path_is_fine(path)
            }
            None => text.starts_with('/') && path_is_fine(text),
        };
        fine.then(|| Self(text.to_owned()))
    }

    pub(super) fn read(node: &Node<'_>) -> Option<Self> {
        let endpoint = node.value().as_str().and_then(Self::new);
        if endpoint.is_none() {
            node.wrong(
                "a path such as \"/api\", or an https address such as \
                 \"https://vastaukset.example.fi/api\"",
            );
        }
        endpoint
    }

    /// As written, without a slash at the end.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The origin that a Content-Security-Policy must allow besides the app's own.
    pub fn origin(&self) -> Option<&str> {
        let (scheme, host, _) = split(&self.0)?;
        self.0.get(..scheme.len() + 3 + host.len())
    }

    /// The path below the origin, without a slash at the end; empty for the root.
    pub fn path(&self) -> &str {
        split(&self.0).map_or(&self.0, |(_, _, path)| path)
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Scheme, host with port, and path with its leading slash.
fn split(text: &str) -> Option<(&str, &str, &str)> {
    let (scheme, rest) = text.split_once("://")?;
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    Some((scheme, host, path))
}

fn is_host(text: &str) -> bool {
    let (name, port) = text.split_at(text.find(':').unwrap_or(text.len()));
    !name.is_empty()
        && name
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || it == b'-' || it == b'.')
        && is_port(port)
}

/// Nothing, or a colon and up to five digits.
fn is_port(text: &str) -> bool {
    text.is_empty()
        || text.strip_prefix(':').is_some_and(|it| {
            (1..=5).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_digit())
        })
}

#[cfg(test)]
mod tests {
    use super::Endpoint;

    #[test]
    fn a_path_or_a_secure_address_is_an_endpoint() {
        for (text, origin, path) in [
            ("/api", None, "/api"),
            ("/", None, ""),
            ("/v1/api/", None, "/v1/api"),
            ("https://a.example.fi", Some("https://a.example.fi"), ""),
            ("https://a.fi:8443/api", Some("https://a.fi:8443"), "/api"),
            (
                "http://127.0.0.1:9000/api",
                Some("http://127.0.0.1:9000"),
                "/api",
            ),
            ("http://localhost/x", Some("http://localhost"), "/x"),
        ] {
            let endpoint = Endpoint::new(text);
            if text == "/" {
                assert_eq!(endpoint, None, "the root belongs to the app");
                continue;
            }
            let endpoint = endpoint.expect(text);
            assert_eq!(
                (endpoint.origin(), endpoint.path()),
                (origin, path),
                "{text}"
            );
        }
    }

    #[test]
    fn what_could_smuggle_words_into_a_policy_is_not() {
        for text in [
            "",
            "api",
            "//evil.example",
            "http://example.fi/api",
            "http://localhost.evil.example",
            "https://",
            "https://a b.fi",
            "https://a.fi; script-src *",
            "https://a.fi/x; script-src *",
            "https://user@a.fi",
            "javascript:alert(1)",
            "/api/../x",
            "/a?b",
            "/a#b",
            "https://a.fi:x",
        ] {
            assert_eq!(Endpoint::new(text), None, "{text}");
        }
    }
}
