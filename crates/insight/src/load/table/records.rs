//! Cutting delimited text into records: RFC 4180, with the delimiters that spreadsheets use here.

/// Longest record that is read; a longer one is bad.
const MAX_RECORD: usize = 4 << 20;

/// A record: its cells one after the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Record {
    text: String,
    ends: Vec<usize>,
}

impl Record {
    /// The cells in order.
    pub(crate) fn cells(&self) -> impl Iterator<Item = &str> {
        let starts = core::iter::once(0).chain(self.ends.iter().copied());
        starts
            .zip(&self.ends)
            .map(|(start, end)| self.text.get(start..*end).unwrap_or_default())
    }

    /// True if there is nothing in any cell.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// Reads bytes as they come and gives whole records.
#[derive(Debug, Default)]
pub(crate) struct Records {
    delimiter: Option<u8>,
    record: Vec<u8>,
    ends: Vec<usize>,
    state: State,
    /// Lines read so far.
    line: u64,
    /// Line on which the present record began.
    began: u64,
    start_of_file: bool,
    head: Vec<u8>,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum State {
    #[default]
    CellStart,
    Bare,
    Quoted,
    /// After a quote inside a quoted cell: its end, or half of a doubled quote.
    QuoteSeen,
}

/// What a record came to, and the line on which it began.
pub(crate) enum Read<'a> {
    Record(&'a Record, u64),
    TooLong(u64),
}

impl Records {
    /// With a known delimiter; otherwise the first line decides among tab, semicolon and comma.
    pub(crate) fn new(delimiter: Option<u8>) -> Self {
        Self {
            delimiter,
            start_of_file: true,
            ..Self::default()
        }
    }

    /// The delimiter, once it is known.
    pub(crate) fn delimiter(&self) -> Option<u8> {
        self.delimiter
    }

