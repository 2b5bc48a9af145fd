//! From a snapshot to a codebook and releases.

use std::collections::BTreeSet;

use json::Value;
use questionnaire::definition::{Disclosure, FrameUnit, Meaning, Mode, Role};
use questionnaire::localized::{DEFAULT, Localized};
use wire::Localised;
use wire::results::{self, Results, RowLabel};

use super::Published;
use crate::codebook::{Category, Codebook, Item, Kind, Question};
use crate::query::{Base, Protection, Rounding};
use crate::release::{
    Figures, Group, Head, Hidden, Label, Release, Repeated, Response, Row, Summary,
};

pub(super) fn published(it: &Results) -> Option<Published> {
    let [minimum_cell, sensitive_minimum, score_minimum] = it.minima;
    let codebook = codebook(it)?;
    let head = Head {
        survey: it.survey.as_str().to_owned(),
        round: it.round.clone(),
        filter: None,
        n: it.n,
        total: it.n,
        base: Base::named(it.base)?,
        rounding: Rounding::named(it.rounding)?,
        protection: Protection {
            minimum_cell,
            sensitive_minimum,
            score_minimum,
        },
        weighting: None,
    };
    let all = |figures: &[results::Figures]| -> Option<Vec<Figures>> {
        let known = |it: &results::Figures| codebook.item(&it.name).is_some();
        figures.iter().all(known).then(|| {
            figures
                .iter()
                .map(|it| self::figures(it, head.base))
                .collect()
        })
    };
    let whole = Release {
        questions: all(&it.figures)?,
        groups: Vec::new(),
        response: it.response.as_ref().map(response),
        refusal: None,
        audit: Vec::new(),
        head: head.clone(),
    };
    let mut breakdowns = Vec::new();
    for breakdown in &it.breakdowns {
        codebook.backgrounds().find(|it| it.name == breakdown.by)?;
        let mut groups = Vec::new();
        for group in &breakdown.groups {
            groups.push(Group {
                by: vec![(breakdown.by.clone(), group.value.clone())],
                n: group.n,
                hidden: group.hidden.and_then(Hidden::named),
                questions: all(&group.figures)?,
            });
        }
        let release = Release {
            groups,
            ..whole.clone()
        };
        breakdowns.push((breakdown.by.clone(), release));
    }
    Some(Published {
        codebook,
        day: it.day,
        sample: it.sample,
        whole,
        breakdowns,
    })
}

fn response(it: &results::Response) -> Response {
    let repeated = it.repeated.iter().map(|it| Repeated {
        code: it.code.clone(),
        answers: it.answers,
    });
    Response {
        asked: it.asked,
        answered: it.answered,
        percent: None,
        waiting: None,
        repeated: repeated.collect(),
        sub_regions: Vec::new(),
    }
}

/// Of the units that were asked only those are public that answered more than once.
fn frame(it: &Results) -> Vec<FrameUnit> {
    let repeated = it.response.iter().flat_map(|it| &it.repeated);
    let units = repeated.map(|it| FrameUnit {
        code: it.code.clone(),
        name: localized(&it.name),
        sub_region: None,
    });
    units.collect()
}

fn codebook(it: &Results) -> Option<Codebook> {
    let mut names = BTreeSet::new();
    let questions = it.questions.iter().map(|it| {
        let items = it.items.iter().map(|it| {
            // Figures are found by the name of their variable.
            names.insert(it.name.clone()).then(|| item(it))?
        });
        Some(Question {
            name: it.name.clone(),
            page: it.page as usize,
            title: localized(&it.title),
            kind: Kind::named(it.kind)?,
            items: items.collect::<Option<_>>()?,
            role: if it.background {
                Role::Background
            } else {
                Role::Outcome
            },
            theme: None,
            since: None,
            note: it.note.clone(),
        })
    });
    let questions: Vec<Question> = questions.collect::<Option<_>>()?;
    questions
        .iter()
        .all(|question| question.page < it.pages.len().max(1))
        .then_some(())?;
    Some(Codebook {
        scores: Vec::new(),
        conditions: Vec::new(),
        offers: Vec::new(),
        survey: it.survey.as_str().to_owned(),
        version: it.version.clone(),
        round: it.round.clone(),
        languages: Vec::new(),
        period: (None, None),
        title: localized(&it.title),
        pages: it.pages.iter().map(localized).collect(),
        mode: match it.mode {
            "organisation" => Mode::Organisation,
            "group" => Mode::Group,
            _ => Mode::Anonymous,
        },
        questions,
        frame: frame(it),
        frame_size: None,
        disclosure: Disclosure::default(),
    })
}

fn item(it: &results::Item) -> Option<Item> {
    let category = |it: &results::Category| {
        let meaning = it.meaning.map(|it| match it {
            "prefer-not" => Meaning::PreferNot,
            "not-applicable" => Meaning::NotApplicable,
            _ => Meaning::DontKnow,
        });
        let point = match &it.value {
            _ if meaning.is_some() => None,
            Value::Number(number) => Some(*number),
            Value::Text(text) => text.parse().ok().filter(|it: &f64| it.is_finite()),
            _ => None,
        };
        Category {
            value: it.value.clone(),
            text: localized(&it.text),
            meaning,
            group: it.group.clone(),
            point,
        }
    };
    Some(Item {
        score: false,
        name: it.name.clone(),
        text: localized(&it.text),
        kind: Kind::named(it.kind)?,
        categories: it.categories.iter().map(category).collect(),
        open_ended: false,
        theme: None,
        indicator: None,
        instrument: None,
        sensitive: it.sensitive,
    })
}

/// The first text also stands for languages that have none.
fn localized(text: &Localised) -> Localized {
    let mut out = Localized::default();
    for (ix, (tag, text)) in text.iter().enumerate() {
        if ix == 0 {
            out.insert(DEFAULT, text);
        }
        if !tag.is_empty() {
            out.insert(tag, text);
        }
    }
    out
}

fn figures(it: &results::Figures, base: Base) -> Figures {
    Figures {
        name: it.name.clone(),
        base,
        n: it.n,
        hidden: it.hidden.and_then(Hidden::named),
        rows: it.rows.iter().map(row).collect(),
        boxes: it.boxes.iter().map(row).collect(),
        summary: it.summary.as_ref().map(|it| Summary {
            n: it.n,
            lower_quartile: it.lower_quartile,
            median: it.median,
            upper_quartile: it.upper_quartile,
            mean: it.mean,
            deviation: it.deviation,
            range: None,
            hidden: it.hidden.and_then(Hidden::named),
        }),
    }
}

fn row(it: &results::Row) -> Row {
    Row {
        label: match &it.label {
            RowLabel::Value(value) => Label::Value(value.clone()),
            RowLabel::Box(name) => Label::Box(name.clone()),
            RowLabel::Range(from, to) => Label::Range(*from, *to),
            RowLabel::Whole(from, to) => Label::Whole(*from, *to),
            RowLabel::Kind("unsure") => Label::Unsure,
            RowLabel::Kind("missing") => Label::Missing,
            RowLabel::Kind(_) => Label::Other,
        },
        count: it.count,
        percent: it.percent,
        interval: it.interval,
        weighted: None,
        hidden: it.hidden.and_then(Hidden::named),
    }
}
