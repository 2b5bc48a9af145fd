//! The demo's own configuration.

use wire::config::Config;

#[test]
fn the_demo_is_configured_completely_and_in_every_language() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../public/config.json");
    let text = std::fs::read_to_string(path).expect("there");
    let config = Config::parse(&text).expect("complete");
    assert_eq!(config.warnings, []);
    assert_eq!(config.legal.empty_fields(&config.languages), []);
    let statement = &config.legal.accessibility;
    let feedback = statement.get("feedback", "fi").expect("written");
    assert!(feedback.contains("14 vuorokauden"), "{feedback}");
    assert!(
        statement
            .get("enforcement", "fi")
            .expect("written")
            .contains("Traficom")
    );
}
