//! The demo's own configuration and legal texts.

use wire::config::Config;
use wire::legal::Legal;

fn read(file: &str) -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../public/").to_owned() + file;
    std::fs::read_to_string(path).expect("there")
}

#[test]
fn the_demo_is_configured_completely_and_in_every_language() {
    let config = Config::parse(&read("config.json")).expect("complete");
    assert_eq!(config.warnings, []);
    let legal = Legal::parse(&read("legal.json")).expect("complete");
    assert_eq!(legal.warnings, []);
    assert_eq!(legal.empty_fields(&config.languages), []);
    let statement = &legal.accessibility;
    let feedback = statement.get("feedback", "fi").expect("written");
    assert!(feedback.contains("14 vuorokauden"), "{feedback}");
    assert!(
        statement
            .get("enforcement", "fi")
            .expect("written")
            .contains("Traficom")
    );
}
