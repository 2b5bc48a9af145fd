//! Character references of HTML.

/// Named references that people write in questionnaires. Sorted by use.
const NAMED: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("shy", '\u{ad}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bull", '•'),
    ("middot", '·'),
    ("auml", 'ä'),
    ("Auml", 'Ä'),
    ("ouml", 'ö'),
    ("Ouml", 'Ö'),
    ("aring", 'å'),
    ("Aring", 'Å'),
    ("eacute", 'é'),
    ("euro", '€'),
    ("sect", '§'),
    ("deg", '°'),
    ("times", '×'),
    ("le", '≤'),
    ("ge", '≥'),
    ("rarr", '→'),
    ("larr", '←'),
    ("copy", '©'),
    ("colon", ':'),
    ("Tab", '\t'),
    ("NewLine", '\n'),
];

/// Replaces character references; unknown ones stay as they are.
pub(super) fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, reference) = rest.split_at(at);
        out.push_str(before);
        let (character, length) = reference_at(reference).unwrap_or(('&', 1));
        out.push(character);
        rest = reference.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// The character a reference stands for, and the reference's length in bytes.
fn reference_at(text: &str) -> Option<(char, usize)> {
    let body = text.strip_prefix('&')?;
    if let Some(number) = body.strip_prefix('#') {
        let (digits, radix, prefix) = match number.strip_prefix(['x', 'X']) {
            Some(hex) => (hex, 16, 3),
            None => (number, 10, 2),
        };
        let length = digits
            .bytes()
            .take_while(|byte| char::from(*byte).is_digit(radix))
            .count();
        let code = u32::from_str_radix(digits.get(..length)?, radix);
        if length == 0 {
            return None;
        }
        let character = code
            .ok()
            .filter(|code| *code != 0)
            .and_then(char::from_u32)
            .unwrap_or(char::REPLACEMENT_CHARACTER);
        let semicolon = usize::from(digits.as_bytes().get(length) == Some(&b';'));
        return Some((character, prefix + length + semicolon));
    }
    let (name, character) = NAMED.iter().find(|(name, _)| {
        body.strip_prefix(name)
            .is_some_and(|rest| rest.starts_with(';'))
    })?;
    Some((*character, name.len() + 2))
}
