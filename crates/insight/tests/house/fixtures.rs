//! Figures as they were published, each under its number in the fixture list (F13 is the smallest
//! case of `disclosure::cells`).

use insight::indicator::Target;
use insight::release::{Figures, Label, Row};
use insight::{Base, Codebook, Dataset, Loader, Protection, Query, Release, Rounding, compare};
use questionnaire::definition::Survey;

/// A survey of one body of elements in the mode of official answers.
fn codebook(elements: &str, kuuluu: &str) -> Codebook {
    let text = format!(
        r#"{{"pages":[{{"name":"p","elements":[{elements}]}}],
        "kuuluu":{{"id":"f","version":"1","mode":"organisation","languages":["fi"]{kuuluu}}}}}"#
    );
    let parsed = Survey::parse(&text);
    assert!(parsed.is_usable(), "{:?}", parsed.problems);
    Codebook::of(&parsed.survey)
}

fn load(codebook: Codebook, answers: impl IntoIterator<Item = String>) -> Dataset {
    let mut loader = Loader::new(Dataset::new(codebook));
    for answers in answers {
        loader.push(format!("{{\"answers\":{{{answers}}}}}\n").as_bytes());
    }
    let (dataset, report) = loader.finish();
    assert_eq!(report.bad_lines, 0);
    dataset
}

fn choices(codes: &[&str]) -> String {
    let quoted: Vec<String> = codes.iter().map(|it| format!("\"{it}\"")).collect();
    format!(
        r#"{{"type":"radiogroup","name":"q","choices":[{}]}}"#,
        quoted.join(",")
    )
}

/// As many answers of each code as are told.
fn counted(counts: &[(&str, u32)]) -> Vec<String> {
    let of = |(code, n): &(&str, u32)| vec![format!("\"q\":\"{code}\""); *n as usize];
    counts.iter().flat_map(of).collect()
}

fn bare(dataset: &Dataset, query: &Query) -> Release {
    dataset.tabulate(query, &Protection::none())
}

fn with(rounding: Rounding) -> Query {
    Query {
        rounding,
        ..Query::default()
    }
}

fn figures<'a>(release: &'a Release, name: &str) -> &'a Figures {
    release.figures(name).expect(name)
}

fn percents(rows: &[Row]) -> Vec<u32> {
    rows.iter().filter_map(|it| it.percent).collect()
}

#[track_caller]
fn check(counts: &[(&str, u32)], rounding: Rounding, n: u32, expected: &[u32]) {
    let codes: Vec<&str> = counts.iter().map(|it| it.0).collect();
    let dataset = load(codebook(&choices(&codes), ""), counted(counts));
    let release = bare(&dataset, &with(rounding));
    let q = figures(&release, "q");
    assert_eq!((q.n, q.base), (Some(n), Base::Valid));
    assert_eq!(percents(&q.rows), expected);
}

#[track_caller]
fn about(ours: Option<f64>, expected: f64, allowed: f64) {
    let ours = ours.expect("a number");
    assert!((ours - expected).abs() <= allowed, "{ours}, not {expected}");
}

