//! Cutting delimited text into records: RFC 4180, with the delimiters that spreadsheets use here.

use super::encoding::{Decoder, text};

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
    decoder: Decoder,
    /// The first record while it has not ended, and what came with it; `None` once it was read.
    head: Option<Vec<u8>>,
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
    /// With a known delimiter; otherwise the first record decides among tab, semicolon and comma.
    pub(crate) fn new(delimiter: Option<u8>) -> Self {
        Self {
            delimiter,
            head: Some(Vec::new()),
            ..Self::default()
        }
    }

    /// The delimiter, once it is known.
    pub(crate) fn delimiter(&self) -> Option<u8> {
        self.delimiter
    }

    /// Gives every record that ends in `bytes` to `each`.
    pub(crate) fn push(&mut self, bytes: &[u8], mut each: impl FnMut(Read<'_>)) {
        let bytes = self.decoder.decode(bytes);
        let Some(head) = &mut self.head else {
            self.read(&bytes, &mut each);
            return;
        };
        head.extend_from_slice(&bytes);
        if first_record(head).is_some() || head.len() >= MAX_RECORD {
            self.begin(&mut each);
        }
    }

    /// Gives the last record, if it had no end.
    pub(crate) fn finish(mut self, mut each: impl FnMut(Read<'_>)) {
        let rest = self.decoder.finish();
        if let Some(head) = &mut self.head {
            head.extend(rest);
            self.begin(&mut each);
        }
        if !self.record.is_empty() || !self.ends.is_empty() {
            self.end_record(&mut each);
        }
    }

    fn begin(&mut self, each: &mut impl FnMut(Read<'_>)) {
        let head = self.head.take().unwrap_or_default();
        let mut head = head.as_slice();
        // Spreadsheets are told the delimiter so.
        if let [
            b's' | b'S',
            b'e' | b'E',
            b'p' | b'P',
            b'=',
            delimiter,
            rest @ ..,
        ] = head
            && let Some(rest) = rest.strip_prefix(b"\r\n").or(rest.strip_prefix(b"\n"))
        {
            self.delimiter.get_or_insert(*delimiter);
            (self.line, self.began) = (1, 1);
            head = rest;
        }
        if self.delimiter.is_none() {
            let first = first_record(head).unwrap_or(head);
            // Titles of questions have commas, and now and then a semicolon, but no tabs.
            self.delimiter = [b'\t', b';'].into_iter().find(|it| delimits(first, *it));
            self.delimiter.get_or_insert(b',');
        }
        self.read(head, each);
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

    fn decode(&self) -> Record {
        let mut record = Record::default();
        let mut start = 0;
        for end in &self.ends {
            let cell = self.record.get(start..*end).unwrap_or_default();
            record.text.push_str(&text(cell));
            record.ends.push(record.text.len());
            start = *end;
        }
        record
    }
}

/// The first record without its end, if its end is there.
fn first_record(bytes: &[u8]) -> Option<&[u8]> {
    let mut quoted = false;
    let end = bytes.iter().position(|it| {
        quoted ^= *it == b'"';
        *it == b'\n' && !quoted
    });
    bytes.get(..end?)
}

/// True if `delimiter` stands in a record outside quotes.
fn delimits(record: &[u8], delimiter: u8) -> bool {
    let mut quoted = false;
    record.iter().any(|it| {
        quoted ^= *it == b'"';
        *it == delimiter && !quoted
    })
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
    fn the_first_record_tells_the_delimiter() {
        let heading = b"\"Where, when\nand how; at all\",\"b\"\n1,2\n";
        assert_eq!(records(&[heading])[1], cells(3, &["1", "2"]));
        let heading = "Asuinkunta;Mitä käytit, ja kuinka usein, viime vuonna\n1;2\n";
        assert_eq!(records(&[heading.as_bytes()])[1], cells(2, &["1", "2"]));
        assert_eq!(records(&[b"sep=|\r\na|b;c\r\n"]), [cells(2, &["a", "b;c"])]);
        assert_eq!(
            records(&[b"\xff\xfea\0\t\0", b"\xe4\0\n\0"]),
            [cells(1, &["a", "ä"])]
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
