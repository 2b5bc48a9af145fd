//! A small survey with one question of every kind, and ways to answer it.

use insight::load::Report;
use insight::protocol::{Pieces, Reply};
use insight::{Codebook, Dataset, Loader, Protection, Query, Release};
use questionnaire::definition::Survey;

pub(crate) const SURVEY: &str = r#"{
  "title": "Village",
  "pages": [{"name": "one", "elements": [
    {"type": "dropdown", "name": "municipality", "choices": ["hml", "rii", "jan"], "kuuluu": {"role": "background"}},
    {"type": "radiogroup", "name": "age_band", "choices": ["u30", "3064", "65p"], "kuuluu": {"role": "background"}},
    {"type": "radiogroup", "name": "mood", "choices": [
      {"value": 5, "kuuluu": {"group": "good"}}, {"value": 4, "kuuluu": {"group": "good"}},
      {"value": 3, "kuuluu": {"group": "middle"}}, {"value": 2, "kuuluu": {"group": "bad"}},
      {"value": 1, "kuuluu": {"group": "bad"}}, {"value": "dk", "kuuluu": {"meaning": "dontKnow"}}]},
    {"type": "checkbox", "name": "hobbies", "choices": ["walk", "swim", "read"], "showNoneItem": true},
    {"type": "rating", "name": "trust", "rateMin": 0, "rateMax": 10},
    {"type": "boolean", "name": "moved"}
  ]}, {"name": "two", "elements": [
    {"type": "matrix", "name": "services", "columns": [1, 2, 3], "rows": ["bus", "shop"]},
    {"type": "text", "name": "hours", "inputType": "number"},
    {"type": "comment", "name": "wishes"},
    {"type": "ranking", "name": "order", "choices": ["a", "b", "c"]},
    {"type": "radiogroup", "name": "drinks", "choices": ["yes", "no"], "kuuluu": {"sensitive": true}},
    {"type": "html", "name": "info", "html": "<p>Thanks</p>"}
  ]}],
  "kuuluu": {"id": "village", "version": "1", "languages": ["fi"]}
}"#;

pub(crate) fn codebook() -> Codebook {
    Codebook::of(&Survey::parse(SURVEY).survey)
}

/// Reads answers, each the inside of `"answers": {…}`.
pub(crate) fn answered<T: AsRef<str>>(answers: &[T]) -> Dataset {
    let (dataset, report) = read(&lines(answers));
    assert_eq!(report.bad, []);
    dataset
}

pub(crate) fn lines<T: AsRef<str>>(answers: &[T]) -> String {
    let line = |it: &T| {
        format!(
            "{{\"survey\":\"village\",\"answers\":{{{}}}}}\n",
            it.as_ref()
        )
    };
    answers.iter().map(line).collect()
}

pub(crate) fn read(text: &str) -> (Dataset, Report) {
    let mut loader = Loader::new(Dataset::new(codebook()));
    loader.push(text.as_bytes());
    loader.finish()
}

/// All figures, nothing hidden.
pub(crate) fn bare(dataset: &Dataset, query: &Query) -> Release {
    dataset.tabulate(query, &Protection::none())
}

/// Counts of the rows of one variable.
pub(crate) fn counts(release: &Release, variable: &str) -> Vec<u32> {
    let figures = release.figures(variable);
    let rows = figures.map(|it| it.rows.iter());
    rows.into_iter()
        .flatten()
        .filter_map(|it| it.count)
        .collect()
}

/// Checks that a reply comes back as it was sent, its numbers to ten digits.
#[track_caller]
pub(crate) fn check_sent(reply: &Reply) {
    let back = Reply::read(&reply.to_text()).expect("a reply");
    let mut pieces = Pieces::default();
    let texts = reply.clone().into_texts();
    let put: Vec<Reply> = texts
        .iter()
        .filter_map(|it| pieces.take(it).expect("a piece"))
        .collect();
    assert_eq!(put, core::slice::from_ref(&back));
    let (back, sent) = (coarse(&back), coarse(reply));
    let differs = back.iter().zip(&sent).find(|(back, sent)| back != sent);
    assert_eq!(differs, None);
    assert_eq!(back.len(), sent.len());
}

/// Everything in it word by word.
fn coarse(reply: &Reply) -> Vec<String> {
    let written = format!("{reply:?}");
    let words = written.split_inclusive([' ', '(', ')', ',', '}']);
    words
        .map(|word| {
            let number = word.trim_end_matches([' ', '(', ')', ',', '}']);
            let parsed: Result<f64, _> = number.parse();
            parsed.map_or_else(|_| word.to_owned(), |it| format!("{it:.9e}"))
        })
        .collect()
}

pub(crate) fn filtered(filter: &str) -> Query {
    Query {
        filter: Some(filter.to_owned()),
        ..Query::default()
    }
}
