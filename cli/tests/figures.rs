//! The published figures that residents' answers stand beside are what the sample releases: nothing
//! is shown to residents that disclosure control would hide from an organiser.

use std::path::PathBuf;
use std::process::Command;

use json::Value;

fn public(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../public")
        .join(file)
}

fn released(question: &str) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_kuuluu"))
        .arg("tabulate")
        .arg(public("surveys/asukas.json"))
        .arg(public("data/asukas.sample.ndjson"))
        .args(["--by", "municipality", "--question", question])
        .output()
        .expect("kuuluu runs");
    assert!(output.status.success(), "{output:?}");
    Value::parse(&String::from_utf8(output.stdout).expect("UTF-8")).expect("JSON")
}

/// Whole per cent of those who gave one of `answers`, if the release shows all that it takes.
fn share(release: &Value, question: &str, answers: &[Value]) -> Option<f64> {
    let figures = release.get("questions")?.get(question)?;
    let mut counted = 0.0;
    for answer in answers {
        let rows = figures.get("rows")?.as_list()?;
        let row = rows.iter().find(|it| it.get("value") == Some(answer))?;
        counted += row.get("count")?.as_f64()?;
    }
    Some((100.0 * counted / figures.get("n")?.as_f64()?).round())
}

#[test]
fn the_figures_that_ship_are_what_the_sample_releases() {
    let text = std::fs::read_to_string(public("data/figures/asukas.json")).expect("figures");
    let document = Value::parse(&text).expect("JSON");
    let (_, problems) = questionnaire::figures::Figures::read(&document);
    assert_eq!(problems, []);
    let list = |value: &Value, name: &str| {
        let list = value.get(name).and_then(Value::as_list);
        list.unwrap_or_default().to_vec()
    };
    let mut compared = 0;
    for figure in list(&document, "figures") {
        let question = figure
            .get("question")
            .and_then(Value::as_str)
            .expect("a question");
        let release = released(question);
        let answers = list(&figure, "answers");
        for published in list(&figure, "shares") {
            let source = published
                .get("source")
                .and_then(|it| it.get("en"))
                .and_then(Value::as_str);
            if !source.is_some_and(|it| it.starts_with("Example data")) {
                continue;
            }
            let area = match list(&published, "places").first().and_then(Value::as_str) {
                Some(place) => release
                    .get("groups")
                    .and_then(|it| it.get(place))
                    .expect("a group"),
                None => &release,
            };
            let percent = published.get("percent").and_then(Value::as_f64);
            assert_eq!(
                share(area, question, &answers),
                percent,
                "{question}: {published:?}"
            );
            compared += 1;
        }
    }
    assert!(compared > 15, "{compared}");
}
