//! Reading tables: our own headings, and those of other tools.

use crate::village::{bare, codebook, counts};
use insight::load::preview::{Preview, preview};
use insight::load::{Mapping, Order, Positions, Report, Taken, Unknown};
use insight::protocol::BadLine;
use insight::{Codebook, Dataset, Loader, Query};
use questionnaire::definition::Survey;

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
fn choices_that_one_cell_lists_are_taken_apart_also_by_commas_that_stand_in_choices() {
    let survey = Survey::parse(
        r#"{"pages":[{"name":"p","elements":[{"type":"checkbox","name":"uses","choices":[
        {"value":"a","text":{"fi":"Bussi, juna"}},{"value":"b","text":{"fi":"Pyörä"}},
        {"value":"c","text":{"fi":"Juna"}}]}]}],
        "kuuluu":{"id":"t","version":"1","languages":["fi"]}}"#,
    );
    let mut loader = Loader::table(Dataset::new(Codebook::of(&survey.survey)), None);
    loader.push(
        "uses\n\"Bussi, juna, Pyörä\"\n\"Pyörä,Juna\"\n\"Bussi, juna\"\nPyörä | Juna\n\"Pyörä, auto\"\na;c\n"
            .as_bytes(),
    );
    let (dataset, report) = loader.finish();
    check(&dataset, "uses", &[3, 3, 3, 1]);
    assert_eq!(report.unknown.len(), 1);
    assert_eq!(report.unknown[0].cells, ["Pyörä, auto"]);
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
    // Six can only be a place, so one is the first choice, whose code is five.
    check(&dataset, "mood", &[1, 0, 0, 0, 0, 1]);
    check(&dataset, "hobbies", &[1, 0, 0, 0]);
    check(&dataset, "services.bus", &[1, 0, 1]);
}

/// A column of numbers that are all both codes of the scale from 5 to 1 and places in it, read with
/// what stands beside it: the moods, and whether it is not sure and if so was read as places.
fn numbers(beside: &str, mapping: Option<&str>) -> (Vec<u32>, Option<Taken>) {
    let rows: Vec<String> = ["1", "2", "4", "5", "1"]
        .iter()
        .zip(beside.split(';').cycle())
        .map(|(mood, beside)| format!("{beside};{mood}"))
        .collect();
    let table = format!(
        "1. Municipality;2. mood\n{};9;9\n{}\n",
        rows[0],
        rows.join("\n")
    );
    let mapping = mapping.map(|it| Mapping::read(it).expect("a mapping"));
    let (dataset, report) = load(&table, mapping);
    assert_eq!((report.responses, report.bad_lines), (5, 1));
    let unsure = report.unsure.first().map(|it| {
        assert_eq!((it.heading.as_str(), report.unsure.len()), ("2. mood", 1));
        it.taken
    });
    let moods = counts(&bare(&dataset, &Query::default()), "mood");
    (moods, unsure)
}

#[test]
fn whether_numbers_are_codes_or_places_is_decided_for_the_whole_column() {
    let (codes, places) = (vec![1, 1, 0, 1, 2, 0], vec![2, 1, 0, 1, 1, 0]);
    // Nothing says what they are; then another column does, this way or the other.
    assert_eq!(numbers("hml", None), (codes.clone(), Some(Taken::Codes)));
    assert_eq!(numbers("2", None), (places.clone(), Some(Taken::Places)));
    assert_eq!(numbers("2;hml", None), (codes.clone(), Some(Taken::Codes)));
    let said = |positions: &str| {
        format!(
            r#"{{"format":"kuuluu-mapping/1","columns":[{{"heading":"1. Municipality","variable":null}},
            {{"heading":"2. mood","variable":"mood","positions":{positions}}}]}}"#
        )
    };
    assert_eq!(numbers("2", Some(&said("true"))), (places.clone(), None));
    assert_eq!(numbers("2", Some(&said("false"))), (codes.clone(), None));
    let open = said("\"unclear\"");
    assert_eq!(numbers("2", Some(&open)), (codes, Some(Taken::Codes)));
    let read = Mapping::read(&open).expect("a mapping");
    assert_eq!(Mapping::read(&read.to_text()), Ok(read));
    // A place that is no code proves the column, and the mapping says so from then on.
    let (dataset, report) = load("2. mood\n1\n2\n4\n5\n1\n6\n", None);
    check(&dataset, "mood", &[2, 1, 0, 1, 1, 1]);
    assert_eq!(report.unsure, []);
    let mapping = report.mapping.expect("a mapping");
    assert_eq!(mapping.columns[0].positions, Positions::Places);
    // A code that is no place does the same.
    let (dataset, report) = load("2. mood\n1\n2\ndk\n", None);
    check(&dataset, "mood", &[0, 0, 0, 1, 1, 1]);
    assert_eq!(
        (
            report.unsure,
            report.mapping.expect("a mapping").columns[0].positions
        ),
        (vec![], Positions::Codes)
    );
    // The look at the beginning says so before anything is read.
    let look = preview(&codebook(), b"2. mood\n1\n2\n4\n", None);
    let column = look.columns.first().map(|it| (it.may_be_places, it.unsure));
    assert_eq!(column, Some((true, true)));
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
    let unknown = Unknown {
        heading: "Kunta".to_owned(),
        variable: "municipality".to_owned(),
        n: 1,
        of: 3,
        cells: vec!["Outola".to_owned()],
    };
    assert_eq!(report.unknown, [unknown]);
    let again = report.mapping.map(|it| Mapping::read(&it.to_text()));
    assert_eq!(again, Some(mapping));
}

