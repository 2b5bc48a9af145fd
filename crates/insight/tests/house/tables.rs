//! Reading tables: our own headings, and those of other tools.

use crate::village::{bare, codebook, counts};
use insight::load::{Mapping, Report};
use insight::protocol::BadLine;
use insight::{Dataset, Loader, Query};

fn load(text: &str, mapping: Option<Mapping>) -> (Dataset, Report) {
    let mut loader = Loader::table(Dataset::new(codebook()), mapping);
    loader.push(text.as_bytes());
    loader.finish()
}

#[track_caller]
fn check(dataset: &Dataset, variable: &str, expected: &[u32]) {
    assert_eq!(
        counts(&bare(dataset, &Query::default()), variable),
        expected,
        "{variable}"
    );
}

#[test]
fn a_plain_table_names_variables() {
    let (dataset, report) = load(
        "municipality,mood,hobbies,services.bus,hours,wishes\r\nhml,5,walk;read,1,\"7,5\",\"More, please\"\r\nrii,dk,,2,,\r\n",
        None,
    );
    assert_eq!((report.responses, report.bad_lines), (2, 0));
    assert_eq!(report.unmatched, Vec::<String>::new());
    check(&dataset, "municipality", &[1, 1, 0]);
    check(&dataset, "mood", &[1, 0, 0, 0, 0, 1]);
    check(&dataset, "hobbies", &[1, 0, 1, 0]);
    check(&dataset, "services.bus", &[1, 1, 0]);
}

#[test]
fn limesurvey_puts_sub_questions_in_brackets_and_ticks_as_y() {
    let (dataset, report) = load(
        "\"id\",\"submitdate\",\"mood\",\"hobbies[walk]\",\"hobbies[swim]\",\"services[bus]\",\"services_shop\"\n\"1\",\"2026\",\"4\",\"Y\",\"N\",\"3\",\"1\"\n\"2\",\"2026\",\"\",\"\",\"\",\"\",\"2\"\n",
        None,
    );
    assert_eq!(report.unmatched, ["id", "submitdate"]);
    check(&dataset, "hobbies", &[1, 0, 0, 0]);
    check(&dataset, "services.bus", &[0, 0, 1]);
    check(&dataset, "services.shop", &[1, 1, 0]);
    let n = bare(&dataset, &Query::default())
        .figures("hobbies")
        .and_then(|it| it.n);
    assert_eq!(n, Some(1));
}

#[test]
fn webropol_numbers_its_headings_and_writes_choices_by_place() {
    let (dataset, report) = load(
        "Vastaaja;1. Municipality;2. mood: ;3. hobbies:walk;3. hobbies:swim;4. services: bus\n1;2;6;1;0;3\n2;hml;1;0;0;1\n",
        None,
    );
    assert_eq!(report.unmatched, ["Vastaaja"]);
    check(&dataset, "municipality", &[1, 1, 0]);
    check(&dataset, "hobbies", &[1, 0, 0, 0]);
    check(&dataset, "services.bus", &[1, 0, 1]);
}

#[test]
fn a_saved_mapping_comes_back_and_translates_values() {
    let saved = r#"{"format":"kuuluu-mapping/1","delimiter":"|","columns":[
        {"heading":"Kunta","variable":"municipality","values":{"Hämeenlinna":"hml","Muu":""}},
        {"heading":"Uinti","variable":"hobbies","code":"swim"}]}"#;
    let mapping = Mapping::read(saved);
    let (dataset, report) = load(
        "Kunta|Uinti\nHämeenlinna|x\nMuu|ei\nOutola|\n",
        mapping.clone().ok(),
    );
    check(&dataset, "municipality", &[1, 0, 0, 1]);
    check(&dataset, "hobbies", &[0, 1, 0, 0]);
    let again = report.mapping.map(|it| Mapping::read(&it.to_text()));
    assert_eq!(again, Some(mapping));
}

#[test]
fn a_mapping_that_is_not_one_says_what_is_wrong() {
    assert_eq!(
        Mapping::read(r#"{"format":"kuuluu-mapping/1","columns":[{"heading":"a"}]}"#),
        Err("/columns/0/variable: found nothing, expected a text".to_owned())
    );
    assert!(Mapping::read("{}").is_err());
}

#[test]
fn rows_with_too_few_or_too_many_cells_are_bad() {
    let (dataset, report) = load("mood,hours\n5\n4,1,extra\n3,2,\n\n2,7\n", None);
    let bad = |line| BadLine {
        line,
        code: "columns",
    };
    assert_eq!(report.bad, [bad(2), bad(3)]);
    check(&dataset, "mood", &[0, 0, 1, 1, 0, 0]);
}
