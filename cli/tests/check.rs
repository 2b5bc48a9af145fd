//! `kuuluu check` from outside: exit codes, text for people, JSON for programs.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use json::Value;
use wire::legal::{ACCESSIBILITY_HEADINGS, PRIVACY_FIELDS};

/// A folder of its own for each test.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("check-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn kuuluu(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kuuluu"))
        .arg("check")
        .args(arguments)
        .output()
        .expect("kuuluu runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

const CLEAN: &str = r#"{"kuuluu":{"id":"a","version":"1","languages":["fi"]},
    "elements":[{"type":"comment","name":"a","title":"Mitä kuuluu?"}]}"#;

const WRONG: &str = r#"{"kuuluu":{"id":"a","version":"1","languages":["fi"]},
    "pages":[{"name":"alku","elements":[{"type":"comment","name":"a","titel":"x"}]}]}"#;

/// Runs a subcommand with `input` as its standard input.
fn fed(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_kuuluu"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("kuuluu starts");
    let mut pipe = child.stdin.take().expect("standard input");
    pipe.write_all(input.as_bytes()).expect("written");
    drop(pipe);
    child.wait_with_output().expect("kuuluu ends")
}

#[test]
fn standard_input_is_checked_like_a_file() {
    let output = fed(&["check", "-"], CLEAN);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}

