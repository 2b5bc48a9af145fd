//! The known name that a misspelt one most likely stands for.

/// The one of `known` that is at most two single-letter edits (one for short names) away from
/// `name`; the earliest of equally near ones.
pub fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let allowed = if name.chars().count() < 5 { 1 } else { 2 };
    known
        .iter()
        .map(|&candidate| (distance(name, candidate), candidate))
        .filter(|(edits, _)| *edits <= allowed)
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, candidate)| candidate)
}

/// Levenshtein distance without regard to ASCII case, row by row.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (down, from) in left.chars().enumerate() {
        let mut diagonal = down;
        let mut before = down + 1;
        for (slot, to) in row.iter_mut().skip(1).zip(&right) {
            let substituted = diagonal + usize::from(!from.eq_ignore_ascii_case(to));
            diagonal = *slot;
            before = substituted.min(diagonal + 1).min(before + 1);
            *slot = before;
        }
        if let Some(first) = row.first_mut() {
            *first = down + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};

    #[test]
    fn distances_are_those_of_the_textbook() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", ""), 3);
        assert_eq!(distance("Titel", "title"), 2);
        assert_eq!(distance("same", "same"), 0);
    }

    #[test]
    fn a_near_name_is_suggested_and_a_far_one_is_not() {
        let known = ["title", "endpoint", "id"];
        assert_eq!(nearest("titel", &known), Some("title"));
        assert_eq!(nearest("Endpoint", &known), Some("endpoint"));
        assert_eq!(nearest("ix", &known), Some("id"));
        assert_eq!(nearest("colour", &known), None);
    }
}
