//! Guessing a mapping from the headings of a file.
//!
//! Three habits are known. Plain files and ours name variables (`mood`, `services.bus`).
//! `LimeSurvey` names a question's code with the sub-question in brackets or after an underscore
//! (`services[bus]`, `hobbies_walk`), or writes the text instead or behind it
//! (`Services [The bus]`, `services[bus]. Services [The bus]`); codes that nobody has changed there
//! say no more than an order (`services[SQ001]`, see [`super::limesurvey`]). A table with several answers
//! in a row has both (`services[bus_often]`), a ranking its ranks (`order[1]`). Webropol writes the question's number and text, and after a
//! colon the row or the choice (`3. Palvelut: Bussi`), ticks as 1 and 0, and choices by place.

use std::collections::BTreeMap;

use questionnaire::localized::Localized;

use super::limesurvey::{self, Order};
use super::mapping::{Mapped, Mapping};
use super::places::Positions;
use crate::codebook::{Category, Codebook, Item, Kind, Question};

/// The choice that stands for an answer in one's own words.
const OTHER: &str = "other";

/// What headings were taken for.
#[derive(Debug, Default)]
pub(crate) struct Guess {
    /// Every heading that could be recognised; the others are left out.
    pub mapping: Mapping,
    /// Of these, the headings that were taken by their order alone.
    pub orders: Vec<(String, Order)>,
}

/// Guesses what each heading feeds.
pub(crate) fn guess<'a>(
    codebook: &Codebook,
    headings: impl Iterator<Item = &'a str> + Clone,
) -> Guess {
    let mut numbers: BTreeMap<&str, Numbers> = BTreeMap::new();
    for (question, own) in headings.clone().filter_map(|it| sub_question(codebook, it)) {
        numbers.entry(&question.name).or_default().add(own);
    }
    let mut found = Guess::default();
    let own_words: Vec<String> = headings
        .clone()
        .filter_map(|it| by_name(codebook, it))
        .filter(|it| it.code.as_deref() == Some(OTHER))
        .map(|it| it.variable)
        .collect();
    for heading in headings {
        let said = by_name(codebook, heading).or_else(|| by_text(codebook, heading));
        let mapped = said.or_else(|| {
            let (mapped, order) = by_order(codebook, heading, &numbers, &own_words)?;
            found.orders.push((heading.to_owned(), order));
            Some(mapped)
        });
        found.mapping.columns.extend(mapped.map(|it| Mapped {
            heading: heading.to_owned(),
            ..it
        }));
    }
    found
}

/// The numbers that a question's sub-questions have in a file, each once, in the file's order.
#[derive(Debug, Default)]
struct Numbers {
    first: Vec<usize>,
    /// Of a table with two of them in a heading: those of its columns.
    second: Vec<usize>,
}

impl Numbers {
    fn add(&mut self, (first, second): Own) {
        for (list, number) in [(&mut self.first, Some(first)), (&mut self.second, second)] {
            list.extend(number.filter(|it| !list.contains(it)));
        }
    }
}

/// A sub-question's own number, in a table of several answers with that of the column.
type Own = (usize, Option<usize>);

fn by_name(codebook: &Codebook, heading: &str) -> Option<Mapped> {
    let heading = heading.trim();
    by_code(codebook, heading).or_else(|| by_code(codebook, heading.split_once(". ")?.0))
}

fn by_code(codebook: &Codebook, heading: &str) -> Option<Mapped> {
    if let Some((_, item)) = codebook.item(heading) {
        return Some(whole(item));
    }
    let (question, rest) = split(codebook, heading)?;
    let named = part(question, |_, code| code == rest);
    named
        .or_else(|| cell(question, |row, column| is_pair(rest, row.0, column.0)))
        .or_else(|| rank(question, rest))
}

/// `bus_often` or `bus.often`.
fn is_pair(rest: &str, row: &str, column: &str) -> bool {
    let behind = rest.strip_prefix(row);
    let behind = behind.and_then(|it| it.strip_prefix(['_', '.']));
    behind == Some(column)
}

/// A column of a ranking, by its rank: the first one is counted, the others feed nothing.
fn rank(question: &Question, rank: &str) -> Option<Mapped> {
    let [item] = question.items.as_slice() else {
        return None;
    };
    let rank: usize = rank.parse().ok()?;
    let is_rank = item.kind == Kind::Ranking && (1..=item.categories.len()).contains(&rank);
    is_rank.then(|| match rank {
        1 => whole(item),
        _ => Mapped::default(),
    })
}

/// The question that a heading names before a bracket, a point or an underscore, and what follows.
fn split<'c, 'h>(codebook: &'c Codebook, heading: &'h str) -> Option<(&'c Question, &'h str)> {
    let (name, rest) = heading
        .split_once('[')
        .map(|(name, rest)| (name, rest.trim_end_matches(']')))
        .or_else(|| heading.split_once('.'))
        .or_else(|| split_known(codebook, heading))?;
    Some((codebook.question(name.trim())?, rest))
}