#[test]
fn a_name_that_stands_twice_is_told() {
    let twice = CLEAN.replace(r#""title":"#, r#""title":"Hei","title":"#);
    let output = fed(&["check", "-"], &twice);
    assert_eq!(output.status.code(), Some(1));
    let text = said(&output);
    assert!(
        text.contains("error  /elements/0/title  [json/repeated-name]"),
        "{text}"
    );
}

#[test]
fn what_is_no_survey_or_no_answers_is_told_with_its_file() {
    let folder = folder("no-survey");
    let survey = folder.join("a.json");
    let answers = folder.join("answers.json");
    fs::write(&survey, CLEAN).expect("written");
    fs::write(&answers, "[1]").expect("written");
    let (survey, answers) = (survey.to_string_lossy(), answers.to_string_lossy());
    let folder = folder.to_string_lossy();
    for (arguments, reason) in [
        (&["eval", &answers][..], "answers.json: a survey is wanted"),
        (
            &["eval", &survey, "--answers", &answers],
            "answers.json: an object of answers is wanted",
        ),
        (&["eval", &folder], "it is a folder; name the files in it"),
        (
            &["eval", &survey, "--seed", "-1"],
            "--seed wants a whole number",
        ),
        (
            &["eval", &survey, "--today", "99999-01-01"],
            "--today wants a date",
        ),
        (&["simulate", &survey, "-n", "x"], "-n wants a whole number"),
    ] {
        let output = fed(arguments, "");
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(error.contains(reason), "{error}");
    }
}

#[test]
fn a_clean_file_ends_with_zero() {
    let file = folder("clean").join("a.json");
    fs::write(&file, CLEAN).expect("written");
    let output = kuuluu(&[&file.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("nothing to mend"));
}

#[test]
fn a_finding_is_told_with_its_place_and_a_way_to_mend_it() {
    let file = folder("wrong").join("a.json");
    fs::write(&file, WRONG).expect("written");
    let output = kuuluu(&[&file.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(1));
    let text = said(&output);
    for part in [
        "error  /pages/0/elements/0/titel  [property/unknown]",
        "in        page alku › question a",
        "found     titel",
        "to mend   title",
        "1 file: 1 error that must be mended.",
    ] {
        assert!(text.contains(part), "{part} not in:\n{text}");
    }
}

#[test]
fn programs_get_one_json_object() {
    let folder = folder("json");
    let (wrong, clean) = (folder.join("wrong.json"), folder.join("clean.json"));
    fs::write(&wrong, WRONG).expect("written");
    fs::write(&clean, CLEAN).expect("written");
    let output = kuuluu(&["--json", &wrong.to_string_lossy(), &clean.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(1));
    let report = Value::parse(&said(&output)).expect("JSON");
    let files = report.get("files").and_then(Value::as_list).expect("files");
    let finding = files[0]
        .get("findings")
        .and_then(Value::as_list)
        .expect("findings")[0]
        .clone();
    assert_eq!(
        finding.get("code").and_then(Value::as_str),
        Some("property/unknown")
    );
    assert_eq!(
        finding.get("at").and_then(Value::as_str),
        Some("/pages/0/elements/0/titel")
    );
    assert_eq!(files[1].get("findings"), Some(&Value::List(Vec::new())));
}

#[test]
fn what_cannot_be_read_ends_with_two() {
    let folder = folder("unreadable");
    let broken = folder.join("broken.json");
    fs::write(&broken, "{\n  \"title\": }").expect("written");
    for (file, why) in [
        (broken, "line 2, column 12"),
        (folder.join("none.json"), "cannot be read"),
    ] {
        let output = kuuluu(&[&file.to_string_lossy()]);
        assert_eq!(output.status.code(), Some(2));
        assert!(said(&output).contains(why), "{}", said(&output));
    }
    assert_eq!(kuuluu(&[]).status.code(), Some(2));
    assert_eq!(kuuluu(&["--jsno", "x"]).status.code(), Some(2));
}

#[test]
fn a_configuration_is_known_by_its_format() {
    let file = folder("config").join("config.json");
    fs::write(&file, r#"{"format":"kuuluu-config/1"}"#).expect("written");
    let legal = file.with_file_name("legal.json");
    fs::write(legal, r#"{"format":"kuuluu-legal/1"}"#).expect("written");
    let output = kuuluu(&[&file.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(
        !said(&output).contains("kuuluu/identity"),
        "{}",
        said(&output)
    );
}

#[test]
fn the_files_that_ship_are_clean() {
    let public = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../public");
    let config = public.join("config.json");
    let output = kuuluu(&[&config.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}

fn member<'a>(value: &'a mut Value, name: &str) -> &'a mut Value {
    let Value::Object(object) = value else {
        panic!("no object around {name}");
    };
    object.get_mut(name).expect(name)
}

#[test]
fn publishing_is_blocked_while_a_legal_text_is_empty() {
    let public = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../public");
    let text = fs::read_to_string(public.join("legal.json")).expect("the legal texts");
    let legal = Value::parse(&text).expect("JSON");
    let folder = folder("legal");
    fs::create_dir_all(folder.join("surveys")).expect("a folder");
    for survey in ["asukas", "resurssi", "kortti", "ennakko"] {
        let name = format!("surveys/{survey}.json");
        fs::copy(public.join(&name), folder.join(&name)).expect("copied");
    }
    let config = folder.join("config.json");
    fs::copy(public.join("config.json"), &config).expect("copied");
    let file = folder.join("legal.json");
    let mut fields = vec![("storage", None)];
    fields.extend(
        ACCESSIBILITY_HEADINGS
            .iter()
            .map(|it| ("accessibility", Some(*it))),
    );
    fields.extend(PRIVACY_FIELDS.iter().map(|it| ("privacy", Some(*it))));
    assert_eq!(fields.len(), 1 + 8 + 12);
    for (document, field) in fields {
        let mut broken = legal.clone();
        let mut texts = member(&mut broken, document);
        if let Some(field) = field {
            texts = member(texts, field);
        }
        let Value::Object(texts) = texts else {
            panic!("{document} {field:?} is no object");
        };
        texts.insert("sv", Value::from(" "));
        fs::write(&file, broken.to_string()).expect("written");
        let at = ["/", document].concat() + &field.map(|it| format!("/{it}")).unwrap_or_default();
        for checked in [&config, &file] {
            let output = kuuluu(&[&checked.to_string_lossy()]);
            assert_eq!(output.status.code(), Some(1), "{document} {field:?}");
            let said = said(&output);
            let (_, told) = said.split_once("legal.json\n").expect("the file is named");
            assert!(
                told.contains(&at) && told.contains("no text in sv"),
                "{at}: {said}"
            );
        }
    }
    fs::remove_file(&file).expect("removed");
    let output = kuuluu(&[&config.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(2), "a missing file blocks, too");
    assert!(said(&output).contains("legal.json\n  cannot be read"));
}

#[test]
fn a_file_of_one_language_that_is_out_of_date_is_told() {
    let public = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../public");
    let folder = folder("stale");
    fs::create_dir_all(folder.join("surveys")).expect("a folder");
    let config = folder.join("config.json");
    fs::copy(public.join("config.json"), &config).expect("copied");
    fs::copy(public.join("legal.json"), folder.join("legal.json")).expect("copied");
    for survey in ["asukas", "resurssi", "kortti", "ennakko"] {
        let name = format!("surveys/{survey}.json");
        fs::copy(public.join(&name), folder.join(&name)).expect("copied");
    }
    let text = fs::read_to_string(public.join("surveys/kortti.json")).expect("a survey");
    let survey = Value::parse(&text).expect("JSON");
    let swedish = folder.join("surveys/kortti.sv.json");
    let narrow = questionnaire::one_language(&survey, "sv");
    fs::write(&swedish, narrow.to_string()).expect("written");
    let output = kuuluu(&[&config.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let mut changed = survey;
    *member(&mut changed, "title") = Value::from("Kortti");
    let whole = folder.join("surveys/kortti.json");
    fs::write(whole, changed.to_string()).expect("written");
    let output = kuuluu(&[&config.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(1));
    let said = said(&output);
    assert!(
        said.contains("kortti.sv.json from another version")
            && said.contains("[config/stale-file]"),
        "{said}"
    );
}