#[test]
fn f01_98_of_293_answered() {
    let dataset = load(
        codebook(&choices(&["a"]), r#","frameSize":293"#),
        counted(&[("a", 98)]),
    );
    let release = bare(&dataset, &Query::default());
    let response = release.response().expect("a frame");
    assert_eq!((response.asked, response.answered), (293, Some(98)));
    about(response.percent, 33.447, 0.001);
}

#[test]
fn f02_roles_of_those_who_answered() {
    let roles = [("johtaja", 44), ("koord", 29), ("paall", 13), ("muut", 12)];
    check(&roles, Rounding::HalfUp, 98, &[45, 30, 13, 12]);
    check(&roles, Rounding::LargestRemainder, 98, &[45, 30, 13, 12]);
}

#[test]
fn f03_the_coordinator_needs_the_largest_remainder_and_keeps_its_empty_row() {
    let counts = [("k", 73), ("e", 1), ("s", 5), ("o", 19), ("eos", 0)];
    check(&counts, Rounding::LargestRemainder, 98, &[75, 1, 5, 19, 0]);
    check(&counts, Rounding::HalfUp, 98, &[74, 1, 5, 19, 0]);
}

#[test]
fn f04_person_years() {
    let counts = [("alle1", 48), ("1to2", 37), ("yli2", 10), ("eos", 3)];
    check(&counts, Rounding::HalfUp, 98, &[49, 38, 10, 3]);
    check(&counts, Rounding::LargestRemainder, 98, &[49, 38, 10, 3]);
}

#[test]
fn f05_one_fewer_answered_how_they_agreed() {
    let counts = [("k", 25), ("e", 25), ("s", 45), ("eos", 2)];
    check(&counts, Rounding::HalfUp, 97, &[26, 26, 46, 2]);
}

#[test]
fn f06_sixty_respondents_of_208_are_shown() {
    let elements =
        r#"{"type":"radiogroup","name":"q","choices":["a","b"],"kuuluu":{"role":"background"}}"#;
    let dataset = load(codebook(elements, ""), counted(&[("a", 60), ("b", 148)]));
    let query = Query {
        filter: Some("q = 'a'".to_owned()),
        ..Query::default()
    };
    let release = bare(&dataset, &query);
    assert_eq!(
        (release.head().n, release.head().total),
        (Some(60), Some(208))
    );
    let whole = bare(&dataset, &Query::default());
    assert_eq!(percents(&figures(&whole, "q").rows), [29, 71]);
}

const STATEMENTS: &str = r#"{"type":"matrix","name":"view","rows":["s1","s2","s3","s4","s5","s6"],"columns":[
    {"value":5,"kuuluu":{"group":"agree"}},{"value":4,"kuuluu":{"group":"agree"}},
    {"value":3,"kuuluu":{"group":"middle"}},
    {"value":2,"kuuluu":{"group":"disagree"}},{"value":1,"kuuluu":{"group":"disagree"}},
    {"value":"dk","kuuluu":{"meaning":"dontKnow"}}]}"#;

/// Leaders' views: `high` is how many of ten lean to agreement.
fn views(n: usize, high: usize) -> Vec<String> {
    let one = |person: usize| {
        let answer = |statement: usize| match (person * 7 + statement * 3) % 20 {
            0 => String::new(),
            1 => format!("\"s{statement}\":\"dk\""),
            lean if lean % 10 < high => format!("\"s{statement}\":{}", 4 + lean % 2),
            lean if lean % 10 == 9 => format!("\"s{statement}\":3"),
            lean => format!("\"s{statement}\":{}", 1 + lean % 2),
        };
        let answers: Vec<String> = (1..=6).map(answer).filter(|it| !it.is_empty()).collect();
        format!("\"view\":{{{}}}", answers.join(","))
    };
    (0..n).map(one).collect()
}

#[test]
fn f07_six_statements_in_four_groups_over_all_151() {
    let dataset = load(codebook(STATEMENTS, ""), views(151, 6));
    let query = Query {
        base: Base::All,
        rounding: Rounding::LargestRemainder,
        ..Query::default()
    };
    let release = bare(&dataset, &query);
    let names: Vec<&str> = release
        .questions()
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "view.s1", "view.s2", "view.s3", "view.s4", "view.s5", "view.s6"
        ]
    );
    for statement in release.questions() {
        assert_eq!(statement.n, Some(151));
        let labels: Vec<&Label> = statement.boxes.iter().map(|it| &it.label).collect();
        let boxed = |it: &str| Label::Box(it.to_owned());
        assert_eq!(
            labels,
            [
                &boxed("agree"),
                &boxed("middle"),
                &boxed("disagree"),
                &Label::Unsure
            ]
        );
        let counts: u32 = statement.boxes.iter().filter_map(|it| it.count).sum();
        assert_eq!(counts, 151);
        assert_eq!(percents(&statement.boxes).iter().sum::<u32>(), 100);
    }
}

