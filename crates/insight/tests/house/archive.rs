//! DDI-Codebook with its data file.

use insight::archive::{Field, fields};
use insight::export::ddi;
use insight::{Codebook, Protection, Query};
use questionnaire::definition::{Mode, Survey};
use roxmltree::{Document, Node};

use crate::exports::{edition, village};
use crate::village::{SURVEY, answered, codebook, read};

/// Which elements may stand in which, in this order, of the elements we use: written by hand after
/// the XML schema of DDI-Codebook 2.5, which no package registry carries. `*` is text.
const SCHEMA: &str = include_str!("schemas/ddi-codebook-2.5.txt");

fn allowed(element: &str) -> Vec<&'static str> {
    let line = SCHEMA.lines().find_map(|line| {
        let (name, children) = line.split_once(':')?;
        (name.trim() == element).then_some(children)
    });
    line.unwrap_or_else(|| panic!("<{element}> is not in the schema"))
        .split_whitespace()
        .collect()
}

fn check(node: Node<'_, '_>) {
    let name = node.tag_name().name();
    assert_eq!(node.tag_name().namespace(), Some("ddi:codebook:2_5"));
    let allowed = allowed(name);
    let (children, attributes): (Vec<&str>, Vec<&str>) =
        allowed.iter().partition(|it| !it.starts_with('@'));
    for attribute in node.attributes() {
        let name = format!("@{}", attribute.name());
        let known = attributes.contains(&name.as_str()) || attribute.name() == "schemaLocation";
        assert!(known, "{name} of <{}>", node.tag_name().name());
    }
    let mut place = 0;
    for child in node.children() {
        if child.is_text() {
            let fits =
                children.contains(&"*") || child.text().unwrap_or_default().trim().is_empty();
            assert!(fits, "text in <{name}>");
            continue;
        }
        let found = children
            .iter()
            .skip(place)
            .position(|it| it.trim_end_matches(['+', '1']) == child.tag_name().name());
        let found = found.unwrap_or_else(|| {
            panic!(
                "<{}> may not stand here in <{name}>",
                child.tag_name().name()
            )
        });
        place += found;
        if !children[place].ends_with('+') {
            place += 1;
        }
        check(child);
    }
    for required in children.iter().filter(|it| it.ends_with('1')) {
        let required = required.trim_end_matches('1');
        let there = node.children().any(|it| it.tag_name().name() == required);
        assert!(there, "<{required}> is missing in <{name}>");
    }
}

fn ids_are_unique_and_references_lead_somewhere(document: &Document<'_>) {
    let mut ids = std::collections::BTreeSet::new();
    for node in document.descendants() {
        if let Some(id) = node.attribute("ID") {
            assert!(ids.insert(id), "{id} twice");
        }
    }
    for node in document.descendants() {
        for name in ["var", "files"] {
            for id in node.attribute(name).unwrap_or_default().split_whitespace() {
                assert!(ids.contains(id), "{id} is nowhere");
            }
        }
    }
}

#[test]
fn the_codebook_keeps_to_the_schema() {
    let codebook = codebook();
    let release = village().tabulate(&Query::default(), &Protection::RESIDENTS);
    let text = ddi(&release, &edition(&codebook), "data.csv");
    let document = Document::parse(&text).expect("XML");
    let root = document.root_element();
    assert_eq!(root.attribute("version"), Some("2.5"));
    check(root);
    ids_are_unique_and_references_lead_somewhere(&document);
}

#[test]
fn the_codebook_describes_every_column_of_the_data_file() {
    let codebook = codebook();
    let dataset = village();
    let release = dataset.tabulate(&Query::default(), &Protection::RESIDENTS);
    let text = ddi(&release, &edition(&codebook), "data.csv");
    let document = Document::parse(&text).expect("XML");
    let described: Vec<&str> = document
        .descendants()
        .filter(|it| it.tag_name().name() == "var")
        .filter_map(|it| it.attribute("name"))
        .collect();
    let csv = dataset.archive_csv();
    let heads: Vec<&str> = csv.lines().next().expect("a heading").split(',').collect();
    assert_eq!(described, heads);
    let names: Vec<String> = fields(&codebook).iter().map(Field::name).collect();
    assert_eq!(names, heads);
    assert!(heads.contains(&"hobbies.swim"));
    assert!(!heads.contains(&"wishes"), "a free text of a person");
}

#[test]
fn counts_in_the_codebook_are_those_that_may_be_shown() {
    let mut people = vec![r#""mood":5"#; 20];
    people.extend(vec![r#""mood":4"#; 9]);
    people.extend(vec![r#""mood":1"#; 2]);
    let release = answered(&people).tabulate(&Query::default(), &Protection::RESIDENTS);
    let codebook = codebook();
    let text = ddi(&release, &edition(&codebook), "data.csv");
    let document = Document::parse(&text).expect("XML");
    let mood = document
        .descendants()
        .find(|it| it.attribute("name") == Some("mood"))
        .expect("the variable");
    let counts: Vec<&str> = mood
        .descendants()
        .filter(|it| it.tag_name().name() == "catStat")
        .filter_map(|it| it.text())
        .collect();
    assert!(counts.contains(&"20"), "{counts:?}");
    assert!(!counts.contains(&"2"), "{counts:?}");
    assert!(
        mood.children()
            .any(|it| it.attribute("type") == Some("disclosure"))
    );
}

#[test]
fn the_data_file_keeps_answers_and_nothing_that_points_at_a_response() {
    let lines = [
        r#"{"id":"ff00","survey":"village","day":"2026-11-01","language":"fi","answers":{"municipality":"hml","hobbies":["walk"],"hours":2.5,"wishes":"My name is Maija","mood":"dk"}}"#,
        r#"{"id":"00aa","survey":"village","day":"2026-11-02","language":"sv","answers":{"municipality":"hml","hobbies":["none"],"order":["b","a"],"services":{"bus":2}}}"#,
    ];
    let text = |order: [usize; 2]| format!("{}\n{}\n", lines[order[0]], lines[order[1]]);
    let (dataset, report) = read(&text([0, 1]));
    assert_eq!(report.bad, []);
    let csv = dataset.archive_csv();
    expect_test::expect![[r#"
        municipality,age_band,mood,hobbies.walk,hobbies.swim,hobbies.read,hobbies.none,trust,moved,services.bus,services.shop,hours,order,drinks
        hml,,,0,0,0,1,,,2,,,b,
        hml,,dk,1,0,0,0,,,,,2.5,,
    "#]]
    .assert_eq(&csv.replace("\r\n", "\n"));
    let (other, _) = read(&text([1, 0]));
    assert_eq!(csv, other.archive_csv(), "the order of arrival shows");
}

#[test]
fn answers_of_organisations_keep_their_texts() {
    let survey = SURVEY.replace(
        r#""id": "village""#,
        r#""id": "village", "mode": "organisation""#,
    );
    let codebook = Codebook::of(&Survey::parse(&survey).survey);
    assert_eq!(codebook.mode, Mode::Organisation);
    let names: Vec<String> = fields(&codebook).iter().map(Field::name).collect();
    assert!(names.iter().any(|it| it == "wishes"));
}
