//! What a respondent downloads before the first question, in bytes as sent.

use std::path::{Path, PathBuf};

use crate::command::{Outcome, files, read, root};
use crate::halves;
use crate::web::brotli;

/// What the first load of `/s/{survey}` may take, in bytes with brotli
/// (docs/decisions/0005-first-load.md).
const LIMIT: usize = 110_000;

/// What the questionnaire engine may take of the first load, in bytes with brotli.
const ENGINE: usize = 45_000;

/// The survey and language that are measured: the larger resident survey, the default language.
const DATA: [&str; 3] = [
    "config.json",
    "surveys/asukas.fi.json",
    "words/fi.first.json",
];

/// Prints each file's size and fails above the limit.
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
    println!("{total:>8}  in all (at most {LIMIT})");
    if total > LIMIT {
        return Err(format!(
            "the first load takes {total} bytes, more than {LIMIT}; `cargo xtask first-load` \
             measures again what it needs"
        ));
    }
    let rest = files(&dist)
        .into_iter()
        .find(|it| it.to_string_lossy().ends_with(".rest.wasm"))
        .ok_or("dist has no second half of the respondent's program")?;
    let content = std::fs::read(&rest).map_err(|error| error.to_string())?;
    println!(
        "{:>8}  {}, at the first touch",
        brotli(&content)?.len(),
        rest.strip_prefix(&dist).unwrap_or(&rest).display()
    );
    engine(&content)
}

/// Prints the engine's share: its part of the code, times what the code takes with brotli.
fn engine(rest: &[u8]) -> Outcome {
    let weights = read(&halves::weights())?;
    let weights: Vec<usize> = weights
        .split(' ')
        .filter_map(|it| it.parse().ok())
        .collect();
    let [engine_first, engine, first, all] = weights[..] else {
        return Err(format!(
            "{} is not what the build writes",
            halves::weights().display()
        ));
    };
    let wasm = first_load(&root().join("dist"))?
        .into_iter()
        .find(|it| it.extension().is_some_and(|it| it == "bin"))
        .ok_or("dist has no program")?;
    let content = std::fs::read(&wasm).map_err(|error| error.to_string())?;
    let first_size = brotli(&content)?.len();
    let rest_size = brotli(rest)?.len();
    let in_first = first_size * engine_first / first.max(1);
    let in_rest = rest_size * (engine - engine_first) / (all - first).max(1);
    println!(
        "{in_first:>8}  of it the questionnaire engine (at most {ENGINE}), and {in_rest} of the second \
         half"
    );
    if in_first > ENGINE {
        return Err(format!(
            "the engine takes {in_first} bytes of the first load, more than {ENGINE}"
        ));
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
        let is_later = name.contains("_later-");
        if matches!(kind, Some("js" | "css" | "bin"))
            && !is_later
            && path.is_file()
            && !found.contains(&path)
        {
            found.push(path);
        }
    }
    found.extend(DATA.iter().map(|name| dist.join(name)));
    Ok(found)
}