#[test]
fn f08_two_surveys_half_a_year_apart_say_so_and_the_later_leaders_agree_more() {
    let municipal = codebook(STATEMENTS, r#","opens":"2023-04-01","closes":"2023-06-30""#);
    let later = codebook(STATEMENTS, r#","opens":"2023-12-01","closes":"2024-01-31""#);
    let municipal = load(municipal, views(180, 4));
    let county = load(later, views(151, 7));
    let release = |of: &Dataset| bare(of, &Query::default());
    let comparison = compare::rounds(
        (municipal.codebook(), &release(&municipal)),
        (county.codebook(), &release(&county)),
    );
    assert_eq!(comparison.months_apart, Some(6));
    assert_eq!(
        (comparison.one.n, comparison.other.n),
        (Some(151), Some(180))
    );
    for contrast in &comparison.questions {
        let agree = contrast.boxes.first().and_then(|it| it.difference);
        assert!(agree > Some(0.0), "{contrast:?}");
        assert_eq!(contrast.verdict, compare::Verdict::Shown);
    }
}

fn numbers(values: &[f64]) -> Release {
    let elements = r#"{"type":"text","name":"q","inputType":"number"}"#;
    let answers = values.iter().map(|it| format!("\"q\":{it}"));
    bare(&load(codebook(elements, ""), answers), &Query::default())
}

#[test]
fn f09_the_coefficients_of_ten_municipalities() {
    let release = numbers(&[63.0, 63.0, 67.0, 71.0, 67.0, 55.0, 76.0, 70.0, 57.0, 67.0]);
    let summary = figures(&release, "q").summary.as_ref().expect("numbers");
    assert_eq!((summary.n, summary.median), (Some(10), Some(67.0)));
    assert_eq!(summary.range, Some((55.0, 76.0)));
    about(summary.mean, 65.6, 1e-12);
    about(summary.deviation, 6.35, 0.005);
}

#[test]
fn f10_twelve_values_for_ten_municipalities_are_described_but_not_assigned() {
    let values = [
        17.8, 19.9, 19.2, 17.9, 21.5, 20.3, 16.1, 20.6, 20.6, 15.7, 19.1, 19.0,
    ];
    let release = numbers(&values);
    let summary = figures(&release, "q").summary.as_ref().expect("numbers");
    about(summary.mean, 18.975, 1e-9);
    assert_eq!(summary.range, Some((15.7, 21.5)));
    // As a table with a heading for each municipality, the row does not fit and is not read.
    let fields: Vec<String> = (1..=10)
        .map(|it| format!("{{\"name\":\"m{it}\",\"inputType\":\"number\"}}"))
        .collect();
    let elements = format!(
        r#"{{"type":"multipletext","name":"q","items":[{}]}}"#,
        fields.join(",")
    );
    let headings: Vec<String> = (1..=10).map(|it| format!("q.m{it}")).collect();
    let row: Vec<String> = values.iter().map(f64::to_string).collect();
    let mut loader = Loader::table(Dataset::new(codebook(&elements, "")), None);
    loader.push(format!("{}\n{}\n", headings.join(";"), row.join(";")).as_bytes());
    let (dataset, report) = loader.finish();
    assert_eq!((dataset.responses(), report.bad_lines), (0, 1));
}

#[test]
fn f11_money_is_kept_as_it_was_written() {
    let elements = r#"{"type":"multipletext","name":"eur","items":[
        {"name":"per_resident","inputType":"number"},{"name":"county_m","inputType":"number"},
        {"name":"area_m","inputType":"number"}]}"#;
    let mut loader = Loader::table(Dataset::new(codebook(elements, "")), None);
    loader.push(b"eur.per_resident;eur.county_m;eur.area_m\n42,0;8,6;13,5\n");
    let (dataset, report) = loader.finish();
    assert_eq!(report.bad_lines, 0);
    let release = bare(&dataset, &Query::default());
    let mean = |name: &str| {
        figures(&release, name)
            .summary
            .as_ref()
            .and_then(|it| it.mean)
    };
    let (per_resident, county, area) = (
        mean("eur.per_resident").expect("euros"),
        mean("eur.county_m").expect("millions"),
        mean("eur.area_m").expect("millions"),
    );
    let residents = county * 1e6 / per_resident;
    about(Some(residents), 204_762.0, 0.5);
    // More than the largest value of F10: the figures are rounded or cover other parts.
    about(Some((area - county) * 1e6 / residents), 23.93, 0.01);
}

