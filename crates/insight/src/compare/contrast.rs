//! One variable on both sides: differences, and the test that suits it.

use super::sides::Shown;
use super::verdict::{Effect, Measure, Method, Test, Verdict};
use super::{Comparison, Contrast, Difference, Means, Side, Who};
use crate::codebook::{Item, Kind};
use crate::release::{Figures, Hidden, Label, Refusal, Row, Summary};
use crate::rounds::Change;
use crate::statistics::holm::holm;
use crate::statistics::means::{Sample, welch};
use crate::statistics::ranks::mann_whitney;
use crate::statistics::shares::{cohens_h, difference, wilson};
use crate::statistics::tables;

/// Fewer answers than this on a side say nothing about a difference.
const FEWEST: u32 = 5;

/// Compares variable by variable: each with the name it has on the other side, and with what
/// changed in between.
pub(super) fn compare<'a>(
    (who_one, one): (Who, Shown<'_>),
    (who_other, other): (Who, Shown<'_>),
    refusal: Option<Refusal>,
    items: impl Iterator<Item = (&'a Item, &'a str, Vec<Change>)>,
) -> Comparison {
    let mut questions = Vec::new();
    if refusal.is_none() {
        for (item, name_other, changes) in items.filter(|it| it.0.kind != Kind::Text) {
            // A variable that was not asked for is in neither release.
            if let Some(figures) = one.figures(&item.name) {
                let pair = (figures, other.figures(name_other));
                questions.push(contrast(item, pair, changes));
            } else if one.questions.is_empty() {
                questions.push(nothing(item, Verdict::Hidden));
            }
        }
    }
    let tests = correct(&mut questions);
    Comparison {
        one: Side {
            who: who_one,
            n: one.n,
        },
        other: Side {
            who: who_other,
            n: other.n,
        },
        refusal,
        questions,
        months_apart: None,
        tests,
    }
}

fn nothing(item: &Item, verdict: Verdict) -> Contrast {
    Contrast {
        name: item.name.clone(),
        n: (None, None),
        changes: Vec::new(),
        hidden: (verdict == Verdict::Hidden).then_some(Hidden::TooFew),
        rows: Vec::new(),
        boxes: Vec::new(),
        means: None,
        test: None,
        verdict,
    }
}

fn contrast(
    item: &Item,
    (one, other): (&Figures, Option<&Figures>),
    changes: Vec<Change>,
) -> Contrast {
    let broken = changes.iter().any(|it| *it != Change::Boxes);
    let n = (one.n, other.and_then(|it| it.n));
    let Some(other) = other.filter(|_| !broken) else {
        let verdict = if broken {
            Verdict::Changed
        } else {
            Verdict::Hidden
        };
        let hidden = match verdict {
            Verdict::Changed => Some(Hidden::Changed),
            _ => one.hidden.or(Some(Hidden::TooFew)),
        };
        return Contrast {
            n,
            changes,
            hidden,
            ..nothing(item, verdict)
        };
    };
    let mut it = Contrast {
        n,
        hidden: one.hidden.or(other.hidden),
        ..nothing(item, Verdict::NotTested)
    };
    if item.kind == Kind::Number {
        it.means = means(one.summary.as_ref(), other.summary.as_ref());
    } else {
        it.rows = rows(&one.rows, &other.rows, n);
        if !changes.contains(&Change::Boxes) {
            it.boxes = rows(&one.boxes, &other.boxes, n);
        }
    }
    it.changes = changes;
    let answered = (answered(one), answered(other));
    if it.hidden.is_some() {
        it.verdict = Verdict::Hidden;
    } else if answered.0.min(answered.1) < FEWEST {
        it.verdict = Verdict::TooFew;
    } else if item.kind == Kind::Multiple {
        test_rows(&mut it.rows, (&one.rows, &other.rows), answered);
        it.verdict = Verdict::NotTested;
    } else {
        match test(item, one, other) {
            Ok(test) => it.test = test,
            Err(Unseen) => it.verdict = Verdict::Hidden,
        }
    }
    it
}

/// Those who answered, whatever the base is.
fn answered(figures: &Figures) -> u32 {
    let missing = figures.rows.iter().find(|it| it.label == Label::Missing);
    let missing = missing.and_then(|it| it.count).unwrap_or(0);
    figures.n.unwrap_or(0).saturating_sub(missing)
}

/// Something is hidden that the test needs.
struct Unseen;

fn test(item: &Item, one: &Figures, other: &Figures) -> Result<Option<Test>, Unseen> {
    if item.kind == Kind::Number {
        return test_means(one.summary.as_ref(), other.summary.as_ref());
    }
    let point = |label: &Label| {
        let mut categories = item.categories.iter();
        let category =
            categories.find(|it| matches!(label, Label::Value(value) if *value == it.value));
        category.and_then(|it| it.point)
    };
    let rows = paired(&one.rows, &other.rows).filter(|it| *it.0 != Label::Missing);
    let rows: Vec<(&Label, Option<(u32, u32)>)> = rows
        .map(|(label, one, other)| (label, counts(one, other)))
        .collect();
    let shown: Vec<(u32, u32)> = rows.iter().filter_map(|it| it.1).collect();
    let together = together(&rows, (answered(one), answered(other)));
    if shown.is_empty() {
        return Err(Unseen);
    }
    if item.kind == Kind::Scale && item.categories.iter().any(|it| it.point.is_some()) {
        let mut points: Vec<(f64, Option<(u32, u32)>)> = rows
            .iter()
            .filter_map(|(label, counts)| Some((point(label)?, *counts)))
            // That nobody chose keeps no two apart.
            .filter(|(_, counts)| *counts != Some((0, 0)))
            .collect();
        points.sort_by(|left, right| left.0.total_cmp(&right.0));
        let points: Vec<Option<(u32, u32)>> = points.into_iter().map(|it| it.1).collect();
        if let Some(ranked) = in_order(&points, together) {
            return Ok(test_ranks(&ranked, together));
        }
    }
    let tested = tables::test_with(&shown, together);
    Ok(tested.map(|it| of_table(it, Effect::new(Measure::CramersV, it.v))))
}

/// Rows that a side hides: how many they are together on each side follows from all others.
fn together(
    rows: &[(&Label, Option<(u32, u32)>)],
    answered: (u32, u32),
) -> Option<tables::Together> {
    let n_rows = rows.iter().filter(|it| it.1.is_none()).count();
    let shown = rows.iter().filter_map(|it| it.1);
    let (one, other) = shown.fold((0, 0), |sums, it| (sums.0 + it.0, sums.1 + it.1));
    (n_rows > 0).then(|| tables::Together {
        counts: (
            answered.0.saturating_sub(one),
            answered.1.saturating_sub(other),
        ),
        n_rows: u32::try_from(n_rows).unwrap_or(u32::MAX),
    })
}

/// Points of a scale upwards, with those that are hidden as one point in their place; `None` if
/// they are not neighbours, or not all of them points.
fn in_order(
    points: &[Option<(u32, u32)>],
    together: Option<tables::Together>,
) -> Option<Vec<(u32, u32)>> {
    let Some(together) = together else {
        return points.iter().copied().collect();
    };
    let first = points.iter().position(Option::is_none)?;
    let last = points.iter().rposition(Option::is_none)?;
    let n = u32::try_from(last + 1 - first).ok()?;
    let below = points.get(..first)?.iter().copied();
    let above = points.get(last + 1..)?.iter().copied();
    if n != together.n_rows {
        return None;
    }
    below.chain([Some(together.counts)]).chain(above).collect()
}

fn test_ranks(points: &[(u32, u32)], together: Option<tables::Together>) -> Option<Test> {
    if points.iter().filter(|it| it.0 + it.1 > 0).count() < 2 {
        return None;
    }
    let ranked = mann_whitney(points)?;
    Some(Test {
        method: if ranked.exact {
            Method::MannWhitneyExact
        } else {
            Method::MannWhitney
        },
        statistic: Some(ranked.u),
        degrees: None,
        p: ranked.p,
        corrected: ranked.p,
        effect: Effect::new(Measure::RankBiserial, ranked.rank_biserial),
        pooled: together.map_or(0, |it| it.n_rows),
    })
}

fn of_table(tested: tables::Tested, effect: Effect) -> Test {
    let (method, statistic, degrees) = match tested.method {
        tables::Method::ChiSquare { statistic, degrees } => {
            (Method::ChiSquare, Some(statistic), Some(f64::from(degrees)))
        }
        tables::Method::Fisher => (Method::Fisher, None, None),
    };
    Test {
        method,
        statistic,
        degrees,
        p: tested.p,
        corrected: tested.p,
        effect,
        pooled: tested.pooled,
    }
}

fn sample(summary: &Summary) -> Option<Sample> {
    Some(Sample {
        n: summary.n?,
        mean: summary.mean?,
        deviation: summary.deviation?,
    })
}

fn test_means(one: Option<&Summary>, other: Option<&Summary>) -> Result<Option<Test>, Unseen> {
    let (Some(one), Some(other)) = (one, other) else {
        return Ok(None);
    };
    if one.hidden.or(other.hidden).is_some() {
        return Err(Unseen);
    }
    let compared = sample(one).zip(sample(other));
    let compared = compared.and_then(|(one, other)| welch(one, other));
    Ok(compared.map(|it| Test {
        method: Method::Welch,
        statistic: Some(it.t),
        degrees: Some(it.degrees),
        p: it.p,
        corrected: it.p,
        effect: Effect::new(Measure::CohensD, it.d),
        pooled: 0,
    }))
}

fn means(one: Option<&Summary>, other: Option<&Summary>) -> Option<Means> {
    let (one, other) = one.zip(other)?;
    let compared = sample(one).zip(sample(other));
    let compared = compared.and_then(|(one, other)| welch(one, other));
    let (one, other) = (one.mean?, other.mean?);
    Some(Means {
        one,
        other,
        difference: one - other,
        interval: compared.map(|it| it.interval),
    })
}

/// Rows of both sides by label; one that a side does not list has `None` there.
fn paired<'a>(
    one: &'a [Row],
    other: &'a [Row],
) -> impl Iterator<Item = (&'a Label, Option<&'a Row>, Option<&'a Row>)> {
    let find = |rows: &'a [Row], label: &Label| rows.iter().find(|it| it.label == *label);
    let only_other = other
        .iter()
        .filter(move |it| find(one, &it.label).is_none());
    let of_one = one
        .iter()
        .map(move |it| (&it.label, Some(it), find(other, &it.label)));
    of_one.chain(only_other.map(|it| (&it.label, None, Some(it))))
}

