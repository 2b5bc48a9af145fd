//! `kuuluu tabulate` as it is run: files of every kind, flags, what it refuses and how it says so.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use json::Value;

const SURVEY: &str = r#"{"pages":[{"name":"p","elements":[
    {"type":"dropdown","name":"place","title":"Where do you live?","choices":["north","south"],"kuuluu":{"role":"background"}},
    {"type":"radiogroup","name":"age","choices":["u30","30p"],"kuuluu":{"role":"background"}},
    {"type":"radiogroup","name":"mood","title":{"fi":"Miten voit?"},"choices":[
      {"value":1,"text":{"fi":"Hyvin"}},{"value":2,"text":{"fi":"Huonosti"}}]},
    {"type":"checkbox","name":"uses","title":"Uses","choices":["bus","bike"]}]}],
  "kuuluu":{"id":"town","version":"1","round":"2026","languages":["fi"]}}"#;

/// A folder of its own for one test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("tabulate")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("town.json"), SURVEY).expect("written");
    folder
}

fn run(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kuuluu"))
        .arg("tabulate")
        .args(args)
        .current_dir(folder)
        .output()
        .expect("kuuluu runs")
}

fn tree(output: &Output) -> Value {
    assert!(output.status.success(), "{output:?}");
    Value::parse(&String::from_utf8_lossy(&output.stdout)).expect("JSON")
}

#[track_caller]
fn refused(folder: &Path, args: &[&str], reason: &str) {
    let output = run(folder, args);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && output.stdout.is_empty());
    assert!(said.contains(reason), "{said}");
    assert!(
        !said.contains("Usage:"),
        "the help hides the reason: {said}"
    );
}

/// `n` responses: every third in the north, every second in a good mood.
fn lines(n: usize) -> String {
    let line = |ix: usize| {
        let place = if ix.is_multiple_of(3) {
            "north"
        } else {
            "south"
        };
        let mood = ix % 2 + 1;
        format!(
            "{{\"answers\":{{\"place\":\"{place}\",\"age\":\"u30\",\"mood\":{mood},\"uses\":[\"bus\"]}}}}\n"
        )
    };
    (0..n).map(line).collect()
}

fn gzip(text: &str) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(text.as_bytes()).expect("memory");
    packed.finish().expect("memory")
}

fn counts(figures: &Value, question: &str) -> Vec<Option<f64>> {
    let rows = figures
        .get("questions")
        .and_then(|it| it.get(question)?.get("rows")?.as_list());
    let rows = rows.unwrap_or_default().iter();
    rows.map(|it| it.get("count").and_then(Value::as_f64))
        .collect()
}

