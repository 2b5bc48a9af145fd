//! From how many on something is shown, and that everybody alike is not told of what is sensitive.

use insight::release::{Figures, Hidden, Refusal};
use insight::{Codebook, Dataset, Loader, Protection, Query, Release};
use questionnaire::definition::{Disclosure, Mode, Survey};

use crate::village::answered;

const EVERYBODY: Query = Query {
    filter: None,
    groups: Vec::new(),
    base: insight::Base::Valid,
    rounding: insight::Rounding::HalfUp,
    questions: Vec::new(),
    scores: false,
    weighted: false,
};

fn by_municipality() -> Query {
    Query {
        groups: vec!["municipality".to_owned()],
        ..EVERYBODY
    }
}

/// So many people of each kind.
fn people(kinds: &[(usize, &str)]) -> Vec<String> {
    let of = |(n, answers): &(usize, &str)| vec![(*answers).to_owned(); *n];
    kinds.iter().flat_map(of).collect()
}

fn released(kinds: &[(usize, &str)], query: &Query, protection: &Protection) -> Release {
    answered(&people(kinds)).tabulate(query, protection)
}

/// Counts of a variable's rows; `None` for hidden ones.
fn counts(release: &Release, variable: &str) -> Vec<Option<u32>> {
    let figures = release.figures(variable);
    let rows = figures.map(|it| it.rows.as_slice()).unwrap_or_default();
    rows.iter().map(|it| it.count).collect()
}

