//! A frame that is given beside the survey.

use crate::village::{answered, bare};
use insight::published::{Publication, Published};
use insight::{Base, Codebook, Dataset, Loader, Protection, Query, Rounding};
use questionnaire::definition::Survey;
use wire::Results;

const SURVEY: &str = r#"{"pages":[{"name":"p","elements":[
    {"type":"dropdown","name":"municipality","choices":["061","082","103","109"],"kuuluu":{"role":"background"}},
    {"type":"boolean","name":"plan"}]}],
  "kuuluu":{"id":"plans","mode":"organisation","languages":["fi"]}}"#;

const FRAME: &str = r#"[
    {"code":"061","fi":"Forssa","sv":"Forssa","subregion":"Forssan seutu"},
    {"code":"103","name":"Humppila","subRegion":"Forssan seutu"},
    {"code":"082","name":{"fi":"Hattula"},"subregion":"Hämeenlinnan seutu"},
    {"code":"109","fi":"Hämeenlinna","sv":"Tavastehus","subregion":""}]"#;

fn codebook() -> Codebook {
    Codebook::of(&Survey::parse(SURVEY).survey)
}

#[test]
fn who_has_not_answered_or_did_so_twice_is_named_and_all_are_counted_by_sub_region() {
    let mut codebook = codebook();
    codebook.take_frame(FRAME).expect("a frame");
    let names = codebook.frame.iter();
    let names = names.map(|it| it.name.get("fi").or(it.name.get("default")));
    let names: Vec<Option<&str>> = names.collect();
    assert_eq!(
        names,
        ["Forssa", "Humppila", "Hattula", "Hämeenlinna"].map(Some)
    );
    let mut loader = Loader::new(Dataset::new(codebook.clone()));
    loader.push(
        b"{\"answers\":{\"municipality\":\"061\"}}\n{\"answers\":{\"municipality\":\"109\"}}\n{\"answers\":{\"municipality\":\"061\"}}\n",
    );
    let release = bare(&loader.finish().0, &Query::default());
    let response = release.response().expect("a frame");
    assert_eq!((response.asked, response.answered), (4, Some(2)));
    assert_eq!(response.percent, Some(50.0));
    assert_eq!(
        response.waiting.as_deref(),
        Some(&["103".to_owned(), "082".to_owned()][..])
    );
    let repeated = response.repeated.iter();
    let repeated: Vec<_> = repeated.map(|it| (it.code.as_str(), it.answers)).collect();
    assert_eq!(repeated, [("061", 2)]);
    let regions = response.sub_regions.iter();
    let regions = regions.map(|it| (it.name.as_str(), it.asked, it.answered));
    assert_eq!(
        regions.collect::<Vec<_>>(),
        [
            ("Forssan seutu", 2, Some(1)),
            ("Hämeenlinnan seutu", 1, Some(0))
        ]
    );
    let edition = crate::exports::edition(&codebook);
    let written = insight::export::summary_json(&release, &edition);
    let written = written.get("response").map(json::Value::to_string);
    let expected = concat!(
        r#"{"asked":4,"answered":2,"percent":50,"waiting":["103","082"],"#,
        r#""repeated":[{"code":"061","answers":2}],"subRegions":["#,
        r#"{"name":"Forssan seutu","asked":2,"answered":1,"percent":50},"#,
        r#"{"name":"Hämeenlinnan seutu","asked":1,"answered":0,"percent":0}]}"#
    );
    assert_eq!(written.as_deref(), Some(expected));
}

#[test]
fn what_is_published_names_those_who_answered_twice_and_nobody_else_who_was_asked() {
    let mut codebook = codebook();
    codebook.take_frame(FRAME).expect("a frame");
    let mut loader = Loader::new(Dataset::new(codebook));
    for code in ["061", "109", "061"] {
        loader.push(format!("{{\"answers\":{{\"municipality\":\"{code}\"}}}}\n").as_bytes());
    }
    let publication = Publication {
        base: Base::Valid,
        rounding: Rounding::HalfUp,
        breakdowns: Vec::new(),
        day: "2026-11-25".parse().expect("a day"),
        sample: false,
    };
    let (dataset, _) = loader.finish();
    let made = dataset.publish(&publication, &Protection::none());
    let text = made.expect("may be shown").to_json();
    assert!(
        text.contains("Forssa") && !text.contains("Hattula"),
        "{text}"
    );
    let published = Published::open(&Results::parse(&text).expect("a snapshot"));
    let published = published.expect("belongs together");
    let response = published.whole.response().expect("a frame");
    assert_eq!((response.asked, response.answered), (4, Some(2)));
    let repeated = response.repeated.iter();
    let repeated: Vec<_> = repeated.map(|it| (it.code.as_str(), it.answers)).collect();
    assert_eq!(repeated, [("061", 2)]);
    let names: Vec<_> = published
        .codebook
        .frame
        .iter()
        .map(|it| it.code.as_str())
        .collect();
    assert_eq!(names, ["061"]);
}

#[test]
fn a_frame_that_is_not_one_says_where_and_leaves_the_old_one() {
    let mut codebook = codebook();
    codebook.take_frame(FRAME).expect("a frame");
    for (text, reason) in [
        ("{}", "expected a list of units"),
        ("[]", "expected at least one unit"),
        (
            r#"[{"code":"061"},{"fi":"Hattula"}]"#,
            "/1/code: expected a text",
        ),
        (r#"[{"code":61}]"#, "/0/code: expected a text"),
        (r#"[{"code":""}]"#, "/0/code: expected a text"),
        (
            r#"[{"code":"a"},{"code":"a"}]"#,
            "/1/code: a is there twice",
        ),
    ] {
        assert_eq!(codebook.take_frame(text), Err(reason.to_owned()), "{text}");
        assert_eq!(codebook.frame.len(), 4);
    }
    let broken = codebook.take_frame("[");
    assert!(broken.is_err_and(|it| it.starts_with("not JSON: line 1")));
}

#[test]
fn residents_do_not_answer_for_their_municipality() {
    let release = bare(
        &answered(&[r#""municipality":"hml""#; 20]),
        &Query::default(),
    );
    assert_eq!(release.response(), None);
    let mut codebook = crate::village::codebook();
    let frame = r#"[{"code":"hml","fi":"Hämeenlinna"},{"code":"rii","fi":"Riihimäki"}]"#;
    codebook.take_frame(frame).expect("a frame");
    let mut loader = Loader::new(Dataset::new(codebook.clone()));
    loader.push(crate::village::lines(&[r#""municipality":"hml""#; 20]).as_bytes());
    let release = bare(&loader.finish().0, &Query::default());
    assert_eq!(release.response(), None);
}
