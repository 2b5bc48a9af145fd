//! DDI-Codebook with its data file.

use insight::archive::{Archive, Backgrounds, Field, fields};
use insight::export::ddi;
use insight::{Codebook, Dataset, Protection, Query};
use questionnaire::definition::{Mode, Survey};
use roxmltree::Document;

use crate::ddi_schema;
use crate::exports::{edition, village};
use crate::village::{SURVEY, answered, codebook, read};

fn kept(dataset: &Dataset) -> Archive {
    dataset.archive(&Protection::RESIDENTS, Backgrounds::Kept)
}

/// The codebook of a data set, as it goes into an archive.
fn codebook_of(dataset: &Dataset) -> String {
    let release = dataset.tabulate(&Query::default(), &Protection::RESIDENTS);
    let risk = kept(dataset).risk;
    ddi(&release, &risk, &edition(&codebook()), "data.csv")
}

#[test]
fn the_codebook_keeps_to_the_schema() {
    let dataset = village();
    let text = codebook_of(&dataset);
    assert_eq!(ddi_schema::check(&text), Ok(()));
    let document = Document::parse(&text).expect("XML");
    assert_eq!(document.root_element().attribute("version"), Some("2.5"));
}

#[test]
fn every_survey_of_the_demo_has_a_codebook_that_keeps_to_the_schema() {
    let public = concat!(env!("CARGO_MANIFEST_DIR"), "/../../public");
    for name in ["asukas", "resurssi", "kortti", "ennakko"] {
        let survey = std::fs::read_to_string(format!("{public}/surveys/{name}.json"));
        let codebook = Codebook::of(&Survey::parse(&survey.expect("a survey")).survey);
        let mut loader = insight::Loader::new(Dataset::new(codebook.clone()));
        if let Ok(answers) = std::fs::read(format!("{public}/data/{name}.sample.ndjson")) {
            loader.push(&answers);
        }
        let (dataset, _) = loader.finish();
        let protection = Protection::of(codebook.mode, &codebook.disclosure, None);
        let risk = dataset.archive(&protection, Backgrounds::LeftOut).risk;
        let release = dataset.tabulate(&Query::default(), &protection);
        let text = ddi(&release, &risk, &edition(&codebook), "data.csv");
        assert_eq!(ddi_schema::check(&text), Ok(()), "{name}");
    }
}

#[test]
fn what_the_schema_forbids_is_found() {
    let text = codebook_of(&village());
    for (part, instead, reason) in [
        ("titl>", "title>", "<title> may not stand here"),
        ("<varQnty>", "<caseQnty>1</caseQnty><varQnty>", ""),
        (
            "<fileName>",
            "<fileType>x</fileType><fileName>",
            "<fileName> may not stand here",
        ),
        (
            " name=\"municipality\" files",
            " files",
            "@name of <var> is missing",
        ),
        (
            "intrvl=\"discrete\"",
            "intrvl=\"none\"",
            "@intrvl of <var> is \"none\"",
        ),
        (
            "type=\"freq\"",
            "type=\"often\"",
            "@type of <catStat> is \"often\"",
        ),
        ("missing=\"N\"", "missing=\"no\"", "@missing of <catgry>"),
        ("ID=\"V2\"", "ID=\"V1\"", "V1 twice"),
        ("files=\"F1\"", "files=\"F2\"", "F2 is nowhere"),
        (
            "required=\"yes\"",
            "required=\"true\"",
            "@required of <confDec>",
        ),
        ("xml:lang=\"en\"", "xml:lang=\"in English\"", "@lang of <"),
        ("<catValu>", "<catValu level=\"1\">", "@level of <catValu>"),
        ("<method>", "<method>text", "text in <method>"),
        (
            "ddi:codebook:2_5\" version",
            "ddi:codebook:2_1\" version",
            "namespace",
        ),
    ] {
        let broken = if part == "titl>" {
            text.replace(part, instead)
        } else {
            text.replacen(part, instead, 1)
        };
        assert_ne!(broken, text, "{part}");
        match ddi_schema::check(&broken) {
            Ok(()) => assert!(reason.is_empty(), "{instead} passes"),
            Err(found) => assert!(
                !reason.is_empty() && found.contains(reason),
                "{instead}: {found}"
            ),
        }
    }
}

