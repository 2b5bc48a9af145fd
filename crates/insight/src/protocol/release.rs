//! A release as JSON, from the worker to the page. Reading back is private to the messages: it
//! gives what disclosure control let out, nothing new.

use json::Value;

use super::tree::{Reader, count, fraction, list, object, optional, pair, text};
use super::weighting::{read_weighting, write_weighting};
use crate::query::{Base, Protection, Rounding};
use crate::release::{
    Figures, Group, Head, Hidden, Label, Refusal, Release, Repeated, Response, Row, SubRegion,
    Summary, Weighted, Withheld,
};

pub(super) fn write(release: &Release) -> Value {
    object([
        ("head", write_head(&release.head)),
        ("questions", list(&release.questions, write_figures)),
        ("groups", list(&release.groups, write_group)),
        (
            "response",
            optional(release.response.as_ref(), write_response),
        ),
        ("refusal", optional(release.refusal.as_ref(), write_refusal)),
        ("audit", list(&release.audit, write_withheld)),
    ])
}

pub(super) fn read(it: Reader<'_>) -> Option<Release> {
    Some(Release {
        head: read_head(it.get("head")?)?,
        questions: it.list("questions", read_figures)?,
        groups: it.list("groups", read_group)?,
        response: it.get("response").and_then(read_response),
        refusal: it.get("refusal").and_then(read_refusal),
        audit: it.list("audit", read_withheld)?,
    })
}

/// What a piece may hold, in bytes: the page reads one in a few milliseconds.
const PIECE: usize = 48 << 10;

/// Groups and what was withheld, taken out of a release, as texts that [`read_more`] puts back.
pub(super) fn take_pieces(release: &mut Release) -> Vec<String> {
    let groups = core::mem::take(&mut release.groups);
    let audit = core::mem::take(&mut release.audit);
    let groups = groups.iter().map(|it| ("groups", write_group(it)));
    let audit = audit.iter().map(|it| ("audit", write_withheld(it)));
    let mut pieces: Vec<String> = Vec::new();
    let mut open = "";
    for (name, value) in groups.chain(audit) {
        let value = value.to_string();
        match pieces.last_mut() {
            Some(piece) if open == name && piece.len() < PIECE => {
                piece.push(',');
                piece.push_str(&value);
            }
            _ => pieces.push(format!("{{\"say\":\"more\",\"{name}\":[{value}")),
        }
        open = name;
    }
    for piece in &mut pieces {
        piece.push_str("]}");
    }
    pieces
}

/// Puts a piece of a release where it belongs.
pub(super) fn read_more(it: Reader<'_>, release: &mut Release) -> Option<()> {
    match it.get("groups") {
        Some(_) => release.groups.extend(it.list("groups", read_group)?),
        None => release.audit.extend(it.list("audit", read_withheld)?),
    }
    Some(())
}

fn write_head(head: &Head) -> Value {
    object([
        ("survey", text(&head.survey)),
        ("round", optional(head.round.as_deref(), text)),
        ("filter", optional(head.filter.as_deref(), text)),
        ("n", optional(head.n, count)),
        ("total", optional(head.total, count)),
        ("base", text(head.base.name())),
        ("rounding", text(head.rounding.name())),
        ("minimumCell", count(head.protection.minimum_cell)),
        ("sensitiveMinimum", count(head.protection.sensitive_minimum)),
        ("scoreMinimum", count(head.protection.score_minimum)),
        (
            "weighting",
            optional(head.weighting.as_ref(), write_weighting),
        ),
    ])
}

fn read_head(it: Reader<'_>) -> Option<Head> {
    Some(Head {
        survey: it.text("survey")?,
        round: it.text("round"),
        filter: it.text("filter"),
        n: it.count("n"),
        total: it.count("total"),
        base: Base::named(it.str("base")?)?,
        rounding: Rounding::named(it.str("rounding")?)?,
        protection: Protection {
            minimum_cell: it.count("minimumCell")?,
            sensitive_minimum: it.count("sensitiveMinimum")?,
            score_minimum: it.count("scoreMinimum")?,
        },
        weighting: it.get("weighting").and_then(read_weighting),
    })
}

fn write_figures(figures: &Figures) -> Value {
    object([
        ("name", text(&figures.name)),
        ("base", text(figures.base.name())),
        ("n", optional(figures.n, count)),
        ("hidden", optional(figures.hidden, write_hidden)),
        ("rows", list(&figures.rows, write_row)),
        ("boxes", list(&figures.boxes, write_row)),
        ("summary", optional(figures.summary.as_ref(), write_summary)),
    ])
}

