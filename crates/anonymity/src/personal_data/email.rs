//! E-mail addresses: `local@label.label`.

use core::ops::Range;

use super::words::Text;

pub(super) fn find(text: &Text<'_>) -> Vec<Range<usize>> {
    (0..text.len())
        .filter(|place| text.at(*place) == Some('@'))
        .filter_map(|at| address_around(text, at))
        .collect()
}

fn address_around(text: &Text<'_>, at: usize) -> Option<Range<usize>> {
    let local = |it: char| it.is_alphanumeric() || "._%+-".contains(it);
    let host = |it: char| it.is_alphanumeric() || it == '.' || it == '-';
    let mut start = at;
    while text.before(start).is_some_and(local) {
        start -= 1;
    }
    let mut end = at + 1;
    while text.at(end).is_some_and(host) {
        end += 1;
    }
    while end > at + 1 && text.before(end).is_some_and(|it| it == '.' || it == '-') {
        end -= 1;
    }
    let name: String = (at + 1..end).filter_map(|place| text.at(place)).collect();
    let (labels, top) = name.rsplit_once('.')?;
    let is_name = labels.split('.').all(|label| !label.is_empty())
        && top.chars().count() >= 2
        && top.chars().all(char::is_alphabetic);
    (start < at && is_name).then(|| text.bytes(start, end))
}
