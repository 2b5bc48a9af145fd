//! The word files are complete: equal keys in every language, and every key that the app asks for.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use json::Value;

const LANGUAGES: [&str; 4] = ["fi", "sv", "en", "fi-x-selko"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn words(language: &str) -> Vec<(String, String)> {
    let path = root().join(format!("public/words/{language}.json"));
    let text = fs::read_to_string(path).expect("the file is there");
    let document = Value::parse(&text).expect("JSON");
    let members = document.as_object().expect("an object");
    members
        .iter()
        .map(|(key, text)| (key.to_owned(), text.as_str().expect("a text").to_owned()))
        .collect()
}

fn keys(language: &str) -> BTreeSet<String> {
    words(language).into_iter().map(|(key, _)| key).collect()
}

/// Names of the placeholders of a text, in alphabetical order.
fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

/// Every literal key in a call of `t`, `t_with`, `t_once` or `maybe` below `folder`.
fn asked_for(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            asked_for(&path, found);
            continue;
        }
        let source = fs::read_to_string(&path).expect("a text file");
        for call in ["t(\"", "t_with(\"", "t_with(\n", "t_once(\"", "say(\""] {
            for (at, _) in source.match_indices(call) {
                let before = source[..at].chars().next_back();
                if before.is_some_and(|it| it.is_alphanumeric() || it == '_' || it == '.') {
                    continue;
                }
                let rest = source[at + call.len()..]
                    .trim_start()
                    .trim_start_matches('"');
                let key: String = rest
                    .chars()
                    .take_while(|it| it.is_alphanumeric() || ".-_".contains(*it))
                    .collect();
                if key.contains('.') && rest[key.len()..].starts_with('"') {
                    found.insert(key);
                }
            }
        }
    }
}

#[test]
fn every_language_has_the_same_keys() {
    let finnish = keys("fi");
    for language in LANGUAGES {
        let other = keys(language);
        let differing: Vec<_> = finnish.symmetric_difference(&other).collect();
        assert!(differing.is_empty(), "{language}: {differing:?}");
    }
}

#[test]
fn no_text_is_empty_and_every_placeholder_stands_in_each_language() {
    let finnish = words("fi");
    for language in LANGUAGES {
        for ((key, text), (_, own)) in words(language).iter().zip(&finnish) {
            assert!(!text.trim().is_empty(), "{language}: {key}");
            assert_eq!(placeholders(text), placeholders(own), "{language}: {key}");
        }
    }
}

#[test]
fn every_key_that_answering_asks_for_has_its_words() {
    let mut asked = BTreeSet::new();
    for folder in ["src/respond", "src/ui", "src/words"] {
        asked_for(&root().join(folder), &mut asked);
    }
    let engine = [
        "other",
        "none",
        "refuse",
        "dontKnow",
        "selectAll",
        "yes",
        "no",
        "comment",
        "addRow",
        "removeRow",
        "addPanel",
        "removePanel",
        "noEntries",
        "choose",
        "total",
        "confirmDelete",
    ];
    asked.extend(engine.iter().map(|word| format!("engine.{word}")));
    let headings = wire::legal::ACCESSIBILITY_HEADINGS.iter();
    asked.extend(headings.map(|it| format!("legal.accessibility.{it}")));
    let fields = wire::legal::PRIVACY_FIELDS.iter();
    asked.extend(fields.map(|it| format!("legal.privacy.{it}")));
    assert!(
        asked.len() > 100,
        "the sources were searched: {}",
        asked.len()
    );
    let missing: Vec<_> = asked.difference(&keys("fi")).cloned().collect();
    assert!(missing.is_empty(), "{missing:?}");
}
