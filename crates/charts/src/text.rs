//! How wide a text is, and where it may be broken, without asking a browser.

/// The width of `text` in pixels at `size`, for the usual sans-serif faces; errs on the wide side.
pub(crate) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size * 1.1
}

/// The advance of one character in em: classes of similar letters are enough to lay out labels.
fn advance(letter: char) -> f64 {
    match letter {
        '\u{ad}' => 0.0,
        'i' | 'j' | 'l' | '\'' | '|' | '.' | ',' | ':' | ';' | '!' => 0.26,
        ' ' | '\u{a0}' | '\u{202f}' | 'I' | 't' | 'f' | '/' | '[' | ']' => 0.3,
        'r' | '(' | ')' | '-' | '"' => 0.36,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | 'J' => 0.52,
        'm' | 'M' => 0.87,
        'w' => 0.75,
        'W' => 0.98,
        '%' => 0.9,
        '–' => 0.56,
        '—' | '…' => 1.0,
        _ if letter.is_uppercase() => 0.71,
        _ => 0.575,
    }
}

/// Breaks `text` into lines of at most `room` pixels; a word that is too long for a line of its
/// own is hyphenated.
pub(crate) fn wrap(text: &str, size: f64, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let joined = if line.is_empty() {
            word.to_owned()
        } else {
            format!("{line} {word}")
        };
        if width(&joined, size) <= room {
            line = joined;
            continue;
        }
        if !line.is_empty() {
            lines.push(core::mem::take(&mut line));
        }
        line = break_word(word, size, room, &mut lines);
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// Puts the full lines of a too long word into `lines` and returns what is left of it.
fn break_word(word: &str, size: f64, room: f64, lines: &mut Vec<String>) -> String {
    let mut rest: Vec<char> = word.chars().collect();
    while width(&rest.iter().collect::<String>(), size) > room {
        let Some(at) = break_point(&rest, size, room) else {
            break;
        };
        let tail = rest.split_off(at);
        let mut head: String = rest.iter().collect();
        if !head.ends_with(['-', '–', '/']) {
            head.push('-');
        }
        lines.push(head);
        rest = tail;
    }
    rest.into_iter().collect()
}

/// The last good place to break that leaves the beginning, with its hyphen, within `room`: after a
/// dash or a slash, else before a consonant that a vowel follows (the Finnish rule, tolerable in
/// Swedish), else anywhere.
fn break_point(word: &[char], size: f64, room: f64) -> Option<usize> {
    let fits = |at: usize| width(&word.iter().take(at).collect::<String>(), size) <= room;
    let hyphen = width("-", size);
    let hyphen_fits =
        |at: usize| width(&word.iter().take(at).collect::<String>(), size) + hyphen <= room;
    let at = |ix: usize| word.get(ix).copied().unwrap_or(' ');
    let places = || (2..word.len().saturating_sub(1)).rev();
    places()
        .find(|&ix| matches!(at(ix - 1), '-' | '–' | '/') && fits(ix))
        .or_else(|| {
            places().find(|&ix| !is_vowel(at(ix)) && is_vowel(at(ix + 1)) && hyphen_fits(ix))
        })
        .or_else(|| (1..word.len()).rev().find(|&ix| hyphen_fits(ix)))
}

fn is_vowel(letter: char) -> bool {
    "aeiouyäöåAEIOUYÄÖÅ".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_long_finnish_compound_is_broken_between_syllables() {
        assert_eq!(
            wrap("Hyvinvointikoordinaattori kunnassa", 14.0, 110.0),
            ["Hyvinvointi-", "koordinaattori", "kunnassa"]
        );
    }

    #[test]
    fn a_word_with_a_slash_is_broken_after_it() {
        assert_eq!(
            wrap("viran-/toimenhaltija", 14.0, 100.0),
            ["viran-/", "toimenhaltija"]
        );
    }

    #[test]
    fn an_empty_text_is_one_empty_line() {
        assert_eq!(wrap("", 14.0, 100.0), [""]);
    }

    proptest! {
        #[test]
        fn every_line_fits_and_no_letter_is_lost(text in "[a-zäöA-Z ]{0,80}", room in 40.0_f64..300.0) {
            let lines = wrap(&text, 14.0, room);
            for line in &lines {
                prop_assert!(width(line, 14.0) <= room, "{line:?} is too wide for {room}");
            }
            let letters = |it: &str| it.chars().filter(|c| c.is_alphabetic()).collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
        }
    }
}
