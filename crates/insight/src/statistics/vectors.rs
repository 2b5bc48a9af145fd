//! Held against `SciPy`, statsmodels and pandas on random data.

use json::Value;

use super::descriptive::{deviation, mean, quantile};
use super::holm::holm;
use super::means::{Sample, welch};
use super::ranks::mann_whitney;
use super::shares::{cohens_h, difference, wilson};
use super::special::{chi_square_above, normal_two_sided, student_two_sided};
use super::tables::{Method, fisher, test};
use crate::columns::Sorted;

const VECTORS: &str = include_str!("../../../../tests/conformance/statistics.json");

fn cases(name: &str) -> Vec<Value> {
    let all = Value::parse(VECTORS).expect("the vectors are JSON");
    let cases = all.get(name).and_then(Value::as_list).expect(name).to_vec();
    assert!(cases.len() >= 10, "{name}");
    cases
}

fn number(case: &Value, name: &str) -> f64 {
    case.get(name).and_then(Value::as_f64).expect(name)
}

fn numbers(case: &Value, name: &str) -> Vec<f64> {
    let list = case.get(name).and_then(Value::as_list).expect(name);
    list.iter().filter_map(Value::as_f64).collect()
}

fn whole(number: f64) -> u32 {
    Value::Number(number)
        .to_string()
        .parse()
        .expect("a whole number")
}

fn pairs(case: &Value, name: &str) -> Vec<(u32, u32)> {
    let list = case.get(name).and_then(Value::as_list).expect(name);
    list.iter()
        .map(|it| {
            let pair = it.as_list().expect("a pair");
            (
                whole(pair[0].as_f64().expect("a count")),
                whole(pair[1].as_f64().expect("a count")),
            )
        })
        .collect()
}

/// Equal to twelve digits, or to as many behind the point for what is about 1.
#[track_caller]
fn same(ours: f64, theirs: f64, case: &Value) {
    let allowed = 1e-12 * theirs.abs().max(1.0);
    assert!(
        (ours - theirs).abs() <= allowed,
        "{ours} is not {theirs} in {}",
        case.to_string()
    );
}

/// Probabilities are compared by their ratio, so that small ones count as much as large ones.
#[track_caller]
fn likely(ours: f64, theirs: f64, case: &Value) {
    assert!(
        (ours - theirs).abs() <= 1e-9 * theirs + 1e-300,
        "{ours} is not {theirs} in {}",
        case.to_string()
    );
}

#[track_caller]
fn same_interval(ours: (f64, f64), case: &Value) {
    let theirs = numbers(case, "interval");
    same(ours.0, theirs[0], case);
    same(ours.1, theirs[1], case);
}

#[test]
fn distributions_agree() {
    for case in cases("distributions") {
        let of = |name| case.get(name).and_then(Value::as_f64);
        let ours = if let Some(x) = of("chiSquare") {
            chi_square_above(x, whole(number(&case, "degrees")))
        } else if let Some(t) = of("student") {
            student_two_sided(t, number(&case, "degrees"))
        } else {
            normal_two_sided(number(&case, "normal"))
        };
        likely(ours, number(&case, "p"), &case);
    }
}

#[test]
fn intervals_of_shares_agree() {
    for case in cases("wilson") {
        let frame = case.get("frame").and_then(Value::as_f64).map(whole);
        let (count, n) = (whole(number(&case, "count")), whole(number(&case, "n")));
        same_interval(wilson(count, n, frame).expect("somebody"), &case);
    }
}

#[test]
fn differences_of_shares_agree() {
    for case in cases("differences") {
        let side = |name| {
            let it = numbers(&case, name);
            let interval = wilson(whole(it[0]), whole(it[1]), None).expect("somebody");
            (it[0] / it[1], interval)
        };
        let (one, other) = (side("one"), side("other"));
        let (ours, interval) = difference(one, other);
        same(ours, number(&case, "difference"), &case);
        same_interval(interval, &case);
        same(cohens_h(one.0, other.0), number(&case, "h"), &case);
    }
}

#[test]
fn chi_square_agrees() {
    for case in cases("tables") {
        let tested = test(&pairs(&case, "pairs")).expect("a table");
        let Method::ChiSquare { statistic, degrees } = tested.method else {
            panic!("{tested:?}");
        };
        assert_eq!(
            (f64::from(degrees), tested.pooled),
            (number(&case, "degrees"), 0)
        );
        same(statistic, number(&case, "statistic"), &case);
        likely(tested.p, number(&case, "p"), &case);
        same(tested.v, number(&case, "v"), &case);
    }
}

#[test]
fn fishers_test_agrees() {
    for case in cases("fisher") {
        let rows = pairs(&case, "pairs");
        likely(fisher(rows[0], rows[1]), number(&case, "p"), &case);
    }
}

#[test]
fn tests_of_ranks_agree_with_ties_and_for_few() {
    for case in cases("ranks") {
        let ours = mann_whitney(&pairs(&case, "points")).expect("two groups");
        same(ours.u, number(&case, "u"), &case);
        same(ours.rank_biserial, number(&case, "rankBiserial"), &case);
        assert_eq!(Some(ours.exact), case.get("exact").and_then(Value::as_bool));
        likely(ours.p, number(&case, "p"), &case);
    }
}

#[test]
fn differences_of_means_agree() {
    for case in cases("means") {
        let samples = case.get("samples").and_then(Value::as_list).expect("two");
        let sample = |ix: usize| {
            let it: Vec<f64> = samples[ix]
                .as_list()
                .expect("n, mean, deviation")
                .iter()
                .filter_map(Value::as_f64)
                .collect();
            Sample {
                n: whole(it[0]),
                mean: it[1],
                deviation: it[2],
            }
        };
        let ours = welch(sample(0), sample(1)).expect("spread");
        same(ours.t, number(&case, "t"), &case);
        same(ours.degrees, number(&case, "degrees"), &case);
        likely(ours.p, number(&case, "p"), &case);
        same_interval(ours.interval, &case);
        same(ours.d, number(&case, "d"), &case);
    }
}

#[test]
fn corrections_for_many_tests_agree() {
    for case in cases("families") {
        let ours = holm(&numbers(&case, "p"));
        for (ours, theirs) in ours.into_iter().zip(numbers(&case, "holm")) {
            likely(ours, theirs, &case);
        }
    }
}

#[test]
fn middles_and_spreads_agree() {
    for case in cases("described") {
        let mut given = numbers(&case, "numbers");
        given.sort_by(f64::total_cmp);
        let given = Sorted::from_counts(given.into_iter().map(|it| (it, 1)));
        for (p, theirs) in [0.25, 0.5, 0.75]
            .into_iter()
            .zip(numbers(&case, "quartiles"))
        {
            same(quantile(&given, p).expect("numbers"), theirs, &case);
        }
        same(mean(&given).expect("numbers"), number(&case, "mean"), &case);
        same(
            deviation(&given).expect("numbers"),
            number(&case, "deviation"),
            &case,
        );
    }
}
