//! Requests as JSON.

use json::Value;

use super::order::{read_order, write_order};
use super::tree::{Reader, count, list, object, optional, text};
use super::{Against, Layout, NotUnderstood, Request};
use crate::published::Publication;
use crate::query::{Base, Query, Rounding};

impl Request {
    /// As JSON text.
    pub fn to_text(&self) -> String {
        let value = match self {
            Self::Open { definition, minima } => write_open("open", definition, *minima),
            Self::Round { definition, minima } => write_open("round", definition, *minima),
            Self::Look { definition } => {
                object([("do", text("look")), ("definition", text(definition))])
            }
            Self::Match { id, mapping } => object([
                ("do", text("match")),
                ("id", count(*id)),
                ("mapping", text(mapping)),
            ]),
            Self::Begin {
                source,
                layout,
                bytes,
            } => object([
                ("do", text("begin")),
                ("source", text(source)),
                (
                    "mapping",
                    match layout {
                        Layout::Ndjson => Value::Null,
                        Layout::Csv { mapping } => text(mapping),
                    },
                ),
                #[expect(clippy::cast_precision_loss, reason = "only for progress")]
                ("bytes", optional(*bytes, |it| Value::Number(it as f64))),
            ]),
            Self::Before { results } => {
                object([("do", text("before")), ("results", text(results))])
            }
            Self::End => object([("do", text("end"))]),
            Self::Cancel => object([("do", text("cancel"))]),
            Self::Tabulate { id, round, query } => object([
                ("do", text("tabulate")),
                ("id", count(*id)),
                ("round", count(*round)),
                ("query", write_query(query)),
            ]),
            Self::Compare { id, query, against } => object([
                ("do", text("compare")),
                ("id", count(*id)),
                ("query", write_query(query)),
                ("against", write_against(against)),
            ]),
            Self::Weigh { margins } => object([("do", text("weigh")), ("margins", text(margins))]),
            Self::Follow { id } => object([("do", text("follow")), ("id", count(*id))]),
            Self::OpenAnswers { variable } => {
                object([("do", text("open-answers")), ("variable", text(variable))])
            }
            Self::Publish(it) => object([
                ("do", text("publish")),
                ("base", text(it.base.name())),
                ("rounding", text(it.rounding.name())),
                ("breakdowns", list(&it.breakdowns, |it| text(it))),
                ("day", text(&it.day.to_string())),
                ("sample", Value::Bool(it.sample)),
            ]),
            Self::File(order) => write_order(order),
        };
        value.to_string()
    }

    /// From JSON text.
    ///
    /// # Errors
    ///
    /// When the text is not a request.
    pub fn read(source: &str) -> Result<Self, NotUnderstood> {
        let value = Value::parse(source).map_err(|_| NotUnderstood)?;
        read(Reader(&value)).ok_or(NotUnderstood)
    }
}

fn read(it: Reader<'_>) -> Option<Request> {
    Some(match it.str("do")? {
        "open" => Request::Open {
            definition: it.text("definition")?,
            minima: it.list("minima", |it| it.0.as_f64()).and_then(read_minima),
        },
        "round" => Request::Round {
            definition: it.text("definition")?,
            minima: it.list("minima", |it| it.0.as_f64()).and_then(read_minima),
        },
        "look" => Request::Look {
            definition: it.text("definition")?,
        },
        "match" => Request::Match {
            id: it.count("id")?,
            mapping: it.text("mapping")?,
        },
        "begin" => Request::Begin {
            source: it.text("source")?,
            layout: match it.text("mapping") {
                Some(mapping) => Layout::Csv { mapping },
                None => Layout::Ndjson,
            },
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "only for progress; a cast saturates"
            )]
            bytes: it.number("bytes").map(|it| it as u64),
        },
        "before" => Request::Before {
            results: it.text("results")?,
        },
        "end" => Request::End,
        "cancel" => Request::Cancel,
        "tabulate" => Request::Tabulate {
            id: it.count("id")?,
            round: it.count("round").unwrap_or(0),
            query: read_query(it.get("query")?)?,
        },
        "compare" => Request::Compare {
            id: it.count("id")?,
            query: read_query(it.get("query")?)?,
            against: read_against(it.get("against")?)?,
        },
        "weigh" => Request::Weigh {
            margins: it.text("margins")?,
        },
        "follow" => Request::Follow {
            id: it.count("id")?,
        },
        "open-answers" => Request::OpenAnswers {
            variable: it.text("variable")?,
        },
        "publish" => Request::Publish(Publication {
            base: Base::named(it.str("base")?)?,
            rounding: Rounding::named(it.str("rounding")?)?,
            breakdowns: it.list("breakdowns", |it| it.0.as_str().map(str::to_owned))?,
            day: it.str("day")?.parse().ok()?,
            sample: it.0.get("sample")?.as_bool()?,
        }),
        "file" => Request::File(Box::new(read_order(it)?)),
        _ => return None,
    })
}

