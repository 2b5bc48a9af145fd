//! What is said of two groups and of two rounds, word by word.

use insight::compare::{Comparison, groups, rounds};
use insight::{Codebook, Dataset, Loader, Protection, Query};
use json::Value;
use questionnaire::definition::Survey;

use super::{Between, Finding, Table, TableCell, Texts, contrast};
use crate::words::{self, install};

const FINNISH: &str = include_str!("../../../public/words/organise.fi.json");

const SURVEY: &str = r#"{"pages":[{"name":"p","elements":[
    {"type":"radiogroup","name":"side","choices":["a","b"],"kuuluu":{"role":"background"}},
    {"type":"radiogroup","name":"moved","title":{"fi":"Muutitko?"},"choices":["yes","no"]},
    {"type":"checkbox","name":"hobbies","choices":[{"value":"walk","text":{"fi":"Kävely"}},
        {"value":"swim","text":{"fi":"Uinti"}}]},
    {"type":"text","name":"hours","inputType":"number"}]}],
    "kuuluu":{"id":"w","version":"1","languages":["fi"]}}"#;

fn codebook(survey: &str) -> Codebook {
    let parsed = Survey::parse(survey);
    assert!(parsed.is_usable(), "{:?}", parsed.problems);
    Codebook::of(&parsed.survey)
}

/// So many respondents with these answers.
type People<'a> = (u32, &'a str);

