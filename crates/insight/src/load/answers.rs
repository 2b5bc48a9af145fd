//! From one line to what it adds to the columns.

use super::names::Names;
use super::scan::{Next, NotJson, Raw, Scalar, Scanner};
use crate::codebook::{Category, Codebook, Item, Kind};
use crate::columns::Column;

/// Knows every name and code of a codebook by its bytes.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    survey: Box<[u8]>,
    names: Names,
    places: Vec<Place>,
    readings: Vec<Reading>,
}

/// Where the answer to a question goes.
#[derive(Debug, Clone)]
enum Place {
    /// Into one column.
    Item(usize),
    /// An object: each member into a column.
    Rows { names: Names, items: Vec<usize> },
}

/// How the values of one variable are read.
#[derive(Debug, Clone)]
struct Reading {
    kind: Kind,
    codes: Names,
    points: Vec<(f64, usize)>,
}

/// What one answer adds.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Entry {
    Code(usize),
    Other,
    Answered,
    Number(f64),
    /// Start and end in [`Draft::texts`].
    Text(usize, usize),
}

/// What a line adds, kept apart until the whole line was read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Draft {
    entries: Vec<(usize, Entry)>,
    texts: String,
    /// Per column, the line that last wrote to it: a repeated member replaces the earlier one.
    seen: Vec<u64>,
    line: u64,
}

impl Plan {
    pub(crate) fn new(codebook: &Codebook) -> Self {
        let mut places = Vec::new();
        let mut readings: Vec<Reading> = Vec::new();
        for question in &codebook.questions {
            let first = readings.len();
            readings.extend(question.items.iter().map(Reading::new));
            let alone = question.items.iter().all(|it| it.name == question.name);
            places.push(if alone {
                Place::Item(first)
            } else {
                let skip = question.name.len() + 1;
                let rows = question.items.iter();
                Place::Rows {
                    names: Names::new(
                        rows.map(|it| it.name.as_bytes().get(skip..).unwrap_or_default()),
                    ),
                    items: (first..readings.len()).collect(),
                }
            });
        }
        Self {
            survey: codebook.survey.as_bytes().into(),
            names: Names::new(codebook.questions.iter().map(|it| it.name.as_bytes())),
            places,
            readings,
        }
    }

