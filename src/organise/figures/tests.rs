//! The published figures of the resource survey, through the engine, into chart and table.

use std::sync::Arc;

use charts::Cell;
use insight::rounds::OverTime;
use insight::{Codebook, Dataset, Loader, Protection, Query, Release, Rounding};
use json::Value;
use questionnaire::definition::Survey;
use questionnaire::scoring::instruments;

use super::{
    Beside, Chart, Look, Spread, TableCell, Texts, Weight, chart, lines_over_time, over_time, table,
};

use crate::words::{self, install};

const SURVEY: &str = include_str!("../../../public/surveys/resurssi.json");
const ANSWERS: &str = include_str!("../../../public/data/resurssi.sample.ndjson");

fn release(query: &Query) -> (Codebook, Release) {
    let codebook = Codebook::of(&Survey::parse(SURVEY).survey);
    let mut loader = Loader::new(Dataset::new(codebook.clone()));
    loader.push(ANSWERS.as_bytes());
    let (dataset, _) = loader.finish();
    let release = dataset.tabulate(query, &Protection::none());
    (codebook, release)
}

/// The page speaks a language.
fn speak(language: &str) {
    let words = match language {
        "fi" => include_str!("../../../public/words/organise.fi.json"),
        "sv" => include_str!("../../../public/words/organise.sv.json"),
        _ => include_str!("../../../public/words/organise.en.json"),
    };
    let words = Value::parse(words).expect("JSON");
    install(words::Table::read(language, words));
}

#[test]
fn every_band_of_a_score_says_what_it_is_in_every_language() {
    let items = instruments().iter().flat_map(|instrument| {
        instrument.items.iter().map(move |item| {
            let (id, item) = (instrument.id, item.id);
            format!(
                r#"{{"type":"text","inputType":"number","name":"{id}_{item}","kuuluu":{{"instrument":{{"id":"{id}","item":"{item}"}}}}}}"#
            )
        })
    });
    let items = items.collect::<Vec<_>>().join(",");
    let survey = format!(r#"{{"pages":[{{"name":"p","elements":[{items}]}}]}}"#);
    let codebook = Codebook::of(&Survey::parse(&survey).survey);
    assert_eq!(codebook.scores.len(), instruments().len());
    for language in ["fi", "sv", "en"] {
        speak(language);
        let texts = Texts {
            codebook: &codebook,
            language: language.to_owned(),
        };
        for score in &codebook.scores {
            for item in &score.items {
                let said = item
                    .categories
                    .iter()
                    .map(|it| texts.value(item, &it.value));
                let said: Vec<String> = said.collect();
                for (ix, it) in said.iter().enumerate() {
                    let code = item.categories[ix].code();
                    assert!(
                        (language == "en" || *it != code) && !said[..ix].contains(it),
                        "{}: {it}",
                        score.name
                    );
                }
            }
        }
    }
    speak("fi");
    let texts = Texts {
        codebook: &codebook,
        language: "fi".to_owned(),
    };
    let bands = |name: &str| -> Vec<String> {
        let (_, item) = codebook.item(name).expect("a score");
        let all = item.categories.iter();
        all.map(|it| texts.value(item, &it.value)).collect()
    };
    assert_eq!(
        bands("score.bmi.band"),
        ["alle 25", "vähintään 25, alle 30", "vähintään 30"]
    );
    assert_eq!(
        bands("score.work_ability.band"),
        [
            "huono (0–5)",
            "kohtalainen (6–7)",
            "hyvä (8–9)",
            "erinomainen (10)"
        ]
    );
}

const OFTEN: &str = r#"{"pages":[{"name":"p","elements":[
    {"type":"radiogroup","name":"who","choices":["a","b"],"kuuluu":{"role":"background"}},
    {"type":"radiogroup","name":"often","choices":[{"value":0,"text":"Ei koskaan"},
        {"value":1,"text":"Joskus"},{"value":2,"text":"Usein"}]},
    {"type":"rating","name":"trust","rateMin":0,"rateMax":10},
    {"type":"text","name":"days","inputType":"number"},
    {"type":"text","name":"kilos","inputType":"number"}]}],
    "kuuluu":{"id":"s","version":"1","languages":["fi"]}}"#;

