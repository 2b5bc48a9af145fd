//! What goes out in files.

use insight::export::{Edition, csv, json_stat, summary_json};
use insight::{Codebook, Protection, Query};
use json::Value;

use crate::spreadsheets::{as_ods, texts};
use crate::village::{answered, codebook};

/// Every word as its key in brackets.
pub(crate) fn edition(codebook: &Codebook) -> Edition<'_> {
    Edition {
        codebook,
        language: "fi",
        publisher: "Kylä",
        day: "2026-11-25".parse().ok(),
        sample: false,
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
fn files_call_scores_their_bands_and_counts_by_words_and_samples_samples() {
    let survey = r#"{"pages":[{"name":"p","elements":[
        {"type":"rating","name":"work","rateMin":0,"rateMax":10,"kuuluu":{"instrument":{"id":"work_ability","item":"1"}}},
        {"type":"radiogroup","name":"often","choices":[{"value":0,"text":"Never"},{"value":1,"text":"Weekly"},{"value":2,"text":"Daily"}]},
        {"type":"text","name":"days","inputType":"number"}]}],
        "kuuluu":{"id":"s","version":"1","languages":["fi"]}}"#;
    let codebook = Codebook::of(&questionnaire::definition::Survey::parse(survey).survey);
    let mut loader = insight::Loader::new(insight::Dataset::new(codebook.clone()));
    for it in 0..30 {
        let often = it % 2 * 2;
        let line = format!(
            "{{\"answers\":{{\"work\":{},\"often\":{often},\"days\":{}}}}}\n",
            it % 11,
            it % 8
        );
        loader.push(line.as_bytes());
    }
    let (dataset, _) = loader.finish();
    let query = Query {
        scores: true,
        ..Query::default()
    };
    let release = dataset.tabulate(&query, &Protection::none());
    let edition = Edition {
        sample: true,
        ..edition(&codebook)
    };
    let tree = json_stat(&release, &edition).to_string();
    for said in [
        r#""label":"[score.work_ability]: [score.band]""#,
        r#""poor+reduced":"[band.work_ability.poor+reduced]""#,
        r#""label":{"count":"[count]","percent":"[percent]"}"#,
        r#""note":["[sample.is]"]"#,
        r#"{"0":"0","1":"1","2":"2","3":"3","4":"4","5":"5","6":"6","7":"7"}"#,
    ] {
        assert!(tree.contains(said), "{said} in {tree}");
    }
    // Half never, half daily: in between, and nothing to be averaged.
    let lines = csv(&release, &edition);
    assert!(lines.contains("often,(median),,,30,,,1\r\n"), "{lines}");
    assert!(lines.contains("days,(mean),"), "{lines}");
    assert!(!lines.contains("often,(mean)") && !lines.contains("often,(deviation)"));
    let sheets = as_ods(&release, &edition);
    let cells = sheets.iter().flat_map(|it| texts(&it.1)).flatten();
    let text = cells.collect::<Vec<_>>().join("|");
    for said in [
        "[sample.is]",
        "[score.work_ability]",
        "[band.work_ability.excellent]",
        "Weekly",
    ] {
        assert!(text.contains(said), "{said}");
    }
    assert!(!text.contains("[code.none]"));
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
