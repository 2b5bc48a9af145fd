//! Reading responses: what is taken, what is refused, and that nothing panics.

use crate::village::{SURVEY, bare, codebook, counts, lines, read};
use insight::load::{Taken, Unknown, Unsure};
use insight::protocol::{BadLine, Layout, NotUnderstood, Pieces, Reply, Request};
use insight::{Dataset, Desk, Loader, Protection, Query};
use proptest::prelude::*;

#[test]
fn bad_lines_are_listed_with_their_number_and_the_rest_is_counted() {
    let (dataset, report) = read(concat!(
        "{\"answers\":{\"mood\":5}}\n",
        "\n",
        "{\"answers\":{\"mood\":4}\n",
        "not json\n",
        "{\"mood\":3}\n",
        "{\"survey\":\"town\",\"answers\":{\"mood\":5}}\n",
        "{\"answers\":{\"mood\":\"dk\"}} trailing\n",
        "[]\n5\n\"text\"\nnull\n[1\n",
        "{\"answers\":{\"mood\":1}}",
    ));
    let bad = |line, code| BadLine { line, code };
    assert_eq!(
        report.bad,
        [
            bad(3, "json"),
            bad(4, "json"),
            bad(5, "no-answers"),
            bad(6, "other-survey"),
            bad(7, "json"),
            bad(8, "no-response"),
            bad(9, "no-response"),
            bad(10, "no-response"),
            bad(11, "no-response"),
            bad(12, "json"),
        ]
    );
    assert_eq!(
        (report.responses, report.bad_lines, report.lines),
        (2, 10, 13)
    );
    assert_eq!(
        counts(&bare(&dataset, &Query::default()), "mood"),
        [1, 0, 0, 0, 1, 0]
    );
}

#[test]
fn a_line_that_goes_wrong_at_its_end_leaves_no_trace() {
    let (dataset, _) =
        read("{\"answers\":{\"mood\":5,\"wishes\":\"x\",\"hours\":3,\"order\":[\"a\"}}\n");
    let release = bare(&dataset, &Query::default());
    assert_eq!(release.head().n, Some(0));
    assert_eq!(counts(&release, "mood"), [0; 6]);
}

#[test]
fn of_a_member_given_twice_the_last_counts() {
    let (dataset, _) = read(concat!(
        "{\"answers\":{\"mood\":5,\"mood\":1,\"services\":{\"bus\":1},\"services\":{\"shop\":2}}}\n",
        "{\"answers\":{\"mood\":5},\"answers\":{\"mood\":2}}\n",
    ));
    let release = bare(&dataset, &Query::default());
    assert_eq!(counts(&release, "mood"), [0, 0, 0, 1, 1, 0]);
    assert_eq!(counts(&release, "services.bus"), [0, 0, 0]);
    assert_eq!(counts(&release, "services.shop"), [0, 1, 0]);
}

#[test]
fn codes_match_however_they_are_written() {
    let (dataset, report) = read(concat!(
        "{ \"answers\" : { \"\\u006dood\" : 5.0 , \"moved\": true } }\r\n",
        "{\"answers\":{\"mood\":\"5\",\"municipality\":\"\\u0068ml\"}}\n",
        "{\"answers\":{\"mood\":5e0,\"hobbies\":\"walk\"}}\n",
    ));
    assert_eq!(report.bad, []);
    let release = bare(&dataset, &Query::default());
    assert_eq!(counts(&release, "mood"), [3, 0, 0, 0, 0, 0]);
    assert_eq!(counts(&release, "municipality"), [1, 0, 0]);
    assert_eq!(counts(&release, "hobbies"), [1, 0, 0, 0]);
}

#[test]
fn a_code_without_its_quotes_is_not_json() {
    let (_, report) = read(
        "{\"answers\":{\"municipality\":hml,\"mood\":5,\"trust\":1}}\n{\"answers\":{\"trust\":01,\"mood\":5,\"x\":12345}}\n",
    );
    assert_eq!(
        report.bad.iter().map(|it| it.code).collect::<Vec<_>>(),
        ["json", "json"]
    );
}

