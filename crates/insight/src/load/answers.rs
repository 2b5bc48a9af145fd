//! From one line to what it adds to the columns.

use super::lines::Stretch;
use super::names::Names;
use super::scan::{Next, NotJson, Raw, Scalar, Scanner};
use super::short::{ShortCodes, ShortName};
use crate::codebook::{Category, Codebook, Item, Kind};
use crate::columns::{Column, NO_CODE, OTHER_CODE};

/// Knows every name and code of a codebook by its bytes.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    survey: Box<[u8]>,
    questions: Members,
    places: Vec<Place>,
    readings: Vec<Reading>,
}

/// Where the answer to a question goes.
#[derive(Debug, Clone)]
enum Place {
    /// Into one column.
    Item(usize),
    /// An object: each member into a column.
    Rows(Members),
}

/// The names that may stand in an object, with the columns of those that feed one.
#[derive(Debug, Clone)]
struct Members {
    names: Names,
    lanes: Vec<Lane>,
}

/// A member as it is usually written.
#[derive(Debug, Clone)]
struct Lane {
    name: Option<ShortName>,
    /// The column it feeds, if it is one column.
    item: Option<usize>,
}

/// How many answers may be missing before a name is looked up rather than guessed.
const GUESSES: usize = 4;

impl Members {
    fn new<'a>(names: impl Iterator<Item = (&'a str, Option<usize>)> + Clone) -> Self {
        let lanes = names.clone().map(|(name, item)| Lane {
            name: ShortName::new(name),
            item,
        });
        Self {
            lanes: lanes.collect(),
            names: Names::new(names.map(|(name, _)| name.as_bytes())),
        }
    }

    /// The place of a name.
    fn find(&self, name: Raw<'_>) -> Option<usize> {
        if name.escaped {
            self.names.find(name.decode()?.as_bytes())
        } else {
            self.names.find(name.bytes)
        }
    }
}

/// How the values of one variable are read.
#[derive(Debug, Clone)]
struct Reading {
    kind: Kind,
    /// True if the column holds at most one code.
    takes_one: bool,
    codes: Names,
    /// The same codes for the shortcut; empty for numbers and texts.
    short: ShortCodes,
    points: Vec<(f64, usize)>,
}

/// What one answer adds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Entry {
    Code(usize),
    Other,
    Number(f64),
    /// Start and end in [`Draft::texts`].
    Text(usize, usize),
}

