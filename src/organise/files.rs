//! Files for others. The worker makes them of the release on the page, so that nothing can be
//! exported that may not be shown, and the page does not stand still.

use std::collections::BTreeMap;

use insight::export::{Format, is_shared};
use insight::protocol::{FiguresFile, Order, Request, Wanted, Wording};
use leptos::prelude::*;
use web_sys::Blob;

use super::desk::Desk;
use super::figures::round_name;
use crate::browser::dates;
use crate::browser::download::download_blob;
use crate::words::{all_once, language};

/// A kind of file.
pub(crate) struct FileKind {
    /// What it is called in the list of exports.
    pub(crate) name: &'static str,
    /// The key of the words that say what it is for.
    pub(crate) use_key: &'static str,
    /// How it is written.
    pub(crate) format: Format,
    ending: &'static str,
    media_type: &'static str,
}

/// The files that the page offers, in this order.
pub(crate) const FILE_KINDS: [FileKind; 5] = [
    FileKind {
        name: "XLSX",
        use_key: "organise.export.xlsx",
        format: Format::Xlsx,
        ending: "xlsx",
        media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    },
    FileKind {
        name: "ODS",
        use_key: "organise.export.ods",
        format: Format::Ods,
        ending: "ods",
        media_type: "application/vnd.oasis.opendocument.spreadsheet",
    },
    FileKind {
        name: "CSV",
        use_key: "organise.export.csv",
        format: Format::Csv,
        ending: "csv",
        media_type: "text/csv;charset=utf-8",
    },
    FileKind {
        name: "JSON-stat",
        use_key: "organise.export.jsonStat",
        format: Format::JsonStat,
        ending: "json-stat.json",
        media_type: "application/json",
    },
    FileKind {
        name: "JSON",
        use_key: "organise.export.json",
        format: Format::Json,
        ending: "json",
        media_type: "application/json",
    },
];

/// Where the making of the last file stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Making {
    /// None is being made.
    #[default]
    Nothing,
    /// It is on its way.
    Underway,
    /// The browser would not keep it, or it could not be made.
    Failed,
}

/// A `Copy` handle on the files that are being made.
#[derive(Clone, Copy)]
pub(crate) struct Files {
    /// Where the last one stands.
    pub(crate) making: RwSignal<Making>,
    /// Name and media type of those that are on their way, by the number of their order.
    expected: StoredValue<BTreeMap<u32, (String, &'static str)>>,
    /// The number of the last order.
    counter: StoredValue<u32>,
}

impl Files {
    pub(crate) fn new() -> Self {
        Self {
            making: RwSignal::new(Making::Nothing),
            expected: StoredValue::new(BTreeMap::new()),
            counter: StoredValue::new(0),
        }
    }

    /// An order for the file of a survey, of this kind or else for the archive.
    pub(crate) fn order(
        self,
        survey: &str,
        kind: Option<&FileKind>,
        (publisher, sample): (String, bool),
        wanted: Wanted,
    ) -> Request {
        let id = self.counter.get_value().wrapping_add(1);
        self.counter.set_value(id);
        let (ending, media_type) = kind.map_or(("ddi.zip", "application/zip"), |it| {
            (it.ending, it.media_type)
        });
        let name = file_name(survey, ending);
        self.expected.update_value(|it| {
            it.insert(id, (name, media_type));
        });
        self.making.set(Making::Underway);
        Request::File(Box::new(Order {
            id,
            wanted,
            words: Wording {
                language: language(),
                publisher,
                day: dates::today(),
                sample,
                texts: texts(),
            },
        }))
    }

    /// Offers a file that was made.
    pub(crate) fn take(self, id: u32, file: &Blob) {
        let expected = self.expected.try_update_value(|it| it.remove(&id));
        let Some((name, media_type)) = expected.flatten() else {
            return;
        };
        let is_kept = download_blob(&name, media_type, file).is_some();
        self.making.set(match is_kept {
            false => Making::Failed,
            true if self.is_waiting() => Making::Underway,
            true => Making::Nothing,
        });
    }

    /// Whether files are on their way.
    pub(crate) fn is_waiting(self) -> bool {
        self.expected.with_value(|it| !it.is_empty())
    }

    /// The files that are on their way will not come.
    pub(crate) fn give_up(self) {
        self.expected.set_value(BTreeMap::new());
        self.making.set(Making::Failed);
    }
}

impl Desk {
    /// Asks for a file of the figures on the page; it comes as a file to keep.
    pub(super) fn ask_file(self, kind: &FileKind) {
        let selection = self.selection.get_untracked();
        let rounds = self.rounds.chosen(selection.rounds);
        let earlier = rounds.iter().rev().map(|it| (it.place, it.name.clone()));
        self.order(
            Some(kind),
            Wanted::Figures(Box::new(FiguresFile {
                format: kind.format,
                query: selection.query(),
                against: self.against(),
                name: round_name(self.round_name().as_deref()),
                earlier: earlier.collect(),
            })),
        );
    }

    /// Asks for the codebook and the data file; they come as one file to keep.
    pub(super) fn ask_archive(self) {
        self.order(None, Wanted::Archive);
    }

    fn order(self, kind: Option<&FileKind>, wanted: Wanted) {
        if let Some(opened) = self.opened.get_untracked() {
            let survey = &opened.codebook.survey;
            let whose = (self.publisher_name(), self.is_sample.get_untracked());
            let order = self.files.order(survey, kind, whose, wanted);
            self.tell(&order);
        }
    }
}

/// `{survey}-{day}.{ending}`.
pub(crate) fn file_name(survey: &str, ending: &str) -> String {
    let day = dates::today()
        .map(|it| format!("-{it}"))
        .unwrap_or_default();
    format!("{survey}{day}.{ending}")
}

/// The words of a file, in the language of the page.
fn texts() -> BTreeMap<String, String> {
    let shared = all_once("organise.").into_iter();
    let shared = shared.filter(|(key, _)| is_shared(key));
    all_once("organise.sheet.")
        .into_iter()
        .chain(shared)
        .collect()
}

#[cfg(test)]
mod tests {
    use insight::compare::SENTENCES;
    use insight::export::WORDS;
    use json::Value;

    use crate::words::{Table, install};

    #[test]
    fn every_word_of_a_file_goes_to_the_worker() {
        let finnish = include_str!("../../public/words/organise.fi.json");
        let words = Value::parse(finnish).expect("JSON");
        install(Table::read("fi", words.clone()));
        let texts = super::texts();
        for key in WORDS.iter().chain(&SENTENCES) {
            assert!(texts.contains_key(*key), "{key}");
        }
        for kind in super::FILE_KINDS {
            assert!(words.get(kind.use_key).is_some(), "{}", kind.use_key);
        }
    }
}
