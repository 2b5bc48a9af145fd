//! A file that is asked for.

use std::collections::BTreeMap;

use json::{Object, Value};
use wire::Day;

use super::request::{read_against, read_query, write_against, write_query};
use super::tree::{Reader, count, list, object, optional, text};
use super::{Against, Order};
use crate::export::Format;
use crate::query::Query;

/// What the file is of.
#[derive(Debug, Clone, PartialEq)]
pub enum Wanted {
    /// The figures on the page.
    Figures(Box<FiguresFile>),
    /// Published results.
    Results {
        /// How it is written.
        format: Format,
        /// The snapshot ([`wire::Results`]) as JSON text.
        results: String,
        /// The published breakdown that stands on the page.
        by: Option<String>,
    },
    /// The responses of the first round and the codebook, for the organiser's archive.
    Archive,
}

/// Figures of the first round, with what stands beside them on the page.
#[derive(Debug, Clone, PartialEq)]
pub struct FiguresFile {
    /// How it is written.
    pub format: Format,
    /// What is on the page.
    pub query: Query,
    /// What is compared there.
    pub against: Option<Against>,
    /// What the round is called.
    pub name: String,
    /// Earlier rounds that are shown beside it, by their place, with their names; the first first.
    pub earlier: Vec<(u32, String)>,
}

/// What a file says besides figures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wording {
    /// BCP 47.
    pub language: String,
    /// Who publishes.
    pub publisher: String,
    /// The day on which the file is made.
    pub day: Option<Day>,
    /// True if the answers are synthetic ones.
    pub sample: bool,
    /// The words, by the keys of [`crate::export::WORDS`] and what stands there beside them.
    pub texts: BTreeMap<String, String>,
}

pub(super) fn write_order(order: &Order) -> Value {
    let words = &order.words;
    let texts = words.texts.iter();
    let texts: Object = texts.map(|(key, it)| (key.clone(), text(it))).collect();
    object([
        ("do", text("file")),
        ("id", count(order.id)),
        ("language", text(&words.language)),
        ("publisher", text(&words.publisher)),
        ("day", optional(words.day, |it| text(&it.to_string()))),
        ("sample", Value::Bool(words.sample)),
        ("texts", Value::Object(texts)),
        ("of", write_wanted(&order.wanted)),
    ])
}

fn write_wanted(wanted: &Wanted) -> Value {
    match wanted {
        Wanted::Figures(it) => object([
            ("format", text(it.format.name())),
            ("query", write_query(&it.query)),
            ("against", optional(it.against.as_ref(), write_against)),
            ("name", text(&it.name)),
            (
                "earlier",
                list(&it.earlier, |(place, name)| {
                    object([("place", count(*place)), ("name", text(name))])
                }),
            ),
        ]),
        Wanted::Results {
            format,
            results,
            by,
        } => object([
            ("format", text(format.name())),
            ("results", text(results)),
            ("by", optional(by.as_deref(), text)),
        ]),
        Wanted::Archive => object([("format", text("ddi"))]),
    }
}

pub(super) fn read_order(it: Reader<'_>) -> Option<Order> {
    let texts = it.get("texts")?.0.as_object()?.iter();
    let texts = texts.map(|(key, it)| Some((key.to_owned(), it.as_str()?.to_owned())));
    Some(Order {
        id: it.count("id")?,
        wanted: read_wanted(it.get("of")?)?,
        words: Wording {
            language: it.text("language")?,
            publisher: it.text("publisher")?,
            day: match it.str("day") {
                Some(day) => Some(day.parse().ok()?),
                None => None,
            },
            sample: it.0.get("sample") == Some(&Value::Bool(true)),
            texts: texts.collect::<Option<_>>()?,
        },
    })
}

fn read_wanted(it: Reader<'_>) -> Option<Wanted> {
    let format = it.str("format")?;
    if format == "ddi" {
        return Some(Wanted::Archive);
    }
    let format = Format::named(format)?;
    if let Some(results) = it.text("results") {
        let by = it.text("by");
        return Some(Wanted::Results {
            format,
            results,
            by,
        });
    }
    let against = match it.get("against") {
        Some(against) => Some(read_against(against)?),
        None => None,
    };
    Some(Wanted::Figures(Box::new(FiguresFile {
        format,
        query: read_query(it.get("query")?)?,
        against,
        name: it.text("name")?,
        earlier: it.list("earlier", |it| Some((it.count("place")?, it.text("name")?)))?,
    })))
}
