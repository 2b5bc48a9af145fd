//! A comparison goes out in every kind of file: differences, intervals, tests, words, and why a
//! question does not compare.

use std::cell::RefCell;
use std::sync::Arc;

use insight::compare::{self, Comparison, SENTENCES};
use insight::export::{Beside, Edition, WORDS, csv, json_stat, ods, summary_json, xlsx};
use insight::rounds::OverTime;
use insight::{Codebook, Dataset, Loader, Protection, Query, Release};
use json::Value;
use questionnaire::definition::Survey;

use crate::exports::edition;
use crate::json_stat::collection;
use crate::spreadsheets::{as_ods, as_xlsx, texts};
use crate::village::{SURVEY, lines};

/// Two rounds: more were well in the later one, and it asked `moved` in other words.
struct Rounds {
    codebook: Codebook,
    release: Arc<Release>,
    comparison: Comparison,
    over_time: OverTime,
}

fn people(well: usize) -> Vec<String> {
    let person = |ix: usize| {
        let mood = if ix % 10 < well { 5 } else { 2 };
        let hobby = ["walk", "swim"][ix % 2];
        let hours = ix % 7;
        format!("\"mood\":{mood},\"hobbies\":[\"{hobby}\"],\"hours\":{hours},\"moved\":true")
    };
    (0..100).map(person).collect()
}

/// The round called `name`, with this title of `moved`.
fn round(name: &str, title: &str, well: usize) -> (Codebook, Arc<Release>) {
    let own = format!("\"name\": \"moved\", \"title\": \"{title}\"");
    let survey = SURVEY.replacen("\"name\": \"moved\"", &own, 1);
    let codebook = Codebook {
        round: Some(name.to_owned()),
        ..Codebook::of(&Survey::parse(&survey).survey)
    };
    let mut loader = Loader::new(Dataset::new(codebook.clone()));
    loader.push(lines(&people(well)).as_bytes());
    let (dataset, _) = loader.finish();
    let release = dataset.tabulate(&Query::default(), &Protection::none());
    (codebook, Arc::new(release))
}

fn rounds() -> Rounds {
    let (then, before) = round("2024", "Did you move?", 3);
    let (now, after) = round("2026", "Have you moved?", 8);
    Rounds {
        comparison: compare::rounds((&then, &before), (&now, &after)),
        over_time: OverTime::new([
            ("2024".to_owned(), &then, before),
            ("2026".to_owned(), &now, Arc::clone(&after)),
        ]),
        codebook: now,
        release: after,
    }
}

impl Rounds {
    fn edition(&self) -> Edition<'_> {
        Edition {
            compared: Some(Beside {
                comparison: &self.comparison,
                names: None,
            }),
            over_time: Some(&self.over_time),
            ..edition(&self.codebook)
        }
    }
}

/// Lines of a CSV file by their headings; the texts here have no quoted commas but in `says`.
fn cells(csv: &str) -> Vec<Vec<String>> {
    let mut records = Vec::new();
    for line in csv.lines() {
        let (mut cells, mut quoted) = (vec![String::new()], false);
        for c in line.chars() {
            match c {
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(String::new()),
                _ => cells.last_mut().expect("a cell").push(c),
            }
        }
        records.push(cells);
    }
    records
}

#[test]
fn csv_has_a_line_for_every_difference_and_says_what_may_be_said() {
    let rounds = rounds();
    let lines = cells(&csv(&rounds.release, &rounds.edition()));
    let head = &lines[0];
    assert!(lines.iter().all(|it| it.len() == head.len()), "{head:?}");
    let of = |question: &str, value: &str, column: &str| {
        let at = |name: &str| head.iter().position(|it| it == name).expect("a column");
        let (question_at, value_at, verdict) = (at("question"), at("value"), at("side_one"));
        let mut found = lines.iter().filter(|it| {
            it[question_at] == question && it[value_at] == value && !it[verdict].is_empty()
        });
        found.next().expect("a line")[at(column)].clone()
    };
    assert_eq!(of("mood", "(question)", "side_one"), "2026");
    assert_eq!(of("mood", "(question)", "side_other"), "2024");
    assert_eq!(of("mood", "(question)", "n_one"), "100");
    assert_eq!(of("mood", "(question)", "test"), "mann-whitney");
    assert_eq!(of("mood", "(question)", "verdict"), "shown");
    assert_eq!(of("mood", "(question)", "says"), "[compare.rounds.large]");
    assert_eq!(of("mood", "5", "one"), "80");
    assert_eq!(of("mood", "5", "other"), "30");
    assert_eq!(of("mood", "5", "difference"), "50");
    let low: f64 = of("mood", "5", "low").parse().expect("a number");
    assert!((36.0..38.5).contains(&low), "{low}");
    assert_eq!(of("mood", "good", "difference"), "50");
    assert_eq!(of("hobbies", "walk", "test"), "chi-square");
    assert_eq!(of("hours", "(mean)", "difference"), "0");
    assert_eq!(of("hours", "(question)", "measure"), "cohens-d");
    assert_eq!(of("moved", "(question)", "changes"), "wording");
    assert_eq!(of("moved", "(question)", "hidden"), "changed");
    assert_eq!(
        of("moved", "(question)", "says"),
        "[compare.changed] [change.wording]"
    );
}