    /// Gives every record that ends in `bytes` to `each`.
    pub(crate) fn push(&mut self, bytes: &[u8], mut each: impl FnMut(Read<'_>)) {
        if self.start_of_file {
            self.head.extend_from_slice(bytes);
            let whole_line = self.head.contains(&b'\n');
            if !whole_line && self.head.len() < MAX_RECORD {
                return;
            }
            let head = self.begin();
            self.read(&head, &mut each);
        } else {
            self.read(bytes, &mut each);
        }
    }

    /// Gives the last record, if it had no end.
    pub(crate) fn finish(mut self, mut each: impl FnMut(Read<'_>)) {
        if self.start_of_file {
            let head = self.begin();
            self.read(&head, &mut each);
        }
        if !self.record.is_empty() || !self.ends.is_empty() {
            self.end_record(&mut each);
        }
    }

    fn begin(&mut self) -> Vec<u8> {
        self.start_of_file = false;
        let mut head = core::mem::take(&mut self.head);
        if head.starts_with(b"\xef\xbb\xbf") {
            head.drain(..3);
        }
        let first_line = head.split(|it| *it == b'\n').next().unwrap_or_default();
        if self.delimiter.is_none() {
            let count = |wanted: u8| first_line.split(|it| *it == wanted).count();
            // Of equals the last wins: a comma is the commonest.
            self.delimiter = [b'\t', b';', b','].into_iter().max_by_key(|it| count(*it));
        }
        head
    }

    fn read(&mut self, bytes: &[u8], each: &mut impl FnMut(Read<'_>)) {
        let delimiter = self.delimiter.unwrap_or(b',');
        for byte in bytes {
            if *byte == b'\n' {
                self.line += 1;
            }
            self.state = match (self.state, *byte) {
                (State::CellStart, b'"') => State::Quoted,
                (State::Quoted, b'"') => State::QuoteSeen,
                (State::QuoteSeen, b'"') => {
                    self.keep(b'"');
                    State::Quoted
                }
                (State::Quoted, other) => {
                    self.keep(other);
                    State::Quoted
                }
                (_, b'\n') => {
                    self.end_record(each);
                    State::CellStart
                }
                (_, other) if other == delimiter => {
                    self.ends.push(self.record.len());
                    State::CellStart
                }
                (state, b'\r') => state,
                (_, other) => {
                    self.keep(other);
                    State::Bare
                }
            };
        }
    }

    /// Keeps one byte more than the limit, as a sign that the record is too long.
    fn keep(&mut self, byte: u8) {
        if self.record.len() <= MAX_RECORD {
            self.record.push(byte);
        }
    }

    fn end_record(&mut self, each: &mut impl FnMut(Read<'_>)) {
        self.ends.push(self.record.len());
        let began = self.began + 1;
        if self.record.len() > MAX_RECORD {
            each(Read::TooLong(began));
        } else {
            each(Read::Record(&self.decode(), began));
        }
        self.record.clear();
        self.ends.clear();
        self.began = self.line;
    }

    /// UTF-8, or else Western European as older exports write it.
    fn decode(&self) -> Record {
        if let Ok(text) = core::str::from_utf8(&self.record) {
            return Record {
                text: text.to_owned(),
                ends: self.ends.clone(),
            };
        }
        let mut record = Record::default();
        let mut start = 0;
        for end in &self.ends {
            let cell = self.record.get(start..*end).unwrap_or_default();
            match core::str::from_utf8(cell) {
                Ok(text) => record.text.push_str(text),
                Err(_) => record.text.extend(cell.iter().map(|it| western(*it))),
            }
            record.ends.push(record.text.len());
            start = *end;
        }
        record
    }
}

/// Windows-1252, where it differs from Latin-1 only the signs that occur in texts.
fn western(byte: u8) -> char {
    match byte {
        0x80 => '€',
        0x85 => '…',
        0x91 => '‘',
        0x92 => '’',
        0x93 => '“',
        0x94 => '”',
        0x96 => '–',
        0x97 => '—',
        other => char::from(other),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn records(chunks: &[&[u8]]) -> Vec<(u64, Vec<String>)> {
        let mut found = Vec::new();
        let mut records = Records::new(None);
        let mut note = |read: Read<'_>| {
            if let Read::Record(record, line) = read {
                found.push((line, record.cells().map(str::to_owned).collect()));
            }
        };
        for chunk in chunks {
            records.push(chunk, &mut note);
        }
        records.finish(&mut note);
        found
    }

    fn cells(line: u64, cells: &[&str]) -> (u64, Vec<String>) {
        (line, cells.iter().map(|it| (*it).to_owned()).collect())
    }

    #[test]
    fn quotes_hold_delimiters_line_ends_and_doubled_quotes() {
        assert_eq!(
            records(&[b"\xef\xbb\xbfa;\"b;\"\"c\"\"\nd\"\r\n;2\r\n\"\";\n"]),
            [
                cells(1, &["a", "b;\"c\"\nd"]),
                cells(3, &["", "2"]),
                cells(4, &["", ""])
            ]
        );
    }

    #[test]
    fn the_first_line_tells_the_delimiter_and_old_encodings_are_understood() {
        assert_eq!(records(&[b"a\tb,c\td\n"]), [cells(1, &["a", "b,c", "d"])]);
        assert_eq!(
            records(&[b"a,b\nJ\xe4rvi,\x80\n"])[1],
            cells(2, &["Järvi", "€"])
        );
        assert_eq!(records(&[b"alone"]), [cells(1, &["alone"])]);
        assert_eq!(records(&[b""]), []);
    }

    proptest! {
        #[test]
        fn records_do_not_depend_on_where_bytes_are_cut(text in "[a\";,\n\r]{0,60}", cut in 0_usize..60) {
            let bytes = text.as_bytes();
            let cut = cut.min(bytes.len());
            prop_assert_eq!(records(&[bytes]), records(&[&bytes[..cut], &bytes[cut..]]));
        }
    }
}