/// What a line adds, kept apart until the whole line was read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Draft {
    /// Of columns with at most one code: [`NO_CODE`], [`OTHER_CODE`] or a code's place plus one.
    codes: Vec<u16>,
    /// Of the other columns.
    entries: Vec<(usize, Entry)>,
    texts: String,
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
                let rows = question.items.iter().enumerate();
                Place::Rows(Members::new(rows.map(|(ix, it)| {
                    let name = it.name.get(skip..).unwrap_or_default();
                    (name, Some(first + ix))
                })))
            });
        }
        let named = codebook.questions.iter().zip(&places);
        let questions = Members::new(named.map(|(question, place)| {
            let item = match place {
                Place::Item(item) => Some(*item),
                Place::Rows(_) => None,
            };
            (question.name.as_str(), item)
        }));
        Self {
            survey: codebook.survey.as_bytes().into(),
            questions,
            places,
            readings,
        }
    }

    /// Reads a response in the envelope's form into `draft`.
    ///
    /// # Errors
    ///
    /// A code of [`crate::protocol::BadLine`].
    pub(crate) fn read(&self, line: Stretch<'_>, draft: &mut Draft) -> Result<(), &'static str> {
        draft.begin(self.readings.len());
        let mut scanner = Scanner::new(line.bytes, line.ahead);
        let mut answered = false;
        match scanner.value().map_err(|NotJson| "json")? {
            Next::Object => {}
            other => {
                let passed = scanner.skip(other);
                let is_json = passed.is_ok() && scanner.at_end();
                return Err(if is_json { "no-response" } else { "json" });
            }
        }
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
        let mut expected = 0;
        let mut first = true;
        loop {
            self.hurry(&self.questions, scanner, &mut first, &mut expected, draft);
            let Some(name) = scanner.member(first).map_err(|NotJson| "json")? else {
                return Ok(());
            };
            first = false;
            let Some(place_ix) = self.questions.find(name) else {
                skip(scanner)?;
                continue;
            };
            expected = place_ix + 1;
            match self.places.get(place_ix) {
                Some(Place::Item(item)) => self.item(*item, scanner, draft)?,
                Some(Place::Rows(rows)) => self.rows(rows, scanner, draft)?,
                None => skip(scanner)?,
            }
        }
    }

    fn rows(
        &self,
        rows: &Members,
        scanner: &mut Scanner<'_>,
        draft: &mut Draft,
    ) -> Result<(), &'static str> {
        for lane in &rows.lanes {
            if let Some(item) = lane.item {
                draft.replace(item);
            }
        }
        let next = scanner.value().map_err(|NotJson| "json")?;
        if next != Next::Object {
            return scanner.skip(next).map_err(|NotJson| "json");
        }
        let mut expected = 0;
        let mut first = true;
        loop {
            self.hurry(rows, scanner, &mut first, &mut expected, draft);
            let Some(name) = scanner.member(first).map_err(|NotJson| "json")? else {
                return Ok(());
            };
            first = false;
            let row_ix = rows.find(name);
            expected = row_ix.map_or(expected, |it| it + 1);
            match row_ix.and_then(|it| rows.lanes.get(it)?.item) {
                Some(item) => self.item(item, scanner, draft)?,
                None => skip(scanner)?,
            }
        }
    }

    /// Reads members as long as they come in the expected order, written as our own app does, each
    /// with a known code. Responses name their questions in the same order, so this is nearly all;
    /// whatever it does not take is left to the scanner.
    #[inline]
    fn hurry(
        &self,
        members: &Members,
        scanner: &mut Scanner<'_>,
        first: &mut bool,
        expected: &mut usize,
        draft: &mut Draft,
    ) {
        // The comma before the name, or the brace that has been read.
        let behind = usize::from(*first);
        let mut rest = scanner.ahead(behind);
        let whole = rest.len();
        while let Some(window) = rest.first_chunk()
            && (*first || rest.first() == Some(&b','))
        {
            let lanes = members.lanes.get(*expected..).unwrap_or_default();
            let mut guesses = lanes.iter().take(GUESSES).enumerate();
            let Some((missing, lane, name_len)) = guesses.find_map(|(missing, lane)| {
                Some((missing, lane, lane.name.as_ref()?.begins(window)?))
            }) else {
                break;
            };
            let value = rest.get(name_len..).unwrap_or_default();
            let Some(item) = lane.item else {
                break;
            };
            let Some(reading) = self.readings.get(item).filter(|it| it.takes_one) else {
                break;
            };
            let Some((code, value_len)) = reading.short.read(value) else {
                break;
            };
            if let Some(place) = draft.codes.get_mut(item) {
                *place = code;
            }
            rest = value.get(value_len..).unwrap_or_default();
            *expected += missing + 1;
            *first = false;
        }
        scanner.pass((whole - rest.len()).saturating_sub(behind));
    }

    #[inline]
    fn item(
        &self,
        item: usize,
        scanner: &mut Scanner<'_>,
        draft: &mut Draft,
    ) -> Result<(), &'static str> {
        let Some(reading) = self.readings.get(item) else {
            return Err("json");
        };
        draft.replace(item);
        reading.value(item, scanner, draft)
    }
}

