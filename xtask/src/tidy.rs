//! House rules that no compiler checks: who may know whom, equal words, literals in tokens only.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use json::Value;

use crate::command::{Outcome, files, output, program, read, root};

/// Which of our crates each of our packages may use; `ARCHITECTURE.md` says why.
const EDGES: [(&str, &[&str]); 12] = [
    ("json", &[]),
    ("questionnaire", &["json"]),
    ("wire", &["json"]),
    ("anonymity", &["json", "questionnaire", "wire"]),
    ("outbox", &[]),
    ("insight", &["json", "questionnaire", "wire"]),
    ("charts", &[]),
    ("collector", &["json", "wire"]),
    (
        "kuuluu-app",
        &[
            "json",
            "questionnaire",
            "wire",
            "anonymity",
            "outbox",
            "insight",
            "charts",
        ],
    ),
    (
        "insight-worker",
        &["json", "questionnaire", "wire", "insight"],
    ),
    (
        "cli",
        &[
            "json",
            "questionnaire",
            "wire",
            "anonymity",
            "insight",
            "charts",
            "collector",
        ],
    ),
    ("xtask", &["json", "questionnaire"]),
];

/// Crates without I/O, clock or ambient randomness.
const PURE: [&str; 7] = [
    "json",
    "questionnaire",
    "wire",
    "anonymity",
    "outbox",
    "insight",
    "charts",
];

const LANGUAGES: [&str; 4] = ["fi", "sv", "en", "fi-x-selko"];

/// Languages that an installation may add.
const FURTHER: [&str; 1] = ["ar"];

/// Languages that organisers are not offered.
const RESPONDENTS_ONLY: [&str; 2] = ["fi-x-selko", "ar"];

/// Checks everything and lists all that is wrong.
pub(crate) fn run() -> Outcome {
    let mut wrong = Vec::new();
    edges(&mut wrong)?;
    purity(&mut wrong)?;
    words(&mut wrong)?;
    style_literals(&mut wrong)?;
    sources(&mut wrong)?;
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(format!("house rules:\n  {}", wrong.join("\n  ")))
    }
}

fn edges(wrong: &mut Vec<String>) -> Outcome {
    let metadata = output(program("cargo").args([
        "metadata",
        "--no-deps",
        "--format-version",
        "1",
        "--locked",
    ]))?;
    let metadata = Value::parse(&metadata).map_err(|error| error.to_string())?;
    let allowed: BTreeMap<&str, &[&str]> = EDGES.into_iter().collect();
    let packages = metadata
        .get("packages")
        .and_then(Value::as_list)
        .unwrap_or_default();
    for package in packages {
        let name = package
            .get("name")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let Some(may) = allowed.get(name) else {
            wrong.push(format!(
                "package `{name}` is not in the table of xtask/src/tidy.rs"
            ));
            continue;
        };
        let dependencies = package
            .get("dependencies")
            .and_then(Value::as_list)
            .unwrap_or_default();
        for dependency in dependencies
            .iter()
            .filter(|it| it.get("path").is_some_and(|it| !it.is_null()))
        {
            let used = dependency
                .get("name")
                .and_then(Value::as_str)
                .unwrap_or_default();
            let only_in_tests = dependency.get("kind").and_then(Value::as_str) == Some("dev");
            if !may.contains(&used) && !only_in_tests {
                wrong.push(format!("`{name}` must not know `{used}`"));
            }
        }
    }
    Ok(())
}

fn purity(wrong: &mut Vec<String>) -> Outcome {
    let banned = [
        "std::fs",
        "std::net",
        "SystemTime",
        "Instant::now",
        "std::env",
        "thread_rng",
        "web_sys",
        "println!",
    ];
    for name in PURE {
        for file in rust_files(&root().join("crates").join(name).join("src")) {
            let text = read(&file)?;
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for (number, line) in code.lines().enumerate() {
                let code = line.split("//").next().unwrap_or_default();
                if let Some(word) = banned.iter().find(|word| code.contains(**word)) {
                    wrong.push(format!(
                        "{}:{}: {word} in a pure crate",
                        relative(&file),
                        number + 1
                    ));
                }
            }
        }
    }
    Ok(())
}