#[test]
fn workbooks_have_a_sheet_of_differences_and_one_of_rounds() {
    let rounds = rounds();
    let edition = rounds.edition();
    let (one, other) = (
        as_xlsx(&rounds.release, &edition),
        as_ods(&rounds.release, &edition),
    );
    let names: Vec<&str> = one.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(
        names,
        ["about", "figures", "middle", "differences", "series"]
    );
    for (name, sheet) in &one {
        let same = other.iter().find(|it| it.0 == *name).expect("the sheet");
        assert_eq!(texts(sheet), texts(&same.1));
    }
    let about = texts(&one[0].1);
    let compared = about.iter().find(|it| it[0] == "[compared]").expect("told");
    assert_eq!(compared[1], "2026 (N = 100) – 2024 (N = 100)");
    let differences = texts(&one[3].1);
    assert_eq!(differences[0][5..7], ["2026", "2024"]);
    let moved = differences.iter().find(|it| it[0] == "moved");
    let said = moved.and_then(|it| it.last()).map(String::as_str);
    assert_eq!(said, Some("[compare.changed] [change.wording]"));
    let series = texts(&one[4].1);
    assert_eq!(series[0][5..8], ["2024", "2026", "[breaks]"]);
    let of = |name: &str, code: &str| {
        let mut rows = series.iter().filter(|it| it[0] == name && it[3] == code);
        rows.next().expect("a line")[5..].to_vec()
    };
    assert_eq!(of("mood", "5"), ["30", "80", ""]);
    assert_eq!(of("moved", "(n)"), ["", "100", "2026: [change.wording]"]);
    assert_eq!(of("moved", "true"), ["", "100", ""]);
}

#[test]
fn json_stat_stays_valid_and_marks_what_changed() {
    let rounds = rounds();
    let plain = edition(&rounds.codebook);
    let before = collection(&json_stat(&rounds.release, &plain)).expect("valid");
    let tree = json_stat(&rounds.release, &rounds.edition());
    let read = Value::parse(&tree.to_string()).expect("JSON");
    let after = collection(&read).expect("valid");
    assert_eq!(after - before, rounds.comparison.questions.len());
    let items = read.get("link").and_then(|it| it.get("item")?.as_list());
    let of = |name: &str| {
        let mut all = items.unwrap_or_default().iter().rev();
        let is = |it: &&Value| it.get("dimension").and_then(|it| it.get(name)).is_some();
        all.find(is).expect("a dataset")
    };
    let changed = of("moved");
    let status = changed.get("status").and_then(|it| it.get("0"));
    assert_eq!(status, Some(&Value::from("changed")));
    let says = |it: &Value| it.get("extension").and_then(|it| it.get("says").cloned());
    assert_eq!(
        says(changed),
        Some("[compare.changed] [change.wording]".into())
    );
    let values = of("mood").get("value").and_then(Value::as_list);
    let first: Vec<_> = values.unwrap_or_default().iter().take(3).collect();
    assert_eq!(first, [&80.into(), &30.into(), &50.into()]);
}

#[test]
fn json_names_the_sides_and_follows_every_variable() {
    let rounds = rounds();
    let tree = summary_json(&rounds.release, &rounds.edition());
    let at = |path: &[&str]| {
        path.iter()
            .try_fold(&tree, |it, name| it.get(name))
            .cloned()
    };
    assert_eq!(
        at(&["comparison", "names"]).map(|it| it.to_string()),
        Some(r#"["2026","2024"]"#.to_owned())
    );
    assert_eq!(
        at(&["comparison", "says", "mood"]),
        Some("[compare.rounds.large]".into())
    );
    assert_eq!(
        at(&["series", "moved"]).map(|it| it.to_string()),
        Some(r#"{"names":["moved","moved"],"breaks":[{"at":1,"changes":["wording"]}]}"#.to_owned())
    );
    let rounds = at(&["rounds"]);
    let n = rounds.as_ref().and_then(Value::as_list).map(<[Value]>::len);
    assert_eq!(n, Some(2));
}

#[test]
fn groups_are_called_by_their_codes_and_names() {
    let people: Vec<String> = people(5)
        .into_iter()
        .enumerate()
        .map(|(ix, it)| format!("\"age_band\":\"{}\",{it}", ["u30", "65p"][ix / 2 % 2]))
        .collect();
    let dataset = crate::village::answered(&people);
    let query = Query {
        groups: vec!["age_band".to_owned()],
        ..Query::default()
    };
    let release = dataset.tabulate(&query, &Protection::none());
    let codebook = dataset.codebook();
    for (other, called) in [
        (Some("65p".into()), "age_band=65p"),
        (None, "age_band<>u30"),
    ] {
        let comparison = compare::groups(
            codebook,
            &release,
            "age_band",
            &"u30".into(),
            other.as_ref(),
        );
        let edition = Edition {
            compared: Some(Beside {
                comparison: &comparison,
                names: None,
            }),
            ..edition(codebook)
        };
        let written = csv(&release, &edition);
        assert!(written.contains(&format!(",age_band=u30,{called},50,50,")));
        let sheets = as_xlsx(&release, &edition);
        let head = texts(&sheets.last().expect("a sheet").1).swap_remove(0);
        let name = if other.is_some() {
            "65p"
        } else {
            "[compare.rest]"
        };
        assert_eq!(head[5..7], ["u30".to_owned(), name.to_owned()]);
    }
}

#[test]
fn every_word_of_a_comparison_is_listed() {
    let rounds = rounds();
    let asked = RefCell::new(Vec::new());
    let say = |key: &str| {
        asked.borrow_mut().push(key.to_owned());
        String::new()
    };
    let edition = Edition {
        say: &say,
        ..rounds.edition()
    };
    let _ = (
        xlsx(&rounds.release, &edition),
        ods(&rounds.release, &edition),
        json_stat(&rounds.release, &edition),
    );
    for key in asked.into_inner() {
        let open = key.starts_with("box.") || key.starts_with("code.");
        let listed = WORDS.contains(&key.as_str()) || SENTENCES.contains(&key.as_str());
        assert!(open || listed, "{key}");
    }
}
