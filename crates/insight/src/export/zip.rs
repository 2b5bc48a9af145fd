//! An archive of files (ZIP, APPNOTE 6.3): what a spreadsheet is, and what goes to an archive.
//!
//! Written here because the usual crate brings a random number generator into the page; see
//! `docs/decisions/0008-files-by-hand.md`.

use miniz_oxide::deflate::compress_to_vec;

/// One file of an archive.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    /// Its path, with `/` between folders; at most 65,535 bytes.
    pub name: &'a str,
    /// Its bytes; less than 4 GiB.
    pub content: &'a [u8],
    /// Kept as it is: what a format wants to be readable at a fixed place.
    pub stored: bool,
}

/// 1 January 1980, the first day ZIP knows: the same content gives the same bytes.
const DATE: u16 = (1 << 5) | 1;
/// Version 2.0: folders and deflate.
const VERSION: u16 = 20;
/// Names are UTF-8.
const UTF8: u16 = 1 << 11;
const DEFLATE: u16 = 8;
/// How hard to compress, of 10.
const LEVEL: u8 = 6;

/// All parts in one file, in their order.
pub fn zip(parts: &[Part<'_>]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut directory = Vec::new();
    for part in parts {
        let packed = if part.stored {
            part.content.to_vec()
        } else {
            compress_to_vec(part.content, LEVEL)
        };
        let at = size(out.len());
        let mut head = Vec::new();
        for word in [
            VERSION,
            UTF8,
            if part.stored { 0 } else { DEFLATE },
            0,
            DATE,
        ] {
            head.extend(word.to_le_bytes());
        }
        head.extend(crc32fast::hash(part.content).to_le_bytes());
        head.extend(size(packed.len()).to_le_bytes());
        head.extend(size(part.content.len()).to_le_bytes());
        head.extend(short(part.name.len()).to_le_bytes());
        head.extend([0, 0]); // no extra field

        out.extend(b"PK\x03\x04");
        out.extend(&head);
        out.extend(part.name.as_bytes());
        out.extend(&packed);

        directory.extend(b"PK\x01\x02");
        directory.extend(VERSION.to_le_bytes());
        directory.extend(&head);
        directory.extend([0; 10]); // no comment, first disk, no attributes
        directory.extend(at.to_le_bytes());
        directory.extend(part.name.as_bytes());
    }
    let at = size(out.len());
    let n = short(parts.len());
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(n.to_le_bytes());
    out.extend(n.to_le_bytes());
    out.extend(size(directory.len()).to_le_bytes());
    out.extend(at.to_le_bytes());
    out.extend([0, 0]); // no comment
    out
}

fn size(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn short(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}
