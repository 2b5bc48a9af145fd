//! Replies as JSON.

use json::Value;

use super::tree::{Reader, count, list, object, optional, text};
use super::weighting::{read_weighting, write_weighting};
use super::{BadLine, NotUnderstood, Reply, comparison, release};
use crate::OpenAnswers;
use crate::load::preview::{Look, Preview};
use crate::load::{Mapping, Order, Taken, Unknown, Unsure};
use crate::release::Hidden;

/// Codes of bad lines.
const BAD: &[&str] = &[
    "json",
    "not-utf8",
    "no-response",
    "no-answers",
    "too-long",
    "other-survey",
    "columns",
];

impl Reply {
    /// As JSON text.
    pub fn to_text(&self) -> String {
        let value = match self {
            Self::Ready => object([("say", text("ready"))]),
            Self::Opened { variables } => {
                object([("say", text("opened")), ("variables", count(*variables))])
            }
            Self::Noted { counts } => {
                object([("say", text("noted")), ("counts", Value::Bool(*counts))])
            }
            Self::Matched { id, preview } => write_matched(*id, preview),
            Self::Progress { bytes, responses } => object([
                ("say", text("progress")),
                #[expect(clippy::cast_precision_loss, reason = "only for progress")]
                ("bytes", Value::Number(*bytes as f64)),
                ("responses", count(*responses)),
            ]),
            Self::Loaded {
                responses,
                bad_lines,
                bad,
                mapping,
                unmatched,
                unknown,
                unsure,
            } => object([
                ("unsure", list(unsure, write_unsure)),
                ("mapping", optional(mapping.as_deref(), text)),
                (
                    "unknown",
                    list(unknown, |it| {
                        let cells = list(&it.cells, |cell| text(cell));
                        object([
                            ("heading", text(&it.heading)),
                            ("variable", text(&it.variable)),
                            ("n", count(it.n)),
                            ("of", count(it.of)),
                            ("cells", cells),
                        ])
                    }),
                ),
                ("unmatched", list(unmatched, |it| text(it))),
                ("say", text("loaded")),
                ("responses", count(*responses)),
                ("badLines", count(*bad_lines)),
                (
                    "bad",
                    list(bad, |it| {
                        #[expect(clippy::cast_precision_loss, reason = "a line number")]
                        let line = it.line as f64;
                        object([("line", Value::Number(line)), ("code", text(it.code))])
                    }),
                ),
            ]),
            Self::Cancelled => object([("say", text("cancelled"))]),
            Self::Released { id, release } => object([
                ("say", text("released")),
                ("id", count(*id)),
                ("release", release::write(release)),
            ]),
            Self::Compared { id, comparison: it } => object([
                ("say", text("compared")),
                ("id", count(*id)),
                ("comparison", comparison::write(it)),
            ]),
            Self::Weighed { weighting } => object([
                ("say", text("weighed")),
                ("weighting", write_weighting(weighting)),
            ]),
            Self::Followed { id, series } => object([
                ("say", text("followed")),
                ("id", count(*id)),
                ("series", list(series, comparison::write_series)),
            ]),
            Self::OpenAnswers(it) => object([
                ("say", text("open-answers")),
                ("variable", text(&it.variable)),
                ("texts", list(&it.texts, |it| text(it))),
                ("hidden", optional(it.hidden, |it| text(it.name()))),
            ]),
            Self::Published(it) => object([
                ("say", text("published")),
                ("snapshot", optional(it.as_deref().ok(), text)),
                (
                    "refusal",
                    optional(it.as_ref().err(), release::write_refusal),
                ),
            ]),
            Self::File { id, .. } => object([("say", text("file")), ("id", count(*id))]),
            Self::Timed { name, start, end } => object([
                ("say", text("timed")),
                ("name", text(name)),
                ("start", Value::Number(*start)),
                ("end", Value::Number(*end)),
            ]),
            Self::Failed { reason } => object([("say", text("failed")), ("reason", text(reason))]),
        };
        value.to_string()
    }

    /// From JSON text.
    ///
    /// # Errors
    ///
    /// When the text is not a reply.
    pub fn read(source: &str) -> Result<Self, NotUnderstood> {
        let value = Value::parse(source).map_err(|_| NotUnderstood)?;
        read(Reader(&value)).ok_or(NotUnderstood)
    }
}

