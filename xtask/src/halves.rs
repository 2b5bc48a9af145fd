//! The respondent's program in two halves: see `docs/decisions/0007-two-halves.md`.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::command::{Outcome, files, program, read, root, run, step, target, write};
use crate::glue;
use crate::split::{self, FETCH, Halves, Layout, Profile};
use crate::{languages, packed, page, tools, web};

/// What the first load runs.
const RUNS: &str = "xtask/first-load.txt";

/// The program as the linker made it, among what was built.
const LINKED: &str = "wasm32-unknown-unknown/web/respond.wasm";

/// What puts the first half together, and what brings the second.
const UNPACK: &str = "src/browser/unpack.js";
const BRING: &str = "src/browser/rest.js";

/// The script and the program that the respondent's page loads.
struct Bundle {
    script: PathBuf,
    wasm: PathBuf,
}

impl Bundle {
    fn find(dist: &Path) -> Outcome<Self> {
        let named = |start: &str, end: &str| {
            files(dist)
                .into_iter()
                .find(|path| {
                    let name = path.file_name().and_then(|it| it.to_str());
                    name.is_some_and(|it| it.starts_with(start) && it.ends_with(end))
                })
                .ok_or_else(|| format!("{} has no {start}…{end}", dist.display()))
        };
        Ok(Self {
            script: named("respond-", ".js")?,
            wasm: named("respond-", "_bg.wasm")?,
        })
    }
}

/// Takes from the respondent's script what it never makes, and from the program what the script
/// then never uses.
pub(crate) fn trim(folder: &Path) -> Outcome {
    let bundle = Bundle::find(folder)?;
    let script = glue::without_unmade_classes(&read(&bundle.script)?);
    let module = std::fs::read(&bundle.wasm).map_err(|error| error.to_string())?;
    let module = split::with_exports(&module, &|name| glue::uses(&script, name))?;
    write(&bundle.wasm, module)?;
    write(&bundle.script, script)
}

/// Splits the respondent's program in `dist` and packs its first half.
///
/// The files are named by what is in them, so that no browser joins halves of different builds.
pub(crate) fn make(dist: &Path) -> Outcome {
    step("Splitting the respondent's program");
    let bundle = Bundle::find(dist)?;
    let profile = Profile::parse(&read(&root().join(RUNS))?)?;
    let module = std::fs::read(&bundle.wasm).map_err(|error| error.to_string())?;
    let halves = split::split(&module, &profile, &linked()?)?;
    weigh(&halves)?;
    languages::first_words(dist, &halves.first)?;
    let first = packed::pack(&halves.first, halves.slot)?;
    let script = joined(&read(&bundle.script)?, &halves)?;
    let mut hasher = DefaultHasher::new();
    (&first, &halves.rest, &script).hash(&mut hasher);
    let stem = format!("respond-{:016x}", hasher.finish());
    let [first_name, rest_name, script_name] =
        ["bin", "rest.wasm", "js"].map(|it| format!("{stem}.{it}"));
    write(&dist.join(&first_name), first)?;
    write(&dist.join(&rest_name), halves.rest)?;
    let script = format!("{script}\nconst REST = new URL(\"{rest_name}\", import.meta.url);\n");
    let script_path = dist.join(&script_name);
    write(&script_path, script)?;
    page::shorten_script(&script_path, "--module", "passes=2")?;
    let page = dist.join("index.html");
    let name = |file: &Path| {
        let name = file.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    };
    let html = read(&page)?
        .replace(&name(&bundle.wasm), &first_name)
        .replace(&name(&bundle.script), &script_name)
        .replace(" type=\"application/wasm\"", "");
    write(&page, html)?;
    for old in [&bundle.wasm, &bundle.script] {
        std::fs::remove_file(old).map_err(|error| format!("{}: {error}", old.display()))?;
    }
    Ok(())
}

/// What the linker noted of the program that was built last.
fn linked() -> Outcome<Layout> {
    let linked = target().join(LINKED);
    let module =
        std::fs::read(&linked).map_err(|error| format!("{}: {error}", linked.display()))?;
    Layout::read(&module)
}

