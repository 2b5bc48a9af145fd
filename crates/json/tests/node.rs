//! Reading a document with paths: what is wrong, where, and what is expected.

use json::{Node, Problems, Severity, Value};

fn lines(text: &str, read: impl FnOnce(&Node<'_>)) -> Vec<String> {
    let value = Value::parse(text).expect("JSON");
    let problems = Problems::new();
    read(&Node::root(&value, &problems));
    problems
        .into_vec()
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[test]
fn every_problem_says_where_it_stands() {
    let said = lines(r#"{"pages": [{"name": 1}, "x"]}"#, |root| {
        for page in root.member("pages").expect("there").items() {
            if page.object().is_some() {
                let _ = page.member("name").and_then(|it| it.text());
            }
            page.missing("title", "a title");
        }
    });
    assert_eq!(
        said,
        [
            "/pages/0/name: found 1, expected a text",
            "/pages/0/title: found nothing, expected a title",
            "/pages/1: found \"x\", expected an object",
            "/pages/1/title: found nothing, expected a title",
        ]
    );
}

#[test]
fn names_are_escaped_in_paths_as_json_pointer_asks() {
    let said = lines(r#"{"a/b~c": 1}"#, |root| {
        let _ = root.member("a/b~c").and_then(|it| it.bool());
        root.missing("d/e~f", "a value");
    });
    assert_eq!(
        said,
        [
            "/a~1b~0c: found 1, expected true or false",
            "/d~1e~0f: found nothing, expected a value",
        ]
    );
}

#[test]
fn unknown_members_are_told_with_the_name_that_was_probably_meant() {
    let said = lines(r#"{"titel": "x", "colour": 1, "title": "y"}"#, |root| {
        root.only(Severity::Warning, &["title", "name"]);
    });
    assert_eq!(
        said,
        [
            "/titel: found \"x\", expected no such member (did you mean \"title\"?)",
            "/colour: found 1, expected no such member",
        ]
    );
}

#[test]
fn a_member_that_is_null_counts_as_missing() {
    let said = lines(r#"{"a": null}"#, |root| {
        assert!(root.member("a").is_none());
        assert!(root.required("a", "a number").is_none());
    });
    assert_eq!(said, ["/a: found nothing, expected a number"]);
}

#[test]
fn the_document_itself_can_be_of_the_wrong_kind() {
    for (text, expected) in [
        ("[]", "/: found a list of 0, expected an object"),
        ("null", "/: found null, expected an object"),
        ("-0.5", "/: found -0.5, expected an object"),
    ] {
        let said = lines(text, |root| assert!(root.object().is_none()));
        assert_eq!(said, [expected]);
    }
    let long = format!("\"{}\"", "x".repeat(41));
    let said = lines(&long, |root| assert!(root.number().is_none()));
    assert_eq!(said, ["/: found a long text, expected a number"]);
}
