//! Files for others. All of them are made from the release on the page, so nothing can be exported
//! that may not be shown.

use insight::archive::Archive;
use insight::export::{Beside, Edition, csv, is_shared, json_stat, ods, summary_json, xlsx};
use insight::rounds::OverTime;
use insight::{Codebook, Release};

use super::cards::Compared;
use crate::browser::dates;
use crate::browser::download::download;
use crate::words::{language, maybe};

/// A kind of file.
pub(crate) struct FileKind {
    /// What it is called in the list of exports.
    pub(crate) name: &'static str,
    /// The key of the words that say what it is for.
    pub(crate) use_key: &'static str,
    ending: &'static str,
    media_type: &'static str,
    write: fn(&Release, &Edition<'_>) -> Vec<u8>,
}

/// The files that the page offers, in this order.
pub(crate) const FILE_KINDS: [FileKind; 5] = [
    FileKind {
        name: "XLSX",
        use_key: "organise.export.xlsx",
        ending: "xlsx",
        media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        write: xlsx,
    },
    FileKind {
        name: "ODS",
        use_key: "organise.export.ods",
        ending: "ods",
        media_type: "application/vnd.oasis.opendocument.spreadsheet",
        write: ods,
    },
    FileKind {
        name: "CSV",
        use_key: "organise.export.csv",
        ending: "csv",
        media_type: "text/csv;charset=utf-8",
        write: |release, edition| csv(release, edition).into_bytes(),
    },
    FileKind {
        name: "JSON-stat",
        use_key: "organise.export.jsonStat",
        ending: "json-stat.json",
        media_type: "application/json",
        write: |release, edition| json_stat(release, edition).to_string().into_bytes(),
    },
    FileKind {
        name: "JSON",
        use_key: "organise.export.json",
        ending: "json",
        media_type: "application/json",
        write: |release, edition| summary_json(release, edition).to_string().into_bytes(),
    },
];

/// Offers a release as a file of this kind; false if the browser would not.
pub(crate) fn export(
    kind: &FileKind,
    release: &Release,
    codebook: &Codebook,
    publisher: &str,
    compared: Option<&Compared>,
    over_time: Option<&OverTime>,
) -> bool {
    let beside = compared.map(|it| Beside {
        comparison: &it.comparison,
        names: it
            .rounds
            .as_ref()
            .map(|(one, other)| (one.as_str(), other.as_str())),
    });
    let bytes = with_edition(codebook, publisher, |it| {
        let edition = Edition {
            compared: beside,
            over_time,
            ..*it
        };
        (kind.write)(release, &edition)
    });
    let name = file_name(codebook, kind.ending);
    download(&name, kind.media_type, &bytes).is_some()
}

/// Offers the codebook and the data file as one archive; false if the browser would not.
pub(crate) fn archive(
    archive: &Archive,
    release: &Release,
    codebook: &Codebook,
    publisher: &str,
) -> bool {
    use insight::export::{Part, ddi, zip};
    let xml = with_edition(codebook, publisher, |it| {
        ddi(release, &archive.risk, it, "data.csv")
    });
    let part = |name, content| Part {
        name,
        content,
        stored: false,
    };
    let bytes = zip(&[
        part("codebook.xml", xml.as_bytes()),
        part("data.csv", archive.csv.as_bytes()),
    ]);
    let name = file_name(codebook, "ddi.zip");
    download(&name, "application/zip", &bytes).is_some()
}

/// `{survey}-{day}.{ending}`.
pub(crate) fn file_name(codebook: &Codebook, ending: &str) -> String {
    let day = dates::today()
        .map(|it| format!("-{it}"))
        .unwrap_or_default();
    format!("{}{day}.{ending}", codebook.survey)
}

fn with_edition<T>(
    codebook: &Codebook,
    publisher: &str,
    write: impl FnOnce(&Edition<'_>) -> T,
) -> T {
    write(&Edition {
        codebook,
        language: &language(),
        publisher,
        day: dates::today(),
        say: &word,
        compared: None,
        over_time: None,
    })
}

/// The words of a file, in the language of the page.
fn word(key: &str) -> String {
    let part = if is_shared(key) { "" } else { "sheet." };
    maybe(&format!("organise.{part}{key}")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use insight::export::is_shared;
    use json::Value;

    const FINNISH: &str = include_str!("../../public/words/organise.fi.json");

    #[test]
    fn every_word_of_a_file_is_there() {
        let words = Value::parse(FINNISH).expect("JSON");
        for key in insight::export::WORDS {
            let part = if is_shared(key) { "" } else { "sheet." };
            let key = format!("organise.{part}{key}");
            assert!(words.get(&key).is_some(), "{key}");
        }
        for kind in super::FILE_KINDS {
            assert!(words.get(kind.use_key).is_some(), "{}", kind.use_key);
        }
    }
}
