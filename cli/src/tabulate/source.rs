//! Opening files of responses: plain, gzip or Zstandard, told apart by their first bytes.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;

const GZIP: [u8; 2] = [0x1f, 0x8b];
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
const ZIP: [u8; 4] = *b"PK\x03\x04";

/// Opens a file, or standard input for `-`, and unpacks what is packed.
///
/// # Errors
///
/// When it cannot be opened or its first bytes cannot be read, or it is a workbook or an archive.
pub(super) fn open(path: &Path) -> io::Result<Box<dyn Read>> {
    if path.as_os_str() == "-" {
        unpacked(io::stdin().lock())
    } else {
        unpacked(File::open(path)?)
    }
}

fn unpacked(mut source: impl Read + 'static) -> io::Result<Box<dyn Read>> {
    let mut head = Vec::with_capacity(ZSTD.len());
    source
        .by_ref()
        .take(ZSTD.len() as u64)
        .read_to_end(&mut head)?;
    if head == ZIP {
        return Err(io::Error::other(
            "it is a workbook or a ZIP archive; save a workbook as CSV, unpack an archive",
        ));
    }
    let is_gzip = head.starts_with(&GZIP);
    let is_zstd = head == ZSTD;
    let whole = Cursor::new(head).chain(source);
    Ok(if is_gzip {
        Box::new(MultiGzDecoder::new(BufReader::with_capacity(
            1 << 16,
            whole,
        )))
    } else if is_zstd {
        Box::new(zstd::Decoder::new(whole)?)
    } else {
        Box::new(whole)
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn read(bytes: Vec<u8>) -> String {
        let mut text = String::new();
        unpacked(Cursor::new(bytes))
            .and_then(|mut it| it.read_to_string(&mut text))
            .expect("readable");
        text
    }

    fn gzip(text: &str) -> Vec<u8> {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(text.as_bytes()).expect("memory");
        packed.finish().expect("memory")
    }

    #[test]
    fn packed_files_are_unpacked_to_their_end() {
        let zstd = |text: &str| zstd::encode_all(text.as_bytes(), 1).expect("memory");
        assert_eq!(read(b"plain".to_vec()), "plain");
        assert_eq!(read(b"{".to_vec()), "{");
        assert_eq!(read(Vec::new()), "");
        assert_eq!(read([gzip("one\n"), gzip("two\n")].concat()), "one\ntwo\n");
        assert_eq!(read([zstd("one\n"), zstd("two\n")].concat()), "one\ntwo\n");
    }

    #[test]
    fn a_workbook_is_refused_with_what_to_do() {
        let error = unpacked(Cursor::new(b"PK\x03\x04rest".to_vec())).err();
        assert!(error.is_some_and(|it| it.to_string().contains("save a workbook as CSV")));
    }

    #[test]
    fn a_packed_file_that_breaks_off_is_an_error() {
        let mut broken = gzip(&"mood".repeat(1000));
        broken.truncate(20);
        let mut text = String::new();
        let read = unpacked(Cursor::new(broken)).and_then(|mut it| it.read_to_string(&mut text));
        assert!(read.is_err());
    }
}
