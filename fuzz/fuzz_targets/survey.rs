//! Any text as a survey file: read, linted, and what is read says the same twice.
#![no_main]

use json::Value;
use libfuzzer_sys::fuzz_target;
use questionnaire::definition::Survey;
use questionnaire::lint::lint;

fuzz_target!(|data: &str| {
    let Ok(document) = Value::parse(data) else {
        assert!(!Survey::parse(data).problems.is_empty());
        return;
    };
    let parsed = Survey::read(&document);
    let again = Survey::read(&document);
    assert_eq!(format!("{parsed:?}"), format!("{again:?}"));
    for finding in lint(&document, &parsed) {
        assert!(!finding.expected.is_empty());
    }
});
