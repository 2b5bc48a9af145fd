//! The kinds of file.

use super::edition::Edition;
use super::{Part, csv, ddi, json_stat, ods, summary_json, xlsx, zip};
use crate::archive::Archive;
use crate::release::Release;

/// How a file of figures is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A workbook, Office Open XML.
    Xlsx,
    /// A workbook in the format of OASIS.
    Ods,
    /// One line per figure.
    Csv,
    /// JSON-stat 2.0.
    JsonStat,
    /// The summary that `kuuluu tabulate` prints.
    Json,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Xlsx, Self::Ods, Self::Csv, Self::JsonStat, Self::Json];

    /// Its name on the command line and between page and worker.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Ods => "ods",
            Self::Csv => "csv",
            Self::JsonStat => "json-stat",
            Self::Json => "json",
        }
    }

    /// The format called so.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// A release as a file.
    pub fn write(self, release: &Release, edition: &Edition<'_>) -> Vec<u8> {
        let line = |tree: json::Value| format!("{}\n", tree.to_string()).into_bytes();
        match self {
            Self::Xlsx => xlsx(release, edition),
            Self::Ods => ods(release, edition),
            Self::Csv => csv(release, edition).into_bytes(),
            Self::JsonStat => line(json_stat(release, edition)),
            Self::Json => line(summary_json(release, edition)),
        }
    }
}

/// The data file and its codebook (DDI-Codebook 2.5), packed as one ZIP file.
pub fn archive(archive: &Archive, release: &Release, edition: &Edition<'_>) -> Vec<u8> {
    const DATA: &str = "data.csv";
    let xml = ddi(release, &archive.risk, edition, DATA);
    let part = |name, content| Part {
        name,
        content,
        stored: false,
    };
    zip(&[
        part("codebook.xml", xml.as_bytes()),
        part(DATA, archive.csv.as_bytes()),
    ])
}
