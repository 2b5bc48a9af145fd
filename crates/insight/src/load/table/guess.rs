//! Guessing a mapping from the headings of a file.
//!
//! Three habits are known. Plain files and ours name variables (`mood`, `services.bus`).
//! `LimeSurvey` names a question's code with the sub-question in brackets or after an underscore
//! (`services[bus]`, `hobbies_walk`), or writes the text instead or behind it
//! (`Services [The bus]`, `services[bus]. Services [The bus]`). Webropol writes the question's number and text, and after a
//! colon the row or the choice (`3. Palvelut: Bussi`), ticks as 1 and 0, and choices by place.

use questionnaire::localized::Localized;

use super::mapping::{Mapped, Mapping};
use super::places::Positions;
use crate::codebook::{Category, Codebook, Item, Kind, Question};

/// Maps every heading that can be recognised; the others are left out.
pub(crate) fn guess<'a>(codebook: &Codebook, headings: impl Iterator<Item = &'a str>) -> Mapping {
    let columns = headings.filter_map(|heading| {
        let mapped = by_name(codebook, heading).or_else(|| by_text(codebook, heading))?;
        Some(Mapped {
            heading: heading.to_owned(),
            ..mapped
        })
    });
    Mapping {
        delimiter: None,
        columns: columns.collect(),
    }
}

fn by_name(codebook: &Codebook, heading: &str) -> Option<Mapped> {
    let heading = heading.trim();
    by_code(codebook, heading).or_else(|| by_code(codebook, heading.split_once(". ")?.0))
}

fn by_code(codebook: &Codebook, heading: &str) -> Option<Mapped> {
    if let Some((_, item)) = codebook.item(heading) {
        return Some(whole(item));
    }
    let (name, rest) = heading
        .split_once('[')
        .map(|(name, rest)| (name, rest.trim_end_matches(']')))
        .or_else(|| heading.split_once('.'))
        .or_else(|| split_known(codebook, heading))?;
    let question = codebook.question(name.trim())?;
    part(question, |_, code| code == rest)
}

/// `hobbies_walk`, where names may have underscores of their own: the longest question that fits.
fn split_known<'a>(codebook: &Codebook, heading: &'a str) -> Option<(&'a str, &'a str)> {
    let questions = codebook.questions.iter();
    let fitting = questions.filter_map(|it| {
        let rest = heading.strip_prefix(it.name.as_str())?.strip_prefix('_')?;
        Some((heading.get(..it.name.len())?, rest))
    });
    fitting.max_by_key(|(name, _)| name.len())
}

fn by_text(codebook: &Codebook, heading: &str) -> Option<Mapped> {
    let heading = plain(without_number(heading));
    for question in &codebook.questions {
        if is_title(question, &heading) {
            let [item] = question.items.as_slice() else {
                continue;
            };
            return Some(Mapped {
                positions: Positions::Unclear,
                ..whole(item)
            });
        }
    }
    // A title may hold a colon or a bracket itself, so every one is tried, the last first.
    heading.rmatch_indices([':', '[']).find_map(|(at, sign)| {
        let title = plain(heading.get(..at)?);
        let rest = heading.get(at + 1..)?;
        let rest = rest
            .strip_suffix(']')
            .filter(|_| sign == "[")
            .unwrap_or(rest);
        let rest = rest.trim();
        let questions = codebook.questions.iter().filter(|it| is_title(it, &title));
        let mut parts = questions.filter_map(|question| {
            part(question, |text, code| code == rest || is_text(text, rest))
        });
        parts.next().map(|it| Mapped {
            positions: match it.code {
                None => Positions::Unclear,
                Some(_) => Positions::Codes,
            },
            ..it
        })
    })
}

/// The row of a matrix or the choice of a multiple question that `is` says it is.
fn part(question: &Question, is: impl Fn(&Localized, &str) -> bool) -> Option<Mapped> {
    if let [item] = question.items.as_slice()
        && item.kind == Kind::Multiple
    {
        let categories = item.categories.iter();
        let mut chosen = categories.filter(|it| is(&it.text, &it.code()));
        let category = chosen.next()?;
        return Some(Mapped {
            variable: item.name.clone(),
            code: Some(category.code()),
            ..Mapped::default()
        });
    }
    let prefix = question.name.len() + 1;
    let mut rows = question.items.iter().filter(|it| {
        let code = it.name.get(prefix..).unwrap_or_default();
        is(&it.text, code)
    });
    rows.next().map(whole)
}

fn whole(item: &Item) -> Mapped {
    Mapped {
        variable: item.name.clone(),
        separator: (item.kind == Kind::Multiple).then(|| ";".to_owned()),
        ..Mapped::default()
    }
}

fn without_number(heading: &str) -> &str {
    let rest = heading
        .trim()
        .trim_start_matches(|it: char| it.is_ascii_digit());
    let rest = rest.strip_prefix(['.', ')']).unwrap_or(heading.trim());
    rest.trim()
}

/// A question without a title shows its name.
fn is_title(question: &Question, wanted: &str) -> bool {
    is_text(&question.title, wanted)
        || (question.title.is_empty() && plain(&question.name) == wanted)
}

fn is_text(localized: &Localized, wanted: &str) -> bool {
    let mut languages = localized.languages();
    languages.any(|it| localized.get(it).is_some_and(|text| plain(text) == wanted))
}

/// Lower case, single spaces, no required mark, no colon at the end.
pub(super) fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ").to_lowercase();
    text.trim_end_matches(['*', ':', ' ']).to_owned()
}

/// The place of the category that a cell names by its code or by its text in any language.
pub(super) fn category(categories: &[Category], cell: &str) -> Option<usize> {
    let by_code = categories.iter().position(|it| it.code() == cell);
    by_code.or_else(|| {
        let cell = plain(cell);
        categories.iter().position(|it| is_text(&it.text, &cell))
    })
}
