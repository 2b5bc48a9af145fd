//! Files for others. All of them are made from the release on the page, so nothing can be exported
//! that may not be shown.

use insight::Release;
use insight::export::{csv, summary_json};

/// A kind of file.
pub(super) struct FileKind {
    /// What it is called in the list of exports.
    pub(super) name: &'static str,
    /// The ending of the file's name.
    pub(super) ending: &'static str,
    /// Its media type.
    pub(super) media_type: &'static str,
    /// Makes the file.
    pub(super) write: fn(&Release) -> Vec<u8>,
}

/// The files that the page offers, in this order.
pub(super) const FILE_KINDS: [FileKind; 2] = [
    FileKind {
        name: "CSV",
        ending: "csv",
        media_type: "text/csv;charset=utf-8",
        write: |release| csv(release).into_bytes(),
    },
    FileKind {
        name: "JSON",
        ending: "json",
        media_type: "application/json",
        write: |release| summary_json(release).to_string().into_bytes(),
    },
];
