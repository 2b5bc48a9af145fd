//! What a respondent downloads before the first question, in bytes as sent.

use std::path::{Path, PathBuf};

use crate::command::{Outcome, files, read, root};
use crate::web::brotli;

/// What the first load of `/s/{survey}` is meant to take, in bytes with brotli.
const GOAL: usize = 110_000;

/// What it must not grow beyond until the goal is reached (docs/decisions/0005-first-load.md).
const CEILING: usize = 235_000;

/// The survey and language that are measured: the larger resident survey, the default language.
const DATA: [&str; 3] = ["config.json", "surveys/asukas.json", "words/fi.json"];

/// Prints each file's size and fails above the ceiling.
pub(crate) fn report() -> Outcome {
    let dist = root().join("dist");
    let mut total = 0;
    println!("First load of /s/asukas, bytes with brotli:");
    for file in first_load(&dist)? {
        let content =
            std::fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        let size = brotli(&content)?.len();
        total += size;
        println!(
            "{size:>8}  {}",
            file.strip_prefix(&dist).unwrap_or(&file).display()
        );
    }
    println!("{total:>8}  in all (goal {GOAL}, ceiling {CEILING})");
    if total > CEILING {
        return Err(format!(
            "the first load takes {total} bytes, more than {CEILING}"
        ));
    }
    let rest = files(&dist)
        .into_iter()
        .find(|it| it.to_string_lossy().ends_with("_rest.wasm"))
        .ok_or("dist has no second half of the respondent's program")?;
    let content = std::fs::read(&rest).map_err(|error| error.to_string())?;
    println!(
        "{:>8}  {}, at the first touch",
        brotli(&content)?.len(),
        rest.strip_prefix(&dist).unwrap_or(&rest).display()
    );
    if total > GOAL {
        println!("The goal is missed by {} bytes.", total - GOAL);
    }
    Ok(())
}

/// The page and every file of ours that it names, with what it fetches at the start.
fn first_load(dist: &Path) -> Outcome<Vec<PathBuf>> {
    let page = dist.join("index.html");
    let html = read(&page)?;
    let mut found = vec![page];
    for word in html.split(['"', '\'']) {
        let name = word.trim_start_matches('/');
        let kind = Path::new(name).extension().and_then(|it| it.to_str());
        let path = dist.join(name);
        if matches!(kind, Some("js" | "css" | "wasm")) && path.is_file() && !found.contains(&path) {
            found.push(path);
        }
    }
    found.extend(DATA.iter().map(|name| dist.join(name)));
    Ok(found)
}
