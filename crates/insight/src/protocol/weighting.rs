//! How weights came out, as JSON.

use json::Value;

use super::tree::{Reader, count, list, object, optional, text};
use crate::weights::Weighting;

pub(crate) fn write_weighting(it: &Weighting) -> Value {
    object([
        ("source", optional(it.source.as_deref(), text)),
        ("variables", list(&it.variables, |it| text(it))),
        ("effectiveN", count(it.effective_n)),
        ("rounds", count(it.rounds)),
        ("converged", Value::Bool(it.converged)),
        ("trimmed", count(it.trimmed)),
        ("largestGap", Value::Number(it.largest_gap)),
        (
            "empty",
            list(&it.empty, |(variable, code)| {
                object([("variable", text(variable)), ("code", text(code))])
            }),
        ),
    ])
}

pub(super) fn read_weighting(it: Reader<'_>) -> Option<Weighting> {
    Some(Weighting {
        source: it.text("source"),
        variables: it.list("variables", |it| it.0.as_str().map(str::to_owned))?,
        effective_n: it.count("effectiveN")?,
        rounds: it.count("rounds")?,
        converged: it.0.get("converged")?.as_bool()?,
        trimmed: it.count("trimmed")?,
        largest_gap: it.number("largestGap")?,
        empty: it.list("empty", |it| Some((it.text("variable")?, it.text("code")?)))?,
    })
}