#[test]
fn a_mapping_lists_columns_that_feed_nothing_and_a_known_one_is_no_news() {
    let table = "Vastaaja;mood;Kunta\n1;5;hml\n";
    let (_, report) = load(table, None);
    assert_eq!(report.unmatched, ["Vastaaja", "Kunta"]);
    let saved = report.mapping.expect("a mapping").to_text();
    assert!(saved.contains("{\"heading\":\"Vastaaja\",\"variable\":null},\n"));
    let corrected = saved.replacen(
        "\"Kunta\",\"variable\":null",
        "\"Kunta\",\"variable\":\"municipality\"",
        1,
    );
    let (dataset, report) = load(table, Mapping::read(&corrected).ok());
    assert_eq!(report.unmatched, Vec::<String>::new());
    check(&dataset, "municipality", &[1, 0, 0]);
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

#[test]
fn limesurvey_writes_texts_instead_of_codes_or_behind_them() {
    let titled = codebook_of(
        r#"{"type":"checkbox","name":"hobbies","title":{"fi":"Mitä harrastat, kun ehdit?","default":"Hobbies"},
            "choices":[{"value":"walk","text":{"fi":"Kävelyä"}},{"value":"swim","text":{"fi":"Uintia"}}]},
           {"type":"matrix","name":"services","title":{"fi":"Palvelut: kuinka usein?"},
            "columns":[{"value":1,"text":{"fi":"Usein"}},{"value":2,"text":{"fi":"Harvoin"}}],
            "rows":[{"value":"bus","text":{"fi":"Bussi"}},"shop"]},
           {"type":"radiogroup","name":"mood","title":{"fi":"Miten voit?"},
            "choices":[{"value":1,"text":{"fi":"Hyvin"}},{"value":2,"text":{"fi":"Huonosti"}}]},
           {"type":"comment","name":"wishes","title":{"fi":"Toiveet"}}"#,
    );
    let rows = "\"Mitä harrastat, kun ehdit? [Kävelyä]\",\"hobbies[swim]. Mitä harrastat, kun ehdit? [Uintia]\",\"Palvelut: kuinka usein? [Bussi]\",\"services[shop]. Palvelut: kuinka usein? [shop]\",\"mood. Miten voit?\",\"Toiveet\"\n\
        \"Kyllä\",\"Ei\",\"Usein\",\"N/A\",\"Huonosti\",\"N/A\"\n\
        \"Ei vastausta\",\"\",\"Ei vastausta\",\"2\",\"Ei vastausta\",\"Lisää valoa\nteille\"\n";
    let mut loader = Loader::table(Dataset::new(titled), None);
    loader.push(rows.as_bytes());
    let (dataset, report) = loader.finish();
    assert_eq!(report.unmatched, Vec::<String>::new());
    assert_eq!((report.responses, report.lines), (2, 3));
    check(&dataset, "hobbies", &[1, 0]);
    check(&dataset, "services.bus", &[1, 0]);
    check(&dataset, "services.shop", &[0, 1]);
    check(&dataset, "mood", &[0, 1]);
    let wishes = bare(&dataset, &Query::default());
    assert_eq!(wishes.figures("wishes").and_then(|it| it.n), Some(1));
}