/// The question and the number of a sub-question that has a code of `LimeSurvey`'s own.
fn sub_question<'c>(codebook: &'c Codebook, heading: &str) -> Option<(&'c Question, Own)> {
    let code = heading.split_once(". ").map_or(heading, |it| it.0);
    let (question, rest) = split(codebook, code.trim())?;
    let (first, second) = match rest.split_once('_') {
        Some((row, column)) => (row, Some(limesurvey::sub_question(column)?)),
        None => (rest, None),
    };
    let number = limesurvey::sub_question(first)?;
    let is_called_so = part(question, |_, code| code == rest).is_some();
    (!is_called_so).then_some((question, (number, second)))
}

fn by_order(
    codebook: &Codebook,
    heading: &str,
    numbers: &BTreeMap<&str, Numbers>,
    own_words: &[String],
) -> Option<(Mapped, Order)> {
    let (question, own) = sub_question(codebook, heading)?;
    let mut parts = parts(question);
    // An answer in one's own words may have a column of its own name.
    parts.retain(|it| it.code.as_deref() != Some(OTHER) || !own_words.contains(&it.variable));
    let others = numbers.get(question.name.as_str())?;
    let (place, order) = limesurvey::place(own.0, &others.first, parts.len())?;
    let Some(column) = own.1 else {
        return Some((parts.get(place)?.clone(), order));
    };
    let (_, row) = rows(question).nth(place)?;
    let (column, beside) = limesurvey::place(column, &others.second, row.categories.len())?;
    let ticked = row.categories.get(column)?;
    let is_table = row.kind == Kind::Multiple;
    is_table.then(|| (tick(row, ticked), order.max(beside)))
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
    let behind_code = || {
        let (code, text) = heading.split_once(". ")?;
        let is_code = !code.contains(char::is_whitespace);
        is_code.then(|| by_title(codebook, text))?
    };
    by_title(codebook, heading).or_else(behind_code)
}

fn by_title(codebook: &Codebook, heading: &str) -> Option<Mapped> {
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
            let named = part(question, |text, code| is_called((code, text), rest));
            named
                .or_else(|| {
                    // `[The bus][Often]`
                    let (row, column) = rest.split_once('[')?;
                    let row = row.trim().trim_end_matches(']');
                    cell(question, |of_row, of_column| {
                        is_called(of_row, row) && is_called(of_column, column)
                    })
                })
                .or_else(|| {
                    // `[Rank 1]`, in any language.
                    let (_, place) = rest.split_once(' ')?;
                    rank(question, place)
                })
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
    if let Some(item) = several_choices(question) {
        let mut categories = item.categories.iter();
        let chosen = categories.find(|it| is(&it.text, &it.code()))?;
        return Some(tick(item, chosen));
    }
    let mut rows = rows(question).filter(|(code, it)| is(&it.text, code));
    rows.next().map(|it| whole(it.1))
}

/// What a row, a column or a choice is called: its code and its text.
type Called<'a> = (&'a str, &'a Localized);

fn is_called((code, text): Called<'_>, wanted: &str) -> bool {
    code == wanted || is_text(text, wanted)
}

/// The row and column of a matrix with several answers in a row of which `is` says that it is them.
fn cell(question: &Question, is: impl Fn(Called<'_>, Called<'_>) -> bool) -> Option<Mapped> {
    let several = rows(question).filter(|it| it.1.kind == Kind::Multiple);
    let mut found = several.filter_map(|(code, item)| {
        let mut categories = item.categories.iter();
        let column = categories.find(|it| is((code, &item.text), (&it.code(), &it.text)))?;
        Some(tick(item, column))
    });
    found.next()
}

/// Every row of a matrix or choice of a multiple question, in order.
fn parts(question: &Question) -> Vec<Mapped> {
    match several_choices(question) {
        Some(item) => item.categories.iter().map(|it| tick(item, it)).collect(),
        None => rows(question).map(|it| whole(it.1)).collect(),
    }
}

fn several_choices(question: &Question) -> Option<&Item> {
    match question.items.as_slice() {
        [item] if item.kind == Kind::Multiple => Some(item),
        _ => None,
    }
}

/// Rows of a matrix or fields of a question, each with its own code.
fn rows(question: &Question) -> impl Iterator<Item = (&str, &Item)> {
    let items = question.items.iter();
    items.filter_map(|it| Some((it.name.get(question.name.len() + 1..)?, it)))
}

fn tick(item: &Item, category: &Category) -> Mapped {
    Mapped {
        variable: item.name.clone(),
        code: Some(category.code()),
        ..Mapped::default()
    }
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
        let by_text = categories.iter().position(|it| is_text(&it.text, &cell));
        // A code in other letters, such as `F` for `f`, if there is one such choice.
        let alike = |it: &Category| it.code().to_lowercase() == cell;
        let one = || categories.iter().position(alike);
        let is_one = || categories.iter().filter(|it| alike(it)).count() == 1;
        by_text.or_else(|| one().filter(|_| is_one()))
    })
}