#[test]
fn a_cancelled_source_leaves_what_was_there_before() {
    let dataset = crate::village::answered(&[r#""mood":5,"hours":3,"wishes":"a""#]);
    let mut loader = Loader::new(dataset);
    loader.push(lines(&[r#""mood":4,"hours":2.5,"wishes":"b""#; 40]).as_bytes());
    let dataset = loader.cancel();
    let release = bare(&dataset, &Query::default());
    assert_eq!(release.head().n, Some(1));
    assert_eq!(counts(&release, "mood"), [1, 0, 0, 0, 0, 0]);
    let n = |name| release.figures(name).and_then(|it| it.n);
    assert_eq!((n("hours"), n("wishes")), (Some(1), Some(1)));
}

#[test]
fn the_desk_opens_reads_counts_and_refuses_to_count_nothing() {
    let mut desk = Desk::new();
    let tabulate = || Request::Tabulate {
        id: 7,
        round: 0,
        query: Query::default(),
    };
    assert!(matches!(desk.ask(tabulate()), Some(Reply::Failed { .. })));
    let open = Request::Open {
        definition: SURVEY.to_owned(),
        minima: Some((5, 10)),
    };
    assert_eq!(desk.ask(open), Some(Reply::Opened { variables: 12 }));
    let begin = Request::Begin {
        source: "file".to_owned(),
        layout: Layout::Ndjson,
        bytes: None,
    };
    assert_eq!(desk.ask(begin), None);
    let text = lines(&vec![r#""mood":5"#; 20]);
    let (first, second) = text.as_bytes().split_at(100);
    assert_eq!(desk.read(first), None);
    assert_eq!(desk.read(second), None);
    let loaded = Reply::Loaded {
        responses: 20,
        bad_lines: 0,
        bad: Vec::new(),
        mapping: None,
        unmatched: Vec::new(),
        unknown: Vec::new(),
        unsure: Vec::new(),
    };
    assert_eq!(desk.ask(Request::End), Some(loaded));
    match desk.ask(tabulate()) {
        Some(Reply::Released { id, release }) => {
            assert_eq!(id, 7);
            assert_eq!(counts(&release, "mood"), [20, 0, 0, 0, 0, 0]);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn messages_come_back_as_they_were_sent() {
    let requests = [
        Request::Open {
            definition: SURVEY.to_owned(),
            minima: Some((5, 10)),
        },
        Request::Begin {
            source: "ä.ndjson".to_owned(),
            layout: Layout::Csv {
                mapping: "{}".to_owned(),
            },
            bytes: Some(12),
        },
        Request::End,
        Request::Cancel,
        Request::Tabulate {
            id: 3,
            round: 1,
            query: Query {
                filter: Some("age_band = \"65p\"".to_owned()),
                groups: vec!["municipality".to_owned()],
                base: insight::Base::All,
                rounding: insight::Rounding::LargestRemainder,
                questions: vec!["mood".to_owned()],
                scores: true,
                weighted: true,
            },
        },
    ];
    for request in requests {
        assert_eq!(Request::read(&request.to_text()), Ok(request));
    }
    let people: Vec<String> = (0..60)
        .map(|it| {
            format!(
                "\"mood\":{},\"municipality\":\"hml\",\"hours\":{it}.5",
                it % 5 + 1
            )
        })
        .collect();
    let (dataset, _) = read(&lines(&people));
    let query = Query {
        groups: vec!["municipality".to_owned()],
        base: insight::Base::All,
        ..Query::default()
    };
    let protection = insight::Protection::RESIDENTS;
    let replies = [
        Reply::Ready,
        Reply::Opened { variables: 3 },
        Reply::Progress {
            bytes: 5,
            responses: 1,
        },
        Reply::Loaded {
            responses: 1,
            bad_lines: 1,
            bad: vec![BadLine {
                line: 2,
                code: "json",
            }],
            mapping: Some("{}".to_owned()),
            unmatched: vec!["Age".to_owned()],
            unknown: vec![Unknown {
                heading: "Kunta".to_owned(),
                variable: "municipality".to_owned(),
                n: 3,
                of: 12,
                cells: vec!["Muu".to_owned()],
            }],
            unsure: vec![Unsure {
                heading: "Tyytyväisyys".to_owned(),
                taken: Taken::Order,
            }],
        },
        Reply::Cancelled,
        Reply::Released {
            id: 4,
            release: Box::new(dataset.tabulate(&query, &protection)),
        },
        Reply::Released {
            id: 5,
            release: Box::new(dataset.tabulate(&crate::village::filtered("x"), &protection)),
        },
        Reply::Timed {
            name: "kuuluu:load".to_owned(),
            start: 1.5,
            end: 2.0,
        },
        Reply::Failed {
            reason: "no".to_owned(),
        },
    ];
    for reply in replies {
        crate::village::check_sent(&reply);
    }
    assert!(Request::read("{}").is_err());
    assert!(Reply::read("[1").is_err());
}

#[test]
fn a_long_reply_comes_in_pieces_that_are_short_and_belong_together() {
    let people: Vec<String> = (0..400)
        .map(|ix| {
            let (place, age) = (
                ["hml", "rii", "jan"][ix % 3],
                ["u30", "3064", "65p"][ix / 3 % 3],
            );
            let mood = ix / 9 % 5 + 1;
            format!(
                "\"municipality\":\"{place}\",\"age_band\":\"{age}\",\"mood\":{mood},\"trust\":{}",
                ix / 9 % 11
            )
        })
        .collect();
    let query = Query {
        groups: ["municipality", "age_band"].map(str::to_owned).to_vec(),
        ..Query::default()
    };
    let release = crate::village::answered(&people).tabulate(&query, &Protection::RESIDENTS);
    let release = Box::new(release);
    let reply = Reply::Released { id: 1, release };
    let texts = reply.clone().into_texts();
    assert!(texts.len() > 2);
    assert!(texts.iter().all(|it| it.len() < 64 << 10));
    crate::village::check_sent(&reply);
    let mut pieces = Pieces::default();
    assert_eq!(pieces.take(&texts[0]), Ok(None));
    assert_eq!(pieces.take("{\"say\":\"more\"}"), Err(NotUnderstood));
    assert!(pieces.take(&texts[1]).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nothing_panics_on_any_bytes_and_lines_add_up(
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
        cut in 0_usize..400,
    ) {
        let mut loader = Loader::new(Dataset::new(codebook()));
        let cut = cut.min(bytes.len());
        loader.push(&bytes[..cut]);
        loader.push(&bytes[cut..]);
        let (_, report) = loader.finish();
        prop_assert!(u64::from(report.responses + report.bad_lines) <= report.lines);
    }

    #[test]
    fn a_damaged_response_is_bad_or_counted_but_never_both(
        at in 0_usize..200,
        with in any::<u8>(),
    ) {
        let mut line = lines(&[r#""mood":5,"hobbies":["walk"],"services":{"bus":1},"hours":7,"wishes":"\u00e4""#]).into_bytes();
        let at = at % line.len();
        line[at] = with;
        let mut loader = Loader::new(Dataset::new(codebook()));
        loader.push(&line);
        let (dataset, report) = loader.finish();
        prop_assert_eq!(dataset.responses(), report.responses);
        prop_assert!(report.responses + report.bad_lines <= 2);
    }
}

#[test]
fn names_of_tables_are_known_packed_or_not() {
    let mapping = String::new();
    for name in ["a.csv", "A.CSV.gz", "b.tsv.zst", "c.txt"] {
        let mapping = mapping.clone();
        assert_eq!(Layout::of_name(name), Layout::Csv { mapping }, "{name}");
    }
    for name in ["a.ndjson", "csv", "a.jsonl.gz", "-", "a.csv.json"] {
        assert_eq!(Layout::of_name(name), Layout::Ndjson, "{name}");
    }
}
