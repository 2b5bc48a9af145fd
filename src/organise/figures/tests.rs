//! The published figures of the resource survey, through the engine, into chart and table.

use charts::Cell;
use insight::{Codebook, Dataset, Loader, Protection, Query, Release, Rounding};
use questionnaire::definition::Survey;

use super::{Chart, TableCell, Texts, chart, table};

const SURVEY: &str = include_str!("../../../public/surveys/resurssi.json");
const ANSWERS: &str = include_str!("../../../public/data/resurssi.sample.ndjson");

fn release(query: &Query) -> (Codebook, Release) {
    let codebook = Codebook::of(&Survey::parse(SURVEY).survey);
    let mut loader = Loader::new(Dataset::new(codebook.clone()));
    loader.push(ANSWERS.as_bytes());
    let (dataset, _) = loader.finish();
    let release = dataset.tabulate(query, &Protection::none());
    (codebook, release)
}

fn by_largest_remainder() -> Query {
    Query {
        rounding: Rounding::LargestRemainder,
        ..Query::default()
    }
}

/// Whole per cents as the chart draws them.
fn drawn(question: &str, query: &Query) -> Vec<u32> {
    let (codebook, release) = release(query);
    let texts = Texts {
        codebook: &codebook,
        language: "fi".to_owned(),
    };
    let question = codebook
        .question(question)
        .expect("a question of the survey");
    let Some(Chart::Bars(chart)) = chart(question, &release, &[], &texts) else {
        panic!("not drawn as bars");
    };
    let bars = chart.blocks.into_iter().flat_map(|it| it.bars);
    bars.map(|bar| match bar.cell {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "whole per cents"
        )]
        Cell::Shown { share, .. } => (share * 100.0).round() as u32,
        _ => u32::MAX,
    })
    .collect()
}

#[test]
fn the_published_figures_are_drawn_under_largest_remainder() {
    let query = by_largest_remainder();
    assert_eq!(drawn("coord", &query), [75, 1, 5, 19, 0]);
    assert_eq!(drawn("htv", &query), [49, 38, 10, 3]);
    assert_eq!(drawn("agreed", &query), [26, 26, 46, 2]);
}

#[test]
fn half_up_gives_seventy_four_where_the_slide_says_seventy_five() {
    assert_eq!(drawn("coord", &Query::default()), [74, 1, 5, 19, 0]);
}

#[test]
fn the_table_counts_what_the_chart_draws() {
    let (codebook, release) = release(&by_largest_remainder());
    let texts = Texts {
        codebook: &codebook,
        language: "fi".to_owned(),
    };
    let question = codebook.question("agreed").expect("a question");
    let table = table(question, &release, &[], &texts).expect("a table");
    let counts: Vec<&str> = table
        .rows
        .iter()
        .filter_map(|row| match row.cells.get(1) {
            Some(TableCell::Text(text)) => Some(text.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(counts, ["25", "25", "45", "2", "97"]);
}

#[test]
fn a_comparison_has_a_bar_for_each_group_that_is_shown() {
    let query = Query {
        groups: vec!["size".to_owned()],
        ..by_largest_remainder()
    };
    let (codebook, release) = release(&query);
    let texts = Texts {
        codebook: &codebook,
        language: "fi".to_owned(),
    };
    let groups: Vec<_> = release.groups().iter().take(2).collect();
    let question = codebook.question("coord").expect("a question");
    let Some(Chart::Bars(chart)) = chart(question, &release, &groups, &texts) else {
        panic!("not drawn as bars");
    };
    assert_eq!(chart.blocks.len(), 5);
    assert!(chart.blocks.iter().all(|it| it.bars.len() == 2));
}
