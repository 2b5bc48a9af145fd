//! `docs/privacy.md` names tests that exist.

use std::path::Path;

const DOCUMENT: &str = include_str!("../../docs/privacy.md");

/// File and test of each "`file`: `test`, `test`; `file`: `test`" in the tables.
fn named() -> Vec<(&'static str, &'static str)> {
    let mut named = Vec::new();
    for row in DOCUMENT.lines().filter(|line| line.starts_with("| ")) {
        let Some(cell) = row.trim_end_matches(" |").rsplit(" | ").next() else {
            continue;
        };
        for part in cell.split("; ") {
            if let Some((file, tests)) = part.split_once(": ") {
                let quoted = tests.split('`').skip(1).step_by(2);
                named.extend(quoted.map(|test| (file.trim_matches('`'), test)));
            }
        }
    }
    named
}

#[test]
fn every_promise_names_a_test_that_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let named = named();
    assert!(named.len() > 25, "{named:?}");
    for (file, test) in named {
        let text = std::fs::read_to_string(root.join(file)).expect(file);
        let in_rust = format!("fn {test}(");
        let in_browser = format!("test(\"{test}\"");
        assert!(
            text.contains(&in_rust) || text.contains(&in_browser),
            "{file} has no test \"{test}\""
        );
    }
}

#[test]
fn every_promise_has_a_test() {
    let promises = DOCUMENT
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| promise"));
    for promise in promises {
        assert!(promise.contains("`: `"), "{promise}");
    }
}
