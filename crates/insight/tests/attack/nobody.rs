//! Whether nobody is in a hidden group: what must not be told, lest the others be known.

use insight::release::Refusal;
use insight::{Dataset, Protection, Query, Release};
use json::Value;

use crate::hidden_cells::ONE;
use crate::people::{dataset, people};

fn ask(dataset: &Dataset, filter: Option<&str>, groups: &[&str]) -> Release {
    let query = Query {
        filter: filter.map(str::to_owned),
        groups: groups.iter().map(|it| (*it).to_owned()).collect(),
        ..Query::default()
    };
    dataset.tabulate(&query, &Protection::RESIDENTS)
}

/// Cells of a crossing as conditions: those that are shown with somebody in them, and those that are
/// not shown.
fn cells(dataset: &Dataset) -> [Vec<String>; 2] {
    let release = ask(dataset, None, &["municipality", "age"]);
    let groups = release.groups().iter().filter(|it| it.n != Some(0));
    let (shown, hidden): (Vec<_>, Vec<_>) = groups.partition(|it| it.n.is_some());
    [shown, hidden].map(|groups| {
        let condition = |(name, value): &(String, Value)| match value {
            Value::Text(code) => format!("{name} = '{code}'"),
            other => panic!("{other:?}"),
        };
        let cell = |it: &[(String, Value)]| {
            let parts: Vec<String> = it.iter().map(condition).collect();
            format!("({})", parts.join(" and "))
        };
        groups.iter().map(|it| cell(&it.by)).collect()
    })
}

#[test]
fn no_filter_tells_whether_anybody_is_in_a_hidden_cell() {
    let (mut n_empty, mut n_asked) = (0, 0);
    for (n, seed) in (1..=12).flat_map(|seed| [(150, seed), (250, seed), (600, seed)]) {
        let dataset = dataset(&people(n, seed * 7919), ONE);
        let [shown, hidden] = cells(&dataset);
        if shown.is_empty() {
            continue;
        }
        let bare = |filter: &str| {
            let query = Query {
                filter: Some(filter.to_owned()),
                ..Query::default()
            };
            dataset.tabulate(&query, &Protection::none()).head().n
        };
        for cell in &hidden {
            n_asked += 1;
            n_empty += usize::from(bare(cell) == Some(0));
            let refusal = |filter: &str| ask(&dataset, Some(filter), &[]).refusal().cloned();
            assert_eq!(refusal(cell), Some(Refusal::TooFew), "{n}, {seed}: {cell}");
            for other in &shown {
                let both = format!("{cell} or {other}");
                assert_eq!(
                    refusal(&both),
                    Some(Refusal::TooClose),
                    "{n}, {seed}: {both}"
                );
            }
            let others = format!("municipality notempty and age notempty and not {cell}");
            if hidden.len() > 1 {
                assert_eq!(
                    refusal(&others),
                    Some(Refusal::TooClose),
                    "{n}, {seed}: {others}"
                );
            }
        }
    }
    println!("{n_empty} of {n_asked} hidden cells have nobody");
    assert!(n_empty > 3, "{n_empty} of {n_asked}");
}
