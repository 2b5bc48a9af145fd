//! `docs/openapi.yaml` says what the collector does.

use std::collections::BTreeSet;
use std::path::Path;

const DOCUMENT: &str = include_str!("../../../docs/openapi.yaml");

/// Every quoted `word/word` of the request handlers.
fn codes() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/http");
    let mut codes = BTreeSet::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let text = std::fs::read_to_string(entry.expect("an entry").path()).expect("reads");
        let quoted = text.split('"').skip(1).step_by(2);
        codes.extend(quoted.filter(|it| is_code(it)).map(str::to_owned));
    }
    codes
}

fn is_code(text: &str) -> bool {
    let word = |it: &str| !it.is_empty() && it.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    text.split_once('/')
        .is_some_and(|(kind, name)| kind != "application" && word(kind) && word(name))
}

#[test]
fn every_code_an_endpoint_may_answer_is_described() {
    let codes = codes();
    assert!(codes.len() > 15, "{codes:?}");
    for code in codes {
        assert!(DOCUMENT.contains(&format!("`{code}`")), "{code}");
    }
}

#[test]
fn every_path_and_media_type_is_described() {
    for path in [
        wire::routes::RESPONSE,
        wire::routes::RESPONSES,
        wire::routes::RESULTS,
    ] {
        assert!(DOCUMENT.contains(&format!("\n  {path}:\n")), "{path}");
    }
    for kind in [
        wire::BodyKind::Plain.media_type(),
        wire::PROBLEM_MEDIA_TYPE,
        wire::routes::NDJSON,
        wire::RESULTS_MEDIA_TYPE,
    ] {
        assert!(DOCUMENT.contains(&format!(" {kind}:\n")), "{kind}");
    }
    assert!(DOCUMENT.contains(&format!("const: {}", wire::RECEIPT_FORMAT)));
    assert!(DOCUMENT.contains(&format!("const: {}", wire::RESULTS_FORMAT)));
    assert_eq!(wire::MAX_RESULTS_BYTES, 4 * 1_048_576);
    assert!(DOCUMENT.contains("At most 4 MiB"));
    let limit = wire::MAX_BODY_BYTES.to_string();
    let (thousands, rest) = limit.split_at(limit.len() - 3);
    assert!(DOCUMENT.contains(&format!("At most {thousands},{rest} bytes")));
}