#[test]
fn the_codebook_describes_every_column_of_the_data_file() {
    let dataset = village();
    let text = codebook_of(&dataset);
    let document = Document::parse(&text).expect("XML");
    let described: Vec<&str> = document
        .descendants()
        .filter(|it| it.tag_name().name() == "var")
        .filter_map(|it| it.attribute("name"))
        .collect();
    let csv = kept(&dataset).csv;
    let heads: Vec<&str> = csv.lines().next().expect("a heading").split(',').collect();
    assert_eq!(described, heads);
    let names: Vec<String> = fields(&codebook()).iter().map(Field::name).collect();
    assert_eq!(names, heads);
    assert!(heads.contains(&"hobbies.swim"));
    assert!(!heads.contains(&"wishes"), "a free text of a person");
}

#[test]
fn counts_in_the_codebook_are_those_that_may_be_shown() {
    let mut people = vec![r#""mood":5"#; 20];
    people.extend(vec![r#""mood":4"#; 9]);
    people.extend(vec![r#""mood":1"#; 2]);
    let dataset = answered(&people);
    let text = codebook_of(&dataset);
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
    let csv = kept(&dataset).csv;
    expect_test::expect![[r#"
        municipality,age_band,mood,hobbies.walk,hobbies.swim,hobbies.read,hobbies.none,trust,moved,services.bus,services.shop,hours,order,drinks
        hml,,,0,0,0,1,,,2,,,b,
        hml,,dk,1,0,0,0,,,,,2.5,,
    "#]]
    .assert_eq(&csv.replace("\r\n", "\n"));
    let (other, _) = read(&text([1, 0]));
    assert_eq!(csv, kept(&other).csv, "the order of arrival shows");
}

/// How many lines have the same background answers (the first two columns), per combination.
fn combinations(csv: &str) -> std::collections::BTreeMap<(String, String), u32> {
    let mut found = std::collections::BTreeMap::new();
    for line in csv.lines().skip(1) {
        let mut cells = line.split(',').map(str::to_owned);
        if let (Some(one), Some(other)) = (cells.next(), cells.next()) {
            *found.entry((one, other)).or_insert(0) += 1;
        }
    }
    found
}

#[test]
fn rare_background_answers_are_left_out_unless_they_are_asked_for() {
    let mut people = Vec::new();
    for (municipality, age, n) in [
        ("hml", "u30", 9),
        ("hml", "3064", 5),
        ("hml", "65p", 4),
        ("rii", "u30", 1),
        ("rii", "3064", 2),
    ] {
        let person = format!(r#""municipality":"{municipality}","age_band":"{age}","mood":5"#);
        people.extend(vec![person; n]);
    }
    let people: Vec<&str> = people.iter().map(String::as_str).collect();
    let dataset = answered(&people);
    let whole = kept(&dataset);
    let risk = &whole.risk;
    assert_eq!((risk.responses, risk.rare, risk.alone), (21, 7, 1));
    assert_eq!(risk.variables, ["municipality", "age_band"]);
    assert!(combinations(&whole.csv).values().any(|it| *it < 5));
    let careful = dataset.archive(&Protection::RESIDENTS, Backgrounds::LeftOut);
    let left = combinations(&careful.csv);
    assert!(left.values().all(|it| *it >= 5), "{left:?}");
    assert_eq!(left.values().sum::<u32>(), 21);
    assert_eq!(left[&("hml".to_owned(), "u30".to_owned())], 9);
    // Nothing is protected: the answers are public documents.
    let open = dataset.archive(&Protection::none(), Backgrounds::LeftOut);
    assert_eq!(open.csv, whole.csv);
    assert_eq!(open.risk.rare, 0);
}

/// The data file of answers to these questions, each the inside of `"answers": {…}`.
fn careful(elements: &str, answers: &[(&str, usize)]) -> String {
    let survey = format!(
        r#"{{"pages":[{{"name":"p","elements":[{elements}]}}],
        "kuuluu":{{"id":"s","version":"1","languages":["fi"]}}}}"#
    );
    let codebook = Codebook::of(&Survey::parse(&survey).survey);
    let mut loader = insight::Loader::new(Dataset::new(codebook));
    for (answer, n) in answers {
        let line = format!("{{\"survey\":\"s\",\"answers\":{{{answer}}}}}\n");
        loader.push(line.repeat(*n).as_bytes());
    }
    let (dataset, report) = loader.finish();
    assert_eq!(report.bad, []);
    let archive = dataset.archive(&Protection::RESIDENTS, Backgrounds::LeftOut);
    archive.csv.replace("\r\n", "\n")
}

#[test]
fn those_of_whom_nothing_is_left_are_not_few() {
    let answers = [
        (r#""municipality":"hml","age_band":"u30","mood":5"#, 20),
        (r#""municipality":"hml","age_band":"65p","mood":4"#, 7),
        (r#""municipality":"rii","age_band":"3064","mood":1"#, 1),
    ];
    let people = answers.iter().flat_map(|it| vec![it.0; it.1]);
    let people: Vec<&str> = people.collect();
    let archive = answered(&people).archive(&Protection::RESIDENTS, Backgrounds::LeftOut);
    let left: Vec<u32> = combinations(&archive.csv).into_values().collect();
    assert_eq!(left, [5, 7, 16]);
}

#[test]
fn no_follow_up_tells_a_background_answer_that_is_left_out() {
    let elements = r#"{"type":"radiogroup","name":"gender","choices":["f","m","x"],
            "kuuluu":{"role":"background"}},
        {"type":"radiogroup","name":"of_x","choices":["yes","no"],"visibleIf":"{gender} = 'x'"},
        {"type":"radiogroup","name":"why","choices":["a","b"],"visibleIf":"{of_x} = 'yes'"},
        {"type":"radiogroup","name":"club","choices":["one",
            {"value":"of_x","visibleIf":"{gender} = 'x'"}]}"#;
    let file = careful(
        elements,
        &[
            (r#""gender":"f","club":"one""#, 20),
            (r#""gender":"x","of_x":"yes","why":"a","club":"of_x""#, 2),
        ],
    );
    let mut expected = vec!["gender,of_x,why,club"];
    expected.extend(vec![",,,"; 5]);
    expected.extend(vec!["f,,,one"; 17]);
    assert_eq!(file.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn rare_numbers_and_choices_of_the_background_are_left_out() {
    let elements = r#"{"type":"text","inputType":"number","name":"age",
            "kuuluu":{"role":"background"}},
        {"type":"checkbox","name":"speaks","choices":["fi","sv","se"],
            "kuuluu":{"role":"background"}}"#;
    let file = careful(
        elements,
        &[
            (r#""age":40,"speaks":["fi"]"#, 10),
            (r#""age":40,"speaks":["fi","se"]"#, 1),
            (r#""age":93,"speaks":["fi"]"#, 1),
        ],
    );
    for rare in ["93", "1,0,1"] {
        assert!(!file.contains(rare), "{file}");
    }
    assert!(file.contains("40,1,0,0"), "{file}");
}

#[test]
fn the_codebook_says_that_the_data_are_confidential_and_how_rare_backgrounds_are() {
    let dataset = village();
    let release = dataset.tabulate(&Query::default(), &Protection::RESIDENTS);
    let said = |backgrounds| {
        let risk = dataset.archive(&Protection::RESIDENTS, backgrounds).risk;
        let text = ddi(&release, &risk, &edition(dataset.codebook()), "data.csv");
        let document = Document::parse(&text).expect("XML");
        let of = |name: &str| {
            let found = document
                .descendants()
                .find(|it| it.tag_name().name() == name);
            found
                .and_then(|it| it.text())
                .unwrap_or_default()
                .to_owned()
        };
        assert!(of("confDec").starts_with("Confidential"));
        assert!(of("restrctn").starts_with("Not for publication"));
        (of("conditions"), risk.rare)
    };
    let (careful, rare) = said(Backgrounds::LeftOut);
    assert!(
        careful.contains(&format!("in {rare} that shared")),
        "{careful}"
    );
    let (whole, rare) = said(Backgrounds::Kept);
    assert!(whole.contains(&format!("{rare} of ")), "{whole}");
    assert!(whole.contains("personal data"), "{whole}");
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
