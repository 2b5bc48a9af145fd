//! From one line to what it adds to the columns.

use super::names::{Names, ShortCodes};
use super::scan::{Next, NotJson, Raw, Scalar, Scanner};
use crate::codebook::{Category, Codebook, Item, Kind};
use crate::columns::Column;

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
    Rows { rows: Members, items: Vec<usize> },
}

/// The names that may stand in an object.
#[derive(Debug, Clone)]
struct Members {
    names: Names,
    /// Each name with its quotes and colon, as our own app writes it.
    quoted: Vec<Box<[u8]>>,
}

/// A member of an object, its value not read yet.
enum Member {
    /// One of [`Members`], by its place.
    Known(usize),
    /// Some other name.
    Unknown,
    /// There are no more.
    End,
}

/// How many answers may be missing before a name is looked up rather than guessed.
const GUESSES: usize = 4;

impl Members {
    fn new<'a>(names: impl Iterator<Item = &'a str> + Clone) -> Self {
        let quoted = names
            .clone()
            .map(|it| format!("{}:", json::Value::from(it).to_string()));
        Self {
            quoted: quoted.map(|it| it.into_bytes().into()).collect(),
            names: Names::new(names.map(str::as_bytes)),
        }
    }

    /// Reads the next member's name. Responses name their questions in the same order, so it is
    /// usually the one that is `expected`.
    #[inline]
    fn next(
        &self,
        scanner: &mut Scanner<'_>,
        first: bool,
        expected: usize,
    ) -> Result<Member, &'static str> {
        for (guess, quoted) in self.quoted.iter().enumerate().skip(expected).take(GUESSES) {
            if scanner.take_member(first, quoted) {
                return Ok(Member::Known(guess));
            }
        }
        let Some(name) = scanner.member(first).map_err(|NotJson| "json")? else {
            return Ok(Member::End);
        };
        let place = if name.escaped {
            name.decode().and_then(|it| self.names.find(it.as_bytes()))
        } else {
            self.names.find(name.bytes)
        };
        Ok(place.map_or(Member::Unknown, Member::Known))
    }
}

/// How the values of one variable are read.
#[derive(Debug, Clone)]
struct Reading {
    kind: Kind,
    codes: Names,
    /// The same codes for the shortcut; empty for variables that do not take at most one code.
    short: ShortCodes,
    points: Vec<(f64, usize)>,
}

/// What one answer adds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Entry {
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
                    rows: Members::new(rows.map(|it| it.name.get(skip..).unwrap_or_default())),
                    items: (first..readings.len()).collect(),
                }
            });
        }
        Self {
            survey: codebook.survey.as_bytes().into(),
            questions: Members::new(codebook.questions.iter().map(|it| it.name.as_str())),
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
        let mut expected = 0;
        let mut first = true;
        loop {
            match self.questions.next(scanner, first, expected)? {
                Member::Known(place_ix) => {
                    expected = place_ix + 1;
                    match self.places.get(place_ix) {
                        Some(Place::Item(item)) => self.item(*item, scanner, draft)?,
                        Some(Place::Rows { rows, items }) => {
                            self.rows(rows, items, scanner, draft)?;
                        }
                        None => skip(scanner)?,
                    }
                }
                Member::Unknown => skip(scanner)?,
                Member::End => return Ok(()),
            }
            first = false;
        }
    }

    fn rows(
        &self,
        rows: &Members,
        items: &[usize],
        scanner: &mut Scanner<'_>,
        draft: &mut Draft,
    ) -> Result<(), &'static str> {
        for item in items {
            draft.replace(*item);
        }
        let next = scanner.value().map_err(|NotJson| "json")?;
        if next != Next::Object {
            return scanner.skip(next).map_err(|NotJson| "json");
        }
        let mut expected = 0;
        let mut first = true;
        loop {
            match rows.next(scanner, first, expected)? {
                Member::Known(row_ix) => {
                    expected = row_ix + 1;
                    match items.get(row_ix) {
                        Some(item) => self.item(*item, scanner, draft)?,
                        None => skip(scanner)?,
                    }
                }
                Member::Unknown => skip(scanner)?,
                Member::End => return Ok(()),
            }
            first = false;
        }
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
        if let Some((word, len)) = scanner.short_scalar()
            && let Some(code) = reading.short.find(word)
        {
            scanner.pass(len);
            draft.add(item, Entry::Code(code));
            return Ok(());
        }
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
                    if matches!(self.kind, Kind::Multiple | Kind::Ranking | Kind::Matrix) {
                        draft.entries.push((item, Entry::Answered));
                    }
                    draft.entries.push((item, entry));
                }
            }
            Next::Array => {
                let wanted = match self.kind {
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
                        && let Some(entry) = self.entry(scalar, &mut draft.texts)?
                    {
                        if n == 0 {
                            draft.entries.push((item, Entry::Answered));
                        }
                        draft.entries.push((item, entry));
                        n += 1;
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
            codes: Names::new(codes.iter().map(String::as_bytes)),
            short: match item.kind {
                Kind::Single | Kind::Scale => ShortCodes::new(codes.iter().map(String::as_bytes)),
                _ => ShortCodes::default(),
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

    /// Adds an entry for a column.
    pub(super) fn add(&mut self, item: usize, entry: Entry) {
        self.entries.push((item, entry));
    }

    /// Adds a number as it was typed; what is no number is no answer.
    pub(super) fn number(&mut self, item: usize, cell: &str) {
        let raw = Raw {
            bytes: cell.as_bytes(),
            escaped: false,
        };
        if let Some(number) = typed_number(raw) {
            self.add(item, Entry::Number(number));
        }
    }

    /// Adds a text.
    pub(super) fn text(&mut self, item: usize, cell: &str) {
        let start = self.texts.len();
        self.texts.push_str(cell);
        self.add(item, Entry::Text(start, self.texts.len()));
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
