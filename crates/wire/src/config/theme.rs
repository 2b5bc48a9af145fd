//! Colours of an installation.

use std::collections::BTreeMap;

use core::fmt;

use json::Node;

/// Colours by name, for the custom properties `--theme-{name}`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Theme(BTreeMap<String, Colour>);

/// A colour as `#rrggbb`; nothing else can be written into a style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour([u8; 3]);

impl Colour {
    /// Reads `#rgb` or `#rrggbb`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits: Vec<u8> = text
            .strip_prefix('#')?
            .chars()
            .map(|it| it.to_digit(16).and_then(|it| u8::try_from(it).ok()))
            .collect::<Option<_>>()?;
        match digits.as_slice() {
            [r, g, b] => Some(Self([r * 17, g * 17, b * 17])),
            [r1, r2, g1, g2, b1, b2] => Some(Self([r1 * 16 + r2, g1 * 16 + g2, b1 * 16 + b2])),
            _ => None,
        }
    }

    /// Red, green and blue, 0 to 255.
    pub const fn rgb(self) -> [u8; 3] {
        self.0
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

impl Theme {
    /// Names, of small letters, digits and hyphens, with their colours.
    pub fn colours(&self) -> impl Iterator<Item = (&str, Colour)> {
        self.0.iter().map(|(name, colour)| (name.as_str(), *colour))
    }

    pub(super) fn read(node: &Node<'_>) -> Self {
        let mut colours = BTreeMap::new();
        let Some(object) = node.object() else {
            return Self::default();
        };
        for name in object.keys() {
            let Some(member) = node.member(name) else {
                continue;
            };
            let name_is_fine = (1..=40).contains(&name.len())
                && name
                    .bytes()
                    .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-');
            match member.value().as_str().and_then(Colour::parse) {
                _ if !name_is_fine => {
                    member.wrong("a colour's name of small letters and hyphens");
                }
                None => member.wrong("a colour such as \"#0050a0\""),
                Some(colour) => {
                    colours.insert(name.to_owned(), colour);
                }
            }
        }
        Self(colours)
    }
}

#[cfg(test)]
mod tests {
    use super::Colour;

    #[test]
    fn only_hexadecimal_colours_are_colours() {
        let written = |text| Colour::parse(text).map(|it| it.to_string());
        assert_eq!(written("#0050A0").as_deref(), Some("#0050a0"));
        assert_eq!(written("#fa0").as_deref(), Some("#ffaa00"));
        for bad in [
            "", "#", "red", "#12345", "#12345g", "url(x)", "#fff;}", "0050a0",
        ] {
            assert_eq!(written(bad), None, "{bad}");
        }
    }
}
