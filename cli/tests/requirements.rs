//! What the field asks of answering (accessibility ACC, language LAN, privacy PRI): each requirement
//! has a test that names it, and those that data can break are tested here.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use json::Value;

const SURVEYS: [&str; 4] = ["asukas", "resurssi", "kortti", "ennakko"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect(path)
}

fn document(path: &str) -> Value {
    Value::parse(&text(path)).expect(path)
}

fn survey(id: &str) -> Value {
    document(&format!("public/surveys/{id}.json"))
}

/// Calls `see` with every object inside `value`.
fn objects(value: &Value, see: &mut impl FnMut(&json::Object)) {
    match value {
        Value::Object(object) => {
            see(object);
            object.iter().for_each(|(_, it)| objects(it, see));
        }
        Value::List(list) => list.iter().for_each(|it| objects(it, see)),
        _ => {}
    }
}

/// Every text in a language with the object it stands in.
fn texts(value: &Value, language: &str) -> Vec<String> {
    let mut found = Vec::new();
    objects(value, &mut |object| {
        if let Some(text) = object.get(language).and_then(Value::as_str) {
            found.push(text.to_owned());
        }
    });
    found
}

/// Names and titles of all questions, with what their `kuuluu` extension says.
fn questions(survey: &Value) -> Vec<(String, json::Object)> {
    let mut found = Vec::new();
    objects(survey, &mut |object| {
        let is_question =
            object.get("type").is_some() && object.get("type") != Some(&"panel".into());
        if let Some(name) = object.get("name").and_then(Value::as_str)
            && is_question
        {
            found.push((name.to_owned(), object.clone()));
        }
    });
    found
}

fn files(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if path.is_dir() && !["target", "node_modules"].contains(&name.as_str()) {
            files(&path, extension, found);
        } else if name.ends_with(extension) {
            found.push(path);
        }
    }
}

/// The names of all tests: of the browser as they stand, of Rust as `acc_07_…` in `ACC-07_…`.
fn names() -> Vec<String> {
    let mut paths = Vec::new();
    files(&root().join("tests/browser"), ".spec.mjs", &mut paths);
    for folder in ["cli/tests", "crates"] {
        files(&root().join(folder), ".rs", &mut paths);
    }
    let mut names = Vec::new();
    for path in paths {
        let source = fs::read_to_string(&path).expect("a text");
        let mut is_test = false;
        for line in source.lines().map(str::trim) {
            if line.starts_with("test(") || line.starts_with("it(") {
                names.push(line.to_owned());
            } else if let Some(name) = line.strip_prefix("fn ").filter(|_| is_test) {
                names.push(name.to_uppercase().replacen('_', "-", 1));
            } else if let Some(name) = line.strip_prefix("async fn ").filter(|_| is_test) {
                names.push(name.to_uppercase().replacen('_', "-", 1));
            }
            is_test = line.starts_with("#[") && (is_test || line.contains("test"));
        }
    }
    names
}

#[test]
fn every_requirement_has_a_test_that_names_it() {
    let names = names();
    assert!(names.len() > 300, "{} tests", names.len());
    let ids = (1..=23)
        .map(|n| format!("ACC-{n:02}"))
        .chain((1..=5).map(|n| format!("LAN-{n:02}")))
        .chain([6, 7, 12].map(|n| format!("PRI-{n:02}")));
    let without: Vec<String> = ids
        .filter(|id| !names.iter().any(|it| it.contains(id.as_str())))
        .collect();
    assert_eq!(without, Vec::<String>::new());
}