/// The generated script with what brings both halves.
fn joined(script: &str, halves: &Halves) -> Outcome<String> {
    let script = patched(
        glue::for_browsers_that_run_it(script),
        &[
            (
                "    return {\n        __proto__: null,\n",
                &format!(
                    "    import0.{FETCH} = restNow;\n    return {{\n        __proto__: null,\n"
                ),
            ),
            (
                "wasm.__wbindgen_start();",
                "if (restModule) restJoin(restModule);\n    wasm.__wbindgen_start();",
            ),
            // What the browser no longer needs is given back by the second half; until that has come
            // it is kept.
            (
                "(typeof FinalizationRegistry === 'undefined')\n    ? { register: () => {}, unregister: () => {} }\n    : new FinalizationRegistry(state => ",
                "new FinalizationRegistry(state => restIsHere && ",
            ),
            ("export { initSync, __wbg_init as default };", ""),
        ],
    )?;
    let script = halves.imports.iter().fold(script, |script, (long, short)| {
        script.replace(&format!(" {long}: "), &format!(" {short}: "))
    });
    let script = halves.exports.iter().fold(script, |script, (long, short)| {
        glue::renamed(&script, long, short)
    });
    let [unpack, bring] = [UNPACK, BRING].map(|it| read(&root().join(it)));
    Ok([script, unpack?, bring?].join("\n"))
}

/// Where [`make`] leaves how many bytes of code the engine has in the first half and in all, and
/// how many there are in the first half and in all; before compression.
pub(crate) fn weights() -> PathBuf {
    target().join("halves.txt")
}

fn weigh(halves: &Halves) -> Outcome {
    let [mut engine_first, mut engine, mut first, mut all] = [0; 4];
    for function in &halves.weights {
        let start = function.name.trim_start_matches(['<', '&']);
        let is_engine = start.starts_with("questionnaire::");
        let of = |chosen: bool| if chosen { function.bytes } else { 0 };
        all += function.bytes;
        first += of(function.is_first);
        engine += of(is_engine);
        engine_first += of(is_engine && function.is_first);
    }
    write(&weights(), format!("{engine_first} {engine} {first} {all}"))
}

/// The generated script with each text, which stands there once, replaced.
fn patched(script: String, changes: &[(&str, &str)]) -> Outcome<String> {
    changes.iter().try_fold(script, |script, (old, new)| {
        if script.matches(old).count() == 1 {
            Ok(script.replacen(old, new, 1))
        } else {
            Err(format!(
                "the generated script has no single place with `{old}`"
            ))
        }
    })
}

/// Measures which functions the first load runs, and writes them down.
pub(crate) fn measure() -> Outcome {
    let counted = target().join("first-load");
    web::whole(&counted)?;
    let bundle = Bundle::find(&counted)?;
    let module = std::fs::read(&bundle.wasm).map_err(|error| error.to_string())?;
    write(&bundle.wasm, split::count(&module)?)?;
    // Which words the first page has is known when its program is; with fewer words the program
    // does other things, in the allocator above all.
    let halves = split::split(&module, &loaded(&counted, &module)?, &linked()?)?;
    languages::first_words(&counted, &halves.first)?;
    let profile = loaded(&counted, &module)?;
    step(&format!("The first load runs {} functions", profile.len()));
    write(&root().join(RUNS), profile.to_string())
}

/// What the first loads of every survey in every language run of `module`; `counted` is the page
/// with the program that counts.
fn loaded(counted: &Path, module: &[u8]) -> Outcome<Profile> {
    step("Loading every survey in every language");
    let hits = target().join("first-load.hits");
    run(program("node")
        .arg(root().join("tests/first-load.mjs"))
        .arg(counted)
        .arg(&hits)
        .env("CHROMIUM", tools::chromium()?))?;
    let hits = read(&hits)?
        .lines()
        .map(|it| it.parse().map_err(|_| format!("a strange hit: {it}")))
        .collect::<Outcome<Vec<usize>>>()?;
    split::profile(module, &hits)
}
