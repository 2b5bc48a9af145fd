//! How much is still shown: the wellbeing sample by municipality and age, beside a threshold that
//! hides small counts only and so protects nobody.

use std::path::Path;

use insight::codebook::Kind;
use insight::compare;
use insight::published::{Publication, Published};
use insight::release::{Figures, Group, Release};
use insight::{Base, Codebook, Dataset, Loader, Protection, Query, Rounding};
use questionnaire::definition::Survey;

/// The first so many answers of the sample.
fn sample(n: usize) -> Dataset {
    let public = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public");
    let read = |name: &str| std::fs::read(public.join(name)).expect(name);
    let survey = String::from_utf8(read("surveys/asukas.json")).expect("UTF-8");
    let mut loader = Loader::new(Dataset::new(Codebook::of(&Survey::parse(&survey).survey)));
    let answers = read("data/asukas.sample.ndjson");
    for line in answers.split_inclusive(|it| *it == b'\n').take(n) {
        loader.push(line);
    }
    let (dataset, report) = loader.finish();
    assert_eq!(report.bad, []);
    dataset
}

/// True for a question that is asked only of those who answered another one in some way.
fn is_follow_up(codebook: &Codebook, name: &str) -> bool {
    let mut conditions = codebook.conditions.iter().filter(|it| it.of == name);
    conditions.any(|it| it.reads.iter().any(|it| it != "consent"))
}

/// Figures of the questions in all groups, of closed questions and of numbers.
fn asked<'a>(
    dataset: &'a Dataset,
    groups: &'a [Group],
    of_numbers: bool,
) -> impl Iterator<Item = &'a Figures> {
    let codebook = dataset.codebook();
    let is_asked = move |it: &&Figures| {
        let item = codebook.item(&it.name).map(|it| it.1);
        let is_number = item.is_some_and(|it| it.kind == Kind::Number);
        is_number == of_numbers
            && !is_follow_up(codebook, &it.name)
            && codebook.backgrounds().all(|other| other.name != it.name)
    };
    let figures = groups.iter().flat_map(|it| &it.questions);
    figures.filter(is_asked)
}

/// Rows of closed questions in all groups.
fn rows<'a>(dataset: &'a Dataset, groups: &'a [Group]) -> impl Iterator<Item = (&'a Figures, u32)> {
    let figures = asked(dataset, groups, false);
    figures.flat_map(|it| it.rows.iter().filter_map(move |row| Some((it, row.count?))))
}

/// Of numbers it is their middles that are read: how many of these can be.
fn middles(dataset: &Dataset, groups: &[Group], least: u32) -> usize {
    let summaries = asked(dataset, groups, true).filter_map(|it| it.summary.as_ref()?.n);
    summaries.filter(|n| *n >= least).count()
}

#[test]
fn the_sample_by_municipality_and_age_stays_useful() {
    check(
        &sample(usize::MAX),
        &[
            (&["gender"], 0.70, 33),
            (&["municipality"], 0.83, 35),
            (&["age_band"], 0.87, 34),
            (&["municipality", "age_band"], 0.47, 0),
        ],
    );
}

/// With so few, crossings are hardly shown; tables of one variable are.
#[test]
fn few_answers_of_the_sample_stay_useful() {
    check(
        &sample(400),
        &[(&["gender"], 0.53, 22), (&["age_band"], 0.75, 33)],
    );
}

/// Of the closed questions with one answer: how many there are, of how many the two largest groups
/// show every row, and how many are tested between them.
fn compared(dataset: &Dataset, released: &Release, variable: &str) -> [usize; 3] {
    let mut largest: Vec<&Group> = released.groups().iter().collect();
    largest.sort_by_key(|it| core::cmp::Reverse(it.n));
    let [one, other, ..] = largest.as_slice() else {
        return [0; 3];
    };
    let comparison = compare::groups(
        dataset.codebook(),
        released,
        variable,
        &one.by[0].1,
        Some(&other.by[0].1),
    );
    let mut found = [0; 3];
    for figures in asked(dataset, core::slice::from_ref(*one), false) {
        let item = dataset.codebook().item(&figures.name).map(|it| it.1);
        if item.is_none_or(|it| it.kind == Kind::Multiple) {
            continue;
        }
        let contrast = comparison
            .questions
            .iter()
            .find(|it| it.name == figures.name);
        let Some(contrast) = contrast else { continue };
        let mut rows = contrast.rows.iter();
        let is_whole = contrast.hidden.is_none() && rows.all(|it| it.difference.is_some());
        let holds = [true, is_whole, contrast.test.is_some()];
        for (n, holds) in found.iter_mut().zip(holds) {
            *n += usize::from(holds);
        }
    }
    found
}