#[test]
fn files_of_every_kind_are_counted_together() {
    let here = folder("kinds");
    fs::write(here.join("a.ndjson"), lines(30)).expect("written");
    fs::write(here.join("b.ndjson.gz"), gzip(&lines(30))).expect("written");
    let zstd = zstd::encode_all(lines(30).as_bytes(), 1).expect("memory");
    fs::write(here.join("c.zst"), zstd).expect("written");
    let table = "Vastaaja;1. Where do you live?;2. Miten voit?;3. Uses: bus\r\n".to_owned()
        + &"1;south;Hyvin;1\r\n".repeat(10);
    fs::write(here.join("d.csv.gz"), gzip(&table)).expect("written");
    let files = ["town.json", "a.ndjson", "b.ndjson.gz", "c.zst", "d.csv.gz"];
    let output = run(&here, &files);
    let figures = tree(&output);
    assert_eq!(figures.get("n").and_then(Value::as_f64), Some(100.0));
    assert_eq!(counts(&figures, "mood"), [Some(55.0), Some(45.0)]);
    assert_eq!(counts(&figures, "place"), [Some(30.0), Some(70.0)]);
    assert_eq!(counts(&figures, "uses"), [Some(100.0), Some(0.0)]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(said, "d.csv.gz: the column \"Vastaaja\" feeds nothing\n");
}

#[test]
fn standard_input_is_read_and_bad_lines_are_named() {
    let here = folder("input");
    let mut child = Command::new(env!("CARGO_BIN_EXE_kuuluu"))
        .args(["tabulate", "town.json", "-"])
        .current_dir(&here)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("kuuluu runs");
    let text = lines(20) + "{\"answers\":\n" + &lines(1);
    let mut input = child.stdin.take().expect("a pipe");
    input.write_all(text.as_bytes()).expect("written");
    drop(input);
    let output = child.wait_with_output().expect("an end");
    assert_eq!(tree(&output).get("n").and_then(Value::as_f64), Some(21.0));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(
        said,
        "-:21: is not JSON\n-: 1 of 22 lines could not be read\n"
    );
}

#[test]
fn a_mapping_is_saved_corrected_and_used_again() {
    let here = folder("mapping");
    let table = "Kunta,Miten voit?\n".to_owned() + &"Pohjoinen,Hyvin\nEtelä,N/A\n".repeat(10);
    fs::write(here.join("a.csv"), table).expect("written");
    let first = run(&here, &["town.json", "a.csv", "--save-mapping", "map.json"]);
    assert_eq!(counts(&tree(&first), "mood"), [Some(10.0), Some(0.0)]);
    let said = String::from_utf8_lossy(&first.stderr).into_owned();
    assert_eq!(said, "a.csv: the column \"Kunta\" feeds nothing\n");
    let saved = fs::read_to_string(here.join("map.json")).expect("a mapping");
    let corrected = saved.replace(
        "{\"heading\":\"Kunta\",\"variable\":null}",
        "{\"heading\":\"Kunta\",\"variable\":\"place\",\"values\":{\"Pohjoinen\":\"north\",\"Etelä\":\"south\"}}",
    );
    assert_ne!(corrected, saved);
    let halfway = corrected.replace(",\"Etelä\":\"south\"", "");
    fs::write(here.join("half.json"), halfway).expect("written");
    let half = run(&here, &["town.json", "a.csv", "--mapping", "half.json"]);
    assert_eq!(
        String::from_utf8_lossy(&half.stderr),
        "a.csv: the column \"Kunta\" has cells that are no choices (10): \"Etelä\"\n"
    );
    fs::write(here.join("map.json"), corrected).expect("written");
    let again = run(&here, &["town.json", "a.csv", "--mapping", "map.json"]);
    assert_eq!(String::from_utf8_lossy(&again.stderr), "");
    assert_eq!(counts(&tree(&again), "place"), [Some(10.0), Some(10.0)]);
    refused(
        &here,
        &["town.json", "a.csv", "--mapping", "town.json"],
        "town.json: /format: found nothing, expected kuuluu-mapping/1",
    );
    fs::write(here.join("b.ndjson"), lines(10)).expect("written");
    refused(
        &here,
        &["town.json", "b.ndjson", "--mapping", "map.json"],
        "--mapping is for tables, and none of RESPONSES is one",
    );
}

#[test]
fn crossings_take_names_with_a_comma_or_one_by_one() {
    let here = folder("crossings");
    fs::write(here.join("a.ndjson"), lines(90)).expect("written");
    let twice = run(
        &here,
        &["town.json", "a.ndjson", "--by", "place", "--by", "age"],
    );
    let once = run(&here, &["town.json", "a.ndjson", "--by", "place,age"]);
    assert_eq!(once.stdout, twice.stdout);
    let north = tree(&once);
    let north = north
        .get("groups")
        .and_then(|it| it.get("north")?.get("groups")?.get("u30"));
    assert_eq!(
        counts(north.expect("a group"), "mood"),
        [Some(15.0), Some(15.0)]
    );
}

#[test]
fn background_variables_that_the_survey_does_not_cross_say_so() {
    let here = folder("apart");
    let survey = SURVEY
        .replace(
            r#""name":"mood","#,
            r#""name":"mood","kuuluu":{"role":"background"},"#,
        )
        .replace(
            r#""id":"town","#,
            r#""id":"town","disclosure":{"crossings":[["place","mood"]]},"#,
        );
    fs::write(here.join("apart.json"), survey).expect("written");
    fs::write(here.join("a.ndjson"), lines(300)).expect("written");
    let csv = run(
        &here,
        &["apart.json", "a.ndjson", "--by", "place", "--format", "csv"],
    );
    let csv = String::from_utf8_lossy(&csv.stdout).into_owned();
    let of_north = |question: &str| -> Vec<&str> {
        let start = format!("north,{question},");
        csv.lines().filter(|it| it.starts_with(&start)).collect()
    };
    let (age, mood) = (of_north("age"), of_north("mood"));
    assert!(age.iter().all(|it| it.contains("not-crossed")), "{csv}");
    assert!(!age.is_empty() && !mood.is_empty(), "{csv}");
    assert!(mood.iter().all(|it| !it.contains("not-crossed")), "{csv}");
}

#[test]
fn weighted_per_cents_stand_beside_the_others() {
    let here = folder("weights");
    fs::write(here.join("a.ndjson"), lines(90)).expect("written");
    let margins = r#"{"format":"kuuluu-margins/1","margins":{"place":{"north":50,"south":50}}}"#;
    fs::write(here.join("margins.json"), margins).expect("written");
    let args = ["town.json", "a.ndjson", "--weights", "margins.json"];
    let figures = tree(&run(&here, &args));
    let place = figures
        .get("questions")
        .and_then(|it| it.get("place")?.get("rows")?.as_list());
    let both = place.unwrap_or_default().iter();
    let both = both.map(|it| (it.get("percent").cloned(), it.get("weighted").cloned()));
    assert_eq!(
        both.collect::<Vec<_>>(),
        [(33, 50), (67, 50)]
            .map(|(percent, weighted)| (Some(percent.into()), Some(weighted.into())))
    );
    let csv = run(
        &here,
        &[&args[..], &["--format", "csv", "--question", "place"]].concat(),
    );
    assert_eq!(
        String::from_utf8_lossy(&csv.stdout),
        "question,value,count,percent,n,base,hidden,number,weighted\r\nplace,north,30,33,90,valid,,,50\r\nplace,south,60,67,90,valid,,,50\r\n"
    );
}

#[test]
fn an_earlier_round_is_compared_where_it_compares() {
    let here = folder("rounds");
    let earlier = SURVEY
        .replace("\"2026\"", "\"2024\"")
        .replace("Uses", "Used");
    fs::write(here.join("before.json"), earlier).expect("written");
    fs::write(here.join("now.ndjson"), lines(300)).expect("written");
    let before = lines(300).replace("\"mood\":2", "\"mood\":1");
    fs::write(here.join("before.ndjson"), before).expect("written");
    let args = [
        "town.json",
        "now.ndjson",
        "--earlier",
        "before.json",
        "before.ndjson",
    ];
    let figures = tree(&run(&here, &args));
    assert_eq!(counts(&figures, "mood"), [Some(150.0), Some(150.0)]);
    let questions = figures
        .get("comparison")
        .and_then(|it| it.get("questions")?.as_list());
    let of = |name: &str, member: &str| {
        let all = questions.unwrap_or_default().iter();
        let mut named = all.filter(|it| it.get("name").and_then(Value::as_str) == Some(name));
        named
            .next()
            .and_then(|it| it.get(member))
            .map(Value::to_string)
    };
    assert_eq!(of("mood", "verdict").as_deref(), Some("\"shown\""));
    assert_eq!(of("uses", "changes").as_deref(), Some("[\"wording\"]"));
    refused(
        &here,
        &args[..4],
        "RESPONSES of an earlier round is missing",
    );
    let csv = run(&here, &[&args[..], &["--format", "csv"]].concat());
    let csv = String::from_utf8_lossy(&csv.stdout).into_owned();
    let mood = csv.lines().find(|it| it.starts_with("mood,(question),"));
    assert!(
        mood.is_some_and(|it| it.contains(",2026,2024,300,300,")
            && it.ends_with(",shown,,Vastauksissa näkyy kierrosten välillä suuri ero.")),
        "{csv}"
    );
    let uses = csv.lines().find(|it| it.starts_with("uses,(question),"));
    let why = "Kysymystä ei verrata aiempaan kierrokseen. Sanamuoto on muuttunut.";
    assert!(uses.is_some_and(|it| it.ends_with(&format!(",changed,wording,{why}"))));
    refused(
        &here,
        &[&args[..], &["--format", "snapshot"]].concat(),
        "hold no comparison",
    );
    refused(
        &here,
        &[&args[..], &["--compare", "place=north"]].concat(),
        "one comparison at a time",
    );
}

#[test]
fn several_rounds_are_followed_and_the_last_one_is_compared() {
    let here = folder("series");
    for (year, well) in [("2022", 2), ("2024", 3), ("2026", 4)] {
        let survey = SURVEY.replace("\"2026\"", &format!("\"{year}\""));
        let survey = match year {
            "2022" => survey.replace("Uses", "Used"),
            _ => survey,
        };
        fs::write(here.join(format!("{year}.json")), survey).expect("written");
        let answers = lines(well * 30);
        fs::write(here.join(format!("{year}.ndjson")), answers).expect("written");
    }
    let rounds = [
        "2026.json",
        "2026.ndjson",
        "--earlier",
        "2022.json",
        "2022.ndjson",
        "--earlier",
        "2024.json",
        "2024.ndjson",
    ];
    let figures = tree(&run(&here, &rounds));
    let against = |round| [&rounds[..], &["--against", round]].concat();
    let older = tree(&run(&here, &against("2022")));
    let names = older.get("comparison").and_then(|it| it.get("names"));
    assert_eq!(
        names.map(Value::to_string).as_deref(),
        Some("[\"2026\",\"2022\"]")
    );
    let wrong = "--against 2023: the earlier rounds are 2022, 2024";
    refused(&here, &against("2023"), wrong);
    let alone = ["2026.json", "2026.ndjson", "--against", "2022"];
    refused(&here, &alone, "--against wants rounds given with --earlier");
    let at = |path: &[&str]| {
        let found = path.iter().try_fold(&figures, |it, name| it.get(name));
        found.map(Value::to_string)
    };
    assert_eq!(
        at(&["comparison", "names"]).as_deref(),
        Some("[\"2026\",\"2024\"]")
    );
    assert_eq!(
        at(&["series", "uses"]).as_deref(),
        Some(
            "{\"names\":[\"uses\",\"uses\",\"uses\"],\"breaks\":[{\"at\":1,\"changes\":[\"wording\"]}]}"
        )
    );
    let rounds = figures.get("rounds").and_then(Value::as_list);
    let n = rounds.unwrap_or_default().iter();
    let n: Vec<_> = n.map(|it| it.get("n").and_then(Value::as_f64)).collect();
    assert_eq!(n, [Some(60.0), Some(90.0), Some(120.0)]);
}

#[test]
fn two_groups_are_compared_or_one_with_the_rest() {
    let here = folder("groups");
    fs::write(here.join("a.ndjson"), lines(300)).expect("written");
    let ask = |more: &[&'static str]| [&["town.json", "a.ndjson", "--compare"], more].concat();
    let two = tree(&run(&here, &ask(&["place=north,south"])));
    let one = tree(&run(&here, &ask(&["place=north"])));
    let names = |it: &Value| it.get("comparison").and_then(|it| it.get("names").cloned());
    let text = |it: &[&str]| Some(Value::List(it.iter().map(|it| Value::from(*it)).collect()));
    assert_eq!(names(&two), text(&["north", "south"]));
    assert_eq!(names(&one), text(&["north", "Muut"]));
    refused(&here, &ask(&["place"]), "VARIABLE=ONE,OTHER is expected");
    refused(
        &here,
        &ask(&["place=west"]),
        "\"west\" is not one of the values of place",
    );
    refused(
        &here,
        &ask(&["mood=1"]),
        "\"mood\" is not a background variable",
    );
}

#[test]
fn what_cannot_be_counted_is_refused_with_the_reason() {
    let here = folder("refusals");
    fs::write(here.join("a.ndjson"), lines(30)).expect("written");
    let mut broken = gzip(&lines(30));
    broken.truncate(40);
    fs::write(here.join("broken.gz"), broken).expect("written");
    let ask = |more: &[&'static str]| [&["town.json", "a.ndjson"], more].concat();
    refused(
        &here,
        &["town.json", "none.ndjson"],
        "none.ndjson cannot be read",
    );
    refused(
        &here,
        &["town.json", "broken.gz"],
        "broken.gz cannot be read",
    );
    fs::write(here.join("none.txt.ndjson"), "one\ntwo\n").expect("written");
    refused(
        &here,
        &["town.json", "none.txt.ndjson"],
        "no line of none.txt.ndjson could be read as an answer to town.json",
    );
    let other = "{\"survey\":\"village\",\"answers\":{}}\n";
    fs::write(here.join("other.ndjson"), other).expect("written");
    refused(
        &here,
        &["town.json", "other.ndjson"],
        "other.ndjson:1: is an answer to another survey",
    );
    for (name, text, what) in [
        (
            "empty.ndjson",
            "",
            "empty.ndjson: there are no answers in it",
        ),
        (
            "strange.csv",
            "a;b\n1;2\n",
            "strange.csv: no column feeds a question",
        ),
    ] {
        fs::write(here.join(name), text).expect("written");
        let output = run(&here, &["town.json", name]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains(what), "{said}");
    }
    fs::write(here.join("book.xlsx"), "PK\u{3}\u{4}…").expect("written");
    refused(&here, &["town.json", "book.xlsx"], "save a workbook as CSV");
    refused(
        &here,
        &ask(&["--filter", "place = "]),
        "the filter breaks off at byte 8",
    );
    refused(
        &here,
        &ask(&["--question", "moood"]),
        "town.json has no question \"moood\"",
    );
    refused(
        &here,
        &ask(&["--by", "mood"]),
        "\"mood\" is not a background variable with choices; these are: place, age",
    );
    refused(
        &here,
        &ask(&["--filter", "place = 'west'"]),
        "\"west\" is not one of",
    );
    refused(&here, &ask(&["--min-cell", "0"]), "a number from 1, or off");
    refused(
        &here,
        &ask(&["--save-mapping", "m.json"]),
        "--save-mapping wants a table",
    );
}
