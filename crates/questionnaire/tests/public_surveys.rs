//! The surveys that ship with the app.

use std::fs;
use std::path::Path;

use json::Severity;
use questionnaire::definition::Survey;

#[test]
fn the_surveys_that_ship_have_no_problems() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/surveys");
    let mut read = 0;
    for entry in fs::read_dir(folder).expect("public/surveys") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|it| it != "json") {
            continue;
        }
        let parsed = Survey::parse(&fs::read_to_string(&path).expect("a text"));
        let problems: Vec<String> = parsed
            .problems
            .iter()
            .filter(|problem| problem.severity == Severity::Error)
            .map(|problem| format!("{} {problem}", problem.code))
            .collect();
        assert_eq!(problems, Vec::<String>::new(), "{}", path.display());
        assert!(!parsed.survey.pages.is_empty());
        assert!(parsed.survey.kuuluu.id.is_some());
        read += 1;
    }
    assert!(read >= 4);
}
