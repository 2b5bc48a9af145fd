//! The surveys that ship with the app.

use std::fs;
use std::path::Path;

use json::Value;
use questionnaire::definition::Survey;
use questionnaire::lint::lint;

#[test]
fn the_surveys_that_ship_have_no_problems() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/surveys");
    let mut read = 0;
    for entry in fs::read_dir(folder).expect("public/surveys") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|it| it != "json") {
            continue;
        }
        let document = Value::parse(&fs::read_to_string(&path).expect("a text")).expect("JSON");
        let parsed = Survey::read(&document);
        assert!(!parsed.survey.pages.is_empty());
        let findings: Vec<String> = lint(&document, &parsed)
            .iter()
            .map(|finding| format!("{} {finding}", finding.code))
            .collect();
        assert_eq!(findings, Vec::<String>::new(), "{}", path.display());
        read += 1;
    }
    assert!(read >= 4);
}
