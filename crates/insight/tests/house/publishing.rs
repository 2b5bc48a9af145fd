//! What becomes public, and reading it again.

use insight::published::{Publication, Published};
use insight::{Base, Protection, Query, Release, Rounding};
use wire::Results;

use crate::exports::village;

fn publication(breakdowns: &[&str]) -> Publication {
    Publication {
        base: Base::Valid,
        rounding: Rounding::LargestRemainder,
        breakdowns: breakdowns.iter().map(|it| (*it).to_owned()).collect(),
        day: "2026-11-25".parse().expect("a day"),
        sample: false,
    }
}

fn by(groups: &[&str]) -> Release {
    let query = Query {
        groups: groups.iter().map(|it| (*it).to_owned()).collect(),
        rounding: Rounding::LargestRemainder,
        ..Query::default()
    };
    village().tabulate(&query, &Protection::RESIDENTS)
}

#[test]
fn what_was_published_reads_back_as_the_organiser_sees_it() {
    let made = village()
        .publish(&publication(&["municipality"]), &Protection::RESIDENTS)
        .expect("may be shown");
    let read = Results::parse(&made.to_json()).expect("a snapshot");
    assert_eq!(read, made);
    let published = Published::open(&read).expect("belongs together");
    assert_eq!(published.whole.questions(), by(&[]).questions());
    let parts = published.release(Some("municipality"));
    assert_eq!(parts.groups(), by(&["municipality"]).groups());
    assert_eq!(parts.questions(), by(&["municipality"]).questions());
    assert_eq!(published.release(Some("age_band")).groups(), []);
}

#[test]
fn nothing_hidden_is_in_the_file_and_no_text_of_a_person() {
    let made = village()
        .publish(&publication(&["municipality"]), &Protection::RESIDENTS)
        .expect("may be shown");
    let parts = by(&["municipality"]);
    assert!(!parts.audit().is_empty());
    for breakdown in &made.breakdowns {
        for group in &breakdown.groups {
            for figures in &group.figures {
                for row in figures.rows.iter().chain(&figures.boxes) {
                    assert_eq!(row.hidden.is_some(), row.count.is_none());
                    assert!(row.hidden.is_none() || row.percent.is_none());
                }
            }
        }
    }
    assert!(!made.to_json().contains("\"responses\""));
}

#[test]
fn what_may_not_be_shown_cannot_be_published() {
    let few = crate::village::answered(&[r#""moved":true"#; 3]);
    assert!(
        few.publish(&publication(&[]), &Protection::RESIDENTS)
            .is_err()
    );
    let other = village().publish(&publication(&["wishes"]), &Protection::RESIDENTS);
    assert!(other.is_err());
}

#[test]
fn a_snapshot_whose_parts_do_not_belong_together_is_not_opened() {
    let made = village()
        .publish(&publication(&["municipality"]), &Protection::RESIDENTS)
        .expect("may be shown");
    let mut strange = made.clone();
    strange.figures[0].name = "nobody".to_owned();
    assert!(Published::open(&strange).is_none());
    let mut twice = made.clone();
    let first = twice.questions[0].clone();
    twice.questions.push(first);
    assert!(Published::open(&twice).is_none());
    let mut by_outcome = made;
    by_outcome.breakdowns[0].by = "moved".to_owned();
    assert!(Published::open(&by_outcome).is_none());
}
