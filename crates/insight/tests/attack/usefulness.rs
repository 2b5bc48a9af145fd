//! How much is still shown: the wellbeing sample by municipality and age, beside a threshold that
//! hides small counts only and so protects nobody.

use std::path::Path;

use insight::release::{Figures, Group};
use insight::{Codebook, Dataset, Loader, Protection, Query};
use questionnaire::definition::Survey;

fn sample() -> Dataset {
    let public = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public");
    let read = |name: &str| std::fs::read(public.join(name)).expect(name);
    let survey = String::from_utf8(read("surveys/asukas.json")).expect("UTF-8");
    let mut loader = Loader::new(Dataset::new(Codebook::of(&Survey::parse(&survey).survey)));
    loader.push(&read("data/asukas.sample.ndjson"));
    let (dataset, report) = loader.finish();
    assert_eq!(report.bad, []);
    dataset
}

/// Rows of the questions in all groups.
fn rows<'a>(dataset: &'a Dataset, groups: &'a [Group]) -> impl Iterator<Item = (&'a Figures, u32)> {
    let codebook = dataset.codebook();
    let is_asked = |it: &Figures| codebook.backgrounds().all(|other| other.name != it.name);
    let figures = groups.iter().flat_map(|it| &it.questions);
    let figures = figures.filter(move |it| is_asked(it) && it.boxes.is_empty());
    figures.flat_map(|it| it.rows.iter().filter_map(move |row| Some((it, row.count?))))
}

#[test]
fn the_sample_by_municipality_and_age_stays_useful() {
    let dataset = sample();
    let mut poor = Vec::new();
    for (names, least) in [
        (&["municipality"][..], 0.69),
        (&["age_band"], 0.72),
        (&["municipality", "age_band"], 0.40),
    ] {
        let query = Query {
            groups: names.iter().map(|it| (*it).to_owned()).collect(),
            ..Query::default()
        };
        let released = dataset.tabulate(&query, &Protection::RESIDENTS);
        assert_eq!(released.refusal(), None);
        let shown = rows(&dataset, released.groups()).count();
        let bare = dataset.tabulate(&query, &Protection::none());
        let codebook = dataset.codebook();
        let large = rows(&dataset, bare.groups()).filter(|(figures, count)| {
            let sensitive = codebook
                .item(&figures.name)
                .is_some_and(|(_, it)| it.sensitive);
            let minimum = if sensitive { 10 } else { 5 };
            let enough = figures.n.is_some_and(|n| n == 0 || n >= minimum);
            enough && (*count == 0 || *count >= minimum)
        });
        let large = large.count();
        let all = rows(&dataset, bare.groups()).count();
        let groups = released.groups().iter().filter(|it| it.n.is_some()).count();
        println!(
            "{names:?}: {shown} of {all} cells are shown, a threshold alone would show {large}; {groups} of {} groups",
            released.groups().len()
        );
        #[expect(clippy::cast_precision_loss, reason = "only a share")]
        let share = shown as f64 / large as f64;
        if share < least {
            poor.push(format!("{names:?}: only {share:.3}"));
        }
    }
    assert_eq!(poor, Vec::<String>::new());
}
