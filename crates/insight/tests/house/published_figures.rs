//! The figures of the resource survey of 2022, from the demo's own survey and sample.

use insight::release::{Figures, Label};
use insight::{Codebook, Dataset, Loader, Protection, Query, Rounding};
use questionnaire::definition::Survey;

const SURVEY: &str = include_str!("../../../../public/surveys/resurssi.json");
const SAMPLE: &str = include_str!("../../../../public/data/resurssi.sample.ndjson");

fn dataset() -> Dataset {
    let codebook = Codebook::of(&Survey::parse(SURVEY).survey);
    let mut loader = Loader::new(Dataset::new(codebook));
    loader.push(SAMPLE.as_bytes());
    let (dataset, report) = loader.finish();
    assert_eq!((report.responses, report.bad_lines), (98, 0));
    dataset
}

fn percents(figures: Option<&Figures>) -> Vec<u32> {
    let rows = figures.map(|it| it.rows.iter());
    rows.into_iter()
        .flatten()
        .filter_map(|it| it.percent)
        .collect()
}

#[track_caller]
fn check(question: &str, rounding: Rounding, n: u32, expected: &[u32]) {
    let query = Query {
        rounding,
        ..Query::default()
    };
    let release = dataset().tabulate(&query, &Protection::none());
    let figures = release.figures(question);
    assert_eq!(figures.and_then(|it| it.n), Some(n));
    assert_eq!(percents(figures), expected);
}

#[test]
fn a_coordinator_is_named_in_75_per_cent_by_largest_remainder_and_74_by_halves() {
    check("coord", Rounding::LargestRemainder, 98, &[75, 1, 5, 19, 0]);
    check("coord", Rounding::HalfUp, 98, &[74, 1, 5, 19, 0]);
}

#[test]
fn person_years_agree_in_both_roundings() {
    check("htv", Rounding::LargestRemainder, 98, &[49, 38, 10, 3]);
    check("htv", Rounding::HalfUp, 98, &[49, 38, 10, 3]);
}

#[test]
fn agreed_forms_have_one_answer_less() {
    check("agreed", Rounding::LargestRemainder, 97, &[26, 26, 46, 2]);
    check("agreed", Rounding::HalfUp, 97, &[26, 26, 46, 2]);
}

#[test]
fn with_all_as_base_the_missing_answer_has_a_row() {
    let query = Query {
        base: insight::Base::All,
        ..Query::default()
    };
    let release = dataset().tabulate(&query, &Protection::none());
    let figures = release.figures("agreed");
    assert_eq!(figures.and_then(|it| it.n), Some(98));
    let last = figures.and_then(|it| it.rows.last());
    assert_eq!(
        last.map(|it| (&it.label, it.count)),
        Some((&Label::Missing, Some(1)))
    );
}

#[test]
fn ninety_eight_of_293_municipalities_answered() {
    let release = dataset().tabulate(&Query::default(), &Protection::none());
    let response = release.response();
    assert_eq!(
        response.map(|it| (it.asked, it.answered)),
        Some((293, Some(98)))
    );
    let percent = response.and_then(|it| it.percent).unwrap_or(0.0);
    assert!((percent - 33.447).abs() < 0.001);
}

#[test]
fn a_filter_says_how_many_of_how_many_are_shown() {
    let query = Query {
        filter: Some("role = 'coord'".to_owned()),
        ..Query::default()
    };
    let release = dataset().tabulate(&query, &Protection::none());
    let whole = dataset().tabulate(&Query::default(), &Protection::none());
    let coordinators = whole
        .figures("role")
        .and_then(|it| {
            it.rows
                .iter()
                .find(|row| row.label == Label::Value("coord".into()))
        })
        .and_then(|it| it.count);
    assert_eq!(release.head().n, coordinators);
    assert_eq!(release.head().total, Some(98));
}