fn write_open(what: &str, definition: &str, minima: Option<(u32, u32)>) -> Value {
    object([
        ("do", text(what)),
        ("definition", text(definition)),
        (
            "minima",
            optional(minima, |(cell, sensitive)| {
                Value::List(vec![count(cell), count(sensitive)])
            }),
        ),
    ])
}

pub(super) fn write_against(against: &Against) -> Value {
    match against {
        Against::Groups {
            variable,
            one,
            other,
        } => object([
            ("variable", text(variable)),
            ("one", one.clone()),
            ("other", optional(other.clone(), |it| it)),
        ]),
        Against::Rounds { earlier, later } => {
            object([("earlier", count(*earlier)), ("later", count(*later))])
        }
    }
}

pub(super) fn read_against(it: Reader<'_>) -> Option<Against> {
    if let Some(variable) = it.text("variable") {
        return Some(Against::Groups {
            variable,
            one: it.0.get("one")?.clone(),
            other: it.get("other").map(|it| it.0.clone()),
        });
    }
    Some(Against::Rounds {
        earlier: it.count("earlier")?,
        later: it.count("later")?,
    })
}

fn read_minima(minima: Vec<f64>) -> Option<(u32, u32)> {
    let whole = |it: f64| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a cast saturates"
        )]
        let it = it as u32;
        it
    };
    match minima.as_slice() {
        [cell, sensitive] => Some((whole(*cell), whole(*sensitive))),
        _ => None,
    }
}

pub(super) fn write_query(query: &Query) -> Value {
    object([
        ("filter", optional(query.filter.as_deref(), text)),
        ("groups", list(&query.groups, |it| text(it))),
        ("base", text(query.base.name())),
        ("rounding", text(query.rounding.name())),
        ("questions", list(&query.questions, |it| text(it))),
        ("scores", Value::Bool(query.scores)),
        ("weighted", Value::Bool(query.weighted)),
    ])
}

pub(super) fn read_query(it: Reader<'_>) -> Option<Query> {
    let names = |name| it.list(name, |it| it.0.as_str().map(str::to_owned));
    let is = |name| it.0.get(name).and_then(Value::as_bool) == Some(true);
    Some(Query {
        filter: it.text("filter"),
        groups: names("groups")?,
        base: Base::named(it.str("base")?)?,
        rounding: Rounding::named(it.str("rounding")?)?,
        questions: names("questions")?,
        scores: is("scores"),
        weighted: is("weighted"),
    })
}

impl Base {
    /// `valid` or `all`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::All => "all",
        }
    }

    /// The base called so.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Valid, Self::All]
            .into_iter()
            .find(|it| it.name() == name)
    }
}

impl Rounding {
    /// `half-up` or `largest-remainder`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::HalfUp => "half-up",
            Self::LargestRemainder => "largest-remainder",
        }
    }

    /// The rounding called so; underscores are taken for hyphens.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.replace('_', "-");
        [Self::HalfUp, Self::LargestRemainder]
            .into_iter()
            .find(|it| it.name() == name)
    }
}
