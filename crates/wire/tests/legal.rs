//! Reading `legal.json`: which texts are missing, and what is wrong.

use expect_test::{Expect, expect};
use wire::legal::{ACCESSIBILITY_HEADINGS, Legal, PRIVACY_FIELDS};

const SOME: &str = r#"{
  "format": "kuuluu-legal/1",
  "accessibility": {"service": {"fi": "Palvelu"}, "feedback": {"fi": " "}},
  "storage": {"fi": "Ei mitään", "sv": "Ingenting"}
}"#;

#[test]
fn every_empty_text_is_listed_by_language() {
    let legal = Legal::parse(SOME).expect("fine");
    assert_eq!(legal.warnings, []);
    let languages = ["fi", "sv", "en", "fi-x-selko"].map(ToOwned::to_owned);
    let empty = legal.empty_fields(&languages);
    assert_eq!(
        (ACCESSIBILITY_HEADINGS.len(), PRIVACY_FIELDS.len()),
        (8, 12)
    );
    // Written: the service in both kinds of Finnish, storage in all but English.
    assert_eq!(empty.len(), (8 + 12 + 1) * languages.len() - 2 - 3);
    let last = empty.last().expect("not empty");
    assert_eq!(
        (last.at.as_str(), last.language.as_str()),
        ("/storage", "en")
    );
    assert_eq!(empty[0].at, "/accessibility/service");
    assert_eq!(legal.languages(), ["fi", "sv"]);
}

#[test]
fn texts_are_found_by_field_and_language() {
    let statement = Legal::parse(SOME).expect("fine").accessibility;
    assert_eq!(statement.get("service", "fi-x-selko"), Some("Palvelu"));
    assert_eq!(statement.get("service", "sv"), None);
    assert_eq!(statement.get("feedback", "fi"), None);
}

fn refused(text: &str, expected: &Expect) {
    let problems = Legal::parse(text).expect_err("refused");
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    expected.assert_eq(&(lines.join("\n") + "\n"));
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    refused(
        &SOME.replace("kuuluu-legal/1", "kuuluu-config/1"),
        &expect![[r#"
            /format: found "kuuluu-config/1", expected "kuuluu-legal/1"
        "#]],
    );
    refused(
        r#"{"format": "kuuluu-legal/1", "privacy": {"source": 3}}"#,
        &expect![[r#"
            /privacy/source: found 3, expected a text, or an object of texts by language
        "#]],
    );
    refused(
        "[]",
        &expect![[r#"
            /: found a list of 0, expected an object
        "#]],
    );
}

#[test]
fn a_misspelt_field_is_a_warning_with_a_suggestion() {
    let legal = Legal::parse(&SOME.replace("feedback", "feedbck")).expect("usable");
    let warning = legal.warnings.first().expect("told").to_string();
    assert!(warning.starts_with("/accessibility/feedbck"), "{warning}");
    assert!(warning.contains("did you mean \"feedback\"?"), "{warning}");
}
