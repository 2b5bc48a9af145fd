//! The reader beside a plain one that builds every line as a tree: they agree on any lines, however
//! they are written and wherever the stream is cut.

use crate::village::{bare, codebook, counts};
use insight::codebook::{Category, Item, Kind};
use insight::load::Report;
use insight::{Codebook, Dataset, Loader, Query};
use json::Value;
use proptest::prelude::*;
use proptest::sample::select;

/// What a plain reader would count: per variable, one number per row that is shown.
#[derive(Debug, PartialEq)]
struct Plain {
    responses: u32,
    bad: Vec<u64>,
    counts: Vec<(String, Vec<u32>)>,
    answered: Vec<(String, u32)>,
}

fn plain(text: &str, codebook: &Codebook) -> Plain {
    let items: Vec<&Item> = codebook.items().map(|(_, item)| item).collect();
    let mut tally: Vec<(Vec<u32>, u32)> = items
        .iter()
        .map(|it| (vec![0; it.categories.len() + 1], 0))
        .collect();
    let (mut responses, mut bad) = (0, Vec::new());
    for (line, text) in (1..).zip(text.split('\n')) {
        if text.trim().is_empty() {
            continue;
        }
        let tree = Value::parse(text);
        let Some(answers) = tree.as_ref().ok().and_then(|it| it.get("answers")) else {
            bad.push(line);
            continue;
        };
        responses += 1;
        for (item, (counts, answered)) in items.iter().zip(&mut tally) {
            let value = match item.name.split_once('.') {
                Some((question, row)) => answers.get(question).and_then(|it| it.get(row)),
                None => answers.get(&item.name),
            };
            let places = value.map(|it| chosen(item, it)).unwrap_or_default();
            *answered += u32::from(!places.is_empty());
            for place in places {
                if let Some(count) = counts.get_mut(place) {
                    *count += 1;
                }
            }
        }
    }
    let named = items.iter().zip(tally);
    let (counts, answered) = named
        .map(|(item, (mut counts, answered))| {
            counts.pop_if(|others| *others == 0);
            let n = (item.name.clone(), answered);
            ((item.name.clone(), counts), n)
        })
        .unzip();
    Plain {
        responses,
        bad,
        counts,
        answered,
    }
}

/// Places of the categories a value chooses, each once; the one behind the last is any other.
fn chosen(item: &Item, value: &Value) -> Vec<usize> {
    let others = item.categories.len();
    let one = |value: &Value| match item.kind {
        Kind::Number => number(value).map(|_| others),
        Kind::Text => text(value)
            .filter(|it| !it.trim().is_empty())
            .map(|_| others),
        _ => text(value)
            .filter(|it| !it.is_empty())
            .map(|it| place(&item.categories, &it)),
    };
    let mut places: Vec<usize> = match (item.kind, value.as_list()) {
        (Kind::Multiple, Some(list)) => list.iter().filter_map(one).collect(),
        (Kind::Ranking, Some(list)) => list.iter().find_map(one).into_iter().collect(),
        (_, Some(_)) => Vec::new(),
        (_, None) => one(value).into_iter().collect(),
    };
    places.sort_unstable();
    places.dedup();
    places
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Null | Value::List(_) | Value::Object(_) => None,
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => Some(*number),
        Value::Text(text) => text.trim().replace(',', ".").parse().ok(),
        _ => None,
    }
}

fn place(categories: &[Category], code: &str) -> usize {
    let found = categories.iter().position(|it| it.code() == code);
    let point = || {
        let number: Option<f64> = code.parse().ok();
        categories
            .iter()
            .position(|it| number.is_some() && it.point == number)
    };
    found.or_else(point).unwrap_or(categories.len())
}

fn ours(text: &str, cuts: &[usize]) -> Plain {
    let mut cuts: Vec<usize> = cuts.iter().map(|it| it % (text.len() + 1)).collect();
    cuts.extend([0, text.len()]);
    cuts.sort_unstable();
    let mut loader = Loader::new(Dataset::new(codebook()));
    for cut in cuts.windows(2) {
        loader.push(&text.as_bytes()[cut[0]..cut[1]]);
    }
    let (dataset, report) = loader.finish();
    seen(&dataset, &report)
}

fn seen(dataset: &Dataset, report: &Report) -> Plain {
    let release = bare(dataset, &Query::default());
    let names = codebook();
    let names: Vec<String> = names.items().map(|(_, it)| it.name.clone()).collect();
    let is_counted = |name: &str| {
        let codebook = codebook();
        let item = codebook.item(name).map(|(_, it)| it.kind);
        !matches!(item, Some(Kind::Number | Kind::Text))
    };
    let counts = names.iter().map(|name| {
        let counts = if is_counted(name) {
            counts(&release, name)
        } else {
            let n = release.figures(name).and_then(|it| it.n).unwrap_or(0);
            Vec::from_iter((n > 0).then_some(n))
        };
        (name.clone(), counts)
    });
    let answered = names.iter().map(|name| {
        let n = release.figures(name).and_then(|it| it.n);
        (name.clone(), n.unwrap_or(0))
    });
    Plain {
        responses: report.responses,
        bad: report.bad.iter().map(|it| it.line).collect(),
        counts: counts.collect(),
        answered: answered.collect(),
    }
}