#[test]
fn a_file_is_understood_in_every_usual_encoding() {
    let text = "sep=;\r\nVastaaja;1. Mikä on mielialasi: nyt?;2. Harrastukset:Kävely\r\n1;Erittäin hyvä – 5;1\r\n2;\"Huono; hyvin\r\nhuono\";0\r\n";
    let survey = codebook_of(
        r#"{"type":"radiogroup","name":"mood","title":{"fi":"Mikä on mielialasi: nyt?"},
            "choices":[{"value":5,"text":{"fi":"Erittäin hyvä – 5"}},{"value":1,"text":{"fi":"Huono; hyvin huono"}}]},
           {"type":"checkbox","name":"hobbies","title":{"fi":"Harrastukset"},
            "choices":[{"value":"walk","text":{"fi":"Kävely"}}]}"#,
    );
    let windows = |it: char| match it {
        '–' => 0x96,
        other => u8::try_from(u32::from(other)).expect("Latin-1"),
    };
    let utf16 = |to: fn(u16) -> [u8; 2]| {
        let marked = format!("\u{feff}{text}");
        marked.encode_utf16().flat_map(to).collect::<Vec<u8>>()
    };
    for bytes in [
        text.as_bytes().to_vec(),
        format!("\u{feff}{text}").into_bytes(),
        text.chars().map(windows).collect(),
        utf16(u16::to_le_bytes),
        utf16(u16::to_be_bytes),
    ] {
        for size in [1, 7, bytes.len()] {
            let mut loader = Loader::table(Dataset::new(survey.clone()), None);
            for chunk in bytes.chunks(size) {
                loader.push(chunk);
            }
            let (dataset, report) = loader.finish();
            assert_eq!(report.unmatched, ["Vastaaja"]);
            check(&dataset, "mood", &[1, 1]);
            check(&dataset, "hobbies", &[1]);
        }
    }
}

fn codebook_of(elements: &str) -> Codebook {
    let text = format!(
        r#"{{"pages":[{{"name":"p","elements":[{elements}]}}],"kuuluu":{{"languages":["fi"]}}}}"#
    );
    Codebook::of(&Survey::parse(&text).survey)
}

#[test]
fn a_look_at_a_table_lists_cells_that_mean_nothing_until_they_are_translated() {
    let text = "mood,hobbies,hours,note\n5,walk;ski,7,a\nfine,swim,x,b\nfine,,,c\n2,walk,1,cut o";
    let found = preview(&codebook(), text.as_bytes(), None);
    assert_eq!(found.rows, 3);
    let unknown =
        |preview: &Preview, ix: usize| preview.columns.get(ix).map(|it| it.unknown.clone());
    let lists = |it: &[&str]| Some(it.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>());
    assert_eq!(unknown(&found, 0), lists(&["fine"]));
    assert_eq!(unknown(&found, 1), lists(&["ski"]));
    assert_eq!(
        (unknown(&found, 2), unknown(&found, 3)),
        (lists(&[]), lists(&[]))
    );
    let mut mapping = found.mapping.clone();
    assert_eq!((mapping.columns.len(), mapping.delimiter), (4, Some(',')));
    assert_eq!(mapping.of("note"), None);
    if let Some(mood) = mapping.columns.first_mut() {
        mood.values.insert("fine".to_owned(), "4".to_owned());
    }
    let corrected = preview(&codebook(), text.as_bytes(), Some(mapping.clone()));
    assert_eq!(unknown(&corrected, 0), lists(&[]));
    let (dataset, _) = load(text, Some(mapping));
    check(&dataset, "mood", &[1, 2, 0, 1, 0, 0]);
}

#[test]
fn a_look_at_headings_alone_finds_the_columns() {
    let found = preview(&codebook(), b"mood;hours", None);
    let headings: Vec<&str> = found.columns.iter().map(|it| it.heading.as_str()).collect();
    assert_eq!((headings, found.rows), (vec!["mood", "hours"], 0));
    assert_eq!(preview(&codebook(), b"", None).columns, []);
}