#[test]
fn acc_11_a_started_answer_is_taken_for_half_an_hour_after_the_last_day() {
    let closing = |members: &str| {
        let text = format!(
            r#"{{"kuuluu":{{"id":"s","version":"1","languages":["fi"],"mode":"anonymous","closes":"2026-11-30"{members}}},"pages":[]}}"#
        );
        questionnaire::definition::Survey::parse(&text)
            .survey
            .kuuluu
            .grace_minutes
    };
    assert_eq!(closing(""), 30);
    assert_eq!(closing(r#","graceMinutes":5"#), 5);
}

#[test]
fn acc_17_nothing_is_asked_twice_in_one_sitting() {
    for id in SURVEYS {
        let all = questions(&survey(id));
        let mut names = BTreeSet::new();
        let mut titles = BTreeSet::new();
        for (name, question) in &all {
            assert!(names.insert(name), "{id}: {name} twice");
            let title = question.get("title").and_then(|it| it.get("fi"));
            if let Some(title) = title.and_then(Value::as_str) {
                assert!(titles.insert(title), "{id}: \"{title}\" twice");
            }
        }
        assert!(names.len() > 5, "{id}");
    }
    let ennakko = survey("ennakko");
    let all = questions(&ennakko);
    let (_, goals) = all
        .iter()
        .find(|(name, _)| name == "goals_status")
        .expect("goals");
    let given = goals
        .get("defaultValue")
        .and_then(Value::as_list)
        .expect("goals of last year");
    assert!(
        given.iter().all(|it| it.get("goal").is_some()),
        "last year's goals are named"
    );
    let (_, text) = all
        .iter()
        .find(|(name, _)| name == "goal_text")
        .expect("a goal's text");
    assert!(
        text.get("defaultValueExpression").is_some(),
        "last year's goals are filled in"
    );
}

#[test]
fn acc_22_the_documentation_can_be_read_by_everyone_and_says_what_helps() {
    let mut paths = Vec::new();
    files(&root().join("docs"), ".md", &mut paths);
    paths.extend(["README.md", "ARCHITECTURE.md", "SECURITY.md"].map(|it| root().join(it)));
    for path in paths {
        let source = fs::read_to_string(&path).expect("a text");
        let at = path.display();
        let mut level = 0;
        let mut is_code = false;
        for line in source.lines() {
            is_code ^= line.starts_with("```");
            let marks = line.chars().take_while(|it| *it == '#').count();
            if !is_code && marks > 0 && line.chars().nth(marks) == Some(' ') {
                assert!(marks <= level + 1, "{at}: \"{line}\" leaves out a level");
                level = marks;
            }
            assert!(!line.contains("![]("), "{at}: a picture without words");
            assert!(!line.contains("[here]("), "{at}: a link that says \"here\"");
        }
    }
    let said = text("docs/accessibility.md");
    for feature in [
        "keyboard",
        "screen reader",
        "320",
        "forced colours",
        "easy Finnish",
        "paper",
        "telephone",
        "Esc",
    ] {
        assert!(
            said.contains(feature),
            "docs/accessibility.md does not speak of {feature}"
        );
    }
    assert!(text("README.md").contains("docs/accessibility.md"));
}

#[test]
fn lan_01_finnish_swedish_and_english_say_the_same_things() {
    for id in SURVEYS {
        let mut seen = 0;
        objects(&survey(id), &mut |object| {
            if object.get("fi").is_some() {
                for language in ["sv", "en"] {
                    let text = object.get(language).and_then(Value::as_str);
                    assert!(
                        text.is_some_and(|it| !it.trim().is_empty()),
                        "{id}: {language} of {object:?}"
                    );
                }
                seen += 1;
            }
        });
        assert!(seen > 40, "{id}: {seen}");
    }
    for prefix in ["", "organise."] {
        let keys = |language: &str| -> Vec<String> {
            let words = document(&format!("public/words/{prefix}{language}.json"));
            words
                .as_object()
                .expect("an object")
                .keys()
                .map(str::to_owned)
                .collect()
        };
        assert_eq!(keys("fi"), keys("sv"));
        assert_eq!(keys("fi"), keys("en"));
    }
}

/// Words in each sentence.
fn lengths(texts: &[String]) -> Vec<usize> {
    texts
        .iter()
        .flat_map(|text| {
            let bare: String = text
                .replace("</p>", ". ")
                .split('<')
                .map(|it| it.split_once('>').map_or(it, |(_, rest)| rest))
                .collect();
            bare.split(['.', '?', '!', ':'])
                .map(|it| it.split_whitespace().count())
                .filter(|it| *it > 0)
                .collect::<Vec<_>>()
        })
        .collect()
}

#[expect(clippy::cast_precision_loss, reason = "a few thousand words")]
fn average(lengths: &[usize]) -> f64 {
    lengths.iter().sum::<usize>() as f64 / lengths.len() as f64
}

fn words(language: &str) -> Vec<String> {
    let words = document(&format!("public/words/{language}.json"));
    let words = words.as_object().expect("an object");
    words
        .iter()
        .filter_map(|(_, it)| it.as_str().map(str::to_owned))
        .collect()
}

#[test]
fn lan_03_finnish_sentences_are_short() {
    for id in SURVEYS {
        let lengths = lengths(&texts(&survey(id), "fi"));
        assert!(average(&lengths) <= 15.0, "{id}: {}", average(&lengths));
    }
    let lengths = lengths(&words("fi"));
    assert!(average(&lengths) <= 10.0, "{}", average(&lengths));
    assert!(
        lengths.iter().all(|it| *it <= 22),
        "{:?}",
        lengths.iter().max()
    );
}

#[test]
fn lan_04_easy_finnish_is_a_language_of_its_own_and_shorter() {
    for id in ["asukas", "kortti"] {
        let document = survey(id);
        let languages = document.get("kuuluu").and_then(|it| it.get("languages"));
        assert!(
            languages
                .and_then(Value::as_list)
                .is_some_and(|it| it.contains(&"fi-x-selko".into()))
        );
        let without: Vec<String> = questions(&document)
            .into_iter()
            .filter(|(_, it)| {
                it.get("title")
                    .is_some_and(|it| it.get("fi-x-selko").is_none())
            })
            .map(|(name, _)| name)
            .collect();
        assert_eq!(without, Vec::<String>::new(), "{id}");
    }
    let (plain, easy) = (lengths(&words("fi")), lengths(&words("fi-x-selko")));
    assert!(
        average(&easy) <= average(&plain),
        "{} > {}",
        average(&easy),
        average(&plain)
    );
    assert!(easy.iter().all(|it| *it <= 14), "{:?}", easy.iter().max());
    for guidance in ["asukas", "kortti"] {
        let document = document(&format!("public/data/guidance/{guidance}.json"));
        let n = texts(&document, "fi").len();
        for language in ["sv", "en", "fi-x-selko"] {
            assert_eq!(
                texts(&document, language).len(),
                n,
                "{guidance}, {language}"
            );
        }
    }
}

#[test]
fn pri_06_sensitive_questions_may_be_left_without_an_answer() {
    let mut sensitive = BTreeSet::new();
    for id in SURVEYS {
        for (name, question) in questions(&survey(id)) {
            let says = |what: &str| {
                question.get("kuuluu").and_then(|it| it.get(what)) == Some(&true.into())
            };
            if says("sensitive") {
                for must in ["isRequired", "requiredIf", "eachRowRequired"] {
                    assert_eq!(question.get(must), None, "{id}: {name} has {must}");
                }
                sensitive.insert(name);
            } else {
                assert!(
                    !says("helpBefore"),
                    "{id}: {name} needs help, but is not called sensitive"
                );
            }
        }
    }
    for name in [
        "srh",
        "mhi5",
        "mind_help",
        "nicotine",
        "audit_c1",
        "gambling_worry",
        "height_cm",
        "weight_kg",
        "food_worry",
        "safe_home",
        "k_safe",
    ] {
        assert!(sensitive.contains(name), "{name} is not called sensitive");
    }
}