/// Forty answers to [`OFTEN`], nothing hidden.
fn often(groups: &[&str]) -> (Codebook, Release) {
    let codebook = Codebook::of(&Survey::parse(OFTEN).survey);
    let mut loader = Loader::new(Dataset::new(codebook.clone()));
    for it in 0..40 {
        let line = format!(
            "{{\"answers\":{{\"who\":\"{}\",\"often\":{},\"trust\":{},\"days\":{},\"kilos\":{}.5}}}}\n",
            if it % 4 == 0 { "a" } else { "b" },
            it % 3,
            it % 11,
            it % 8,
            60 + it
        );
        loader.push(line.as_bytes());
    }
    let query = Query {
        groups: groups.iter().map(|it| (*it).to_owned()).collect(),
        ..Query::default()
    };
    let release = loader.finish().0.tabulate(&query, &Protection::none());
    (codebook, release)
}

#[test]
fn classes_say_which_numbers_are_in_them_and_codes_are_not_averaged() {
    speak("fi");
    let (codebook, release) = often(&[]);
    let texts = Texts {
        codebook: &codebook,
        language: "fi".to_owned(),
    };
    let table = |name: &str| {
        let question = codebook.question(name).expect("a question");
        table(question, &Spread::whole(&release), &texts).expect("a table")
    };
    let labels =
        |name: &str| -> Vec<String> { table(name).rows.into_iter().map(|it| it.label).collect() };
    assert_eq!(
        labels("days"),
        ["0", "1", "2", "3", "4", "5", "6", "7", "N"]
    );
    assert_eq!(labels("kilos")[0], "60–alle 65");
    let note = |name: &str| table(name).notes.join(" ");
    assert_eq!(
        note("often"),
        "Keskimmäinen vastaus: Joskus. Ainakin puolet vastauksista on tällä välillä: Ei koskaan – Usein."
    );
    assert!(note("trust").contains("keskiarvo") && note("days").contains("keskiarvo"));
}

#[test]
fn what_is_hidden_is_shown_together_as_a_share() {
    speak("fi");
    let codebook = Codebook::of(&Survey::parse(OFTEN).survey);
    let mut loader = Loader::new(Dataset::new(codebook.clone()));
    for it in 0..60 {
        let often = match it {
            0..3 => 0,
            3..6 => 1,
            _ => 2,
        };
        let who = if it % 2 == 0 { "a" } else { "b" };
        loader
            .push(format!("{{\"answers\":{{\"who\":\"{who}\",\"often\":{often}}}}}\n").as_bytes());
    }
    let (dataset, _) = loader.finish();
    let texts = Texts {
        codebook: &codebook,
        language: "fi".to_owned(),
    };
    let question = codebook.question("often").expect("a question");
    let cells = |row: &super::TableRow| -> Vec<String> {
        let cells = row.cells.iter().map(|it| match it {
            TableCell::Text(text) | TableCell::Hidden(text) => text.replace('\u{a0}', " "),
        });
        cells.collect()
    };
    let release = dataset.tabulate(&Query::default(), &Protection::RESIDENTS);
    let whole = table(question, &Spread::whole(&release), &texts).expect("a table");
    let hidden = whole
        .rows
        .iter()
        .find(|it| it.label == "Piilotetut yhteensä");
    let hidden = cells(hidden.expect("a row"));
    assert_eq!(hidden[..2], ["10 %", "6"]);
    assert_eq!(cells(&whole.rows[0])[0], "piilotettu");
    let query = Query {
        groups: vec!["who".to_owned()],
        ..Query::default()
    };
    let release = dataset.tabulate(&query, &Protection::RESIDENTS);
    let look = Look::default();
    let spread = Spread::of(question, &release, &look, &texts);
    let beside = table(question, &spread, &texts).expect("a table");
    let at = beside
        .head
        .iter()
        .position(|it| it == "Piilotetut yhteensä");
    let at = at.expect("a column") - 1;
    assert_eq!(cells(&beside.rows[2])[at], "10 % (6)");
    assert!(
        beside
            .rows
            .iter()
            .all(|it| it.cells.len() == beside.head.len() - 1)
    );
    // Where nothing is hidden, nothing is said.
    let (codebook, release) = often(&["who"]);
    let question = codebook.question("often").expect("a question");
    let spread = Spread::of(question, &release, &look, &texts);
    let table = table(question, &spread, &texts).expect("a table");
    assert!(!table.head.iter().any(|it| it == "Piilotetut yhteensä"));
}