/// As `LimeSurvey` writes a survey whose codes nobody has changed: answers as `A1`, sub-questions as
/// `SQ001`, ticks as `Y`.
const OWN_CODES: &str = "\
\"Response ID\",\"Date submitted\",\"municipality\",\"moved\",\"hobbies[SQ001]\",\"hobbies[SQ002]\",\"hobbies[SQ003]\",\"hobbies[other]\",\"services[SQ001]\",\"services[SQ002]\"
\"1\",\"2026-03-01\",\"A1\",\"Y\",\"Y\",\"\",\"Y\",\"\",\"A3\",\"A1\"
\"2\",\"2026-03-01\",\"A2\",\"N\",\"\",\"Y\",\"\",\"\",\"A1\",\"\"
\"3\",\"2026-03-02\",\"A1\",\"\",\"\",\"\",\"\",\"\",\"A1\",\"A2\"
\"4\",\"2026-03-02\",\"-oth-\",\"N\",\"\",\"\",\"\",\"Sauna\",\"\",\"\"
";

fn own_codes() -> Codebook {
    codebook_of(
        r#"{"type":"dropdown","name":"municipality","showOtherItem":true,"choices":["hml","rii"]},
           {"type":"boolean","name":"moved"},
           {"type":"checkbox","name":"hobbies","showOtherItem":true,"choices":["walk","swim","read"]},
           {"type":"matrix","name":"services","columns":["often","rarely","never"],"rows":["bus","shop"]},
           {"type":"radiogroup","name":"mood","choices":[5,4,3,2,1]}"#,
    )
}

fn load_own_codes(table: &str, mapping: Option<Mapping>) -> (Dataset, Report) {
    let mut loader = Loader::table(Dataset::new(own_codes()), mapping);
    loader.push(table.as_bytes());
    loader.finish()
}

