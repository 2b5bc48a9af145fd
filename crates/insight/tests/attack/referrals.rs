//! Fixture F13: referrals by municipality, of which one is told to nobody.

use insight::release::{Hidden, Refusal};
use insight::{Codebook, Dataset, Loader, Protection, Query, Release};
use json::Value;
use questionnaire::definition::Survey;

const MUNICIPALITIES: [(&str, usize); 11] = [
    ("Forssa", 0),
    ("Hattula", 5),
    ("Hausjärvi", 0),
    ("Humppila", 0),
    ("Hämeenlinna", 7),
    ("Janakkala", 1),
    ("Jokioinen", 0),
    ("Loppi", 3),
    ("Riihimäki", 17),
    ("Tammela", 0),
    ("Ypäjä", 0),
];

fn referrals() -> Dataset {
    let names: Vec<String> = MUNICIPALITIES
        .iter()
        .map(|it| format!("\"{}\"", it.0))
        .collect();
    let survey = format!(
        r#"{{"title": "F13", "pages": [{{"name": "p", "elements": [
          {{"type": "dropdown", "name": "municipality", "choices": [{}], "kuuluu": {{"role": "background"}}}},
          {{"type": "boolean", "name": "started"}}]}}],
          "kuuluu": {{"id": "f13", "version": "1", "languages": ["fi"]}}}}"#,
        names.join(",")
    );
    let mut loader = Loader::new(Dataset::new(Codebook::of(&Survey::parse(&survey).survey)));
    for (name, n) in MUNICIPALITIES {
        for _ in 0..n {
            loader.push(
                format!("{{\"answers\":{{\"municipality\":\"{name}\",\"started\":true}}}}\n")
                    .as_bytes(),
            );
        }
    }
    loader.finish().0
}

fn released(filter: Option<&str>, group: bool, protection: &Protection) -> Release {
    let query = Query {
        filter: filter.map(str::to_owned),
        groups: group
            .then(|| "municipality".to_owned())
            .into_iter()
            .collect(),
        ..Query::default()
    };
    referrals().tabulate(&query, protection)
}

/// Municipalities of which nothing is shown.
fn hidden(release: &Release) -> Vec<String> {
    let groups = release.groups().iter().filter(|it| it.n.is_none());
    let name = |it: &Value| match it {
        Value::Text(name) => name.clone(),
        other => other.to_string(),
    };
    groups
        .flat_map(|it| it.by.iter().map(|it| name(&it.1)))
        .collect()
}

#[test]
fn f13_one_hidden_municipality_takes_another_with_it() {
    let three = Protection {
        minimum_cell: 3,
        ..Protection::RESIDENTS
    };
    let release = released(None, true, &three);
    assert_eq!(release.head().n, Some(33));
    assert_eq!(hidden(&release), ["Janakkala", "Loppi"]);
    let release = released(None, true, &Protection::RESIDENTS);
    assert_eq!(hidden(&release), ["Hattula", "Janakkala", "Loppi"]);
    // Nobody referred from there: nothing is missing, and nothing is hidden.
    let empty = release.groups().iter().filter(|it| it.n == Some(0)).count();
    assert_eq!(empty, 6);
    // The municipality is a question of the survey too.
    let rows = release.figures("municipality").map(|it| it.rows.as_slice());
    let of_rows = rows
        .unwrap_or_default()
        .iter()
        .filter(|it| it.hidden == Some(Hidden::Protects));
    assert_eq!(of_rows.count(), 3);
}

#[test]
fn f13_no_filter_gives_the_hidden_municipality_away() {
    let refusal = |filter: &str| {
        let release = released(Some(filter), false, &Protection::RESIDENTS);
        release.refusal().cloned()
    };
    assert_eq!(refusal("municipality = 'Riihimäki'"), None);
    assert_eq!(refusal("municipality = 'Janakkala'"), Some(Refusal::TooFew));
    // The reason must not tell the small ones from those that are hidden for their sake.
    assert_eq!(refusal("municipality = 'Hattula'"), Some(Refusal::TooFew));
    assert_eq!(
        refusal("municipality != 'Janakkala'"),
        Some(Refusal::TooClose)
    );
    assert_eq!(
        refusal("not (municipality = 'Loppi')"),
        Some(Refusal::TooClose)
    );
    assert_eq!(
        refusal("municipality = 'Riihimäki' or municipality = 'Hattula'"),
        Some(Refusal::TooClose)
    );
    assert_eq!(
        refusal("municipality anyof ['Janakkala', 'Loppi', 'Hattula', 'Riihimäki']"),
        None
    );
}