fn read_figures(it: Reader<'_>) -> Option<Figures> {
    Some(Figures {
        name: it.text("name")?,
        base: Base::named(it.str("base")?)?,
        n: it.count("n"),
        hidden: it.str("hidden").and_then(Hidden::named),
        rows: it.list("rows", read_row)?,
        boxes: it.list("boxes", read_row)?,
        summary: it.get("summary").map(read_summary),
    })
}

fn write_row(row: &Row) -> Value {
    object([
        ("label", write_label(&row.label)),
        ("count", optional(row.count, count)),
        ("percent", optional(row.percent, count)),
        ("interval", optional(row.interval, pair)),
        ("weighted", optional(row.weighted, |it| count(it.percent))),
        (
            "weightedInterval",
            optional(row.weighted, |it| pair(it.interval)),
        ),
        ("hidden", optional(row.hidden, write_hidden)),
    ])
}

fn read_row(it: Reader<'_>) -> Option<Row> {
    Some(Row {
        label: read_label(it.get("label")?)?,
        count: it.count("count"),
        percent: it.count("percent"),
        interval: it.pair("interval"),
        weighted: it.count("weighted").and_then(|percent| {
            let interval = it.pair("weightedInterval")?;
            Some(Weighted { percent, interval })
        }),
        hidden: it.str("hidden").and_then(Hidden::named),
    })
}

pub(super) fn write_label(label: &Label) -> Value {
    match label {
        Label::Value(value) => object([("value", value.clone())]),
        Label::Box(name) => object([("box", text(name))]),
        Label::Unsure => object([("kind", text("unsure"))]),
        Label::Missing => object([("kind", text("missing"))]),
        Label::Other => object([("kind", text("other"))]),
        Label::Range(from, to) => object([("range", pair((*from, *to)))]),
        Label::Whole(from, to) => object([("whole", pair((*from, *to)))]),
    }
}

pub(super) fn read_label(it: Reader<'_>) -> Option<Label> {
    if let Some(value) = it.0.get("value") {
        return Some(Label::Value(value.clone()));
    }
    if let Some(name) = it.text("box") {
        return Some(Label::Box(name));
    }
    if let Some((from, to)) = it.pair("range") {
        return Some(Label::Range(from, to));
    }
    if let Some((from, to)) = it.pair("whole") {
        return Some(Label::Whole(from, to));
    }
    match it.str("kind")? {
        "unsure" => Some(Label::Unsure),
        "missing" => Some(Label::Missing),
        "other" => Some(Label::Other),
        _ => None,
    }
}

fn write_summary(summary: &Summary) -> Value {
    let number = |it: Option<f64>| optional(it, fraction);
    object([
        ("n", optional(summary.n, count)),
        ("lowerQuartile", number(summary.lower_quartile)),
        ("median", number(summary.median)),
        ("upperQuartile", number(summary.upper_quartile)),
        ("mean", number(summary.mean)),
        ("deviation", number(summary.deviation)),
        ("range", optional(summary.range, pair)),
        ("hidden", optional(summary.hidden, write_hidden)),
    ])
}

fn read_summary(it: Reader<'_>) -> Summary {
    Summary {
        n: it.count("n"),
        lower_quartile: it.number("lowerQuartile"),
        median: it.number("median"),
        upper_quartile: it.number("upperQuartile"),
        mean: it.number("mean"),
        deviation: it.number("deviation"),
        range: it.pair("range"),
        hidden: it.str("hidden").and_then(Hidden::named),
    }
}

fn write_group(group: &Group) -> Value {
    object([
        ("by", write_by(&group.by)),
        ("n", optional(group.n, count)),
        ("hidden", optional(group.hidden, write_hidden)),
        ("questions", list(&group.questions, write_figures)),
    ])
}

fn read_group(it: Reader<'_>) -> Option<Group> {
    Some(Group {
        by: it.list("by", read_by)?,
        n: it.count("n"),
        hidden: it.str("hidden").and_then(Hidden::named),
        questions: it.list("questions", read_figures)?,
    })
}

fn write_by(by: &[(String, Value)]) -> Value {
    list(by, |(name, value)| {
        object([("variable", text(name)), ("value", value.clone())])
    })
}

fn read_by(it: Reader<'_>) -> Option<(String, Value)> {
    Some((it.text("variable")?, it.0.get("value")?.clone()))
}