#[test]
fn f12_the_target_under_24_is_not_met_by_24() {
    let target = Target::parse("<24").expect("a target");
    let [in_2019, in_2021, in_2023] = [20.7, 24.8, 25.7];
    assert!(target.is_lower_better());
    about(Some(in_2023 - in_2021), 0.9, 1e-9);
    about(Some(in_2023 - in_2019), 5.0, 1e-9);
    assert!(target.is_worse(in_2021, in_2023));
    assert!(!target.is_met(in_2023));
    about(Some(target.gap(in_2023)), 1.7, 1e-9);
    assert!(target.is_met(23.9));
    assert!(!target.is_met(24.0));
    assert!(Target::parse("24").is_err());
    assert!(Target::parse("≥ 0,5").is_ok_and(|it| it.is_met(0.5) && !it.is_met(0.4)));
}

#[test]
fn f14_eight_of_eleven_has_a_wide_interval() {
    let dataset = load(
        codebook(&choices(&["yes", "no"]), ""),
        counted(&[("yes", 8), ("no", 3)]),
    );
    let release = bare(&dataset, &Query::default());
    let interval = figures(&release, "q")
        .rows
        .first()
        .and_then(|it| it.interval);
    about(interval.map(|it| it.0), 0.434, 0.0005);
    about(interval.map(|it| it.1), 0.903, 0.0005);
}

#[test]
fn a_known_frame_narrows_the_interval_of_the_whole_but_not_of_a_part() {
    let elements = r#"{"type":"radiogroup","name":"q","choices":["yes","no"]},
        {"type":"radiogroup","name":"size","choices":["s","l"],"kuuluu":{"role":"background"}}"#;
    let answers = |n: usize| {
        (0..98).map(move |it| {
            let q = if it < n { "yes" } else { "no" };
            format!("\"q\":\"{q}\",\"size\":\"s\"")
        })
    };
    let dataset = load(codebook(elements, r#","frameSize":293"#), answers(73));
    let first = |query: &Query| {
        let release = bare(&dataset, query);
        figures(&release, "q")
            .rows
            .first()
            .and_then(|it| it.interval)
    };
    // Half the width: 7.0 points instead of 8.5.
    let whole = first(&Query::default()).expect("an interval");
    about(Some((whole.1 - whole.0) / 2.0), 0.070, 0.0005);
    let part = first(&Query {
        filter: Some("size = 's'".to_owned()),
        ..Query::default()
    });
    about(part.map(|it| it.0), 0.650, 0.0005);
    about(part.map(|it| it.1), 0.821, 0.0005);
}

#[test]
fn f25_six_steps_of_cooperation_have_a_median_of_valid_answers() {
    let elements = r#"{"type":"radiogroup","name":"q","choices":[1,2,3,4,5,6,
        {"value":"dk","kuuluu":{"meaning":"dontKnow"}}]}"#;
    let steps = ["1", "2", "2", "3", "5", "6", "6", "4", "\"dk\"", "\"dk\""];
    let answers = steps.iter().map(|it| format!("\"q\":{it}"));
    let release = bare(&load(codebook(elements, ""), answers), &Query::default());
    let q = figures(&release, "q");
    let summary = q.summary.as_ref().expect("a scale");
    assert_eq!(
        (q.n, summary.n, summary.median),
        (Some(10), Some(8), Some(3.5))
    );
}
