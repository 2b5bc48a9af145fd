//! What people wrote, and when it is shown.

use insight::archive::Backgrounds;
use insight::release::Hidden;
use insight::{Protection, Query};

use crate::village::answered;

fn written(n: usize) -> insight::Dataset {
    let mut people: Vec<String> = (0..n)
        .map(|ix| format!(r#""wishes":"wish {}""#, 99 - ix))
        .collect();
    people.extend((0..30).map(|_| r#""mood":5"#.to_owned()));
    answered(&people)
}

#[test]
fn open_answers_are_shown_from_ten_on_and_sorted() {
    let few = written(9).open_answers("wishes", &Protection::RESIDENTS);
    assert_eq!((few.texts.len(), few.hidden), (0, Some(Hidden::TooFew)));
    let enough = written(10).open_answers("wishes", &Protection::RESIDENTS);
    assert_eq!((enough.texts.len(), enough.hidden), (10, None));
    assert!(enough.texts.is_sorted());
}

#[test]
fn nobody_wrote_is_no_secret_and_a_closed_question_has_no_texts() {
    let none = written(0).open_answers("wishes", &Protection::RESIDENTS);
    assert_eq!((none.texts.len(), none.hidden), (0, None));
    let closed = written(20).open_answers("mood", &Protection::RESIDENTS);
    assert_eq!((closed.texts.len(), closed.hidden), (0, None));
}

#[test]
fn no_export_carries_what_people_wrote() {
    let dataset = written(20);
    let release = dataset.tabulate(&Query::default(), &Protection::RESIDENTS);
    let edition = crate::exports::edition(dataset.codebook());
    assert!(!insight::export::csv(&release, &edition).contains("wish 9"));
    assert!(
        !dataset
            .archive(&Protection::RESIDENTS, Backgrounds::Kept)
            .csv
            .contains("wish 9")
    );
}