fn write_response(response: &Response) -> Value {
    object([
        ("asked", count(response.asked)),
        ("answered", optional(response.answered, count)),
        ("percent", optional(response.percent, fraction)),
        (
            "waiting",
            optional(response.waiting.as_ref(), |it| list(it, |it| text(it))),
        ),
        (
            "repeated",
            list(&response.repeated, |it| {
                object([("code", text(&it.code)), ("answers", count(it.answers))])
            }),
        ),
        (
            "subRegions",
            list(&response.sub_regions, |it| {
                object([
                    ("name", text(&it.name)),
                    ("asked", count(it.asked)),
                    ("answered", optional(it.answered, count)),
                    ("percent", optional(it.percent, fraction)),
                ])
            }),
        ),
    ])
}

fn read_response(it: Reader<'_>) -> Option<Response> {
    Some(Response {
        asked: it.count("asked")?,
        answered: it.count("answered"),
        percent: it.number("percent"),
        waiting: it.list("waiting", |it| it.0.as_str().map(str::to_owned)),
        repeated: it.list("repeated", |it| {
            Some(Repeated {
                code: it.text("code")?,
                answers: it.count("answers")?,
            })
        })?,
        sub_regions: it.list("subRegions", |it| {
            Some(SubRegion {
                name: it.text("name")?,
                asked: it.count("asked")?,
                answered: it.count("answered"),
                percent: it.number("percent"),
            })
        })?,
    })
}

/// Codes of [`Refusal::Filter`].
const FILTER_CODES: &[&str] = &[
    "syntax",
    "unknown-variable",
    "not-background",
    "unknown-value",
];

pub(super) fn write_refusal(refusal: &Refusal) -> Value {
    match refusal {
        Refusal::Filter { offset, code, what } => object([
            ("why", text("filter")),
            ("offset", count(u32::try_from(*offset).unwrap_or(u32::MAX))),
            ("code", text(code)),
            ("what", text(what)),
        ]),
        Refusal::Group(name) => object([("why", text("group")), ("what", text(name))]),
        Refusal::Crossing(one, other) => object([
            ("why", text("crossing")),
            ("what", text(one)),
            ("with", text(other)),
        ]),
        Refusal::TooManyGroups => object([("why", text("too-many-groups"))]),
        Refusal::TooFew => object([("why", text("too-few"))]),
        Refusal::TooFewYet(minimum) => {
            object([("why", text("too-few-yet")), ("minimum", count(*minimum))])
        }
        Refusal::TooClose => object([("why", text("too-close"))]),
        Refusal::TooSoon => object([("why", text("too-soon"))]),
    }
}

pub(super) fn read_refusal(it: Reader<'_>) -> Option<Refusal> {
    Some(match it.str("why")? {
        "filter" => {
            let code = it.str("code")?;
            Refusal::Filter {
                offset: it.count("offset")? as usize,
                code: FILTER_CODES.iter().find(|it| **it == code)?,
                what: it.text("what")?,
            }
        }
        "group" => Refusal::Group(it.text("what")?),
        "crossing" => Refusal::Crossing(it.text("what")?, it.text("with")?),
        "too-many-groups" => Refusal::TooManyGroups,
        "too-few" => Refusal::TooFew,
        "too-few-yet" => Refusal::TooFewYet(it.count("minimum")?),
        "too-close" => Refusal::TooClose,
        "too-soon" => Refusal::TooSoon,
        _ => return None,
    })
}

fn write_withheld(it: &Withheld) -> Value {
    object([
        ("group", write_by(&it.group)),
        ("variable", optional(it.variable.as_deref(), text)),
        ("row", optional(it.row.as_ref(), write_label)),
        ("why", write_hidden(it.why)),
    ])
}

fn read_withheld(it: Reader<'_>) -> Option<Withheld> {
    Some(Withheld {
        group: it.list("group", read_by)?,
        variable: it.text("variable"),
        row: it.get("row").and_then(read_label),
        why: Hidden::named(it.str("why")?)?,
    })
}

pub(super) fn write_hidden(hidden: Hidden) -> Value {
    text(hidden.name())
}

impl Hidden {
    const ALL: [Self; 4] = [
        Self::TooFew,
        Self::Protects,
        Self::Changed,
        Self::NotCrossed,
    ];

    /// A stable code: `too-few`, `protects`, `changed`, `not-crossed`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::TooFew => "too-few",
            Self::Protects => "protects",
            Self::Changed => "changed",
            Self::NotCrossed => "not-crossed",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::Hidden;

    #[test]
    fn published_results_know_every_reason() {
        for reason in Hidden::ALL {
            assert!(
                wire::results::HIDDEN.contains(&reason.name()),
                "{}",
                reason.name()
            );
        }
    }
}