fn answered(codebook: &Codebook, people: &[People<'_>]) -> Dataset {
    let mut loader = Loader::new(Dataset::new(codebook.clone()));
    for (n, answers) in people {
        for _ in 0..*n {
            loader.push(format!("{{\"answers\":{{{answers}}}}}\n").as_bytes());
        }
    }
    loader.finish().0
}

fn of_groups(people: &[People<'_>], protection: Protection) -> (Codebook, Comparison) {
    let codebook = codebook(SURVEY);
    let query = Query {
        groups: vec!["side".to_owned()],
        ..Query::default()
    };
    let release = answered(&codebook, people).tabulate(&query, &protection);
    let comparison = groups(&codebook, &release, "side", &"a".into(), Some(&"b".into()));
    (codebook, comparison)
}

fn said(
    (codebook, comparison): &(Codebook, Comparison),
    between: Between<'_>,
    question: &str,
) -> (Finding, Table) {
    let finnish = Value::parse(FINNISH).expect("JSON");
    install(words::Table::read("fi", finnish));
    let texts = Texts {
        codebook,
        language: "fi".to_owned(),
    };
    let question = codebook.question(question).expect("a question");
    let (mut findings, table) = contrast(question, comparison, between, &texts).expect("compared");
    assert_eq!(findings.len(), 1);
    (findings.remove(0), table)
}

/// How many of a hundred (or of `of`) on each side moved, and what is said of it.
#[track_caller]
fn check(of: u32, yes: (u32, u32), sentence: &str, is_shown: bool) {
    let people = [
        (yes.0, r#""side":"a","moved":"yes""#),
        (of - yes.0, r#""side":"a","moved":"no""#),
        (yes.1, r#""side":"b","moved":"yes""#),
        (of - yes.1, r#""side":"b","moved":"no""#),
    ];
    let compared = of_groups(&people, Protection::none());
    let (finding, _) = said(&compared, Between::Groups, "moved");
    assert_eq!(
        (finding.sentence.as_str(), finding.is_shown),
        (sentence, is_shown)
    );
}

#[test]
fn a_difference_is_called_as_large_as_it_is() {
    check(
        100,
        (90, 10),
        "Vastauksissa näkyy ryhmien välillä suuri ero.",
        true,
    );
    check(
        100,
        (70, 30),
        "Vastauksissa näkyy ryhmien välillä kohtalainen ero.",
        true,
    );
    check(
        500,
        (300, 200),
        "Vastauksissa näkyy ryhmien välillä pieni ero.",
        true,
    );
    check(
        5000,
        (2625, 2375),
        "Ryhmien välillä näkyy ero, mutta se on niin pieni, ettei sillä juuri ole merkitystä.",
        false,
    );
}

#[test]
fn where_none_is_shown_the_sentence_does_not_say_that_there_is_none() {
    check(
        100,
        (50, 52),
        "Vastaukset eivät osoita eroa ryhmien välillä. Se ei tarkoita, ettei eroa ole.",
        false,
    );
    check(
        4,
        (4, 0),
        "Vastaajia on liian vähän eron arvioimiseen.",
        false,
    );
    check(
        50,
        (50, 50),
        "Eroa ei voi arvioida tästä kysymyksestä.",
        false,
    );
}

#[test]
fn hidden_figures_are_not_assessed_and_not_told() {
    let people = [
        (97, r#""side":"a","moved":"yes""#),
        (3, r#""side":"a","moved":"no""#),
        (50, r#""side":"b","moved":"yes""#),
        (50, r#""side":"b","moved":"no""#),
    ];
    let compared = of_groups(&people, Protection::RESIDENTS);
    let (finding, table) = said(&compared, Between::Groups, "moved");
    assert_eq!(
        finding.sentence,
        "Eroa ei arvioida, koska osa luvuista on piilotettu."
    );
    let shown = table.rows.iter().flat_map(|it| &it.cells);
    let shown: Vec<&String> = shown
        .filter_map(|it| match it {
            TableCell::Text(text) => Some(text),
            TableCell::Hidden(_) => None,
        })
        .collect();
    assert!(shown.iter().all(|it| !it.contains('3')), "{shown:?}");
}

#[test]
fn of_several_choices_those_that_differ_are_named() {
    let people = [
        (80, r#""side":"a","hobbies":["walk","swim"]"#),
        (20, r#""side":"a","hobbies":["swim"]"#),
        (30, r#""side":"b","hobbies":["walk","swim"]"#),
        (70, r#""side":"b","hobbies":["swim"]"#),
    ];
    let compared = of_groups(&people, Protection::none());
    let (finding, table) = said(&compared, Between::Groups, "hobbies");
    assert_eq!(
        finding.sentence,
        "Vastauksissa näkyy ryhmien välillä ero näissä vaihtoehdoissa: Kävely."
    );
    assert!(finding.is_shown);
    let walk = table.rows.first().expect("a row");
    let cells: Vec<&TableCell> = walk.cells.iter().take(3).collect();
    let text = |it: &str| TableCell::Text(it.to_owned());
    assert_eq!(
        cells,
        [
            &text("80\u{a0}%"),
            &text("30\u{a0}%"),
            &text("+50\u{a0}%-yks.")
        ]
    );
}

#[test]
fn means_stand_in_the_table_without_per_cents() {
    let mut people = Vec::new();
    for hours in ["4", "6"] {
        people.push(format!(r#""side":"a","hours":{hours}"#));
        people.push(format!(r#""side":"b","hours":1{hours}"#));
    }
    let people: Vec<People<'_>> = people.iter().map(|it| (20, it.as_str())).collect();
    let compared = of_groups(&people, Protection::none());
    let (finding, table) = said(&compared, Between::Groups, "hours");
    assert_eq!(
        finding.sentence,
        "Vastauksissa näkyy ryhmien välillä suuri ero."
    );
    let row = table.rows.first().expect("the means");
    let texts: Vec<String> = row
        .cells
        .iter()
        .filter_map(|it| match it {
            TableCell::Text(text) => Some(text.clone()),
            TableCell::Hidden(_) => None,
        })
        .collect();
    assert_eq!(
        texts.get(..3),
        Some(["5", "15", "\u{2212}10"].map(str::to_owned).as_slice())
    );
}

#[test]
fn of_rounds_the_sentence_speaks_of_rounds_and_says_why_a_question_is_not_compared() {
    let reworded = SURVEY
        .replace("Muutitko?", "Oletko muuttanut?")
        .replace(r#""version":"1""#, r#""version":"2""#);
    let (before, now) = (codebook(SURVEY), codebook(&reworded));
    let round = |codebook: &Codebook, walk: u32| {
        let people = [
            (60, r#""moved":"yes""#),
            (walk, r#""hobbies":["walk"]"#),
            (100 - walk, r#""hobbies":["swim"]"#),
        ];
        answered(codebook, &people).tabulate(&Query::default(), &Protection::none())
    };
    let (earlier, later) = (round(&before, 30), round(&now, 80));
    let comparison = rounds((&before, &earlier), (&now, &later));
    let compared = (now, comparison);
    let between = Between::Rounds("2026", "2024");
    let (finding, table) = said(&compared, between, "moved");
    assert_eq!(
        finding.sentence,
        "Kysymystä ei verrata aiempaan kierrokseen. Sanamuoto on muuttunut."
    );
    assert_eq!(table.rows, []);
    let (finding, table) = said(&compared, between, "hobbies");
    assert_eq!(
        finding.sentence,
        "Vastauksissa näkyy kierrosten välillä ero näissä vaihtoehdoissa: Kävely, Uinti."
    );
    assert_eq!(
        table.head.get(1..3),
        Some(["2026", "2024"].map(str::to_owned).as_slice())
    );
}
