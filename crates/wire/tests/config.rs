//! Reading `config.json`: what is wrong, where, and what is expected.

use expect_test::{Expect, expect};
use json::Problem;
use wire::config::Config;

const FINE: &str = r##"{
  "format": "kuuluu-config/1",
  "endpoint": "/api",
  "languages": ["fi", "sv", "en", "fi-x-selko"],
  "organisation": {
    "name": {"fi": "Hyvinvointialue", "sv": "Välfärdsområde", "en": "Wellbeing county"},
    "contact": {"email": "kysely@example.fi", "phone": "+358 9 123 456"}
  },
  "surveys": [
    {"id": "asukas", "file": "surveys/asukas.json", "sample": true,
     "title": {"fi": "Hyvinvointikysely", "sv": "Välfärdsenkät", "en": "Wellbeing survey"}}
  ],
  "theme": {"accent": "#0050a0"},
  "disclosure": {"minimumCell": 5, "sensitiveMinimum": 10}
}"##;

fn lines(problems: &[Problem]) -> String {
    problems
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
        + "\n"
}

fn refused(from: &str, to: &str, expected: Expect) {
    assert!(FINE.contains(from), "{from}");
    let problems = Config::parse(&FINE.replace(from, to)).expect_err("refused");
    expected.assert_eq(&lines(&problems));
}

#[test]
fn a_complete_configuration_is_read() {
    let config = Config::parse(FINE).expect("fine");
    assert_eq!(config.warnings, []);
    assert_eq!(config.endpoint.as_str(), "/api");
    assert_eq!(config.languages, ["fi", "sv", "en", "fi-x-selko"]);
    assert_eq!(
        config.organisation.name.resolve("fi-x-selko"),
        Some("Hyvinvointialue")
    );
    let survey = config.survey("asukas").expect("listed");
    assert!(survey.sample);
    assert_eq!(survey.title.resolve("en"), Some("Wellbeing survey"));
    assert_eq!(config.survey("toinen"), None);
    assert_eq!(config.disclosure.sensitive_minimum, 10);
    let theme: Vec<String> = config
        .theme
        .colours()
        .map(|it| format!("{} {}", it.0, it.1))
        .collect();
    assert_eq!(theme, ["accent #0050a0"]);
}

#[test]
fn a_missing_field_is_named_with_what_belongs_there() {
    refused(
        r#""endpoint": "/api","#,
        "",
        expect![[r#"
            /endpoint: found nothing, expected where responses go, for example "/api"
        "#]],
    );
    refused(
        r#""id": "asukas", "#,
        "",
        expect![[r#"
            /surveys/0/id: found nothing, expected the survey's id
        "#]],
    );
}

#[test]
fn a_wrong_field_is_named_with_what_was_found() {
    refused(
        r#""/api""#,
        r#""http://example.fi""#,
        expect![[r#"
            /endpoint: found "http://example.fi", expected a path such as "/api", or an https address such as "https://vastaukset.example.fi/api"
        "#]],
    );
    refused(
        r##""#0050a0""##,
        r#""red; background: url(//evil)""#,
        expect![[r##"
            /theme/accent: found "red; background: url(//evil)", expected a colour such as "#0050a0"
        "##]],
    );
    refused(
        r#""minimumCell": 5"#,
        r#""minimumCell": "five""#,
        expect![[r#"
            /disclosure/minimumCell: found "five", expected a whole number from 1 to 1000
        "#]],
    );
    refused(
        "surveys/asukas.json",
        "kysely.json",
        expect![[r#"
            /surveys/0/file: found "kysely.json", expected the survey's file, named after its id (write "surveys/asukas.json")
        "#]],
    );
    refused(
        "kysely@example.fi",
        "kysely at example",
        expect![[r#"
            /organisation/contact/email: found "kysely at example", expected an e-mail address
        "#]],
    );
    refused(
        r#"["fi", "sv", "en", "fi-x-selko"]"#,
        "[]",
        expect![[r#"
            /languages: found a list of 0, expected at least one language
        "#]],
    );
}

#[test]
fn a_text_that_lacks_a_language_says_which() {
    refused(
        r#", "sv": "Välfärdsenkät""#,
        "",
        expect![[r#"
            /surveys/0/title: found an object, expected a text in every language of the installation (add "sv")
        "#]],
    );
}

#[test]
fn a_misspelt_field_is_a_warning_with_a_suggestion() {
    let config = Config::parse(&FINE.replace(r#""theme""#, r#""teme""#)).expect("usable");
    expect![[r#"
        /teme: found an object, expected no such member (did you mean "theme"?)
    "#]]
    .assert_eq(&lines(&config.warnings));
}

#[test]
fn what_is_not_json_says_where() {
    let problems = Config::parse("{\n  \"format\": \n}").expect_err("refused");
    expect![[r#"
        /: found a mistake in line 3, column 1: expected a value, expected a JSON document
    "#]]
    .assert_eq(&lines(&problems));
    expect![[r#"
        /: found a list of 0, expected an object
    "#]]
    .assert_eq(&lines(&Config::parse("[]").expect_err("refused")));
}
