//! What becomes public, and reading it again.

use insight::protocol::{Layout, Reply, Request};
use insight::published::{Publication, Published};
use insight::release::Refusal;
use insight::{Base, Desk, Protection, Query, Release, Rounding};
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

/// So many who like it and so many who do not, in two municipalities.
fn moods(good: usize, bad: usize) -> Vec<String> {
    let one = |place: &str, mood: u8, n: usize| {
        vec![format!(r#""municipality":"{place}","mood":{mood}"#); n]
    };
    [
        one("hml", 5, good),
        one("hml", 2, bad),
        one("rii", 5, 20),
        one("rii", 2, 30),
    ]
    .concat()
}

fn published(people: &[String]) -> Published {
    let made = crate::village::answered(people)
        .publish(&publication(&["municipality"]), &Protection::RESIDENTS)
        .expect("may be shown");
    Published::open(&made).expect("belongs together")
}

#[test]
fn nothing_is_shown_while_only_a_few_have_answered_since_results_were_published() {
    let first = published(&moods(25, 25));
    let refusal = |now: &[String]| {
        let mut now = crate::village::answered(now);
        assert!(now.published_before(first.clone()));
        let shown = now.tabulate(&Query::default(), &Protection::RESIDENTS);
        let again = now.publish(&publication(&[]), &Protection::RESIDENTS);
        assert_eq!(again.err().as_ref(), shown.refusal());
        shown.refusal().cloned()
    };
    // Two came, or two were taken out; the same as before tells nothing.
    assert_eq!(refusal(&moods(27, 25)), Some(Refusal::TooSoon));
    assert_eq!(refusal(&moods(25, 23)), Some(Refusal::TooSoon));
    assert_eq!(refusal(&moods(25, 25)), None);
    assert_eq!(refusal(&moods(35, 35)), None);
}

#[test]
fn the_few_who_answered_in_between_are_not_given_away_by_the_difference() {
    let mut now = crate::village::answered(&moods(26, 44));
    let bare = now.tabulate(&Query::default(), &Protection::RESIDENTS);
    let count = |release: &Release, value: f64| {
        let rows = release.figures("mood").map(|it| it.rows.as_slice());
        let mut rows = rows.unwrap_or_default().iter();
        let row = rows.find(|it| it.label == insight::release::Label::Value(value.into()));
        row.and_then(|it| it.count)
    };
    assert_eq!(count(&bare, 5.0), Some(46));
    // Of the twenty who came, one said 5.
    now.published_before(published(&moods(25, 25)));
    let careful = now.tabulate(&Query::default(), &Protection::RESIDENTS);
    assert_eq!(careful.head().n, Some(120));
    assert_eq!(count(&careful, 5.0), None);
    assert_eq!(count(&careful, 2.0), None, "the rest would tell");
}

#[test]
fn results_of_another_round_are_other_answers() {
    let mut other = published(&moods(25, 25));
    other.codebook.round = Some("2025".to_owned());
    let mut now = crate::village::answered(&moods(27, 25));
    assert!(!now.published_before(other));
    let release = now.tabulate(&Query::default(), &Protection::RESIDENTS);
    assert_eq!(release.refusal(), None);
}

#[test]
fn the_worker_keeps_to_what_it_was_told_is_public() {
    let made = crate::village::answered(&moods(25, 25))
        .publish(&publication(&[]), &Protection::RESIDENTS)
        .expect("may be shown");
    let mut desk = Desk::new();
    let mut ask = |request: Request| {
        let read = Request::read(&request.to_text()).expect("a request");
        assert_eq!(read, request);
        let reply = desk.ask(read)?;
        assert_eq!(Reply::read(&reply.to_text()), Ok(reply.clone()));
        Some(reply)
    };
    ask(Request::Open {
        definition: crate::village::SURVEY.to_owned(),
        minima: None,
    });
    let broken = ask(Request::Before {
        results: "{}".to_owned(),
    });
    assert!(matches!(broken, Some(Reply::Failed { .. })), "{broken:?}");
    let noted = ask(Request::Before {
        results: made.to_json(),
    });
    assert_eq!(noted, Some(Reply::Noted { counts: true }));
    ask(Request::Begin {
        source: String::new(),
        layout: Layout::Ndjson,
        bytes: None,
    });
    desk.read(crate::village::lines(&moods(26, 26)).as_bytes());
    desk.ask(Request::End);
    let reply = desk.ask(Request::Publish(publication(&[])));
    assert_eq!(reply, Some(Reply::Published(Err(Refusal::TooSoon))));
}