/// Every language says the same things with the same placeholders.
fn words(wrong: &mut Vec<String>) -> Outcome {
    for prefix in ["", "organise."] {
        let mut reference: Option<BTreeMap<String, BTreeSet<String>>> = None;
        for language in LANGUAGES.into_iter().chain(FURTHER) {
            let path = root().join(format!("public/words/{prefix}{language}.json"));
            if prefix == "organise." && RESPONDENTS_ONLY.contains(&language) && !path.exists() {
                continue;
            }
            let found = Value::parse(&read(&path)?)
                .map_err(|error| format!("{}: {error}", path.display()))?;
            let mut texts = BTreeMap::new();
            for (key, text) in found.as_object().into_iter().flat_map(json::Object::iter) {
                let text = text.as_str().unwrap_or_default();
                if text.trim().is_empty() {
                    wrong.push(format!("{}: `{key}` is empty", relative(&path)));
                }
                texts.insert(key.to_owned(), placeholders(text));
            }
            let Some(reference) = &reference else {
                reference = Some(texts);
                continue;
            };
            for (key, marks) in reference {
                match texts.get(key) {
                    None => wrong.push(format!("{}: `{key}` is missing", relative(&path))),
                    Some(found) if found != marks => {
                        wrong.push(format!(
                            "{}: `{key}` has other placeholders",
                            relative(&path)
                        ));
                    }
                    Some(_) => {}
                }
            }
            for key in texts.keys().filter(|key| !reference.contains_key(*key)) {
                wrong.push(format!("{}: `{key}` is not in Finnish", relative(&path)));
            }
        }
    }
    Ok(())
}

fn placeholders(text: &str) -> BTreeSet<String> {
    let parts = text
        .split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}'));
    parts.map(|(name, _)| name.to_owned()).collect()
}

/// Colours stand in the tokens only; nothing is styled for standing after anything, because then
/// the browser styles a whole page anew whenever something comes into it.
fn style_literals(wrong: &mut Vec<String>) -> Outcome {
    for file in files(&root().join("style")) {
        if file.file_name().is_some_and(|name| name == "tokens.css") {
            continue;
        }
        for (number, line) in read(&file)?.lines().enumerate() {
            let value = line.split_once(':').map_or("", |(_, value)| value);
            if line.contains("+ *") {
                wrong.push(format!(
                    "{}:{}: `* + *` costs a whole page; write `:where(:not(:first-child))`",
                    relative(&file),
                    number + 1
                ));
            }
            let colour = ["rgb(", "rgba(", "hsl(", "oklch("]
                .iter()
                .any(|it| value.contains(it))
                || value.split([' ', ',', '(']).any(|word| {
                    word.strip_prefix('#').is_some_and(|hex| {
                        let hex = hex.trim_end_matches([';', ')', '}']);
                        hex.len() >= 3 && hex.chars().all(|it| it.is_ascii_hexdigit())
                    })
                });
            if colour {
                wrong.push(format!(
                    "{}:{}: a colour outside tokens.css",
                    relative(&file),
                    number + 1
                ));
            }
        }
    }
    Ok(())
}

/// No HTML from strings, no request to a host that is compiled in.
fn sources(wrong: &mut Vec<String>) -> Outcome {
    for file in rust_files(&root().join("src")) {
        let text = read(&file)?;
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            if ["inner_html", "innerHTML", "dangerously"]
                .iter()
                .any(|it| code.contains(it))
            {
                wrong.push(format!(
                    "{}:{}: HTML from a string",
                    relative(&file),
                    number + 1
                ));
            }
        }
    }
    Ok(())
}

fn rust_files(folder: &Path) -> Vec<std::path::PathBuf> {
    files(folder)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|it| it == "rs"))
        .collect()
}

fn relative(path: &Path) -> String {
    path.strip_prefix(root())
        .unwrap_or(path)
        .display()
        .to_string()
}
