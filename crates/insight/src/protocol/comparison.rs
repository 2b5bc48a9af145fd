//! Comparisons and series as JSON, from the worker to the page.

use json::Value;

use super::release::{read_label, read_refusal, write_hidden, write_label, write_refusal};
use super::tree::{Reader, count, fraction, list, object, optional, pair, text};
use crate::compare::{
    Comparison, Contrast, Difference, Effect, Means, Measure, Method, Side, Size, Test, Verdict,
    Who,
};
use crate::release::Hidden;
use crate::rounds::{Break, Change, Series};

pub(crate) fn write(it: &Comparison) -> Value {
    object([
        ("one", write_side(&it.one)),
        ("other", write_side(&it.other)),
        ("refusal", optional(it.refusal.as_ref(), write_refusal)),
        ("questions", list(&it.questions, write_contrast)),
        ("monthsApart", optional(it.months_apart, count)),
        ("tests", count(it.tests)),
    ])
}

pub(super) fn read(it: Reader<'_>) -> Option<Comparison> {
    Some(Comparison {
        one: read_side(it.get("one")?)?,
        other: read_side(it.get("other")?)?,
        refusal: it.get("refusal").and_then(read_refusal),
        questions: it.list("questions", read_contrast)?,
        months_apart: it.count("monthsApart"),
        tests: it.count("tests")?,
    })
}

fn write_side(it: &Side) -> Value {
    let group = |kind: &str, variable: &str, value: &Value| {
        object([
            ("kind", text(kind)),
            ("variable", text(variable)),
            ("value", value.clone()),
            ("n", optional(it.n, count)),
        ])
    };
    match &it.who {
        Who::Group(variable, value) => group("group", variable, value),
        Who::Rest(variable, value) => group("rest", variable, value),
        Who::Round(round, version) => object([
            ("kind", text("round")),
            ("round", optional(round.as_deref(), text)),
            ("version", text(version)),
            ("n", optional(it.n, count)),
        ]),
    }
}

fn read_side(it: Reader<'_>) -> Option<Side> {
    let group = || Some((it.text("variable")?, it.0.get("value")?.clone()));
    let who = match it.str("kind")? {
        "group" => group().map(|(variable, value)| Who::Group(variable, value)),
        "rest" => group().map(|(variable, value)| Who::Rest(variable, value)),
        "round" => Some(Who::Round(it.text("round"), it.text("version")?)),
        _ => None,
    };
    Some(Side {
        who: who?,
        n: it.count("n"),
    })
}

fn write_contrast(it: &Contrast) -> Value {
    object([
        ("name", text(&it.name)),
        ("nOne", optional(it.n.0, count)),
        ("nOther", optional(it.n.1, count)),
        ("changes", list(&it.changes, |it| text(it.name()))),
        ("hidden", optional(it.hidden, write_hidden)),
        ("rows", list(&it.rows, write_difference)),
        ("boxes", list(&it.boxes, write_difference)),
        ("means", optional(it.means.as_ref(), write_means)),
        ("test", optional(it.test.as_ref(), write_test)),
        ("verdict", text(it.verdict.name())),
    ])
}

fn read_contrast(it: Reader<'_>) -> Option<Contrast> {
    Some(Contrast {
        name: it.text("name")?,
        n: (it.count("nOne"), it.count("nOther")),
        changes: it.list("changes", |it| Change::named(it.0.as_str()?))?,
        hidden: it.str("hidden").and_then(Hidden::named),
        rows: it.list("rows", read_difference)?,
        boxes: it.list("boxes", read_difference)?,
        means: it.get("means").and_then(read_means),
        test: it.get("test").and_then(read_test),
        verdict: Verdict::named(it.str("verdict")?)?,
    })
}

fn write_difference(it: &Difference) -> Value {
    let number = |it: Option<f64>| optional(it, fraction);
    object([
        ("label", write_label(&it.label)),
        ("one", number(it.one)),
        ("other", number(it.other)),
        ("difference", number(it.difference)),
        ("interval", optional(it.interval, pair)),
        ("test", optional(it.test.as_ref(), write_test)),
        ("verdict", optional(it.verdict, |it| text(it.name()))),
    ])
}

fn read_difference(it: Reader<'_>) -> Option<Difference> {
    Some(Difference {
        label: read_label(it.get("label")?)?,
        one: it.number("one"),
        other: it.number("other"),
        difference: it.number("difference"),
        interval: it.pair("interval"),
        test: it.get("test").and_then(read_test),
        verdict: it.str("verdict").and_then(Verdict::named),
    })
}

fn write_means(it: &Means) -> Value {
    object([
        ("one", fraction(it.one)),
        ("other", fraction(it.other)),
        ("difference", fraction(it.difference)),
        ("interval", optional(it.interval, pair)),
    ])
}

fn read_means(it: Reader<'_>) -> Option<Means> {
    Some(Means {
        one: it.number("one")?,
        other: it.number("other")?,
        difference: it.number("difference")?,
        interval: it.pair("interval"),
    })
}

pub(crate) fn write_test(it: &Test) -> Value {
    object([
        ("method", text(it.method.name())),
        ("statistic", optional(it.statistic, fraction)),
        ("degrees", optional(it.degrees, fraction)),
        ("p", fraction(it.p)),
        ("corrected", fraction(it.corrected)),
        ("measure", text(it.effect.measure.name())),
        ("effect", fraction(it.effect.value)),
        ("size", text(it.effect.size.name())),
        ("pooled", count(it.pooled)),
    ])
}

fn read_test(it: Reader<'_>) -> Option<Test> {
    Some(Test {
        method: Method::named(it.str("method")?)?,
        statistic: it.number("statistic"),
        degrees: it.number("degrees"),
        p: it.number("p")?,
        corrected: it.number("corrected")?,
        effect: Effect {
            measure: Measure::named(it.str("measure")?)?,
            value: it.number("effect")?,
            size: Size::named(it.str("size")?)?,
        },
        pooled: it.count("pooled")?,
    })
}

pub(super) fn write_series(it: &Series) -> Value {
    object([
        ("name", text(&it.name)),
        ("names", list(&it.names, |it| optional(it.as_deref(), text))),
        (
            "breaks",
            list(&it.breaks, |it| {
                object([
                    ("at", count(u32::try_from(it.at).unwrap_or(u32::MAX))),
                    ("changes", list(&it.changes, |it| text(it.name()))),
                ])
            }),
        ),
    ])
}

pub(super) fn read_series(it: Reader<'_>) -> Option<Series> {
    Some(Series {
        name: it.text("name")?,
        names: it.list("names", |it| Some(it.0.as_str().map(str::to_owned)))?,
        breaks: it.list("breaks", |it| {
            Some(Break {
                at: it.count("at")? as usize,
                changes: it.list("changes", |it| Change::named(it.0.as_str()?))?,
            })
        })?,
    })
}