#[test]
fn the_question_that_makes_the_groups_is_shown_for_all() {
    let (codebook, release) = often(&["who"]);
    let texts = Texts {
        codebook: &codebook,
        language: "fi".to_owned(),
    };
    let look = Look::default();
    let spread = |name: &str| {
        let question = codebook.question(name).expect("a question");
        Spread::of(question, &release, &look, &texts)
    };
    assert_eq!(
        (spread("who").beside, spread("who").sides.len()),
        (Beside::Nothing, 0)
    );
    assert_eq!(
        (spread("often").beside, spread("often").sides.len()),
        (Beside::Groups, 2)
    );
}

fn by_largest_remainder() -> Query {
    Query {
        rounding: Rounding::LargestRemainder,
        ..Query::default()
    }
}

/// Whole per cents as the chart draws them.
fn drawn(question: &str, query: &Query) -> Vec<u32> {
    let (codebook, release) = release(query);
    let texts = Texts {
        codebook: &codebook,
        language: "fi".to_owned(),
    };
    let question = codebook
        .question(question)
        .expect("a question of the survey");
    let Some(Chart::Bars(chart)) = chart(question, &Spread::whole(&release), &texts) else {
        panic!("not drawn as bars");
    };
    let bars = chart.blocks.into_iter().flat_map(|it| it.bars);
    bars.map(|bar| match bar.cell {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "whole per cents"
        )]
        Cell::Shown { share, .. } => (share * 100.0).round() as u32,
        _ => u32::MAX,
    })
    .collect()
}

#[test]
fn the_published_figures_are_drawn_under_largest_remainder() {
    let query = by_largest_remainder();
    assert_eq!(drawn("coord", &query), [75, 1, 5, 19, 0]);
    assert_eq!(drawn("htv", &query), [49, 38, 10, 3]);
    assert_eq!(drawn("agreed", &query), [26, 26, 46, 2]);
}

#[test]
fn half_up_gives_seventy_four_where_the_slide_says_seventy_five() {
    assert_eq!(drawn("coord", &Query::default()), [74, 1, 5, 19, 0]);
}