    /// Reads a response in the envelope's form into `draft`.
    ///
    /// # Errors
    ///
    /// A code of [`crate::protocol::BadLine`].
    pub(crate) fn read(&self, line: &[u8], draft: &mut Draft) -> Result<(), &'static str> {
        draft.begin(self.readings.len());
        let mut scanner = Scanner::new(line);
        let mut answered = false;
        let Ok(Next::Object) = scanner.value() else {
            return Err("json");
        };
        let mut first = true;
        while let Some(name) = scanner.member(first).map_err(|NotJson| "json")? {
            first = false;
            let next = scanner.value().map_err(|NotJson| "json")?;
            match (name.bytes, next) {
                (b"answers", Next::Object) => {
                    draft.begin(self.readings.len());
                    answered = true;
                    self.answers(&mut scanner, draft)?;
                }
                (b"survey", Next::Scalar(Scalar::Text(survey)))
                    if !self.survey.is_empty() && *survey.bytes != *self.survey =>
                {
                    return Err("other-survey");
                }
                (_, other) => scanner.skip(other).map_err(|NotJson| "json")?,
            }
        }
        if !scanner.at_end() {
            return Err("json");
        }
        if answered { Ok(()) } else { Err("no-answers") }
    }

    fn answers(&self, scanner: &mut Scanner<'_>, draft: &mut Draft) -> Result<(), &'static str> {
        // Responses name their questions in the same order, so the next one is usually known.
        let mut expected = 0;
        let mut first = true;
        while let Some(name) = scanner.member(first).map_err(|NotJson| "json")? {
            first = false;
            let next = scanner.value().map_err(|NotJson| "json")?;
            let Some(place_ix) = find(&self.names, expected, name) else {
                scanner.skip(next).map_err(|NotJson| "json")?;
                continue;
            };
            expected = place_ix + 1;
            match self.places.get(place_ix) {
                Some(Place::Item(item)) => self.item(*item, next, scanner, draft)?,
                Some(Place::Rows { names, items }) if next == Next::Object => {
                    self.rows(names, items, scanner, draft)?;
                }
                _ => scanner.skip(next).map_err(|NotJson| "json")?,
            }
        }
        Ok(())
    }

    fn rows(
        &self,
        names: &Names,
        items: &[usize],
        scanner: &mut Scanner<'_>,
        draft: &mut Draft,
    ) -> Result<(), &'static str> {
        for item in items {
            draft.replace(*item);
        }
        let mut expected = 0;
        let mut first = true;
        while let Some(name) = scanner.member(first).map_err(|NotJson| "json")? {
            first = false;
            let next = scanner.value().map_err(|NotJson| "json")?;
            let row = find(names, expected, name);
            match row.and_then(|row| items.get(row)) {
                Some(item) => self.item(*item, next, scanner, draft)?,
                None => scanner.skip(next).map_err(|NotJson| "json")?,
            }
            expected = row.map_or(expected, |row| row + 1);
        }
        Ok(())
    }

    fn item(
        &self,
        item: usize,
        next: Next<'_>,
        scanner: &mut Scanner<'_>,
        draft: &mut Draft,
    ) -> Result<(), &'static str> {
        let Some(reading) = self.readings.get(item) else {
            return Err("json");
        };
        draft.replace(item);
        match next {
            Next::Scalar(scalar) => {
                if let Some(entry) = reading.entry(scalar, &mut draft.texts)? {
                    if matches!(reading.kind, Kind::Multiple | Kind::Ranking | Kind::Matrix) {
                        draft.entries.push((item, Entry::Answered));
                    }
                    draft.entries.push((item, entry));
                }
            }
            Next::Array => {
                let wanted = match reading.kind {
                    Kind::Multiple | Kind::Matrix => usize::MAX,
                    Kind::Ranking => 1,
                    _ => 0,
                };
                let mut n = 0;
                let mut first = true;
                while scanner.item(first).map_err(|NotJson| "json")? {
                    first = false;
                    let next = scanner.value().map_err(|NotJson| "json")?;
                    scanner.skip(next).map_err(|NotJson| "json")?;
                    if n < wanted
                        && let Next::Scalar(scalar) = next
                        && let Some(entry) = reading.entry(scalar, &mut draft.texts)?
                    {
                        if n == 0 {
                            draft.entries.push((item, Entry::Answered));
                        }
                        draft.entries.push((item, entry));
                        n += 1;
                    }
                }
            }
            Next::Object => scanner.skip(next).map_err(|NotJson| "json")?,
        }
        Ok(())
    }
}

#[inline]
fn find(names: &Names, expected: usize, name: Raw<'_>) -> Option<usize> {
    if name.escaped {
        return names.find(name.decode()?.as_bytes());
    }
    if names.is(expected, name.bytes) {
        Some(expected)
    } else {
        names.find(name.bytes)
    }
}

impl Reading {
    fn new(item: &Item) -> Self {
        let codes: Vec<String> = item.categories.iter().map(Category::code).collect();
        let points = item.categories.iter().enumerate();
        Self {
            kind: item.kind,
            codes: Names::new(codes.iter().map(String::as_bytes)),
            points: points
                .filter_map(|(ix, it)| Some((it.point?, ix)))
                .collect(),
        }
    }