/// How many on each side; nobody where a side does not list the row.
fn counts(one: Option<&Row>, other: Option<&Row>) -> Option<(u32, u32)> {
    let count = |row: Option<&Row>| match row {
        Some(row) => row.count,
        None => Some(0),
    };
    Some((count(one)?, count(other)?))
}

fn rows(one: &[Row], other: &[Row], n: (Option<u32>, Option<u32>)) -> Vec<Difference> {
    let side = |row: Option<&Row>, n: Option<u32>| {
        let count = row.map_or(Some(0), |it| it.count)?;
        let n = n.filter(|it| *it > 0)?;
        Some((f64::from(count) / f64::from(n), wilson(count, n, None)?))
    };
    paired(one, other)
        .map(|(label, one, other)| {
            let (one, other) = (side(one, n.0), side(other, n.1));
            let both = one.zip(other).map(|(one, other)| difference(one, other));
            Difference {
                label: label.clone(),
                one: one.map(|it| it.0),
                other: other.map(|it| it.0),
                difference: both.map(|it| it.0),
                interval: both.map(|it| it.1),
                test: None,
                verdict: None,
            }
        })
        .collect()
}

/// Each choice of several by itself: chosen or not.
fn test_rows(into: &mut [Difference], (one, other): (&[Row], &[Row]), n: (u32, u32)) {
    for (row, (label, one, other)) in into.iter_mut().zip(paired(one, other)) {
        if *label == Label::Missing {
            continue;
        }
        let Some((one, other)) = counts(one, other) else {
            row.verdict = Some(Verdict::Hidden);
            continue;
        };
        let (not_one, not_other) = (n.0.saturating_sub(one), n.1.saturating_sub(other));
        let tested = tables::test(&[(one, other), (not_one, not_other)]);
        let share = |count: u32, n: u32| f64::from(count) / f64::from(n.max(1));
        let effect = Effect::new(
            Measure::CohensH,
            cohens_h(share(one, n.0), share(other, n.1)),
        );
        row.test = tested.map(|it| of_table(it, effect));
        row.verdict = Some(Verdict::NotTested);
    }
}

/// Corrects all tests of a comparison together and gives the verdicts; returns how many there were.
fn correct(questions: &mut [Contrast]) -> u32 {
    fn tests<'a>(of: &'a mut [Contrast]) -> impl Iterator<Item = (&'a mut Test, Write<'a>)> {
        of.iter_mut().flat_map(|it| {
            let whole = it.test.as_mut().map(|test| {
                let verdict = &mut it.verdict;
                (test, Box::new(|said| *verdict = said) as Write<'a>)
            });
            let rows = it.rows.iter_mut().filter_map(|row| {
                let verdict = &mut row.verdict;
                let write = Box::new(|said| *verdict = Some(said)) as Write<'a>;
                Some((row.test.as_mut()?, write))
            });
            whole.into_iter().chain(rows)
        })
    }
    let probabilities: Vec<f64> = tests(questions).map(|(test, _)| test.p).collect();
    let corrected = holm(&probabilities);
    for ((test, write), corrected) in tests(questions).zip(corrected) {
        test.corrected = corrected;
        write(Verdict::of(test));
    }
    u32::try_from(probabilities.len()).unwrap_or(u32::MAX)
}

type Write<'a> = Box<dyn FnOnce(Verdict) + 'a>;