#[test]
fn codes_of_limesurveys_own_are_taken_in_order_and_the_mapping_says_so() {
    let (dataset, report) = load_own_codes(OWN_CODES, None);
    assert_eq!(report.unmatched, ["Response ID", "Date submitted"]);
    assert_eq!((report.unknown, report.unsure), (vec![], vec![]));
    check(&dataset, "municipality", &[2, 1, 1]);
    check(&dataset, "moved", &[1, 2]);
    check(&dataset, "hobbies", &[1, 1, 1, 1]);
    check(&dataset, "services.bus", &[2, 0, 1]);
    check(&dataset, "services.shop", &[1, 1, 0]);
    // The municipality's answers, three choices, two rows.
    assert_eq!(report.by_order, 6);
    let mapping = report.mapping.expect("a mapping");
    let bus = mapping.of("services[SQ001]").expect("a column");
    let values = bus.values.iter();
    let values: Vec<_> = values.map(|it| (it.0.as_str(), it.1.as_str())).collect();
    assert_eq!(values, [("A1", "often"), ("A2", "rarely"), ("A3", "never")]);
    // Another order over there is written into the mapping, and then counts.
    let text = mapping.to_text();
    let corrected = text.replace(r#""A1":"hml","A2":"rii""#, r#""A1":"rii","A2":"hml""#);
    assert_ne!(corrected, text);
    let (dataset, report) = load_own_codes(OWN_CODES, Mapping::read(&corrected).ok());
    check(&dataset, "municipality", &[1, 2, 1]);
    assert_eq!((report.by_order, report.unsure), (0, vec![]));
}

#[test]
fn what_speaks_against_the_order_of_own_codes_is_said() {
    // Scales are coded from 5 to 1, so A1 may have been meant for one; there are no four services.
    let table = "mood,services_SQ001,services_SQ004,hobbies[SQ002],hobbies[SQ003],hobbies[SQ005],hobbies[other]\n\
        AO01,A1,A1,Y,,,\nAO05,A4,A2,,Y,Y,\n";
    let (dataset, report) = load_own_codes(table, None);
    check(&dataset, "mood", &[1, 0, 0, 0, 1]);
    check(&dataset, "hobbies", &[1, 1, 1, 0]);
    let unsure = report.unsure.iter();
    let unsure: Vec<_> = unsure.map(|it| (it.heading.as_str(), it.taken)).collect();
    let expected = [
        "mood",
        "services_SQ001",
        "services_SQ004",
        "hobbies[SQ002]",
        "hobbies[SQ003]",
        "hobbies[SQ005]",
    ];
    assert_eq!(unsure, expected.map(|it| (it, Taken::Order)));
    let unknown = report.unknown.first();
    let unknown = unknown.map(|it| (it.n, it.of, it.cells.clone(), it.is_foreign()));
    assert_eq!(unknown, Some((1, 2, vec!["A4".to_owned()], false)));
    // Two rows, two columns: the second is the second one, whatever its number.
    check(&dataset, "services.shop", &[1, 1, 0]);
    let look = preview(&own_codes(), table.as_bytes(), None);
    let orders: Vec<_> = look.columns.iter().map(|it| it.order).collect();
    assert_eq!(orders[..6], [Some(Order::Unsure); 6]);
    // A sixth answer shows that places are meant; the scale has no code six.
    let six = "mood\nA1\nA6\n";
    let look = preview(&codebook(), six.as_bytes(), None);
    assert_eq!(look.columns[0].order, Some(Order::Plain));
    let look = preview(&own_codes(), OWN_CODES.as_bytes(), None);
    let orders: Vec<_> = look.columns.iter().map(|it| it.order.is_some()).collect();
    let expected = [
        false, false, true, false, true, true, true, false, true, true,
    ];
    assert_eq!(orders, expected);
    assert_eq!(look.columns[2].order, Some(Order::Plain));
}

#[test]
fn limesurvey_writes_its_own_code_before_a_text() {
    let survey = codebook_of(
        r#"{"type":"radiogroup","name":"mood","title":{"fi":"Miten voit?"},"choices":["good","bad"]},
           {"type":"matrix","name":"services","title":{"fi":"Palvelut"},"columns":["often","rarely"],
            "rows":[{"value":"bus","text":{"fi":"Bussi"}},{"value":"shop","text":{"fi":"Kauppa"}}]}"#,
    );
    let mut loader = Loader::table(Dataset::new(survey), None);
    loader.push(
        "G01Q01. Miten voit?,G01Q02[SQ001]. Palvelut [Kauppa],G01Q02[SQ002]. Palvelut [Bussi]\nA2,A1,A2\n"
            .as_bytes(),
    );
    let (dataset, report) = loader.finish();
    assert_eq!(report.unmatched, Vec::<String>::new());
    check(&dataset, "mood", &[0, 1]);
    check(&dataset, "services.bus", &[0, 1]);
    check(&dataset, "services.shop", &[1, 0]);
}

#[test]
fn a_column_of_which_nearly_nothing_is_a_choice_is_foreign() {
    let rows = ["K1", "K2", "hml", "K1", "K1", "K3", "K1", "K2", "K1", "K2"];
    let (_, report) = load(&format!("municipality\n{}\n", rows.join("\n")), None);
    let [unknown] = report.unknown.as_slice() else {
        panic!("{:?}", report.unknown);
    };
    assert_eq!((unknown.n, unknown.of), (9, 10));
    assert_eq!(unknown.variable, "municipality");
    assert!(unknown.is_foreign());
    let (_, report) = load("municipality\nhml\nrii\nK1\n", None);
    assert!(!report.unknown[0].is_foreign());
    let look = preview(&codebook(), b"municipality,mood\nK1,5\nK2,4\n", None);
    let foreign: Vec<bool> = look.columns.iter().map(|it| it.is_foreign).collect();
    assert_eq!(foreign, [true, false]);
}

fn codebook_of_tables() -> Codebook {
    codebook_of(
        r#"{"type":"matrix","cellType":"checkbox","name":"services","title":{"fi":"Palvelut"},
            "columns":[{"value":"often","text":{"fi":"Usein"}},{"value":"rarely","text":{"fi":"Harvoin"}}],
            "rows":[{"value":"bus","text":{"fi":"Bussi"}},{"value":"shop","text":{"fi":"Kauppa"}}]},
           {"type":"ranking","name":"order","title":{"fi":"Mikä on tärkeintä?"},"choices":["peace","work","home"]},
           {"type":"radiogroup","name":"gender","choices":[{"value":"f","text":{"fi":"Nainen"}},{"value":"m","text":{"fi":"Mies"}}]},
           {"type":"radiogroup","name":"who","choices":[{"value":2,"text":{"fi":"Mies"}},{"value":1,"text":{"fi":"Nainen"}}]},
           {"type":"radiogroup","name":"size","choices":["M","L"]}"#,
    )
}

fn read_tables(table: &str) -> (Dataset, Report) {
    let mut loader = Loader::table(Dataset::new(codebook_of_tables()), None);
    loader.push(table.as_bytes());
    loader.finish()
}

