//! What a release says of one side.

use std::borrow::Cow;

use json::Value;

use crate::release::{Figures, Group, Release, Row, Summary};

/// What is shown of one side.
pub(super) struct Shown<'a> {
    pub(super) n: Option<u32>,
    pub(super) questions: Cow<'a, [Figures]>,
}

impl Shown<'_> {
    pub(super) fn figures(&self, variable: &str) -> Option<&Figures> {
        self.questions.iter().find(|it| it.name == variable)
    }
}

pub(super) fn whole(release: &Release) -> Shown<'_> {
    Shown {
        n: release.head().n,
        questions: Cow::Borrowed(release.questions()),
    }
}

pub(super) fn group<'a>(release: &'a Release, variable: &str, value: &Value) -> Shown<'a> {
    match find(release, variable, value) {
        Some(group) => Shown {
            n: group.n,
            questions: Cow::Borrowed(&group.questions),
        },
        None => Shown {
            n: None,
            questions: Cow::Borrowed(&[]),
        },
    }
}

/// All but one group, worked out from what is shown of all and of the group.
pub(super) fn rest<'a>(release: &'a Release, variable: &str, value: &Value) -> Shown<'a> {
    let Some(group) = find(release, variable, value) else {
        return Shown {
            n: None,
            questions: Cow::Borrowed(&[]),
        };
    };
    let questions = release
        .questions()
        .iter()
        .filter_map(|all| Some(without(all, group.figures(&all.name)?)));
    Shown {
        n: less(release.head().n, group.n),
        questions: Cow::Owned(questions.collect()),
    }
}

fn find<'a>(release: &'a Release, variable: &str, value: &Value) -> Option<&'a Group> {
    release
        .groups()
        .iter()
        .find(|it| matches!(it.by.as_slice(), [(name, own)] if name == variable && own == value))
}

fn less(all: Option<u32>, part: Option<u32>) -> Option<u32> {
    all?.checked_sub(part?)
}

fn without(all: &Figures, part: &Figures) -> Figures {
    let rows = |of: &[Row], parts: &[Row]| {
        let row = |it: &Row| {
            let here = parts.iter().find(|other| other.label == it.label);
            let hidden = it.hidden.or(here.and_then(|it| it.hidden));
            // A row the part does not list is one that nobody in it chose.
            let count = match here {
                Some(here) => less(it.count, here.count),
                None => it.count,
            };
            Row {
                count: count.filter(|_| hidden.is_none()),
                percent: None,
                interval: None,
                weighted: None,
                hidden,
                ..it.clone()
            }
        };
        of.iter().map(row).collect()
    };
    Figures {
        n: less(all.n, part.n),
        hidden: all.hidden.or(part.hidden),
        rows: rows(&all.rows, &part.rows),
        boxes: rows(&all.boxes, &part.boxes),
        summary: all
            .summary
            .as_ref()
            .zip(part.summary.as_ref())
            .map(|(all, part)| summary_without(all, part)),
        ..all.clone()
    }
}

/// Mean and spread of the others, from those of all and of a part.
fn summary_without(all: &Summary, part: &Summary) -> Summary {
    let hidden = all.hidden.or(part.hidden);
    let rest = Summary {
        n: less(all.n, part.n),
        hidden,
        ..Summary::default()
    };
    let sums = |it: &Summary| {
        let (n, mean) = (f64::from(it.n?), it.mean?);
        let squares = it.deviation.unwrap_or(0.0);
        Some((n, mean, squares * squares * (n - 1.0)))
    };
    let (Some((n, mean, squares)), Some((n_part, mean_part, squares_part)), Some(n_rest)) =
        (sums(all), sums(part), rest.n.map(f64::from))
    else {
        // Nobody of the part gave a number: the others are all.
        let nobody = part.n == Some(0) && hidden.is_none();
        return if nobody { all.clone() } else { rest };
    };
    if n_rest < 1.0 || hidden.is_some() {
        return rest;
    }
    let mean_rest = (n * mean - n_part * mean_part) / n_rest;
    let between = n_part * (mean_part - mean) * (mean_part - mean)
        + n_rest * (mean_rest - mean) * (mean_rest - mean);
    let squares_rest = (squares - squares_part - between).max(0.0);
    Summary {
        mean: Some(mean_rest),
        deviation: (n_rest > 1.0).then(|| (squares_rest / (n_rest - 1.0)).sqrt()),
        ..rest
    }
}