pub(super) fn read(it: Reader<'_>) -> Option<Reply> {
    Some(match it.str("say")? {
        "ready" => Reply::Ready,
        "opened" => Reply::Opened {
            variables: it.count("variables")?,
        },
        "noted" => Reply::Noted {
            counts: it.0.get("counts")?.as_bool()?,
        },
        "progress" => Reply::Progress {
            bytes: whole(it.number("bytes")?),
            responses: it.count("responses")?,
        },
        "loaded" => Reply::Loaded {
            responses: it.count("responses")?,
            bad_lines: it.count("badLines")?,
            mapping: it.text("mapping"),
            unmatched: it.list("unmatched", |it| it.0.as_str().map(str::to_owned))?,
            unknown: it.list("unknown", |it| {
                Some(Unknown {
                    heading: it.text("heading")?,
                    variable: it.text("variable")?,
                    n: it.count("n")?,
                    of: it.count("of")?,
                    cells: it.list("cells", |it| it.0.as_str().map(str::to_owned))?,
                })
            })?,
            unsure: it.list("unsure", |it| {
                Some(Unsure {
                    heading: it.text("heading")?,
                    taken: Taken::named(it.str("taken")?)?,
                })
            })?,
            bad: it.list("bad", |it| {
                let code = it.str("code")?;
                Some(BadLine {
                    line: whole(it.number("line")?),
                    code: BAD.iter().find(|it| **it == code)?,
                })
            })?,
        },
        "cancelled" => Reply::Cancelled,
        "released" => Reply::Released {
            id: it.count("id")?,
            release: Box::new(release::read(it.get("release")?)?),
        },
        "compared" => Reply::Compared {
            id: it.count("id")?,
            comparison: Box::new(comparison::read(it.get("comparison")?)?),
        },
        "weighed" => Reply::Weighed {
            weighting: read_weighting(it.get("weighting")?)?,
        },
        "followed" => Reply::Followed {
            id: it.count("id")?,
            series: it.list("series", comparison::read_series)?,
        },
        "open-answers" => Reply::OpenAnswers(OpenAnswers {
            variable: it.text("variable")?,
            texts: it.list("texts", |it| it.0.as_str().map(str::to_owned))?,
            hidden: it.str("hidden").and_then(Hidden::named),
        }),
        "published" => Reply::Published(match it.text("snapshot") {
            Some(snapshot) => Ok(snapshot),
            None => Err(release::read_refusal(it.get("refusal")?)?),
        }),
        "file" => Reply::File {
            id: it.count("id")?,
            file: Vec::new(),
        },
        "matched" => Reply::Matched {
            id: it.count("id")?,
            preview: Preview {
                mapping: Mapping::read(it.str("mapping")?).ok()?,
                columns: it.list("columns", read_look)?,
                rows: it.count("rows")?,
            },
        },
        "timed" => Reply::Timed {
            name: it.text("name")?,
            start: it.number("start")?,
            end: it.number("end")?,
        },
        "failed" => Reply::Failed {
            reason: it.text("reason")?,
        },
        _ => return None,
    })
}

fn write_matched(id: u32, preview: &Preview) -> Value {
    object([
        ("say", text("matched")),
        ("id", count(id)),
        ("mapping", text(&preview.mapping.to_text())),
        ("columns", list(&preview.columns, write_look)),
        ("rows", count(preview.rows)),
    ])
}

fn write_unsure(it: &Unsure) -> Value {
    object([
        ("heading", text(&it.heading)),
        ("taken", text(it.taken.name())),
    ])
}

fn write_look(it: &Look) -> Value {
    object([
        ("heading", text(&it.heading)),
        ("unknown", list(&it.unknown, |cell| text(cell))),
        ("mayBePlaces", Value::Bool(it.may_be_places)),
        ("unsure", Value::Bool(it.unsure)),
        (
            "order",
            optional(it.order, |it| {
                text(if it == Order::Unsure {
                    "unsure"
                } else {
                    "plain"
                })
            }),
        ),
        ("foreign", Value::Bool(it.is_foreign)),
    ])
}

fn read_look(it: Reader<'_>) -> Option<Look> {
    Some(Look {
        heading: it.text("heading")?,
        unknown: it.list("unknown", |it| it.0.as_str().map(str::to_owned))?,
        may_be_places: is(it, "mayBePlaces"),
        unsure: is(it, "unsure"),
        order: it.str("order").map(|it| match it {
            "plain" => Order::Plain,
            _ => Order::Unsure,
        }),
        is_foreign: is(it, "foreign"),
    })
}

fn is(it: Reader<'_>, name: &str) -> bool {
    it.0.get(name) == Some(&Value::Bool(true))
}

fn whole(number: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a cast saturates"
    )]
    let number = number as u64;
    number
}
