//! Workbooks, opened by a reader that is not ours (calamine).

use std::io::Cursor;

use calamine::{Data, Ods, Range, Reader, Xlsx};
use insight::export::{Edition, WORDS, ods, xlsx};
use insight::{Codebook, Protection, Query, Release};

use crate::exports::{by_municipality, edition, village};
use crate::village::codebook;

pub(crate) type Sheets = Vec<(String, Range<Data>)>;

pub(crate) fn as_xlsx(release: &Release, edition: &Edition<'_>) -> Sheets {
    let bytes = xlsx(release, edition);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    book.worksheets()
}

pub(crate) fn as_ods(release: &Release, edition: &Edition<'_>) -> Sheets {
    let bytes = ods(release, edition);
    let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).expect("a workbook");
    book.worksheets()
}

pub(crate) fn texts(range: &Range<Data>) -> Vec<Vec<String>> {
    let row = |row: &[Data]| row.iter().map(ToString::to_string).collect();
    range.rows().map(row).collect()
}

#[test]
fn both_workbooks_say_the_same() {
    let release = village().tabulate(&by_municipality(), &Protection::RESIDENTS);
    let codebook = codebook();
    let edition = edition(&codebook);
    let (one, other) = (as_xlsx(&release, &edition), as_ods(&release, &edition));
    let names = |it: &Sheets| it.iter().map(|it| it.0.clone()).collect::<Vec<_>>();
    assert_eq!(
        names(&one),
        ["[about]", "[figures]"].map(|it| it.replace(['[', ']'], ""))
    );
    assert_eq!(names(&one), names(&other));
    for ((_, one), (_, other)) in one.iter().zip(&other) {
        assert_eq!(texts(one), texts(other));
    }
}

#[test]
fn a_line_has_numbers_as_numbers_and_says_why_one_is_missing() {
    let release = village().tabulate(&by_municipality(), &Protection::RESIDENTS);
    let codebook = codebook();
    let sheets = as_xlsx(&release, &edition(&codebook));
    let (_, figures) = sheets.get(1).expect("figures");
    let mut rows = figures.rows();
    let head: Vec<String> = rows
        .next()
        .expect("a heading")
        .iter()
        .map(ToString::to_string)
        .collect();
    let at = |name: &str| head.iter().position(|it| it == name).expect("a column");
    let (count, n, hidden) = (at("[count]"), at("[n]"), at("[hidden]"));
    let first = rows.next().expect("a line");
    assert_eq!(first[0], Data::String("[all]".to_owned()));
    assert_eq!(first[count], Data::Float(16.0));
    assert_eq!(first[n], Data::Float(25.0));
    assert_eq!(first[hidden], Data::Empty);
    let withheld: Vec<&[Data]> = rows.filter(|row| row[hidden] != Data::Empty).collect();
    assert!(!withheld.is_empty());
    for row in withheld {
        assert_eq!(row[count], Data::Empty);
        let why = row[hidden].to_string();
        assert!(why.starts_with("[hidden."), "{why}");
    }
}

#[test]
fn the_notes_say_whom_the_results_describe_and_a_filter_by_question_and_answer() {
    let about = |filter: &str| {
        let query = Query {
            filter: Some(filter.to_owned()),
            ..by_municipality()
        };
        let release = village().tabulate(&query, &Protection::none());
        let codebook = codebook();
        let sheets = as_xlsx(&release, &edition(&codebook));
        let lines = texts(&sheets[0].1);
        let said = |key: &str| {
            let mut lines = lines.iter();
            let found = lines.find(|it| it[0] == key).map(|it| it[1].clone());
            found.unwrap_or_default()
        };
        assert_eq!(said("[reading]"), "[caveat] [notes.percent]");
        said("[filter]")
    };
    assert_eq!(about("municipality = \"rii\""), "municipality rii");
    assert_eq!(
        about("{municipality} = 'rii' and age_band = \"65p\""),
        "municipality rii; age_band 65p"
    );
    let or = "municipality = \"rii\" or municipality = \"hml\"";
    assert_eq!(about(or), or);
}

#[test]
fn means_have_four_decimals_at_most() {
    let people = [r#""hours":1"#, r#""hours":1"#, r#""hours":2"#];
    let dataset = crate::village::answered(&people);
    let release = dataset.tabulate(&Query::default(), &Protection::none());
    let codebook = codebook();
    for sheets in [
        as_xlsx(&release, &edition(&codebook)),
        as_ods(&release, &edition(&codebook)),
    ] {
        let middles = texts(&sheets[2].1);
        let at = |name: &str| middles[0].iter().position(|it| it == name);
        let mean = at("[mean]").expect("a column");
        let hours = middles.iter().find(|it| it[0] == "hours");
        assert_eq!(hours.map(|it| it[mean].as_str()), Some("1.3333"));
    }
}

#[test]
fn no_cell_is_a_formula_and_no_text_breaks_the_file() {
    let survey = r#"{"title": "=1+1 & <b>\"x\"</b>", "pages": [{"elements": [
        {"type": "radiogroup", "name": "a", "title": "=HYPERLINK(\"x\")\u0001", "choices": ["=2", "@x", "-3"]}
    ]}], "kuuluu": {"id": "s"}}"#;
    let codebook = Codebook::of(&questionnaire::definition::Survey::parse(survey).survey);
    let mut loader = insight::Loader::new(insight::Dataset::new(codebook.clone()));
    loader.push(b"{\"answers\":{\"a\":\"=2\"}}\n{\"answers\":{\"a\":\"-3\"}}\n");
    let (dataset, _) = loader.finish();
    let release = dataset.tabulate(&Query::default(), &Protection::none());
    let edition = edition(&codebook);
    for sheets in [as_xlsx(&release, &edition), as_ods(&release, &edition)] {
        assert_eq!(texts(&sheets[0].1)[0][0], "=1+1 & <b>\"x\"</b>");
        let lines = texts(&sheets[1].1);
        assert_eq!(lines[1][1], "=HYPERLINK(\"x\")");
        assert_eq!(lines[1][3], "=2");
    }
    let bytes = xlsx(&release, &edition);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let formulas = book.worksheet_formula("figures").expect("a sheet");
    assert!(formulas.is_empty());
    assert!(insight::export::csv(&release, &edition).contains("\"'=2\""));
}

#[test]
fn every_word_a_workbook_says_is_listed() {
    let release = village().tabulate(&Query::default(), &Protection::RESIDENTS);
    let codebook = codebook();
    let asked = std::cell::RefCell::new(Vec::new());
    let say = |key: &str| {
        asked.borrow_mut().push(key.to_owned());
        String::new()
    };
    let edition = Edition {
        say: &say,
        ..edition(&codebook)
    };
    let _ = xlsx(&release, &edition);
    for key in asked.into_inner() {
        let parts = ["band.", "box.", "code.", "score."];
        let open = parts.iter().any(|it| key.starts_with(it));
        assert!(open || WORDS.contains(&key.as_str()), "{key}");
    }
}