#[test]
fn limesurvey_gives_each_cell_of_a_table_with_several_answers_a_column() {
    let rows = "1,,1,\n1,1,,\n";
    for headings in [
        "services[bus_often],services[bus_rarely],services[shop_often],services[shop_rarely]",
        "services_bus_often,services_bus_rarely,services_shop_often,services_shop_rarely",
        "services[SQ001_SQ001],services[SQ001_SQ002],services[SQ002_SQ001],services[SQ002_SQ002]",
        "services[SQ001_SQ003],services[SQ001_SQ004],services[SQ002_SQ003],services[SQ002_SQ004]",
        "Palvelut [Bussi][Usein],Palvelut [Bussi][Harvoin],Palvelut [Kauppa][Usein],Palvelut [Kauppa][Harvoin]",
        "G1Q2[SQ001_SQ001]. Palvelut [Bussi] [Usein],G1Q2[SQ001_SQ002]. Palvelut [Bussi] [Harvoin],G1Q2[SQ002_SQ001]. Palvelut [Kauppa] [Usein],G1Q2[SQ002_SQ002]. Palvelut [Kauppa] [Harvoin]",
    ] {
        let (dataset, report) = read_tables(&format!("{headings}\n{rows}"));
        assert_eq!(report.unmatched, Vec::<String>::new(), "{headings}");
        check(&dataset, "services.bus", &[2, 1]);
        check(&dataset, "services.shop", &[1, 0]);
        let by_order = if headings.starts_with("services[SQ") {
            4
        } else {
            0
        };
        assert_eq!(report.by_order, by_order, "{headings}");
    }
    // Numbers that are not the columns' places are told.
    let (_, report) = read_tables("services[SQ001_SQ003],services[SQ001_SQ004]\n1,\n");
    assert_eq!(report.unsure.len(), 2);
}

#[test]
fn of_a_ranking_the_first_rank_is_read_and_the_others_are_no_news() {
    for (headings, cells) in [
        ("order[1],order[2],order[3]", "work,home,peace"),
        ("order[1],order[2],order[3]", "A2,A3,A1"),
        ("order_1,order_2,order_3", "SQ002,SQ003,SQ001"),
        (
            "Mikä on tärkeintä? [Rank 1],Mikä on tärkeintä? [Rank 2],Mikä on tärkeintä? [Rank 3]",
            "work,home,peace",
        ),
    ] {
        let (dataset, report) = read_tables(&format!("{headings}\n{cells}\n"));
        check(&dataset, "order", &[0, 1, 0]);
        assert_eq!(report.unmatched, Vec::<String>::new(), "{headings}");
        assert_eq!(report.unknown, [], "{headings}");
    }
}

#[test]
fn female_and_male_are_understood_where_the_choices_have_both() {
    let (dataset, report) = read_tables("gender,who,size\nF,F,M\nM,M,L\nF,F,M\n");
    check(&dataset, "gender", &[2, 1]);
    check(&dataset, "who", &[1, 2]);
    check(&dataset, "size", &[2, 1]);
    assert_eq!(report.unknown, []);
}

#[test]
fn what_a_person_has_checked_is_sure() {
    let table = "mood\nA1\nA5\n";
    let (_, report) = load_own_codes(table, None);
    assert_eq!(report.unsure.len(), 1);
    let mut mapping = report.mapping.expect("a mapping");
    mapping.columns[0].checked = true;
    let kept = Mapping::read(&mapping.to_text());
    assert_eq!(kept.as_ref(), Ok(&mapping));
    let (_, report) = load_own_codes(table, kept.ok());
    assert_eq!(report.unsure, []);
    // Numbers that could be codes or places.
    let text = Mapping::read(
        r#"{"format":"kuuluu-mapping/1","columns":[{"heading":"mood","variable":"mood","positions":"unclear","checked":true}]}"#,
    );
    let (_, report) = load_own_codes("mood\n1\n2\n", text.ok());
    assert_eq!(report.unsure, []);
}

#[test]
fn a_second_table_asks_where_it_has_what_the_first_had_not() {
    let look = |table: &str| preview(&codebook(), table.as_bytes(), None);
    let first = look("municipality,mood\nhml,5\nK1,4\n");
    assert!(look("municipality,mood\nrii,3\nK1,4\n").asks_no_more_than(&first));
    assert!(!look("municipality,mood\nrii,3\nK2,4\n").asks_no_more_than(&first));
    assert!(!look("municipality,mood\nhml,A1\n").asks_no_more_than(&first));
    assert!(!look("municipality;hours\nhml;5\n").asks_no_more_than(&first));
}