#[test]
fn a_group_of_staff_is_shown_from_five_on_with_its_mean() {
    let staff = Protection::of(Mode::Group, &Disclosure::default(), None);
    assert_eq!(staff, Protection::STAFF);
    let four = released(&[(4, r#""trust":7"#)], &EVERYBODY, &staff);
    assert_eq!(four.refusal(), Some(&Refusal::TooFewYet(5)));
    let five = released(&[(5, r#""trust":7"#)], &EVERYBODY, &staff);
    assert_eq!(five.head().n, Some(5));
    let mean = |it: &Release| it.figures("trust").and_then(|it| it.summary.clone()?.mean);
    assert_eq!(mean(&five), Some(7.0));
    // Of residents a middle takes ten.
    let residents = released(&[(9, r#""trust":7"#)], &EVERYBODY, &Protection::RESIDENTS);
    assert_eq!((residents.head().n, mean(&residents)), (Some(9), None));
    let residents = released(&[(10, r#""trust":7"#)], &EVERYBODY, &Protection::RESIDENTS);
    assert_eq!(mean(&residents), Some(7.0));
}

#[test]
fn what_is_sensitive_is_shown_from_ten_on() {
    for (n, expected) in [(9, [None, None]), (10, [Some(10), Some(30)])] {
        let kinds = [(n, r#""drinks":"yes""#), (30, r#""drinks":"no""#)];
        let release = released(&kinds, &EVERYBODY, &Protection::RESIDENTS);
        assert_eq!(counts(&release, "drinks"), expected, "{n}");
    }
    // The same answers to a question that is not marked.
    let kinds = [(9, r#""moved":true"#), (30, r#""moved":false"#)];
    let release = released(&kinds, &EVERYBODY, &Protection::RESIDENTS);
    assert_eq!(counts(&release, "moved"), [Some(9), Some(30)]);
}

#[test]
fn that_all_answered_alike_is_not_told_of_what_is_sensitive() {
    let kinds = [
        (20, r#""municipality":"hml","drinks":"no","moved":true"#),
        (15, r#""municipality":"rii","drinks":"no","moved":true"#),
        (30, r#""municipality":"rii","drinks":"yes","moved":false"#),
        (12, r#""municipality":"jan","drinks":"no","moved":false"#),
        (14, r#""municipality":"jan","drinks":"yes","moved":true"#),
    ];
    let release = released(&kinds, &by_municipality(), &Protection::RESIDENTS);
    let of = |group: usize, variable: &str| {
        let figures = release.groups()[group].figures(variable);
        let rows = figures.map(|it| it.rows.as_slice()).unwrap_or_default();
        rows.iter()
            .map(|it| (it.count, it.hidden))
            .collect::<Vec<_>>()
    };
    // Nobody of Hämeenlinna may be known to have said no, by the figures or by the reason.
    let hidden = (None, Some(Hidden::Protects));
    assert_eq!(of(0, "drinks"), [hidden, hidden]);
    // One other group must be uncertain too, or the sums would tell; the third need not.
    let others = [of(1, "drinks"), of(2, "drinks")];
    assert_eq!(others.iter().filter(|it| it.contains(&hidden)).count(), 1);
    // What is not sensitive is told.
    assert_eq!(of(0, "moved"), [(Some(20), None), (Some(0), None)]);
}

#[test]
fn that_everybody_of_the_survey_answered_alike_is_not_told_either() {
    let kinds = [(40, r#""drinks":"no","moved":true"#)];
    let release = released(&kinds, &EVERYBODY, &Protection::RESIDENTS);
    assert_eq!(counts(&release, "drinks"), [None, None]);
    assert_eq!(counts(&release, "moved"), [Some(40), Some(0)]);
}

/// By municipality: how many give which numbers of glasses, one after the other.
fn glasses(kinds: &[(usize, &str, &[u32])]) -> Release {
    const SURVEY: &str = r#"{"title": "Glasses", "pages": [{"name": "one", "elements": [
      {"type": "dropdown", "name": "municipality", "choices": ["hml", "rii", "jan"], "kuuluu": {"role": "background"}},
      {"type": "text", "name": "glasses", "inputType": "number", "kuuluu": {"sensitive": true}}]}],
      "kuuluu": {"id": "glasses", "version": "1", "languages": ["fi"]}}"#;
    let codebook = Codebook::of(&Survey::parse(SURVEY).survey);
    let mut loader = Loader::new(Dataset::new(codebook));
    for (n, municipality, given) in kinds {
        for glasses in given.iter().cycle().take(*n) {
            let answers = format!("\"municipality\":\"{municipality}\",\"glasses\":{glasses}");
            loader.push(format!("{{\"answers\":{{{answers}}}}}\n").as_bytes());
        }
    }
    let dataset = loader.finish().0;
    dataset.tabulate(&by_municipality(), &Protection::RESIDENTS)
}

/// How many rows of figures are shown, and whether a mean is.
fn told(figures: Option<&Figures>) -> (usize, bool) {
    let Some(figures) = figures else {
        return (0, false);
    };
    let summary = figures.summary.as_ref();
    let rows = figures.rows.iter().filter(|it| it.count.is_some());
    (rows.count(), summary.is_some_and(|it| it.mean.is_some()))
}

#[test]
fn that_all_gave_the_same_number_is_not_told_of_what_is_sensitive() {
    let of = |release: &Release| {
        let groups = release.groups().iter().take(2);
        let groups: Vec<_> = groups.map(|it| told(it.figures("glasses"))).collect();
        (told(release.figures("glasses")), groups)
    };
    let mixed = glasses(&[(40, "hml", &[0, 5]), (40, "rii", &[5, 0])]);
    assert!(of(&mixed).0.1);
    assert!(of(&mixed).1.iter().all(|it| it.0 > 0 && it.1));
    // By a spread of nothing, or by one class of several that holds all.
    let one = glasses(&[(40, "hml", &[0]), (40, "rii", &[5, 0])]);
    assert!(of(&one).0.1);
    assert!(
        of(&one).1.iter().all(|it| *it == (0, false)),
        "{:?}",
        of(&one)
    );
    let class = glasses(&[(40, "hml", &[0, 1]), (40, "rii", &[0, 1, 60])]);
    assert!(of(&class).1.iter().all(|it| it.0 == 0), "{:?}", of(&class));
    let all = glasses(&[(40, "hml", &[3]), (40, "rii", &[3])]);
    assert_eq!(of(&all).0, (0, false));
}

#[test]
fn the_reason_tells_no_more_than_the_figures() {
    // Two small groups and one that is hidden for their sake; two small rows and one for theirs.
    let kinds = [
        (2, r#""municipality":"jan","mood":5,"trust":1"#),
        (6, r#""municipality":"rii","mood":5,"trust":2"#),
        (40, r#""municipality":"hml","mood":4,"trust":3"#),
        (1, r#""municipality":"hml","mood":1,"trust":"#),
        (9, r#""municipality":"hml","mood":2,"trust":4"#),
    ];
    let kinds = kinds.map(|(n, it)| (n, it.trim_end_matches(r#","trust":"#)));
    let release = released(&kinds, &by_municipality(), &Protection::RESIDENTS);
    let why = |level: &dyn Fn(&insight::release::Withheld) -> bool| {
        let of_level = release.audit().iter().filter(|it| level(it));
        let mut why: Vec<Hidden> = of_level.map(|it| it.why).collect();
        let n = why.len();
        why.sort_unstable();
        why.dedup();
        (n, why)
    };
    let (n, groups) = why(&|it| it.variable.is_none());
    assert!(n >= 2, "{n} groups");
    assert_eq!(groups, [Hidden::TooFew]);
    let (n, rows) = why(&|it| it.row.is_some());
    assert!(n >= 3, "{n} rows");
    assert_eq!(rows, [Hidden::Protects]);
    // A middle says that too few have one only where all rows are shown, so that it can be seen.
    let all = release.groups().iter().flat_map(|it| &it.questions);
    for figures in all.chain(release.questions()) {
        let is_few = figures.summary.as_ref().and_then(|it| it.hidden) == Some(Hidden::TooFew);
        let is_open = figures.rows.iter().all(|it| it.hidden.is_none());
        assert!(!is_few || is_open, "{}", figures.name);
    }
}
