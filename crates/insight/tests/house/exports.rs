//! What goes out in files.

use insight::export::{Edition, csv, json_stat, summary_json};
use insight::{Codebook, Protection, Query};
use json::Value;

use crate::village::{answered, codebook};

/// Every word as its key in brackets.
pub(crate) fn edition(codebook: &Codebook) -> Edition<'_> {
    Edition {
        codebook,
        language: "fi",
        publisher: "Kylä",
        day: "2026-11-25".parse().ok(),
        say: &|key| format!("[{key}]"),
        compared: None,
        over_time: None,
    }
}

pub(crate) fn village() -> insight::Dataset {
    let mut people = vec![r#""municipality":"hml","moved":true"#; 9];
    people.extend(vec![r#""municipality":"rii","moved":true"#; 7]);
    people.extend(vec![r#""municipality":"rii","moved":false"#; 8]);
    people.push(r#""municipality":"hml","moved":false"#);
    answered(&people)
}

pub(crate) fn by_municipality() -> Query {
    Query {
        groups: vec!["municipality".to_owned()],
        questions: vec!["moved".to_owned()],
        ..Query::default()
    }
}

#[test]
fn json_stat_has_a_value_for_every_cell_and_says_which_are_hidden() {
    let release = village().tabulate(&by_municipality(), &Protection::RESIDENTS);
    let tree = json_stat(&release, &edition(&codebook()));
    let items = tree
        .get("link")
        .and_then(|it| it.get("item"))
        .and_then(Value::as_list);
    let [whole, parts] = items.unwrap_or_default() else {
        panic!("two datasets are expected: {}", tree.to_string());
    };
    let n_values = |it: &Value| it.get("value").and_then(Value::as_list).map(<[Value]>::len);
    assert_eq!(n_values(whole), Some(4));
    assert_eq!(n_values(parts), Some(3 * 2 * 2));
    assert_eq!(whole.get("status"), None);
    let status = parts.get("status").and_then(Value::as_object);
    assert!(status.is_some_and(|it| it.get("2") == Some(&Value::from("hidden"))));
    let values = parts
        .get("value")
        .and_then(Value::as_list)
        .unwrap_or_default();
    assert!(values.get(2).is_some_and(Value::is_null));
}

#[test]
fn the_single_person_who_differs_is_in_no_export() {
    let release = village().tabulate(&by_municipality(), &Protection::RESIDENTS);
    let codebook = codebook();
    let edition = edition(&codebook);
    let lines = csv(&release, &edition);
    assert!(
        lines.starts_with("municipality,question,value,count,percent,n,base,hidden,number\r\n")
    );
    assert!(!lines.contains("hml,moved,false,1,"), "{lines}");
    let tree = summary_json(&release, &edition).to_string();
    assert!(!tree.contains("\"count\":1,"), "{tree}");
}
