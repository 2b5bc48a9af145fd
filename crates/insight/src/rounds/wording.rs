//! How far apart two wordings are.

use questionnaire::localized::Localized;

/// What changed between two texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rewording {
    /// Nothing but spaces, or no language is in both.
    None,
    /// Not every language that both have, or the spelling alone: signs, capitals, a slip in a word.
    Slight,
    /// Other words, in every language that both have.
    Plain,
}

/// Compares two texts in the languages that both have.
pub(super) fn rewording(before: &Localized, now: &Localized) -> Rewording {
    let shared = now
        .languages()
        .filter_map(|language| Some((before.get(language)?, now.get(language)?)));
    let changes: Vec<Rewording> = shared.map(|(before, now)| change(before, now)).collect();
    let all = changes.iter().min().copied();
    let most = changes.iter().max().copied();
    match (all, most) {
        (Some(Rewording::Plain), _) => Rewording::Plain,
        (_, Some(Rewording::Slight | Rewording::Plain)) => Rewording::Slight,
        _ => Rewording::None,
    }
}

fn change(before: &str, now: &str) -> Rewording {
    if before.split_whitespace().eq(now.split_whitespace()) {
        return Rewording::None;
    }
    let (before, now) = (words(before), words(now));
    let is_slight = before.concat() == now.concat()
        || (before.len() == now.len() && before.iter().zip(&now).all(|it| is_slip(it.0, it.1)));
    if is_slight {
        Rewording::Slight
    } else {
        Rewording::Plain
    }
}

/// Letters and digits in lower case, word by word.
fn words(text: &str) -> Vec<Vec<char>> {
    let letters = |word: &str| -> Vec<char> {
        let chars = word.chars().filter(|it| it.is_alphanumeric());
        chars.flat_map(char::to_lowercase).collect()
    };
    let words = text.split_whitespace().map(letters);
    words.filter(|it| !it.is_empty()).collect()
}

/// True where two words are the same but for at most two letters in one place, and a third of them:
/// in a short word one letter may turn the meaning round.
fn is_slip(one: &[char], other: &[char]) -> bool {
    const LETTERS: usize = 2;
    let shorter = one.len().min(other.len());
    let longer = one.len().max(other.len());
    let same = |pairs: &mut dyn Iterator<Item = (&char, &char)>| {
        pairs.take_while(|(one, other)| one == other).count()
    };
    let before = same(&mut one.iter().zip(other));
    let after = same(&mut one.iter().rev().zip(other.iter().rev()));
    let changed = longer - (before + after).min(shorter);
    changed <= LETTERS && changed * 3 <= longer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(before: &str, now: &str) -> Rewording {
        rewording(&Localized::plain(before), &Localized::plain(now))
    }

    #[test]
    fn spelling_is_no_other_wording() {
        use Rewording::{None, Plain, Slight};
        for (before, now, expected) in [
            ("Miten  voit?", "Miten voit?", None),
            ("Miten voit?", "miten voit", Slight),
            ("Muutitkko?", "Muutitko?", Slight),
            ("Terveyden tila", "Terveydentila", Slight),
            (
                "Millainen terveytesi on?",
                "Millainen on terveytesi yleensä?",
                Plain,
            ),
            ("En voi hyvin", "Voin hyvin", Plain),
            ("Se on hyvä", "Se ei hyvä", Plain),
            ("Oletko tyytyväinen", "Oletko tyytymätön", Plain),
        ] {
            assert_eq!(plain(before, now), expected, "{before} – {now}");
            assert_eq!(plain(now, before), expected, "{now} – {before}");
        }
    }
}