/// At least these shares of what a threshold would show, and so many questions that are tested between
/// the two largest groups.
fn check(dataset: &Dataset, by: &[(&[&str], f64, usize)]) {
    let mut poor = Vec::new();
    for (names, least, least_tested) in by {
        let query = Query {
            groups: names.iter().map(|it| (*it).to_owned()).collect(),
            ..Query::default()
        };
        let released = dataset.tabulate(&query, &Protection::RESIDENTS);
        assert_eq!(released.refusal(), None);
        let shown = rows(dataset, released.groups()).count();
        let bare = dataset.tabulate(&query, &Protection::none());
        let codebook = dataset.codebook();
        let large = rows(dataset, bare.groups()).filter(|(figures, count)| {
            let sensitive = codebook
                .item(&figures.name)
                .is_some_and(|(_, it)| it.sensitive);
            let minimum = if sensitive { 10 } else { 5 };
            let is_large = figures.n.is_some_and(|n| n == 0 || n >= minimum);
            is_large && (*count == 0 || *count >= minimum)
        });
        let enough = Protection::RESIDENTS.score_minimum;
        let means = middles(dataset, released.groups(), enough);
        let large_means = middles(dataset, bare.groups(), enough);
        let large = large.count() + large_means;
        let shown = shown + means;
        let all = rows(dataset, bare.groups()).count() + middles(dataset, bare.groups(), 1);
        let follow_ups = released.groups().iter().flat_map(|it| &it.questions);
        let follow_ups = follow_ups.filter(|it| is_follow_up(codebook, &it.name) && it.n.is_some());
        let follow_ups: Vec<&str> = follow_ups.map(|it| it.name.as_str()).collect();
        println!(
            "{names:?}: follow-ups in {} groups: {follow_ups:?}",
            follow_ups.len()
        );
        if let [variable] = names {
            let [n, whole, tested] = compared(dataset, &released, variable);
            println!(
                "{names:?}: of {n} questions with one answer {whole} are shown whole in the two \
                 largest groups, {tested} are tested between them"
            );
            if tested < *least_tested {
                poor.push(format!("{names:?}: only {tested} are tested"));
            }
        }
        let groups = released.groups().iter().filter(|it| it.n.is_some()).count();
        println!(
            "{names:?}: {shown} of {all} cells are shown, a threshold alone would show {large}; \
             of numbers {means}, {large_means}; {groups} of {} groups",
            released.groups().len()
        );
        #[expect(clippy::cast_precision_loss, reason = "only a share")]
        let share = shown as f64 / large as f64;
        if share < *least {
            poor.push(format!("{names:?}: only {share:.3}"));
        }
    }
    assert_eq!(poor, Vec::<String>::new());
}

/// Beside results that were published earlier by another variable; how long it takes is printed.
#[test]
fn the_sample_stays_useful_beside_results_that_were_published_earlier() {
    for (n, early, least) in [(400, 300, 427), (1000, 700, 1008)] {
        let publication = Publication {
            base: Base::All,
            rounding: Rounding::HalfUp,
            breakdowns: vec!["gender".to_owned()],
            day: "2026-11-25".parse().expect("a day"),
            sample: false,
        };
        let published = sample(early).publish(&publication, &Protection::RESIDENTS);
        let published = Published::open(&published.expect("enough")).expect("whole");
        let mut dataset = sample(n);
        assert!(dataset.published_before(published));
        let query = Query {
            groups: vec!["municipality".to_owned()],
            ..Query::default()
        };
        let start = std::time::Instant::now();
        let release = dataset.tabulate(&query, &Protection::RESIDENTS);
        let taken = start.elapsed();
        let shown = rows(&dataset, release.groups()).count();
        println!("{n} answers, {early} of them published: {shown} cells are shown, in {taken:?}");
        assert!(shown >= least, "only {shown}");
    }
}