    #[inline]
    fn entry(&self, scalar: Scalar<'_>, texts: &mut String) -> Result<Option<Entry>, &'static str> {
        Ok(match self.kind {
            Kind::Number => match scalar {
                Scalar::Bare(word) => number(word).map(Entry::Number),
                Scalar::Text(raw) => typed_number(raw).map(Entry::Number),
                Scalar::Null => None,
            },
            Kind::Text => match scalar {
                Scalar::Text(raw) => {
                    let start = texts.len();
                    match core::str::from_utf8(raw.bytes) {
                        Ok(text) if !raw.escaped => texts.push_str(text),
                        _ => texts.push_str(&raw.decode().ok_or("not-utf8")?),
                    }
                    Some(Entry::Text(start, texts.len()))
                }
                Scalar::Bare(word) => {
                    let start = texts.len();
                    texts.push_str(core::str::from_utf8(word).map_err(|_| "not-utf8")?);
                    Some(Entry::Text(start, texts.len()))
                }
                Scalar::Null => None,
            },
            _ => match scalar {
                Scalar::Bare(word) => Some(self.code(word)),
                Scalar::Text(raw) if raw.escaped => {
                    Some(self.code(raw.decode().ok_or("not-utf8")?.as_bytes()))
                }
                Scalar::Text(raw) if raw.bytes.is_empty() => None,
                Scalar::Text(raw) => Some(self.code(raw.bytes)),
                Scalar::Null => None,
            },
        })
    }

    #[inline]
    fn code(&self, bytes: &[u8]) -> Entry {
        match self.codes.find(bytes).or_else(|| self.at_point(bytes)) {
            Some(code) => Entry::Code(code),
            None => Entry::Other,
        }
    }

    /// `4.0` is the point `4` of a scale.
    #[cold]
    fn at_point(&self, bytes: &[u8]) -> Option<usize> {
        let wanted = number(bytes)?;
        #[expect(clippy::float_cmp, reason = "the same number written in another way")]
        let same = self.points.iter().find(|(point, _)| *point == wanted)?;
        Some(same.1)
    }
}

fn number(word: &[u8]) -> Option<f64> {
    if !word
        .first()
        .is_some_and(|it| it.is_ascii_digit() || *it == b'-')
    {
        return None;
    }
    let number: f64 = core::str::from_utf8(word).ok()?.parse().ok()?;
    number.is_finite().then_some(number)
}

/// A number as a person typed it: with a decimal comma, perhaps with spaces around it.
fn typed_number(raw: Raw<'_>) -> Option<f64> {
    let text = raw.decode()?.trim().replace(',', ".");
    number(text.replace('\u{2212}', "-").as_bytes())
}

impl Draft {
    fn begin(&mut self, n_columns: usize) {
        self.entries.clear();
        self.texts.clear();
        self.line += 1;
        self.seen.resize(n_columns, 0);
    }

    /// Notes that `item` is answered; drops what the same line said of it before.
    #[inline]
    fn replace(&mut self, item: usize) {
        if let Some(seen) = self.seen.get_mut(item) {
            if *seen == self.line {
                self.entries.retain(|(other, _)| *other != item);
            }
            *seen = self.line;
        }
    }

    /// Writes the draft into the columns as respondent `row`.
    pub(crate) fn commit(&self, columns: &mut [Column], row: usize) {
        for (item, entry) in &self.entries {
            let Some(column) = columns.get_mut(*item) else {
                continue;
            };
            match (column, entry) {
                (Column::One { codes, .. } | Column::Many { codes, .. }, Entry::Code(code)) => {
                    if let Some(set) = codes.get_mut(*code) {
                        set.set(row);
                    }
                }
                (Column::One { other, .. } | Column::Many { other, .. }, Entry::Other) => {
                    other.set(row);
                }
                (Column::Many { answered, .. }, Entry::Answered) => answered.set(row),
                (Column::Numbers(numbers), Entry::Number(number)) => numbers.set(row, *number),
                (Column::Texts(texts), Entry::Text(start, end)) => {
                    texts.push(row, self.texts.get(*start..*end).unwrap_or_default());
                }
                _ => {}
            }
        }
    }
}