fn skip(scanner: &mut Scanner<'_>) -> Result<(), &'static str> {
    let next = scanner.value().map_err(|NotJson| "json")?;
    scanner.skip(next).map_err(|NotJson| "json")
}

impl Reading {
    fn value(
        &self,
        item: usize,
        scanner: &mut Scanner<'_>,
        draft: &mut Draft,
    ) -> Result<(), &'static str> {
        match scanner.value().map_err(|NotJson| "json")? {
            Next::Scalar(scalar) => {
                if let Some(entry) = self.entry(scalar, &mut draft.texts)? {
                    draft.add(self.kind, item, entry);
                }
            }
            Next::Array => {
                let mut wanted = match self.kind {
                    Kind::Multiple | Kind::Matrix => usize::MAX,
                    Kind::Ranking => 1,
                    _ => 0,
                };
                let mut first = true;
                while scanner.item(first).map_err(|NotJson| "json")? {
                    first = false;
                    let entry = if let Some((code, len)) = self.short.read(scanner.ahead(0)) {
                        scanner.pass(len);
                        Some(Entry::Code(usize::from(code) - 1))
                    } else {
                        let next = scanner.value().map_err(|NotJson| "json")?;
                        scanner.skip(next).map_err(|NotJson| "json")?;
                        match next {
                            Next::Scalar(scalar) if wanted > 0 => {
                                self.entry(scalar, &mut draft.texts)?
                            }
                            _ => None,
                        }
                    };
                    if let Some(entry) = entry.filter(|_| wanted > 0) {
                        draft.add(self.kind, item, entry);
                        wanted -= 1;
                    }
                }
            }
            Next::Object => scanner.skip(Next::Object).map_err(|NotJson| "json")?,
        }
        Ok(())
    }

    fn new(item: &Item) -> Self {
        let codes: Vec<String> = item.categories.iter().map(Category::code).collect();
        let points = item.categories.iter().enumerate();
        Self {
            kind: item.kind,
            takes_one: matches!(item.kind, Kind::Single | Kind::Scale),
            codes: Names::new(codes.iter().map(String::as_bytes)),
            short: match item.kind {
                Kind::Number | Kind::Text => ShortCodes::default(),
                _ => ShortCodes::new(codes.iter().map(String::as_bytes)),
            },
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
    /// Empties itself for the next respondent.
    pub(super) fn begin(&mut self, n_columns: usize) {
        self.codes.clear();
        self.codes.resize(n_columns, NO_CODE);
        self.entries.clear();
        self.texts.clear();
    }

    /// Of columns with at most one code: [`NO_CODE`], [`OTHER_CODE`] or a code's place plus one.
    pub(crate) fn codes(&self) -> &[u16] {
        &self.codes
    }

    /// Drops what was said of `item` before: the last of repeated members counts.
    #[inline]
    fn replace(&mut self, item: usize) {
        if let Some(code) = self.codes.get_mut(item) {
            *code = NO_CODE;
        }
        if self.entries.iter().any(|(other, _)| *other == item) {
            self.entries.retain(|(other, _)| *other != item);
        }
    }

    /// Adds what was said of a variable of this kind.
    pub(super) fn add(&mut self, kind: Kind, item: usize, entry: Entry) {
        match (kind, entry) {
            (Kind::Single | Kind::Scale, Entry::Code(_) | Entry::Other) => {
                if let Some(place) = self.codes.get_mut(item) {
                    *place = match entry {
                        Entry::Code(code) => u16::try_from(code + 1).unwrap_or(OTHER_CODE),
                        _ => OTHER_CODE,
                    };
                }
            }
            _ => self.entries.push((item, entry)),
        }
    }

    /// Adds a number as it was typed; what is no number is no answer.
    pub(super) fn number(&mut self, item: usize, cell: &str) {
        let raw = Raw {
            bytes: cell.as_bytes(),
            escaped: false,
        };
        if let Some(number) = typed_number(raw) {
            self.entries.push((item, Entry::Number(number)));
        }
    }

    /// Adds a text.
    pub(super) fn text(&mut self, item: usize, cell: &str) {
        let start = self.texts.len();
        self.texts.push_str(cell);
        let entry = Entry::Text(start, self.texts.len());
        self.entries.push((item, entry));
    }

    /// Writes all but the columns with at most one code, as respondent `row`.
    pub(crate) fn commit(&self, columns: &mut [Column], row: usize) {
        for (item, entry) in &self.entries {
            match (columns.get_mut(*item), entry) {
                (
                    Some(Column::Many {
                        codes, answered, ..
                    }),
                    Entry::Code(code),
                ) => {
                    answered.set(row);
                    if let Some(set) = codes.get_mut(*code) {
                        set.set(row);
                    }
                }
                (
                    Some(Column::Many {
                        other, answered, ..
                    }),
                    Entry::Other,
                ) => {
                    answered.set(row);
                    other.set(row);
                }
                (Some(Column::Numbers(numbers)), Entry::Number(number)) => {
                    numbers.set(row, *number);
                }
                (Some(Column::Texts(texts)), Entry::Text(start, end)) => {
                    texts.push(row, self.texts.get(*start..*end).unwrap_or_default());
                }
                _ => {}
            }
        }
    }
}