const NAMES: &[&str] = &[
    "\"municipality\"",
    "\"age_band\"",
    "\"mood\"",
    "\"m\\u006fod\"",
    "\"hobbies\"",
    "\"trust\"",
    "\"moved\"",
    "\"services\"",
    "\"hours\"",
    "\"wishes\"",
    "\"order\"",
    "\"drinks\"",
    "\"a_question_of_another_version_of_the_survey\"",
    "\"\"",
];

const VALUES: &[&str] = &[
    "\"hml\"",
    "\"\\u0068ml\"",
    "\"rii\"",
    "\"jan\"",
    "\"u30\"",
    "\"3064\"",
    "3064",
    "\"65p\"",
    "5",
    "4",
    "1",
    "10",
    "0",
    "-0",
    "5.0",
    "5e0",
    "\"5\"",
    "\"5.0\"",
    "\"dk\"",
    "\"d\\\\k\"",
    "7.5",
    "\"7,5\"",
    "\" 7 \"",
    "123456789012345678901234567890",
    "true",
    "false",
    "\"true\"",
    "null",
    "\"\"",
    "\" \"",
    "\"yes\"",
    "\"ääkköset ja \\\"lainaus\\\" \\ud834\\udd1e\\n\"",
    "[]",
    "[\"walk\",\"swim\"]",
    "[ \"walk\" , null, 3, [\"a\"], {\"b\": [1]}, \"walk\" ]",
    "[\"none\"]",
    "[\"b\",\"a\"]",
    "{}",
    "{\"bus\":1,\"shop\":\"2\"}",
    "{\"shop\":2, \"bus\" : 3.0}",
    "{\"bus\":1,\"train\":{\"a\":[]},\"bus\":null}",
    "{\"bus\":7}",
];

prop_compose! {
    fn member()(name in select(NAMES), value in select(VALUES), loose in any::<bool>()) -> String {
        if loose { format!(" {name} : {value} ") } else { format!("{name}:{value}") }
    }
}

prop_compose! {
    fn line()(
        members in proptest::collection::vec(member(), 0..14),
        shape in 0..40_u8,
        cut in any::<usize>(),
    ) -> String {
        let answers = members.join(",");
        let mut line = match shape {
            0 => format!("{{\"answers\":{{{answers}}}"),
            1 => format!("{{\"answer\":{{{answers}}}}}"),
            2 => format!("{{\"answers\":{{{answers},}}}}"),
            3 => String::from("  "),
            4 => format!("{{\"answers\":{{{answers}}}}}\r"),
            5 => format!(" {{ \"survey\" : \"village\", \"answers\" : {{{answers}}}, \"x\": [{{}}] }} "),
            _ => format!("{{\"id\":\"00ff\",\"survey\":\"village\",\"answers\":{{{answers}}}}}"),
        };
        if shape == 6 && !line.is_empty() {
            let at = (0..=cut % line.len()).rev().find(|it| line.is_char_boundary(*it));
            line.truncate(at.unwrap_or(0));
        }
        line
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_lines_are_read_as_a_plain_reader_reads_them(
        lines in proptest::collection::vec(line(), 0..150),
        cuts in proptest::collection::vec(any::<usize>(), 0..6),
        ended in any::<bool>(),
    ) {
        let text = lines.join("\n") + if ended { "\n" } else { "" };
        prop_assert_eq!(ours(&text, &cuts), plain(&text, &codebook()));
    }
}

#[test]
fn files_follow_each_other_wherever_the_first_ended() {
    let line = |ix: usize| format!("{{\"answers\":{{\"mood\":{}}}}}\n", ix % 5 + 1);
    let whole: String = (0..300).map(line).collect();
    for first in [1, 63, 64, 65, 130] {
        let mut loader = Loader::new(Dataset::new(codebook()));
        loader.push((0..first).map(line).collect::<String>().as_bytes());
        let mut loader = Loader::new(loader.finish().0);
        loader.push((first..200).map(line).collect::<String>().as_bytes());
        let mut loader = Loader::new(loader.cancel());
        loader.push((first..300).map(line).collect::<String>().as_bytes());
        let (dataset, _) = loader.finish();
        let counted = counts(&bare(&dataset, &Query::default()), "mood");
        assert_eq!(counted, plain(&whole, &codebook()).counts[2].1, "{first}");
    }
}

#[test]
fn a_number_beyond_all_numbers_is_no_answer_and_no_bad_line() {
    let text = "{\"answers\":{\"hours\":1e400,\"mood\":5}}\n";
    let seen = ours(text, &[]);
    assert_eq!((seen.responses, seen.bad.len()), (1, 0));
    assert_eq!(seen.counts[2].1, [1, 0, 0, 0, 0, 0]);
    assert!(seen.answered.contains(&("hours".to_owned(), 0)));
}
