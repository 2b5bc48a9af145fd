//! Files that the worker makes for the page.

use std::collections::BTreeMap;

use insight::export::{Edition, Format};
use insight::protocol::{Against, FiguresFile, Layout, Order, Reply, Request, Wanted, Wording};
use insight::published::{Publication, Published};
use insight::{Base, Codebook, Dataset, Desk, Loader, Protection, Query, Rounding};
use questionnaire::definition::Survey;
use wire::Results;

use crate::village::{SURVEY, answered, lines};

const LATER: &str = r#""version": "2", "round": "2026""#;

fn people() -> Vec<String> {
    let person = |it: u32| {
        let town = ["hml", "rii"][usize::from(it.is_multiple_of(2))];
        let mood = 1 + it % 5;
        format!(
            "\"municipality\":\"{town}\",\"mood\":{mood},\"trust\":{}",
            it % 11
        )
    };
    (0..60).map(person).collect()
}

/// A desk with the present round and an earlier one.
fn desk() -> Desk {
    let mut desk = Desk::new();
    let later = SURVEY.replace(r#""version": "1""#, LATER);
    let minima = None;
    for request in [
        Request::Open {
            definition: later,
            minima,
        },
        Request::Round {
            definition: SURVEY.to_owned(),
            minima,
        },
    ] {
        desk.ask(request);
        desk.ask(Request::Begin {
            source: String::new(),
            layout: Layout::Ndjson,
            bytes: None,
        });
        desk.read(lines(&people()).as_bytes());
        desk.ask(Request::End);
    }
    desk
}

fn words() -> Wording {
    let said = |key: &&str| ((*key).to_owned(), format!("[{key}]"));
    Wording {
        language: "fi".to_owned(),
        publisher: "Kunta".to_owned(),
        day: "2026-11-26".parse().ok(),
        sample: true,
        texts: insight::export::WORDS
            .iter()
            .chain(&insight::compare::SENTENCES)
            .map(said)
            .collect::<BTreeMap<_, _>>(),
    }
}

/// The file that the desk makes, with the order on its way as text.
fn made(desk: &mut Desk, wanted: Wanted) -> Vec<u8> {
    let order = Request::File(Box::new(Order {
        id: 4,
        wanted,
        words: words(),
    }));
    let read = Request::read(&order.to_text()).expect("a request");
    assert_eq!(read, order);
    let reply = desk.ask(read).expect("a reply");
    let announced = Reply::File {
        id: 4,
        file: Vec::new(),
    };
    assert_eq!(Reply::read(&reply.to_text()), Ok(announced));
    match reply {
        Reply::File { id: 4, file } => file,
        other => panic!("{other:?}"),
    }
}

fn figures(format: Format, query: Query) -> FiguresFile {
    FiguresFile {
        format,
        query,
        against: None,
        name: "nyt".to_owned(),
        earlier: Vec::new(),
    }
}

#[test]
fn every_file_is_the_one_that_the_release_gives() {
    let mut desk = desk();
    let later = SURVEY.replace(r#""version": "1""#, LATER);
    let codebook = Codebook::of(&Survey::parse(&later).survey);
    let query = Query {
        groups: vec!["municipality".to_owned()],
        ..Query::default()
    };
    let mut loader = Loader::new(Dataset::new(codebook.clone()));
    loader.push(lines(&people()).as_bytes());
    let release = loader.finish().0.tabulate(&query, &Protection::RESIDENTS);
    let words = words();
    let edition = Edition {
        codebook: &codebook,
        language: "fi",
        publisher: "Kunta",
        day: words.day,
        sample: true,
        say: &|key| words.texts.get(key).cloned().unwrap_or_default(),
        compared: None,
        over_time: None,
    };
    for format in [Format::Csv, Format::Xlsx, Format::Ods] {
        let wanted = Wanted::Figures(Box::new(figures(format, query.clone())));
        let file = made(&mut desk, wanted);
        assert!(file == format.write(&release, &edition), "{format:?}");
    }
}

#[test]
fn rounds_go_out_with_the_names_they_have_on_the_page() {
    let wanted = Wanted::Figures(Box::new(FiguresFile {
        against: Some(Against::Rounds {
            earlier: 1,
            later: 0,
        }),
        earlier: vec![(1, "silloin".to_owned())],
        ..figures(Format::Csv, Query::default())
    }));
    let csv = String::from_utf8(made(&mut desk(), wanted)).expect("UTF-8");
    let line = csv.lines().find(|it| it.starts_with("mood,(question)"));
    assert!(
        line.is_some_and(|it| it.contains("nyt,silloin,60,60")),
        "{line:?}"
    );
    let wanted = Wanted::Figures(Box::new(FiguresFile {
        earlier: vec![(1, "silloin".to_owned())],
        ..figures(Format::Json, Query::default())
    }));
    let json = String::from_utf8(made(&mut desk(), wanted)).expect("UTF-8");
    assert!(json.contains("\"silloin\""), "{json}");
}

#[test]
fn the_archive_is_a_codebook_and_a_data_file() {
    let zip = made(&mut desk(), Wanted::Archive);
    let has = |name: &[u8]| zip.windows(name.len()).any(|it| it == name);
    assert!(zip.starts_with(b"PK") && has(b"codebook.xml") && has(b"data.csv"));
}

#[test]
fn published_results_become_files_without_any_answers() {
    let publication = Publication {
        base: Base::Valid,
        rounding: Rounding::HalfUp,
        breakdowns: vec!["municipality".to_owned()],
        day: "2026-11-26".parse().expect("a day"),
        sample: false,
    };
    let results = answered(&people())
        .publish(&publication, &Protection::RESIDENTS)
        .expect("may be shown");
    let text = results.to_json();
    let published = Results::parse(&text)
        .ok()
        .and_then(|it| Published::open(&it));
    let published = published.expect("results");
    let mut desk = Desk::new();
    for by in [None, Some("municipality".to_owned())] {
        let lines = published.release(by.as_deref()).groups().len();
        let wanted = Wanted::Results {
            format: Format::Csv,
            results: text.clone(),
            by,
        };
        let csv = String::from_utf8(made(&mut desk, wanted)).expect("UTF-8");
        let head = csv.lines().next().unwrap_or_default();
        assert_eq!(head.starts_with("municipality,"), lines > 0, "{head}");
        assert!(csv.lines().count() > 10);
    }
    let broken = Request::File(Box::new(Order {
        id: 1,
        wanted: Wanted::Results {
            format: Format::Csv,
            results: "{}".to_owned(),
            by: None,
        },
        words: words(),
    }));
    assert!(matches!(desk.ask(broken), Some(Reply::Failed { .. })));
}
