//! Addresses that may be followed or drawn.

/// Schemes that a link may have.
const SCHEMES: &[&str] = &["https", "http", "mailto", "tel"];

/// True for an address that a link may lead to: `https:`, `http:`, `mailto:`, `tel:`, or a place
/// on this site. Character references must have been replaced before.
pub fn is_safe_link(address: &str) -> bool {
    match scheme(address) {
        Some(scheme) => SCHEMES.contains(&scheme.as_str()),
        None => visible(address).next().is_some(),
    }
}

/// True for a picture of this installation, or one that stands in the address itself.
pub fn is_own_image(address: &str) -> bool {
    let Some(scheme) = scheme(address) else {
        let start: String = visible(address).take(2).collect();
        return start == "/" || start.chars().any(|c| c != '/' && c != '\\');
    };
    let kind = address
        .trim_start()
        .get(5..)
        .and_then(|rest| rest.strip_prefix("image/"));
    scheme == "data"
        && kind.is_some_and(|kind| {
            ["png", "jpeg", "gif", "webp", "avif", "svg+xml"]
                .iter()
                .any(|it| kind.starts_with(it))
        })
}

/// Everything before the first `:`, unless a path starts before it; in lower case, without the
/// spaces and control characters that browsers skip.
fn scheme(address: &str) -> Option<String> {
    let mut scheme = String::new();
    for character in visible(address) {
        match character {
            ':' => return Some(scheme),
            '/' | '\\' | '?' | '#' => return None,
            other => scheme.push(other.to_ascii_lowercase()),
        }
    }
    None
}

fn visible(address: &str) -> impl Iterator<Item = char> {
    address
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control() && !is_invisible(*c))
}

/// Zero-width and direction characters.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}