#[test]
fn the_table_counts_what_the_chart_draws() {
    let (codebook, release) = release(&by_largest_remainder());
    let texts = Texts {
        codebook: &codebook,
        language: "fi".to_owned(),
    };
    let question = codebook.question("agreed").expect("a question");
    let table = table(question, &Spread::whole(&release), &texts).expect("a table");
    let counts: Vec<&str> = table
        .rows
        .iter()
        .filter_map(|row| match row.cells.get(1) {
            Some(TableCell::Text(text)) => Some(text.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(counts, ["25", "25", "45", "2", "97"]);
}

#[test]
fn a_comparison_has_a_bar_for_each_group_that_is_shown() {
    let query = Query {
        groups: vec!["size".to_owned()],
        ..by_largest_remainder()
    };
    let (codebook, release) = release(&query);
    let texts = Texts {
        codebook: &codebook,
        language: "fi".to_owned(),
    };
    let look = Look {
        left_out: (2..release.groups().len()).collect(),
        ..Look::default()
    };
    let question = codebook.question("coord").expect("a question");
    let spread = Spread::of(question, &release, &look, &texts);
    let Some(Chart::Bars(chart)) = chart(question, &spread, &texts) else {
        panic!("not drawn as bars");
    };
    assert_eq!(chart.blocks.len(), 5);
    assert!(chart.blocks.iter().all(|it| it.bars.len() == 2));
    assert!(
        chart
            .blocks
            .iter()
            .flat_map(|it| &it.bars)
            .all(|it| it.interval.is_none())
    );
}

#[test]
fn intervals_are_drawn_where_they_are_asked_for_and_the_figure_is_shown() {
    let (codebook, release) = release(&by_largest_remainder());
    let texts = Texts {
        codebook: &codebook,
        language: "fi".to_owned(),
    };
    let look = Look {
        intervals: true,
        ..Look::default()
    };
    let question = codebook.question("coord").expect("a question");
    let spread = Spread::of(question, &release, &look, &texts);
    let Some(Chart::Bars(chart)) = chart(question, &spread, &texts) else {
        panic!("not drawn as bars");
    };
    let figures = release.figures("coord").expect("figures");
    let bars = chart.blocks.iter().flat_map(|it| &it.bars);
    let drawn: Vec<_> = bars.map(|it| it.interval).collect();
    let known: Vec<_> = figures
        .rows
        .iter()
        .map(|it| it.interval.map(|(low, high)| [low, high]))
        .collect();
    assert_eq!(drawn, known);
    assert!(drawn.iter().all(Option::is_some));
}

#[test]
fn an_earlier_round_stands_beside_this_one_only_where_it_compares() {
    let (codebook, release) = release(&by_largest_remainder());
    let other_choices = SURVEY.replacen("\"own_work\"", "\"own\"", 1);
    assert_ne!(other_choices, SURVEY);
    let before = Codebook::of(&Survey::parse(&other_choices).survey);
    let figures = Arc::new(release.clone());
    let rounds = OverTime::new([
        ("2020".to_owned(), &before, Arc::clone(&figures)),
        ("2022".to_owned(), &codebook, figures),
    ]);
    let look = Look {
        over_time: Some(Arc::new(rounds)),
        ..Look::default()
    };
    let texts = Texts {
        codebook: &codebook,
        language: "fi".to_owned(),
    };
    let sides = |name: &str| {
        let question = codebook.question(name).expect("a question");
        let spread = Spread::of(question, &release, &look, &texts);
        let table = table(question, &spread, &texts).expect("a table");
        (spread.beside, spread.sides.len(), table.rows.len())
    };
    assert_eq!(sides("agreed"), (Beside::Rounds, 2, 2));
    let (beside, n, _) = sides("coord");
    assert_eq!((beside, n), (Beside::Nothing, 0));
    let line = |name: &str| {
        let question = codebook.question(name).expect("a question");
        let rounds = look.over_time.as_ref().expect("rounds");
        let table = over_time(question, rounds, &texts).expect("a table");
        let rows = table.rows.into_iter();
        rows.map(|it| {
            assert!(it.cells.is_empty() || it.cells.len() + 1 == table.head.len());
            (it.label, it.weight, it.cells.first().cloned())
        })
        .collect::<Vec<_>>()
    };
    let text = |it: &str| Some(TableCell::Text(it.to_owned()));
    let agreed = line("agreed");
    assert_eq!((agreed.len(), agreed[0].0.as_str()), (2, "2020"));
    assert_eq!(agreed[0].2, agreed[1].2);
    let coord = line("coord");
    assert_eq!((coord[0].0.as_str(), &coord[0].2), ("2020", &text("–")));
    assert_eq!((coord[1].1, &coord[1].2), (Weight::Heading, &None));
    assert_eq!(coord[2].0, "2022");
    assert_ne!(coord[2].2, text("–"));
    let drawn = |name: &str| {
        let question = codebook.question(name).expect("a question");
        let rounds = look.over_time.as_ref().expect("rounds");
        let mut chart = lines_over_time(question, rounds, &texts).expect("lines");
        assert_eq!(chart.rounds, ["2020", "2022"]);
        assert_eq!(chart.blocks.len(), 1);
        chart.blocks.remove(0)
    };
    let whole = drawn("agreed");
    assert_eq!(whole.breaks, [] as [usize; 0]);
    assert!(whole.lines.iter().all(|it| it.cells[0] == it.cells[1]));
    let broken = drawn("coord");
    assert_eq!(broken.breaks, [1]);
    let is_nothing = |it: &charts::Cell| matches!(it, charts::Cell::Nothing { .. });
    let cells = broken.lines.iter().map(|it| it.cells.as_slice());
    assert!(
        cells
            .clone()
            .all(|it| it.len() == 2 && is_nothing(&it[0]) && !is_nothing(&it[1]))
    );
}
